"""A flowchart (logigramme): lanes, nodes of five shapes, labelled edges."""

from dataclasses import dataclass
from typing import Literal

NodeKind = Literal["start", "end", "action", "decision", "document"]


@dataclass(frozen=True, slots=True)
class Lane:
    """One actor of the process; every node stands in the lane of the one who does it."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Node:
    """One shape: oval (start, end), rectangle (action), diamond (decision) or sheet (document)."""

    id: str
    kind: NodeKind
    text: str
    lane: str


@dataclass(frozen=True, slots=True)
class Edge:
    """An arrow between two nodes; `label` is the exit of a decision ("oui", "non")."""

    source: str
    target: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Flowchart:
    """A drawn process. `origin` says who made it (shown under the picture)."""

    title: str
    lanes: tuple[Lane, ...]
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    origin: str = ""
