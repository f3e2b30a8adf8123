"""The comparison table corrected by the pupil: rows merged, split, renamed, put elsewhere; kept in the copie."""

from collections.abc import Callable
from functools import partial

from promptlab.align.wording import rows_told
from promptlab.messages import _, ngettext
from promptlab.model.alignment import Correction
from promptlab.model.comparison import Comparison
from promptlab.model.copie import CORRECTIONS, Copie
from promptlab.review.correcting import Entry, correct_alignment, take_out
from promptlab.ui.correcting import RowsForm
from promptlab.ui.desk import Desk
from promptlab.ui.view import Child, Node, bar, button, details, group, items, notice, text
from promptlab.ui.work import WorkPanel

_KEY = "rows-"


class RowsPanel(WorkPanel):
    """The rows of the pupil's table, a form to correct them, and the corrections made, which can be taken back."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, _("Correct the table"))
        self.rows = RowsForm(self._table_now, self._correct, self, key=_KEY)

    def body(self, copie: Copie) -> Node:
        """The rows, the form, what was corrected."""
        replayed = self.at.tables.replayed(copie)
        found = replayed.table
        why_not = self.at.tables.why_not_checked(copie)
        return group(
            [
                notice("warn", text(why_not), key=f"{_KEY}unchecked") if why_not else None,
                text(self._advice(copie)),
                text(rows_told(found), tone="soft"),
                self._doubts(replayed.entries),
                self.rows.node(found, self.taking_back(copie, CORRECTIONS, _KEY.rstrip("-"))),
                self._made(replayed.entries),
            ]
        )

    def _advice(self, copie: Copie) -> str:
        if self.at.tables.base(copie).by == "meaning":
            return _("promptlab made these rows without any AI: correct the wrong ones. Your tags stay on their texts.")
        return _("Do you see a row otherwise? Correct it. Your tags stay on their texts.")

    def _table_now(self) -> Comparison:
        return self.at.exercise.comparison

    def _correct(self, correction: Correction) -> None:
        self.at.change(lambda copie: correct_alignment(copie, correction))

    def _doubts(self, entries: tuple[Entry, ...]) -> Child:
        """The corrections that no longer fit: told, kept until they are taken out."""
        unfit = [(number, entry) for number, entry in enumerate(entries, 1) if entry.why_not]
        if not unfit:
            return None
        told = [
            group(
                [
                    text(f"{number}. {entry.words}"),
                    text(entry.why_not, tone="soft"),
                    bar([self._out(number)]),
                ]
            )
            for number, entry in unfit
        ]
        said = ngettext(
            "{count} correction does not fit the table any more.",
            "{count} corrections do not fit the table any more.",
            len(unfit),
        )
        return notice("warn", text(said), *told, key=f"{_KEY}doubts")

    def _out(self, number: int) -> Node:
        label = _("Take correction {number} out", number=number)
        return button(label, f"{_KEY}out-{number}", self._taking_out(number), tone="danger")

    def _taking_out(self, number: int) -> Callable[[], object]:
        return partial(self.at.change, lambda copie: take_out(copie, number))

    def _made(self, entries: tuple[Entry, ...]) -> Child:
        if not entries:
            return None
        summary = ngettext("{count} correction made", "{count} corrections made", len(entries))
        return details(summary, [items([entry.words for entry in entries], ordered=True)], key=f"{_KEY}made")
