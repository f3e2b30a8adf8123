"""The feedback for a pupil as a Word document."""

from functools import cache
from pathlib import Path

from promptlab.grade.feedback import Block, Entry, Feedback
from promptlab.messages import _, language
from promptlab.word.markup import BOLD, escaped, paragraph, run
from promptlab.word.package import packed

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PARTS = Path(__file__).with_name("parts")
_REGIONS = {"fr": "fr-FR", "en": "en-GB"}
_SOFT = '<w:color w:val="55555F"/>'
_SMALL = '<w:sz w:val="18"/><w:szCs w:val="18"/>'
_WIDTHS = (2900, 1500, 1000, 4238)  # twentieths of a point: the width of an A4 page between margins of 2 cm
_PAGE = (
    '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="907" w:right="1134" w:bottom="907" w:left="1134"'
    ' w:header="567" w:footer="567" w:gutter="0"/></w:sectPr>'
)


def feedback_docx(told: Feedback) -> bytes:
    """The document, A4 upright; the same feedback gives the same bytes."""
    body = [
        paragraph("Title", run(_("Feedback on your copie"))),
        paragraph("Normal", run(" – ".join(filter(None, [told.title, told.session])))),
        paragraph("Normal", run(f"{told.pupil} – ") + run(told.mark, BOLD)),
        paragraph("Normal", run(told.opening)),
        *(paragraph("Normal", run(note, _SOFT)) for note in told.notes),
        *_titled(_("From your teacher"), told.comments, "Normal"),
        *_titled(_("Next step"), told.next_steps, "ListBullet"),
        *(part for block in told.blocks for part in _block(block)),
        paragraph("Heading1", run(_("All criteria"))),
        _table(told),
        paragraph("Normal", run(told.closing, _SOFT)),
    ]
    document = f"{_XML}<w:document {_W}><w:body>{''.join(body)}{_PAGE}</w:body></w:document>"
    region = _REGIONS[language()]
    core = _core(f"{told.pupil} – {told.title}"[:255], region)
    return packed({**_static(region), "docProps/core.xml": core, "word/document.xml": document})


def _titled(title: str, lines: tuple[str, ...], style: str) -> list[str]:
    return [paragraph("Heading1", run(title)), *(paragraph(style, run(line)) for line in lines)] if lines else []


def _table(told: Feedback) -> str:
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in _WIDTHS)
    heads = (_("Criterion"), _("Level"), _("Points"), _("Why"))
    rows = "".join(_row((row.title, row.level, row.points, row.reason)) for row in told.rows)
    caption = escaped(_("All criteria"))
    described = f'<w:tblCaption w:val="{caption}"/>'
    return (
        '<w:tbl><w:tblPr><w:tblStyle w:val="PlTable"/><w:tblW w:w="9638" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        f'<w:tblLook w:val="0020" w:firstRow="1"/>{described}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
        f"{_row(heads, '<w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>', BOLD)}{rows}</w:tbl>"
    )


def _row(texts: tuple[str, ...], properties: str = "<w:trPr><w:cantSplit/></w:trPr>", look: str = _SMALL) -> str:
    cells = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{paragraph("Normal", run(text, look))}</w:tc>'
        for width, text in zip(_WIDTHS, texts, strict=True)
    )
    return f"<w:tr>{properties}{cells}</w:tr>"


def _block(block: Block) -> list[str]:
    return [
        paragraph("Heading1", run(block.title)),
        *(paragraph("PlTeacher", run(comment)) for comment in block.comments),
        *(
            part
            for head, entries in block.lists
            for part in (paragraph("Heading2", run(head)), *(_entry(one) for one in entries))
        ),
    ]


def _entry(entry: Entry) -> str:
    where = run(f"{entry.where}  ", _SOFT) if entry.where else ""
    words = f"“{entry.text}”" if language() == "en" else f"«\u00a0{entry.text}\u00a0»"
    lines = "".join("<w:r><w:br/></w:r>" + run(line, _SOFT) for line in entry.lines)
    return paragraph("ListBullet", where + run(words if entry.where and entry.text else entry.text) + lines)


@cache
def _static(region: str) -> dict[str, str]:
    names = {
        "[Content_Types].xml": "content_types.xml",
        "_rels/.rels": "package_rels.xml",
        "word/_rels/document.xml.rels": "document_rels.xml",
        "word/styles.xml": "styles.xml",
        "word/numbering.xml": "numbering.xml",
    }
    return {name: (_PARTS / file).read_text("utf-8").replace("{screen}", region) for name, file in names.items()}


def _core(title: str, region: str) -> str:
    return (
        f'{_XML}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{escaped(title)}</dc:title><dc:creator>promptlab</dc:creator><dc:language>{region}</dc:language>"
        "</cp:coreProperties>"
    )
