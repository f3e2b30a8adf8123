"""Counts where the arrows of a drawn flowchart cross."""

from collections.abc import Iterator
from itertools import combinations, pairwise

from promptlab.flowchart.geometry import Point, Route
from promptlab.flowchart.layout import lay_out
from promptlab.model.flowchart import Flowchart

_Piece = tuple[float, float, float]  # where it stands, from, to


def crossings(chart: Flowchart) -> int:
    """How often two arrows of the drawing cross, those apart that share a shape. For a chart without faults."""
    routes = lay_out(chart).routes
    return sum(_crossings(one, other) for one, other in combinations(routes, 2) if not _kin(one, other))


def _kin(one: Route, other: Route) -> bool:
    """Whether two arrows leave or reach the same shape: they may run together there."""
    return bool({one.edge.source, one.edge.target} & {other.edge.source, other.edge.target})


def _crossings(one: Route, other: Route) -> int:
    return _hits(_level(one.points), _upright(other.points)) + _hits(_level(other.points), _upright(one.points))


def _hits(level: list[_Piece], upright: list[_Piece]) -> int:
    return sum(left < x < right and top < y < bottom for y, left, right in level for x, top, bottom in upright)


def _level(points: tuple[Point, ...]) -> list[_Piece]:
    return [(y, min(x, end), max(x, end)) for (x, y), (end, end_y) in _pieces(points) if y == end_y]


def _upright(points: tuple[Point, ...]) -> list[_Piece]:
    return [(x, min(y, end), max(y, end)) for (x, y), (end_x, end) in _pieces(points) if x == end_x]


def _pieces(points: tuple[Point, ...]) -> Iterator[tuple[Point, Point]]:
    yield from pairwise(points)
