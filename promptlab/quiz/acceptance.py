"""Nothing goes out before a teacher has accepted it, question by question, in exactly these words."""

import hashlib
import json
from collections.abc import Collection
from dataclasses import replace
from datetime import date

from promptlab.errors import BadInput
from promptlab.files.quiz_writing import question_values
from promptlab.messages import _
from promptlab.model.quiz import Acceptance, Question, Quiz


def seal_of(question: Question) -> str:
    """A fingerprint of all that pupils would see or be marked by; it changes with every word."""
    values = question_values(replace(question, accepted=None))
    return hashlib.sha256(json.dumps(values, ensure_ascii=False, sort_keys=True).encode("utf-8")).hexdigest()[:16]


def is_accepted(question: Question) -> bool:
    """Whether the question was accepted in the words that it has now."""
    return question.accepted is not None and question.accepted.seal == seal_of(question)


def accept(quiz: Quiz, names: Collection[str], *, by: str, on: date) -> Quiz:
    """`quiz` with the questions `names` (ids) accepted by `by`, a role or initials.

    Raises BadInput for an id that is none, and for an empty `by`.
    """
    if not by.strip():
        raise BadInput(_("Say who accepts the questions: a role or initials, with --by."))
    known = {question.id for question in quiz.questions}
    missing = [name for name in names if name not in known]
    if missing:
        raise BadInput(
            _("No question “{id}” in this quiz: it has {ids}.", id=missing[0], ids=", ".join(sorted(known)) or "–")
        )
    accepted = tuple(
        replace(question, accepted=Acceptance(by.strip(), on.isoformat(), seal_of(question)))
        if question.id in names
        else question
        for question in quiz.questions
    )
    return replace(quiz, questions=accepted)


def not_accepted(quiz: Quiz) -> tuple[Question, ...]:
    """The questions that nobody has accepted as they are now."""
    return tuple(question for question in quiz.questions if not is_accepted(question))


def accepted_only(quiz: Quiz) -> Quiz:
    """`quiz` with just the questions that were accepted as they are now."""
    return replace(quiz, questions=tuple(question for question in quiz.questions if is_accepted(question)))


def require_accepted(quiz: Quiz) -> None:
    """Let a quiz through that is accepted whole. Raises BadInput that names what is not, and what to do."""
    waiting = not_accepted(quiz)
    if not quiz.questions:
        raise BadInput(_("The quiz “{title}” has no question to hand out.", title=quiz.title))
    if not waiting:
        return
    lines = [f"  - {question.id} : {_why(question)}" for question in waiting]
    head = _(
        "Nothing was written: {count} of {all} questions are not accepted. Read them, then accept them with "
        "“promptlab quiz accept”, or leave them out with --accepted-only.",
        count=len(waiting),
        all=len(quiz.questions),
    )
    raise BadInput("\n".join([head, *lines]))


def _why(question: Question) -> str:
    if question.accepted is None:
        return _("nobody has accepted it yet")
    return _("changed since {by} accepted it on {on}", by=question.accepted.by, on=question.accepted.on)
