"""What the teacher decided for a class, as a file: CSV for a spreadsheet, or TOML with a bank of comments.

CSV: the columns pupil, criterion, level, points, comment (in French élève, critère, niveau, points, commentaire). An
empty criterion is the whole mark; “tâche 6” or “task 6” is a task, and the level then oui or non (yes or no).

TOML:

    format = 1
    [comments]                         # the bank: a name, a sentence to be used again
    preuve = "Citez le document, avec sa ligne."

    [[marks]]
    pupil = "P07"
    criterion = "langue"               # left out: the whole mark
    level = "M"                        # or points = "3.5", or neither
    comments = ["preuve", "Relisez-vous une dernière fois."]   # names of the bank, or sentences

    [[tasks]]
    pupil = "P07"
    task = 6
    validated = true
"""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from promptlab.errors import BadInput
from promptlab.files.cells import csv_cell, plain_cell
from promptlab.files.csv_rows import CsvFile, read_csv
from promptlab.files.faults import Table, read_toml, refuse
from promptlab.files.ratios import newer, ratio, read_ratio
from promptlab.messages import _
from promptlab.model.mark import Override, Overrides
from promptlab.model.problem import Problem

FORMAT = 1
HEADS = {
    "pupil": ("élève", "eleve", "pupil", "pseudonyme", "pseudonym", "code"),
    "criterion": ("critère", "critere", "criterion"),
    "level": ("niveau", "level"),
    "points": ("points", "note", "mark"),
    "comment": ("commentaire", "appréciation", "comment", "comments"),
}
_TASK = re.compile(r"(?:tâche|tache|task)\s*(\d{1,3})", re.IGNORECASE)
_YES, _NO = ("oui", "yes", "x", "1", "vrai", "true"), ("non", "no", "0", "faux", "false")


def read_overrides(path: Path) -> Overrides:
    """What the teacher decided in the file `path` (.csv or .toml). Raises BadInput that lists all faults."""
    faults: list[Problem] = []
    ending = path.suffix.lower()
    if ending not in (".csv", ".toml"):
        raise BadInput(_("{path}: the teacher's decisions are a .csv or a .toml file.", path=path))
    found = _from_csv(path, faults) if ending == ".csv" else _from_toml(path, faults)
    if faults:
        raise refuse(_("The teacher's decisions {path}", path=path), faults)
    return Overrides(tuple(found))


def _from_toml(path: Path, faults: list[Problem]) -> list[Override]:
    table = read_toml(path, path.name, faults)
    if table is None:
        return []
    if (version := table.whole("format")) > FORMAT:
        table.fault("format", newer(version, FORMAT))
    bank = dict(table.pairs("comments"))
    found = [_entry(entry, bank) for entry in table.tables("marks", required=False)]
    for entry in table.tables("tasks", required=False):
        pupil, task = entry.text("pupil"), entry.whole("task")
        found.append(Override(pupil, task=task, validated=entry.flag("validated", default=True)))
        entry.finish()
    table.finish()
    return found


def _entry(table: Table, bank: Mapping[str, str]) -> Override:
    entry = Override(
        pupil=table.text("pupil"),
        criterion=table.text("criterion", required=False),
        level=table.text("level", required=False),
        points=read_ratio(table, "points") if table.raw("points") is not None else None,
        comments=tuple(bank.get(text, text) for text in table.texts("comments", required=False)),
    )
    table.finish()
    return entry


def _from_csv(path: Path, faults: list[Problem]) -> list[Override]:
    file = read_csv(path)
    places = places_of(file)
    if "pupil" not in places:
        said = _("no column is called “élève”; the columns are: {heads}.", heads="; ".join(file.heads))
        faults.append(Problem(said, path.name))
        return []
    found = []
    for number in range(1, len(file.records)):
        said_here = _cells(file, number, places)
        where = _("{file}, line {line}", file=path.name, line=number + 1)
        if entry := _from_row(said_here, where, faults):
            found.append(entry)
    return found


def places_of(file: CsvFile) -> dict[str, int]:
    """Where the columns of HEADS are that a sheet of decisions has, by their names there."""
    return {
        name: place
        for place, head in enumerate(file.heads)
        for name, heads in HEADS.items()
        if head.casefold() in heads
    }


def _cells(file: CsvFile, number: int, places: Mapping[str, int]) -> dict[str, str]:
    texts = file.texts(number)
    return {name: plain_cell(texts[place]) if place < len(texts) else "" for name, place in places.items()}


def _from_row(row: Mapping[str, str], where: str, faults: list[Problem]) -> Override | None:
    pupil, criterion, level, points, comment = (
        row.get(key, "") for key in ("pupil", "criterion", "level", "points", "comment")
    )
    comments = (comment,) if comment else ()
    if not pupil or not (level or points or comments):
        return None  # a line that the teacher has not filled in yet
    if task := _TASK.fullmatch(criterion):
        return _task(pupil, int(task[1]), level, where, faults)
    number = ratio(points) if points else None
    if points and number is None:
        expected = _("a number of 0 or more, such as 2, “0.5” or “1/3”")
        faults.append(
            Problem(_("“{value}” stands here; expected: {expected}.", value=points, expected=expected), where)
        )
    return Override(pupil, criterion, level, number, comments=comments)


def _task(pupil: str, task: int, said: str, where: str, faults: list[Problem]) -> Override:
    word = said.casefold()
    if word not in (*_YES, *_NO):
        faults.append(
            Problem(_("“{value}” stands here; expected: {expected}.", value=said, expected="oui, non"), where)
        )
    return Override(pupil, task=task, validated=word in _YES)


def sheet_rows(asked: Iterable[tuple[str, str]], known: Overrides, path: Path) -> list[tuple[str, ...]]:
    """The lines that a teacher has still to fill in: those of (pupil, criterion) in `asked` without a line yet.

    What `known` decides has none to fill in, nor what stands in the sheet at `path`, where there is one. Raises
    BadInput for a sheet that cannot be read.
    """
    there = {_pair(entry.pupil, entry.criterion) for entry in known.entries}
    if path.is_file():
        file = read_csv(path)
        rows = (_cells(file, number, places_of(file)) for number in range(1, len(file.records)))
        there |= {_pair(row.get("pupil", ""), row.get("criterion", "")) for row in rows}
    wanted = [pair for pair in asked if _pair(*pair) not in there]
    return [(csv_cell(pupil), csv_cell(criterion), "", "", "") for pupil, criterion in wanted]


def _pair(pupil: str, criterion: str) -> tuple[str, str]:
    return pupil.casefold(), criterion.casefold()
