"""The pupil's flowchart beside the proposed one, that of the case: figures, what each still lacks."""

from dataclasses import fields

from promptlab.errors import BadInput, PromptlabError
from promptlab.flowchart import load_flowchart
from promptlab.flowchart.advice import Advice
from promptlab.flowchart.grid import ComparedCharts, Counts, compare_charts
from promptlab.messages import _
from promptlab.model.copie import Copie
from promptlab.model.flowchart import Flowchart
from promptlab.table.markup import text as escaped
from promptlab.table.markup import unordered
from promptlab.ui.desk import Desk
from promptlab.ui.session3_chart import chart_of
from promptlab.ui.session3_draft import drawable
from promptlab.ui.session3_flowchart import drawn_chart
from promptlab.ui.session3_levels import grid_for
from promptlab.ui.view import Node, columns, details, group, heading, items, notice, picture, row, soft, table, text
from promptlab.ui.work import WorkPanel


class ComparePanel(WorkPanel):
    """Two flowcharts side by side."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, _("My flowchart beside the proposed one"))

    def body(self, copie: Copie) -> Node:
        """Pictures, counts, advice; no marks."""
        try:
            made = ai_chart(self.at)
        except BadInput as error:
            return notice("error", text(str(error)))
        if made is None:
            return notice("info", text(_("This case has no flowchart to compare with.")))
        own = chart_of(copie)
        if own is None:
            said = _("Build your own flowchart first, above.")
            return group([text(said), _picture(_("The proposed flowchart"), made, "ai")])
        found = compared(self.at, own, made)
        same = _("Your flowchart is still the proposed one: change it first, so that there is something to compare.")
        return group(
            [
                notice("info", text(same), key="compare-same") if own == made else None,
                _counts(found),
                columns(
                    [
                        group([heading(_("My flowchart"), 4), _advice(found.own_advice)]),
                        group([heading(_("The proposed flowchart"), 4), _advice(found.ai_advice)]),
                    ]
                ),
                self._by_criterion(found),
                _picture(_("The proposed flowchart"), made, "ai"),
            ]
        )

    def _by_criterion(self, found: ComparedCharts) -> Node | None:
        grid = grid_for(self.at.case)
        if grid is None or not found.by_criterion:
            return None
        labels = {one.id: one.label for one in grid.criteria}
        lines = [row([labels.get(name, name), str(own), str(ai)]) for name, own, ai in found.by_criterion]
        caption = _("How much advice each criterion of the grid has")
        return table(caption, [_("Criterion"), _("Mine"), _("The proposed one")], lines)


def ai_chart(desk: Desk) -> Flowchart | None:
    """The flowchart that comes with the case, None where there is none. BadInput that lists its faults."""
    path = desk.case.folder / "flowchart.toml"
    return load_flowchart(path) if path.is_file() else None


def compared(desk: Desk, own: Flowchart, made: Flowchart) -> ComparedCharts:
    """Both charts measured by the same rules: the phases of the table, the grid of the case."""
    phases = tuple(phase.label for phase in desk.exercise.comparison.phases)
    return compare_charts(own, made, grid=grid_for(desk.case), phases=phases, language=desk.case.language)


def _names() -> dict[str, str]:
    return {
        "shapes": _("Shapes"),
        "actions": _("Actions (rectangles)"),
        "decisions": _("Decisions (diamonds)"),
        "documents": _("Documents"),
        "lanes": _("Lanes in use"),
        "ends": _("Ends"),
        "arrows": _("Arrows"),
        "depth": _("Longest way, in shapes"),
        "words": _("Words"),
    }


def _counts(found: ComparedCharts) -> Node:
    names = _names()
    lines = [
        row([names[one.name], str(getattr(found.own, one.name)), str(getattr(found.ai, one.name))])
        for one in fields(Counts)
    ]
    return table(_("What can be counted"), [_("What"), _("Mine"), _("The proposed one")], lines)


def _advice(found: tuple[Advice, ...]) -> Node:
    if not found:
        return notice("ok", text(_("The rules find nothing to mend.")))
    return items([text(one.message) for one in found])


def _picture(title: str, chart: Flowchart, key: str) -> Node:
    try:
        drawn, words = drawn_chart(drawable(chart))
    except PromptlabError as error:
        return notice("error", text(str(error)))
    origin = text(soft(chart.origin)) if chart.origin else None
    return details(title, [picture(drawn, title, words, key=f"chart-{key}"), origin])


def compare_html(desk: Desk) -> str:
    """The counts in words, for a notebook without its kernel."""
    own, made = chart_of(desk.opened()), ai_chart(desk)
    if own is None or made is None:
        nothing = escaped(_("Nothing to compare yet."))
        return f"<p>{nothing}</p>"
    found, names = compared(desk, own, made), _names()
    return unordered(
        [
            escaped(
                _(
                    "{what}: mine {own}, the proposed one {ai}",
                    what=names[one.name],
                    own=getattr(found.own, one.name),
                    ai=getattr(found.ai, one.name),
                )
            )
            for one in fields(Counts)
        ]
    )
