"""The reply laid out: as a French business letter in Word, or as the text of an e-mail.

The order of the parts is that of NF Z 11-001 as it is taught: sender, addressee at the right, references, subject,
enclosures, place and date, opening, body, closing, signature.
"""

import io
import re
from collections.abc import Sequence
from typing import Any

from promptlab.casefile.facts_text import fold
from promptlab.letter.sheet import Sheet, taken_apart
from promptlab.messages import _
from promptlab.model.case import Case

_LEFT_OF_WINDOW = 10.0  # cm from the margin to the addressee, so that the window of the envelope shows it
_TO_WINDOW = 36  # points above the addressee


def letter_docx(text: str, case: Case, *, statement: Sequence[str] = ()) -> bytes:
    """The letter `text` as a Word document: its own words in the places where a business letter has them.

    Parts that the text lacks stay away. Signs of Markdown are left out. The sentences of `statement` (on the use of AI)
    stand on a page of their own after the letter, which is not sent.
    """
    import docx

    sheet = taken_apart(text, case)
    document = docx.Document()
    _page(document, sheet, case)
    _block(document, sheet.sender, bold_first=True)
    _block(document, sheet.addressee, left=_LEFT_OF_WINDOW, above=_TO_WINDOW if sheet.addressee else 0)
    _labelled(document, (*sheet.mail, *sheet.references, *sheet.subject, *sheet.enclosures))
    _block(document, sheet.dated, left=_LEFT_OF_WINDOW, above=18)
    if sheet.opening:
        _paragraph(document, sheet.opening, above=18, after=10)
    for paragraph in sheet.body:
        listed = paragraph[:1] in "-–•*·" and paragraph[1:2] == " "
        if listed:
            _paragraph(document, paragraph[1:].strip(), style="List Bullet", after=3)
        else:
            _paragraph(document, paragraph, after=8)
    _block(document, sheet.signature, left=_LEFT_OF_WINDOW, above=30)
    if statement:
        document.add_page_break()  # type: ignore[no-untyped-call]
        _paragraph(document, _("Statement on the use of AI (to hand in with the letter, not to be sent)"), after=8)
        for line in statement:
            _paragraph(document, line, style="List Bullet", after=3)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def email_text(text: str, case: Case) -> str:
    """The reply `text` as an e-mail: header lines, opening, short paragraphs, signature; no blocks of addresses.

    The addresses of the header are those of the case where the text gives none.
    """
    sheet = taken_apart(text, case)
    header = list(sheet.mail)
    said = " ".join(fold(line)[:6] for line in header)
    if "de :" not in said and "from" not in said and case.company.email:
        header.insert(0, f"De : {case.company.email}")
    if "a :" not in said and "to :" not in said and case.customer.email:
        header.append(f"À : {case.customer.email}")
    header += [*sheet.subject, *sheet.references, *sheet.enclosures]
    if not sheet.subject and sheet.references:
        header.append(f"Objet : {sheet.references[0].partition(':')[2].strip()}")
    blocks = ["\n".join(header), sheet.opening, *_listed(sheet.body), "\n".join(sheet.signature)]
    return "\n\n".join(block for block in blocks if block) + "\n"


def _listed(body: tuple[str, ...]) -> list[str]:
    """The paragraphs of the body, those of one list in one block."""
    found: list[str] = []
    for paragraph in body:
        if paragraph[:2] in ("- ", "– ", "• ") and found and found[-1].split("\n")[-1][:2] == paragraph[:2]:
            found[-1] += f"\n{paragraph}"
        else:
            found.append(paragraph)
    return found


def _page(document: Any, sheet: Sheet, case: Case) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Cm, Pt

    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2)
    section.top_margin, section.bottom_margin = Cm(2), Cm(2)
    style = document.styles["Normal"]
    style.font.name, style.font.size = "Arial", Pt(11)
    style.paragraph_format.space_after = Pt(0)
    style.paragraph_format.line_spacing = 1.08
    language = style.element.get_or_add_rPr().makeelement(qn("w:lang"), {qn("w:val"): "fr-FR"})
    style.element.get_or_add_rPr().append(language)
    title = sheet.subject[0].partition(":")[2].strip() if sheet.subject else case.title
    document.core_properties.title = title
    document.core_properties.author = case.company.name
    document.core_properties.language = "fr-FR"


def _block(
    document: Any, lines: tuple[str, ...], *, left: float = 0, above: float = 0, bold_first: bool = False
) -> None:
    for rank, line in enumerate(lines):
        paragraph = _paragraph(document, line, left=left, above=above if rank == 0 else 0)
        if bold_first and rank == 0:
            paragraph.runs[0].bold = True


def _labelled(document: Any, lines: tuple[str, ...]) -> None:
    """Reference lines: the label in bold, the rest plain."""
    for rank, line in enumerate(lines):
        label, colon, rest = line.partition(":")
        paragraph = _paragraph(document, "", above=24 if rank == 0 else 2)
        paragraph.add_run(f"{label}{colon}").bold = True
        paragraph.add_run(rest)


def _paragraph(
    document: Any, text: str, *, left: float = 0, above: float = 0, after: float = 0, style: str = "Normal"
) -> Any:
    from docx.shared import Cm, Pt

    paragraph = document.add_paragraph(style=style)
    if text:
        paragraph.add_run(_legal(text))
    form = paragraph.paragraph_format
    if left:
        form.left_indent = Cm(left)
    form.space_before, form.space_after = Pt(above), Pt(after)
    form.widow_control = True
    return paragraph


def _legal(text: str) -> str:
    text = re.sub(r"(?<=\d)-(?=\d)", "\u2011", text)  # a number does not break
    return "".join(
        sign if sign in "\n\t" or (ord(sign) >= 32 and not 0xD800 <= ord(sign) <= 0xDFFF) else "\ufffd" for sign in text
    )
