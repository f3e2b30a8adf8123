"""The rows that the sessions start from: those of the case that a person has checked, else those by meaning."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from promptlab.align.compare import compare
from promptlab.align.recorded import CHECKED, is_about
from promptlab.errors import BadInput
from promptlab.files.kept import all_kept
from promptlab.messages import _
from promptlab.model.alignment import SavedAlignment
from promptlab.model.case import Case
from promptlab.model.comparison import Column, Comparison

MEANING = "meaning"
BASES = (MEANING, CHECKED)  # the layouts that pupils correct


@dataclass(frozen=True, slots=True)
class Start:
    """A table to start from, and the checked alignment that laid it, None where it is by meaning.

    `why_not` says why the checked rows of these answers are not used; "" where they are, and where there are none.
    """

    table: Comparison
    alignment: SavedAlignment | None = None
    why_not: str = ""


def start(case: Case, columns: Sequence[Column], results: Path) -> Start:
    """The table of `columns`: in the checked rows of `case` about exactly these answers, if there are any it can use.

    `results` is the folder where those of a shipped case are kept. Raises BadInput for too few answers, or too many.
    """
    try:
        checked = checked_rows(case, columns, results)
        if checked:
            return Start(compare(columns, by=CHECKED, title=case.title, alignment=checked), checked)
        why = ""
    except BadInput as error:
        why = _("The checked rows of this case cannot be used; these are made by meaning. {why}", why=error)
    return Start(compare(columns, by=MEANING, title=case.title), why_not=why)


def checked_rows(case: Case, columns: Sequence[Column], results: Path) -> SavedAlignment | None:
    """The rows kept for `case` that a person has checked, about exactly these answers; None where there are none.

    Raises BadInput with the faults of a file that cannot be used.
    """
    kept = all_kept(case, results)
    return next((saved for saved in kept if saved.checked and is_about(saved, columns)), None)
