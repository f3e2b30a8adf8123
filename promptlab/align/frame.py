"""The comparison as pandas tables, for teachers' and scripts' own counts."""

from dataclasses import astuple
from typing import TYPE_CHECKING

from promptlab.align.lines import cell_lines, entries, phase_labels, text_of
from promptlab.align.wording import heads
from promptlab.model.comparison import Comparison

if TYPE_CHECKING:
    import pandas as pd

PHASE = "phase"
ITEM_COLUMNS = ("phase", "column", "step", "title", "id", "kind", "label", "text", "depth")


def to_frame(comparison: Comparison) -> "pd.DataFrame":
    """One row for each phase, one column for each answer, the text of the cell in each ("" where there is no step).

    The index (`phase`) holds the labels of the phases; a label that stands twice gets its place after it.
    """
    import pandas as pd

    return pd.DataFrame(
        [
            [text_of(cell_lines(comparison, phase, place)) for place in range(len(comparison.columns))]
            for phase in comparison.phases
        ],
        index=pd.Index(phase_labels(comparison), name=PHASE, dtype=object),
        columns=list(heads(comparison)),
        dtype=object,
    )


def items_frame(comparison: Comparison) -> "pd.DataFrame":
    """One row for each item of the answers, in the order of the table; those of the sections come last.

    Columns: `phase` (label, "Key points" for the sections), `column` ("PROMPT 2"), `step` (rank in its answer, missing
    for the sections), `title` (of the step or section), `id`, `kind`, `label`, `text` (the rows of a table included),
    `depth` (how many items it stands under).
    """
    import pandas as pd

    frame = pd.DataFrame([astuple(entry) for entry in entries(comparison)], columns=list(ITEM_COLUMNS), dtype=object)
    return frame.astype({"step": "Int64", "depth": "int64"})
