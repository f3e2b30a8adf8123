"""Where the runs of a case that the user adds are recorded, and how a run is found again."""

import re
from pathlib import Path

from promptlab.errors import BadInput
from promptlab.files.cases import is_shipped
from promptlab.files.runs import read_run
from promptlab.messages import _
from promptlab.model.answer import Run
from promptlab.model.case import Case


def recordings_of(case: Case, folder: Path) -> Path:
    """The folder of the runs of `case`: its own `answers`; for a shipped case `answers/<case>` among the results."""
    return folder / "answers" / case.name if is_shipped(case) else case.folder / "answers"


def checked_name(name: str, option: str) -> str:
    """`name` as that of a new run, given with `option`. Raises BadInput where it is none for a folder."""
    if not re.fullmatch(r"[^\W.][\w.-]{0,59}", name):
        raise BadInput(
            _("{option} “{name}”: use letters, digits, - and _ only; it names a folder.", option=option, name=name)
        )
    return name


def recorded_run(case: Case, name: str, folder: Path) -> Run:
    """The run `name` of `case`, or its default run; `folder` is where results go.

    Raises BadInput that lists the runs there are.
    """
    try:
        return case.run(name)
    except KeyError:
        place = recordings_of(case, folder)
        if is_shipped(case) and name and (place / name).is_dir():
            return read_run(place / name)
    if not case.runs:
        raise BadInput(
            _(
                "{case} holds no recorded answers. Ask an AI: promptlab run {case} --live --model M --record run-a",
                case=case.folder,
            )
        )
    mine = [path.name for path in sorted(place.glob("[!.]*/"))] if is_shipped(case) else []
    names = ", ".join([*(run.name for run in case.runs), *mine])
    raise BadInput(_("{case} has no run “{name}”. There are: {names}.", case=case.name, name=name, names=names))
