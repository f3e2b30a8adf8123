"""Writes a flowchart as numbered text: what a screen reader reads in place of the picture."""

from promptlab.flowchart.faults import check
from promptlab.flowchart.rows import reading_order
from promptlab.flowchart.wrapping import clean
from promptlab.messages import _
from promptlab.model.flowchart import Edge, Flowchart, Node


def to_text(flowchart: Flowchart) -> str:
    """One numbered line for each shape, in reading order: who, which shape, its text, and what comes next.

    Raises BadInput where the flowchart has faults.
    """
    check(flowchart)
    order, _backward = reading_order(flowchart)
    numbers = {node.id: number for number, node in enumerate(order, 1)}
    lanes = {lane.id: clean(lane.name) for lane in flowchart.lanes}
    leaving: dict[str, list[Edge]] = {node.id: [] for node in flowchart.nodes}
    for edge in flowchart.edges:
        leaving[edge.source].append(edge)
    lines = [clean(flowchart.title), _("Lanes: {names}", names=" ; ".join(lanes.values())), ""]
    for node in order:
        what = _("{kind}: {text}", kind=_kind(node), text=clean(node.text))
        lines.append(f"{numbers[node.id]}. [{lanes[node.lane]}] {what}{_next(leaving[node.id], numbers)}")
    if flowchart.origin.strip():
        lines += ["", clean(flowchart.origin)]
    return "\n".join(lines) + "\n"


def _kind(node: Node) -> str:
    return {
        "start": _("Start"),
        "end": _("End"),
        "action": _("Action"),
        "decision": _("Decision"),
        "document": _("Document"),
    }[node.kind]


def _next(edges: list[Edge], numbers: dict[str, int]) -> str:
    exits = []
    for edge in edges:
        label = clean(edge.label)
        exits.append(f"{label} → {numbers[edge.target]}" if label else f"→ {numbers[edge.target]}")
    return f" ({' ; '.join(exits)})" if exits else ""
