"""Answers in, comparison table out."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from promptlab.align.rank import align_by_rank
from promptlab.errors import BadInput
from promptlab.messages import _, ngettext
from promptlab.model.alignment import KEPT, SavedAlignment
from promptlab.model.comparison import Column, Comparison

FEWEST, MOST = 2, 30


def _by_meaning(columns: Sequence[Column]) -> Comparison:
    from promptlab.align.meaning import align_by_meaning

    return align_by_meaning(columns)


METHODS: dict[str, Callable[[Sequence[Column]], Comparison]] = {"meaning": _by_meaning, "rank": align_by_rank}
CHOICES = (*METHODS, *KEPT)


def compare(
    columns: Sequence[Column], *, by: str = "meaning", title: str = "", alignment: SavedAlignment | None = None
) -> Comparison:
    """The comparison table of 2 to 30 answers, in the order given.

    `by` is `rank` (step n beside step n, the usual layout) or `meaning` (steps that do the same work side by side);
    or, with an `alignment` that was kept: `checked` (by a person), `model`, `embeddings` (recorded from a server).
    Raises BadInput for fewer or more answers, for a method that does not exist, and where `alignment` is missing or
    is not about these answers.
    """
    if not FEWEST <= len(columns) <= MOST:
        raise BadInput(
            ngettext(
                "{count} answer: a table compares {fewest} to {most} of them.",
                "{count} answers: a table compares {fewest} to {most} of them.",
                len(columns),
                fewest=FEWEST,
                most=MOST,
            )
        )
    if by not in CHOICES:
        raise BadInput(_("“{value}” is not one of: {choices}.", value=by, choices=", ".join(CHOICES)))
    table = METHODS[by](columns) if by in METHODS else _as_kept(columns, by, alignment)
    return replace(table, title=title)


def _as_kept(columns: Sequence[Column], by: str, alignment: SavedAlignment | None) -> Comparison:
    from promptlab.align.recorded import from_saved

    if alignment is None:
        raise BadInput(_("An alignment by “{by}” must be given: it is never made up.", by=by))
    made = alignment.by.partition("+")[0]
    if by != "checked" and made != by:
        raise BadInput(_("This alignment was made by “{made}”, not by “{by}”.", made=made, by=by))
    if not alignment.phases and made not in METHODS:
        raise BadInput(_("This alignment by “{made}” holds no phases: ask for it again.", made=made))
    # A kept alignment has phases of its own, or says by which method they are made anew.
    return from_saved(alignment, METHODS["rank" if alignment.phases else made](columns))
