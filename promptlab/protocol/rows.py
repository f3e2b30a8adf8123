"""How the rows of the table in a printed document are made: as pupils see them, by meaning, by rank, or as kept."""

from dataclasses import dataclass
from pathlib import Path

from promptlab.align.columns import columns_of
from promptlab.align.compare import FEWEST, compare
from promptlab.align.recorded import CHECKED
from promptlab.files.kept import alignment_for
from promptlab.messages import _
from promptlab.model.alignment import SavedAlignment
from promptlab.model.answer import Run
from promptlab.model.case import Case
from promptlab.model.comparison import Comparison
from promptlab.model.copie import Copie
from promptlab.model.problem import Problem
from promptlab.review.starting import BASES, MEANING, start


@dataclass(frozen=True, slots=True)
class Rows:
    """The layout `by` of a table, and the alignment that was kept for it, None where it is worked out.

    `problems` is what a person must know about them.
    """

    by: str = MEANING
    alignment: SavedAlignment | None = None
    problems: tuple[Problem, ...] = ()

    def table(self, run: Run, title: str) -> Comparison:
        """The answers of `run` in these rows. Raises BadInput where the alignment does not fit them."""
        return compare(columns_of(run), by=self.by, title=title, alignment=self.alignment)

    @property
    def corrected(self) -> bool:
        """Whether these are rows that pupils correct."""
        return self.by in BASES


BY_MEANING = Rows()


def rows_for(case: Case, run: Run | None, results: Path, *, by: str | None = None, copie: Copie | None = None) -> Rows:
    """The rows `by`; without it those that a pupil has in session 2, or had when `copie` was made.

    `results` is the folder where the kept rows of a shipped case are. Raises BadInput where there are none of that
    kind.
    """
    if by:
        return Rows(by, alignment_for(case, run.name if run else "", by, results))
    made = copie.about.by.partition("+")[0] if copie else CHECKED
    if run is None or len(run.answers) < FEWEST or made == MEANING:
        return BY_MEANING
    begun = start(case, columns_of(run), results)
    told = begun.why_not
    if begun.alignment is None and copie and made == CHECKED:
        told = told or _("this copie was made with checked rows that are not here: these are made by meaning.")
    problems = (Problem(told, _("table")),) if told else ()
    return Rows(CHECKED if begun.alignment else MEANING, begun.alignment, problems)
