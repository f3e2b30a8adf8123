"""The quiz as the copie keeps it: answers, tries handed in, and what the pupil is told after each."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from promptlab.errors import BadInput
from promptlab.messages import _
from promptlab.model.copie import Copie
from promptlab.model.quiz import Quiz
from promptlab.quiz.marking import VERSION, WORK, QuestionMark, QuizResult, mark_quiz
from promptlab.review.writing import keep_work
from promptlab.ui.texts import values_of


@dataclass(frozen=True, slots=True)
class Told:
    """What a pupil is told of one answer: its sign, the verdict in words, sentences; the right answer at the end."""

    sign: str
    verdict: str
    sentences: tuple[str, ...] = ()
    right: str = ""


def answers_of(copie: Copie) -> dict[str, Any]:
    """The responses by question; empty where none is given."""
    found = values_of(copie, WORK).get("answers")
    return found if isinstance(found, dict) else {}


def answer_question(copie: Copie, quiz: str, question: str, response: Any) -> Copie:
    """`copie` with `response` to a question; an empty one takes the response away. BadInput once it is handed in."""
    if is_handed_in(copie):
        raise BadInput(_("Your answers are handed in: they cannot be changed any more."))
    others = {name: known for name, known in answers_of(copie).items() if name != question}
    given = {**others, question: response} if response not in ("", [], {}, None) else others
    return keep_work(copie, WORK, VERSION, {**values_of(copie, WORK), "quiz": quiz, "answers": given})


def is_handed_in(copie: Copie) -> bool:
    """Whether the answers are handed in, and no new try is begun."""
    return values_of(copie, WORK).get("handed_in") is True


def tries_of(copie: Copie) -> tuple[tuple[Decimal, Decimal], ...]:
    """The points of each try that was handed in, and out of how many."""
    found = values_of(copie, WORK).get("tries")
    tries = [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []
    return tuple((_decimal(one.get("points")), _decimal(one.get("out_of"))) for one in tries)


def hand_in_answers(copie: Copie, quiz: Quiz) -> Copie:
    """`copie` with its answers handed in and their points noted. BadInput where nothing is answered."""
    answers = answers_of(copie)
    if not answers:
        raise BadInput(_("Answer at least one question first."))
    result = mark_quiz(quiz, answers)
    known = values_of(copie, WORK).get("tries")
    tried = {"points": f"{result.points}", "out_of": f"{result.out_of}", "answers": answers}
    values = {**values_of(copie, WORK), "tries": [*(known if isinstance(known, list) else []), tried]}
    return keep_work(copie, WORK, VERSION, {**values, "handed_in": True})


def try_again(copie: Copie, most: int) -> Copie:
    """`copie` with its answers open again. BadInput where all tries, `most` (0 for no end), are used."""
    if left_of(copie, most) == 0:
        raise BadInput(_("All your tries are used."))
    return keep_work(copie, WORK, VERSION, {**values_of(copie, WORK), "handed_in": False})


def left_of(copie: Copie, most: int) -> int | None:
    """How many tries are left of `most`; None where there is no end of them (0)."""
    return max(0, most - len(tries_of(copie))) if most else None


def result_of(copie: Copie, quiz: Quiz) -> QuizResult:
    """The marks of the answers as they stand."""
    return mark_quiz(quiz, answers_of(copie))


def told_of(mark: QuestionMark, justification: str, *, last: bool) -> Told:
    """What is said of an answer; the right one and its reason only once no try is left (`last`)."""
    if mark.share == 1:
        return Told("✔", _("right"), mark.feedback)
    said = mark.feedback if last else tuple(line for line in mark.feedback if line != justification)
    right = mark.right if last else ""
    if not mark.answered:
        return Told("–", _("not answered"), (justification,) if last and justification else (), right)
    return Told("◐", _("partly right"), said, right) if mark.share else Told("✖", _("not right"), said, right)


def _decimal(value: object) -> Decimal:
    from decimal import InvalidOperation

    try:
        found = Decimal(str(value))
    except InvalidOperation:
        return Decimal(0)
    return found if found.is_finite() else Decimal(0)
