"""An answer of an AI on the screen: where it comes from, its steps, what stands around them, what to look at."""

from promptlab.align.lines import CHECKBOX, ended, groups_at, shown
from promptlab.align.wording import colon, day, state_of
from promptlab.messages import _
from promptlab.model.answer import Answer
from promptlab.model.parsed import Item, ParsedAnswer, Section, Step
from promptlab.review.writing import doubts_about
from promptlab.table.markup import text as escaped
from promptlab.table.steps import Column
from promptlab.ui.view import Node, group, heading, items, notice, row, strong, table, text


def answer_view(answer: Answer, parsed: ParsedAnswer, *, key: str) -> Node:
    """`answer`, taken apart in `parsed`, as a card of nodes: nothing in it is taken for HTML."""
    doubts = doubts_about(answer)
    steps = [_step(parsed, step) for step in parsed.steps]
    return group(
        [
            text(provenance(answer), tone="soft"),
            notice("warn", *(text(str(doubt)) for doubt in doubts)) if doubts else None,
            text(shown(parsed.intro)) if parsed.intro else None,
            group(steps),
            group([_section(section) for section in parsed.sections]),
            text(shown(parsed.conclusion)) if parsed.conclusion else None,
        ],
        look="card",
        key=key,
    )


def provenance(answer: Answer) -> str:
    """Where an answer comes from, in one line: model, date, note, retouched or not."""
    source = answer.provenance
    model = " ".join(part for part in (source.model, f"({source.provider})" if source.provider else "") if part)
    parts = [model, day(source.collected), source.note.rstrip("."), state_of(source)]
    return _("Source: {facts}.", facts=", ".join(part for part in parts if part))


def answer_html(answer: Answer, parsed: ParsedAnswer) -> str:
    """The same as HTML without style or script, for print and for a notebook without its kernel."""
    column = Column(answer.number, parsed)
    blocks = [f"<p><em>{escaped(provenance(answer))}</em></p>"]
    blocks += [f"<p>{_broken(parsed.intro)}</p>"] if parsed.intro else []
    blocks += [column.step(step) for step in parsed.steps]
    blocks += [column.section(section) for section in parsed.sections]
    blocks += [f"<p>{_broken(parsed.conclusion)}</p>"] if parsed.conclusion else []
    return "".join(blocks)


def _broken(words: str) -> str:
    return escaped(shown(words)).replace("\n", "<br>")


def _step(parsed: ParsedAnswer, step: Step) -> Node:
    above = [heading(shown(one.title), 4) for one in groups_at(parsed, step.rank) if one.title]
    title = _("Step {rank}", rank=step.rank) + (colon() + " " + shown(step.title) if step.title else "")
    return group([*above, heading(title, 5), _items(step.items)])


def _section(section: Section) -> Node:
    return group([heading(shown(section.title), 5) if section.title else None, _items(section.items)])


def _items(found: tuple[Item, ...]) -> Node | None:
    return items([_item(item) for item in found]) if found else None


def _item(item: Item) -> Node:
    label = [strong(ended(shown(item.label)) + " ")] if item.label else []
    box = [CHECKBOX + " "] if item.kind == "check" else []
    said = text(*box, *label, shown(item.text)) if (item.text or label) else None
    cells = _table(item) if item.rows else None
    return group([said, cells, _items(item.items)])


def _table(item: Item) -> Node:
    head, *body = item.rows
    width = max(len(line) for line in item.rows)
    filled = [(*line, *[""] * (width - len(line))) for line in body]
    top = [*map(shown, head), *[""] * (width - len(head))]
    return table(
        _("Table of the answer"), top, [row([shown(cell) for cell in line]) for line in filled], ear_caption=True
    )
