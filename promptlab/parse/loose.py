"""Steps with neither numbers nor headings: lines that lead a text, words of sequence, or the elements of a list."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence

from promptlab.parse.blocks import Block
from promptlab.parse.closing import is_closing, is_salutation
from promptlab.parse.habits import label_kind
from promptlab.parse.heads import BOLD, BULLET, DEAD, TEXT, Head, Marker, Reading, all_bold, covers, lead_end
from promptlab.parse.numbering import skip_signs
from promptlab.parse.unnumbered import Series
from promptlab.parse.vocabulary import is_announcement, is_sequence_word

_LABEL = re.compile(
    r"(?P<label>[^:：.?!;]{2,60}?)(?:[ \u00a0\u202f]?[:：]|[ \u00a0][–—])(?:\s+(?P<rest>\S.*))?$", re.DOTALL
)
_ENDED = (".", "!", "?", "…", ")", ":", "»")
_FEWEST = 3


def loose(blocks: Sequence[Block], reading: Reading) -> Series | None:
    """The steps of an answer that prints neither numbers nor headings, by the first form that it has three of."""
    ways = (lead_lines, bold_leads, sequenced, labelled_lines, bullets)
    return next((found for way in ways if (found := way(blocks, reading))), None)


def _series(blocks: Sequence[Block], reading: Reading, found: Iterable[int], level: int = TEXT) -> Series | None:
    """The blocks at `found` as steps, up to the first section behind two of them; None where that leaves too few."""
    places = list(found)
    end = next((mark.at for mark in reading.markers if mark.kind in DEAD and _ends(mark, places)), len(blocks))
    places = [at for at in places if at < end]
    if len(places) < _FEWEST:
        return None
    heads = (Head(at, level, rank, "none", blocks[at].indent, lead=False) for rank, at in enumerate(places, 1))
    return Series(tuple(heads), level, numbered=False)


def _ends(mark: Marker, places: Sequence[int]) -> bool:
    """Whether a line such as "Conseils" ends the steps; "Planning" amid them is one."""
    before = bisect_left(places, mark.at)
    return before > 1 and (mark.kind != "summary" or len(places) - before < _FEWEST)


def lead_lines(blocks: Sequence[Block], reading: Reading) -> Series | None:
    """Short lines without mark, each before a list or its text: what is left of headings in a page that was pasted."""
    dead = {mark.at for mark in reading.markers if mark.kind}
    found = [at for at in range(len(blocks) - 1) if at not in dead and _leads(blocks, at)]
    if found and found[0] == 0 and len(found) > 1 and _is_page_title(blocks[1 : found[1]]):
        del found[0]
    return _series(blocks, reading, found)


def _leads(blocks: Sequence[Block], at: int) -> bool:
    block, after, before = blocks[at], blocks[at + 1], blocks[at - 1] if at > 1 else None
    text = block.text
    if block.kind != "plain" or len(text.split()) > 12 or text.endswith((".", ";", ",", ":", "?", "!", "»")):
        return False
    if after.kind in ("bullet", "check", "table") or after.value == 1:
        return True
    written = after.kind == "plain" and after.text.endswith(_ENDED)
    parted = block.apart or before is None or before.kind != "plain" or before.text.endswith(_ENDED)
    return written and parted and not is_salutation(text)


def _is_page_title(below: Sequence[Block]) -> bool:
    """Whether the first line of an answer stands over an introduction rather than over a step."""
    return any(block.text.endswith((":", "：")) or is_announcement(block.text) for block in below)


def bold_leads(blocks: Sequence[Block], reading: Reading) -> Series | None:
    """Paragraphs that begin with a few words in bold ("**Prévenez la famille.** Un appel…")."""
    found = [
        at for at, block in enumerate(blocks) if block.kind == "plain" and block.indent <= 1 and _is_bold_lead(block)
    ]
    return _series(blocks, reading, found)


def _is_bold_lead(block: Block) -> bool:
    if all_bold(block.rich) or label_kind(block) or is_closing(block.text):
        return False
    start = skip_signs(block.text)
    return lead_end(block.rich, start) > start


def sequenced(blocks: Sequence[Block], reading: Reading) -> Series | None:
    """Paragraphs that begin with "D'abord", "Ensuite", "Enfin" and the like, where the first of them begins."""
    found = [at for at, block in enumerate(blocks) if block.kind == "plain" and is_sequence_word(block.text)]
    if not found or not is_sequence_word(blocks[found[0]].text, first=True):
        return None
    return _series(blocks, reading, found)


def labelled_lines(blocks: Sequence[Block], reading: Reading) -> Series | None:
    """Lines such as "Contrôle : ouvrez un carton sur dix.", each with a text or a list behind its colon."""
    found = [at for at, block in enumerate(blocks) if block.kind == "plain" and _is_labelled(blocks, at)]
    end = next((mark.at for mark in reading.markers if mark.kind in DEAD and found and mark.at > found[0]), len(blocks))
    listed = [at for at, block in enumerate(blocks[:end]) if block.listed and block.indent <= 1]
    if found and listed and not found[0] < listed[0] < found[-1]:
        return None
    return _series(blocks, reading, found)


def _is_labelled(blocks: Sequence[Block], at: int) -> bool:
    block = blocks[at]
    label = _LABEL.match(block.text)
    if not label or block.indent > 1 or len(label["label"].split()) > 6 or label_kind(block) in DEAD:
        return False
    led = bool(label["rest"]) or (at + 1 < len(blocks) and blocks[at + 1].listed)
    return led and not (is_salutation(block.text) or is_announcement(label["label"]))


def bullets(blocks: Sequence[Block], reading: Reading) -> Series | None:
    """The outermost elements of the longest list, where an answer has nothing else that could be steps."""
    runs: list[list[int]] = [[]]
    dead = False
    kinds = {mark.at: mark.kind for mark in reading.markers}
    for at, block in enumerate(blocks):
        if at in kinds:
            dead = kinds[at] in DEAD
        if block.kind in ("bullet", "check") and block.indent <= 1 and not dead:
            runs[-1].append(at)
        elif block.indent <= 1 and runs[-1]:
            runs.append([])
    longest = max(runs, key=len)
    # A list whose first sign comes back over elements with another sign is a list of two levels.
    first = [at for at in longest if blocks[at].mark == blocks[longest[0]].mark]
    return _series(blocks, reading, first if len(first) >= _FEWEST else longest, BULLET)


def finally_too(blocks: Sequence[Block], heads: Sequence[Head]) -> list[Head]:
    """Paragraphs behind heads such as "Premièrement" that go on with "Ensuite" or "Enfin" in the same form."""
    if heads[0].style != "ordinal":
        return []
    found: list[Head] = []
    level, indent = heads[0].level, heads[0].indent
    for at in range(heads[-1].at + 1, len(blocks)):
        block = blocks[at]
        bold = covers(block.rich, skip_signs(block.text), 1)
        alike = block.kind == "plain" and block.indent == indent and (BOLD if bold else TEXT) == level
        if (
            alike
            and block.apart >= blocks[heads[-1].at].apart
            and is_sequence_word(block.text)
            and not is_closing(block.text)
        ):
            found.append(Head(at, level, heads[-1].value + len(found) + 1, "ordinal", indent, lead=False))
    return found
