"""The quiz as pupils see it: questions without their answers, choices in an order of each copie's own."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar

from promptlab.messages import _
from promptlab.model.quiz import Question, QuestionKind, Quiz

_Any = TypeVar("_Any")


@dataclass(frozen=True, slots=True)
class Option:
    """One choice: `value` is what the response holds, `label` what the pupil reads."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class PupilQuestion:
    """One question without its answer, its justification and its source.

    `options` are the choices; the texts to put in order (ordering); or what may be put beside each of `lefts`
    (matching). `how` says in words how to answer, `unit` what a number is given in.
    """

    id: str
    kind: QuestionKind
    text: str
    how: str
    points: Decimal
    category: str = ""
    options: tuple[Option, ...] = ()
    lefts: tuple[str, ...] = ()
    unit: str = ""


def for_pupils(quiz: Quiz, copie: str = "") -> tuple[PupilQuestion, ...]:
    """The questions of `quiz` in their order, without anything that tells the answers.

    The order of the options depends on `copie` (the id of the copie) and on the question alone, so it is the same
    each time that the copie is opened, and another one on the neighbour's screen. What may go out is for the caller
    to choose: `acceptance.accepted_only`.
    """
    return tuple(_without_answer(question, f"{copie}/{question.id}") for question in quiz.questions)


def how_to_answer(kind: QuestionKind) -> str:
    """One sentence that says how a question of this kind is answered."""
    return {
        "single": _("Choose one answer."),
        "multiple": _("Choose all the right answers: there may be several."),
        "true_false": _("Say whether this is true or false."),
        "matching": _("Put the right answer beside each line."),
        "ordering": _("Put these in the right order."),
        "short": _("Write a word or a few words."),
        "numeric": _("Write a number."),
    }[kind]


def true_or_false(value: str) -> str:
    """ "true" and "false" in the language of the screen."""
    return _("True") if value == "true" else _("False")


def shuffled(texts: Sequence[_Any], seed: str) -> tuple[_Any, ...]:
    """`texts` in an order that depends on `seed` alone, the same on every machine."""
    return tuple(random.Random(seed).sample(list(texts), len(texts)))  # noqa: S311 -- an order, not a secret


def mixed(items: Sequence[str], seed: str) -> tuple[str, ...]:
    """`items` in an order that is not theirs, where they have another one."""
    for attempt in range(20):
        found = shuffled(items, f"{seed}/{attempt}")
        if found != tuple(items):
            return found
    return tuple(items)


def _without_answer(question: Question, seed: str) -> PupilQuestion:
    return PupilQuestion(
        id=question.id,
        kind=question.kind,
        text=question.text,
        how=how_to_answer(question.kind),
        points=question.points,
        category=question.category,
        options=_options(question, seed),
        lefts=tuple(pair.left for pair in question.pairs),
        unit=question.unit,
    )


def _options(question: Question, seed: str) -> tuple[Option, ...]:
    if question.kind == "true_false":
        return tuple(Option(value, true_or_false(value)) for value in ("true", "false"))
    if question.kind == "ordering":
        return tuple(Option(text, text) for text in mixed(question.items, seed))
    texts = [choice.text for choice in question.choices]
    texts += [pair.right for pair in question.pairs] + list(question.decoys)
    return tuple(Option(text, text) for text in shuffled(sorted(set(texts)), seed))
