"""The texts of a table as nodes, made once and again only where a tag on them changes."""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from operator import is_
from typing import Any

from promptlab.align.lines import BULLETS, CHECKBOX, ended, groups_at, shown, stray_groups
from promptlab.files.cells import legal
from promptlab.messages import _
from promptlab.model.copie import Spot, Tagging
from promptlab.model.parsed import Group, Item, ParsedAnswer, Section, Step
from promptlab.review.exercise import Exercise, Passage
from promptlab.ui.marks import Mark, cuts
from promptlab.ui.tree import Ready
from promptlab.ui.view import Child, Node, text

Place = tuple[int, str]  # a column and the id of a text in it
Taggings = dict[Place, tuple[Tagging, ...]]


@dataclass(frozen=True, slots=True)
class _Made:
    """A node, and what it was made of: values that must be equal, children that must be the same ones."""

    node: Node
    values: tuple[Any, ...]
    children: tuple[Node, ...]

    def still(self, values: tuple[Any, ...], children: tuple[Node, ...]) -> bool:
        same = len(children) == len(self.children) and all(map(is_, children, self.children))
        return same and values == self.values


@dataclass(frozen=True, slots=True)
class State:
    """What is shown: the tags of each text, the text that is worked on with its editor, and the filter.

    `only` are the tags of a filter, None where all texts are shown. `apart` has the editor stand in a row of its own,
    as wide as the table, in place of under the text.
    """

    taggings: Taggings
    at: Spot | None = None
    editor: Callable[[], Node] | None = None
    only: Collection[str] | None = None
    apart: bool = False

    def kept(self, column: int, item: str) -> bool:
        """Whether the filter lets the text itself through."""
        found = self.taggings.get((column, item), ())
        return self.only is None or any(tagging.tag in self.only for tagging in found)


@dataclass
class Passages:
    """The nodes of the texts of one exercise."""

    exercise: Exercise
    marks: dict[str, Mark]
    _made: dict[str, _Made] = field(default_factory=dict)

    def intro(self, column: int, answer: ParsedAnswer, state: State) -> list[Child]:
        """What stands before the steps."""
        strays = [node for group in stray_groups(answer) for node in self._group(column, answer, group, state)]
        return [*self._single(column, "I", state), *strays]

    def step(self, column: int, answer: ParsedAnswer, step: Step, state: State) -> list[Child]:
        """A step with the headings above it; nothing where the filter leaves nothing of it."""
        above = [node for group in groups_at(answer, step.rank) for node in self._group(column, answer, group, state)]
        inside = self._items(column, step.items, state)
        identity = str(step.rank)
        if inside is None and not state.kept(column, identity):
            return []
        label = ended(_("Step {rank}", rank=step.rank)) if step.title else ""
        if not step.title:
            title: Child = text({"s": "strong", "t": _("Step {rank}", rank=step.rank)})
        else:
            title = self._node((column, identity), state, [], look="title", label=label)
        return [*above, title, inside]

    def after(self, column: int, answer: ParsedAnswer, state: State) -> list[Child]:
        """What follows the steps."""
        sections = [
            node
            for number, section in enumerate(answer.sections, 1)
            for node in self._section((column, f"S{number}"), section, state)
        ]
        return [*sections, *self._single(column, "C", state, label=ended(_("Conclusion")))]

    def thinking(self, column: int, state: State) -> list[Child]:
        """What the model showed of its reasoning."""
        return self._single(column, "T", state)

    def _single(self, column: int, identity: str, state: State, *, label: str = "") -> list[Child]:
        if (column, identity) not in self.exercise.passages or not state.kept(column, identity):
            return []
        return [self._node((column, identity), state, [], look="paragraph", label=label)]

    def _group(self, column: int, answer: ParsedAnswer, group: Group, state: State) -> Iterator[Child]:
        identity = f"G{answer.groups.index(group) + 1}"
        if group.title and state.kept(column, identity):
            yield self._node((column, identity), state, [], look="heading-line")
        if group.text and state.only is None:
            yield text(shown(group.text))

    def _section(self, place: Place, section: Section, state: State) -> Iterator[Child]:
        inside = self._items(place[0], section.items, state)
        if section.title and (inside is not None or state.kept(*place)):
            yield self._node(place, state, [], look="title")
        yield inside

    def _items(self, column: int, items: Iterable[Item], state: State, depth: int = 0) -> Node | None:
        nodes = tuple(node for item in items if (node := self._item(column, item, state, depth)))
        if not nodes:
            return None
        key = f"u{nodes[0]['k']}"
        if (made := self._made.get(key)) and made.still((), nodes):
            return made.node
        node = _ready({"kind": "passages", "k": key, "children": list(nodes)})
        self._made[key] = _Made(node, (), nodes)
        return node

    def _item(self, column: int, item: Item, state: State, depth: int) -> Node | None:
        inside = self._items(column, item.items, state, depth + 1)
        if inside is None and not state.kept(column, item.id):
            return None
        label = ended(shown(item.label)) if item.label and item.text else ""
        if item.kind == "example" and not item.label:
            label = ended(_("Example"))
        return self._node((column, item.id), state, [inside], look=item.kind, label=label, item=item, depth=depth)

    def _node(
        self,
        place: Place,
        state: State,
        children: list[Node | None],
        *,
        look: str,
        label: str = "",
        item: Item | None = None,
        depth: int = 0,
    ) -> Node:
        at = state.at if state.at and (state.at.column, state.at.item) == place else None
        is_open = bool(at and state.editor)
        editor = state.editor() if is_open and state.editor and not state.apart else None
        below = tuple(child for child in (editor, *children) if child)
        found = state.taggings.get(place, ())
        key = f"{place[0]}:{place[1]}"
        if (made := self._made.get(key)) and made.still((found, at, is_open), below):
            return made.node
        node = self._passage(self.exercise.passages[place], found, at, item, depth)
        node |= {"k": key, "look": look, "label": label, "open": is_open, "children": list(below)}
        node = _ready(node)
        self._made[key] = _Made(node, (found, at, is_open), below)
        return node

    def _passage(
        self, passage: Passage, taggings: tuple[Tagging, ...], at: Spot | None, item: Item | None, depth: int
    ) -> Node:
        whole = next((tagging for tagging in taggings if tagging.span is None), None)
        return {
            "kind": "passage",
            "column": passage.column,
            "item": passage.id,
            "li": item is not None,
            "mark": _mark(item, depth),
            "pieces": self._pieces(passage, taggings, at, item),
            "chips": [self._chip(tagging) for tagging in taggings],
            "whole": self._place(whole.tag) if whole else None,
            "before": _("whole text {tag}:", tag=self.exercise.label(whole.tag)) + " " if whole else "",
            "here": at is not None,
            "rows": [[legal(shown(cell)) for cell in line] for line in item.rows] if item and item.rows else None,
        }

    def _pieces(
        self, passage: Passage, taggings: tuple[Tagging, ...], at: Spot | None, item: Item | None
    ) -> list[dict[str, Any]]:
        if not passage.divisible:
            name = _("Table") if item and item.rows else shown(passage.text)
            return [{"t": legal(name), "n": len(passage.text)}]
        pieces: list[dict[str, Any]] = []
        begun = False
        for cut in cuts(passage.text, taggings, bold=item.bold if item else (), chosen=at.span if at else None):
            raw = passage.text[cut.start : cut.end]
            piece: dict[str, Any] = {"t": legal(shown(raw))}
            if len(piece["t"]) != len(raw):
                piece["n"] = len(raw)
            if cut.bold:
                piece["b"] = 1
            if cut.tagging:
                label = self.exercise.label(cut.tagging.tag)
                piece |= {"tag": self._place(cut.tagging.tag), "letter": self._letter(cut.tagging.tag)}
                piece |= {"open": " " + _("start, {tag}:", tag=label) + " "} if cut.opens else {}
                piece |= {"close": " " + _("(end, {tag})", tag=label) + " "} if cut.closes else {}
            if cut.chosen:
                piece["chosen"], begun = "more" if begun else "first", True
            pieces.append(piece)
        return pieces

    def _chip(self, tagging: Tagging) -> dict[str, Any]:
        parts = [self.exercise.label(tagging.tag), self.exercise.label(tagging.reason) if tagging.reason else ""]
        return {
            "tag": self._place(tagging.tag),
            "letter": self._letter(tagging.tag),
            "t": legal(" · ".join(part for part in parts if part)),
        }

    def _place(self, tag: str) -> int:
        mark = self.marks.get(tag)
        return mark.place if mark else len(self.marks)

    def _letter(self, tag: str) -> str:
        mark = self.marks.get(tag)
        return mark.letter if mark else "?"


def by_text(taggings: Iterable[Tagging]) -> Taggings:
    """Taggings by the text that they stand on, in their order."""
    found: dict[Place, list[Tagging]] = {}
    for tagging in taggings:
        found.setdefault((tagging.column, tagging.item), []).append(tagging)
    return {place: tuple(here) for place, here in found.items()}


def _ready(node: Node) -> Node:
    """`node` as one that is sent as it is, where all its children are."""
    return Ready(node) if all(isinstance(child, Ready) for child in node.get("children", ())) else node


def _mark(item: Item | None, depth: int) -> str:
    if item is None:
        return ""
    if item.number is not None:
        return f"{item.number}."
    if item.kind == "check":
        return CHECKBOX
    return BULLETS[min(depth, len(BULLETS) - 1)] if item.kind == "bullet" else ""
