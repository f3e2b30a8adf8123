"""A comparison as lines of text and as a list of items: what tables without nested lists are made of."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from promptlab.align.wording import colon, heads
from promptlab.messages import _
from promptlab.model.comparison import Comparison, Phase
from promptlab.model.parsed import Group, Item, ParsedAnswer, Section, Step

BULLETS = ("•", "○", "▪")
CHECKBOX = "☐"
CELL_SEPARATOR = " | "
_LABEL_ENDS = (":", "：", "?", "!", ".", "…")
_SIGNS = re.compile(r"<br\s*/?>|&nbsp;|&amp;|\r\n?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a cell: `mark` is its bullet or number, `lead` what is emphasised, `text` the rest.

    `depth` counts the lists it stands in, from 0. Texts are as a reader sees them: see `shown`.
    """

    kind: Literal["group", "step", "section", "item"]
    depth: int = 0
    mark: str = ""
    lead: str = ""
    text: str = ""

    def __str__(self) -> str:
        indent = "  " * self.depth
        words = " ".join(part for part in (self.mark, self.lead, self.text) if part)
        return indent + words.replace("\n", f"\n{indent}{'  ' if self.mark else ''}")


def shown(text: str) -> str:
    """`text` as a reader sees it: a literal `<br>` breaks the line, `&nbsp;` and `&amp;` stand for their signs."""
    return _SIGNS.sub(_sign, text) if "<" in text or "&" in text or "\r" in text else text


def _sign(found: re.Match[str]) -> str:
    return {"&nbsp;": "\u00a0", "&amp;": "&"}.get(found.group().lower(), "\n")


def ended(label: str) -> str:
    """A label with the colon that it needs."""
    return label if label.rstrip().endswith(_LABEL_ENDS) else label + colon()


def groups_at(answer: ParsedAnswer, rank: int) -> Iterator[Group]:
    """The headings that gather the steps from `rank` on."""
    return (group for group in answer.groups if group.first == rank)


def stray_groups(answer: ParsedAnswer) -> Iterator[Group]:
    """Groups that begin at no step of the answer: no step would show them."""
    return (group for group in answer.groups if not 1 <= group.first <= len(answer.steps))


def group_lines(group: Group) -> Iterator[Line]:
    """A heading that gathers steps, and what stands under it before the first of them."""
    if group.title:
        yield Line("group", lead=shown(group.title))
    if group.text:
        yield Line("item", text=shown(group.text))


def step_title(step: Step) -> str:
    """A step's own rank and its title, in one line."""
    name = _("Step {rank}", rank=step.rank)
    return f"{name}{colon()} {shown(step.title)}" if step.title else name


def step_lines(answer: ParsedAnswer, step: Step) -> Iterator[Line]:
    """A step: the headings above it, its title, its items."""
    for group in groups_at(answer, step.rank):
        yield from group_lines(group)
    yield Line("step", lead=step_title(step))
    yield from item_lines(step.items)


def section_lines(section: Section) -> Iterator[Line]:
    """What follows the steps under a heading of its own."""
    if section.title:
        yield Line("section", lead=shown(section.title))
    yield from item_lines(section.items)


def item_lines(items: tuple[Item, ...], depth: int = 0) -> Iterator[Line]:
    """Items with all that stands under them, in the order of the answer; a table gives a line for each of its rows."""
    for item in items:
        mark = _mark(item, depth)
        text, lead = shown(item.text), ended(shown(item.label)) if item.label else ""
        if item.kind == "example" and not lead:
            lead = ended(_("Example"))
        if text or lead or not item.rows:
            yield Line("item", depth, mark, lead, text)
        for number, row in enumerate(item.rows):
            cells = CELL_SEPARATOR.join(shown(cell) for cell in row)
            yield Line("item", depth, "", "" if number else cells, cells if number else "")
        yield from item_lines(item.items, depth + bool(mark))


def _mark(item: Item, depth: int) -> str:
    if item.number is not None:
        return f"{item.number}."
    if item.kind == "check":
        return CHECKBOX
    return BULLETS[min(depth, len(BULLETS) - 1)] if item.kind == "bullet" else ""


def cell_lines(comparison: Comparison, phase: Phase, column: int) -> tuple[Line, ...]:
    """The lines of the cell of `phase` under `columns[column]`."""
    answer = comparison.columns[column].answer
    return tuple(line for step in comparison.steps_at(phase, column) for line in step_lines(answer, step))


def phase_labels(comparison: Comparison) -> tuple[str, ...]:
    """The labels of the phases, each with its place after it where it is empty or stands twice."""
    labels = [phase.label for phase in comparison.phases]
    count = Counter(labels)
    taken = set(labels)
    unique = []
    for number, label in enumerate(labels, 1):
        name = label
        while not name or (count[label] > 1 and name in taken):
            name = f"{name} ({number})".strip()
        taken.add(name)
        unique.append(name)
    return tuple(unique)


def text_of(lines: Iterable[Line]) -> str:
    """Lines as one text with line feeds."""
    return "\n".join(str(line) for line in lines)


@dataclass(frozen=True, slots=True)
class Entry:
    """One item of a comparison in the long format. `step` is its step's rank, None for what follows the steps.

    `title` is the title of its step or section; `text` holds a table's rows too. `depth` counts the items above it.
    """

    phase: str
    column: str
    step: int | None
    title: str
    id: str
    kind: str
    label: str
    text: str
    depth: int = 0


def entries(comparison: Comparison) -> Iterator[Entry]:
    """Every item of the table, row by row and column by column, each with its children after it."""
    names = heads(comparison)
    for label, phase in zip(phase_labels(comparison), comparison.phases, strict=True):
        for place, name in enumerate(names):
            for step in comparison.steps_at(phase, place):
                yield from _entries(step.items, (label, name, step.rank, shown(step.title)))
    for name, column in zip(names, comparison.columns, strict=True):
        for section in column.answer.sections:
            yield from _entries(section.items, (_("Key points"), name, None, shown(section.title)))


def _entries(items: tuple[Item, ...], place: tuple[str, str, int | None, str], depth: int = 0) -> Iterator[Entry]:
    for item in items:
        rows = [CELL_SEPARATOR.join(shown(cell) for cell in row) for row in item.rows]
        text = "\n".join([shown(item.text), *rows] if item.text else rows)
        yield Entry(*place, item.id, item.kind, shown(item.label or ""), text, depth)
        yield from _entries(item.items, place, depth + 1)
