"""The command `promptlab parse`: one answer to steps and items."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from promptlab.files.answers import read_answer
from promptlab.messages import _, ngettext
from promptlab.model.parsed import Item, ParsedAnswer
from promptlab.parse import parse_answer, to_json


@click.command(help=_("Take one answer (Markdown or text file) apart: its steps, their items and the rest."))
@click.argument("answer", metavar=_("ANSWER.md"), type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help=_("Print the answer as one JSON document."))
def parse(answer: Path, *, as_json: bool) -> None:
    """Parse the file and print it, as an outline or as JSON."""
    from promptlab.cli.show import show_text

    parsed = parse_answer(read_answer(answer))
    show_text(json.dumps(to_json(parsed), ensure_ascii=False, indent=1) if as_json else "\n".join(outline(parsed)))


def outline(parsed: ParsedAnswer) -> Iterator[str]:
    """The lines of a readable outline: every step and item with its id, then what is doubtful."""
    yield from _passage(_("Introduction"), parsed.intro)
    starts = {group.first: group for group in parsed.groups}
    for step in parsed.steps:
        if group := starts.get(step.rank):
            yield f"── {group.title} ({group.first}–{group.last})"
            if group.text:
                yield f"   {group.text}"
        yield f"{step.rank}. {step.title}"
        yield from _items(step.items, 1)
    for rank, section in enumerate(parsed.sections, 1):
        yield f"S{rank}. {section.title} [{section.kind}]"
        yield from _items(section.items, 1)
    yield from _passage(_("Conclusion"), parsed.conclusion)
    yield from _passage(_("Thinking"), parsed.thinking)
    if parsed.problems:
        yield ngettext("{count} thing to check:", "{count} things to check:", len(parsed.problems))
    for problem in parsed.problems:
        yield f"  ! {problem}"


def _passage(name: str, text: str) -> Iterator[str]:
    if text:
        yield f"[{name}]"
        yield from (f"  {line}" for line in text.split("\n"))


def _items(items: Sequence[Item], depth: int) -> Iterator[str]:
    for item in items:
        signs = {"bullet": "•", "check": "☐", "example": "»", "table": "▦", "paragraph": "¶"}
        label = f"{item.label} : " if item.label else ""
        first, *more = (label + item.text).split("\n")
        yield f"{'  ' * depth}{item.id} {signs[item.kind]} {first}".rstrip()
        yield from (f"{'  ' * depth}    {line}" for line in more)
        yield from (f"{'  ' * depth}    {' | '.join(row)}" for row in item.rows)
        yield from _items(item.items, depth + 1)
