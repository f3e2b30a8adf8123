"""The grid: a level for each criterion of a flowchart, the pupil's own or the proposed one, and a verdict."""

from collections.abc import Callable

from promptlab.align.wording import colon
from promptlab.errors import BadInput
from promptlab.flowchart.grid import WORK, EvaluationGrid, points
from promptlab.messages import _
from promptlab.model.copie import Copie
from promptlab.review.texts import cleaned
from promptlab.table.markup import text as escaped
from promptlab.table.markup import unordered
from promptlab.ui.desk import Desk
from promptlab.ui.documents import figure
from promptlab.ui.session3_levels import AI, OWN, give_level, grid_for, grid_of, keep_grid, levels_of, take_chart
from promptlab.ui.view import Node, bar, choice, group, notice, radios, row, soft, strong, table, text, text_area, wide
from promptlab.ui.work import WorkPanel


class GridPanel(WorkPanel):
    """Which flowchart is evaluated, a level for each criterion, what the pupil notes."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, _("Evaluation of the flowchart"))

    def body(self, copie: Copie) -> Node:
        """The grid as it stands now."""
        try:
            grid = grid_for(self.at.case)
        except BadInput as error:
            return notice("error", text(str(error)))
        if grid is None:
            return notice("info", text(_("There is no grid for this case yet.")))
        filled = grid_of(copie)
        options = [(OWN, _("my flowchart")), (AI, _("the proposed flowchart"))]
        return group(
            [
                radios(_("I evaluate"), filled["chart"], options, "grid-chart", self.take),
                self._table(grid, copie),
                text(strong(_total(grid, copie, filled["chart"]))),
                text_area(_("My verdict, with examples"), filled["notes"], "grid-notes", self.note, rows=4),
                bar(self.undo_redo(copie, WORK, "grid")),
            ]
        )

    def _table(self, grid: EvaluationGrid, copie: Copie) -> Node:
        here = grid_of(copie)["chart"]
        names = {level.id: level.label for level in grid.levels}
        choices = [("", _("(choose)")), *names.items()]
        given, beside = levels_of(copie, here), levels_of(copie, AI if here == OWN else OWN)
        lines = []
        for one in grid.criteria:
            level = given.get(one.id, "")
            field = choice(
                one.label,
                level if level in names else "",
                choices,
                f"level-{one.id}",
                self._chooser(one.id),
                hide_label=True,
            )
            what = text(one.label, "\n", soft(one.indicator))
            other_level = names.get(beside.get(one.id, ""), "–")
            lines.append(row([what, figure_of(one.points), field, other_level], key=f"criterion-{one.id}"))
        other = _("Level of the proposed one") if here == OWN else _("Level of mine")
        head = [_("Criterion"), _("Points"), _("Level"), other]
        label = _("A level for each criterion")
        return wide(table(label, head, lines, look="facts"), label)

    def take(self, chart: str) -> None:
        """Choose which flowchart is evaluated."""
        self.at.change(lambda copie: take_chart(copie, chart))

    def note(self, words: str) -> None:
        """Write the verdict."""
        self.at.change(lambda copie: keep_grid(copie, notes=cleaned(words, where=_("verdict"))), typing="grid-notes")

    def _chooser(self, criterion: str) -> Callable[[str], object]:
        return lambda level: self.at.change(lambda copie: give_level(copie, criterion, level))


def figure_of(number: object) -> str:
    """Points as a person reads them."""
    from decimal import Decimal
    from fractions import Fraction

    exact = Fraction(str(number))
    return figure(Decimal(exact.numerator) / Decimal(exact.denominator))


def _total(grid: EvaluationGrid, copie: Copie, chart: str) -> str:
    most = figure_of(sum(one.points for one in grid.criteria))
    known = {level.id for level in grid.levels}
    levels = {
        name: level
        for name, level in levels_of(copie, chart).items()
        if level in known and any(one.id == name for one in grid.criteria)
    }
    found = points(grid, levels)
    if found is None:
        left = sum(one.id not in levels for one in grid.criteria)
        return _("Still to be evaluated: {count} of {all} criteria", count=left, all=len(grid.criteria))
    return _("Evaluation: {points} of {most} points", points=figure_of(found), most=most)


def grid_html(desk: Desk) -> str:
    """The levels and the verdict, for a notebook without its kernel."""
    copie = desk.opened()
    filled, grid = grid_of(copie), grid_for(desk.case)
    entries: list[str] = []
    if grid is not None:
        names, without = {level.id: level.label for level in grid.levels}, _("no level yet")
        for chart, whose in ((OWN, _("my flowchart")), (AI, _("the proposed flowchart"))):
            given = levels_of(copie, chart)
            if chart == filled["chart"] or given:
                entries += [
                    escaped(f"{whose}{colon()} {one.label} – {names.get(given.get(one.id, ''), without)}")
                    for one in grid.criteria
                ]
    notes = escaped(filled["notes"] or _("Nothing written yet.")).replace("\n", "<br>")
    return f"{unordered(entries)}<p>{notes}</p>"
