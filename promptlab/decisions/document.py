"""A decision table as a Word document: what to mend, the drawn scheme, rules, actions with their points of law."""

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from promptlab.decisions.check import Check
from promptlab.decisions.report import Grid, sections
from promptlab.files.cells import legal
from promptlab.files.package import moment_of, same_each_time
from promptlab.messages import language
from promptlab.model.decisions import DecisionTable

if TYPE_CHECKING:
    from docx.document import Document

_REGIONS = {"fr": "fr-FR", "en": "en-GB"}
_WIDTH, _HEIGHT, _MARGIN = 29.7, 21.0, 1.5  # centimetres: A4, turned


def decisions_docx(
    table: DecisionTable, found: Check, *, pictures: Sequence[tuple[str, bytes]] = (), made: str = ""
) -> bytes:
    """The scheme as a .docx file, A4 landscape; `pictures` are (text in words, PNG) pairs of the drawn scheme.

    `made` is the ISO 8601 date that the document bears; the same arguments give the same bytes. Raises BadInput where
    it is not a date.
    """
    document = _empty(table.title, made)
    document.add_paragraph(legal(table.title), style="Title")
    for text in (table.note, table.origin):
        if text:
            document.add_paragraph(legal(text))
    for number, section in enumerate(sections(table, found)):
        document.add_heading(legal(section.title), 1)
        for line in section.lines:
            document.add_paragraph(legal(line))
        for line in section.bullets:
            document.add_paragraph(legal(line), style="List Bullet")
        if section.grid:
            _table(document, section.title, section.grid)
        if number == 0:
            _pictures(document, pictures)
    out = io.BytesIO()
    document.save(out)
    return same_each_time(out.getvalue())


def _empty(title: str, made: str) -> "Document":
    from docx import Document
    from docx.enum.section import WD_ORIENT
    from docx.oxml.ns import qn
    from docx.shared import Cm, Pt

    document = Document()
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(_WIDTH), Cm(_HEIGHT)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(_MARGIN)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Arial", Pt(10)
    for name in ("Title", "Heading 1"):
        properties = document.styles[name].element.get_or_add_rPr()
        for fonts in properties.findall(qn("w:rFonts")):
            properties.remove(fonts)
        document.styles[name].font.name = "Arial"
        document.styles[name].font.size = Pt(18 if name == "Title" else 13)
    for lang in document.styles.element.iter(qn("w:lang")):
        lang.set(qn("w:val"), _REGIONS.get(language(), language()))
    properties = document.core_properties
    properties.title, properties.author, properties.comments = legal(title)[:255], "promptlab", ""
    properties.language = _REGIONS.get(language(), language())
    properties.created = properties.modified = moment_of(made)
    properties.last_modified_by = "promptlab"
    return document


def _table(document: "Document", title: str, grid: Grid) -> None:
    """A table whose header row is repeated on each page, and whose rows stay whole."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Cm, Pt

    made = document.add_table(rows=1, cols=len(grid.head), style="Table Grid")
    made.autofit = False
    unit = (_WIDTH - 2 * _MARGIN) / sum(grid.widths)
    for name, text in (("w:tblCaption", title), ("w:tblDescription", grid.about)):
        element = OxmlElement(name)
        element.set(qn("w:val"), legal(text))
        made._tbl.tblPr.append(element)
    for _row in grid.rows:
        made.add_row()
    for column, width in zip(made.columns, grid.widths, strict=True):
        column.width = Cm(width * unit)
    header = OxmlElement("w:tblHeader")
    made.rows[0]._tr.get_or_add_trPr().append(header)
    for texts, row in zip((grid.head, *grid.rows), made.rows, strict=True):
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        for text, cell, width in zip(texts, row.cells, grid.widths, strict=True):
            cell.width = Cm(width * unit)
            run = cell.paragraphs[0].add_run(legal(text))
            run.font.size = Pt(8.5)
            run.bold = texts is grid.head
            cell.paragraphs[0].paragraph_format.space_after = Pt(2)
            if texts is grid.head:
                _shade(cell)


def _shade(cell: Any) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    shade = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", "E7ECF4")):
        shade.set(qn(f"w:{name}"), value)
    cell._tc.get_or_add_tcPr().append(shade)


def _pictures(document: "Document", pictures: Sequence[tuple[str, bytes]]) -> None:
    """Each picture on a page of its own, with its words as alternative text."""
    from docx.shared import Cm, Length

    for words, png in pictures:
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.page_break_before = True
        run = paragraph.add_run()
        picture = run.add_picture(io.BytesIO(png))
        scale = min(Cm(_WIDTH - 2 * _MARGIN) / picture.width, Cm(_HEIGHT - 2 * _MARGIN - 1) / picture.height)
        picture.width, picture.height = Length(picture.width * scale), Length(picture.height * scale)
        properties = picture._inline.docPr
        properties.set("descr", legal(words))
        properties.set("title", legal(words.split("\n", 1)[0])[:250])
