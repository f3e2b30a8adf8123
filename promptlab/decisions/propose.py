"""Adds the rules that are missing to a decision table, for a person to fill in."""

from dataclasses import replace

from promptlab.decisions.check import Check, check
from promptlab.messages import _
from promptlab.model.decisions import DecisionTable, Rule


def propose(table: DecisionTable, found: Check | None = None) -> DecisionTable:
    """`table` with one rule more for each gap that has none yet: its conditions stand there, its actions are empty.

    `found` is what `check` found in it, where that is at hand. The new rules have no combination in common.
    """
    found = found or check(table)
    taken = {rule.id for rule in table.rules}
    rules: list[Rule] = []
    number = 0
    for gap in found.gaps:
        if gap.unfilled:
            continue
        number += 1
        while (id_ := _("New{number}", number=number)) in taken:
            number += 1
        rules.append(Rule(id_, gap.when, (), _("Choose what is done in this case.")))
    return replace(table, rules=(*table.rules, *rules))
