"""The tables of the document: columns, repeated header row, rows."""

from collections.abc import Iterable
from dataclasses import dataclass

from promptlab.word.markup import escaped, paragraph, run

TEXT_WIDTH = 15138  # twentieths of a point: A4 landscape less two margins of 15 mm
HEAD_FILL = "E7ECF4"
UNCUT = "<w:cantSplit/>"  # a row that is not to be cut by the end of a page


@dataclass(frozen=True, slots=True)
class Frame:
    """A table's columns: their `widths` in twentieths of a point, and what it is, for who cannot see it."""

    widths: tuple[int, ...]
    caption: str
    description: str


def even(first: int, others: int) -> tuple[int, ...]:
    """Widths of a table as wide as the page: a first column of width `first`, then `others` equal ones."""
    each = (TEXT_WIDTH - first) // others
    return (TEXT_WIDTH - each * others, *[each] * others)


def table(frame: Frame, head: Iterable[str], rows: Iterable[str], *, style: str = "PlCardHead") -> str:
    """A table whose header row, made of the texts of `head`, is repeated on each page."""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in frame.widths)
    cells = [paragraph(style, run(text)) for text in head]
    return (
        '<w:tbl><w:tblPr><w:tblStyle w:val="PlTable"/>'
        f'<w:tblW w:w="{sum(frame.widths)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        '<w:tblLook w:val="06A0" w:firstRow="1" w:lastRow="0" w:firstColumn="1" w:lastColumn="0"'
        ' w:noHBand="1" w:noVBand="1"/>'
        f'<w:tblCaption w:val="{escaped(frame.caption)}"/><w:tblDescription w:val="{escaped(frame.description)}"/>'
        f"</w:tblPr><w:tblGrid>{grid}</w:tblGrid>"
        f"{row(frame, cells, '<w:cantSplit/><w:tblHeader/>', fills=(HEAD_FILL,) * len(cells))}{''.join(rows)}</w:tbl>"
    )


def row(frame: Frame, cells: list[str], properties: str = "", *, fills: tuple[str, ...] = ()) -> str:
    """A row of cells (paragraphs); `properties` is the inside of w:trPr, `fills` are RRGGBB or "" for each cell."""
    shades = [f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>' if fill else "" for fill in fills]
    shades += [""] * (len(cells) - len(shades))
    inside = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{shade}</w:tcPr>{cell}</w:tc>'
        for width, shade, cell in zip(frame.widths, shades, cells, strict=True)
    )
    return f"<w:tr><w:trPr>{properties}</w:trPr>{inside}</w:tr>" if properties else f"<w:tr>{inside}</w:tr>"


def texts(*values: str) -> list[str]:
    """Plain cells, one paragraph for each line of a text."""
    return ["".join(paragraph("PlCell", run(line)) for line in value.split("\n")) for value in values]
