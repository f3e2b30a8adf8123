"""CSV files of other programs: read whatever they are written in, and written back with only some cells changed."""

import csv
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from promptlab.errors import BadInput
from promptlab.files.system import reason_of
from promptlab.messages import _

MOST_BYTES = 20_000_000
_DELIMITERS = (";", ",", "\t", ":")


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its text, and how the file wrote it."""

    text: str
    raw: str


@dataclass(frozen=True, slots=True)
class CsvFile:
    """A CSV file: how it is encoded and parted, and its records with the line end that each had."""

    encoding: str
    delimiter: str
    records: tuple[tuple[Cell, ...], ...]
    ends: tuple[str, ...]

    @property
    def heads(self) -> tuple[str, ...]:
        """The texts of the first record."""
        return tuple(cell.text.strip() for cell in self.records[0]) if self.records else ()

    def texts(self, number: int) -> tuple[str, ...]:
        """The texts of record `number`, from 0."""
        return tuple(cell.text.strip() for cell in self.records[number])

    def with_cells(self, changes: Mapping[tuple[int, int], str]) -> bytes:
        """The file with other texts at (record, column), both from 0; every other byte is as it was."""
        pieces = []
        for number, (record, end) in enumerate(zip(self.records, self.ends, strict=True)):
            cells = [
                self.written(changes[number, place]) if (number, place) in changes else cell.raw
                for place, cell in enumerate(record)
            ]
            pieces.append(self.delimiter.join(cells) + end)
        return "".join(pieces).encode(self.encoding, "xmlcharrefreplace")

    def written(self, text: str) -> str:
        """`text` as a cell of this file, quoted where it must be."""
        special = (self.delimiter, '"', "\n", "\r")
        return '"' + text.replace('"', '""') + '"' if any(sign in text for sign in special) else text


def read_csv(path: Path) -> CsvFile:
    """The CSV file at `path`: UTF-8, UTF-16 or Windows-1252; parted by the sign that its first line has most.

    Raises BadInput for a file that cannot be read, is no text, or is empty.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise BadInput(_("{path} cannot be read: {reason}.", path=path, reason=reason_of(error))) from error
    if len(content) > MOST_BYTES or content.startswith((b"PK", b"%PDF", b"\xd0\xcf\x11\xe0")):
        raise BadInput(_("{path} is no CSV file: save the table as CSV, then try again.", path=path))
    encoding = _encoding(content)
    text = content.decode(encoding, "replace")
    if not text.strip("\ufeff \r\n"):
        raise BadInput(_("{path} is empty.", path=path))
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    first = text.splitlines()[0]
    delimiter = max(_DELIMITERS, key=first.count)
    records, ends = _parted(text[len(mark) :], delimiter)
    if mark and records:
        head = records[0][0]
        records[0] = (Cell(head.text, mark + head.raw), *records[0][1:])
    return CsvFile(encoding, delimiter, tuple(records), tuple(ends))


def csv_bytes(rows: Sequence[Sequence[str]]) -> bytes:
    """A CSV file for a French spreadsheet: `;`, UTF-8 with a byte order mark, CRLF."""
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=";", lineterminator="\r\n").writerows(rows)
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8", "replace")


def _encoding(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def _parted(text: str, delimiter: str) -> tuple[list[tuple[Cell, ...]], list[str]]:
    """The records with their cells as written, and their line ends; a quotation mark that stays open ends the file."""
    sign = re.escape(delimiter)
    cell = re.compile(rf'"(?:[^"]|"")*(?:"|$)[^{sign}\r\n]*|[^{sign}\r\n]*')
    records: list[tuple[Cell, ...]] = []
    ends: list[str] = []
    at, record = 0, []
    while at < len(text):
        found = cell.match(text, at)
        raw = found[0] if found else ""
        record.append(Cell(_unquoted(raw), raw))
        at += len(raw)
        if text.startswith(delimiter, at):
            at += 1
            if at == len(text):
                record.append(Cell("", ""))
            continue
        end = "\r\n" if text.startswith("\r\n", at) else text[at : at + 1]
        at += len(end)
        records.append(tuple(record))
        ends.append(end)
        record = []
    if record:
        records.append(tuple(record))
        ends.append("")
    return records, ends


def _unquoted(raw: str) -> str:
    if not raw.startswith('"'):
        return raw
    inside = raw[1:]
    close = re.search(r'(?<!")(?:"")*"(?!")', inside)
    if close is None:
        return inside.replace('""', '"')
    return inside[: close.end() - 1].replace('""', '"') + inside[close.end() :]
