"""Responses and right answers in words."""

import json
from typing import Any

from promptlab.model.quiz import Question
from promptlab.quiz.pupils import true_or_false
from promptlab.quiz.texts import shown_number

_LONGEST = 300


def right_answer(question: Question) -> str:
    """The right answer of `question` in words, its parts one under the other."""
    if question.kind == "true_false":
        return "".join(true_or_false(choice.text) for choice in question.choices if choice.right)
    if question.kind == "matching":
        return "\n".join(f"{pair.left} → {pair.right}" for pair in question.pairs)
    if question.kind == "ordering":
        return "\n".join(f"{place}. {text}" for place, text in enumerate(question.items, 1))
    if question.kind == "short":
        return " / ".join(question.variants)
    if question.kind == "numeric":
        if question.value is None:
            return ""
        margin = f" (± {shown_number(question.tolerance, question.unit)})" if question.tolerance else ""
        return shown_number(question.value, question.unit) + margin
    return "\n".join(choice.text for choice in question.choices if choice.right)


def given_text(response: Any) -> str:
    """What the pupil answered, in words; a response of any form has some."""
    if isinstance(response, bool):
        said = true_or_false("true" if response else "false")
    elif isinstance(response, str):
        said = response
    elif isinstance(response, list):
        said = "\n".join(map(given_text, response))
    elif isinstance(response, dict):
        said = "\n".join(f"{left} → {given_text(right)}" for left, right in response.items())
    else:
        said = json.dumps(response, ensure_ascii=False, default=str)
    return said if len(said) <= _LONGEST else said[:_LONGEST] + "…"
