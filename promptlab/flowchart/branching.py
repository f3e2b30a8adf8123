"""Lays a tree of questions out from left to right on A4: a column for each lane, each branch in a band of its own."""

from collections.abc import Mapping
from dataclasses import dataclass

from promptlab.flowchart.dot import COLOURS, PAPER, source_of
from promptlab.flowchart.engine import draw
from promptlab.flowchart.faults import check
from promptlab.flowchart.formats import PNG_DPI, Format, render
from promptlab.flowchart.geometry import Box, Drawing, PlacedLane, PlacedNode, Point, Route, Text
from promptlab.flowchart.layout import A4, MARGIN, ORIGIN_SIZE, SCALES, SIZE, TITLE_SIZE
from promptlab.flowchart.metrics import LINE_HEIGHT, Face
from promptlab.flowchart.numbered import to_text
from promptlab.flowchart.png import png_of
from promptlab.flowchart.svg import finish_svg
from promptlab.flowchart.wrapping import Shape, longest_word, shape_of, wrap
from promptlab.model.flowchart import Edge, Flowchart, Lane, Node

# All sizes hold at scale 1, in points. Before every column but the first stand the answers that lead into it.
_ANSWERS = 78.0
_QUESTION = 112.0
_ENDING_PART = 1.7  # how wide the last column is beside the others
_GAP = 9.0
_PAD = 8.0
_TRUNK = 7.0
_SMALLEST = 0.45  # below this scale narrow columns are taken rather than smaller letters


def is_tree(flowchart: Flowchart) -> bool:
    """Whether one shape leads to all others, each by one way, always into a lane further to the right."""
    arriving: dict[str, int] = {node.id: 0 for node in flowchart.nodes}
    places = {lane.id: place for place, lane in enumerate(flowchart.lanes)}
    lanes = {node.id: places.get(node.lane, 0) for node in flowchart.nodes}
    for edge in flowchart.edges:
        if edge.source not in lanes or edge.target not in lanes or lanes[edge.target] <= lanes[edge.source]:
            return False
        arriving[edge.target] += 1
    return sorted(arriving.values()) == [0, *[1] * (len(arriving) - 1)]


def render_tree(flowchart: Flowchart, format: Format) -> bytes:  # noqa: A002 - as `render`
    """A flowchart that is a tree, from left to right, as the content of a file; any other, as `render` draws it.

    Raises BadInput where the flowchart has faults or the format is unknown, MissingTool where Graphviz is missing.
    """
    if format not in ("svg", "png", "pdf") or not is_tree(flowchart):
        return render(flowchart, format)
    check(flowchart)
    drawing = lay_out_tree(flowchart)
    if format == "png":
        source = source_of(flowchart, drawing, dpi=PNG_DPI)
        return png_of(source, [PAPER, *(colour for colour in COLOURS if colour in source)])
    drawn = draw(source_of(flowchart, drawing), format)
    return finish_svg(drawn.decode(), flowchart.title, to_text(flowchart)) if format == "svg" else drawn


def lay_out_tree(flowchart: Flowchart) -> Drawing:
    """The drawing of a tree on A4, upright or turned, whichever lets the letters be larger."""
    for scale in SCALES:
        for paper in (A4, A4[::-1]):
            page = _Page(flowchart, paper, scale)
            if page.fits:
                return page.drawing()
    return _Page(flowchart, A4[::-1], SCALES[-1]).drawing()


@dataclass(frozen=True, slots=True)
class _Columns:
    """Where the shapes of each lane stand: (left, right) of their part, and of the lane as a whole."""

    shapes: tuple[tuple[float, float], ...]
    lanes: tuple[tuple[float, float], ...]


class _Page:
    """One attempt at a scale; all figures are in points at scale 1."""

    def __init__(self, flowchart: Flowchart, paper: tuple[float, float], scale: float) -> None:
        self.flowchart, self.scale = flowchart, scale
        self.width, self.height = paper[0] / scale, paper[1] / scale
        self.face = Face(SIZE, scale)
        inner = self.width - 2 * MARGIN
        self.title = wrap(flowchart.title, inner, Face(TITLE_SIZE, scale))
        self.origin = wrap(flowchart.origin, inner, Face(ORIGIN_SIZE, scale)) if flowchart.origin.strip() else ()
        self.columns = self._columns(inner)
        places = {lane.id: place for place, lane in enumerate(flowchart.lanes)}
        self.place = {node.id: places[node.lane] for node in flowchart.nodes}
        self.below: dict[str, list[Edge]] = {node.id: [] for node in flowchart.nodes}
        for edge in flowchart.edges:
            self.below[edge.source].append(edge)
        self.shapes = {node.id: self._shape(node) for node in flowchart.nodes}
        self.labels = {edge: wrap(edge.label, _ANSWERS - _TRUNK - 8, self.face) for edge in flowchart.edges}
        self.bands: dict[str, float] = {}
        self.root = ({node.id for node in flowchart.nodes} - {edge.target for edge in flowchart.edges}).pop()
        self._band(self.root, 0.0)

    def _columns(self, inner: float) -> _Columns:
        count = len(self.flowchart.lanes)
        parts = [1.0] * (count - 1) + [_ENDING_PART]
        unit = (inner - _ANSWERS * (count - 1) - 2 * _PAD * count) / sum(parts)
        shapes, lanes, left = [], [], MARGIN
        for place, part in enumerate(parts):
            start = left + (_ANSWERS if place else 0.0) + _PAD
            end = start + unit * part
            shapes.append((start, end))
            lanes.append((left, end + _PAD))
            left = end + _PAD
        return _Columns(tuple(shapes), tuple(lanes))

    def _shape(self, node: Node) -> Shape:
        left, right = self.columns.shapes[self.place[node.id]]
        return shape_of(node.kind, node.text, right - left, self.face)

    def _band(self, id_: str, label: float) -> float:
        """The height that a shape and all that it leads to need; `label` is that of the answer above its arrow."""
        inside = sum(self._band(edge.target, self._label_height(edge)) for edge in self.below[id_])
        self.bands[id_] = max(self.shapes[id_].height + _GAP, inside, 2 * label)
        return self.bands[id_]

    def _label_height(self, edge: Edge) -> float:
        return len(self.labels[edge]) * self.face.line + 4

    @property
    def _header(self) -> float:
        names = (self._header_lines(place, lane) for place, lane in enumerate(self.flowchart.lanes))
        return max(map(len, names)) * self.face.line + 7

    def _header_lines(self, place: int, lane: Lane) -> tuple[str, ...]:
        left, right = self.columns.lanes[place]
        return wrap(lane.name, right - left - 8, self.face)

    @property
    def _body(self) -> tuple[float, float]:
        top = MARGIN + len(self.title) * TITLE_SIZE * LINE_HEIGHT + 7 + self._header
        return top, self.height - MARGIN - len(self.origin) * ORIGIN_SIZE * LINE_HEIGHT - 4

    @property
    def fits(self) -> bool:
        """Whether all of it stands on the page, in columns wide enough for whole words."""
        top, bottom = self._body
        left, right = self.columns.shapes[0]
        wide = right - left >= _QUESTION or self.scale < _SMALLEST
        words = all(self._whole_words(node) for node in self.flowchart.nodes) or self.scale < _SMALLEST
        return right > left and wide and words and self.bands[self.root] + 2 * _GAP <= bottom - top

    def _whole_words(self, node: Node) -> bool:
        left, right = self.columns.shapes[self.place[node.id]]
        part = {"action": 0.9, "document": 0.9, "decision": 0.6}.get(node.kind, 0.75)
        return longest_word(node.text, self.face, 150.0) <= (right - left) * part

    def drawing(self) -> Drawing:
        """The page with everything placed, scaled to the paper."""
        top, bottom = self._body
        spare = max(1.0, min(1.35, (bottom - top - 2 * _GAP) / self.bands[self.root]))
        boxes: dict[str, Box] = {}
        self._put(self.root, top + _GAP, spare, boxes)
        bottom = min(bottom, top + 2 * _GAP + self.bands[self.root] * spare)
        scale, head = self.scale, self._header
        title_y = MARGIN + len(self.title) * TITLE_SIZE * LINE_HEIGHT / 2
        return Drawing(
            width=self.width * scale,
            height=self.height * scale,
            size=SIZE * scale,
            title=self._text(self.title, (self.width / 2, title_y), TITLE_SIZE),
            origin=self._text(self.origin or ("",), (MARGIN, bottom + 4 + ORIGIN_SIZE), ORIGIN_SIZE),
            header_height=head * scale,
            lanes=tuple(self._lane(place, (top - head, bottom)) for place in range(len(self.flowchart.lanes))),
            nodes=tuple(
                PlacedNode(node, self._scaled(boxes[node.id]), self.shapes[node.id].lines)
                for node in self.flowchart.nodes
            ),
            routes=tuple(self._route(edge, boxes) for edge in self.flowchart.edges),
        )

    def _put(self, id_: str, top: float, spare: float, boxes: dict[str, Box]) -> None:
        """Place a shape in the middle of its band, and what it leads to one below the other."""
        height = self.bands[id_] * spare
        left, right = self.columns.shapes[self.place[id_]]
        shape = self.shapes[id_]
        inside = sum(self.bands[edge.target] for edge in self.below[id_]) * spare
        y = top + (height - inside) / 2
        for edge in self.below[id_]:
            self._put(edge.target, y, spare, boxes)
            y += self.bands[edge.target] * spare
        boxes[id_] = Box((left + right) / 2, top + height / 2, shape.width, shape.height)

    def _lane(self, place: int, span: tuple[float, float]) -> PlacedLane:
        (left, right), (top, bottom) = self.columns.lanes[place], span
        lane = self.flowchart.lanes[place]
        band = self._scaled(Box((left + right) / 2, (top + bottom) / 2, right - left, bottom - top))
        lines = self._header_lines(place, lane)
        return PlacedLane(lane, band, self._text(lines, ((left + right) / 2, top + self._header / 2), SIZE))

    def _route(self, edge: Edge, boxes: Mapping[str, Box]) -> Route:
        """Out to the right, along the lane's border to the height of the next shape, and into it from the left."""
        source, target = boxes[edge.source], boxes[edge.target]
        border = self.columns.lanes[self.place[edge.source]][1]
        trunk = border + _TRUNK
        points: list[Point] = [(source.right, source.y), (trunk, source.y), (trunk, target.y), (target.left, target.y)]
        if abs(source.y - target.y) < 0.5:
            points = [(source.right, source.y), (target.left, source.y)]
        lines = self.labels[edge]
        middle = (trunk + 4 + border + _ANSWERS) / 2
        label = self._text(lines, (middle, target.y - len(lines) * self.face.line / 2 - 2), SIZE)
        scaled = tuple((x * self.scale, y * self.scale) for x, y in points)
        return Route(edge, scaled, label if edge.label.strip() else None)

    def _text(self, lines: tuple[str, ...], at: Point, size: float) -> Text:
        return Text(lines, at[0] * self.scale, at[1] * self.scale, size * self.scale)

    def _scaled(self, box: Box) -> Box:
        scale = self.scale
        return Box(box.x * scale, box.y * scale, box.width * scale, box.height * scale)
