"""The second hop: which blocks are introduction, group headings, steps, sections and conclusion."""

from collections.abc import Sequence

from promptlab.parse.blocks import Block
from promptlab.parse.closing import is_closing, is_offer
from promptlab.parse.ending import closing_part
from promptlab.parse.habits import habits_of, needs_text
from promptlab.parse.heads import BOLD, DEAD, TEXT, all_bold, marker_of
from promptlab.parse.sections import is_note, labelled_section, opens, read_sections
from promptlab.parse.unnumbered import Series
from promptlab.parse.vocabulary import is_group, kind_of
from promptlab.parse.zones import GroupDraft, Outline, StepDraft


def outline(blocks: Sequence[Block], series: Series | None) -> Outline:
    """The zones of an answer whose steps begin at the heads of `series`."""
    found = Outline()
    if series is None:
        _without_steps(blocks, found)
        return found
    places = series.places
    found.intro = list(blocks[: places[0]])
    for head, start, end in zip(series.heads, places, [*places[1:], len(blocks)], strict=True):
        found.steps.append(StepDraft(head, blocks[start], list(blocks[start + 1 : end])))
    _take_groups(found, series)
    _take_sections(found, series)
    return found


def _without_steps(blocks: Sequence[Block], found: Outline) -> None:
    """An answer without steps: sections under its headings, everything else introduction and closing offer."""
    marks = [mark for at, block in enumerate(blocks) if (mark := marker_of(at, block)) and mark.kind in DEAD]
    start = marks[0].at if marks else len(blocks)
    found.intro = list(blocks[:start])
    read_sections(blocks[start:], found)
    while not marks and len(found.intro) > 1 and found.intro[-1].kind == "plain" and is_offer(found.intro[-1].text):
        found.conclusion.insert(0, found.intro.pop())


def _take_groups(found: Outline, series: Series) -> None:
    """Take the headings that gather steps out of the bodies above them."""
    opening = _group_start(found.intro, series)
    opened = set() if opening is None else {_group_level(block) for block in found.intro[opening:]}
    later = [
        (rank, start)
        for rank, step in enumerate(found.steps[:-1], 2)
        if (start := _group_start(step.body, series)) is not None and _gathers(step.body[start:], series, opened)
    ]
    levels = {_group_level(found.steps[rank - 2].body[start]) for rank, start in later}
    for rank, start in later:
        body = found.steps[rank - 2].body
        found.groups += _groups(body[start:], series, rank)
        del body[start:]
    if (start := opening) is not None and levels:
        while start < len(found.intro) and _group_level(found.intro[start]) not in levels:
            start += 1
        found.groups = _groups(found.intro[start:], series, 1) + found.groups
        del found.intro[start:]


def _groups(blocks: Sequence[Block], series: Series, rank: int) -> list[GroupDraft]:
    groups: list[GroupDraft] = []
    for block in blocks:
        if _is_group(block, series):
            groups.append(GroupDraft(block, _group_level(block), rank))
        elif groups and block.kind != "rule":
            groups[-1].text.append(block)
    return groups


def _group_start(body: Sequence[Block], series: Series) -> int | None:
    """Where, at the end of a body, headings begin that belong to the next step; at most two paragraphs may follow."""
    start = None
    plain = 0
    for at in range(len(body) - 1, -1, -1):
        block = body[at]
        if _is_group(block, series) and (plain == 0 or block.kind == "heading" or all_bold(block.rich)):
            if block.kind == "heading" and block.level == series.level and (plain or start is not None):
                break
            start, plain = at, 0
        elif block.kind == "rule" or (block.kind == "plain" and plain < 2 and start is None):
            plain += block.kind == "plain"
        else:
            break
    return start


def _gathers(tail: Sequence[Block], series: Series, opened: set[int]) -> bool:
    """Whether the line that begins `tail` gathers steps, rather than stands over a last paragraph of one step.

    With a text below it, it does if it says so ("Pendant l'appel") or if one like it stands before the first step.
    """
    texts = any(block.kind != "rule" and not _is_group(block, series) for block in tail)
    return not texts or tail[0].kind == "heading" or is_group(tail[0].text) or _group_level(tail[0]) in opened


def _is_group(block: Block, series: Series) -> bool:
    if block.kind == "heading":
        return block.level <= series.level and kind_of(block.text) not in DEAD
    if block.kind not in ("plain", "ordered", "bullet") or series.level < BOLD or block.indent > 1:
        return False
    if all_bold(block.rich):
        return kind_of(block.text) not in DEAD and block.kind == "plain"
    short = (
        block.kind == "plain"
        and block.apart
        and len(block.text.split()) <= 7
        and not block.text.endswith((".", ";", ",", "?"))
    )
    return short and is_group(block.text)


def _group_level(block: Block) -> int:
    if block.kind == "heading":
        return block.level
    return BOLD if all_bold(block.rich) else TEXT


def _take_sections(found: Outline, series: Series) -> None:
    """Cut the last step where the sections begin, and read them and the conclusion."""
    last = found.steps[-1]
    habits = habits_of(found.steps[:-1])
    habits.first_paragraph |= needs_text(last, found.steps[:-1])
    end = next((at for at, block in enumerate(last.body) if opens(block, last.body, at, series.level, habits)), None)
    after = [] if end is None else last.body[end:]
    last.body = last.body if end is None else last.body[:end]
    closing = closing_part(
        last.body, habits, final=not any(block.kind != "rule" for block in after), many=len(found.steps) > 2
    )
    for block in last.body[closing:]:
        if is_note(block) and not is_closing(block.text):
            found.sections.append(labelled_section(block, "note"))
        else:
            found.conclusion.append(block)
    del last.body[closing:]
    read_sections(after, found)
