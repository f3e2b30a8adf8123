"""The series of heads that makes the steps: the longest plausible numbering, else unnumbered headings of one level."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from promptlab.parse.blocks import Block
from promptlab.parse.heads import BOLD, BULLET, DEAD, Head, Reading, bare_title, read_heads
from promptlab.parse.loose import finally_too, lead_lines, loose
from promptlab.parse.unnumbered import Series, unnumbered
from promptlab.parse.vocabulary import is_group, kind_of

_GAP_COST = {1: 0.0, 2: 0.8, 3: 1.2}


class Choice(NamedTuple):
    """The chosen series (or None) with all that was read, and whether the choice was a close one."""

    series: Series | None
    reading: Reading
    doubtful: bool = False


def choose(blocks: Sequence[Block]) -> Choice:
    """The series of steps of an answer, or none."""
    reading = read_heads(blocks)
    numbered = _numbered(blocks, reading, [head for head in reading.heads if head.at not in reading.dead])
    strong = [one for one in numbered if one.heads[0].solid]
    weak = [one for one in numbered if not one.heads[0].solid]
    best = _outermost(blocks, strong, weak)
    if best:
        return Choice(_without_tail(blocks, _completed(blocks, best, reading)), reading)
    longest = max(weak, key=lambda one: (len(one.heads), -one.level), default=None)
    if longest:
        longest = replace(longest, heads=(*longest.heads, *finally_too(blocks, longest.heads)))
    plain = unnumbered(blocks, reading)
    if longest and not plain and (over := _lines_over_lists(blocks, reading, longest)):
        return Choice(over, reading, doubtful=True)
    if longest and plain:
        chosen = _list_or_headings(longest, plain, reading)
        return Choice(chosen, reading, doubtful=chosen is longest and not longest.whole)
    if longest or plain:
        return Choice(longest or plain, reading)
    return _last_resort(blocks, reading)


def _lines_over_lists(blocks: Sequence[Block], reading: Reading, numbered: Series) -> Series | None:
    """Lines under each of which a list begins at 1 again: the lists are inside the steps."""
    lines = None if numbered.whole else lead_lines(blocks, reading)
    return lines if lines and all(blocks[at + 1].kind == "ordered" for at in lines.places) else None


def _last_resort(blocks: Sequence[Block], reading: Reading) -> Choice:
    """Series in zones set aside at first, then lines that lead lists, then the elements of one list."""
    everything = _numbered(blocks, reading, reading.heads)
    if everything:
        return Choice(max(everything, key=lambda one: (one.heads[0].solid, len(one.heads))), reading, doubtful=True)
    return Choice(loose(blocks, reading), reading, doubtful=True)


def _numbered(blocks: Sequence[Block], reading: Reading, heads: Iterable[Head]) -> list[Series]:
    """One series for each form in which numbers are printed."""
    forms: dict[tuple[int, str, int], list[Head]] = defaultdict(list)
    for head in heads:
        forms[head.key].append(head)
    found = [_series(blocks, reading, form) for form in forms.values()]
    return [one for one in found if one]


def _series(blocks: Sequence[Block], reading: Reading, form: list[Head]) -> Series | None:
    first = form[0]
    if len(form) > 1 and all(head.value == first.value for head in form) and first.value in (0, 1):
        chain = form if first.solid or first.style.startswith("digit") else []
    else:
        chain = _adopted(blocks, _chain(blocks, form), form, reading)
    if len(chain) >= 2 or (chain and first.solid and (first.style == "word" or (len(form) == 1 and first.value == 1))):
        return Series(tuple(chain), first.level, whole=len(chain) == len(form))
    return None


def _weight(blocks: Sequence[Block], head: Head) -> float:
    """How much a candidate looks like the head of a step rather than an element of a list inside one."""
    block = blocks[head.at]
    after = blocks[head.at + 1] if head.at + 1 < len(blocks) else None
    followed = after is not None and (after.indent > block.indent or after.kind != block.kind)
    return 1 + 0.5 * head.lead + 0.2 * block.apart + 0.3 * followed


def _chain(blocks: Sequence[Block], form: list[Head]) -> list[Head]:
    """The best run of rising numbers: each the next one, small gaps at a cost."""
    best: dict[int, tuple[float, int]] = {}
    before: list[int] = []
    scores: list[float] = []
    for at, head in enumerate(form):
        weight = _weight(blocks, head)
        score, link = weight - (0 if head.value in (0, 1) else 1.5), -1
        for gap, cost in _GAP_COST.items():
            if (known := best.get(head.value - gap)) and known[0] + weight - cost > score:
                score, link = known[0] + weight - cost, known[1]
        before.append(link)
        scores.append(score)
        if head.value not in best or score > best[head.value][0]:
            best[head.value] = (score, at)
    at = max(range(len(form)), key=lambda one: (scores[one], -one))
    chain: list[Head] = []
    while at >= 0:
        chain.append(form[at])
        at = before[at]
    return chain[::-1]


def _adopted(blocks: Sequence[Block], chain: list[Head], form: list[Head], reading: Reading) -> list[Head]:
    """The chain, with heads of the same form whose number repeats, jumps back or starts again."""
    inside = {head.at for head in chain}
    left = [head for head in form if head.at not in inside]
    if not left:
        return chain
    groups = _over(blocks, form, reading)
    places = sorted(groups)
    if len(left) >= 2 and all(_in_other_group(head, chain, places) for head in left):
        return form if _all_grouped(form[0].at, groups, reading) else chain
    texts = all(block.kind != "ordered" for head in form for block in blocks[head.at + 1 : head.at + 2])
    alike = texts and not any(head.value == 1 for head in left)
    alike = alike or all(head.solid for head in form) or all(head.lead for head in form)
    if alike and len(left) <= len(chain) // 2 + 1 and not _inner_lists(left):
        return form
    return chain


def _over(blocks: Sequence[Block], form: list[Head], reading: Reading) -> dict[int, int]:
    """The headings and numbered lines that could gather the heads of a form: their places and levels."""
    level = form[0].level
    found = {mark.at: mark.level for mark in reading.markers if mark.level < level and mark.kind not in DEAD}
    found |= {head.at: head.level for head in reading.heads if head.level < level and head.solid}
    for head in form:
        above = blocks[head.at - 1]
        if head.value == 1 and head.at and above.kind == "plain" and is_group(above.text) and len(above.text) < 60:
            found.setdefault(head.at - 1, BOLD)
    return found


def _all_grouped(first: int, groups: dict[int, int], reading: Reading) -> bool:
    """Whether the first list stands under a heading like those over the others: else they are variants or examples."""
    kinds = {mark.at: mark.kind for mark in reading.markers}
    above = max((at for at in groups if at < first), default=None)
    later = [at for at in groups if at > first]
    if above is None or groups[above] not in {groups[at] for at in later}:
        return False
    return kinds.get(above) != "steps" or any(kinds.get(at) == "steps" for at in later)


def _inner_lists(left: list[Head]) -> bool:
    """Whether the numbers left over begin at 1 again inside several steps."""
    starts = [head for head in left if head.value == 1]
    return len(starts) > 1


def _in_other_group(head: Head, chain: list[Head], groups: list[int]) -> bool:
    """Whether one of the headings at `groups` stands between this head and the chain."""
    near = chain[-1].at if head.at > chain[-1].at else chain[0].at
    low, high = sorted((head.at, near))
    return bisect_right(groups, high) > bisect_right(groups, low)


def _outermost(blocks: Sequence[Block], strong: list[Series], weak: list[Series]) -> Series | None:
    """The outermost of the strong series, or a deeper one whose numbering goes on across it."""
    best: Series | None = None
    for one in sorted(strong, key=lambda one: (len(one.heads) == 1, one.level, -len(one.heads))):
        if best is None or _goes_on(blocks, best, one):
            best = one
    if best is None:
        return None
    for one in weak:
        if _goes_on(blocks, best, one):
            best = one
    return best


def _goes_on(blocks: Sequence[Block], outer: Series, inner: Series) -> bool:
    """Whether the heads of `outer` are groups or chapters, and those of `inner` the steps."""
    if inner.level < outer.level or (inner.level == outer.level and inner.heads[0].indent <= outer.heads[0].indent):
        return len(inner.heads) > len(outer.heads) and outer.heads[0].style == "phase"
    under = _owners(outer, inner)
    if not under:
        return False
    if inner.heads[0].style == "decimal":
        return outer.heads[0].style == "phase" and len(under) > 1
    rising = inner.whole and inner.rising and inner.heads[0].value in (0, 1)
    if len(under) == 1 and rising:
        return kind_of(bare_title(blocks[outer.places[min(under)]].rich)) == "steps"
    if len(inner.heads) <= len(outer.heads):
        return False
    if outer.heads[0].style == "phase" and all(head.lead or head.solid for head in inner.heads):
        return True
    return rising or (inner.heads[0].style == "word" and outer.heads[0].style != "word")


def _owners(outer: Series, inner: Series) -> set[int]:
    """The heads of `outer` (by position) under which those of `inner` stand; none if one stands before them all."""
    places = outer.places
    owners = {bisect_right(places, head.at) - 1 for head in inner.heads}
    return set() if -1 in owners else owners


def _completed(blocks: Sequence[Block], series: Series, reading: Reading) -> Series:
    """The series with heads that print the missing number in another form ("10." without its bold)."""
    have = {head.value for head in series.heads}
    places = set(series.places)
    spare: dict[int, list[Head]] = defaultdict(list)
    for head in reading.heads:
        if head.value not in have and head.at not in places and head.at not in reading.dead:
            spare[head.value].append(head)
    heads = list(series.heads)
    family = heads[0].style.rstrip(".)-")
    for value in sorted(spare):
        fits = [head for head in spare[value] if _fills(head, heads, family, alone=not _led(head, spare))]
        if min(have) < value <= max(have) + 1 and len(fits) == 1 and family != "phase":
            heads = sorted([*heads, fits[0]])
            have.add(value)
    heads += finally_too(blocks, heads)
    return Series(tuple(heads), series.level, series.numbered, series.whole)


def _without_tail(blocks: Sequence[Block], series: Series) -> Series:
    """Without numbered headings at the end that are no steps ("9. Points clés", "10. Conclusion")."""
    heads = list(series.heads)
    while len(heads) > max(3, len(series.heads) - 3) and heads[-1].level <= BOLD and _is_tail(blocks, heads[-1].at):
        heads.pop()
    return Series(tuple(heads), series.level, series.numbered, series.whole)


def _is_tail(blocks: Sequence[Block], at: int) -> bool:
    title = bare_title(blocks[at].rich)
    kind = kind_of(title)
    if kind == "conclusion":
        # "Conclusion" with things to do is the step that ends a call or a meeting.
        return not any(block.listed or block.rows for block in blocks[at + 1 :])
    return kind == "key_points" and len(title.split()) <= 5


def _led(head: Head, spare: dict[int, list[Head]]) -> bool:
    """Whether the number before this one stands before it in the same form: it goes on with a list of its own."""
    return any(one.at < head.at and one.key == head.key for one in spare.get(head.value - 1, ()))


def _fills(head: Head, heads: list[Head], family: str, *, alone: bool) -> bool:
    """Whether a head of another form stands where its number is missing, and looks like the others."""
    value = head.value
    if head.indent > 1 or abs(head.level - heads[0].level) > 2 or head.level == BULLET:
        return False
    same = head.style.rstrip(".)-") == family and (head.lead or head.solid or (alone and heads[0].level >= BOLD))
    before = [one for one in heads if one.value < value]
    after = [one for one in heads if one.value > value]
    return same and (not before or before[-1].at < head.at) and (not after or head.at < after[0].at)


def _list_or_headings(numbered: Series, plain: Series, reading: Reading) -> Series:
    """A numbered list against unnumbered headings: the list, where it stands under one or goes on across several."""
    owners = _owners(plain, numbered)
    marks = {mark.at: mark for mark in reading.markers}
    over = [mark for mark in reading.markers if mark.at < numbered.heads[0].at]
    if over and over[-1].kind == "steps":
        return numbered
    if not owners:
        return (
            numbered if len(numbered.heads) > len(plain.heads) or numbered.heads[0].at > plain.heads[-1].at else plain
        )
    titles = [marks[head.at].title for head in plain.heads]
    if len(titles) == 2 and len(owners) == 2 and len(numbered.heads) > 4:
        # Nobody divides a process into two steps: they are its sides or halves.
        return numbered
    if (numbered.whole and len(owners) > 1 and numbered.rising) or (
        plain.level == BOLD and all(head.lead for head in numbered.heads)
    ):
        return numbered
    if sum(map(is_group, titles)) * 2 > len(titles):
        return numbered
    return numbered if numbered.whole and numbered.rising and len(numbered.heads) > 1.5 * len(plain.heads) else plain
