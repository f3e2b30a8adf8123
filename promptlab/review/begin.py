"""A new copie."""

import secrets
from collections.abc import Iterable
from dataclasses import replace

from promptlab.ask.names import Names
from promptlab.errors import BadInput
from promptlab.messages import _
from promptlab.model.copie import About, Copie
from promptlab.review.exercise import Exercise
from promptlab.review.pseudonyms import pseudonyms


def begin(
    exercise: Exercise,
    pupils: Iterable[str] = (),
    *,
    session: int | None = None,
    run: str = "",
    names: Names | None = None,
) -> Copie:
    """An empty copie on the table of `exercise`, with an id of its own.

    `run` is the recorded run that the answers come from. Raises BadInput for a pseudonym that may not stand in a
    copie and for a session that is not in the case.
    """
    sessions = sorted({number for task in exercise.case.tasks for number in task.sessions})
    if session is not None and session not in sessions:
        numbers = ", ".join(map(str, sessions)) or "–"
        raise BadInput(_("There is no session {session}: the case has {numbers}.", session=session, numbers=numbers))
    return Copie(
        id=secrets.token_hex(8),
        case=exercise.case.name,
        pupils=pseudonyms(pupils, names=names),
        session=session,
        about=About(run, exercise.comparison.by, exercise.answers),
    )


def rename(copie: Copie, pupils: Iterable[str], *, names: Names | None = None) -> Copie:
    """`copie` with these pseudonyms in place of its own. Raises BadInput: see `begin`."""
    return replace(copie, pupils=pseudonyms(pupils, names=names))
