"""An Excel workbook that somebody typed into, opened safely: bounded in size, rows and columns."""

import io
import warnings
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from promptlab.errors import BadInput
from promptlab.messages import _

MOST_ENTRIES = 1000
MOST_UNPACKED = 60_000_000  # bytes, of all parts together
# openpyxl lets through whatever its parts trip over in a workbook that is none.
_BROKEN = (
    AttributeError, EOFError, IndexError, KeyError, NotImplementedError, OSError, OverflowError, RuntimeError,
    SyntaxError, TypeError, ValueError, zipfile.BadZipFile, zlib.error,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class WorkbookCell:
    """One cell: its value (that last kept of a formula), how a number is shown, where it stands ("C5")."""

    value: object
    format: str
    error: bool
    where: str


@dataclass(frozen=True, slots=True)
class WorkbookSheet:
    """One sheet from A1 to its last value, all rows equally long; `cut` where it has more than was asked."""

    title: str
    rows: tuple[tuple[WorkbookCell, ...], ...]
    cut: bool


def read_sheets(content: bytes, name: str, *, most_rows: int, most_columns: int = 60) -> list[WorkbookSheet]:
    """The sheets of the .xlsx file called `name`. Raises BadInput for one that is damaged, locked or too large."""
    from openpyxl import load_workbook

    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            entries = package.infolist()
        if len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > MOST_UNPACKED:
            size = MOST_UNPACKED // 10**6
            raise BadInput(_("{path} unpacks to more than {size} MB: it is not read.", path=name, size=size))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)  # on parts of Excel that are not needed here
            # Read-only, openpyxl makes no cell for what is merged or empty: a range may name a whole sheet.
            book = load_workbook(io.BytesIO(content), data_only=True, read_only=True)
            return [_sheet(sheet, most_rows, most_columns) for sheet in book.worksheets]
    except BadInput:
        raise
    except _BROKEN as error:
        said = _("{path} is not a readable workbook. Save it again as .xlsx.", path=name)
        raise BadInput(said) from error


def _sheet(sheet: Any, most_rows: int, most_columns: int) -> WorkbookSheet:
    found = list(sheet.iter_rows(max_row=most_rows + 1, max_col=most_columns + 1))
    high = max((number for number, row in enumerate(found, 1) if _widest(row)), default=0)
    wide = max(map(_widest, found), default=0)
    cut = high > most_rows or wide > most_columns or (sheet.max_row or 0) > most_rows
    width = min(wide, most_columns)
    kept = found[: min(high, most_rows)]
    return WorkbookSheet(sheet.title, tuple(tuple(_cells(row[:width], at)) for at, row in enumerate(kept, 1)), cut)


def _widest(row: Iterable[Any]) -> int:
    return max((place for place, cell in enumerate(row, 1) if cell.value not in (None, "")), default=0)


def _cells(row: Iterable[Any], number: int) -> Iterator[WorkbookCell]:
    from openpyxl.utils import get_column_letter

    for place, cell in enumerate(row, 1):
        where = f"{get_column_letter(place)}{number}"
        yield WorkbookCell(cell.value, cell.number_format or "", cell.data_type == "e", where)
