"""The blocks of a step or section to its nested items, with labels, examples and ids."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from promptlab.model.parsed import Item, ItemKind
from promptlab.parse.blocks import Block
from promptlab.parse.closing import is_farewell, is_salutation
from promptlab.parse.heads import all_bold
from promptlab.parse.inline import Rich

_OPENED = "«“\"„‘'"
_QUOTED = re.compile(r"^\W{0,3}?[«“\"„].*[»”\"“]\W{0,3}$", re.DOTALL)
_COLON = re.compile(r"[ \t\u00a0\u202f]{0,4}[:：][ \t\u00a0\u202f]*")
_SIGNS = re.compile(r"^[^\w«“\"'‘(\[¿¡<&@#/$€£+-]+(?=\w)")
# A lead-in ("Exemple :") is at most this many words long; a longer one is a paragraph of its own.
_LEAD_IN = 12
# Deeper lists are read as lists of this depth.
_DEEPEST = 40
_RANK = {char: rank for rank, chars in enumerate(("•●-*+–—", "○◦o", "▪▫■□‣⁃")) for char in chars}


@dataclass
class Draft:
    """An item being built; `indent` and `mark` place it in its list."""

    kind: ItemKind
    rich: Rich
    first: int
    last: int
    indent: int
    mark: str = ""
    label: str | None = None
    number: int | None = None
    rows: tuple[tuple[str, ...], ...] = ()
    children: list["Draft"] = field(default_factory=list)
    apart: bool = True

    @property
    def listed(self) -> bool:
        """Whether it is a line of a list."""
        return self.kind in ("bullet", "check")


def build(blocks: Iterable[Block], prefix: str, rest: Draft | None = None) -> tuple[Item, ...]:
    """The items of `blocks`, numbered "`prefix`.1" and on; `rest` is what stood behind the title on its line."""
    drafts = [rest] if rest else []
    drafts += [draft for block in blocks if (draft := _draft(block))]
    return _finished(_nested(_examples(drafts)), prefix)


def _draft(block: Block) -> Draft | None:
    if block.kind == "rule":
        return None
    if block.rows:
        return Draft("table", Rich(""), block.first, block.last, block.indent, rows=block.rows)
    if not block.text.strip() and not block.mark:
        return None
    kind: ItemKind = {
        "bullet": "bullet",
        "ordered": "bullet",
        "check": "check",
        "quote": "example",
        "fence": "example",
    }.get(  # type: ignore[assignment]
        block.kind, "paragraph"
    )
    draft = Draft(
        kind, block.rich, block.first, block.last, block.indent, block.mark, number=block.value, apart=block.apart
    )
    if block.kind == "fence":
        draft.mark, draft.label = "", block.mark or None
        return draft if draft.label or draft.rich.text.strip() else None
    if block.kind == "heading":
        draft.rich, draft.mark = Rich(block.text, ((0, len(block.text)),), ((0, len(block.text)),)), "#"
    if not draft.rich.text:
        return None
    return labelled(draft)


def labelled(draft: Draft) -> Draft:
    """The item with its emphasised lead that ends with a colon taken off as its label."""
    text = draft.rich.text
    if draft.kind == "example" and "\n" in text:
        return draft
    signs = _SIGNS.match(text)
    start = signs.end() if signs else 0
    lead = next((end for begin, end in draft.rich.marked if begin <= start < end), None)
    if lead:
        draft = _split_label(draft, start, lead)
    if draft.kind == "paragraph" and _QUOTED.match(draft.rich.text) and not draft.mark:
        draft.kind = "example"
    return draft


def _split_label(draft: Draft, start: int, lead: int) -> Draft:
    text = draft.rich.text
    bare = text[start:lead].rstrip()
    colon = _COLON.match(text, lead)
    if bare.endswith((":", "：")):
        draft.label, draft.rich = bare.rstrip(":： \u00a0\u202f"), draft.rich.cut(lead)
    elif colon and text[lead : colon.end()].strip():
        draft.label, draft.rich = bare, draft.rich.cut(colon.end())
    return draft


def _examples(drafts: Sequence[Draft]) -> list[Draft]:
    """Quotes that follow one another made one; a lead-in just before them made their label."""
    joined: list[Draft] = []
    for draft in _letters(drafts):
        before = joined[-1] if joined else None
        if draft.kind == "example" and before:
            if before.kind == "example" and before.indent == draft.indent and not draft.label:
                before.rich = _stacked(before.rich, draft.rich)
                before.last = draft.last
                continue
            if _is_lead_in(before, draft):
                joined.pop()
                _take_label(before, draft)
        joined.append(draft)
    return joined


def _stacked(above: Rich, below: Rich) -> Rich:
    shift = len(above.text) + 1
    return Rich(
        f"{above.text}\n{below.text}",
        (*above.bold, *((a + shift, b + shift) for a, b in below.bold)),
        (*above.marked, *((a + shift, b + shift) for a, b in below.marked)),
    )


def _is_lead_in(before: Draft, draft: Draft) -> bool:
    """Whether `before` only announces the example `draft`."""
    if before.kind != "paragraph" or before.mark == "#" or before.indent > draft.indent or before.number is not None:
        return False
    text = before.rich.text
    if (draft.label and before.label) or is_salutation(f"{before.label or ''}{text}"):
        return False
    if before.label is not None:
        return not text
    if len(text.split()) > _LEAD_IN or re.search(r"[.!?…]\s", text):
        return False
    return text.endswith((":", "：")) or all_bold(before.rich)


def _take_label(before: Draft, draft: Draft) -> None:
    label = before.label if before.label is not None else before.rich.text.rstrip(":： \u00a0\u202f")
    draft.label = f"{label} ({draft.label})" if draft.label else label
    draft.first = before.first


def _letters(drafts: Sequence[Draft]) -> list[Draft]:
    """Paragraphs of one message (between quotation marks, or from salutation to farewell) made one example."""
    result: list[Draft] = []
    at = 0
    while at < len(drafts):
        end = _letter_end(drafts, at)
        if end > at + 1:
            whole = drafts[at]
            for part in drafts[at + 1 : end]:
                whole.rich = _stacked(whole.rich, part.rich)
            whole.kind, whole.last = "example", drafts[end - 1].last
            result.append(whole)
        else:
            result.append(drafts[at])
        at = max(end, at + 1)
    return result


def _letter_end(drafts: Sequence[Draft], at: int) -> int:
    """The place behind a message of several paragraphs that begins at `at`; `at` where there is none."""
    first = drafts[at]
    if not _bare_paragraph(first):
        return at
    text = first.rich.text.lstrip()
    if text[:1] in ("«", "“") and not any(sign in text for sign in "»”"):
        return _run_to(drafts, at, lambda text: text.rstrip().endswith(("»", "”")), 12)
    announced = at > 0 and _leads(drafts[at - 1]) and not is_salutation(drafts[at - 1].rich.text)
    if not announced or not is_salutation(text) or len(text.split()) > 12:
        return at
    end = _run_to(drafts, at, is_farewell, 14)
    while (
        at < end < len(drafts)
        and _bare_paragraph(drafts[end])
        and len(drafts[end].rich.text.split()) <= 4
        and not drafts[end].rich.text.endswith((".", "?", "!"))
    ):
        end += 1
    return end


def _run_to(drafts: Sequence[Draft], at: int, ends: Callable[[str], bool], most: int) -> int:
    for end in range(at, min(at + most, len(drafts))):
        if not _bare_paragraph(drafts[end]):
            return at
        if ends(drafts[end].rich.text):
            return end + 1
    return at


def _bare_paragraph(draft: Draft) -> bool:
    return draft.kind in ("paragraph", "example") and draft.label is None and draft.mark == "" and draft.number is None


def _nested(drafts: Sequence[Draft]) -> list[Draft]:
    """The items as a tree: by indent, by kind of bullet, and lists below the paragraph that announces them."""
    top: list[Draft] = []
    level = top
    stack: list[Draft] = []
    leader: Draft | None = None
    for draft in drafts:
        if draft.mark == "#":
            top.append(draft)
            level, stack, leader = draft.children, [], None
            continue
        while stack and not _belongs(draft, stack[-1]):
            stack.pop()
        if stack:
            stack[-1].children.append(draft)
        elif leader and draft.listed:
            leader.children.append(draft)
        else:
            level.append(draft)
            leader = draft if _leads(draft) else None
        if len(stack) < _DEEPEST and (draft.listed or (stack and _leads(draft))):
            stack.append(draft)
    return top


def _leads(draft: Draft) -> bool:
    """Whether a paragraph announces the list behind it."""
    if draft.kind != "paragraph":
        return False
    return (
        draft.mark == "#"
        or all_bold(draft.rich)
        or draft.rich.text.endswith((":", "："))
        or (draft.label is not None and not draft.rich.text)
    )


def _belongs(draft: Draft, above: Draft) -> bool:
    """Whether an item stands below `above`, the last open element of a list or leading paragraph."""
    if not above.listed:
        return draft.listed and draft.indent >= above.indent
    if draft.indent > above.indent:
        return True
    if draft.indent < above.indent or not draft.listed or draft.mark == above.mark:
        return False
    announced = above.rich.text.endswith((":", "：")) or (above.label is not None and not above.rich.text)
    deeper = _RANK.get(draft.mark, 0) > _RANK.get(above.mark, 0)
    return deeper or (announced and draft.mark != above.mark)


def _finished(drafts: Sequence[Draft], prefix: str) -> tuple[Item, ...]:
    return tuple(_item(draft, f"{prefix}.{rank}") for rank, draft in enumerate(drafts, 1))


def _item(draft: Draft, name: str) -> Item:
    return Item(
        id=name,
        kind=draft.kind,
        text=draft.rich.text,
        label=draft.label,
        rows=draft.rows,
        items=_finished(draft.children, name),
        number=draft.number,
        bold=draft.rich.bold,
        lines=(draft.first, max([draft.last, *(child.last for child in draft.children)])),
    )
