"""The comparison as an Excel workbook: the table, its items one by one, where the answers come from."""

import io
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from promptlab.align.lines import Line, entries, text_of
from promptlab.align.wording import heads, statement, what_it_is
from promptlab.files.cells import legal
from promptlab.files.package import moment_of, same_each_time
from promptlab.messages import _, language
from promptlab.model.case import Case
from promptlab.model.comparison import Comparison
from promptlab.table.cells import Row, all_problems, origins, reason_text, rows, title_of
from promptlab.table.portions import WIDTH, portions
from promptlab.table.sheet import add_styles, head, page, write, write_lines

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

_ROOM = 90  # points for a pupil to write in


def comparison_xlsx(comparison: Comparison, *, case: Case | None = None, made: str = "") -> bytes:
    """The comparison as a .xlsx file of three sheets: table, items in the long format, provenance.

    Every cell is text or a number: what begins like a formula stays text, also when it is edited. A cell that Excel
    could not show whole goes on in the row below. `made` is the ISO 8601 date that the file bears; the same arguments
    give the same bytes. Raises BadInput where `made` is not a date.
    """
    from openpyxl import Workbook

    book = Workbook()
    add_styles(book)
    title = title_of(comparison, case.title if case else "")
    _table(book.active, comparison, title)
    _items(book.create_sheet(), comparison)
    _provenance(book.create_sheet(), comparison, title, made)
    _properties(book, title, case, made)
    out = io.BytesIO()
    book.save(out)
    return same_each_time(out.getvalue(), saved=moment_of(made))


def _properties(book: "Workbook", title: str, case: Case | None, made: str) -> None:
    book.properties.title = legal(title)[:255]
    book.properties.creator = "promptlab"
    book.properties.language = case.language if case else language()
    book.properties.created = book.properties.modified = moment_of(made)


def _table(sheet: "Worksheet", comparison: Comparison, title: str) -> None:
    sheet.title = _("Comparison")
    names = (_("PHASES"), *heads(comparison), _("Why this row, and what changes"))
    head(sheet, names)
    to_write = []
    for at, (row, cells, part) in enumerate(_whole_rows(comparison), 2):
        label = _("{label} (continued)", label=row.label) if part else row.label
        write(sheet, (at, 1), label, style="label")
        for place, lines in enumerate(cells, 2):
            write_lines(sheet, (at, place), lines)
        write(sheet, (at, len(names)), "" if part else reason_text(comparison, row), style="small")
        to_write += [at] if row.kind in ("remarks", "discussion") else []
    page(sheet, title, [20, *[WIDTH] * len(comparison.columns), 26], frozen="B2")
    for at in to_write:
        sheet.row_dimensions[at].height = _ROOM


def _whole_rows(comparison: Comparison) -> Iterator[tuple[Row, list[Sequence[Line]], int]]:
    """Rows that Excel can show: (row, cells, which part of it), a row that is too tall being cut between lines."""
    for row in rows(comparison):
        pieces = [portions(cell) for cell in row.cells]
        for part in range(max([1, *(len(cell) for cell in pieces)])):
            yield row, [cell[part] if part < len(cell) else () for cell in pieces], part


def _items(sheet: "Worksheet", comparison: Comparison) -> None:
    """The long format: one row for each item, to sort, filter and count."""
    sheet.title = _("Items")
    names = (
        *(_("Phase"), _("Answer"), _("Step"), _("Title of the step")),
        *(_("Reference"), _("Kind"), _("Label"), _("Text")),
    )
    head(sheet, names)
    places = {name: place for place, name in enumerate(heads(comparison), 1)}
    at = 1
    for entry in entries(comparison):
        reference = f"{places[entry.column]}·{entry.id}"
        for number, text in enumerate(text_of(portion) for portion in portions([Line("item", text=entry.text)])):
            at += 1
            label = entry.label if number == 0 else ""
            values = (entry.phase, entry.column, entry.step, entry.title, reference, kind_name(entry.kind), label, text)
            for place, value in enumerate(values, 1):
                write(sheet, (at, place), value)
    page(sheet, _("Items"), [28, 14, 8, 34, 12, 14, 22, 70], frozen="A2")
    sheet.auto_filter.ref = f"A1:H{at}"


def kind_name(kind: str) -> str:
    """The kind of an item in words."""
    names = {
        "bullet": _("bullet"),
        "paragraph": _("paragraph"),
        "example": _("example"),
        "table": _("table"),
        "check": _("box to tick"),
    }
    return names.get(kind, kind)


def _provenance(sheet: "Worksheet", comparison: Comparison, title: str, made: str) -> None:
    sheet.title = _("Origin")
    head(sheet, (_("Fact"), *heads(comparison)))
    at = 1
    for name, values in origins(comparison):
        at += 1
        for place, value in enumerate((name, *values), 1):
            write(sheet, (at, place), value, style="label" if place == 1 else "text")
    blocks = (
        (_("Table"), (title, what_it_is(comparison))),
        (_("Statement on the use of AI"), statement(comparison, made)),
        (_("To check"), all_problems(comparison)),
    )
    for name, lines in blocks:
        for line in lines:
            at += 1
            write(sheet, (at, 1), name, style="label")
            write(sheet, (at, 2), line)
    page(sheet, _("Origin"), [26, *[WIDTH] * len(comparison.columns)], frozen="B2")
