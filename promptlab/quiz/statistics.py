"""What a class made of a quiz, question by question: for the teacher, to talk about and to better the questions."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import sqrt
from typing import Any

from promptlab.model.quiz import Question, Quiz
from promptlab.quiz.answering import given_text, right_answer
from promptlab.quiz.marking import QuizResult, mark_question, mark_quiz
from promptlab.quiz.texts import plain

FEWEST = 5  # copies: with fewer, a correlation says nothing


@dataclass(frozen=True, slots=True)
class Chosen:
    """How many gave one answer, and whether it is right. For matching, each line is an answer."""

    text: str
    count: int
    right: bool


@dataclass(frozen=True, slots=True)
class QuestionStatistics:
    """One question in the class. `answered` of `copies` gave a response.

    `facility` is the mean share of the points, a missing response counting 0 (0 to 1; None without copies).
    `discrimination` is the correlation of the question's share with the points of the rest of the quiz (-1 to 1):
    near 0 or below, the question does not tell those who know from those who do not. It is None below FEWEST copies
    and where all did the same. `chosen` are the answers given, those of the key that nobody gave included.
    """

    question: str
    copies: int
    answered: int
    facility: float | None
    discrimination: float | None
    chosen: tuple[Chosen, ...]


def class_statistics(quiz: Quiz, answers: Sequence[Mapping[str, Any]]) -> tuple[QuestionStatistics, ...]:
    """The statistics of each question of `quiz`, in its order; `answers` holds those of each copie, see `marking`."""
    results = [mark_quiz(quiz, given) for given in answers]
    return tuple(
        _of_question(question, place, results, [given.get(question.id) for given in answers])
        for place, question in enumerate(quiz.questions)
    )


def _of_question(
    question: Question, place: int, results: Sequence[QuizResult], responses: Sequence[Any]
) -> QuestionStatistics:
    shares = [result.marks[place].share for result in results]
    rest = [Fraction(result.points - result.marks[place].points) for result in results]
    return QuestionStatistics(
        question=question.id,
        copies=len(results),
        answered=sum(result.marks[place].answered for result in results),
        facility=float(sum(shares, Fraction(0)) / len(shares)) if shares else None,
        discrimination=_correlation(shares, rest) if len(shares) >= FEWEST else None,
        chosen=_chosen(question, [response for response in responses if response not in (None, "", [], {})]),
    )


def _correlation(first: Sequence[Fraction], second: Sequence[Fraction]) -> float | None:
    count = len(first)
    mean_first, mean_second = sum(first, Fraction(0)) / count, sum(second, Fraction(0)) / count
    apart = [(one - mean_first, other - mean_second) for one, other in zip(first, second, strict=True)]
    spread = sum(one * one for one, _two in apart) * sum(two * two for _one, two in apart)
    if not spread:
        return None
    return float(sum(one * two for one, two in apart)) / sqrt(spread)


def _chosen(question: Question, responses: Sequence[Any]) -> tuple[Chosen, ...]:
    counts: Counter[str] = Counter()
    for response in responses:
        counts.update(_answers(question, response))
    right = dict.fromkeys(_key(question))
    found = [Chosen(text, count, text in right) for text, count in counts.items()]
    expected = [*right, *(choice.text for choice in question.choices if not choice.right)]
    found += [Chosen(text, 0, text in right) for text in dict.fromkeys(expected) if text not in counts]
    return tuple(sorted(found, key=lambda chosen: (-chosen.count, not chosen.right, chosen.text)))


def _answers(question: Question, response: Any) -> list[str]:
    """The answers that one response holds, brought to the form of the key where it means the same."""
    if isinstance(response, bool):
        return ["true" if response else "false"]
    if question.kind == "multiple" and isinstance(response, list):
        return [text for text in response if isinstance(text, str)]
    if question.kind == "matching" and isinstance(response, Mapping):
        return [f"{left} → {given_text(right)}" for left, right in response.items()]
    if question.kind == "ordering" and isinstance(response, list):
        return [" → ".join(map(given_text, response))]
    if question.kind == "short" and isinstance(response, str):
        same = plain(response, case=question.case, accents=question.accents)
        variants = {plain(text, case=question.case, accents=question.accents): text for text in question.variants}
        return [variants.get(same, same)]
    if question.kind == "numeric" and mark_question(question, response) == 1:
        return [right_answer(question)]
    return [given_text(response)]


def _key(question: Question) -> list[str]:
    if question.kind == "matching":
        return [f"{pair.left} → {pair.right}" for pair in question.pairs]
    if question.kind == "ordering":
        return [" → ".join(question.items)]
    if question.kind == "short":
        return list(question.variants)
    if question.choices:
        return [choice.text for choice in question.choices if choice.right]
    return [right_answer(question)]
