"""Alignments that were kept: made from a table, laid on the same answers again, with the corrections by hand."""

from collections.abc import Sequence
from dataclasses import replace

from promptlab.align.corrections import CORRECTED, correct, rebuilt, rows_of
from promptlab.errors import BadInput
from promptlab.messages import _
from promptlab.model.alignment import SavedAlignment, SavedAnswer, fingerprint
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
            "Align again with “promptlab align”, or use --by meaning.",
            file=file,
            sources=", ".join(column.source for column in nearest),
        )
    )


def from_saved(saved: SavedAlignment, base: Comparison) -> Comparison:
    """The table that `saved` makes of the columns of `base`.

    `base` gives the columns, and the phases where `saved` has none of its own. `by` says `checked` where somebody has
    vouched for the whole, else the method; with “+corrections” where anything was changed by hand after that. What no
    longer fits is told as Problems. Raises BadInput where an answer is not in `saved` at all.
    """
    columns = base.columns
    if saved.phases:
        if not fits(saved, columns):
            choose([saved], columns, _("the saved alignment"))
        base = rebuilt(replace(base, by=saved.by), saved.phases)
    table = correct(base, saved.history.done)
    by, problems, phases = table.by, list(table.problems), table.phases
    if saved.checked:
        by, phases = CHECKED, tuple(replace(phase, confidence=1.0) for phase in phases)
    if saved.touched and not by.endswith(CORRECTED):
        by += CORRECTED
    if not saved.checked and saved.provenance is None and saved.phases:
        problems.append(
            Problem(_("nobody has marked this alignment as checked yet: read it line by line."), _("table"))
        )
    return replace(table, by=by, phases=phases, problems=tuple(problems), origin=origin_of(saved))


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
    return _("{model} ({provider}), {date}", model=source.model, provider=source.provider, date=source.collected[:10])
