"""What every view of a comparison says in the same words: its columns, its rows, its origin."""

from promptlab.messages import _, language, ngettext
from promptlab.model.answer import Provenance
from promptlab.model.comparison import ChangeKind, Column, Comparison, Phase

SIGNS: dict[ChangeKind, str] = {
    "kept": "=",
    "new": "+",
    "dropped": "−",
    "moved": "↕",
    "split": "÷",
    "merged": "∪",
    "more_precise": "◎",
}


def heads(comparison: Comparison) -> tuple[str, ...]:
    """What stands over each column; no two are the same."""
    return tuple(column_head(column, place) for place, column in enumerate(comparison.columns, 1))


def column_head(column: Column, place: int) -> str:
    """What stands over the column at `place`, from 1; the place is said where it is not the number of its prompt."""
    if column.head:
        return column.head
    if column.prompt == place:
        return _("PROMPT {number}", number=column.prompt)
    return _("PROMPT {number} (column {column})", number=column.prompt, column=place)


def row_label(phase: Phase, number: int) -> str:
    """The label of row `number` (from 1) with its number, unless the label holds it ("Step 3")."""
    if not phase.label:
        return str(number)
    words = phase.label.replace(".", " ").split()
    return phase.label if str(number) in words else f"{number}. {phase.label}"


def how_rows(by: str) -> str:
    """One sentence: what stands on one row; a second one where a person corrected some."""
    method, _plus, corrected = by.partition("+")
    if method == "rank":
        said = _("On row n stands step n of each answer: on one row, steps may do different work.")
    elif method in ("meaning", "checked", "model", "embeddings"):
        said = _("On one row stand the steps that do the same work, whatever their rank.")
    else:
        return _("The rows were made as follows: {by}.", by=by)
    return " ".join([said, _("Some rows were corrected by hand.")] if corrected else [said])


def what_it_is(comparison: Comparison) -> str:
    """One or two sentences: what the table shows."""
    count = len(comparison.columns)
    what = ngettext(
        "{count} answer of an AI, phase by phase.", "{count} answers of an AI, compared phase by phase.", count
    )
    return f"{what} {how_rows(comparison.by)}"


def day(date: str) -> str:
    """An ISO 8601 date or date-time as a day in the language of the screen; anything else as it is."""
    year, month, rest = ([*date.split("-", 2), "", ""])[:3]
    if len(year) == 4 and (year + month + rest[:2]).isdigit() and len(month) == len(rest[:2]) == 2:
        return _("{year}-{month}-{day}", year=year, month=month, day=rest[:2])
    return date


def state_of(source: Provenance) -> str:
    """Whether a person has touched a text since the model wrote it; "" where nobody can know.

    Of a text that was copied by hand, which names no provider, it is not claimed that it is whole.
    """
    if source.modified:
        return _("answer retouched")
    return _("answer not modified") if source.provider else ""


def origin(column: Column) -> tuple[tuple[str, str], ...]:
    """Where an answer comes from: (name of the fact, the fact), the same names for every column."""
    unknown = _("not stated")
    source = column.provenance
    model = date = state = settings = note = ""
    if source:
        model = source.model
        if source.provider and source.provider not in model:
            model += f" ({source.provider})"
        if source.asked_model and source.asked_model != source.model:
            model = _("{model}, asked for as {asked}", model=model, asked=source.asked_model)
        date = day(source.collected)
        state = state_of(source)
        settings = ", ".join(f"{name} = {value}" for name, value in source.settings)
        note = source.note
    return (
        (_("Prompt"), column.prompt_text or unknown),
        (_("Model"), model or unknown),
        (_("Date"), date or unknown),
        (_("State"), state or unknown),
        (_("Source"), column.source or unknown),
        (_("Settings"), settings),
        (_("Note"), note),
    )


def statement(comparison: Comparison, made: str = "") -> tuple[str, ...]:
    """What the AI did and what it did not, in sentences; `made` is the ISO date of the file."""
    named = list(zip(heads(comparison), comparison.columns, strict=True))
    sources = [column.provenance for column in comparison.columns if column.provenance]
    models = list(dict.fromkeys(source.model for source in sources if source.model))
    touched = [head for head, column in named if column.provenance and column.provenance.modified]
    unknown = [head for head, column in named if not column.provenance]
    lines = []
    if models:
        lines.append(_("Texts of the answers: written by an AI ({models}).", models=", ".join(models)))
    if models and not unknown and all(map(state_of, sources)) and not touched:
        lines.append(_("They are reproduced without any change."))
    if touched:
        lines.append(_("A person has retouched: {columns}.", columns=", ".join(touched)))
    if unknown:
        columns = ", ".join(unknown)
        lines.append(_("The origin is not stated for: {columns}. Ask who collected the text.", columns=columns))
    lines.append(how_made(comparison))
    if made:
        lines.append(_("Document made with promptlab on {day}.", day=day(made)))
    return tuple(lines)


def how_made(comparison: Comparison) -> str:
    """One or two sentences: who made the rows, and that they can be wrong."""
    method, _plus, corrected = comparison.by.partition("+")
    if method in ("meaning", "rank"):
        said = _("Table made by promptlab without any AI: the rows can be wrong, correct them.")
    elif method == "checked":
        said = _("Table made by promptlab; its rows were then checked, and corrected where needed.")
    elif method in ("model", "embeddings"):
        said = _("Table made by promptlab; an AI decided which steps share a row: check them.")
    else:
        return _("Table made by promptlab; rows: {by}.", by=comparison.by)
    if comparison.origin:
        said += " " + _("Rows: {origin}.", origin=comparison.origin.rstrip("."))
    return " ".join([said, _("Some rows were corrected by hand.")] if corrected else [said])


def rows_told(comparison: Comparison) -> str:
    """What is said above a table on the screen: what stands on one row, and who made the rows."""
    if comparison.by.startswith("rank"):
        return how_rows(comparison.by)
    return f"{how_rows(comparison.by.partition('+')[0])} {how_made(comparison)}"


def change_name(kind: ChangeKind) -> str:
    """A kind of change in words."""
    names = {
        "kept": _("kept"),
        "new": _("new"),
        "dropped": _("dropped"),
        "moved": _("moved"),
        "split": _("split"),
        "merged": _("merged"),
        "more_precise": _("more precise"),
    }
    return names[kind]


def colon() -> str:
    """The colon of the language of the screen, with its no-break space where it takes one."""
    return "\u00a0:" if language() == "fr" else ":"
