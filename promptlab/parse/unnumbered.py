"""Steps without numbers: headings of one level, or lines in bold."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from promptlab.parse.blocks import Block
from promptlab.parse.heads import BOLD, DEAD, Head, Marker, Reading
from promptlab.parse.vocabulary import is_announcement, is_group, is_preamble


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
        """Where the heads stand among the blocks, from 0."""
        return [head.at for head in self.heads]


def unnumbered(blocks: Sequence[Block], reading: Reading) -> Series | None:
    """Headings of one level, or lines in bold, that are neither introduction nor key points."""
    by_level: dict[int, list[Marker]] = defaultdict(list)
    steps = _steps_between(reading.markers)
    # A title that comes back ("Objectif") stands over a part of each step.
    seen = Counter(mark.title for mark in reading.markers)
    titled = sum(mark.level == 1 and mark.kind is None for mark in reading.markers) < 3
    for mark in reading.markers:
        if (
            (mark.kind is not None and mark.at not in steps)
            or mark.level > BOLD
            or (mark.at == 0 and mark.level == 1 and titled)
        ):
            continue
        if seen[mark.title] < 3 and (by_level[mark.level] or not _is_before(mark)):
            by_level[mark.level].append(mark)
    if inside := _under_announcement(by_level, reading):
        return _unnumbered_series(blocks, inside, inside[0].level)
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


def _is_before(mark: Marker) -> bool:
    """Whether a heading in front of all others belongs to the introduction ("Contexte", "Voici la démarche :")."""
    return is_preamble(mark.title) or mark.title.endswith("!") or is_announcement(mark.title)


def _steps_between(markers: Sequence[Marker]) -> set[int]:
    """Headings such as "Planning" amid those of steps: they are steps too, not a recapitulation."""
    found = set()
    plain = Counter(mark.level for mark in markers if mark.kind is None)
    before: Counter[int] = Counter()
    for mark in markers:
        before[mark.level] += mark.kind is None
        behind = plain[mark.level] - before[mark.level]
        if mark.kind == "summary" and mark.level <= BOLD and before[mark.level] > 1 and behind > 2:
            found.add(mark.at)
    return found


def _under_announcement(by_level: dict[int, list[Marker]], reading: Reading) -> list[Marker]:
    """The headings under the only one such as "Les étapes", where no other heading has any of their level."""
    marks = [mark for mark in reading.markers if mark.level < BOLD]
    over = [mark for mark in marks if mark.kind == "steps" and mark.at > 0]
    if len(over) != 1:
        return []
    end = next((mark.at for mark in marks if mark.at > over[0].at and mark.level <= over[0].level), None)
    inside = [mark for mark in marks if mark.at > over[0].at and (end is None or mark.at < end) and mark.kind is None]
    level = min((mark.level for mark in inside), default=0)
    inside = [mark for mark in inside if mark.level == level]
    return inside if len(inside) > 1 and len(inside) == len(by_level[level]) else []


def _before_sections(marks: list[Marker], reading: Reading) -> list[Marker]:
    """Without the headings that follow the first section (key points, template…) of their level behind them."""
    dead = [mark.at for mark in reading.markers if mark.kind in DEAD and mark.level <= marks[0].level]
    own = {mark.at for mark in marks}
    last = next((at for at in dead if at not in own and sum(mark.at < at for mark in marks) >= 2), None)
    return [mark for mark in marks if last is None or mark.at < last]


def _unnumbered_series(blocks: Sequence[Block], marks: list[Marker], level: int) -> Series:
    heads = [
        Head(mark.at, level, rank, "none", blocks[mark.at].indent, lead=False) for rank, mark in enumerate(marks, 1)
    ]
    return Series(tuple(heads), level, numbered=False)
