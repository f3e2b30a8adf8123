"""Finds what keeps a flowchart from being drawn: each fault with its place and the next action."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import get_args

from promptlab.errors import BadInput
from promptlab.files.nearest import nearest_hint
from promptlab.messages import _
from promptlab.model.flowchart import Edge, Flowchart, Node, NodeKind

KINDS: tuple[NodeKind, ...] = get_args(NodeKind)
# Beyond this an A4 page cannot be read, and a forged file would only keep the machine busy.
MOST_NODES = 150
MOST_EDGES = 400
MOST_LANES = 12
LONGEST_TEXT = 2000
EXITS_FORM = 'exits = { oui = "…", non = "…" }'


def faults(flowchart: Flowchart) -> tuple[str, ...]:
    """Every structural fault, in the order of the file; empty when the flowchart can be drawn.

    Weaknesses of style (a verb that is no infinitive, a dead end) are no faults.
    """
    return (*_lane_faults(flowchart), *_node_faults(flowchart), *_edge_faults(flowchart))


def check(flowchart: Flowchart) -> None:
    """Raises BadInput that lists all faults of a flowchart, when it has any."""
    found = faults(flowchart)
    if found:
        raise BadInput(fault_list(_("The flowchart “{title}”", title=flowchart.title), found))


def fault_list(where: str, found: Iterable[str]) -> str:
    """The message for all faults of one flowchart, one a line."""
    lines = "\n".join(f"- {fault}" for fault in found)
    return _("{where} cannot be used. Correct this, then try again:", where=where) + f"\n{lines}"


def nearest(asked: str, known: Iterable[str]) -> str:
    """A closing sentence that names the nearest known id, else all of them."""
    names = list(dict.fromkeys(known))
    if hint := nearest_hint(asked, names):
        return hint.strip()
    shown = ", ".join(names[:30]) or "-"
    return _("The known ids are: {names}.", names=shown)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a table stands in its file; put into words only in a message."""

    table: str
    rank: int
    id: str

    def __str__(self) -> str:
        return place_of(self.table, self.rank, self.id)


def place_of(table: str, rank: int, id_: object) -> str:
    """Where a table stands in its file, such as `node 3 (id = "verifier")`."""
    return f'{table} {rank} (id = "{id_}")'


def _lane_faults(flowchart: Flowchart) -> Iterator[str]:
    if not flowchart.title.strip():
        yield _('title: the flowchart has no title. Write title = "…" at the top.')
    if not flowchart.lanes:
        yield _("lane: there is no lane. Write one [[lane]] with id and name for each actor.")
    if len(flowchart.lanes) > MOST_LANES:
        count = len(flowchart.lanes)
        yield _("lane: {count} lanes do not fit on a page. Keep at most {most}.", count=count, most=MOST_LANES)
    for rank, lane in enumerate(flowchart.lanes, 1):
        where = _Place("lane", rank, lane.id)
        if not lane.name.strip():
            yield _("{where}, name: the name is missing. Say who acts in this lane.", where=where)
        if len(lane.name) > LONGEST_TEXT:
            yield _too_long(where, "name", lane.name)
    for id_, count in Counter(lane.id for lane in flowchart.lanes).items():
        if count > 1:
            yield _("lane, id: “{id}” is used {count} times. Give each lane its own id.", id=id_, count=count)


def _node_faults(flowchart: Flowchart) -> Iterator[str]:
    if not flowchart.nodes:
        yield _("node: there is no shape. Write one [[node]] for each step.")
    if len(flowchart.nodes) > MOST_NODES:
        count = len(flowchart.nodes)
        yield _("node: {count} shapes do not fit on a page. Keep at most {most}.", count=count, most=MOST_NODES)
    lanes, kinds = {lane.id for lane in flowchart.lanes}, ", ".join(KINDS)
    for rank, node in enumerate(flowchart.nodes, 1):
        where = _Place("node", rank, node.id)
        if not node.text.strip():
            yield _("{where}, text: the text is missing. Write what is done there.", where=where)
        if len(node.text) > LONGEST_TEXT:
            yield _too_long(where, "text", node.text)
        if node.kind not in KINDS:
            yield _("{where}, kind: “{kind}” is no shape. Choose: {kinds}.", where=where, kind=node.kind, kinds=kinds)
        if node.lane not in lanes:
            hint = nearest(node.lane, (lane.id for lane in flowchart.lanes))
            yield _("{where}, lane: there is no lane “{lane}”. {hint}", where=where, lane=node.lane, hint=hint)
    for id_, count in Counter(node.id for node in flowchart.nodes).items():
        if count > 1:
            yield _("node, id: “{id}” is used {count} times. Give each shape its own id.", id=id_, count=count)


def _too_long(where: _Place, key: str, text: str) -> str:
    return _(
        "{where}, {key}: {count} characters are too many for a shape. Keep at most {most}.",
        where=where,
        key=key,
        count=len(text),
        most=LONGEST_TEXT,
    )


def _edge_faults(flowchart: Flowchart) -> Iterator[str]:
    nodes = {node.id: _Place("node", rank, node.id) for rank, node in enumerate(flowchart.nodes, 1)}
    if len(flowchart.edges) > MOST_EDGES:
        count = len(flowchart.edges)
        yield _("next: {count} arrows do not fit on a page. Keep at most {most}.", count=count, most=MOST_EDGES)
    exits: dict[str, list[Edge]] = {}
    for edge in flowchart.edges:
        exits.setdefault(edge.source, []).append(edge)
        if edge.source not in nodes:
            hint = nearest(edge.source, nodes)
            target = edge.target
            yield _("arrow to “{target}”: there is no shape “{id}”. {hint}", target=target, id=edge.source, hint=hint)
        elif edge.target not in nodes:
            key, hint = f"exits.{edge.label}" if edge.label else "next", nearest(edge.target, nodes)
            where = nodes[edge.source]
            yield _("{where}, {key}: there is no shape “{id}”. {hint}", where=where, key=key, id=edge.target, hint=hint)
    for node in flowchart.nodes:
        yield from _exit_faults(node, nodes[node.id], exits.get(node.id, []))


def _exit_faults(node: Node, where: _Place, edges: list[Edge]) -> Iterator[str]:
    labels = [edge.label.strip() for edge in edges]
    if node.kind == "decision":
        if len(edges) < 2:
            yield _("{where}, exits: a decision needs two exits. Write {form}.", where=where, form=EXITS_FORM)
        for edge in edges:
            if not edge.label.strip():
                target = edge.target
                yield _(
                    "{where}, exits: “{target}” has no label. Write {form}.",
                    where=where,
                    target=target,
                    form=EXITS_FORM,
                )
    if any(len(label) > LONGEST_TEXT for label in labels):
        yield _too_long(where, "exits", max(labels, key=len))
    for label, count in Counter(label.casefold() for label in labels if label).items():
        if count > 1:
            yield _(
                "{where}, exits: {count} exits are called “{label}”. Rename one.", where=where, count=count, label=label
            )
    for target, count in Counter(edge.target for edge in edges if not edge.label.strip()).items():
        if count > 1:
            yield _(
                "{where}, next: “{target}” stands there {count} times. Keep it once.",
                where=where,
                target=target,
                count=count,
            )
