"""The files that marking a class gives, written into one folder."""

import json
import re
import shutil
import tempfile
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from promptlab.files.atomic import cannot_write, require_writable, write_bytes
from promptlab.files.csv_rows import csv_bytes
from promptlab.files.overrides import sheet_rows
from promptlab.grade.class_html import class_html
from promptlab.grade.classroom import Graded
from promptlab.grade.outcome import Documents
from promptlab.grade.overview import as_json, overview
from promptlab.grade.picking import Entry
from promptlab.grade.sheets import marks_csv, marks_xlsx
from promptlab.messages import _
from promptlab.model.rubric import MANUAL

OVERRIDES = ("overrides.csv", "overrides.toml")
SHEET = "overrides.csv"
_FORBIDDEN = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*\s.]+')
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Written:
    """One file or folder that was written, and what it is."""

    path: Path
    what: str


class Staging:
    """Files to give back, kept beside their places until it is known which copie of each pupil counts.

    Used in a `with`; what was not moved is thrown away at its end. Raises CannotWrite.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        require_writable(folder)
        self._kept = Path(tempfile.mkdtemp(prefix=".marking-", dir=folder))
        self._names: dict[str, str] = {}
        self._documents: dict[str, None] = {}

    def __enter__(self) -> "Staging":
        return self

    def __exit__(self, *_error: object) -> None:
        shutil.rmtree(self._kept, ignore_errors=True)

    def keep(self, place: int, pupil: str, documents: Documents) -> None:
        """Keep the files of a pupil from the file at `place`."""
        for name, content in documents:
            self._documents[name] = None
            path = self._path(place, pupil, name)
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
            except OSError as error:
                raise cannot_write(path, error) from error

    def give(self, entries: Iterable[Entry]) -> None:
        """Put the files of `entries` where they belong, in place of earlier ones."""
        for entry in entries:
            who = self._name(entry.outcome.pupil or entry.mark.copie)
            for name in self._documents:
                folder, _slash, ending = name.partition("/")
                source = self._path(entry.place, entry.outcome.pupil, name)
                target = self.folder / folder / f"{who}{ending}"
                try:
                    if source.is_file():
                        target.parent.mkdir(parents=True, exist_ok=True)
                        source.replace(target)
                except OSError as error:
                    raise cannot_write(target, error) from error

    def _path(self, place: int, pupil: str, name: str) -> Path:
        folder, _slash, ending = name.partition("/")
        return self._kept / folder / f"{place}-{safe_name(pupil)}{ending}"

    def _name(self, pupil: str) -> str:
        """A name for the files of `pupil` that nobody else's have, on a disk that knows no capitals too."""
        base = safe_name(pupil)
        name, rank = base, 1
        while self._names.setdefault(name.casefold(), pupil) != pupil:
            rank += 1
            name = f"{base}-{rank}"
        return name


def safe_name(text: str) -> str:
    """`text` as the name of a file under any system: never a path, never empty."""
    plain = _FORBIDDEN.sub("-", unicodedata.normalize("NFC", text)).strip("-")[:60]
    return f"_{plain}" if _RESERVED.fullmatch(plain) else plain or "_"


def write_class(graded: Graded, folder: Path) -> Iterator[Written]:
    """Write marks and overview of the class into `folder`; each file whole or not at all. Raises CannotWrite."""
    found = overview(graded)
    title = _("Marks: {case}", case=graded.setup.case.title)
    values = json.dumps(as_json(graded, found), ensure_ascii=False, indent=1) + "\n"
    yield Written(write_bytes(folder / "marks.csv", marks_csv(graded)), _("marks, for a spreadsheet"))
    yield Written(write_bytes(folder / "marks.xlsx", marks_xlsx(graded, title)), _("marks, criterion by criterion"))
    page = class_html(graded, found).encode("utf-8", "replace")
    yield Written(write_bytes(folder / "class.html", page), _("the class: marks, heat map, what to discuss"))
    yield Written(
        write_bytes(folder / "class.json", values.encode("utf-8", "backslashreplace")), _("the same for scripts")
    )


def write_sheet(graded: Graded, folder: Path) -> Written | None:
    """Write, or lengthen, the sheet in which the teacher marks what no rule can; None where nothing is to be added.

    What the teacher wrote there stays as it is, to the byte. Raises CannotWrite.
    """
    manual = {one.id for one in graded.setup.rubric.criteria if one.rule == MANUAL}
    asked = [
        (entry.outcome.pupil, result.criterion)
        for entry in graded.entries
        if entry.outcome.pupil
        for result in entry.mark.results
        if result.criterion in manual
    ]
    path = folder / SHEET
    rows = sheet_rows(asked, graded.setup.overrides, path)
    if not rows:
        return None
    before = path.read_bytes() if path.is_file() else b""
    heads = (_("pupil"), _("criterion"), _("level"), _("points"), _("comment"))
    made = csv_bytes(rows if before else [heads, *rows])
    if before:
        made = made.removeprefix(b"\xef\xbb\xbf")
        before = before if before.endswith(b"\n") else before + b"\r\n"
    return Written(write_bytes(path, before + made), _("to be filled in: what only the teacher can mark"))
