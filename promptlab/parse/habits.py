"""What the steps of an answer usually hold, so that the same in the last step is known to be its own."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from promptlab.parse.blocks import Block
from promptlab.parse.heads import BOLD, DEAD, all_bold
from promptlab.parse.items import Draft, labelled
from promptlab.parse.vocabulary import kind_of
from promptlab.parse.zones import StepDraft

_TIP_SIGNS = "💡📌⚠👉📝🔔🔑⭐✨🎯🧠❗ℹ✅"


@dataclass
class Habits:
    """What the steps before the last one hold, so that the same in the last one is its own."""

    headings: set[int] = field(default_factory=set)
    bold_lines: bool = False
    kinds: set[str] = field(default_factory=set)
    outside: bool = False
    rules: bool = False
    lines_over_lists: bool = False
    first_paragraph: bool = False
    later_paragraph: bool = False


def needs_text(step: StepDraft, before: Sequence[StepDraft]) -> bool:
    """Whether the first paragraph below a head is the step's own: nothing stands on its line, and steps have texts."""
    text = step.block.text
    # A sentence that is whole needs no text, where no step before has one.
    texts = any(one.body and (one.body[0].kind == "plain" or not text.endswith(".")) for one in before)
    bare = not re.search(r"\w[ \u00a0\u202f]{0,4}[:–—][ \u00a0]", text[8:]) and (
        all_bold(step.block.rich) or not step.block.rich.bold
    )
    covered = step.head.level == BOLD and all_bold(step.block.rich)
    return step.head.level < BOLD or covered or (bare and texts)


def habits_of(steps: Sequence[StepDraft]) -> Habits:
    """What `steps`, those before the last one, hold."""
    habits = Habits()
    for step in steps:
        for at, block in enumerate(step.body):
            if block.kind == "heading":
                habits.headings.add(block.level)
            elif block.kind == "rule":
                habits.rules |= at < len(step.body) - 1
            elif block.kind == "plain":
                habits.lines_over_lists |= stands_over_list(step.body, at)
                _note_paragraph(habits, block, step.body, at)
            habits.outside |= block.indent <= step.block.indent and block.kind != "rule"
    return habits


def _note_paragraph(habits: Habits, block: Block, body: Sequence[Block], at: int) -> None:
    habits.bold_lines |= all_bold(block.rich)
    if kind := label_kind(block):
        habits.kinds.add(kind)
    if block.indent <= 1 and block.apart and not announces(body, at):
        habits.first_paragraph |= at == 0
        habits.later_paragraph |= at > 0


def stands_over_list(body: Sequence[Block], at: int) -> bool:
    """Whether a short line apart, without punctuation, is followed by a list: a heading that lost its marks."""
    block = body[at]
    short = block.kind == "plain" and block.apart and block.indent <= 1 and len(block.text.split()) <= 7
    return short and block.text[-1:].isalnum() and at + 1 < len(body) and body[at + 1].listed


def announces(body: Sequence[Block], at: int) -> bool:
    """Whether the block at `at` ends with a colon and something follows it."""
    text = body[at].text
    return text.endswith((":", "：")) and at + 1 < len(body)


def label_kind(block: Block) -> str | None:
    """The kind that the label of a paragraph ("**Astuce :** …", "💡 Petit repère : …", "En résumé : …") announces."""
    label = _label(block)
    if label is None:
        return None
    kind = kind_of(label)
    if kind in DEAD:
        return kind
    return "key_points" if block.text[:1] in _TIP_SIGNS and len(label.split()) <= 4 else None


def _label(block: Block) -> str | None:
    draft = labelled(Draft("paragraph", block.rich, block.first, block.last, block.indent))
    if draft.label:
        return draft.label
    before, colon, _ = block.text.partition(":")
    return before.strip() if colon and len(before.split()) <= 6 else None
