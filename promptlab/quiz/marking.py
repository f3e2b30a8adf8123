"""Marking a quiz by its key: the same answers always get the same points, and each comes with its reason.

The work "quiz" of a copie, version 1, is {"quiz": name, "answers": {question id: response}}. A response is, by kind:

- single: the text of the choice; true_false: true or false ("true", "false" are understood too);
- multiple: a list of the texts chosen;
- matching: {text on the left: text on the right}; ordering: the list of all texts, in the pupil's order;
- short: the text as typed; numeric: the text as typed ("804,00 €"), or a number.

Texts, not places, so that a copie says by itself what was answered and survives another order of the file. The rules:
single, true_false, short and numeric give all points or none. multiple: right choices minus wrong ones, over the
number of right ones, never below 0. matching: lines that are right over lines. ordering: texts that are followed by
the one that should follow, over the number of texts minus one.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Any

from promptlab.messages import _
from promptlab.model.problem import Problem
from promptlab.model.quiz import Question, QuestionKind, Quiz
from promptlab.quiz.answering import given_text, right_answer
from promptlab.quiz.texts import number_in, plain

WORK = "quiz"
VERSION = 1
_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class QuestionMark:
    """What one response is worth: `points` (to the cent) of `out_of`, and `share`, the exact part of them.

    `given` and `right` are the response and the right answer in words; `feedback` are the sentences to show.
    `answered` is False where there is no response.
    """

    question: str
    points: Decimal
    out_of: Decimal
    share: Fraction
    answered: bool
    given: str
    right: str
    feedback: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class QuizResult:
    """A marked quiz, question by question in its order; `problems` are responses that were not understood."""

    marks: tuple[QuestionMark, ...]
    points: Decimal
    out_of: Decimal
    problems: tuple[Problem, ...] = ()


class _NotUnderstoodError(Exception):
    """A response of another form than its question asks for; the text says which."""


def mark_quiz(quiz: Quiz, answers: Mapping[str, Any]) -> QuizResult:
    """The marks of `answers` (question id -> response, see above) by the key of `quiz`.

    A response of the wrong form, a choice that the question does not have and an answer to no question are problems;
    they give no points, and nothing is raised.
    """
    problems: list[Problem] = []
    marks = tuple(_mark(question, answers.get(question.id), problems) for question in quiz.questions)
    known = {question.id for question in quiz.questions}
    problems += [
        Problem(_("This question is not in the quiz: its answer is not marked."), str(name))
        for name in answers
        if name not in known
    ]
    return QuizResult(
        marks,
        sum((mark.points for mark in marks), Decimal(0)),
        sum((mark.out_of for mark in marks), Decimal(0)),
        tuple(problems),
    )


def mark_question(question: Question, response: Any) -> Fraction:
    """The share of the points that one response earns, from 0 to 1; 0 for one that is not understood."""
    return _mark(question, response, []).share


def _mark(question: Question, response: Any, problems: list[Problem]) -> QuestionMark:
    answered = response is not None and response not in ("", [], {})
    share = Fraction(0)
    if answered:
        try:
            share = _RULES[question.kind](question, response)
        except _NotUnderstoodError as error:
            problems.append(Problem(str(error), question.id))
    points = (question.points * share.numerator / share.denominator).quantize(_CENT, ROUND_HALF_UP)
    return QuestionMark(
        question=question.id,
        points=points,
        out_of=question.points,
        share=share,
        answered=answered,
        given=given_text(response) if answered else "",
        right=right_answer(question),
        feedback=_feedback(question, response) if answered else (),
    )


def _feedback(question: Question, response: Any) -> tuple[str, ...]:
    chosen = _chosen(response) if question.choices else []
    said = [choice.feedback for choice in question.choices if choice.text in chosen and choice.feedback]
    return (*said, question.justification) if question.justification else tuple(said)


def _chosen(response: Any) -> list[str]:
    if isinstance(response, bool):
        return ["true" if response else "false"]
    return [text for text in (response if isinstance(response, list) else [response]) if isinstance(text, str)]


# ---------------------------------------------------------------- the rules


def _one_choice(question: Question, response: Any) -> Fraction:
    chosen = _chosen(response)
    if len(chosen) != 1 or isinstance(response, list):
        raise _NotUnderstoodError(_("“{value}” is no choice: one text is expected.", value=given_text(response)))
    _require(chosen, [choice.text for choice in question.choices])
    return Fraction(any(choice.right and choice.text == chosen[0] for choice in question.choices))


def _several(question: Question, response: Any) -> Fraction:
    chosen = set(_texts(response))
    _require(sorted(chosen), [choice.text for choice in question.choices])
    right = {choice.text for choice in question.choices if choice.right}
    if not right:
        return Fraction(0)
    return max(Fraction(len(chosen & right) - len(chosen - right), len(right)), Fraction(0))


def _matching(question: Question, response: Any) -> Fraction:
    if not isinstance(response, Mapping):
        raise _NotUnderstoodError(
            _("“{value}” matches nothing: a table of texts is expected.", value=given_text(response))
        )
    _require([text for text in response if isinstance(text, str)], [pair.left for pair in question.pairs])
    rights = [*(pair.right for pair in question.pairs), *question.decoys]
    _require([text for text in response.values() if isinstance(text, str) and text], rights)
    hits = sum(response.get(pair.left) == pair.right for pair in question.pairs)
    return Fraction(hits, len(question.pairs)) if question.pairs else Fraction(0)


def _ordering(question: Question, response: Any) -> Fraction:
    order, items = _texts(response), question.items
    _require(order, items)
    if len(set(order)) != len(order):
        raise _NotUnderstoodError(_("A text stands twice in this order."))
    if len(items) < 2:
        return Fraction(0)
    follows = set(pairwise(items))
    return Fraction(sum(step in follows for step in pairwise(order)), len(items) - 1)


def _short(question: Question, response: Any) -> Fraction:
    if not isinstance(response, str):
        raise _NotUnderstoodError(_("“{value}” is no text.", value=given_text(response)))
    said = plain(response, case=question.case, accents=question.accents)
    return Fraction(said in [plain(text, case=question.case, accents=question.accents) for text in question.variants])


def _numeric(question: Question, response: Any) -> Fraction:
    number = _number(response, question.unit)
    if number is None:
        raise _NotUnderstoodError(
            _("“{value}” is not a number in {unit}.", value=given_text(response), unit=question.unit or "1")
        )
    return Fraction(question.value is not None and abs(number - question.value) <= question.tolerance)


def _number(response: Any, unit: str) -> Decimal | None:
    if isinstance(response, int | float) and not isinstance(response, bool):
        number = Decimal(str(response))
        return number if number.is_finite() else None
    return number_in(response, unit) if isinstance(response, str) else None


def _texts(response: Any) -> list[str]:
    if not isinstance(response, list) or not all(isinstance(text, str) for text in response):
        raise _NotUnderstoodError(_("“{value}” is no list of texts.", value=given_text(response)))
    return response


def _require(texts: list[str], known: tuple[str, ...] | list[str]) -> None:
    strange = [text for text in texts if text not in known]
    if strange:
        raise _NotUnderstoodError(_("“{value}” is none of the texts of this question.", value=strange[0]))


_RULES: dict[QuestionKind, Callable[[Question, Any], Fraction]] = {
    "single": _one_choice,
    "multiple": _several,
    "true_false": _one_choice,
    "matching": _matching,
    "ordering": _ordering,
    "short": _short,
    "numeric": _numeric,
}
