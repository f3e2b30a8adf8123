"""Pupils' work on this computer, found by what the files say they are, and deleted at the end of the year."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from promptlab.files.copie_form import MARK
from promptlab.files.copie_opening import MOST_BYTES, SUFFIX
from promptlab.files.made import RECORD
from promptlab.files.system import reason_of
from promptlab.messages import _
from promptlab.model.problem import Problem

# Folders of the pupils' work inside the folder of this user, in both languages of the screen.
COPIES, MADE, RETURNS = "copies", ("a-rendre", "to-hand-in", "impressions", "printouts"), "returns"
SITTING = "sitting.json"
_MARKS = (MARK, "return")
_BACKUP = ".bak"


@dataclass(frozen=True, slots=True)
class Forgettable:
    """One file of a pupil's work: its day (ISO 8601), and whether it is a copie itself or what was made of one."""

    path: Path
    day: str
    copie: bool = False


def forgettable(home: Path, *, before: date | None = None) -> tuple[Forgettable, ...]:
    """The files of pupils' work in `home`, those older than `before` alone where it is given; in order of path.

    Copies and what the teacher sent back are known by what stands in them, files to hand in by the note that promptlab
    keeps of them. Whatever else lies there, links, and files elsewhere are not looked at.
    """
    found = {one.path: one for one in (*_marked(home), *_made(home), *_note(home))}
    chosen = [one for _path, one in sorted(found.items()) if before is None or one.day < before.isoformat()]
    if before is not None:  # the note of the sitting speaks of copies that stay
        chosen = [one for one in chosen if one.path.name != SITTING]
    return tuple(chosen)


def forget(files: Sequence[Forgettable]) -> tuple[Problem, ...]:
    """Delete `files`; a Problem for each that could not be."""
    problems = []
    for one in files:
        try:
            one.path.unlink(missing_ok=True)
        except OSError as error:
            problems.append(Problem(_("was not deleted: {reason}.", reason=reason_of(error)), str(one.path)))
    return tuple(problems)


def _marked(home: Path) -> Iterator[Forgettable]:
    for folder in (COPIES, *MADE):
        for path in sorted((home / folder).rglob("*")):
            if not _is_file(path):
                continue
            kept = path.name.endswith(SUFFIX + _BACKUP)
            if path.suffix != SUFFIX and not kept:
                continue
            values = _values(path)
            if values.get("promptlab") in _MARKS:
                is_copie = values["promptlab"] == MARK and not kept and folder == COPIES
                yield Forgettable(path, _day(values, path), is_copie)
            elif folder == COPIES and path.name.startswith("copie-"):  # damaged, but ours by its name
                yield Forgettable(path, _day({}, path))


def _made(home: Path) -> Iterator[Forgettable]:
    """What was made of copies for a person: the files that the note of the folder names."""
    for folder in MADE:
        noted = home / folder / RECORD
        if not _is_file(noted):
            continue
        for name in _values(noted):
            path = home / folder / name
            if Path(name).name == name and _is_file(path):
                yield Forgettable(path, _day({}, path))
        yield Forgettable(noted, _day({}, noted))


def _note(home: Path) -> Iterator[Forgettable]:
    path = home / SITTING
    if _is_file(path) and all(isinstance(entry, dict) and "copie" in entry for entry in _values(path).values()):
        yield Forgettable(path, _day({}, path))


def _is_file(path: Path) -> bool:
    return path.is_file() and not path.is_symlink() and not path.parent.is_symlink()


def _values(path: Path) -> dict[str, Any]:
    """The JSON object in the file; {} where it is none."""
    try:
        if path.stat().st_size > MOST_BYTES:
            return {}
        values = json.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError, RecursionError):
        return {}
    return values if isinstance(values, dict) else {}


def _day(values: dict[str, Any], path: Path) -> str:
    """The day on which it was saved: as it says itself, else as the system does."""
    said = str(values.get("saved_at") or "")[:10]
    try:
        return date.fromisoformat(said).isoformat()
    except ValueError:
        return datetime.fromtimestamp(path.stat().st_mtime).astimezone().date().isoformat()
