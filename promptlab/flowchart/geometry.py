"""Where everything of a drawn flowchart stands on its page: points, from the top left corner."""

from dataclasses import dataclass

from promptlab.model.flowchart import Edge, Lane, Node

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle by its centre and size."""

    x: float
    y: float
    width: float
    height: float

    @property
    def left(self) -> float:
        """The x of its left side."""
        return self.x - self.width / 2

    @property
    def right(self) -> float:
        """The x of its right side."""
        return self.x + self.width / 2

    @property
    def top(self) -> float:
        """The y of its upper side."""
        return self.y - self.height / 2

    @property
    def bottom(self) -> float:
        """The y of its lower side."""
        return self.y + self.height / 2


@dataclass(frozen=True, slots=True)
class Text:
    """Lines of text around a centre, set at `size` points."""

    lines: tuple[str, ...]
    x: float
    y: float
    size: float


@dataclass(frozen=True, slots=True)
class PlacedNode:
    """A shape with its outline and its text in lines."""

    node: Node
    box: Box
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlacedLane:
    """The band of a lane, its header included."""

    lane: Lane
    box: Box
    header: Text


@dataclass(frozen=True, slots=True)
class Route:
    """The way of an arrow, corner by corner, and its label."""

    edge: Edge
    points: tuple[Point, ...]
    label: Text | None = None


@dataclass(frozen=True, slots=True)
class Drawing:
    """A flowchart on its page: `size` is the font size of the shapes, all in points."""

    width: float
    height: float
    size: float
    title: Text
    origin: Text
    header_height: float
    lanes: tuple[PlacedLane, ...]
    nodes: tuple[PlacedNode, ...]
    routes: tuple[Route, ...]
