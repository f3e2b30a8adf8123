"""The XML of paragraphs and tables of a Word document."""

from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

_WIDTHS = (6520, 3120)  # of the columns of a table, in twentieths of a point
_BREAK = '</w:t><w:br/><w:t xml:space="preserve">'
_EDGES = "".join(
    f'<w:{edge} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
    for edge in ("top", "left", "bottom", "right", "insideH", "insideV")
)


def run(text: str, *, bold: bool = False) -> str:
    """A run of `text`; its line feeds are line breaks."""
    look = "<w:rPr><w:b/></w:rPr>" if bold else ""
    return f'<w:r>{look}<w:t xml:space="preserve">{escape(text).replace(chr(10), _BREAK)}</w:t></w:r>'


def paragraph(style: str, runs: str, *, kept: bool = False) -> str:
    """A paragraph of `runs` in a style (its id, "" for the usual one); `kept` on the page of what follows it."""
    look = f'<w:pStyle w:val="{style}"/>' if style else ""
    look += "<w:keepNext/>" if kept else ""
    return f"<w:p>{f'<w:pPr>{look}</w:pPr>' if look else ''}{runs}</w:p>"


def table(heads: tuple[str, str], rows: Sequence[tuple[str, str]]) -> str:
    """A table of two columns on one page, with a header row that repeats; an empty paragraph after it."""
    whole = [_row(heads, head=True, kept=True)]
    whole += [_row(row, head=False, kept=place < len(rows)) for place, row in enumerate(rows, 1)]
    look = (
        f'<w:tblW w:w="{sum(_WIDTHS)}" w:type="dxa"/><w:tblBorders>{_EDGES}</w:tblBorders><w:tblLayout w:type="fixed"/>'
        f'<w:tblLook w:firstRow="1"/><w:tblCaption w:val={quoteattr(heads[0])}/>'
    )
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in _WIDTHS)
    return f"<w:tbl><w:tblPr>{look}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{''.join(whole)}</w:tbl><w:p/>"


def _row(texts: tuple[str, str], *, head: bool, kept: bool) -> str:
    inside = [paragraph("", run(text, bold=head), kept=kept) for text in texts]
    cells = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{text}</w:tc>'
        for text, width in zip(inside, _WIDTHS, strict=True)
    )
    return f"<w:tr><w:trPr><w:cantSplit/>{'<w:tblHeader/>' if head else ''}</w:trPr>{cells}</w:tr>"
