"""Lays a flowchart out on an A4 page: lanes are strict bands, rows lead down, the text is as large as fits."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from promptlab.flowchart.geometry import Box, Drawing, PlacedLane, PlacedNode, Point, Route, Text
from promptlab.flowchart.metrics import LINE_HEIGHT, Face
from promptlab.flowchart.routing import Field, label_lines, route_all
from promptlab.flowchart.rows import Grid, assign_rows
from promptlab.flowchart.wrapping import NARROWEST_SHAPE, Shape, longest_word, shape_of, wrap
from promptlab.model.flowchart import Flowchart

A4 = (595.28, 841.89)
MARGIN = 22.0
# All sizes below hold at scale 1; the page is made larger and the whole scaled down until everything fits.
SIZE = 10.0
TITLE_SIZE = 15.0
ORIGIN_SIZE = 7.5
GAP = 16.0
WIDEST_GAP = 40.0
# The gap above the first row, beside the others; what is missing there stands below the last row.
FIRST_GAP = 0.6
GUTTER = 13.0
WIDEST_NODE = 190.0
# Letters of whole dots (15, 14, 13 … at 96 to the inch) are the best spaced; what is smaller is a last resort.
SCALES = (*(dots * 3 / 40 for dots in range(15, 5, -1)), *(0.45 * 0.88**step for step in range(1, 40)))
# A page set below this scale (9 points) is turned, when the text becomes larger that way.
PORTRAIT_SCALE = 0.9
# Down to this scale a page is shrunk rather than a word cut, unless it is longer than these points.
WHOLE_WORDS_SCALE = 0.75
LONGEST_WORD = 112.0
# How much more room a text takes in a shape than in a rectangle; the narrowest lane beside the widest.
ROOM = {"decision": 1.7, "start": 1.3, "end": 1.3}
NARROWEST = 0.6
# How much of a shape's width its longest word may take.
WORD_PARTS = {"decision": 0.6, "start": 0.75, "end": 0.75}
WORD_PART = 0.84


@dataclass(frozen=True, slots=True)
class _Page:
    """One attempt: the page at a scale, its lanes and the sizes of all its shapes."""

    scale: float
    width: float
    height: float
    lanes: tuple[tuple[float, float], ...]
    shapes: Mapping[str, Shape]
    row_heights: tuple[float, ...]
    label_gaps: tuple[float, ...]
    title: tuple[str, ...]
    headers: tuple[tuple[str, ...], ...]
    origin: tuple[str, ...]
    words_fit: bool

    @property
    def title_height(self) -> float:
        return len(self.title) * TITLE_SIZE * LINE_HEIGHT + 7

    @property
    def header_height(self) -> float:
        return max(map(len, self.headers)) * SIZE * LINE_HEIGHT + 7

    @property
    def body(self) -> tuple[float, float]:
        """Top and bottom of the part of the lanes that holds shapes."""
        top = MARGIN + self.title_height + self.header_height
        return top, self.height - MARGIN - len(self.origin) * ORIGIN_SIZE * LINE_HEIGHT - 4

    @property
    def fits(self) -> bool:
        top, bottom = self.body
        return self.rows_height + GAP * len(self.row_heights) <= bottom - top

    @property
    def is_good(self) -> bool:
        """Whether all of it fits, without a word cut that smaller letters would keep whole."""
        return self.wide_enough and self.fits and (self.words_fit or self.scale < WHOLE_WORDS_SCALE)

    @property
    def wide_enough(self) -> bool:
        """Whether every lane holds the narrowest shape."""
        return min(right - left for left, right in self.lanes) >= NARROWEST_SHAPE * SIZE + 2 * GUTTER

    @property
    def rows_height(self) -> float:
        """What rows and labels take, gaps apart."""
        return sum(self.row_heights) + sum(self.label_gaps)


@lru_cache(maxsize=16)
def lay_out(flowchart: Flowchart) -> Drawing:
    """The drawing of a flowchart without faults on A4, upright unless the text is larger on a turned page."""
    grid = assign_rows(flowchart)
    upright = _largest(flowchart, grid, A4)
    if upright.scale >= PORTRAIT_SCALE:
        return _draw(flowchart, grid, upright)
    # Most often the turned page gains nothing: one look at the next larger scale tells.
    larger = SCALES[SCALES.index(upright.scale) - 1]
    if not _page(flowchart, grid, A4[::-1], larger).is_good:
        return _draw(flowchart, grid, upright)
    return _draw(flowchart, grid, _largest(flowchart, grid, A4[::-1]))


def _largest(flowchart: Flowchart, grid: Grid, paper: tuple[float, float]) -> _Page:
    """The page with the largest text that fits: tried at nine points first, then upwards, else halving below."""
    at = SCALES.index(PORTRAIT_SCALE)
    best = _page(flowchart, grid, paper, SCALES[at])
    if best.is_good:
        while at and (larger := _page(flowchart, grid, paper, SCALES[at - 1])).is_good:
            best, at = larger, at - 1
        return best
    low, high = at + 1, len(SCALES) - 1
    best = _page(flowchart, grid, paper, SCALES[high])
    while low < high:
        middle = (low + high) // 2
        page = _page(flowchart, grid, paper, SCALES[middle])
        if page.is_good:
            best, high = page, middle
        else:
            low = middle + 1
    return best


def _page(flowchart: Flowchart, grid: Grid, paper: tuple[float, float], scale: float) -> _Page:
    width, height = paper[0] / scale, paper[1] / scale
    face = Face(SIZE, scale)
    lanes = _lane_bands(flowchart, width, face)
    spans = {lane.id: right - left for lane, (left, right) in zip(flowchart.lanes, lanes, strict=True)}
    shapes, words_fit = {}, True
    for node in flowchart.nodes:
        inner = min(spans[node.lane] - 2 * GUTTER, WIDEST_NODE)
        shapes[node.id] = shape_of(node.kind, node.text, inner, face)
        room = inner * WORD_PARTS.get(node.kind, WORD_PART)
        words_fit = words_fit and longest_word(node.text, face, LONGEST_WORD) <= room
    heights = [0.0] * grid.count
    for id_, row in grid.rows.items():
        heights[row] = max(heights[row], shapes[id_].height)
    headers = tuple(wrap(lane.name, spans[lane.id] - 10, face) for lane in flowchart.lanes)
    origin = wrap(flowchart.origin, width - 2 * MARGIN, Face(ORIGIN_SIZE, scale))
    title = wrap(flowchart.title, width - 2 * MARGIN, Face(TITLE_SIZE, scale))
    extras = _label_gaps(flowchart, grid, face)
    return _Page(scale, width, height, lanes, shapes, tuple(heights), extras, title, headers, origin, words_fit)


def _label_gaps(flowchart: Flowchart, grid: Grid, face: Face) -> tuple[float, ...]:
    """How much higher than the others each gap must be, for labels of several lines above and below its rows."""
    extras = [0.0] * (grid.count + 1)
    for edge in flowchart.edges:
        more = (len(label_lines(edge.label, face)) - 1) * face.line if edge.label else 0.0
        row = grid.rows[edge.source]
        extras[row], extras[row + 1] = max(extras[row], more), max(extras[row + 1], more)
    return tuple(extras)


def _lane_bands(flowchart: Flowchart, width: float, face: Face) -> tuple[tuple[float, float], ...]:
    """Left and right of every lane: the longer its longest text, the wider the lane, within limits.

    A lane that would cut its longest word takes room from those that have some to give.
    """
    needs = {lane.id: 0.5 * len(lane.name) for lane in flowchart.lanes}
    least = dict.fromkeys(needs, 0.0)
    for node in flowchart.nodes:
        needs[node.lane] = max(needs[node.lane], ROOM.get(node.kind, 1.0) * len(node.text))
        word = longest_word(node.text, face, LONGEST_WORD) / WORD_PARTS.get(node.kind, WORD_PART) + 2 * GUTTER
        least[node.lane] = max(least[node.lane], word)
    roots = [need**0.5 for need in needs.values()]
    weights = [max(root, NARROWEST * max(roots)) for root in roots]
    unit = (width - 2 * MARGIN) / sum(weights)
    bands, left = [], MARGIN
    for span in _evened([weight * unit for weight in weights], list(least.values())):
        bands.append((left, left + span))
        left += span
    return tuple(bands)


def _evened(widths: list[float], least: list[float]) -> list[float]:
    """`widths` of the same sum, none below its `least`, where the sum allows it; else as they are."""
    spare = [max(0.0, width - need) for width, need in zip(widths, least, strict=True)]
    short = sum(max(0.0, need - width) for width, need in zip(widths, least, strict=True))
    if short > sum(spare):
        return widths
    share = short / sum(spare) if short else 0.0
    return [max(width - more * share, need) for width, more, need in zip(widths, spare, least, strict=True)]


def _draw(flowchart: Flowchart, grid: Grid, page: _Page) -> Drawing:
    """The page with everything placed, arrows included, scaled to the paper."""
    top, bottom = page.body
    gap = min(WIDEST_GAP, (bottom - top - page.rows_height) / grid.count)
    y = top + FIRST_GAP * gap + page.label_gaps[0]
    gaps, tops = [(top, y)], []
    for height, more in zip(page.row_heights, page.label_gaps[1:], strict=True):
        tops.append(y)
        gaps.append((y + height, y + height + gap + more))
        y += height + gap + more
    bottom = min(bottom, y - FIRST_GAP * gap)
    middles = {lane.id: sum(band) / 2 for lane, band in zip(flowchart.lanes, page.lanes, strict=True)}
    boxes = {}
    for node in flowchart.nodes:
        row, shape = grid.rows[node.id], page.shapes[node.id]
        boxes[node.id] = Box(middles[node.lane], tops[row] + page.row_heights[row] / 2, shape.width, shape.height)
    edges = [page.lanes[0][0], *(right for _left, right in page.lanes)]
    field = Field(boxes, grid.rows, tuple(gaps), tuple(edges), Face(SIZE, page.scale))
    routes = route_all(flowchart, grid, field)
    return _scaled(flowchart, page, boxes, routes, bottom)


def _scaled(
    flowchart: Flowchart, page: _Page, boxes: Mapping[str, Box], routes: tuple[Route, ...], bottom: float
) -> Drawing:
    scale = page.scale
    head, lane_top = page.header_height, MARGIN + page.title_height

    def box(of: Box) -> Box:
        return Box(of.x * scale, of.y * scale, of.width * scale, of.height * scale)

    def point(at: Point) -> Point:
        return at[0] * scale, at[1] * scale

    def text(of: Text) -> Text:
        return Text(of.lines, of.x * scale, of.y * scale, of.size * scale)

    lanes = []
    for lane, (left, right), header in zip(flowchart.lanes, page.lanes, page.headers, strict=True):
        x = (left + right) / 2
        band = box(Box(x, (lane_top + bottom) / 2, right - left, bottom - lane_top))
        lanes.append(PlacedLane(lane, band, Text(header, x * scale, (lane_top + head / 2) * scale, SIZE * scale)))
    return Drawing(
        width=page.width * scale,
        height=page.height * scale,
        size=SIZE * scale,
        title=Text(
            page.title, page.width / 2 * scale, (MARGIN + (page.title_height - 8) / 2) * scale, TITLE_SIZE * scale
        ),
        origin=Text(page.origin, MARGIN * scale, (bottom + 4 + ORIGIN_SIZE) * scale, ORIGIN_SIZE * scale),
        header_height=head * scale,
        lanes=tuple(lanes),
        nodes=tuple(PlacedNode(node, box(boxes[node.id]), page.shapes[node.id].lines) for node in flowchart.nodes),
        routes=tuple(
            Route(route.edge, tuple(map(point, route.points)), text(route.label) if route.label else None)
            for route in routes
        ),
    )
