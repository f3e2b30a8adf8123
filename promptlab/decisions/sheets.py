"""A decision table as a CSV file and as an Excel workbook, both of which `read_decisions` reads again."""

import csv
import io
from collections.abc import Sequence
from typing import TYPE_CHECKING

from promptlab.decisions.check import Check
from promptlab.decisions.findings import faults_in_words, hints_in_words, verdict
from promptlab.decisions.rows import action_heads, action_rows, heading_rows, to_rows
from promptlab.files.cells import csv_cell, legal, looks_like_formula
from promptlab.files.package import UNDATED, same_each_time
from promptlab.messages import _
from promptlab.model.decisions import DecisionTable

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_HEAD, _LABEL = "E7ECF4", "EEF2F7"
_EMPTY_ROWS = 20  # below the rules, for the class to go on


def decisions_csv(table: DecisionTable) -> bytes:
    """The table for a French Excel: `;` between cells, UTF-8 with a byte order mark, CRLF after each row."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    for row in (*to_rows(table), *action_rows(table)):
        writer.writerow([csv_cell(cell) for cell in row])
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8")


def decisions_xlsx(table: DecisionTable, found: Check) -> bytes:
    """A workbook of three sheets: rules to go on with, actions, what the check found. The same bytes each time."""
    from openpyxl import Workbook

    book = Workbook()
    rules = book.active
    above = len(heading_rows(table))
    _fill(rules, _("Rules"), to_rows(table), [14, *[24] * len(table.conditions), 44, 40], above + 1)
    for row in range(above + 2, above + 4):
        for cell in rules[row]:
            _shade(cell, _LABEL)
    _choices(rules, table, above + 4)
    _fill(book.create_sheet(), _("Actions"), [action_heads(), *action_rows(table)], [12, 16, 40, 18, 44, 44, 34, 24], 1)
    told = [(verdict(found),), *((line,) for line in (*faults_in_words(table, found), *hints_in_words(table, found)))]
    _fill(book.create_sheet(), _("Check"), told, [120], 0)
    book.properties.title, book.properties.creator = legal(table.title)[:255], "promptlab"
    book.properties.created = UNDATED
    out = io.BytesIO()
    book.save(out)
    return same_each_time(out.getvalue(), saved=UNDATED)


def _fill(sheet: "Worksheet", title: str, rows: Sequence[Sequence[str]], widths: Sequence[int], head: int) -> None:
    """Write the rows as text; row `head` (from 1, 0 for none) is the header."""
    from openpyxl.styles import Alignment
    from openpyxl.utils import get_column_letter

    sheet.title = title
    for number, row in enumerate(rows, 1):
        for place, value in enumerate(row, 1):
            cell = sheet.cell(number, place)
            text = legal(value).replace("\r\n", "\n").replace("\r", "\n")
            cell.value = text or None
            if text:
                cell.data_type = "s"
            cell.quotePrefix = looks_like_formula(text)
            cell.alignment = Alignment(wrap_text=number >= head, vertical="top")
            if number == head:
                _shade(cell, _HEAD)
    for place, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    if head:
        sheet.freeze_panes = sheet.cell(head + 1, 2)
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def _shade(cell: object, colour: str) -> None:
    from openpyxl.styles import Font, PatternFill

    cell.font = Font(bold=True)  # type: ignore[attr-defined]
    cell.fill = PatternFill("solid", start_color=colour)  # type: ignore[attr-defined]


def _choices(sheet: "Worksheet", table: DecisionTable, first: int) -> None:
    """A list to choose from in each cell of a condition; other texts stay possible (`sauf …`, several values)."""
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    last = first + len(table.impossible) + len(table.rules) + _EMPTY_ROWS
    for place, condition in enumerate(table.conditions, 2):
        labels = [value.label for value in condition.values]
        listed = ",".join(labels)
        # Excel parts the list by commas, and takes 255 letters at most.
        if len(listed) > 250 or any("," in label or '"' in label for label in labels):
            continue
        choice = DataValidation(type="list", formula1=f'"{legal(listed)}"', allow_blank=True, showErrorMessage=False)
        column = get_column_letter(place)
        choice.add(f"{column}{first}:{column}{last}")
        sheet.add_data_validation(choice)
