"""Writes a flowchart as the TOML file that a teacher can read and change."""

import json
import re

from promptlab.flowchart.faults import check
from promptlab.model.flowchart import Edge, Flowchart, Node

_BARE = re.compile(r"[A-Za-z0-9_-]+")


def dump_flowchart(flowchart: Flowchart) -> str:
    """The text of the file from which `load_flowchart` reads the same flowchart, its arrows in the order of the nodes.

    Raises BadInput where the flowchart has faults, UnicodeEncodeError for a lone surrogate: no TOML file holds one.
    """
    check(flowchart)
    leaving: dict[str, list[Edge]] = {node.id: [] for node in flowchart.nodes}
    for edge in flowchart.edges:
        leaving[edge.source].append(edge)
    head = [f"title = {_text(flowchart.title)}"]
    if flowchart.origin:
        head.append(f"origin = {_text(flowchart.origin)}")
    blocks = ["\n".join(head)]
    blocks += [f"[[lane]]\nid = {_text(lane.id)}\nname = {_text(lane.name)}" for lane in flowchart.lanes]
    blocks += [_node(node, leaving[node.id]) for node in flowchart.nodes]
    text = "\n\n".join(blocks) + "\n"
    text.encode()
    return text


def _node(node: Node, edges: list[Edge]) -> str:
    lines = [
        "[[node]]",
        f"id = {_text(node.id)}",
        f'kind = "{node.kind}"',
        f"lane = {_text(node.lane)}",
        f"text = {_text(node.text)}",
    ]
    following = [_text(edge.target) for edge in edges if not edge.label]
    if following:
        lines.append(f"next = {following[0]}" if len(following) == 1 else f"next = [{', '.join(following)}]")
    exits = [f"{_key(edge.label)} = {_text(edge.target)}" for edge in edges if edge.label]
    if exits:
        lines.append(f"exits = {{ {', '.join(exits)} }}")
    return "\n".join(lines)


def _key(label: str) -> str:
    return label if _BARE.fullmatch(label) else _text(label)


def _text(text: str) -> str:
    """A TOML basic string; its escapes are those of JSON, and DEL besides."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
