"""Steps and their items as HTML: real lists, tables and quotations, as deep as the answer has them."""

from dataclasses import dataclass
from itertools import groupby

from promptlab.align.lines import CHECKBOX, ended, groups_at
from promptlab.align.wording import colon
from promptlab.messages import _
from promptlab.model.parsed import Group, Item, ParsedAnswer, Section, Step
from promptlab.table.markup import hidden, partly_bold, prose, text


@dataclass(frozen=True, slots=True)
class Column:
    """The texts of one answer as HTML; `place` is its column from 1, by which its parts are named."""

    place: int
    answer: ParsedAnswer

    def group(self, group: Group) -> str:
        """A heading that gathers steps, and what stands under it before the first of them."""
        title = f'<p class="group">{prose(group.title)}</p>' if group.title else ""
        return title + (f"<p>{prose(group.text)}</p>" if group.text else "")

    def step(self, step: Step) -> str:
        """The headings above a step, its title, its items."""
        above = "".join(self.group(group) for group in groups_at(self.answer, step.rank))
        rank = text(_("Step {rank}", rank=step.rank))
        title = f"{rank}{colon()}</span> {prose(step.title)}" if step.title else f"{rank}</span>"
        head = f'<p class="step" id="c{self.place}-{step.rank}"><span class="rank">{title}</p>'
        return above + head + self.items(step.items)

    def section(self, section: Section) -> str:
        """What follows the steps under a heading of its own."""
        title = f'<p class="step">{prose(section.title)}</p>' if section.title else ""
        return title + self.items(section.items)

    def items(self, items: tuple[Item, ...]) -> str:
        """Items; those of the same kind that follow one another make one list."""
        return "".join(self._run(sort, list(run)) for sort, run in groupby(items, key=_sort))

    def _run(self, sort: str, items: list[Item]) -> str:
        if sort == "ol":
            inside = "".join(f'<li value="{item.number}"{self._id(item)}>{self._body(item)}</li>' for item in items)
            return f"<ol>{inside}</ol>"
        if sort == "ul":
            return f"<ul>{''.join(f'<li{self._id(item)}>{self._body(item)}</li>' for item in items)}</ul>"
        if sort == "check":
            box = f'<span aria-hidden="true">{CHECKBOX}</span> ' + hidden(_("To tick:") + " ")
            inside = "".join(f"<li{self._id(item)}>{box}{self._body(item)}</li>" for item in items)
            return f'<ul class="checks">{inside}</ul>'
        return "".join(f'<div class="{sort}"{self._id(item)}>{self._body(item)}</div>' for item in items)

    def _body(self, item: Item) -> str:
        label = ended(item.label) if item.label else ""
        if item.kind == "example" and not label:
            label = ended(_("Example"))
        lead = f"<strong>{prose(label)}</strong> " if label else ""
        number = f"{item.number}. " if item.number is not None and _sort(item) != "ol" else ""
        words = number + lead + partly_bold(item.text, item.bold)
        reference = f' <span class="ref">{self.place}·{text(item.id)}</span>'
        table = self._table(item)
        return (words + reference + table if words else table + reference) + self.items(item.items)

    def _table(self, item: Item) -> str:
        if not item.rows:
            return ""
        width = max(len(row) for row in item.rows)
        head, *body = [(*row, *[""] * (width - len(row))) for row in item.rows]
        names = "".join(f'<th scope="col">{prose(name)}</th>' for name in head)
        lines = "".join(f"<tr>{''.join(f'<td>{prose(cell)}</td>' for cell in row)}</tr>" for row in body)
        style = "inner many" if width > 2 else "inner"
        return f'<table class="{style}"><thead><tr>{names}</tr></thead><tbody>{lines}</tbody></table>'

    def _id(self, item: Item) -> str:
        return f' id="c{self.place}-{text(item.id)}"'


def _sort(item: Item) -> str:
    if item.kind in ("example", "table", "check"):
        return item.kind
    if item.number is not None:
        return "ol"
    return "ul" if item.kind == "bullet" else "paragraph"
