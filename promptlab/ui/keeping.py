"""Cells and rows that stay as they are while no tag in them changes: a tag costs one cell, not the whole table."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from operator import is_

from promptlab.ui.passages import Place, State
from promptlab.ui.tree import Ready, prepare
from promptlab.ui.view import Node


@dataclass(frozen=True, slots=True)
class _Cell:
    node: Node
    places: frozenset[Place]


@dataclass
class Kept:
    """What was made for one exercise, by the keys of its nodes."""

    _cells: dict[str, _Cell] = field(default_factory=dict)
    _rows: dict[str, tuple[tuple[Node, ...], Node]] = field(default_factory=dict)
    _state: State | None = None

    def begin(self, state: State) -> None:
        """Forget what `state` shows otherwise than the state before."""
        before, self._state = self._state, state
        if (
            before is None
            or before.only != state.only
            or (state.only is not None and before.taggings != state.taggings)
        ):
            self._cells.clear()
            return
        touched = {
            place
            for place in before.taggings.keys() | state.taggings.keys()
            if before.taggings.get(place) != state.taggings.get(place)
        }
        touched |= {(at.column, at.item) for at in (before.at, state.at) if at}
        heads = {head_of(place) for place in touched}
        self._cells = {key: cell for key, cell in self._cells.items() if cell.places.isdisjoint(heads)}

    def cell(self, key: str, places: Collection[Place], make: Callable[[], Node]) -> Node:
        """The cell `key`, made by `make` where a text of `places` (see `head_of`) has changed since."""
        if found := self._cells.get(key):
            return found.node
        node = make() | {"k": key}
        ready = prepare(node)
        if ready.handlers:  # a form stands in it: it is made anew each time
            return node
        kept = Ready(ready.root)
        self._cells[key] = _Cell(kept, frozenset(places))
        return kept

    def row(self, key: str, look: str, cells: tuple[Node, ...]) -> Node:
        """The row `key` of these cells: the same one while they are the same ones."""
        found = self._rows.get(key)
        if found and len(found[0]) == len(cells) and all(map(is_, found[0], cells)):
            return found[1]
        node: Node = {"kind": "row", "k": key, "head": False, "look": look, "children": list(cells)}
        if all(isinstance(cell, Ready) for cell in cells):
            node = Ready(node)
            self._rows[key] = (cells, node)
        return node


def head_of(place: Place) -> Place:
    """Where a text stands: its column, and the step ("3"), section ("S1") or group ("G1") that it belongs to."""
    return (place[0], place[1].partition(".")[0])
