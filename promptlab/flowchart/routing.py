"""Finds the way of every arrow: right angles, through the gaps between rows and the gutters beside lanes."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from promptlab.flowchart.geometry import Box, Point, Route, Text
from promptlab.flowchart.metrics import Face
from promptlab.flowchart.rows import Grid
from promptlab.flowchart.wrapping import wrap
from promptlab.model.flowchart import Edge, Flowchart

# What makes a way bad, in points of detour: a corner, crossing an arrow, running into one, passing a shape or label,
# or a last piece too short for the head of the arrow.
CORNER = 22.0
CROSSING = 70.0
TOUCHING = 400.0
BLOCKED = 3000.0
LABELLED = 250.0
CRAMPED = 150.0
CLEAR = 3.0
HEAD = 8.5
# How long a line of a label may be, in units of the font size.
LABEL_WIDTH = 6.5
GUTTERS = (3.5, 7.0)
TRACKS = (0.5, 0.34, 0.66)
# A level piece no longer than this leads to the lane's border at most: a label must not stand on the line there.
SHORT = 13.0


@dataclass(frozen=True, slots=True)
class Field:
    """What arrows move in: the shapes, the row of each, the gaps above, between and below rows, the lanes' borders."""

    boxes: Mapping[str, Box]
    rows: Mapping[str, int]
    gaps: tuple[tuple[float, float], ...]
    borders: tuple[float, ...]
    face: Face


@dataclass(frozen=True, slots=True)
class _Segment:
    """A straight piece of an arrow; `start` and `end` are ordered along its direction."""

    upright: bool
    at: float
    start: float
    end: float
    edge: Edge


def route_all(flowchart: Flowchart, grid: Grid, field: Field) -> tuple[Route, ...]:
    """A route for every edge, in the order of the edges; short ways are found first, then long ones and loops."""
    decisions = frozenset(node.id for node in flowchart.nodes if node.kind == "decision")
    router = _Router(field, decisions)

    def difficulty(edge: Edge) -> tuple[bool, float]:
        a, b = field.boxes[edge.source], field.boxes[edge.target]
        return edge in grid.backward, abs(a.x - b.x) * (a.y != b.y) + abs(a.y - b.y) * (1 + (a.x != b.x))

    found = {edge: router.route(edge) for edge in sorted(flowchart.edges, key=difficulty)}
    return tuple(found[edge] for edge in flowchart.edges)


def label_lines(label: str, face: Face) -> tuple[str, ...]:
    """The label of an arrow in short lines."""
    return wrap(label, LABEL_WIDTH * face.size, face)


class _Router:
    """Routes one edge after the other, each knowing those before it."""

    def __init__(self, field: Field, decisions: frozenset[str]) -> None:
        self._field = field
        self._decisions = decisions
        self._level: list[_Segment] = []
        self._upright: list[_Segment] = []
        self._labels: list[Box] = []

    def route(self, edge: Edge) -> Route:
        """The best way of one edge; it is then in the way of the following ones."""
        best, best_cost = self._fallback(edge), float("inf")
        for ways in self._stages(edge):
            ranked = sorted((_plain_cost(way), way) for way in ways)
            for plain, way in ranked:
                if plain >= best_cost:
                    break
                cost = plain + self._penalty(edge, way, best_cost - plain)
                if cost < best_cost:
                    best, best_cost = way, cost
            if best_cost < self._least(edge):
                break
        for segment in _segments(edge, best):
            (self._upright if segment.upright else self._level).append(segment)
        return Route(edge, best, self._label(edge, best))

    def _least(self, edge: Edge) -> float:
        """What a way with three corners or more costs at least."""
        a, b = self._field.boxes[edge.source], self._field.boxes[edge.target]
        return 3 * CORNER + abs(a.x - b.x) * 0.2

    def _fallback(self, edge: Edge) -> tuple[Point, ...]:
        a, b = self._field.boxes[edge.source], self._field.boxes[edge.target]
        return (a.x, a.bottom), (b.x, b.top)

    def _stages(self, edge: Edge) -> Iterator[Iterable[tuple[Point, ...]]]:
        """The possible ways, those with few corners first."""
        a, b = self._field.boxes[edge.source], self._field.boxes[edge.target]
        after = self._tracks(self._field.rows[edge.source] + 1)
        before = self._tracks(self._field.rows[edge.target])
        gutters = self._gutters(a, b)
        yield _simple_ways(a, b, (*after, *before), gutters)
        yield _long_ways(a, b, after, before, gutters)

    def _tracks(self, gap: int) -> tuple[float, ...]:
        top, bottom = self._field.gaps[gap]
        return tuple(top + (bottom - top) * part for part in TRACKS)

    def _gutters(self, a: Box, b: Box) -> tuple[float, ...]:
        """The upright tracks on both sides of the borders of the lanes between two shapes, theirs included."""
        borders = self._field.borders
        left = max(border for border in borders if border <= min(a.x, b.x))
        right = min(border for border in borders if border >= max(a.x, b.x))
        near = [border for border in borders if left <= border <= right]
        found = [border + side * off for border in near for off in GUTTERS for side in (-1, 1)]
        return tuple(x for x in found if borders[0] < x < borders[-1])

    def _penalty(self, edge: Edge, way: tuple[Point, ...], most: float) -> float:
        """What the way costs for what it meets; stops counting beyond `most`."""
        cost = 0.0
        for segment in _segments(edge, way):
            cost += self._met_shapes(segment) + self._met_arrows(segment)
            if cost >= most:
                break
        return cost

    def _met_shapes(self, segment: _Segment) -> float:
        cost = 0.0
        for id_, box in self._field.boxes.items():
            clear = CLEAR if id_ not in (segment.edge.source, segment.edge.target) else -0.5
            if _meets(segment, box, clear):
                cost += BLOCKED
        return cost + sum(LABELLED for box in self._labels if _meets(segment, box, 0.0))

    def _met_arrows(self, segment: _Segment) -> float:
        along, across = (self._upright, self._level) if segment.upright else (self._level, self._upright)
        cost = 0.0
        for other in along:
            shared = min(other.end, segment.end) - max(other.start, segment.start)
            if abs(other.at - segment.at) < CLEAR and shared > -CLEAR:
                cost += 0.0 if self._may_join(segment.edge, other.edge) else 2 * TOUCHING
        for other in across:
            if other.start - 1 <= segment.at <= other.end + 1 and segment.start - 1 <= other.at <= segment.end + 1:
                if self._may_join(segment.edge, other.edge):
                    continue
                inside = other.start + 1 < segment.at < other.end - 1 and segment.start + 1 < other.at < segment.end - 1
                cost += CROSSING if inside else TOUCHING
        return cost

    def _may_join(self, edge: Edge, other: Edge) -> bool:
        """Arrows that end at one shape may meet; so may those of a fork, but not the exits of a decision."""
        if edge.target == other.target:
            return edge.source not in (other.source, edge.target) and other.source != other.target
        return edge.source == other.source and edge.source not in self._decisions

    def _label(self, edge: Edge, way: tuple[Point, ...]) -> Text | None:
        """The label beside the first piece of the way; from then on other arrows keep clear of it."""
        if not edge.label.strip():
            return None
        face = self._field.face
        lines = label_lines(edge.label, face)
        width, height = max(map(face.width, lines)), len(lines) * face.line
        at = _beside(way, width, height) if way[0][0] == way[1][0] else self._above(edge, way, width, height)
        self._labels.append(Box(*at, width, height - 3))
        return Text(lines, *at, face.size)

    def _above(self, edge: Edge, way: tuple[Point, ...], width: float, height: float) -> Point:
        """Above a level first piece, before the border of the lane: partly above the slope of the shape."""
        (x, y), (corner, _level) = way[0], way[1]
        side, room = (1 if corner > x else -1), min(abs(corner - x), SHORT)
        box = self._field.boxes[edge.source]
        inside = max(width + 3 - room, 0.0)
        slope = box.height / box.width if edge.source in self._decisions else 0.0
        return x + side * (room - 2 - width / 2), y - height / 2 - inside * slope


def _beside(way: tuple[Point, ...], width: float, height: float) -> Point:
    """Beside an upright first piece, on the side away from its corner."""
    (x, y), (_same, next_y) = way[0], way[1]
    turn = way[2][0] - x if len(way) > 2 else -1.0
    side, down = (-1 if turn > 0 else 1), (1 if next_y > y else -1)
    return x + side * (width / 2 + 5), y + down * (height / 2 + 1)


def _simple_ways(a: Box, b: Box, tracks: Iterable[float], gutters: Iterable[float]) -> Iterator[tuple[Point, ...]]:
    """Ways with at most two corners."""
    if a is b:
        return
    yield from _straight_ways(a, b)
    if b.top > a.bottom and a.x != b.x:
        for y in tracks:
            if a.bottom < y < b.top:
                yield (a.x, a.bottom), (a.x, y), (b.x, y), (b.x, b.top)
    for x in gutters:
        for start, end in _side_pairs(a, b, x):
            yield (start, a.y), (x, a.y), (x, b.y), (end, b.y)


def _straight_ways(a: Box, b: Box) -> Iterator[tuple[Point, ...]]:
    """Ways with one corner or none."""
    side, back = (a.right, b.left) if b.x > a.x else (a.left, b.right)
    apart = b.left > a.right or b.right < a.left
    if a.x == b.x and b.top > a.bottom:
        yield (a.x, a.bottom), (b.x, b.top)
    if apart and a.y == b.y:
        yield (side, a.y), (back, b.y)
    if apart and b.top > a.y:
        yield (side, a.y), (b.x, a.y), (b.x, b.top)
    if apart and b.y > a.bottom:
        yield (a.x, a.bottom), (a.x, b.y), (back, b.y)


def _side_pairs(a: Box, b: Box, x: float) -> Iterator[tuple[float, float]]:
    """The sides of two shapes that face an upright track."""
    start = a.right if x > a.right else a.left if x < a.left else None
    end = b.right if x > b.right else b.left if x < b.left else None
    if start is not None and end is not None and a.y != b.y:
        yield start, end


def _long_ways(
    a: Box, b: Box, after: Iterable[float], before: Iterable[float], gutters: Iterable[float]
) -> Iterator[tuple[Point, ...]]:
    """Ways with three or four corners, round what stands between two shapes."""
    before = [y for y in before if y < b.top]
    for x in gutters:
        start = a.right if x > a.right else a.left if x < a.left else None
        end = b.right if x > b.right else b.left if x < b.left else None
        if start is not None:
            for y in before:
                yield (start, a.y), (x, a.y), (x, y), (b.x, y), (b.x, b.top)
        for first in after:
            if end is not None:
                yield (a.x, a.bottom), (a.x, first), (x, first), (x, b.y), (end, b.y)
            for y in before:
                if y != first:
                    yield (a.x, a.bottom), (a.x, first), (x, first), (x, y), (b.x, y), (b.x, b.top)


def _plain_cost(way: tuple[Point, ...]) -> float:
    """What a way costs by itself: its length, its corners and the room for its head."""
    length = sum(abs(x - next_x) + abs(y - next_y) for (x, y), (next_x, next_y) in pairwise(way))
    (x, y), (tip_x, tip_y) = way[-2], way[-1]
    cramped = CRAMPED if abs(tip_x - x) + abs(tip_y - y) < HEAD else 0.0
    return CORNER * (len(way) - 2) + 0.2 * length + cramped


def _segments(edge: Edge, way: tuple[Point, ...]) -> Iterator[_Segment]:
    for (x, y), (next_x, next_y) in pairwise(way):
        if x == next_x:
            yield _Segment(True, x, min(y, next_y), max(y, next_y), edge)
        else:
            yield _Segment(False, y, min(x, next_x), max(x, next_x), edge)


def _meets(segment: _Segment, box: Box, clear: float) -> bool:
    if segment.upright:
        return (
            box.left - clear < segment.at < box.right + clear
            and segment.start < box.bottom + clear
            and segment.end > box.top - clear
        )
    return (
        box.top - clear < segment.at < box.bottom + clear
        and segment.start < box.right + clear
        and segment.end > box.left - clear
    )
