"""Gives every node of a flowchart its row: down the page in reading order, one node to a row of its lane."""

from collections.abc import Iterable
from dataclasses import dataclass

from promptlab.model.flowchart import Edge, Flowchart, Node


@dataclass(frozen=True, slots=True)
class Grid:
    """The row of every node by id, the nodes in reading order, and the edges that lead back up."""

    rows: dict[str, int]
    order: tuple[Node, ...]
    backward: frozenset[Edge]

    @property
    def count(self) -> int:
        """How many rows there are."""
        return max(self.rows.values(), default=-1) + 1


def reading_order(flowchart: Flowchart) -> tuple[tuple[Node, ...], frozenset[Edge]]:
    """The nodes so that each comes after those that lead to it, and the edges that close a loop.

    Nodes that are free to come next keep the order of the file.
    """
    backward = _backward(flowchart)
    waiting = {node.id: 0 for node in flowchart.nodes}
    leaving: dict[str, list[str]] = {node.id: [] for node in flowchart.nodes}
    for edge in flowchart.edges:
        if edge not in backward:
            waiting[edge.target] += 1
            leaving[edge.source].append(edge.target)
    order: list[Node] = []
    left = list(flowchart.nodes)
    while left:
        node = next(node for node in left if not waiting[node.id])
        left.remove(node)
        order.append(node)
        for target in leaving[node.id]:
            waiting[target] -= 1
    return tuple(order), backward


def _backward(flowchart: Flowchart) -> frozenset[Edge]:
    """The edges that a walk from the first nodes of the file finds leading back to a node under way."""
    leaving: dict[str, list[Edge]] = {node.id: [] for node in flowchart.nodes}
    for edge in flowchart.edges:
        leaving[edge.source].append(edge)
    state: dict[str, str] = {}
    found: set[Edge] = set()
    starts = sorted(flowchart.nodes, key=lambda node: node.kind != "start")
    for start in starts:
        walk = [(start.id, iter(leaving[start.id]))] if start.id not in state else []
        state.setdefault(start.id, "under way")
        while walk:
            at, following = walk[-1]
            onward = next(following, None)
            if onward is None:
                state[at] = "done"
                walk.pop()
            elif state.get(onward.target) == "under way":
                found.add(onward)
            elif onward.target not in state:
                state[onward.target] = "under way"
                walk.append((onward.target, iter(leaving[onward.target])))
    return frozenset(found)


def assign_rows(flowchart: Flowchart) -> Grid:
    """The grid of a flowchart: an arrow to a neighbouring lane may stay on its row, any other leads down."""
    order, backward = reading_order(flowchart)
    places = _Places({lane.id: rank for rank, lane in enumerate(flowchart.lanes)})
    arriving: dict[str, list[str]] = {node.id: [] for node in flowchart.nodes}
    for edge in flowchart.edges:
        if edge not in backward:
            arriving[edge.target].append(edge.source)
    for node in order:
        places.put(node, arriving[node.id])
    return Grid(places.rows, order, backward)


class _Places:
    """The cells of the grid that are taken, and the sides of nodes that an arrow along the row has taken."""

    def __init__(self, lanes: dict[str, int]) -> None:
        self.lanes = lanes
        self.rows: dict[str, int] = {}
        self._column: dict[str, int] = {}
        self._taken: set[tuple[int, int]] = set()
        self._sides: set[tuple[str, int]] = set()

    def put(self, node: Node, sources: Iterable[str]) -> None:
        """Put a node on the first row that its sources, and the cells already taken, leave to it."""
        column, before = self.lanes[node.lane], list(dict.fromkeys(sources))
        row = max((self.rows[source] for source in before), default=0)
        beside = [source for source in before if self.rows[source] == row]
        if (row, column) in self._taken or not all(self._is_beside(source, row, column) for source in beside):
            row += bool(before)
            while (row, column) in self._taken:
                row += 1
            beside = []
        for source in beside:
            side = 1 if column > self._column[source] else -1
            self._sides |= {(source, side), (node.id, -side)}
            self._taken.update((row, between) for between in self._between(source, column))
        self.rows[node.id], self._column[node.id] = row, column
        self._taken.add((row, column))

    def _between(self, source: str, column: int) -> range:
        start = self._column[source]
        return range(min(start, column) + 1, max(start, column))

    def _is_beside(self, source: str, row: int, column: int) -> bool:
        """Whether a straight arrow along the row can lead from `source` to this column."""
        side = 1 if column > self._column[source] else -1
        free = all((row, between) not in self._taken for between in self._between(source, column))
        return column != self._column[source] and free and (source, side) not in self._sides
