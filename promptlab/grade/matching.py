"""A pupil's tags set against the key, item by item."""

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
class Matching:
    """All items of a key with the pupil's tags, and each tag with what it earned.

    `earned` is None for a tag on an item that the key says nothing of and that does not count.
    """

    pairs: tuple[Pair, ...]
    earned: tuple[tuple[Tagging, Fraction | None], ...]

    def recall(self, tag: str = "") -> Fraction | None:
        """How much of what was expected was found, by weight; None where nothing was. Only that `tag` if given.

        An optional item counts where it was tagged.
        """
        counted = [pair for pair in self.pairs if tag in ("", pair.item.tag) and (pair.score or not pair.item.optional)]
        whole = sum(pair.item.weight for pair in counted)
        return sum((pair.item.weight * pair.score for pair in counted), Fraction(0)) / whole if whole else None

    def precision(self, tag: str = "") -> Fraction | None:
        """How much of what was tagged is right; None where no tag counts. Only those with `tag` if given."""
        counted = [earned for tagging, earned in self.earned if earned is not None and tag in ("", tagging.tag)]
        return sum(counted, Fraction(0)) / len(counted) if counted else None


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
    """`taggings` against the items of a key: each item takes the tag that earns most on it."""
    at: dict[tuple[int, str], list[Tagging]] = {}
    for tagging in taggings:
        at.setdefault((tagging.column, tagging.item), []).append(tagging)
    best: dict[Tagging, Fraction | None] = dict.fromkeys(taggings)
    pairs = []
    for item in placed.key.items:
        chosen, score = None, Fraction(0)
        for tagging in at.get((item.column, item.item), ()):
            common = _common(item.span, tagging.span)
            if not common:
                continue
            earned = common * _credit(item, tagging.tag, other_tag)
            before = best[tagging]
            best[tagging] = earned if before is None else max(before, earned)
            if chosen is None or earned > score:
                chosen, score = tagging, earned
        pairs.append(Pair(item, chosen, score))
    others = placed.key.others
    for tagging, earned in best.items():
        if earned is None and (others == "wrong" or (others == "unsuitable" and tagging.tag in UNSUITABLE)):
            best[tagging] = Fraction(0)
    return Matching(tuple(pairs), tuple(best.items()))


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
