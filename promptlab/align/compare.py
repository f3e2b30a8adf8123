"""Answers in, comparison table out."""

from collections.abc import Callable, Sequence

from promptlab.align.rank import align_by_rank
from promptlab.errors import BadInput
from promptlab.messages import _
from promptlab.model.comparison import Column, Comparison

FEWEST, MOST = 2, 30


def _by_meaning(columns: Sequence[Column]) -> Comparison:
    from promptlab.align.meaning import align_by_meaning

    return align_by_meaning(columns)


METHODS: dict[str, Callable[[Sequence[Column]], Comparison]] = {"meaning": _by_meaning, "rank": align_by_rank}


def compare(columns: Sequence[Column], *, by: str = "meaning", title: str = "") -> Comparison:
    """The comparison table of 2 to 30 answers, in the order given.

    `by` is `rank` (step n beside step n, the usual layout) or `meaning` (steps that do the same work side by side).
    Raises BadInput for fewer or more answers, and for a method that does not exist.
    """
    if not FEWEST <= len(columns) <= MOST:
        raise BadInput(
            _(
                "{count} answers: a table compares {fewest} to {most} of them.",
                count=len(columns),
                fewest=FEWEST,
                most=MOST,
            )
        )
    if by not in METHODS:
        raise BadInput(_("“{value}” is not one of: {choices}.", value=by, choices=", ".join(METHODS)))
    table = METHODS[by](columns)
    return Comparison(table.by, table.columns, table.phases, table.changes, table.problems, title)
