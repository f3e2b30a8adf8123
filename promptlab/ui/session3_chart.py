"""A flowchart in the making: what a pupil does to it, one small change at a time, and how it is kept in the copie."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from promptlab.errors import BadInput
from promptlab.flowchart.faults import KINDS, LONGEST_TEXT, MOST_LANES, MOST_NODES
from promptlab.messages import _
from promptlab.model.copie import Copie
from promptlab.model.flowchart import Edge, Flowchart, Lane, Node, NodeKind
from promptlab.review.texts import cleaned
from promptlab.review.writing import keep_work

WORK, VERSION = "flowchart", 1
ANSWERS = {"fr": ("oui", "non"), "en": ("yes", "no"), "es": ("sí", "no")}


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that a flowchart still lacks; `node` is the id of its shape, "" for the whole."""

    message: str
    node: str = ""


# ---------------------------------------------------------------- in the copie


def chart_of(copie: Copie) -> Flowchart | None:
    """The flowchart of the copie, finished or not; None where none is begun."""
    work = copie.work(WORK)
    value = work.content.value if work else None
    return from_values(value) if isinstance(value, dict) else None


def keep_chart(copie: Copie, chart: Flowchart) -> Copie:
    """`copie` with this flowchart."""
    return keep_work(copie, WORK, VERSION, values_of(chart))


def values_of(chart: Flowchart) -> dict[str, Any]:
    """The values of a flowchart file, as JSON has them; the chart may be unfinished."""
    return {
        "title": chart.title,
        "origin": chart.origin,
        "lane": [{"id": lane.id, "name": lane.name} for lane in chart.lanes],
        "node": [_node_values(chart, node) for node in chart.nodes],
    }


def from_values(values: dict[str, Any]) -> Flowchart:
    """The flowchart that these values describe; what is no text or no list in them counts as absent."""
    lanes = tuple(Lane(_text(entry, "id"), _text(entry, "name")) for entry in _tables(values, "lane"))
    nodes, edges = [], []
    for entry in _tables(values, "node"):
        kind: NodeKind = next((known for known in KINDS if known == entry.get("kind")), "action")
        node = Node(_text(entry, "id"), kind, _text(entry, "text"), _text(entry, "lane"))
        nodes.append(node)
        following, exits = entry.get("next", []), entry.get("exits", {})
        listed = following if isinstance(following, list) else [following]
        edges += [Edge(node.id, target) for target in listed if isinstance(target, str) and target]
        pairs = exits.items() if isinstance(exits, dict) else ()
        edges += [Edge(node.id, target, str(label)) for label, target in pairs if isinstance(target, str) and target]
    return Flowchart(_text(values, "title"), lanes, tuple(nodes), tuple(edges), _text(values, "origin"))


def _node_values(chart: Flowchart, node: Node) -> dict[str, Any]:
    leaving = [edge for edge in chart.edges if edge.source == node.id]
    values: dict[str, Any] = {"id": node.id, "kind": node.kind, "lane": node.lane, "text": node.text}
    if following := [edge.target for edge in leaving if not edge.label]:
        values["next"] = following[0] if len(following) == 1 else following
    if exits := {edge.label: edge.target for edge in leaving if edge.label}:
        values["exits"] = exits
    return values


def _text(values: dict[str, Any], key: str) -> str:
    found = values.get(key, "")
    return found if isinstance(found, str) else ""


def _tables(values: dict[str, Any], key: str) -> list[dict[str, Any]]:
    found = values.get(key)
    return [entry for entry in found if isinstance(entry, dict)] if isinstance(found, list) else []


# ---------------------------------------------------------------- changes


def empty_chart(title: str, lanes: Iterable[str]) -> Flowchart:
    """A beginning and an end in the first of `lanes`, joined by an arrow."""
    named = tuple(Lane(f"lane{rank}", name) for rank, name in enumerate(lanes, 1))
    nodes = (Node("n1", "start", _("Start"), named[0].id), Node("n2", "end", _("End"), named[0].id))
    return Flowchart(title, named, nodes, (Edge("n1", "n2"),))


def node_at(chart: Flowchart, node: str) -> Node:
    """The shape with that id. Raises BadInput."""
    for found in chart.nodes:
        if found.id == node:
            return found
    raise BadInput(_("This shape is not in the flowchart any more."))


def add_node(chart: Flowchart, after: str = "", kind: NodeKind = "action") -> Flowchart:
    """`chart` with a new shape after the shape `after` (the last one without it), taken into its arrow.

    Raises BadInput where the page is full.
    """
    if len(chart.nodes) >= MOST_NODES:
        raise BadInput(_("A page holds at most {most} shapes.", most=MOST_NODES))
    before = node_at(chart, after) if after else chart.nodes[-1] if chart.nodes else None
    lane = before.lane if before else chart.lanes[0].id
    node = Node(free_id("n", (known.id for known in chart.nodes)), kind, "", lane)
    place = chart.nodes.index(before) + 1 if before else 0
    nodes = (*chart.nodes[:place], node, *chart.nodes[place:])
    if before is None or before.kind in ("decision", "end"):
        return replace(chart, nodes=nodes)
    onward = [edge for edge in chart.edges if edge.source == before.id]
    kept = [edge for edge in chart.edges if edge.source != before.id]
    moved = [replace(edge, source=node.id) for edge in onward] if kind != "end" else []
    return replace(chart, nodes=nodes, edges=(*kept, Edge(before.id, node.id), *moved))


def remove_node(chart: Flowchart, node: str) -> Flowchart:
    """`chart` without that shape: arrows to it go on to the one that came next, where there was just one."""
    gone = node_at(chart, node)
    onward = [edge.target for edge in chart.edges if edge.source == node and edge.target != node]
    edges: list[Edge] = []
    for edge in chart.edges:
        if edge.source == node:
            continue
        if edge.target == node:
            if len(onward) != 1 or edge.source == onward[0]:
                continue
            edge = replace(edge, target=onward[0])  # noqa: PLW2901
        if edge not in edges:
            edges.append(edge)
    return replace(chart, nodes=tuple(each for each in chart.nodes if each != gone), edges=tuple(edges))


def move_node(chart: Flowchart, node: str, by: int) -> Flowchart:
    """`chart` with that shape `by` places later in the list (earlier where negative); the arrows stay."""
    nodes = list(chart.nodes)
    moved = node_at(chart, node)
    place = nodes.index(moved)
    nodes.remove(moved)
    nodes.insert(min(max(place + by, 0), len(nodes)), moved)
    return replace(chart, nodes=tuple(nodes))


def set_text(chart: Flowchart, node: str, text: str) -> Flowchart:
    """`chart` with `text` in that shape. Raises BadInput where it is too long."""
    plain = " ".join(cleaned(text, where=_("text of the shape"), most=LONGEST_TEXT).split())
    return _with(chart, replace(node_at(chart, node), text=plain))


def set_lane(chart: Flowchart, node: str, lane: str) -> Flowchart:
    """`chart` with that shape in that lane. Raises BadInput where there is no such lane."""
    if lane not in {known.id for known in chart.lanes}:
        raise BadInput(_("This lane is not in the flowchart any more."))
    return _with(chart, replace(node_at(chart, node), lane=lane))


def set_kind(chart: Flowchart, node: str, kind: str, language: str = "fr") -> Flowchart:
    """`chart` with that shape of another kind: a decision gets labels for its arrows, any other loses them."""
    known = next((each for each in KINDS if each == kind), None)
    if known is None:
        raise BadInput(_("“{kind}” is no shape. Choose: {kinds}.", kind=kind, kinds=", ".join(KINDS)))
    changed = _with(chart, replace(node_at(chart, node), kind=known))
    leaving = [edge for edge in chart.edges if edge.source == node]
    if known == "end":
        leaving = []
    elif known == "decision":
        names = [*ANSWERS.get(language, ANSWERS["fr"])]
        leaving = [edge if edge.label else replace(edge, label=names[rank % 2]) for rank, edge in enumerate(leaving)]
    else:
        leaving = list(dict.fromkeys(replace(edge, label="") for edge in leaving))
    others = [edge for edge in chart.edges if edge.source != node]
    return replace(changed, edges=(*others, *leaving))


def exits_of(chart: Flowchart, node: str) -> tuple[Edge, ...]:
    """The arrows that leave a shape, in their order."""
    return tuple(edge for edge in chart.edges if edge.source == node)


def set_exit(chart: Flowchart, node: str, label: str, target: str, *, rank: int = 0) -> Flowchart:
    """`chart` with an arrow to `target` ("" for none): that called `label`, or without labels the one of `rank`."""
    if target:
        node_at(chart, target)
    leaving = list(exits_of(chart, node))
    if label:
        old = next((place for place, edge in enumerate(leaving) if edge.label == label), None)
    else:
        old = rank if rank < len(leaving) else None
    new = [Edge(node, target, label)] if target else []
    place = len(leaving) if old is None else old
    changed = [*leaving[:place], *new, *leaving[place + (old is not None) :]]
    others = [edge for edge in chart.edges if edge.source != node]
    return replace(chart, edges=(*others, *dict.fromkeys(changed)))


def set_title(chart: Flowchart, title: str) -> Flowchart:
    """`chart` under another title. Raises BadInput where it is too long."""
    return replace(chart, title=" ".join(cleaned(title, where=_("title"), most=LONGEST_TEXT).split()))


def add_lane(chart: Flowchart) -> Flowchart:
    """`chart` with one lane more, to be named. Raises BadInput where the page is full."""
    if len(chart.lanes) >= MOST_LANES:
        raise BadInput(_("A page holds at most {most} lanes.", most=MOST_LANES))
    lane = Lane(free_id("lane", (known.id for known in chart.lanes)), "")
    return replace(chart, lanes=(*chart.lanes, lane))


def name_lane(chart: Flowchart, lane: str, name: str) -> Flowchart:
    """`chart` with another name for that lane. Raises BadInput where it is too long."""
    plain = " ".join(cleaned(name, where=_("name of the lane"), most=LONGEST_TEXT).split())
    return replace(chart, lanes=tuple(replace(each, name=plain) if each.id == lane else each for each in chart.lanes))


def remove_lane(chart: Flowchart, lane: str) -> Flowchart:
    """`chart` without that lane. Raises BadInput while shapes stand in it, and for the last lane."""
    inside = sum(node.lane == lane for node in chart.nodes)
    if inside:
        raise BadInput(_("{count} shapes stand in this lane: put them into another one first.", count=inside))
    if len(chart.lanes) == 1:
        raise BadInput(_("A flowchart needs a lane: rename this one."))
    return replace(chart, lanes=tuple(each for each in chart.lanes if each.id != lane))


def free_id(stem: str, taken: Iterable[str]) -> str:
    """The first of stem1, stem2 … that is not taken."""
    known, number = set(taken), 1
    while f"{stem}{number}" in known:
        number += 1
    return f"{stem}{number}"


def _with(chart: Flowchart, node: Node) -> Flowchart:
    return replace(chart, nodes=tuple(node if each.id == node.id else each for each in chart.nodes))
