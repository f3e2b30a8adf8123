"""A paper of the solution as a Word document that looks like one of a firm."""

import io
import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from promptlab.letter.papers_check import MOST_LINES, text_of
from promptlab.letter.papers_form import LINES, Entry, PaperKind, columns, entries, title_of
from promptlab.messages import _
from promptlab.model.case import Case

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table, _Cell
    from docx.text.paragraph import Paragraph

_INK = "1F3864"
_PALE = "EEF2F8"
_ILLEGAL = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_DOTS = "." * 24
_BY_HAND = 4  # empty rows of a paper to be filled in with a pen
_LANGUAGES = {"fr": "fr-FR", "en": "en-GB", "es": "es-ES"}
_HEAD = ("number", "date", "seller_name", "seller_address", "seller_siret", "buyer_name", "buyer_address")
_SUMS = ("foot_discount", "fees", "total_ht", "total_vat", "total_ttc")
_RIGHT = {"quantity", "unit_price", "discount_rate", "vat_rate", "amount"}
# Widths of the columns in millimetres, of 170 in all.
_WIDTHS = {
    "reference": 23, "designation": 52, "quantity": 17, "unit": 12, "unit_price": 18, "discount_rate": 18,
    "vat_rate": 12, "amount": 18, "state": 66,
}  # fmt: skip


def to_docx(kind: PaperKind, values: Mapping[str, Any], case: Case) -> bytes:
    """The paper as a .docx file on A4, with what is filled in; dots where something is still to be written.

    Texts are written as typed: what they are worth is for `check_paper` to say. Raises BadInput for a kind of paper
    that there is not.
    """
    import docx

    title = title_of(kind)
    document = docx.Document()
    _page(document, case, title)
    _letterhead(document, values)
    _heading(document, title, values)
    _buyer(document, values)
    _references(document, kind, values)
    _lines(document, kind, values)
    if kind != "return_slip":
        _sums(document, kind, values)
    _foot(document, kind, values)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _shown(text: str) -> str:
    return _ILLEGAL.sub("", text) or _DOTS


def _page(document: "Document", case: Case, title: str) -> None:
    """A4, margins, fonts, language and the properties that name the document."""
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt

    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(20)
    section.top_margin = section.bottom_margin = Mm(18)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Arial", Pt(10)
    normal.paragraph_format.space_after = Pt(2)
    fonts = normal.element.rPr.rFonts
    fonts.set(qn("w:eastAsia"), "Arial")
    defaults = document.styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    for language in defaults.iter(qn("w:lang")):
        language.set(qn("w:val"), _LANGUAGES.get(case.language, "fr-FR"))
    properties = document.core_properties
    properties.title, properties.author = title, _ILLEGAL.sub("", case.company.name)
    properties.language, properties.comments = _LANGUAGES.get(case.language, "fr-FR"), ""
    properties.created = properties.modified = datetime(2000, 1, 1)


def _write(paragraph: "Paragraph", text: str, *, bold: bool = False, size: float = 0, colour: str = "") -> None:
    from docx.shared import Pt, RGBColor

    run = paragraph.add_run(text)
    run.bold = bold or None
    if size:
        run.font.size = Pt(size)
    if colour:
        run.font.color.rgb = RGBColor.from_string(colour)


def _letterhead(document: "Document", values: Mapping[str, Any]) -> None:
    name = document.add_paragraph()
    _write(name, _shown(text_of(values, "seller_name")), bold=True, size=14, colour=_INK)
    for part in text_of(values, "seller_address").split(", ") or [""]:
        _write(document.add_paragraph(), _shown(part))
    siret = text_of(values, "seller_siret")
    _write(document.add_paragraph(), _("SIRET: {siret}", siret=_shown(siret)))


def _heading(document: "Document", title: str, values: Mapping[str, Any]) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    heading = document.add_heading(level=1)
    number = _shown(text_of(values, "number"))
    _write(heading, _("{title} no. {number}", title=title, number=number), bold=True, size=18)
    heading.runs[0].font.color.rgb = RGBColor.from_string(_INK)
    heading.runs[0].font.name = "Arial"
    fonts = heading.runs[0]._element.rPr.rFonts
    for name in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
        fonts.attrib.pop(qn(name), None)
    heading.paragraph_format.space_before, heading.paragraph_format.space_after = Pt(14), Pt(2)
    heading.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    day = document.add_paragraph()
    day.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    _write(day, _("Date: {date}", date=_shown(text_of(values, "date"))))


def _buyer(document: "Document", values: Mapping[str, Any]) -> None:
    """The customer's block at the right, where a window envelope shows it."""
    from docx.shared import Mm, Pt

    lines = [text_of(values, "buyer_name"), *(text_of(values, "buyer_address").split(", ") or [""])]
    for rank, text in enumerate(lines):
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.left_indent = Mm(95)
        paragraph.paragraph_format.space_before = Pt(10 if rank == 0 else 0)
        _write(paragraph, _shown(text), bold=rank == 0)


def _references(document: "Document", kind: PaperKind, values: Mapping[str, Any]) -> None:
    """The documents that the paper goes with, and why it is made."""
    from docx.shared import Pt

    skipped = {*_HEAD, *_SUMS, *_CLOSING}
    for rank, entry in enumerate(one for one in entries(kind) if one.name not in skipped):
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.space_before = Pt(12 if rank == 0 else 0)
        _field(paragraph, entry, values)


_CLOSING = ("mention", "payment", "cash_discount", "late_rate", "recovery_fee", "carriage", "carrier")


def _field(paragraph: "Paragraph", entry: Entry, values: Mapping[str, Any]) -> None:
    _write(paragraph, _("{label}: ", label=entry.label.rstrip("?").rstrip()), bold=True)
    _write(paragraph, _shown(text_of(values, entry.name)))


def _lines(document: "Document", kind: PaperKind, values: Mapping[str, Any]) -> None:
    """The goods, one row for each; the header row repeats on a new page."""
    given = values.get(LINES)
    rows = [line for line in given if isinstance(line, Mapping)] if isinstance(given, Sequence) else []
    if not any(text_of(line, name) for line in rows for name in line):
        rows = [{}] * _BY_HAND
    names = columns(kind)
    spacing = document.add_paragraph()
    spacing.paragraph_format.keep_with_next = True
    table = document.add_table(rows=1, cols=len(names))
    _frame(table, title_of(kind), _("One row for each article: {columns}.", columns=", ".join(n.label for n in names)))
    for cell, column in zip(table.rows[0].cells, names, strict=True):
        _cell(cell, column.label, right=column.name in _RIGHT, head=True)
    for line in rows[:MOST_LINES]:
        for cell, column in zip(table.add_row().cells, names, strict=True):
            _cell(cell, _ILLEGAL.sub("", text_of(line, column.name)), right=column.name in _RIGHT)
    _widen(table, [_WIDTHS[column.name] for column in names])
    _no_break_in_rows(table)


def _sums(document: "Document", kind: PaperKind, values: Mapping[str, Any]) -> None:
    """The totals, under the amounts that they add up."""
    from docx.enum.table import WD_TABLE_ALIGNMENT

    shown = [one for one in entries(kind) if one.name in _SUMS and (one.required or text_of(values, one.name))]
    spacing = document.add_paragraph()
    spacing.paragraph_format.keep_with_next = True
    table = document.add_table(rows=0, cols=2)
    table.alignment = WD_TABLE_ALIGNMENT.RIGHT
    _frame(table, _("Totals"), _("One row for each total: its name, its amount in euros."), header=False)
    for entry in shown:
        name, amount = table.add_row().cells
        last = entry.name == "total_ttc"
        label = _net_label(kind) if last else entry.label
        _cell(name, label, bold=last, fill=_PALE if last else "")
        said = text_of(values, entry.name)
        _cell(amount, _ILLEGAL.sub("", said) or _DOTS[:12], right=True, bold=last, fill=_PALE if last else "")
    _widen(table, [52, 34])


def _net_label(kind: PaperKind) -> str:
    return _("Total TTC, net to your credit") if kind == "credit_note" else _("Total TTC, to be paid")


def _foot(document: "Document", kind: PaperKind, values: Mapping[str, Any]) -> None:
    """The mentions under the table; on a return slip the place for both signatures."""
    from docx.shared import Pt

    for rank, entry in enumerate(one for one in entries(kind) if one.name in _CLOSING):
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.space_before = Pt(12 if rank == 0 else 0)
        if entry.name == "mention" and (said := text_of(values, entry.name)):
            _write(paragraph, _shown(said), bold=True)
        else:
            _field(paragraph, entry, values)
    if kind == "return_slip":
        for label in (_("Sent by (name, date, signature)"), _("Received and checked by (name, date, signature)")):
            paragraph = document.add_paragraph()
            paragraph.paragraph_format.space_before = Pt(16)
            _write(paragraph, f"{label} {_DOTS}{_DOTS}")


# ---------------------------------------------------------------- tables


def _element(tag: str, **attributes: str) -> Any:
    """An element of WordprocessingML, its attributes in the same namespace."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    element = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), value)
    return element


def _frame(table: "Table", title: str, description: str, *, header: bool = True) -> None:
    """Borders, fixed widths, and the title and description that a screen reader says."""
    from docx.oxml.ns import qn

    table.style = "Table Grid"
    table.autofit = False
    properties = table._tbl.tblPr
    look = properties.find(qn("w:tblLook"))
    if look is not None:
        look.set(qn("w:firstRow"), "1" if header else "0")
        look.set(qn("w:firstColumn"), "0" if header else "1")
    for tag, text in (("tblCaption", title), ("tblDescription", description)):
        properties.append(_element(tag, val=text))
    if header:
        table.rows[0]._tr.get_or_add_trPr().append(_element("tblHeader"))


def _no_break_in_rows(table: "Table") -> None:
    for row in table.rows:
        row._tr.get_or_add_trPr().insert(0, _element("cantSplit"))


def _widen(table: "Table", widths: Sequence[int]) -> None:
    from docx.shared import Mm

    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)


def _cell(
    cell: "_Cell", text: str, *, right: bool = False, head: bool = False, bold: bool = False, fill: str = ""
) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(2)
    if right:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    _write(paragraph, text, bold=bold or head, size=8.5 if head else 9.5, colour="FFFFFF" if head else "")
    if colour := _INK if head else fill:
        cell._tc.get_or_add_tcPr().append(_element("shd", val="clear", color="auto", fill=colour))
