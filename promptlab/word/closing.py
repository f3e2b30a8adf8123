"""What stands after the table: the statement on the use of AI, reasoning that a model showed, the footer."""

from promptlab.align.wording import day, heads
from promptlab.align.wording import statement as said
from promptlab.messages import _
from promptlab.model.comparison import Comparison
from promptlab.word import contract
from promptlab.word.contract import Anchor
from promptlab.word.markup import paragraph, run, styled
from promptlab.word.sheet import Sheet
from promptlab.word.table import TEXT_WIDTH, UNCUT, Frame, row, table

FILL_IN_HEIGHT = 620  # twentieths of a point


def statement(comparison: Comparison, sheet: Sheet) -> str:
    """What the AI did, and what the pupils say that they did with it."""
    lines = said(comparison)
    frame = Frame(
        (5200, TEXT_WIDTH - 5200),
        _("Statement to fill in"),
        _("One row for each question, the second column is for your text."),
    )
    questions = (
        _("What we kept of the answers"),
        _("What we corrected or set aside, and why"),
        _("Documents that we checked with"),
        _("Code of the pupil (no name), date"),
    )
    height = f'{UNCUT}<w:trHeight w:val="{FILL_IN_HEIGHT}" w:hRule="atLeast"/>'
    rows = [
        row(frame, [paragraph("PlCell", run(question), "<w:keepNext/>"), _stated(name, sheet)], height)
        for name, question in zip(contract.STATEMENTS, questions, strict=True)
    ]
    return (
        paragraph("Heading1", run(_("Statement on the use of AI")))
        + "".join(paragraph("ListBullet", run(line), "<w:keepNext/>") for line in lines)
        + paragraph("Heading2", run(_("To fill in")))
        + table(frame, (_("Question"), _("Your answer")), rows)
    )


def _stated(name: str, sheet: Sheet) -> str:
    first, *others = (sheet.marking.stated(name) if sheet.marking else "").split("\n")
    lines = [sheet.marked(contract.statement_bookmark(name), run(first)), *map(run, others)]
    return "".join(paragraph(contract.WRITE, line) for line in lines)


def end(made: str) -> str:
    """The last line: what made the document, and when."""
    line = _("Document made with promptlab on {day}.", day=day(made)) if made else _("Document made with promptlab.")
    return paragraph(contract.EMPTY, run(line))


def thinking(comparison: Comparison, sheet: Sheet) -> str:
    """What models showed of their reasoning, apart from the table: it is no part of the answer."""
    shown = [
        (place, head, column.answer.thinking)
        for place, (head, column) in enumerate(zip(heads(comparison), comparison.columns, strict=True), 1)
        if column.answer.thinking
    ]
    if not shown:
        return ""
    xml = [paragraph("Heading1", run(_("Reasoning shown by the model")))]
    for place, head, text in shown:
        anchor = Anchor(place, contract.THINKING)
        xml += [
            paragraph("Heading2", run(head)),
            paragraph(contract.ITEM, sheet.marked(anchor.bookmark, _thought(sheet, anchor, text))),
        ]
    return "".join(xml)


def _thought(sheet: Sheet, anchor: Anchor, text: str) -> str:
    ink = sheet.ink(anchor)
    signs = styled(f"{ink.signs} ", contract.SIGN) if ink.signs else ""
    return signs + ink.around(ink.text(text))


def footer(name: str) -> str:
    """The footer's paragraph: what document it is, and the page."""
    page = run(_("Page") + " ") + _field("PAGE") + run(" / ") + _field("NUMPAGES")
    return paragraph("Footer", f"{run(name)}<w:r><w:tab/></w:r>{page}")


def _field(name: str) -> str:
    return f'<w:fldSimple w:instr=" {name} "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
