"""Reads a decision table from a file: TOML, JSON, XLSX or CSV, told by its ending."""

import csv
import io
import json
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from promptlab.decisions.from_rows import Row, from_rows
from promptlab.decisions.plain import from_values
from promptlab.errors import BadInput
from promptlab.files.cells import plain_cell
from promptlab.files.faults import broken_toml, refuse
from promptlab.files.system import reason_of
from promptlab.files.workbooks import read_sheets
from promptlab.messages import _
from promptlab.model.decisions import DecisionTable

LARGEST_FILE = 5_000_000
MOST_ROWS, MOST_COLUMNS = 5000, 120
_SEPARATORS = (";", ",", "\t")


def read_decisions(path: Path) -> DecisionTable:
    """The decision table in the file at `path` (.toml .json .xlsx .csv).

    Raises BadInput that lists all the faults of the file, each with its place and what to do.
    """
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST_FILE + 1)
    except FileNotFoundError as error:
        raise BadInput(_("{path}: there is no such file. Check the name, or name a case.", path=path)) from error
    except OSError as error:
        raise BadInput(_("{path} cannot be read: {reason}.", path=path, reason=reason_of(error))) from error
    return parse_decisions(content, name=str(path))


def parse_decisions(content: bytes, *, name: str) -> DecisionTable:
    """The decision table in the bytes of a file called `name`, whose ending says what it is. Raises BadInput."""
    if len(content) > LARGEST_FILE:
        raise BadInput(_("{path} is too large for a decision table: at most 5 MB.", path=name))
    reader = _READERS.get(Path(name).suffix.lower())
    if reader is None:
        raise BadInput(
            _("{path}: a decision table is read from a file whose name ends in one of: {endings}.", path=name,
              endings=" ".join(SUFFIXES))
        )  # fmt: skip
    return reader(content, name)


def _toml(content: bytes, name: str) -> DecisionTable:
    try:
        values = tomllib.loads(_text(content, name))
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise refuse(name, [broken_toml(str(error), name)]) from error
    return from_values(values, name=name)


def _json(content: bytes, name: str) -> DecisionTable:
    try:
        values: Any = json.loads(_text(content, name))
    except json.JSONDecodeError as error:
        said = _("{path}, line {line}, column {column}: this is not correct JSON. Save the file again from promptlab.",
                 path=name, line=error.lineno, column=error.colno)  # fmt: skip
        raise BadInput(said) from error
    except (ValueError, RecursionError) as error:
        raise BadInput(_("{path} is not correct JSON: save the file again from promptlab.", path=name)) from error
    return from_values(values, name=name)


def _csv(content: bytes, name: str) -> DecisionTable:
    text = _text(content, name)
    first = next((line for line in text.splitlines() if line.strip()), "")
    counts = {sign: text.count(sign) if sign not in first else 1_000_000 + first.count(sign) for sign in _SEPARATORS}
    separator = max(_SEPARATORS, key=lambda sign: counts[sign])
    try:
        read = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    except csv.Error as error:
        said = _("{path} is not a readable CSV file: open it in a spreadsheet and save it as CSV again.", path=name)
        raise BadInput(said) from error
    _bounded(len(read), max(map(len, read), default=0), name)
    rows = [
        Row(_("{file}, line {line}", file=Path(name).name, line=number), tuple(map(plain_cell, cells)))
        for number, cells in enumerate(read, 1)
    ]
    return from_rows(rows, name=name)


def _xlsx(content: bytes, name: str) -> DecisionTable:
    return from_rows(list(_sheet_rows(content, name)), name=name)


def _sheet_rows(content: bytes, name: str) -> Iterator[Row]:
    for sheet in read_sheets(content, name, most_rows=MOST_ROWS, most_columns=MOST_COLUMNS):
        if sheet.cut:
            said = _("{path}, sheet {sheet}: at most {most_rows} rows and {most_columns} columns are read.", path=name,
                     sheet=sheet.title, most_rows=MOST_ROWS, most_columns=MOST_COLUMNS)  # fmt: skip
            raise BadInput(said)
        for number, cells in enumerate(sheet.rows, 1):
            where = _("{file}, sheet {sheet}, line {line}", file=Path(name).name, sheet=sheet.title, line=number)
            yield Row(where, tuple(_shown(cell.value) for cell in cells), sheet.title)


def _shown(cell: object) -> str:
    if isinstance(cell, bool):
        return _("yes") if cell else _("no")
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell)


def _bounded(rows: int, columns: int, name: str) -> None:
    if rows > MOST_ROWS or columns > MOST_COLUMNS:
        said = _("{path} has {rows} rows and {columns} columns: at most {most_rows} and {most_columns} are read.",
                 path=name, rows=rows, columns=columns, most_rows=MOST_ROWS, most_columns=MOST_COLUMNS)  # fmt: skip
        raise BadInput(said)


def _text(content: bytes, name: str) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if Path(name).suffix.lower() == ".csv":
            return content.decode("cp1252", "replace")  # how a French Excel saves CSV unless asked for UTF-8
        said = _("{path} is not text in UTF-8 (byte {byte}). Save it as UTF-8.", path=name, byte=error.start)
        raise BadInput(said) from error


_READERS: dict[str, Callable[[bytes, str], DecisionTable]] = {
    ".toml": _toml,
    ".json": _json,
    ".xlsx": _xlsx,
    ".csv": _csv,
}
SUFFIXES = tuple(_READERS)
