"""Turns from elsewhere as a recorded run: a new folder, whole or not at all, with all that is known of their origin."""

import re
import secrets
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from promptlab.ask.imports.turn import Gathered, Turn
from promptlab.errors import BadInput, CannotWrite
from promptlab.files.atomic import cannot_write
from promptlab.files.runs import write_run
from promptlab.messages import _
from promptlab.model.answer import Answer, Provenance, Run
from promptlab.model.problem import Problem


@dataclass(frozen=True, slots=True)
class Said:
    """What the person says of the origin, "" where they do not: the `model`, the `date` (ISO 8601), the `tool`."""

    model: str = ""
    date: str = ""
    tool: str = ""


def read_date(text: str) -> str:
    """A date as people type it (2026-11-21, 21/11/2026), as ISO 8601; "" for "". Raises BadInput."""
    typed = text.strip()
    found = re.fullmatch(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", typed)
    if found:
        typed = f"{found[3]}-{int(found[2]):02}-{int(found[1]):02}"
    try:
        if typed:
            datetime.fromisoformat(typed)
    except ValueError as error:
        raise BadInput(_("“{text}” is no date: write it as 2026-11-21 or 21/11/2026.", text=text)) from error
    return typed


def asked_for(turns: Sequence[Turn], gathered: Gathered) -> tuple[str, ...]:
    """What of the origin the file does not say: of "tool", "model", "date"."""
    missing = {
        "tool": not gathered.tool,
        "model": not all(turn.model for turn in turns),
        "date": not all(turn.date for turn in turns),
    }
    return tuple(name for name, is_missing in missing.items() if is_missing)


def to_run(
    name: str, turns: Sequence[Turn], gathered: Gathered, said: Said, *, today: date
) -> tuple[Run, tuple[Problem, ...]]:
    """The run `name` of these turns, and what is not known of their origin.

    What the file says of the origin is kept; `said` fills in the rest. A model or a tool that nobody knows is
    recorded as not stated, and so is the day: the note then says when the text was brought in.
    """
    answers = tuple(_answer(number, turn, gathered, said, today) for number, turn in enumerate(turns, 1))
    return Run(name, answers), tuple(_doubts(turns, gathered, said))


def _answer(number: int, turn: Turn, gathered: Gathered, said: Said, today: date) -> Answer:
    unknown = _("not stated")
    day = turn.date or said.date
    note = gathered.origin
    if not day:
        note = _("{origin}; brought in on {day}", origin=gathered.origin, day=today.isoformat())
    source = Provenance(
        model=turn.model or said.model or unknown,
        provider=gathered.tool or said.tool or unknown,
        collected=day or _("day not stated"),
        note=note,
    )
    return Answer(number, turn.prompt, turn.text, source, turn.status)


def _doubts(turns: Sequence[Turn], gathered: Gathered, said: Said) -> list[Problem]:
    where = _("origin")
    missing = asked_for(turns, gathered)
    options = {"tool": "--tool", "model": "--model", "date": "--date"}
    unknown = [options[name] for name in missing if not getattr(said, name)]
    problems = []
    if unknown:
        options_said = ", ".join(unknown)
        problems.append(Problem(_("not known, and recorded so: say it with {options}.", options=options_said), where))
    for name, known in (("model", {turn.model for turn in turns if turn.model}), ("tool", {gathered.tool} - {""})):
        given = getattr(said, name)
        if given and known and known != {given}:
            told = _("the file says “{known}”, not “{given}”: that of the file is kept.",
                     known=", ".join(sorted(known)), given=given)  # fmt: skip
            problems.append(Problem(told, where))
    return problems


def write_new_run(place: Path, run: Run, *, former: Path | None = None) -> Path:
    """Write `run` as a new folder in `place` and give that folder: whole or not at all, over nothing that is there.

    `former` is the folder, not there yet, that a run of that name is moved to first. Raises BadInput where a run of
    that name is there and has nowhere to go, or the run cannot be recorded, and CannotWrite.
    """
    folder = place / run.name
    if folder.exists() and former is None:
        raise BadInput(_("{folder} is already there: give another name with --run.", folder=folder))
    made = place / f".{run.name}.{secrets.token_hex(4)}"
    try:
        write_run(made, run)
        if former is not None and folder.exists():
            former.parent.mkdir(parents=True, exist_ok=True)
            folder.rename(former)
        made.rename(folder)
    except (OSError, BadInput) as error:
        shutil.rmtree(made, ignore_errors=True)
        if isinstance(error, OSError) and not isinstance(error, CannotWrite):
            raise cannot_write(folder, error) from error
        raise
    return folder
