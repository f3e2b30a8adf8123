"""Writing cells of a worksheet: as text, wrapped, ready to be printed."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Literal, get_args

from promptlab.align.lines import Line
from promptlab.files.cells import legal, looks_like_formula
from promptlab.messages import _

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

FONT, SIZE, SMALL = "Arial", 10, 8  # Liberation Sans has its widths: the same lines in LibreOffice
_LINE, _LETTERS, _HIGHEST = 12.75, 1.12, 409  # points for a line; letters to a digit's width; Excel's limit
_HEAD_FILL, _HEAD_INK, _LABEL_FILL, _INK = "1F3A5F", "FFFFFF", "EEF2F7", "1B1B1F"
_A3, _A4 = 8, 9  # paper sizes of the format
_WIDE, _PAPER = 200, 290  # widths in letters: from where A3 is needed; what an A3 page holds and stays readable

Style = Literal["text", "head", "label", "small"]
Place = tuple[int, int]  # row and column, from 1


def head(sheet: "Worksheet", names: Sequence[str]) -> None:
    """The header row."""
    for place, name in enumerate(names, 1):
        write(sheet, (1, place), name, style="head")


def write(sheet: "Worksheet", place: Place, value: str | int | None, *, style: Style = "text") -> None:
    """One cell in one of the workbook's styles; a text that begins like a formula stays text."""
    cell = sheet.cell(*place)
    cell.style = _named(style)
    if isinstance(value, str):
        _put_text(cell, legal(value).replace("\r\n", "\n").replace("\r", "\n"))
    else:
        cell.value = value


def add_styles(book: "Workbook") -> None:
    """The styles that `write` uses, by name, so that a teacher can change one for the whole workbook."""
    from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side

    side = Side(style="thin", color="B9BAC4")
    for style in get_args(Style):
        named = NamedStyle(_named(style))
        named.border = Border(left=side, right=side, top=side, bottom=side)
        named.alignment = Alignment(wrap_text=True, vertical="top", horizontal="left")
        bold, size = style in ("head", "label"), SMALL if style == "small" else SIZE
        named.font = Font(name=FONT, size=size, bold=bold, color=_HEAD_INK if style == "head" else _INK)
        if bold:
            named.fill = PatternFill("solid", start_color=_HEAD_FILL if style == "head" else _LABEL_FILL)
        book.add_named_style(named)


def _named(style: Style) -> str:
    return f"promptlab {style}"


def lines_of(text: str, letters: int) -> int:
    """How many lines `text` takes in a column that holds so many letters."""
    return sum(1 + max(0, len(line) - 1) // letters for line in text.split("\n"))


def _put_text(cell: Any, text: str) -> None:
    cell.value = text or None
    if text:
        cell.data_type = "s"
    if looks_like_formula(text):
        cell.quotePrefix = True


def write_lines(sheet: "Worksheet", place: Place, lines: Sequence[Line]) -> None:
    """One cell of the comparison: titles and labels bold, the rest plain."""
    write(sheet, place, "")
    pieces = [piece for number, line in enumerate(lines) for piece in _pieces(line, first=number == 0)]
    if any(piece[0].strip() for piece in pieces):
        cell = sheet.cell(*place)
        cell.value = _rich(pieces)
        if looks_like_formula("".join(text for text, _bold in pieces)):
            cell.quotePrefix = True


def _pieces(line: Line, *, first: bool) -> list[tuple[str, bool]]:
    """The text of a line in (text, bold) pieces, as `str(line)` has it."""
    whole = legal(str(line))
    before = "" if first else "\n"
    lead = legal(line.lead)
    at = whole.find(lead) if lead and "\n" not in lead else -1
    if at < 0:
        return [(before + whole, line.kind != "item")]
    return [(before + whole[:at], False), (lead, True), (whole[at + len(lead) :], False)]


def _rich(pieces: Sequence[tuple[str, bool]]) -> Any:
    from openpyxl.cell.rich_text import CellRichText, TextBlock
    from openpyxl.cell.text import InlineFont

    bold, plain = InlineFont(rFont=FONT, sz=SIZE, b=True), InlineFont(rFont=FONT, sz=SIZE)
    return CellRichText([TextBlock(bold if strong else plain, text) for text, strong in pieces if text])


def page(sheet: "Worksheet", title: str, widths: Sequence[int], *, frozen: str) -> None:
    """Widths of the columns (in letters), heights of the rows, frozen panes; printed landscape, one page wide.

    Heights are estimated and written: a program that opens the file would show one line of each row otherwise.
    """
    from openpyxl.utils import get_column_letter

    for place, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    for row in sheet.iter_rows():
        lines = max(lines_of(str(cell.value or ""), int(widths[cell.column - 1] * _LETTERS)) for cell in row)
        sheet.row_dimensions[row[0].row].height = min(_HIGHEST, lines * _LINE + 4)
    sheet.freeze_panes = frozen
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = _A3 if sum(widths) > _WIDE else _A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = max(1, round(sum(widths) / _PAPER)), 0
    sheet.print_title_cols = "A:A"
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.page_margins.top, sheet.page_margins.bottom = 0.5, 0.6
    # In headers and footers `&` begins a code of Excel's own.
    sheet.oddFooter.left.text = legal(title)[:120].replace("&", "&&")
    sheet.oddFooter.right.text = _("Page {page} of {pages}", page="&P", pages="&N")
