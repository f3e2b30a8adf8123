"""The teacher's own decisions on the marks, written into the sheet that marking reads again: overrides.csv."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from promptlab.errors import BadInput
from promptlab.files.atomic import write_bytes
from promptlab.files.cells import csv_cell, plain_cell
from promptlab.files.csv_rows import CsvFile, csv_bytes, read_csv
from promptlab.files.overrides import HEADS, places_of
from promptlab.grade.writing import OVERRIDES, SHEET
from promptlab.messages import _


@dataclass(frozen=True, slots=True)
class Decision:
    """One line of the sheet, as typed: a level or points, and a comment; all empty takes the decision back."""

    pupil: str
    criterion: str
    level: str = ""
    points: str = ""
    comment: str = ""


def decide(folder: Path, decisions: Sequence[Decision]) -> Path:
    """Write `decisions` into the sheet in `folder`; every other line and cell of it stays as it is.

    BadInput where the decisions stand in a TOML file, or the sheet lacks a column; CannotWrite.
    """
    path = folder / SHEET
    if not path.is_file():
        other = next((name for name in OVERRIDES if (folder / name).is_file()), "")
        if other:
            raise BadInput(_("Your decisions are in {path}: change them there.", path=folder / other))
        heads = (_("pupil"), _("criterion"), _("level"), _("points"), _("comment"))
        return write_bytes(path, csv_bytes([heads, *(tuple(map(_safe, _cells(one).values())) for one in decisions)]))
    file = read_csv(path)
    places = _places(file, path)
    changes: dict[tuple[int, int], str] = {}
    added: list[str] = []
    for one in decisions:
        number = _line_of(file, places, one)
        if number is None:
            added.append(_line(file, places, _cells(one)))
        else:
            changes |= {(number, places[name]): _safe(text) for name, text in _cells(one).items() if name in _WRITTEN}
    content = file.with_cells(changes)
    if added:
        content = content if content.endswith(b"\n") else content + "\r\n".encode(_plain(file))
        content += "".join(f"{line}\r\n" for line in added).encode(_plain(file), "xmlcharrefreplace")
    return write_bytes(path, content)


_WRITTEN = ("level", "points", "comment")


def _cells(one: Decision) -> dict[str, str]:
    return {
        "pupil": one.pupil,
        "criterion": one.criterion,
        "level": one.level,
        "points": one.points,
        "comment": one.comment,
    }


def _safe(text: str) -> str:
    """`text` as a spreadsheet shows it: never a formula; `read_overrides` takes the sign off again."""
    return csv_cell(" ".join(text.split()))


def _places(file: CsvFile, path: Path) -> dict[str, int]:
    found = places_of(file)
    missing = [name for name in HEADS if name not in found]
    if missing:
        names = ", ".join(HEADS[name][0] for name in missing)
        raise BadInput(_("{path} lacks the columns {names}: add them.", path=path, names=names))
    return found


def _line_of(file: CsvFile, places: Mapping[str, int], one: Decision) -> int | None:
    """The last line about that pupil and criterion that has all the cells."""
    wanted = (one.pupil.casefold(), one.criterion.casefold())
    for number in range(len(file.records) - 1, 0, -1):
        texts = file.texts(number)
        if len(texts) > max(places.values()):
            here = tuple(plain_cell(texts[places[name]]).casefold() for name in ("pupil", "criterion"))
            if here == wanted:
                return number
    return None


def _line(file: CsvFile, places: Mapping[str, int], cells: Mapping[str, str]) -> str:
    texts = [""] * max(len(file.heads), max(places.values()) + 1)
    for name, text in cells.items():
        texts[places[name]] = file.written(_safe(text))
    return file.delimiter.join(texts)


def _plain(file: CsvFile) -> str:
    """The encoding for what is appended: UTF-16 would write its mark once more."""
    return "utf-16-le" if file.encoding == "utf-16" else file.encoding
