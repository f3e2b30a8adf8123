"""What stands before the table: title, provenance, legend."""

from collections.abc import Sequence

from promptlab.align.wording import day, heads, state_of, what_it_is
from promptlab.messages import _
from promptlab.model.case import Document, Reason, Tag
from promptlab.model.comparison import Column, Comparison
from promptlab.word.colours import ink, spoken
from promptlab.word.markup import paragraph, run
from promptlab.word.table import TEXT_WIDTH, UNCUT, Frame, row, table, texts


def opening(
    comparison: Comparison, title: str, *, fictional: bool, filled: bool = False, documents: Sequence[Document] = ()
) -> str:
    """Title, then what the table is and how to use it.

    `filled` where it already shows the work of a pupil; `documents` are those that can prove a tag.
    """
    task = _("Highlight what you judge with the colours of the legend, then fill in the last rows of the table.")
    references = _(
        "The small reference before each text ({example} = column 2, step 3, item 1) is for quoting it: keep it.",
        example="2·3.1",
    )
    lines = [what_it_is(comparison), f"{task} {references}"]
    if example := next(filter(None, map(_quoted, documents)), ""):
        lines.append(
            _(
                "Say why in a comment on the highlighted words, and name the document that proves it: “{example}”.",
                example=example,
            )
        )
    if filled:
        change = _("To change a tag, highlight its words in the colour of another one.")
        remove = _("To take it out, select the words and clear their formatting: Ctrl+Space in Word, Ctrl+M in Writer.")
        lines.append(f"{change} {remove}")
    if fictional:
        lines.append(_("The companies, people and figures of this case are fictional."))
    return paragraph("Title", run(title)) + "".join(paragraph("PlLead", run(line)) for line in lines)


def _quoted(document: Document) -> str:
    """How a person names a document that has a number: "facture 879"."""
    name = document.title.rpartition(":")[2].strip()
    return f"{name} {document.number}" if name and document.number else ""


def provenance(comparison: Comparison) -> str:
    """Where each answer comes from: a card for each column."""
    frame = Frame(
        (1250, 3900, 2200, 1200, 2050, TEXT_WIDTH - 10600),
        _("Where the answers come from"),
        _("One row for each answer: prompt, model, date, state, source."),
    )
    names = (_("Answer"), _("Prompt"), _("Model"), _("Date"), _("State"), _("Source"))
    rows = [
        row(frame, texts(head, *_card(column)), UNCUT)
        for head, column in zip(heads(comparison), comparison.columns, strict=True)
    ]
    return paragraph("Heading1", run(_("Where the answers come from"))) + table(frame, names, rows)


def _card(column: Column) -> tuple[str, str, str, str, str]:
    unknown = _("not stated")
    source = column.provenance
    if source is None:
        return column.prompt_text or unknown, unknown, unknown, unknown, column.source or unknown
    model = f"{source.model} ({source.provider})" if source.provider else source.model
    settings = "\n".join(f"{name} = {value}" for name, value in source.settings)
    origin = "\n".join(text for text in (column.source, settings, source.note) if text)
    return (
        column.prompt_text or unknown,
        model or unknown,
        day(source.collected) or unknown,
        state_of(source) or unknown,
        origin or unknown,
    )


def legend(tags: tuple[Tag, ...], reasons: tuple[Reason, ...]) -> str:
    """The tags: sign, colour and words; then the reasons that a tag can have."""
    frame = Frame(
        (1200, 2600, 3200, TEXT_WIDTH - 7000),
        _("Legend of the tags"),
        _("One row for each tag: sign, tag, colour, meaning."),
    )
    rows = [row(frame, _tag(tag), UNCUT, fills=("", "", tag.colour)) for tag in tags]
    names = (_("Sign"), _("Tag"), _("Colour of the highlighter"), _("Meaning"))
    if reasons:
        hint = _("On paper or in black and white, write the sign and the code of the reason beside the reference.")
    else:
        hint = _("On paper or in black and white, write the sign beside the reference.")
    return (
        paragraph("Heading1", run(_("Legend of the tags")))
        + paragraph("PlLead", run(hint), "<w:keepNext/>")
        + table(frame, names, rows)
        + (_reasons(reasons) if reasons else "")
    )


def _tag(tag: Tag) -> list[str]:
    sign, label, meaning = texts(tag.sign, tag.label, tag.meaning)
    swatch = paragraph("PlCell", run(spoken(tag.colour), f'<w:color w:val="{ink(tag.colour)}"/>'))
    return [sign, label, swatch, meaning]


def _reasons(reasons: tuple[Reason, ...]) -> str:
    frame = Frame(
        (1200, 2600, TEXT_WIDTH - 3800), _("Reasons for a tag"), _("One row for each reason: code, reason, meaning.")
    )
    rows = [row(frame, texts(reason.code, reason.label, reason.meaning), UNCUT) for reason in reasons]
    return paragraph("Heading2", run(_("Reasons for a tag"))) + table(
        frame, (_("Code"), _("Reason"), _("Meaning")), rows
    )
