"""Alignments that were kept: made from a table, laid on the same answers again, with the corrections by hand."""

from collections.abc import Sequence
from dataclasses import replace

from promptlab.align.corrections import CORRECTED, changes_rows, correct, misfits, rebuilt, rows_of
from promptlab.errors import BadInput
from promptlab.messages import _
from promptlab.model.alignment import (
    Correction,
    History,
    SavedAlignment,
    SavedAnswer,
    fingerprint,
    seal_of,
)
from promptlab.model.answer import Provenance
from promptlab.model.comparison import Column, Comparison
from promptlab.model.problem import Problem

CHECKED = "checked"


def saved_from(comparison: Comparison) -> SavedAlignment:
    """The alignment of `comparison`, ready to be written: its phases as they are, nothing corrected yet."""
    return SavedAlignment(comparison.by, answers_of(comparison.columns), rows_of(comparison)).sealed()


def answers_of(columns: Sequence[Column]) -> tuple[SavedAnswer, ...]:
    """The answers of `columns` as a saved alignment names them."""
    return tuple(SavedAnswer(column.prompt, fingerprint(column.answer), len(column.answer.steps)) for column in columns)


def fits(saved: SavedAlignment, columns: Sequence[Column]) -> bool:
    """Whether `saved` is about exactly these answers, or more than these, in any order."""
    return not _strangers(saved, columns)


def is_about(saved: SavedAlignment, columns: Sequence[Column]) -> bool:
    """Whether `saved` is about exactly these answers, with the steps that they have now, in any order."""
    known = {(answer.answer, answer.steps) for answer in saved.answers}
    return known == {(answer.answer, answer.steps) for answer in answers_of(columns)}


def _strangers(saved: SavedAlignment, columns: Sequence[Column]) -> list[Column]:
    known = {answer.answer for answer in saved.answers}
    return [column for column in columns if fingerprint(column.answer) not in known]


def choose(alignments: Sequence[SavedAlignment], columns: Sequence[Column], file: str) -> SavedAlignment:
    """The one of `alignments` (from `file`) that is about these answers.

    Raises BadInput, which names the answers that none of them knows.
    """
    for saved in alignments:
        if fits(saved, columns):
            return saved
    nearest = min((_strangers(saved, columns) for saved in alignments), key=len, default=list(columns))
    raise BadInput(
        _(
            "{file} holds no alignment of these answers. Not in it, or changed since: {sources}. "
            "Align again with “promptlab align CASE --run NAME {options}”, or use --by meaning.",
            file=file,
            sources=", ".join(column.source for column in nearest),
            options=_options(alignments),
        )
    )


def _options(alignments: Sequence[SavedAlignment]) -> str:
    """The options of `promptlab align` that make rows of the same kind again."""
    by = alignments[0].by.partition("+")[0] if alignments else "meaning"
    return f"--by {by} --live" if by in ("model", "embeddings") else f"--by {by} --save"


def from_saved(saved: SavedAlignment, base: Comparison) -> Comparison:
    """The table that `saved` makes of the columns of `base`.

    `base` gives the columns, and the phases where `saved` has none of its own. `by` says `checked` where somebody has
    vouched for the whole, else the method; with “+corrections” where anything was changed by hand after that. What no
    longer fits is told as Problems. Raises BadInput where an answer is not in `saved` at all, and where its phases do
    not hold each step of the columns once.
    """
    table = correct(_laid_on(saved, base), saved.history.done)
    by, problems, phases = table.by, list(table.problems), table.phases
    if saved.checked:
        by, phases = CHECKED, tuple(replace(phase, confidence=1.0) for phase in phases)
    if worked_on(saved, base) and not by.endswith(CORRECTED):
        by += CORRECTED
    if not saved.checked and saved.provenance is None and saved.phases:
        problems.append(
            Problem(_("nobody has marked this alignment as checked yet: read it line by line."), _("table"))
        )
    return replace(table, by=by, phases=phases, problems=tuple(problems), origin=origin_of(saved))


def worked_on(saved: SavedAlignment, base: Comparison) -> bool:
    """Whether a person changed the rows since they were made or checked; a correction that does not fit changes none.

    `base` as for `from_saved`, which says what is raised.
    """
    edited = bool(saved.phases) and saved.seal != seal_of(saved.phases)
    return edited or changes_rows(_laid_on(saved, base), saved.history.done)


def settled(saved: SavedAlignment, base: Comparison) -> SavedAlignment:
    """`saved` with its corrections made part of the phases; those that do not fit stay corrections.

    One that would fit the new phases, and so change them, waits among those taken back. `base` as for `from_saved`.
    """
    left = misfits(_laid_on(saved, base), saved.history.done)
    made = saved_from(from_saved(saved, base))
    table, waiting = rebuilt(base, made.phases), tuple[Correction, ...]()
    while (unfit := misfits(table, left)) != left:
        waiting = (*(one for one in left if one not in unfit), *waiting)
        left = unfit
    return replace(made, history=History(left, waiting))


def _laid_on(saved: SavedAlignment, base: Comparison) -> Comparison:
    """`base` with the phases of `saved`, where it has any. Raises BadInput as `from_saved` says."""
    if not saved.phases:
        return base
    if not fits(saved, base.columns):
        choose([saved], base.columns, _("the saved alignment"))
    for column in base.columns:
        _require_whole(saved, column)
    return rebuilt(replace(base, by=saved.by), saved.phases)


def _require_whole(saved: SavedAlignment, column: Column) -> None:
    """Refuse phases that do not hold each step of `column` just once, or that were made for more or fewer steps."""
    name, count = fingerprint(column.answer), len(column.answer.steps)
    said = next((one.steps for one in saved.answers if one.answer == name and one.steps != count), count)
    if said != count:
        raise BadInput(
            _(
                "{source} has {count} steps, but its saved alignment was made for {said}. Set “steps” to {count} and "
                "put each step in a phase, or align again with “promptlab align CASE --run NAME {options}”.",
                source=column.source,
                count=count,
                said=said,
                options=_options([saved]),
            )
        )
    held = sorted(step.rank for phase in saved.phases for step in phase.steps if step.answer == name)
    wrong = sorted(rank for rank in {*held, *range(1, count + 1)} if not 1 <= rank <= count or held.count(rank) != 1)
    if wrong:
        raise BadInput(
            _(
                "{source}: the saved alignment must hold each of its {count} steps in one phase. Mend: {steps}; or "
                "align again with “promptlab align CASE --run NAME {options}”.",
                source=column.source,
                count=count,
                steps=", ".join(map(str, wrong[:20])),
                options=_options([saved]),
            )
        )


def origin_of(saved: SavedAlignment) -> str:
    """In words: who made or checked the alignment; "" where nothing is known."""
    said = []
    if saved.provenance:
        said.append(_source(saved.provenance))
    if saved.checked:
        said.append(_("checked by {who}", who=saved.checked))
    if saved.note:
        said.append(saved.note)
    return ", ".join(said)


def _source(source: Provenance) -> str:
    return _("{model} ({provider}), {date}", model=source.model, provider=source.provider, date=source.day)
