"""What the pupil writes and does beside tagging: remarks, tasks, works, settings."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from promptlab.errors import BadInput
from promptlab.messages import _
from promptlab.model.answer import Answer
from promptlab.model.case import Case
from promptlab.model.copie import (
    ANSWERS,
    DISCUSSION,
    REMARKS,
    TASKS,
    WORKS,
    Copie,
    Plain,
    Return,
    Settings,
    TaskState,
    Work,
)
from promptlab.model.problem import Problem
from promptlab.parse import parse_answer
from promptlab.review.exercise import Exercise
from promptlab.review.history import with_field
from promptlab.review.texts import cleaned, too_long

FONT_SIZES = (80, 300)
SPACINGS = (100, 300)
CONTRASTS = ("standard", "high")
MOST_ANSWERS = 30
LONGEST_ANSWER = 500_000  # letters
LARGEST_WORK = 2_000_000  # letters of JSON
_WORK_NAME = re.compile(r"[a-z][a-z0-9_]{0,30}")


def write_remark(copie: Copie, exercise: Exercise, column: int, text: str) -> Copie:
    """`copie` with `text` as the remark on the answer in `column` (from 1), "" to take it out. Raises BadInput."""
    return _written(copie, exercise, REMARKS, (column, text))


def write_discussion(copie: Copie, exercise: Exercise, column: int, text: str) -> Copie:
    """`copie` with `text` as what was said about the highlighted items of `column`, "" for none. Raises BadInput."""
    return _written(copie, exercise, DISCUSSION, (column, text))


def set_task(copie: Copie, case: Case, number: int, *, done: bool = True) -> Copie:
    """`copie` with task `number` of the case done or not. Raises BadInput that names the tasks there are."""
    numbers = [task.number for task in case.tasks]
    if number not in numbers:
        said = _(
            "There is no task {number}: the tasks are {numbers}.", number=number, numbers=", ".join(map(str, numbers))
        )
        raise BadInput(said)
    tasks = set(copie.tasks) | {number} if done else set(copie.tasks) - {number}
    return with_field(copie, TASKS, "task", tuple(sorted(tasks)))


def task_states(copie: Copie, case: Case) -> tuple[TaskState, ...]:
    """Every task of the case: done by the pupil, validated by the teacher."""
    validated = copie.returned.validated if copie.returned else ()
    return tuple(
        TaskState(task.number, task.text, task.sessions, task.number in copie.tasks, task.number in validated)
        for task in case.tasks
    )


def keep_answer(copie: Copie, answer: Answer) -> Copie:
    """`copie` with an answer that the pupil pasted or asked for, in place of one to the same prompt.

    Raises BadInput for an empty one and for more than LONGEST_ANSWER letters. What makes no steps is kept: see
    `doubts_about`.
    """
    if not 1 <= answer.number <= MOST_ANSWERS:
        said = _("“{number}” is no number of a prompt: 1 to {most}.", number=answer.number, most=MOST_ANSWERS)
        raise BadInput(said)
    if not answer.text.strip():
        said = _("The answer to prompt {number} is empty: copy it, then paste it again.", number=answer.number)
        raise BadInput(said)
    if len(answer.text) > LONGEST_ANSWER:
        where = _("prompt {number}", number=answer.number)
        raise BadInput(too_long(where, len(answer.text), LONGEST_ANSWER))
    others = [other for other in copie.answers if other.number != answer.number]
    answers = tuple(sorted([*others, answer], key=lambda other: other.number))
    return with_field(copie, ANSWERS, "answer", answers)


def doubts_about(answer: Answer) -> tuple[Problem, ...]:
    """What a person should look at in a pasted answer: no steps found, and the like."""
    return tuple(
        replace(problem, where=problem.where or _("prompt {number}", number=answer.number))
        for problem in parse_answer(answer.text).problems
    )


def keep_work(copie: Copie, name: str, version: int, value: Any) -> Copie:
    """`copie` with the work `name` (flowchart, letter, decisions, quiz, debrief …): any JSON `value` of form `version`.

    Raises BadInput for a name that is none, for values that JSON cannot hold, and for more than LARGEST_WORK letters.
    """
    if not _WORK_NAME.fullmatch(name):
        said = _("“{name}” cannot name a work: use small letters, digits and _, such as flowchart.", name=name)
        raise BadInput(said)
    try:
        content = Plain.of(value)
    except (TypeError, ValueError, RecursionError) as error:
        said = _("The work “{name}” holds something that a copie cannot keep: {reason}.", name=name, reason=error)
        raise BadInput(said) from error
    if len(content.text) > LARGEST_WORK:
        raise BadInput(too_long(_("the work “{name}”", name=name), len(content.text), LARGEST_WORK))
    return with_field(copie, WORKS + name, "work", Work(name, version, content))


def set_settings(copie: Copie, settings: Settings) -> Copie:
    """`copie` read in this way. No change to take back. Raises BadInput that names what is allowed."""
    for value, (least, most) in ((settings.font_size, FONT_SIZES), (settings.spacing, SPACINGS)):
        if not least <= value <= most:
            raise BadInput(
                _("{value} % is not possible here: {least} to {most} %.", value=value, least=least, most=most)
            )
    if settings.contrast not in CONTRASTS:
        said = _("“{value}” is not one of: {choices}.", value=settings.contrast, choices=", ".join(CONTRASTS))
        raise BadInput(said)
    return replace(copie, settings=settings)


def receive(copie: Copie, returned: Return) -> Copie:
    """`copie` with what the teacher sent back. No change for the pupil to take back."""
    return replace(copie, returned=returned)


def _written(copie: Copie, exercise: Exercise, area: str, entry: tuple[int, str]) -> Copie:
    column, text = exercise.checked_column(entry[0]), entry[1]
    texts = list(getattr(copie, area))
    texts += [""] * (column - len(texts))
    texts[column - 1] = cleaned(text, where=_("PROMPT {number}", number=column))
    return with_field(copie, area, "write", trimmed(texts))


def trimmed(texts: Sequence[str]) -> tuple[str, ...]:
    """`texts` without the empty ones at the end."""
    last = max((place for place, text in enumerate(texts, 1) if text), default=0)
    return tuple(texts[:last])
