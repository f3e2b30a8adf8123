"""Flowcharts: read from a file, checked, laid out in lanes on A4 and drawn in seven formats."""

from promptlab.flowchart.dot import to_dot
from promptlab.flowchart.drawio import to_drawio
from promptlab.flowchart.faults import faults
from promptlab.flowchart.formats import FORMATS, Format, format_of, render
from promptlab.flowchart.mermaid import to_mermaid
from promptlab.flowchart.numbered import to_text
from promptlab.flowchart.reading import load_flowchart, parse_flowchart
from promptlab.flowchart.writing import dump_flowchart

__all__ = [
    "FORMATS",
    "Format",
    "dump_flowchart",
    "faults",
    "format_of",
    "load_flowchart",
    "parse_flowchart",
    "render",
    "to_dot",
    "to_drawio",
    "to_mermaid",
    "to_text",
]
