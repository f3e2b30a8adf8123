"""Writes a flowchart as Mermaid text (version 11.3 or newer, for the shape of documents)."""

import json
import re

from promptlab.flowchart.faults import check
from promptlab.flowchart.naming import plain_names
from promptlab.flowchart.wrapping import clean
from promptlab.model.flowchart import Edge, Flowchart, Node

# Letters, digits, spaces and quiet punctuation stay; anything else is written as the code that Mermaid reads back as
# text: no quote, bracket, HTML, Markdown or directive (%%) is left for it to act upon.
_QUIET = frozenset(" ,.!?’'«»/()€°…–—\u00a0\u202f-")
# A label that begins like a list or a number is taken for Markdown.
_LIST = re.compile(r"^(?:\d+\.|-)(?= )")


def to_mermaid(flowchart: Flowchart) -> str:
    """A flowchart as Mermaid `flowchart TD`, with one subgraph for each lane.

    Raises BadInput where the flowchart has faults.
    """
    check(flowchart)
    names = plain_names("n", (node.id for node in flowchart.nodes))
    lines = ["---", f"title: {json.dumps(clean(flowchart.title), ensure_ascii=False)}", "---", "flowchart TD"]
    lanes = plain_names("lane", (lane.id for lane in flowchart.lanes))
    for lane in flowchart.lanes:
        lines.append(f"    subgraph {lanes[lane.id]}[{quoted(lane.name)}]")
        lines.append("        direction TB")
        lines += [f"        {_shape(node, names[node.id])}" for node in flowchart.nodes if node.lane == lane.id]
        lines.append("    end")
    lines += [f"    {_arrow(edge, names)}" for edge in flowchart.edges]
    return "\n".join(lines) + "\n"


def quoted(text: str) -> str:
    """`text` as a quoted Mermaid label that shows it letter by letter."""
    plain = clean(text)
    mark = _LIST.match(plain)
    quiet = "".join(letter if letter.isalnum() or letter in _QUIET else f"#{ord(letter)};" for letter in plain)
    return f'"{_hidden_mark(quiet, mark.end())}"' if mark else f'"{quiet}"'


def _hidden_mark(label: str, end: int) -> str:
    """A label whose leading « 1. » or « - » is no list any more."""
    return f"{label[: end - 1]}#{ord(label[end - 1])};{label[end:]}"


def _shape(node: Node, name: str) -> str:
    label = quoted(node.text)
    if node.kind == "document":
        return f"{name}@{{ shape: doc, label: {label} }}"
    if node.kind == "decision":
        return f"{name}{{{label}}}"
    return f"{name}[{label}]" if node.kind == "action" else f"{name}([{label}])"


def _arrow(edge: Edge, names: dict[str, str]) -> str:
    label = f"|{quoted(edge.label)}|" if edge.label.strip() else ""
    return f"{names[edge.source]} -->{label} {names[edge.target]}"
