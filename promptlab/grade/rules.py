"""The rules by name, as a rubric names them."""

from collections.abc import Mapping
from typing import Any

from promptlab.grade import rules_tags, rules_tasks, rules_works, rules_writing
from promptlab.grade.subject import Rule

RULES: Mapping[str, Rule] = rules_tags.RULES | rules_writing.RULES | rules_tasks.RULES | rules_works.RULES


def forms() -> dict[str, Mapping[str, Any]]:
    """Of each rule, its settings and their usual values."""
    return {name: rule.settings for name, rule in RULES.items()}
