"""Writes a flowchart as DOT in which everything has its place, so that Graphviz only draws it.

The graph says `layout=nop2`: positions, lanes and ways of arrows are those of `layout.py`. Shapes without a
Graphviz name (the sheet with a wavy foot) and the bands of lane headers are drawn by the `_background` attribute.
"""

from html import escape
from itertools import pairwise

from promptlab.flowchart.faults import check
from promptlab.flowchart.geometry import Box, Drawing, PlacedLane, PlacedNode, Point, Route, Text
from promptlab.flowchart.layout import lay_out
from promptlab.flowchart.metrics import FONT_NAME, LINE_HEIGHT
from promptlab.flowchart.naming import plain_names
from promptlab.flowchart.wrapping import WAVE
from promptlab.model.flowchart import Flowchart

PAPER = "#ffffff"
INK = "#1a1a1a"
LANE_LINE = "#8a8a8a"
HEADER = "#e6e6e6"
FILLS = {"start": "#e3efe3", "end": "#e3efe3", "action": PAPER, "decision": "#fdf3d6", "document": "#e8eef7"}
COLOURS = (INK, LANE_LINE, HEADER, *dict.fromkeys(FILLS.values()))
ARROW = 7.0


def to_dot(flowchart: Flowchart) -> str:
    """A flowchart as DOT text, drawn on A4 by `dot -Tpdf` or any other Graphviz program.

    Raises BadInput where the flowchart has faults.
    """
    check(flowchart)
    return source_of(flowchart, lay_out(flowchart))


def source_of(flowchart: Flowchart, drawing: Drawing, *, dpi: int | None = None) -> str:
    """The DOT text of a drawing; `dpi` (dots to the inch) matters to formats made of dots."""
    from graphviz import Digraph

    page = _page(drawing) | ({"dpi": str(dpi)} if dpi else {})
    graph = Digraph("flowchart", graph_attr=page, node_attr=_node_defaults(), edge_attr=_edge_defaults(drawing))
    nodes = plain_names("n", (node.id for node in flowchart.nodes))
    names = plain_names("cluster", (lane.id for lane in flowchart.lanes)).values()
    for name, lane in zip(names, drawing.lanes, strict=True):
        with graph.subgraph(name=name, graph_attr=_lane(lane, drawing)) as band:
            for placed in drawing.nodes:
                if placed.node.lane == lane.lane.id:
                    band.node(nodes[placed.node.id], **_node(placed, drawing))
    documents = {node.id for node in flowchart.nodes if node.kind == "document"}
    for rank, route in enumerate(drawing.routes, 1):
        attributes = _edge(route, drawing, sheet=route.edge.source in documents)
        graph.edge(nodes[route.edge.source], nodes[route.edge.target], id=f"edge{rank}", **attributes)
    return str(graph.source)


def label_of(lines: tuple[str, ...]) -> str:
    """Lines as a Graphviz label that shows them letter by letter: no escape, entity or HTML is read in them."""
    return "\\n".join(escape(line, quote=False).replace("\\", "\\\\") for line in lines)


def _number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")


def _at(x: float, y: float, drawing: Drawing) -> str:
    """A point as Graphviz counts it, from the bottom of the page."""
    return f"{_number(x)},{_number(drawing.height - y)}"


def _page(drawing: Drawing) -> dict[str, str]:
    width, height = _number(drawing.width), _number(drawing.height)
    return {
        "layout": "nop2",
        "bb": f"0,0,{width},{height}",
        "viewport": f"{width},{height},1,{_number(drawing.width / 2)},{_number(drawing.height / 2)}",
        "margin": "0",
        "pad": "0",
        "fontname": FONT_NAME,
        "fontcolor": INK,
        "label": label_of(drawing.title.lines),
        "fontsize": _number(drawing.title.size),
        "lp": _at(drawing.title.x, drawing.title.y, drawing),
        "_background": _background(drawing),
    }


def _node_defaults() -> dict[str, str]:
    return {"fontname": FONT_NAME, "fixedsize": "true", "color": INK, "fontcolor": INK, "margin": "0"}


def _edge_defaults(drawing: Drawing) -> dict[str, str]:
    return {
        "fontname": FONT_NAME,
        "fontsize": _number(drawing.size),
        "color": INK,
        "fontcolor": INK,
        "arrowsize": _number(_arrow(drawing) / 10),
    }


def _arrow(drawing: Drawing) -> float:
    return ARROW * drawing.size / 10


def _lane(lane: PlacedLane, drawing: Drawing) -> dict[str, str]:
    box = lane.box
    return {
        "label": label_of(lane.header.lines),
        "lp": _at(lane.header.x, lane.header.y, drawing),
        "bb": f"{_at(box.left, box.bottom, drawing)},{_at(box.right, box.top, drawing)}",
        "fontsize": _number(lane.header.size),
        "color": LANE_LINE,
    }


def _node(placed: PlacedNode, drawing: Drawing) -> dict[str, str]:
    kind, box = placed.node.kind, placed.box
    lift = WAVE / 2 * drawing.size / 10 if kind == "document" else 0.0
    attributes = {
        "label": label_of(placed.lines),
        "pos": _at(box.x, box.y - lift, drawing),
        "width": _number(box.width / 72),
        "height": _number((box.height - 2 * lift) / 72),
        "fontsize": _number(drawing.size),
        "shape": {"start": "ellipse", "end": "ellipse", "action": "box", "decision": "diamond"}.get(kind, "plaintext"),
    }
    if kind == "document":
        return attributes
    return attributes | {"style": "filled", "fillcolor": FILLS[kind]} | ({"penwidth": "1.6"} if kind == "end" else {})


def _edge(route: Route, drawing: Drawing, *, sheet: bool) -> dict[str, str]:
    attributes = {"pos": _spline(route.points, drawing, sheet=sheet)}
    if route.label:
        attributes |= {"label": label_of(route.label.lines), "lp": _at(route.label.x, route.label.y, drawing)}
    return attributes


def _spline(points: tuple[Point, ...], drawing: Drawing, *, sheet: bool) -> str:
    """The way of an arrow as the Bézier curves Graphviz wants; its head stands on the last point."""
    (x, y), (next_x, next_y) = points[0], points[1]
    if sheet and x == next_x and next_y > y:
        y -= WAVE / 2 * drawing.size / 10
    corners = [(x, y), *points[1:-1], _shortened(points, _arrow(drawing))]
    curve = [corners[0]]
    for start, end in pairwise(corners):
        curve += [start, end, end]
    tip = _at(*points[-1], drawing)
    return f"e,{tip} " + " ".join(_at(*point, drawing) for point in curve)


def _shortened(points: tuple[Point, ...], by: float) -> Point:
    (x, y), (tip_x, tip_y) = points[-2], points[-1]
    length = abs(tip_x - x) + abs(tip_y - y)
    part = max(length - by, 0.0) / length if length else 0.0
    return x + (tip_x - x) * part, y + (tip_y - y) * part


def _background(drawing: Drawing) -> str:
    """The bands of the headers, the sheets and the line under the picture, as xdot drawing operations."""
    parts = [_pen(LANE_LINE, HEADER)]
    parts += [_band(lane.box, drawing) for lane in drawing.lanes]
    sheets = [_sheet(placed.box, drawing) for placed in drawing.nodes if placed.node.kind == "document"]
    parts += [_pen(INK, FILLS["document"]), *sheets] if sheets else []
    if any(drawing.origin.lines):
        parts.append(_lines_of(drawing.origin, drawing))
    return " ".join(parts)


def _pen(line: str, fill: str) -> str:
    return f"c {len(line)} -{line} C {len(fill)} -{fill}"


def _points(points: list[Point], drawing: Drawing) -> str:
    return f"{len(points)} " + " ".join(_at(*point, drawing).replace(",", " ") for point in points)


def _band(box: Box, drawing: Drawing) -> str:
    foot = box.top + drawing.header_height
    return "P " + _points([(box.left, box.top), (box.right, box.top), (box.right, foot), (box.left, foot)], drawing)


def _sheet(box: Box, drawing: Drawing) -> str:
    """A sheet whose foot is one wave, as one closed curve."""
    wave = WAVE * drawing.size / 10
    foot, third = box.bottom - wave / 2, box.width / 3
    corners = [(box.left, foot), (box.left, box.top), (box.right, box.top), (box.right, foot)]
    curve = [corners[0]]
    for start, end in pairwise(corners):
        curve += [start, end, end]
    curve += [(box.right - third, foot - 2 * wave), (box.left + third, foot + 2 * wave), (box.left, foot)]
    return "b " + _points(curve, drawing)


def _lines_of(text: Text, drawing: Drawing) -> str:
    """Lines that begin at the left; each says its length in bytes, so that nothing in it is read as an operation."""
    parts = [f"F {_number(text.size)} {len(FONT_NAME)} -{FONT_NAME} c {len(INK)} -{INK}"]
    for rank, shown in enumerate(text.lines):
        # Graphviz does not count a backslash here: its look-alike (U+2216) stands for it.
        line = shown.replace("\\", "\u2216")
        at = _at(text.x, text.y + rank * text.size * LINE_HEIGHT, drawing).replace(",", " ")
        parts.append(f"T {at} -1 0 {len(line.encode())} -{line}")
    return " ".join(parts)
