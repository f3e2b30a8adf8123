"""The marks of a class as tables: CSV and XLSX, with the names of the teacher's own list."""

import io
from collections.abc import Collection, Iterator, Sequence
from decimal import Decimal

from promptlab.files.cells import csv_cell, legal, looks_like_formula
from promptlab.files.csv_rows import csv_bytes
from promptlab.grade.classroom import Graded
from promptlab.grade.figures import decimal, figure
from promptlab.grade.picking import Entry
from promptlab.messages import _
from promptlab.model.rubric import Criterion

_WIDE, _MEDIUM, _NARROW, _HIGH = 46, 22, 12, 66


def marks_csv(graded: Graded) -> bytes:
    """One line for each pupil: `;`, byte order mark, decimal comma; mark and scale in columns of their own."""
    comma = True
    rows = [
        tuple(figure(cell, comma) if isinstance(cell, Decimal) else csv_cell(cell) for cell in row)
        for row in [_heads(graded), *_rows(graded)]
    ]
    return csv_bytes(rows)


def marks_xlsx(graded: Graded, title: str) -> bytes:
    """Two sheets: the marks, then each criterion of each pupil with its level and who decided."""
    from openpyxl import Workbook

    from promptlab.files.package import UNDATED, same_each_time

    book = Workbook(write_only=True)
    book.properties.title = legal(title)[:255]
    book.properties.creator = "promptlab"
    book.properties.created = book.properties.modified = UNDATED
    heads = _heads(graded)
    _sheet(book, _("Marks"), heads, _rows(graded), figures=(2, 3, *range(5, len(heads) - 4), len(heads) - 1))
    _sheet(book, _("Criteria"), _criteria_heads(), _criteria_rows(graded), figures=(4, 5))
    out = io.BytesIO()
    book.save(out)
    return same_each_time(out.getvalue(), saved=UNDATED)


_Cell = str | Decimal


def _criteria(graded: Graded) -> tuple[Criterion, ...]:
    """The criteria that mark anybody of the class, in the order of the rubric; all of them where nobody is marked."""
    used = {result.criterion for entry in graded.entries for result in entry.mark.results}
    return tuple(one for one in graded.setup.rubric.criteria if one.id in used or not used)


def _heads(graded: Graded) -> tuple[_Cell, ...]:
    return (
        *(_("Pupil"), _("Name"), _("Mark"), _("Out of"), _("Provisional")),
        *(f"{one.title} (/{figure(one.weight)})" for one in _criteria(graded)),
        *(_("Tasks validated"), _("Comment"), _("File"), _("Revision")),
    )


def _rows(graded: Graded) -> Iterator[tuple[_Cell, ...]]:
    ordered = sorted(graded.entries, key=lambda entry: (entry.outcome.pupil.casefold(), entry.place))
    for entry in ordered:
        yield _row(graded, entry)
    blank = ("",) * len(_criteria(graded))
    for pupil in graded.missing:
        yield (pupil.pseudonym, pupil.name, "", "", _("nothing handed in"), *blank, "", "", "", "")


def _row(graded: Graded, entry: Entry) -> tuple[_Cell, ...]:
    mark = entry.mark
    points = []
    for criterion in _criteria(graded):
        result = mark.result(criterion.id)
        points.append("" if result is None or result.points is None else decimal(result.points))
    return (
        entry.outcome.pupil or mark.copie,
        graded.pupil(entry.outcome.pupil).name,
        "" if mark.mark is None else mark.mark,
        "" if mark.mark is None else mark.scale,
        _("yes") if mark.waiting else "",
        *points,
        ", ".join(map(str, mark.validated)),
        " ".join(mark.comments),
        entry.source,
        Decimal(mark.revision),
    )


def _criteria_heads() -> tuple[_Cell, ...]:
    return (
        _("Pupil"),
        _("Criterion"),
        _("Competence"),
        _("Level"),
        _("Points"),
        _("Out of"),
        _("Decided by"),
        _("Comment"),
    )


def _criteria_rows(graded: Graded) -> Iterator[tuple[_Cell, ...]]:
    by = {"rule": _("rule"), "teacher": _("teacher"), "nobody": _("to be marked")}
    for entry in sorted(graded.entries, key=lambda entry: (entry.outcome.pupil.casefold(), entry.place)):
        for result in entry.mark.results:
            yield (
                entry.outcome.pupil or entry.mark.copie,
                result.title,
                result.competence,
                result.level,
                "" if result.points is None else decimal(result.points),
                decimal(result.out_of),
                by[result.by] if result.points is not None or result.by == "nobody" else _("not counted"),
                " ".join(result.comments),
            )


def _sheet(
    book: object, title: str, heads: Sequence[_Cell], rows: Iterator[tuple[_Cell, ...]], *, figures: Collection[int]
) -> None:
    """A sheet of `book` that prints on the width of one page; the columns `figures` (from 0) hold numbers."""
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.page import PageMargins
    from openpyxl.worksheet.properties import PageSetupProperties

    sheet = book.create_sheet(title)  # type: ignore[attr-defined]
    sheet.freeze_panes = "B2"
    sheet.page_setup.orientation = "landscape" if len(heads) > len(_criteria_heads()) else "portrait"
    sheet.page_setup.paperSize = 9  # A4
    sheet.page_margins = PageMargins(left=0.4, right=0.4, top=0.5, bottom=0.5)
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = "1:1"
    sheet.row_dimensions[1].height = _HIGH  # a program that opens the file would show one or two lines of the heads
    for place, head in enumerate(heads, 1):
        width = {_("Criterion"): _WIDE, _("Name"): _MEDIUM, _("Comment"): _MEDIUM, _("File"): _MEDIUM}.get(str(head))
        sheet.column_dimensions[get_column_letter(place)].width = width or _NARROW
    cells = []
    for place, head in enumerate(heads):
        cell = WriteOnlyCell(sheet, str(head))
        side = "right" if place in figures else "left"
        cell.font = Font(name="Arial", bold=True)
        cell.alignment = Alignment(wrap_text=True, vertical="top", horizontal=side)
        cells.append(cell)
    sheet.append(cells)
    for row in rows:
        sheet.append([_value(sheet, cell) for cell in row])


def _value(sheet: object, value: _Cell) -> object:
    """A number, or a text that no spreadsheet program takes for a formula."""
    if isinstance(value, Decimal):
        return value
    text = legal(value)
    if not looks_like_formula(text):
        return text or None
    from openpyxl.cell import WriteOnlyCell

    cell = WriteOnlyCell(sheet, text)
    cell.data_type = "s"
    cell.quotePrefix = True
    return cell
