"""How the rows of the table in a printed document are made: by meaning, by rank, or as they were kept."""

from dataclasses import dataclass

from promptlab.align.columns import columns_of
from promptlab.align.compare import compare
from promptlab.model.alignment import SavedAlignment
from promptlab.model.answer import Run
from promptlab.model.comparison import Comparison


@dataclass(frozen=True, slots=True)
class Rows:
    """The layout `by` of a table, and the alignment that was kept for it, None where it is worked out."""

    by: str = "meaning"
    alignment: SavedAlignment | None = None

    def table(self, run: Run, title: str) -> Comparison:
        """The answers of `run` in these rows. Raises BadInput where the alignment does not fit them."""
        return compare(columns_of(run), by=self.by, title=title, alignment=self.alignment)


BY_MEANING = Rows()
