"""A case as a workbook (.xlsx) that a teacher fills in without code: one sheet for each part, written and read back.

Column A is hidden and names what stands beside it, so that a sheet can be renamed, copied and given more rows:
"promptlab:order" on the first row, the key of a field on its row, "keys:lines" on the hidden row of column keys.
"""

import io
from dataclasses import dataclass, field
from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING

from promptlab.errors import BadInput
from promptlab.files.atomic import write_bytes
from promptlab.files.case_fields import Field, Section, document_kind, section_of, sections
from promptlab.files.case_form import MOST_ROWS, Form, document_keys, row_count
from promptlab.files.cells import looks_like_formula
from promptlab.files.system import reason_of
from promptlab.files.workbooks import WorkbookCell, WorkbookSheet, read_sheets
from promptlab.messages import _
from promptlab.model.problem import Problem

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

MOST_BYTES = 20_000_000
_MARK = "promptlab:"
_KEYS = "keys:"
_SPARE = 12  # empty rows that get a list of choices
_LETTERS = 31  # of the name of a sheet
_CELL = 32_767  # characters that Excel takes in a cell
_NOTE_ROW = 2
_LINE, _HIGHEST = 15.0, 405.0  # points: a line of text, the most that Excel gives a row
_BOLD = 0.85  # of the letters of a plain text, as many as fit of a bold one
_HEAD, _LABEL, _INK = "FFDCE6F1", "FFF2F2F2", "FF5A5A5A"


@dataclass(slots=True)
class Typed:
    """What stands in a workbook: the form, where each place of it was typed ("order, C5"), what was not understood."""

    form: dict[str, str] = field(default_factory=dict)
    cells: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def placed(self, problem: Problem) -> Problem:
        """`problem` of a place of the form, at its cell; at its sheet where the cell is not known."""
        where = self.cells.get(problem.where)
        if where is None:
            part, _slash, rest = problem.where.partition("/")
            label = self.cells.get(part, part)
            where = f"{label}, {rest}" if rest else label
        return Problem(problem.message, where)


# ---------------------------------------------------------------- writing


def write_workbook(path: Path, form: Form) -> Path:
    """Write a workbook with what `form` holds, to be filled in. Raises BadInput where one is there, CannotWrite."""
    if path.suffix.lower() != ".xlsx":
        raise BadInput(_("{path}: give the workbook a name that ends in .xlsx.", path=path))
    if path.exists():
        raise BadInput(_("{path} is there already: give another name, or move it away.", path=path))
    return write_bytes(path, workbook_of(form))


def workbook_of(form: Form) -> bytes:
    """The workbook of `form`: every part has its sheet, and what `form` does not hold is left empty."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    more = [key for key in document_keys(form) if "-" in key]
    for section in sections():
        for key in (section.key, *(one for one in more if document_kind(one) == section.key)):
            number = key.partition("-")[2]
            sheet = book.create_sheet(f"{section.label} {number}".strip()[:_LETTERS])
            _fill(sheet, section, key, form)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _fill(sheet: "Worksheet", section: Section, key: str, form: Form) -> None:
    from openpyxl.styles import Font

    _put(sheet, 1, 1, f"{_MARK}{section.key}")
    _put(sheet, 1, 2, section.label[:1].upper() + section.label[1:]).font = Font(bold=True, size=14)
    _put(sheet, 2, 2, section.help).font = Font(italic=True, color=_INK)
    at = 3
    for each in section.fields:
        _put(sheet, at, 1, each.key)
        _shade(_put(sheet, at, 2, each.label), _LABEL)
        _put(sheet, at, 3, each.shown(form.get(f"{key}/{each.key}", "")))
        _put(sheet, at, 4, each.help).font = Font(italic=True, color=_INK)
        _offer(sheet, each, f"C{at}")
        if each.long:
            sheet.row_dimensions[at].height = 120.0 if each.key in ("summary", "body") else 45.0
        at += 1
    if section.rows:
        _rows(sheet, section, key, form, at + (1 if section.fields else 0))
    sheet.column_dimensions["A"].hidden = True
    widths = _widths(sheet, section)
    sheet.merge_cells(start_row=2, end_row=2, start_column=2, end_column=max(widths))
    _heights(sheet, widths)
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def _rows(sheet: "Worksheet", section: Section, key: str, form: Form, at: int) -> None:
    from openpyxl.utils import get_column_letter

    _put(sheet, at, 1, f"{_KEYS}{section.rows_key}")
    sheet.row_dimensions[at].hidden = True
    first, count = at + 2, row_count(form, key)
    for place, each in enumerate(section.rows, 2):
        _put(sheet, at, place, each.key)
        _shade(_put(sheet, at + 1, place, each.label + (f" ({each.help})" if each.help else "")), _HEAD)
        for number in range(1, count + 1):
            value = form.get(f"{key}/{section.rows_key}[{number}].{each.key}", "")
            _put(sheet, first + number - 1, place, each.shown(value))
        column = get_column_letter(place)
        _offer(sheet, each, f"{column}{first}:{column}{first + count + _SPARE}")
    sheet.freeze_panes = sheet.cell(first, 2) if not section.fields else None


def _put(sheet: "Worksheet", row: int, column: int, text: str) -> "Cell":
    """`text` as a text: nothing that a person typed is taken for a formula."""
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
    from openpyxl.styles import Alignment

    cell: Cell = sheet.cell(row, column)
    safe = ILLEGAL_CHARACTERS_RE.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))
    if len(safe) > _CELL:
        said = _("{place}: a cell holds {most} characters at most.", place=f"{sheet.title}, row {row}", most=_CELL)
        raise BadInput(said)
    cell.value = safe or None
    if safe:
        cell.data_type = "s"
        cell.quotePrefix = looks_like_formula(safe)
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell


def _shade(cell: "Cell", colour: str) -> None:
    from openpyxl.styles import Font, PatternFill

    cell.font = Font(bold=True)
    cell.fill = PatternFill("solid", start_color=colour)


def _offer(sheet: "Worksheet", each: Field, cells: str) -> None:
    """A list to choose from where only certain texts may stand."""
    from openpyxl.worksheet.datavalidation import DataValidation

    if each.choices:
        choice = DataValidation(type="list", formula1=f'"{",".join(map(each.shown, each.choices))}"', allow_blank=True)
        choice.add(cells)
        sheet.add_data_validation(choice)


def _widths(sheet: "Worksheet", section: Section) -> dict[int, int]:
    """Set how many letters each column takes, and give them by the number of the column."""
    from openpyxl.utils import get_column_letter

    widths = {2: 26, 3: 70, 4: 30} if section.fields else {}
    for place, each in enumerate(section.rows, 2):
        widths[place] = max(widths.get(place, 0), 70 if each.long else 16)
    for place, width in widths.items():
        sheet.column_dimensions[get_column_letter(place)].width = width
    return widths


def _heights(sheet: "Worksheet", widths: dict[int, int]) -> None:
    """Make each row as high as its longest cell needs: no program does so for a file that it did not write itself."""
    for row in sheet.iter_rows():
        lines = 1
        for cell in row[1:]:
            room: float = sum(widths.values()) if cell.row == _NOTE_ROW else widths.get(cell.column, 16)
            room *= _BOLD if cell.font.bold else 1
            lines = max(lines, sum(1 + int(len(line) / room) for line in str(cell.value or "").split("\n")))
        layout = sheet.row_dimensions[row[0].row]
        if lines > 1:
            layout.height = min(max(layout.height or 0, _LINE * lines), _HIGHEST)


# ---------------------------------------------------------------- reading


def read_workbook(path: Path) -> Typed:
    """What a teacher typed into the workbook `path`. Raises BadInput where it is no such workbook."""
    typed = Typed()
    seen: dict[str, int] = {}
    for sheet in _sheets(path):
        mark = _shown(sheet.rows[0][0]) if sheet.rows else ""
        section = section_of(mark.removeprefix(_MARK)) if mark.startswith(_MARK) else None
        if section is None:
            if any(_shown(cell) for row in sheet.rows for cell in row):
                said = _("this sheet is not one of the template: copy what it says into one that is.")
                typed.problems.append(Problem(said, sheet.title))
            continue
        seen[section.key] = seen.get(section.key, 0) + 1
        if seen[section.key] > 1 and not document_kind(section.key):
            typed.problems.append(Problem(_("this sheet stands twice: keep one of them."), sheet.title))
            continue
        key = section.key if seen[section.key] == 1 else f"{section.key}-{seen[section.key]}"
        typed.cells[key] = sheet.title
        _read(sheet, section, key, typed)
    if not seen:
        said = _("{path} is not a workbook of a case: make one with “promptlab new --template {path}”.", path=path)
        raise BadInput(said)
    return typed


def _sheets(path: Path) -> list[WorkbookSheet]:
    try:
        if path.stat().st_size > MOST_BYTES:
            most = MOST_BYTES // 10**6
            raise BadInput(_("{path} has more than {most} MB: is it the right file?", path=path, most=most))
        content = path.read_bytes()
    except FileNotFoundError as error:
        said = _("{path} does not exist. Make the workbook with “promptlab new --template {path}”.", path=path)
        raise BadInput(said) from error
    except OSError as error:
        raise BadInput(_("{path} cannot be read: {reason}.", path=path, reason=reason_of(error))) from error
    return read_sheets(content, str(path), most_rows=2 * MOST_ROWS)


def _read(sheet: WorkbookSheet, section: Section, key: str, typed: Typed) -> None:
    known = {each.key: each for each in section.fields}
    cells = {each.key: each for each in section.rows}
    columns: dict[int, str] = {}
    number = 0
    for row in sheet.rows[1:]:
        mark = _shown(row[0])
        if mark.startswith(_KEYS):
            columns = {place: _shown(cell) for place, cell in enumerate(row[1:], 2) if _shown(cell)}
            number = -1  # the row of labels comes first
        elif columns:
            number += 1
            if number > 0:
                for place, name in columns.items():
                    if name in cells:
                        at = f"{key}/{section.rows_key}[{number}].{name}"
                        _take(row[place - 1], sheet.title, (at, cells[name]), typed)
        elif mark in known and len(row) > 2:
            _take(row[2], sheet.title, (f"{key}/{mark}", known[mark]), typed)
    if (section.rows and not columns) or sheet.cut:
        said = _("the hidden column A of this sheet is gone, or it has too many rows: copy it into a new template.")
        typed.problems.append(Problem(said, sheet.title))


def _take(cell: WorkbookCell, sheet: str, field_at: tuple[str, Field], typed: Typed) -> None:
    place, each = field_at
    where = f"{sheet}, {cell.where}"
    typed.cells[place] = where
    text = _shown(cell)
    if text.startswith("#") and text.rstrip("!?").upper() == text.rstrip("!?") and cell.error:
        typed.problems.append(Problem(_("“{value}”: this cell has an error, type the value.", value=text), where))
    elif text.strip():
        typed.form[place] = each.meant(text)


def _shown(cell: WorkbookCell) -> str:
    """What a cell shows, as a person would type it: 476,50 is "476.5", 20 % is "20", a day is 20/11/2026."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, int | float):
        percent = 100 if "%" in cell.format else 1
        return f"{round(value * percent, 6):.6f}".rstrip("0").rstrip(".")
    if isinstance(value, datetime | date):
        return value.strftime("%d/%m/%Y")
    if isinstance(value, time):
        return value.isoformat()
    return str(value)
