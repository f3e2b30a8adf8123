"""A page as a Word document: A4, real headings and lists, header rows that repeat, a language, pictures in words."""

import io
from typing import TYPE_CHECKING, Any

from promptlab.files.cells import legal
from promptlab.files.package import moment_of, same_each_time
from promptlab.messages import _
from promptlab.protocol.page import Block, Grid, Heading, NewPage, Page, Paragraph, Picture, Points, Words

if TYPE_CHECKING:
    from docx.document import Document

_REGIONS = {"fr": "fr-FR", "en": "en-GB", "es": "es-ES"}
_LONG, _SHORT, _MARGIN, _CLOSE = 29.7, 21.0, 2.0, 1.5  # centimetres
_ROOM = 2.5  # centimetres above a picture, for a heading
_MANY = 5  # columns, from which a table is set smaller


def page_docx(page: Page, *, made: str = "") -> bytes:
    """`page` as a .docx file; `made` is the ISO date it bears. The same arguments give the same bytes.

    Raises BadInput where `made` is no date.
    """
    document = _empty(page, made)
    document.add_paragraph(legal(page.title), style="Title")
    turned = drawn = False
    for block in page.blocks:
        if isinstance(block, NewPage):
            if block.turned != turned:
                _turn(document, block.turned, page)
            else:
                _break(document)
            turned, drawn = block.turned, False
            continue
        if isinstance(block, Picture) and drawn:
            _break(document)
        drawn = drawn or isinstance(block, Picture)
        _add(document, block, page, turned)
    out = io.BytesIO()
    document.save(out)
    return same_each_time(out.getvalue())


def _break(document: Any) -> None:
    document.add_page_break()


def _add(document: "Document", block: Block, page: Page, turned: bool) -> None:
    if isinstance(block, Heading):
        document.add_heading(legal(block.text), block.level)
    elif isinstance(block, Paragraph):
        _write(document.add_paragraph(style="Quote" if block.letter else "Normal"), block.words)
    elif isinstance(block, Points):
        for level, words in block.entries:
            style = ("List Number" if block.numbered else "List Bullet") + (" 2" if level else "")
            _write(document.add_paragraph(style=style), words)
    elif isinstance(block, Grid):
        margin = _CLOSE if turned or page.compact else _MARGIN
        _table(document, block, (_LONG if turned else _SHORT) - 2 * margin)
    elif isinstance(block, Picture):
        _picture(document, block, turned)


def _write(paragraph: Any, words: Words) -> None:
    for run in words:
        written = paragraph.add_run(legal(run.text))
        written.bold, written.italic = run.bold or None, run.slanted or None


def _empty(page: Page, made: str) -> "Document":
    import docx
    from docx.oxml.ns import qn
    from docx.shared import Cm, Pt

    document = docx.Document()
    margin = _CLOSE if page.compact else _MARGIN
    section = document.sections[0]
    section.page_width, section.page_height = Cm(_SHORT), Cm(_LONG)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(margin)
    sizes = {"Normal": 11, "Title": 20, "Heading 1": 14, "Heading 2": 12}
    if page.compact:
        sizes = {"Normal": 10, "Title": 16, "Heading 1": 12, "Heading 2": 11}
    for name, size in {**sizes, "Heading 3": 11, "Quote": 11}.items():
        _face(document.styles[name], size)
    for name in ("Normal", "List Bullet", "List Number", "Quote"):
        spacing = document.styles[name].paragraph_format
        spacing.space_after = Pt(2 if page.compact else 5)
    document.styles["Quote"].font.italic = False
    document.styles["Quote"].paragraph_format.left_indent = Cm(0.8)
    region = _REGIONS.get(page.language, page.language)
    for lang in document.styles.element.iter(qn("w:lang")):
        lang.set(qn("w:val"), region)
    properties = document.core_properties
    properties.title, properties.author, properties.comments = legal(page.title)[:255], "promptlab", ""
    properties.language, properties.last_modified_by = region, "promptlab"
    properties.created = properties.modified = moment_of(made)
    _footer(section, page.title)
    return document


def _face(style: Any, size: int) -> None:
    """One plain face in black; the fonts of the theme would win over it."""
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    style.font.name, style.font.size = "Arial", Pt(size)
    style.font.color.rgb = RGBColor(0, 0, 0)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    for script in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{script}"), "Arial")


def _footer(section: Any, title: str) -> None:
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls
    from docx.shared import Pt

    paragraph = section.footer.paragraphs[0]
    word = _("Page")
    run = paragraph.add_run(f"{legal(title)} – {word} ")
    run.font.size = Pt(8)
    number = '<w:r><w:rPr><w:sz w:val="16"/></w:rPr><w:t>1</w:t></w:r>'
    paragraph._p.append(parse_xml(f'<w:fldSimple {nsdecls("w")} w:instr=" PAGE ">{number}</w:fldSimple>'))


def _turn(document: "Document", turned: bool, page: Page) -> None:
    """A new section on turned pages, or back."""
    from docx.enum.section import WD_ORIENT
    from docx.shared import Cm

    section = document.add_section()
    section.orientation = WD_ORIENT.LANDSCAPE if turned else WD_ORIENT.PORTRAIT
    width, height = (_LONG, _SHORT) if turned else (_SHORT, _LONG)
    section.page_width, section.page_height = Cm(width), Cm(height)
    margin = _CLOSE if turned or page.compact else _MARGIN
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(margin)


def _picture(document: "Document", block: Picture, turned: bool) -> None:
    """As large as the page lets it be, with room for a heading above."""
    from docx.shared import Cm

    paper, margin = ((_LONG, _SHORT), _CLOSE) if turned else ((_SHORT, _LONG), _MARGIN)
    most = (paper[0] - 2 * margin, paper[1] - 2 * margin - _ROOM)
    width, height = block.size
    scale = min(most[0] / width, most[1] / height)
    shape = document.add_paragraph().add_run().add_picture(io.BytesIO(block.png), width=Cm(width * scale))
    first = block.text.partition("\n")[0]
    shape._inline.docPr.set("descr", legal(block.text)[:2000])
    shape._inline.docPr.set("title", legal(first)[:200])


def _table(document: "Document", block: Grid, whole: float) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Cm, Pt

    table = document.add_table(rows=1 + len(block.rows), cols=len(block.head), style="Table Grid")
    table.autofit = False
    widths = block.widths or (1.0,) * len(block.head)
    sizes = [whole * width / sum(widths) for width in widths]
    for place, words in enumerate((block.head, *block.rows)):
        cells = table.rows[place].cells
        for column, size in enumerate(sizes):
            cells[column].width = Cm(size)
            given = words[column] if column < len(words) else ()
            _write(cells[column].paragraphs[0], given)
            for run in cells[column].paragraphs[0].runs if len(sizes) > _MANY else ():
                run.font.size = Pt(8.5)
            if place == 0:
                for run in cells[column].paragraphs[0].runs:
                    run.bold = True
    for place, size in enumerate(sizes):
        table.columns[place].width = Cm(size)
    for each in table.rows:
        each._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    row = table.rows[0]._tr.get_or_add_trPr()
    header = OxmlElement("w:tblHeader")
    header.set(qn("w:val"), "true")
    row.append(header)
    if block.about:
        about = OxmlElement("w:tblDescription")
        about.set(qn("w:val"), legal(block.about))
        table._tbl.tblPr.append(about)
    document.add_paragraph()
