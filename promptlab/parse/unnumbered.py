"""Steps without numbers: headings of one level, lines that lead lists, words of sequence, or the elements of a list."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from promptlab.parse.blocks import Block
from promptlab.parse.heads import BOLD, BULLET, DEAD, TEXT, Head, Marker, Reading
from promptlab.parse.vocabulary import is_group, is_sequence_word


@dataclass(frozen=True)
class Series:
    """Blocks that are the heads of steps, in order; `numbered` tells whether their form prints a number.

    `whole` tells whether every candidate of that form is one of them.
    """

    heads: tuple[Head, ...]
    level: int
    numbered: bool = True
    whole: bool = True

    @property
    def rising(self) -> bool:
        """Whether each head prints the number after the one before."""
        return all(one.value + 1 == two.value for one, two in pairwise(self.heads))

    @property
    def places(self) -> list[int]:
        return [head.at for head in self.heads]


def unnumbered(blocks: Sequence[Block], reading: Reading) -> Series | None:
    """Headings of one level, or lines in bold, that are neither introduction nor key points."""
    by_level: dict[int, list[Marker]] = defaultdict(list)
    for mark in reading.markers:
        if mark.kind is None and mark.level <= BOLD and not (mark.at == 0 and mark.level == 1):
            by_level[mark.level].append(mark)
    levels = [level for level in sorted(by_level) if len(by_level[level]) >= (2 if level < BOLD else 3)]
    for level in levels:
        marks = _before_sections(by_level[level], reading)
        marks = marks if len(marks) >= 2 else by_level[level]
        groups = sum(is_group(mark.title) for mark in marks)
        deeper = sum(len(by_level[one]) for one in levels if one > level)
        if deeper > len(marks) and (groups * 2 >= len(marks) or len(marks) < 3):
            continue
        if len({mark.title for mark in marks}) * 4 < len(marks) * 3:
            continue
        if len(marks) >= (3 if level == BOLD or deeper else 2):
            return _unnumbered_series(blocks, marks, level)
    return None


def _before_sections(marks: list[Marker], reading: Reading) -> list[Marker]:
    """Without the headings that follow the first section (key points, template…) of their level behind them."""
    dead = [mark.at for mark in reading.markers if mark.kind in DEAD and mark.level <= marks[0].level]
    last = next((at for at in dead if sum(mark.at < at for mark in marks) >= 2), None)
    return [mark for mark in marks if last is None or mark.at < last]


def _unnumbered_series(blocks: Sequence[Block], marks: list[Marker], level: int) -> Series:
    heads = [
        Head(mark.at, level, rank, "none", blocks[mark.at].indent, lead=False) for rank, mark in enumerate(marks, 1)
    ]
    return Series(tuple(heads), level, numbered=False)


def lead_lines(blocks: Sequence[Block], reading: Reading) -> Series | None:
    """Short lines without mark, each before a list: what is left of headings in text pasted from a page."""
    dead = {mark.at for mark in reading.markers if mark.kind}
    found = [
        at
        for at, block in enumerate(blocks[:-1])
        if block.kind == "plain" and at not in dead and _leads(block, blocks[at + 1])
    ]
    if len(found) < 3:
        return None
    return Series(
        tuple(Head(at, TEXT, rank, "none", blocks[at].indent, lead=False) for rank, at in enumerate(found, 1)),
        TEXT,
        numbered=False,
    )


def sequenced(blocks: Sequence[Block]) -> Series | None:
    """Paragraphs that begin with "D'abord", "Ensuite", "Enfin" and the like, where the first of them begins."""
    found = [at for at, block in enumerate(blocks) if block.kind == "plain" and is_sequence_word(block.text)]
    if len(found) < 3 or not is_sequence_word(blocks[found[0]].text, first=True):
        return None
    heads = [Head(at, TEXT, rank, "none", blocks[at].indent, lead=False) for rank, at in enumerate(found, 1)]
    return Series(tuple(heads), TEXT, numbered=False)


def _leads(block: Block, after: Block) -> bool:
    text = block.text
    return (
        len(text.split()) <= 12
        and not text.endswith((".", ";", ",", ":", "?", "!"))
        and after.kind in ("bullet", "check", "table")
    )


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
    if len(longest) < 3:
        return None
    heads = [Head(at, BULLET, rank, "none", 0, lead=False) for rank, at in enumerate(longest, 1)]
    return Series(tuple(heads), BULLET, numbered=False)
