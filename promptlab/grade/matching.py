"""A pupil's tags set against the key, item by item."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from promptlab.grade.keyed import Placed
from promptlab.grade.subject import Subject
from promptlab.model.copie import Span, Tagging
from promptlab.model.key import KeyItem
from promptlab.model.mark import Verdict
from promptlab.review.counts import UNSUITABLE

_PART = Fraction(1, 2)  # what a passage earns that has less than half of the words meant


@dataclass(frozen=True, slots=True)
class Pair:
    """An item of the key with the pupil's best tag for it, None where it has none; `score` is 0 to 1."""

    item: KeyItem
    tagging: Tagging | None
    score: Fraction

    @property
    def verdict(self) -> Verdict:
        """What became of the item."""
        if self.tagging is None:
            return "missed"
        return "right" if self.score == 1 else "partly" if self.score else "wrong"


@dataclass(frozen=True, slots=True)
class Judgement:
    """One tag, what it earned (0 to 1), and the item of the key that says so, None where the key names none there.

    `score` is None for a tag that does not count: on an item that the key says nothing of.
    """

    tagging: Tagging
    score: Fraction | None
    item: KeyItem | None


@dataclass(frozen=True, slots=True)
class Matching:
    """All items of a key with the pupil's tags, and each tag with what it earned."""

    pairs: tuple[Pair, ...]
    judged: tuple[Judgement, ...]

    @property
    def expected(self) -> tuple[Pair, ...]:
        """The items that every pupil is expected to find: the same for all."""
        return tuple(pair for pair in self.pairs if not pair.item.optional)

    def recall(self, tag: str = "") -> Fraction | None:
        """How much of what was expected was found, by weight; None where nothing was. Only that `tag` if given.

        The whole is the same for every pupil; what is found of the optional items comes on top, 1 is the most.
        """
        counted = [pair for pair in self.pairs if tag in ("", pair.item.tag)]
        whole = sum((pair.item.weight for pair in counted if not pair.item.optional), Fraction(0))
        found = sum((pair.item.weight * pair.score for pair in counted), Fraction(0))
        return min(Fraction(1), found / whole) if whole else None

    def precision(self, tag: str = "") -> Fraction | None:
        """How much of what was tagged is right; None where no tag counts. Only those with `tag` if given.

        A tag counts once, on an item of less weight than 1 that much less: a wrong one always counts in full.
        """
        counted = [one for one in self.judged if one.score is not None and tag in ("", one.tagging.tag)]
        right = sum((_worth(one) * (one.score or 0) for one in counted), Fraction(0))
        wrong = sum((1 - (one.score or 0) for one in counted), Fraction(0))
        return right / (right + wrong) if counted else None


def _worth(one: Judgement) -> Fraction:
    return min(Fraction(1), one.item.weight) if one.item else Fraction(1)


def matching(subject: Subject, other_tag: Fraction) -> Matching:
    """The tags of the copie against its key; worked out once for a copie.

    `other_tag` is what the right item earns with another tag of the same side. The subject has a key.
    """
    name = f"matching {other_tag}"
    if name not in subject.kept:
        assert subject.placed  # noqa: S101 - said above
        subject.kept[name] = match(subject.placed, subject.copie.taggings, other_tag)
    found: Matching = subject.kept[name]
    return found


def match(placed: Placed, taggings: tuple[Tagging, ...], other_tag: Fraction) -> Matching:
    """`taggings` against the items of a key: one tag finds one item, that on which it earns most.

    A tag on a whole item is thus no judgement on each of its parts: it finds one of them, and is wrong on none as long
    as it is right on one.
    """
    at: dict[tuple[int, str], list[int]] = {}
    for place, item in enumerate(placed.key.items):
        at.setdefault((item.column, item.item), []).append(place)
    items = placed.key.items
    fits = [
        _Fit(tagging, place, common * _credit(items[place], tagging.tag, other_tag), items[place].weight)
        for tagging in taggings
        for place in at.get((tagging.column, tagging.item), ())
        if (common := _common(items[place].span, tagging.span))
    ]
    fits.sort(key=_Fit.rank)
    best: dict[Tagging, _Fit] = {}
    for one in fits:
        best.setdefault(one.tagging, one)
    # A tag that is right somewhere is wrong nowhere.
    chosen = _chosen(one for one in fits if one.earned or not best[one.tagging].earned)
    pairs = tuple(
        Pair(item, chosen[place].tagging, chosen[place].earned) if place in chosen else Pair(item, None, Fraction(0))
        for place, item in enumerate(items)
    )
    judged = tuple(_judged(tagging, best.get(tagging), placed) for tagging in taggings)
    return Matching(pairs, judged)


@dataclass(frozen=True, slots=True)
class _Fit:
    """A tag that touches the item of the key at `place`, and what it earns there."""

    tagging: Tagging
    place: int
    earned: Fraction
    weight: Fraction

    def rank(self) -> tuple[object, ...]:
        """What it is sorted by: the best first, then tags on a part before those on a whole item."""
        span = self.tagging.span
        length = span[1] - span[0] if span else len(self.tagging.text) + 1
        return (-self.earned * self.weight, -self.earned, length, self.tagging.key, self.place)


def _chosen(fits: Iterable[_Fit]) -> dict[int, _Fit]:
    """For each item of the key, by its place, the tag that finds it; `fits` are sorted, the best first."""
    chosen: dict[int, _Fit] = {}
    spent: set[Tagging] = set()
    for one in fits:
        if one.place not in chosen and one.tagging not in spent:
            chosen[one.place] = one
            spent.add(one.tagging)
    return chosen


def _judged(tagging: Tagging, fit: _Fit | None, placed: Placed) -> Judgement:
    if fit is not None:
        return Judgement(tagging, fit.earned, placed.key.items[fit.place])
    others = placed.key.others
    counts = others == "wrong" or (others == "unsuitable" and tagging.tag in UNSUITABLE)
    return Judgement(tagging, Fraction(0) if counts else None, None)


def _credit(item: KeyItem, tag: str, other_tag: Fraction) -> Fraction:
    """What `tag` earns on `item`: as the key says, else a part where both say that the item is unsuitable."""
    found = item.credit(tag)
    return found or (other_tag if {tag, item.tag} <= set(UNSUITABLE) else Fraction(0))


def _common(meant: Span | None, tagged: Span | None) -> Fraction:
    """Whether a passage is the one meant: 1 from half of the shorter of both on, a part below, 0 where apart."""
    if meant is None or tagged is None:
        return Fraction(1)
    both = min(meant[1], tagged[1]) - max(meant[0], tagged[0])
    if both <= 0:
        return Fraction(0)
    shorter = min(meant[1] - meant[0], tagged[1] - tagged[0])
    return Fraction(1) if 2 * both >= shorter else _PART
