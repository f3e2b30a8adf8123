"""Writes a flowchart as a draw.io file: swimlanes that hold their shapes, arrows that keep their ways."""

import html
from xml.etree import ElementTree

from promptlab.flowchart.dot import FILLS, HEADER, INK, LANE_LINE
from promptlab.flowchart.faults import check
from promptlab.flowchart.geometry import Box, Drawing, PlacedLane, PlacedNode, Route
from promptlab.flowchart.layout import lay_out
from promptlab.flowchart.metrics import FONT_NAME
from promptlab.flowchart.naming import plain_names
from promptlab.flowchart.wrapping import clean
from promptlab.model.flowchart import Flowchart

# draw.io counts a hundred dots to the inch.
DOTS = 100 / 72
_SHAPES = {
    "start": "ellipse;",
    "end": "ellipse;strokeWidth=2;",
    "action": "rounded=0;",
    "decision": "rhombus;",
    "document": "shape=document;boundedLbl=1;size=0.15;",
}


def to_drawio(flowchart: Flowchart) -> str:
    """A flowchart as an uncompressed draw.io (mxGraph) file of one A4 page.

    Raises BadInput where the flowchart has faults.
    """
    check(flowchart)
    drawing = lay_out(flowchart)
    file = ElementTree.Element("mxfile", host="promptlab")
    page = ElementTree.SubElement(file, "diagram", id="flowchart", name=clean(flowchart.title)[:60] or "flowchart")
    model = ElementTree.SubElement(
        page,
        "mxGraphModel",
        grid="1",
        gridSize="10",
        guides="1",
        connect="1",
        arrows="1",
        page="1",
        pageScale="1",
        pageWidth=str(round(drawing.width * DOTS)),
        pageHeight=str(round(drawing.height * DOTS)),
        math="0",
        shadow="0",
    )
    root = ElementTree.SubElement(model, "root")
    ElementTree.SubElement(root, "mxCell", id="0")
    ElementTree.SubElement(root, "mxCell", {"id": "1", "parent": "0"})
    _add_cells(root, flowchart, drawing)
    ElementTree.indent(file)
    return ElementTree.tostring(file, encoding="unicode", xml_declaration=False) + "\n"


def _add_cells(root: ElementTree.Element, flowchart: Flowchart, drawing: Drawing) -> None:
    lanes = plain_names("lane", (lane.id for lane in flowchart.lanes))
    nodes = plain_names("n", (node.id for node in flowchart.nodes))
    title = Box(
        drawing.width / 2, drawing.title.y, drawing.width - 52, len(drawing.title.lines) * drawing.title.size * 1.3
    )
    _add_text(root, "title", flowchart.title, title, f"align=center;fontSize={_size(drawing.title.size)};")
    bands = {placed.lane.id: placed for placed in drawing.lanes}
    for placed in drawing.lanes:
        _add_lane(root, lanes[placed.lane.id], placed, drawing)
    for node in drawing.nodes:
        _add_node(root, nodes[node.node.id], node, bands[node.node.lane].box, lanes[node.node.lane], drawing)
    boxes = {placed.node.id: placed.box for placed in drawing.nodes}
    for rank, route in enumerate(drawing.routes, 1):
        _add_edge(root, rank, route, nodes, boxes, drawing)
    if flowchart.origin.strip():
        foot = Box(drawing.width / 2, drawing.origin.y, drawing.width - 52, drawing.origin.size * 1.6)
        _add_text(root, "origin", flowchart.origin, foot, f"align=left;fontSize={_size(drawing.origin.size)};")


def _size(points: float) -> int:
    return max(round(points * DOTS), 1)


def _label(text: str) -> str:
    """The text as draw.io wants it with html=1: HTML in which every letter stands for itself."""
    return html.escape(clean(text), quote=False)


def _font(drawing: Drawing) -> str:
    return f"html=1;whiteSpace=wrap;fontFamily={FONT_NAME};fontColor={INK};fontSize={_size(drawing.size)};"


def _add_cell(root: ElementTree.Element, id_: str, text: str, style: str, parent: str) -> ElementTree.Element:
    return ElementTree.SubElement(root, "mxCell", {"id": id_, "value": _label(text), "style": style, "parent": parent})


def _place(cell: ElementTree.Element, box: Box, within: Box | None = None) -> None:
    left, top = (within.left, within.top) if within else (0.0, 0.0)
    cell.set("vertex", "1")
    sizes = {"x": box.left - left, "y": box.top - top, "width": box.width, "height": box.height}
    geometry = ElementTree.SubElement(cell, "mxGeometry", {key: f"{value * DOTS:.1f}" for key, value in sizes.items()})
    geometry.set("as", "geometry")


def _add_text(root: ElementTree.Element, id_: str, text: str, box: Box, style: str) -> None:
    font = f"text;html=1;whiteSpace=wrap;verticalAlign=middle;fontFamily={FONT_NAME};fontColor={INK};"
    _place(_add_cell(root, id_, text, font + style, "1"), box)


def _add_lane(root: ElementTree.Element, id_: str, placed: PlacedLane, drawing: Drawing) -> None:
    start = round(drawing.header_height * DOTS)
    style = f"swimlane;horizontal=1;fontStyle=0;collapsible=0;container=1;startSize={start};"
    colours = f"fillColor={HEADER};strokeColor={LANE_LINE};"
    _place(_add_cell(root, id_, placed.lane.name, style + colours + _font(drawing), "1"), placed.box)


def _add_node(
    root: ElementTree.Element, id_: str, placed: PlacedNode, lane: Box, lane_id: str, drawing: Drawing
) -> None:
    kind = placed.node.kind
    style = f"{_SHAPES[kind]}fillColor={FILLS[kind]};strokeColor={INK};{_font(drawing)}"
    _place(_add_cell(root, id_, placed.node.text, style, lane_id), placed.box, lane)


def _add_edge(
    root: ElementTree.Element, rank: int, route: Route, nodes: dict[str, str], boxes: dict[str, Box], drawing: Drawing
) -> None:
    edge = route.edge
    ends = _anchor("exit", route.points[0], boxes[edge.source]) + _anchor("entry", route.points[-1], boxes[edge.target])
    style = f"edgeStyle=orthogonalEdgeStyle;rounded=0;endArrow=block;endFill=1;strokeColor={INK};{ends}{_font(drawing)}"
    cell = _add_cell(root, f"edge{rank}", edge.label, style, "1")
    cell.set("edge", "1")
    cell.set("source", nodes[edge.source])
    cell.set("target", nodes[edge.target])
    geometry = ElementTree.SubElement(cell, "mxGeometry", {"relative": "1", "as": "geometry"})
    if route.label:
        (x, y), label = route.points[0], route.label
        geometry.set("x", "-1")
        offset = {"x": f"{(label.x - x) * DOTS:.1f}", "y": f"{(label.y - y) * DOTS:.1f}", "as": "offset"}
        ElementTree.SubElement(geometry, "mxPoint", offset)
    if len(route.points) > 2:
        corners = ElementTree.SubElement(geometry, "Array", {"as": "points"})
        for x, y in route.points[1:-1]:
            ElementTree.SubElement(corners, "mxPoint", x=f"{x * DOTS:.1f}", y=f"{y * DOTS:.1f}")


def _anchor(end: str, at: tuple[float, float], box: Box) -> str:
    """Where on a shape an arrow leaves or arrives, as parts of its width and height."""
    across, down = (at[0] - box.left) / box.width, (at[1] - box.top) / box.height
    return f"{end}X={round(across, 3):g};{end}Y={round(down, 3):g};{end}Dx=0;{end}Dy=0;"
