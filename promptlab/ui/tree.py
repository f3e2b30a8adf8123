"""A tree made ready for the screen: every node with its key, handlers taken out, and what differs from the last one."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from promptlab.ui.view import Node

Handler = Callable[..., Any]
Patch = dict[str, Any]


class Ready(dict[str, Any]):
    """A node whose keys are set and that holds no handler: it is sent as it is, and compared by identity first."""


@dataclass(frozen=True)
class Prepared:
    """What the screen gets (`root`), and what stays here: the node and the handler of each key."""

    root: Node
    handlers: Mapping[str, Handler] = field(default_factory=dict)
    fields: Mapping[str, Node] = field(default_factory=dict)


def prepare(root: Node, errors: Mapping[str, str] | None = None) -> Prepared:
    """`root` with a key for every node, without its handlers; `errors` stand at the nodes of their keys.

    ValueError for a key that stands twice: the screen could not tell the two apart.
    """
    done = _Preparing(errors or {})
    return Prepared(done.node(root, "root"), done.handlers, done.fields)


class _Preparing:
    def __init__(self, errors: Mapping[str, str]) -> None:
        self.errors = errors
        self.handlers: dict[str, Handler] = {}
        self.fields: dict[str, Node] = {}
        self.keys: set[str] = set()

    def node(self, node: Node, key: str) -> Node:
        if isinstance(node, Ready):
            return node
        made = {name: value for name, value in node.items() if name not in ("do", "children")}
        made["k"] = key = node.get("k", key)
        if key in self.keys:
            raise ValueError(f"the key {key!r} stands twice in this panel")
        self.keys.add(key)
        if handler := node.get("do"):
            self.handlers[key], self.fields[key] = handler, made
        if key in self.errors:
            made["error"] = self.errors[key]
        if "children" in node:
            made["children"] = [
                self.node(child, f"{key}/{place}") for place, child in enumerate(node["children"]) if child is not None
            ]
        return made


def patches(before: Node, after: Node) -> Iterator[Patch]:
    """What makes `after` of `before`, node by node.

    A patch has the key of a node (`k`), its own values where they changed (`p`), and where its children did, their
    keys in `order` and those that were not there as nodes in `new`.
    """
    if before is after:
        return
    olds = {child["k"]: child for child in before.get("children", ())}
    children = after.get("children", ())
    patch: Patch = {}
    if own(before) != own(after):
        patch["p"] = own(after)
    fresh = [child for child in children if _other_kind(olds.get(child["k"]), child)]
    if fresh or list(olds) != [child["k"] for child in children]:
        patch |= {"order": [child["k"] for child in children], "new": fresh}
    if patch:
        yield {"k": after["k"], **patch}
    for child in children:
        if not _other_kind(olds.get(child["k"]), child):
            yield from patches(olds[child["k"]], child)


def own(node: Node) -> Node:
    """The values of a node itself, without its children."""
    return {name: value for name, value in node.items() if name != "children"}


def _other_kind(before: Node | None, after: Node) -> bool:
    return before is None or before["kind"] != after["kind"]


def words(node: Node) -> Iterator[str]:
    """Every text of a tree that a person sees or hears, in the order of the screen."""
    for name in ("legend", "summary", "caption", "label", "name"):
        if name in node:
            yield node[name]
    yield from (part["t"] for part in node.get("parts", ()))
    yield from (piece["t"] for piece in node.get("pieces", ()))
    yield from (f"{one['label']} {one['t']}" for one in node.get("bars", ()))
    if node["kind"] in ("line", "area"):
        yield node["value"]
    for name in ("help", "words", "alt", "description", "error"):
        if node.get(name):
            yield node[name]
    for child in node.get("children", ()):
        yield from words(child)
