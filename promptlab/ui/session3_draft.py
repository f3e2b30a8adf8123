"""An unfinished flowchart: what it lacks in words, and a picture of it all the same."""

from collections.abc import Iterator, Set
from dataclasses import replace

from promptlab.messages import _
from promptlab.model.flowchart import Edge, Flowchart, Lane, Node
from promptlab.ui.session3_chart import ANSWERS, Gap, exits_of, free_id

_OPEN = "…"


def gaps(chart: Flowchart) -> tuple[Gap, ...]:
    """What is missing before the flowchart is complete, shape by shape; empty where nothing is."""
    return tuple(_gaps(chart))


def _gaps(chart: Flowchart) -> Iterator[Gap]:
    if not chart.title.strip():
        yield Gap(_("The flowchart has no title: write it above."))
    for rank, lane in enumerate(chart.lanes, 1):
        if not lane.name.strip():
            yield Gap(_("Lane {rank} has no name: write who acts in it.", rank=rank))
    yield from _missing_kinds({node.kind for node in chart.nodes})
    ids = {node.id for node in chart.nodes}
    for rank, node in enumerate(chart.nodes, 1):
        leaving = [edge for edge in exits_of(chart, node.id) if edge.target in ids]
        if not node.text.strip():
            yield Gap(_("Shape {rank} is empty: write what is done.", rank=rank), node.id)
        if node.kind == "decision" and len(leaving) < 2:
            yield Gap(_("Shape {rank} is a decision: choose where each answer leads.", rank=rank), node.id)
        elif node.kind in ("start", "action") and not leaving:
            yield Gap(_("Shape {rank} leads nowhere: choose what comes next.", rank=rank), node.id)


def _missing_kinds(kinds: Set[str]) -> Iterator[Gap]:
    if "start" not in kinds:
        yield Gap(_("There is no start: give one shape the kind “start”."))
    if "end" not in kinds:
        yield Gap(_("There is no end: give one shape the kind “end”."))
    if not kinds & {"action", "decision"}:
        yield Gap(_("Nothing is done yet: add the first shape with the button “+” of the line before it."))


def drawable(chart: Flowchart, language: str = "fr") -> Flowchart:
    """`chart` as it can be drawn: what is missing is shown by “…”, so that the picture follows every change."""
    lanes = tuple(replace(lane, name=lane.name.strip() or _OPEN) for lane in chart.lanes) or (Lane("lane1", _OPEN),)
    known = {lane.id for lane in lanes}
    nodes = tuple(
        replace(node, text=node.text.strip() or _OPEN, lane=node.lane if node.lane in known else lanes[0].id)
        for node in chart.nodes
    ) or (Node("n1", "start", _OPEN, lanes[0].id),)
    ids = {node.id for node in nodes}
    edges = [edge for edge in chart.edges if edge.source in ids and edge.target in ids]
    drawn = Flowchart(chart.title.strip() or _OPEN, lanes, nodes, tuple(dict.fromkeys(edges)), chart.origin)
    for node in nodes:
        if node.kind == "decision":
            drawn = _closed(drawn, node, ANSWERS.get(language, ANSWERS["fr"]))
    return drawn


def _closed(chart: Flowchart, node: Node, answers: tuple[str, str]) -> Flowchart:
    """`chart` with an open end at every answer that this decision lacks, and a label on each arrow."""
    leaving = list(exits_of(chart, node.id))
    free = [answer for answer in answers if answer not in {edge.label for edge in leaving}]
    labelled = [edge if edge.label else replace(edge, label=free.pop(0) if free else _OPEN) for edge in leaving]
    nodes, edges = list(chart.nodes), [edge for edge in chart.edges if edge.source != node.id]
    for answer in free[: max(0, 2 - len(labelled))]:
        end = Node(free_id("open", (each.id for each in nodes)), "end", "?", node.lane)
        nodes.append(end)
        labelled.append(Edge(node.id, end.id, answer))
    return replace(chart, nodes=tuple(nodes), edges=(*edges, *labelled))
