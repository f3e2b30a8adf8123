"""The usual layout: step n of every answer on row n."""

from collections.abc import Sequence

from promptlab.messages import _
from promptlab.model.comparison import Column, Comparison, Phase
from promptlab.model.problem import Problem


def align_by_rank(columns: Sequence[Column]) -> Comparison:
    """One phase per rank; answers with fewer steps leave empty cells at the bottom."""
    rows = max((len(column.answer.steps) for column in columns), default=0)
    phases = tuple(
        Phase(
            label=_("Step {rank}", rank=rank),
            cells=tuple((rank,) if rank <= len(column.answer.steps) else () for column in columns),
            why=_("These steps have the same number; they may be different work."),
        )
        for rank in range(1, rows + 1)
    )
    problems = tuple(
        Problem(_("no step was found in this answer: its column stays empty. Check the file."), column.source)
        for column in columns
        if not column.answer.steps
    )
    return Comparison("rank", tuple(columns), phases, problems=problems)
