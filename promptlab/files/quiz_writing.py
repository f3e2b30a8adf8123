"""A quiz written as the file that `quizzes` reads."""

from collections.abc import Iterator, Mapping
from typing import Any

from promptlab.errors import BadInput
from promptlab.files.faults import Table, refuse
from promptlab.files.quizzes import FILE, FORMAT, read_quiz
from promptlab.files.toml import to_toml
from promptlab.messages import _
from promptlab.model.answer import Provenance
from promptlab.model.problem import Problem
from promptlab.model.quiz import Choice, Question, Quiz


def dump_quiz(quiz: Quiz) -> str:
    """The text of the file from which `load_quiz` reads the same quiz.

    Raises BadInput where it could not be read back: faults of its form, which the message lists.
    """
    values = {
        "format": FORMAT,
        "title": quiz.title,
        "language": quiz.language,
        "case": quiz.case or None,
        "origin": quiz.origin or None,
        "draft": _draft_values(quiz.draft),
        "questions": [question_values(question) for question in quiz.questions] or None,
    }
    plain = {key: value for key, value in values.items() if value is not None}
    faults: list[Problem] = []
    read_quiz(Table(plain, FILE, faults))
    if faults:
        raise refuse(_("The quiz “{title}”", title=quiz.title), faults)
    try:
        return to_toml(plain)
    except UnicodeEncodeError as error:
        raise BadInput(_("The quiz “{title}” holds a sign that no file can hold.", title=quiz.title)) from error


def question_values(question: Question) -> dict[str, Any]:
    """The keys and values of one question, as its table in the file has them; what is as usual is left out."""
    return dict(_values(question))


def _values(question: Question) -> Iterator[tuple[str, Any]]:
    yield from (("id", question.id), ("kind", question.kind), ("text", question.text))
    yield from _answer_values(question)
    if question.justification:
        yield "justification", question.justification
    yield "difficulty", question.difficulty
    if question.category:
        yield "category", question.category
    if question.points != 1:
        yield "points", str(question.points)
    if question.source:
        yield "source", {"document": question.source.document, "passage": question.source.passage}
    if question.accepted:
        yield "accepted", {"by": question.accepted.by, "on": question.accepted.on, "seal": question.accepted.seal}


def _answer_values(question: Question) -> Iterator[tuple[str, Any]]:
    if question.kind == "true_false":
        yield "answer", any(choice.right for choice in question.choices if choice.text == "true")
        for choice in question.choices:
            if choice.feedback:
                yield f"feedback_{choice.text}", choice.feedback
    elif question.kind == "numeric":
        yield "value", None if question.value is None else str(question.value)
        if question.tolerance:
            yield "tolerance", str(question.tolerance)
        if question.unit:
            yield "unit", question.unit
    elif question.kind in ("single", "multiple"):
        yield "choices", [_choice_values(choice) for choice in question.choices]
    elif question.kind == "matching":
        yield "pairs", [{"left": pair.left, "right": pair.right} for pair in question.pairs]
        if question.decoys:
            yield "decoys", list(question.decoys)
    else:
        key = "items" if question.kind == "ordering" else "variants"
        yield key, list(getattr(question, key))
        yield from ((name, True) for name in ("case", "accents") if getattr(question, name))


def _choice_values(choice: Choice) -> dict[str, Any]:
    values: dict[str, Any] = {"text": choice.text, "right": choice.right or None, "feedback": choice.feedback or None}
    return {key: value for key, value in values.items() if value is not None}


def _draft_values(source: Provenance | None) -> Mapping[str, Any] | None:
    if source is None:
        return None
    values: dict[str, Any] = {"model": source.model, "provider": source.provider, "collected": source.collected}
    values |= {key: getattr(source, key) for key in ("note", "asked_model") if getattr(source, key)}
    if source.modified:
        values["modified"] = True
    if source.settings:
        values["settings"] = dict(source.settings)
    return values
