"""The flowchart built without drawing: a row for each shape, the picture after every change, advice in words."""

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from promptlab.errors import PromptlabError
from promptlab.flowchart import load_flowchart, render, to_text
from promptlab.flowchart.advice import advise
from promptlab.flowchart.layout import lay_out
from promptlab.messages import _
from promptlab.model.copie import Copie
from promptlab.model.flowchart import Flowchart
from promptlab.review.history import last_edit
from promptlab.table.markup import text as escaped
from promptlab.ui.desk import Desk
from promptlab.ui.session3_chart import (
    WORK,
    add_lane,
    add_node,
    chart_of,
    empty_chart,
    keep_chart,
    name_lane,
    remove_lane,
    remove_node,
    set_kind,
    set_lane,
    set_text,
    set_title,
)
from promptlab.ui.session3_draft import drawable, gaps
from promptlab.ui.session3_shapes import Change, bound, shapes_table
from promptlab.ui.still_picture import image_html
from promptlab.ui.trimmed import trimmed
from promptlab.ui.view import (
    File,
    Node,
    bar,
    button,
    download,
    fieldset,
    group,
    heading,
    items,
    notice,
    picture,
    text,
    text_field,
    wide,
)
from promptlab.ui.work import WorkPanel

AREA = f"works/{WORK}"


class FlowchartPanel(WorkPanel):
    """The form on which the flowchart is built."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, _("My flowchart"))

    # ------------------------------------------------------------ what is shown

    @property
    def language(self) -> str:
        """The language of the answers to a decision: that of the case."""
        return self.at.case.language

    def body(self, copie: Copie) -> Node:
        """Where to begin, or the form and the picture of what there is."""
        chart = chart_of(copie)
        if chart is None:
            return self._beginning()
        return group(
            [
                self._title_field(chart),
                self._lanes(chart),
                wide(shapes_table(chart, self), _("The shapes of the flowchart")),
                self._bar(copie),
                self._missing(chart),
                self._advice(chart),
                self._picture(chart),
            ]
        )

    def _beginning(self) -> Node:
        shipped = button(_("Begin from the flowchart of the case"), "chart-shipped", self.take_shipped)
        return group(
            [
                text(_("List the shapes one after the other: promptlab draws them.")),
                bar(
                    [
                        button(_("Begin from an empty flowchart"), "chart-empty", self.take_empty, tone="main"),
                        shipped if self._shipped().is_file() else None,
                    ]
                ),
            ]
        )

    def _title_field(self, chart: Flowchart) -> Node:
        return text_field(_("Title"), chart.title, "chart-title", lambda words: self._type("title", set_title, words))

    def _lanes(self, chart: Flowchart) -> Node:
        entries: list[Node | None] = []
        for rank, lane in enumerate(chart.lanes, 1):
            field = text_field(
                _("Lane {rank}", rank=rank), lane.name, f"lane-{lane.id}", bound(self.rename_lane, lane.id)
            )
            says = _("Remove lane {rank}", rank=rank)
            entries.append(bar([field, button("✕", f"lane-drop-{lane.id}", bound(self.drop_lane, lane.id), says=says)]))
        entries.append(button(_("Add a lane"), "lane-add", lambda: self.change(add_lane)))
        return fieldset(_("Who acts? One lane for each"), entries)

    def _bar(self, copie: Copie) -> Node:
        before, after = last_edit(copie.past, (AREA,)), last_edit(copie.undone, (AREA,))
        return bar(
            [
                button(_("Undo"), "chart-undo", lambda: _none(self.at.undo(AREA)), disabled=before is None),
                button(_("Redo"), "chart-redo", lambda: _none(self.at.redo(AREA)), disabled=after is None),
                download(_("Download the picture (PNG)"), "chart-png", lambda: self.file("png")),
                download(_("Download the drawing (SVG)"), "chart-svg", lambda: self.file("svg")),
            ]
        )

    def _missing(self, chart: Flowchart) -> Node | None:
        found = gaps(chart)
        if not found:
            return notice("ok", text(_("The flowchart is complete.")), key="chart-state")
        return notice("warn", text(_("Still missing:")), items([text(gap.message) for gap in found]), key="chart-state")

    def _advice(self, chart: Flowchart) -> Node | None:
        if gaps(chart):
            return None
        phases = tuple(phase.label for phase in self.at.exercise.comparison.phases)
        found = advise(chart, phases=phases, language=self.language)
        if not found:
            return None
        said = [heading(_("Advice"), 4), items([text(advice.message) for advice in found])]
        return notice("info", *said, key="chart-advice")

    def _picture(self, chart: Flowchart) -> Node:
        try:
            drawn, words = drawn_chart(drawable(chart, self.language))
        except PromptlabError as error:
            return notice("error", text(str(error)), key="chart-picture")
        return picture(drawn, _("The flowchart: {title}", title=chart.title), words, key="chart-picture")

    # ------------------------------------------------------------ what is done

    def take_empty(self) -> None:
        """Begin with a start and an end."""
        lanes = [_("Customer"), self.at.case.company.name or _("Company")]
        self._keep(empty_chart(_("Handling a complaint"), lanes))

    def take_shipped(self) -> None:
        """Begin with the flowchart that comes with the case."""
        self._keep(load_flowchart(self._shipped()))

    def write(self, node: str, words: str) -> None:
        """Write into a shape."""
        self._type(f"text-{node}", lambda chart, said: set_text(chart, node, said), words)

    def rename_lane(self, lane: str, words: str) -> None:
        """Name a lane."""
        self._type(f"lane-{lane}", lambda chart, said: name_lane(chart, lane, said), words)

    def drop_lane(self, lane: str) -> None:
        """Remove an empty lane."""
        self.change(lambda chart: remove_lane(chart, lane))

    def rekind(self, node: str, kind: str) -> None:
        """Give a shape another kind."""
        self.change(lambda chart: set_kind(chart, node, kind, self.language))

    def relane(self, node: str, lane: str) -> None:
        """Put a shape into another lane."""
        self.change(lambda chart: set_lane(chart, node, lane))

    def insert(self, node: str) -> None:
        """Add a shape after another one, and go there."""
        self.change(lambda chart: add_node(chart, node))
        chart = self._chart()
        place = [each.id for each in chart.nodes].index(node)
        self.focus(f"text-{chart.nodes[place + 1].id}")
        self.say(_("Shape {rank} added.", rank=place + 2))

    def drop(self, node: str) -> None:
        """Remove a shape, and go to the one before it."""
        ids = [each.id for each in self._chart().nodes]
        self.change(lambda chart: remove_node(chart, node))
        left = [each.id for each in self._chart().nodes]
        if left:
            self.focus(f"text-{left[max(0, ids.index(node) - 1)]}")
        self.say(_("Shape removed."))

    def file(self, form: str) -> File:
        """The drawing as a file. Raises BadInput where it cannot be drawn."""
        drawn = drawable(self._chart(), self.language)
        mime = {"png": "image/png", "svg": "image/svg+xml"}[form]
        content = render(drawn, "png") if form == "png" else render(drawn, "svg")
        return File(_("flowchart-{pupils}", pupils="+".join(self.copie.pupils)) + f".{form}", content, mime)

    def _shipped(self) -> Path:
        return self.at.case.folder / "flowchart.toml"

    def _chart(self) -> Flowchart:
        return chart_of(self.copie) or Flowchart("", (), (), ())

    def change(self, change: Change) -> None:
        """Do `change` to the flowchart and save. BadInput of the change is raised."""
        self.at.change(lambda copie: keep_chart(copie, change(chart_of(copie) or self._chart())))

    def _type(self, key: str, change: Callable[[Flowchart, str], Flowchart], words: str) -> None:
        self.at.change(lambda copie: keep_chart(copie, change(chart_of(copie) or self._chart(), words)), typing=key)

    def _keep(self, chart: Flowchart) -> None:
        self.at.change(lambda copie: keep_chart(copie, chart))


def chart_html(desk: Desk) -> str:
    """The flowchart of the copie as a picture with its numbered text, for a notebook without its kernel."""
    chart = chart_of(desk.opened())
    if chart is None:
        nothing = escaped(_("No flowchart yet."))
        return f"<p>{nothing}</p>"
    try:
        drawn, words = drawn_chart(drawable(chart, desk.case.language))
    except PromptlabError as error:
        return f"<p>{escaped(str(error))}</p>"
    title = _("The flowchart: {title}", title=chart.title)
    return image_html(drawn, title, words, summary=_("The flowchart in words"))


@lru_cache(maxsize=8)
def drawn_chart(chart: Flowchart) -> tuple[bytes, str]:
    """The picture of a flowchart as SVG, without the empty paper below it, and the same in words."""
    return trimmed(render(chart, "svg"), lay_out(chart)), to_text(chart)


def _none(_copie: Copie) -> None:
    """What a button does gives nothing back."""
