"""Reads a flowchart from its TOML file and tells every fault at once."""

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

from promptlab.errors import BadInput
from promptlab.files.faults import broken_toml, refuse
from promptlab.files.system import reason_of
from promptlab.flowchart.faults import EXITS_FORM, KINDS, fault_list, faults, place_of
from promptlab.messages import _
from promptlab.model.flowchart import Edge, Flowchart, Lane, Node, NodeKind

# A page of flowchart is a few kilobytes; what is larger was not written by hand.
LARGEST_FILE = 1_000_000
_KEYS = {
    "": ("title", "origin", "lane", "node"),
    "lane": ("id", "name"),
    "node": ("id", "kind", "lane", "text", "next", "exits"),
}


def load_flowchart(path: Path) -> Flowchart:
    """The flowchart in the file at `path`.

    Raises BadInput with all the faults of the file, each with its place and key.
    """
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST_FILE + 1)
    except FileNotFoundError as error:
        raise BadInput(_("{path}: there is no such file. Check the name, or name a case.", path=path)) from error
    except OSError as error:
        raise BadInput(_("{path} cannot be read: {reason}.", path=path, reason=reason_of(error))) from error
    if len(content) > LARGEST_FILE:
        raise BadInput(_("{path} is too large for a flowchart. Name a TOML file of at most 1 MB.", path=path))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        fault = _("{path} is not text in UTF-8 (byte {byte}). Save it as UTF-8.", path=path, byte=error.start)
        raise BadInput(fault) from error
    return parse_flowchart(text, name=str(path))


def parse_flowchart(text: str, *, name: str = "flowchart.toml") -> Flowchart:
    """The flowchart that `text` (TOML) describes; `name` is what the messages call it.

    Raises BadInput with all the faults, each with its place and key.
    """
    try:
        table = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise refuse(name, [broken_toml(str(error), name)]) from error
    reader = _Reader()
    flowchart = reader.flowchart(table)
    found = (*reader.faults, *(fault for fault in faults(flowchart) if not reader.tells(fault)))
    if found:
        raise BadInput(fault_list(name, found))
    return flowchart


class _Reader:
    """Takes the nouns out of a table; what has the wrong form is noted and read as empty."""

    def __init__(self) -> None:
        self.faults: list[str] = []
        self._told: set[str] = set()

    def tells(self, fault: str) -> bool:
        """Whether a fault is the consequence of one already noted at the same place and key."""
        return any(fault.startswith((f"{place}:", f"{place}\u00a0:")) for place in self._told)

    def flowchart(self, table: Mapping[str, object]) -> Flowchart:
        """The flowchart of a whole file."""
        self._no_other_keys("", table, "")
        title, origin = self._text(table, "title", ""), self._text(table, "origin", "")
        lanes = tuple(self._lane(rank, lane) for rank, lane in enumerate(self._tables(table, "lane"), 1))
        nodes: list[Node] = []
        edges: list[Edge] = []
        for rank, node in enumerate(self._tables(table, "node"), 1):
            where = place_of("node", rank, node.get("id", ""))
            nodes.append(self._node(where, node))
            edges += self._edges(where, node)
        return Flowchart(title, lanes, tuple(nodes), tuple(edges), origin)

    def _lane(self, rank: int, table: Mapping[str, object]) -> Lane:
        where = place_of("lane", rank, table.get("id", ""))
        self._no_other_keys("lane", table, where)
        return Lane(self._id(table, where), self._text(table, "name", where))

    def _node(self, where: str, table: Mapping[str, object]) -> Node:
        self._no_other_keys("node", table, where)
        text, lane = self._text(table, "text", where), self._text(table, "lane", where)
        return Node(self._id(table, where), self._kind(table, where), text, lane)

    def _kind(self, table: Mapping[str, object], where: str) -> NodeKind:
        asked = self._text(table, "kind", where)
        for kind in KINDS:
            if asked == kind:
                return kind
        self._note(where, "kind", _("“{kind}” is no shape. Choose: {kinds}.", kind=asked, kinds=", ".join(KINDS)))
        return "action"

    def _id(self, table: Mapping[str, object], where: str) -> str:
        found = self._text(table, "id", where)
        if not found.strip():
            self._note(where, "id", _("the id is missing. Give a short word without spaces."))
        return found

    def _edges(self, where: str, table: Mapping[str, object]) -> Iterator[Edge]:
        source = str(table.get("id", ""))
        following, exits = table.get("next", []), table.get("exits", {})
        for target in following if isinstance(following, list) else [following]:
            if isinstance(target, str):
                yield Edge(source, target)
            else:
                self._note(
                    where,
                    "next",
                    _("{value} is no id. Write one id or a list of them, between quotes.", value=repr(target)),
                )
        if not isinstance(exits, dict):
            self._note(where, "exits", _("{value} is no table. Write {form}.", value=repr(exits), form=EXITS_FORM))
            return
        for label, target in exits.items():
            if isinstance(target, str):
                yield Edge(source, target, label)
            else:
                self._note(
                    where, f"exits.{label}", _("{value} is no id. Write one id between quotes.", value=repr(target))
                )

    def _text(self, table: Mapping[str, object], key: str, where: str) -> str:
        found = table.get(key, "")
        if isinstance(found, str):
            return found
        self._note(where, key, _("{value} is no text. Write it between quotes.", value=repr(found)))
        return ""

    def _tables(self, table: Mapping[str, object], key: str) -> list[Mapping[str, object]]:
        found = table.get(key, [])
        if isinstance(found, list) and all(isinstance(item, dict) for item in found):
            return found
        self._note("", key, _("this is no list of tables. Write [[{key}]] above each one.", key=key))
        return []

    def _no_other_keys(self, kind: str, table: Mapping[str, object], where: str) -> None:
        for key in table:
            if key not in _KEYS[kind]:
                self._note(where, key, _("this key is unknown. The keys are: {keys}.", keys=", ".join(_KEYS[kind])))

    def _note(self, where: str, key: str, what: str) -> None:
        place = f"{where}, {key}" if where else key
        self._told.add(place)
        self.faults.append(_("{place}: {what}", place=place, what=what))
