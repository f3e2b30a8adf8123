"""A quiz as a Word document to print: for pupils, or with the answers for the teacher.

Made to be read by everybody: real headings, one column, left-aligned, 12 points, wide lines, a language, header rows
that repeat; nothing is told by colour alone. python-docx makes the styles, the settings and the package; the body is
written as XML, because adding paragraph by paragraph takes a hundred times as long.
"""

import io
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from promptlab.messages import _, ngettext
from promptlab.model.quiz import Question, Quiz
from promptlab.quiz.answering import right_answer
from promptlab.quiz.docx_markup import paragraph, run, table
from promptlab.quiz.origin import statement
from promptlab.quiz.pupils import how_to_answer, mixed, shuffled, true_or_false
from promptlab.quiz.texts import shown_number

if TYPE_CHECKING:
    from docx.document import Document

EMPTY_BOX, TICKED_BOX = "☐", "☑"
_FONT = "Arial"
_LANGUAGES = {"fr": "fr-FR", "en": "en-GB", "es": "es-ES"}
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def to_docx(quiz: Quiz, *, answers: bool = False) -> bytes:
    """The document of all the questions of `quiz`; with `answers`, the key, its reasons and its sources too."""
    import docx
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    document = docx.Document()
    _set_up(document, quiz)
    title = _("{title}: answers", title=quiz.title) if answers else quiz.title
    document.core_properties.title = title
    content = "".join(_content(quiz, title, answers=answers))
    made = parse_xml(f"<w:body {nsdecls('w')}>{content}</w:body>")
    body = document.element.body
    for place, element in enumerate(list(made)):
        body.insert(place, element)  # before the section's own properties, which stand last
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def _set_up(document: "Document", quiz: Quiz) -> None:
    from docx.oxml.ns import qn

    language = _LANGUAGES.get(quiz.language, "fr-FR")
    document.core_properties.language = language
    document.core_properties.author = "promptlab"
    document.core_properties.comments = ""
    for found in document.styles.element.iter(qn("w:lang")):
        found.set(qn("w:val"), language)
    for name, size in (("Normal", 12), ("Title", 20), ("Heading 1", 16), ("Heading 2", 13), ("Caption", 10)):
        _set_font(document.styles[name], size)
    _set_paragraphs(document)
    _set_pages(document, quiz.title)


def _set_font(style: Any, size: int) -> None:
    """One plain face in black; the fonts of the theme would win over it."""
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    style.font.name, style.font.size = _FONT, Pt(size)
    style.font.color.rgb = RGBColor(0, 0, 0)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    for script in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{script}"), _FONT)


def _set_paragraphs(document: "Document") -> None:
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import Cm, Pt

    normal: Any = document.styles["Normal"]
    normal.paragraph_format.line_spacing, normal.paragraph_format.space_after = 1.3, Pt(6)
    choice: Any = document.styles.add_style("Choice", WD_STYLE_TYPE.PARAGRAPH)
    choice.base_style = normal
    choice.paragraph_format.left_indent, choice.paragraph_format.first_line_indent = Cm(1.6), Cm(-1.2)
    choice.paragraph_format.keep_together = True


def _set_pages(document: "Document", title: str) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Cm

    for section in document.sections:
        section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(2)
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        footer = section.footer.paragraphs[0]
        footer.add_run(f"{title} – ")
        field = OxmlElement("w:fldSimple")
        field.set(qn("w:instr"), "PAGE")
        footer._p.append(field)


def _content(quiz: Quiz, title: str, *, answers: bool) -> Iterator[str]:
    yield paragraph("Title", run(title))
    if not answers:
        yield paragraph("", run(_("Code of the pupil (no name): ____________        Date: ____________")))
    category = ""
    for number, question in enumerate(quiz.questions, 1):
        if question.category and question.category != category:
            category = question.category
            yield paragraph("Heading1", run(category))
        yield from _question(question, number, answers=answers)
    for sentence in statement(quiz):
        yield paragraph("Caption", run(sentence))


def _question(question: Question, number: int, *, answers: bool) -> Iterator[str]:
    head = ngettext(
        "Question {number} ({points} point)",
        "Question {number} ({points} points)",
        1 if question.points <= 1 else 2,
        number=number,
        points=shown_number(question.points),
    )
    yield paragraph("Heading2", run(head))
    yield paragraph("", run(question.text, bold=True), kept=True)
    yield paragraph("", run(how_to_answer(question.kind)), kept=True)
    if question.choices:
        yield from _choices(question, answers=answers)
    elif question.kind == "matching":
        yield from _matching(question, answers=answers)
    elif question.kind == "ordering":
        yield _ordering(question, answers=answers)
    else:
        yield _open(question, answers=answers)
    if answers:
        yield from _reasons(question)


def _choices(question: Question, *, answers: bool) -> Iterator[str]:
    for letter, choice in zip(_letters(len(question.choices)), question.choices, strict=True):
        label = true_or_false(choice.text) if question.kind == "true_false" else choice.text
        told = answers and choice.right
        runs = run(f"{TICKED_BOX if told else EMPTY_BOX} {letter}. ")
        mark = " – " + _("right answer") if told else ""
        runs += run(label + mark, bold=told)
        if answers and choice.feedback:
            runs += run(f" ({choice.feedback})")
        yield paragraph("Choice", runs, kept=choice is not question.choices[-1])


def _matching(question: Question, *, answers: bool) -> Iterator[str]:
    rights = {*(pair.right for pair in question.pairs), *question.decoys}
    order = shuffled(sorted(rights), question.id)
    letters = dict(zip(order, _letters(len(order)), strict=True))
    yield from (paragraph("Choice", run(f"{letters[text]}. {text}"), kept=True) for text in order)
    rows = [(pair.left, f"{letters[pair.right]}. {pair.right}" if answers else "") for pair in question.pairs]
    yield table((_("To complete"), _("Letter")), rows)


def _ordering(question: Question, *, answers: bool) -> str:
    order = question.items if answers else mixed(question.items, question.id)
    rows = [(text, str(place) if answers else "") for place, text in enumerate(order, 1)]
    return table((_("To put in order"), _("Place")), rows)


def _open(question: Question, *, answers: bool) -> str:
    if answers:
        return paragraph("", run(_("Right answer: {answer}", answer=right_answer(question)), bold=True))
    unit = f" {question.unit}" if question.unit else ""
    return paragraph("", run(_("Answer: {line}", line="_" * 30) + unit))


def _reasons(question: Question) -> Iterator[str]:
    if question.justification:
        yield paragraph("", run(_("Why: {reason}", reason=question.justification)))
    if question.source:
        where, passage = question.source.document, question.source.passage
        yield paragraph("", run(_("Source: {document}, “{passage}”", document=where, passage=passage)))


def _letters(count: int) -> Sequence[str]:
    return [_LETTERS[place] if place < len(_LETTERS) else str(place + 1) for place in range(count)]
