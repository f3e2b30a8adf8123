"""An answer taken apart: steps, their items, and what stands around them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from promptlab.model.problem import Problem

ItemKind = Literal["bullet", "paragraph", "example", "table", "check"]
SectionKind = Literal["key_points", "template", "summary", "note"]


@dataclass(frozen=True, slots=True)
class Item:
    """One statement of a step: a bullet, a paragraph, an example message, a table or a checkbox.

    `id` is "3.2" for item 2 of step 3, "3.2.1" for its first child, "S1.2" in section 1. `text` has no Markdown marks;
    `bold` gives the emphasised stretches of `text` as (start, end). `number` is what an ordered list printed before
    the item. `rows` are a table's cells, header first. `lines` are the item's first and last line in the answer.
    """

    id: str
    kind: ItemKind
    text: str = ""
    label: str | None = None
    rows: tuple[tuple[str, ...], ...] = ()
    items: tuple["Item", ...] = ()
    number: int | None = None
    bold: tuple[tuple[int, int], ...] = ()
    lines: tuple[int, int] = (0, 0)


def all_items(items: Iterable[Item]) -> Iterator[Item]:
    """`items` and, after each, all that stands below it, in the order of the answer."""
    for item in items:
        yield item
        yield from all_items(item.items)


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the process an answer describes; `rank` is its position from 1, whatever number it prints."""

    rank: int
    title: str
    items: tuple[Item, ...] = ()
    lines: tuple[int, int] = (0, 0)


@dataclass(frozen=True, slots=True)
class Group:
    """A heading that gathers the steps of rank `first` to `last`; `text` is what stands between it and the first."""

    title: str
    first: int
    last: int
    text: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """What follows the steps under a heading of its own: key points, a model letter, a recapitulation, a note."""

    kind: SectionKind
    title: str
    items: tuple[Item, ...] = ()
    lines: tuple[int, int] = (0, 0)


@dataclass(frozen=True, slots=True)
class ParsedAnswer:
    """Every word of an answer, in the order of the answer, each in exactly one of these places."""

    intro: str = ""
    groups: tuple[Group, ...] = ()
    steps: tuple[Step, ...] = ()
    sections: tuple[Section, ...] = ()
    conclusion: str = ""
    thinking: str = ""
    problems: tuple[Problem, ...] = ()
