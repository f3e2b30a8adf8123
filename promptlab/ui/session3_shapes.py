"""The rows of the form on which a flowchart is built: one for each shape."""

from collections.abc import Callable
from typing import Protocol

from promptlab.flowchart.faults import KINDS
from promptlab.messages import _
from promptlab.model.flowchart import Flowchart
from promptlab.model.flowchart import Node as Shape
from promptlab.ui.session3_chart import ANSWERS, exits_of, move_node, set_exit
from promptlab.ui.view import Child, Node, bar, button, choice, row, table, text, text_area

Change = Callable[[Flowchart], Flowchart]


class Editor(Protocol):
    """What a row can have done to the flowchart."""

    @property
    def language(self) -> str:
        """The language of the answers to a decision."""
        ...

    def change(self, change: Change) -> None:
        """Do any change."""
        ...

    def write(self, node: str, words: str) -> None:
        """Write into a shape."""
        ...

    def rekind(self, node: str, kind: str) -> None:
        """Give a shape another kind."""
        ...

    def relane(self, node: str, lane: str) -> None:
        """Put a shape into another lane."""
        ...

    def insert(self, node: str) -> None:
        """Add a shape after another one."""
        ...

    def drop(self, node: str) -> None:
        """Remove a shape."""
        ...


def shapes_table(chart: Flowchart, editor: Editor) -> Node:
    """One row for each shape of `chart`; what is done in it goes to `editor`."""
    head = [_("Shape and lane"), _("Text"), _("Next"), _("Actions")]
    lines = [_Row(chart, editor, rank, node).view() for rank, node in enumerate(chart.nodes, 1)]
    return table(_("One row for each shape"), head, lines, look="form")


def bound(do: Callable[..., None], *given: str) -> Callable[..., None]:
    """`do` with its first arguments given."""
    return lambda *more: do(*given, *more)


class _Row:
    """The row of one shape."""

    def __init__(self, chart: Flowchart, editor: Editor, rank: int, node: Shape) -> None:
        self.chart, self.editor, self.rank, self.node = chart, editor, rank, node
        self.name = _("Shape {rank}", rank=rank)

    def view(self) -> Node:
        """Kind, lane, text, what comes next, what can be done."""
        node, editor, name = self.node, self.editor, self.name
        key = node.id
        kind = choice(
            _("{shape}: kind", shape=name),
            node.kind,
            _kinds(),
            f"kind-{key}",
            bound(editor.rekind, key),
            hide_label=True,
        )
        lanes = [(lane.id, lane.name or "…") for lane in self.chart.lanes]
        lane = choice(
            _("{shape}: lane", shape=name), node.lane, lanes, f"in-{key}", bound(editor.relane, key), hide_label=True
        )
        words = text_area(
            _("{shape}: text", shape=name), node.text, f"text-{key}", bound(editor.write, key), rows=3, hide_label=True
        )
        what = [text(f"{self.rank}."), kind, lane]
        cells: list[Child | list[Node]] = [what, words, self._exits(), self._actions()]
        return row(cells, key=f"shape-{key}")

    def _exits(self) -> list[Node]:
        leaving = exits_of(self.chart, self.node.id)
        if self.node.kind == "end":
            return [text("–")]
        if self.node.kind == "decision":
            known = ANSWERS.get(self.editor.language, ANSWERS["fr"])
            labels = dict.fromkeys([*known, *(edge.label for edge in leaving if edge.label)])
            ends = {edge.label: edge.target for edge in leaving}
            return [self._exit(label, 0, ends.get(label, "")) for label in labels]
        return [self._exit("", place, end) for place, end in enumerate([*(edge.target for edge in leaving), ""])]

    def _exit(self, label: str, place: int, end: str) -> Node:
        node, editor = self.node, self.editor
        options = [("", _("(nothing else)") if place else _("(choose)"))]
        others = enumerate(self.chart.nodes, 1)
        options += [(other.id, _short(rank, other)) for rank, other in others if other.id != node.id]
        if label:
            words = _("{rank}. {answer} →", rank=self.rank, answer=label)
        else:
            words = _("{shape}: next as well", shape=self.name) if place else _("{shape}: next", shape=self.name)

        def lead(target: str) -> None:
            editor.change(lambda chart: set_exit(chart, node.id, label, target, rank=place))

        return choice(words, end, options, f"exit-{node.id}-{label or place}", lead, hide_label=not label)

    def _actions(self) -> list[Node]:
        key, name, editor = self.node.id, self.name, self.editor

        def move(by: int) -> Callable[[], None]:
            return lambda: editor.change(lambda chart: move_node(chart, key, by))

        return [
            bar(
                [
                    button(
                        "+", f"add-{key}", bound(editor.insert, key), says=_("{shape}: add one after it", shape=name)
                    ),
                    button("↑", f"up-{key}", move(-1), says=_("{shape}: up", shape=name)),
                    button("↓", f"down-{key}", move(1), says=_("{shape}: down", shape=name)),
                    button("✕", f"drop-{key}", bound(editor.drop, key), says=_("{shape}: remove", shape=name)),
                ]
            )
        ]


def _kinds() -> list[tuple[str, str]]:
    names = {
        "start": _("Start"),
        "end": _("End"),
        "action": _("Action"),
        "decision": _("Decision"),
        "document": _("Document"),
    }
    return [(kind, names[kind]) for kind in KINDS]


def _short(rank: int, shape: Shape) -> str:
    short = shape.text if len(shape.text) <= 40 else shape.text[:39].rstrip() + "…"
    return f"{rank}. {short or '…'}"
