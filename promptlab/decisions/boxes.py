"""Sets of combinations as boxes: one bit for each value of each condition, all in one whole number."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from promptlab.model.decisions import Condition, DecisionTable, When

# Whether boxes cover a space is a hard question in general (it is that of tautologies). Tables that people write are
# far below this many looks at a rule in a part of the space; where it is reached, that is said.
MOST_LOOKS = 600_000


class TooIntricate(Exception):
    """The question was given up after MOST_LOOKS looks; `Check.complete` then says so."""


@dataclass(slots=True)
class Looks:
    """How many looks at a rule are left."""

    left: int = MOST_LOOKS

    def spend(self, count: int) -> None:
        """Take so many. Raises TooIntricate where none is left."""
        if self.left <= 0:
            raise TooIntricate
        self.left -= count


@dataclass(frozen=True, slots=True)
class Space:
    """The conditions of a table, and all combinations of their values.

    A box is a whole number in which each condition has a field of bits, one for each of its values; it holds the
    combinations that take one of the set bits of every field. A field without a bit makes a box empty. Above each
    field one bit stays free: a field that is not empty, and its whole mask added, carry into it, all fields at once.
    """

    conditions: tuple[Condition, ...]
    fields: tuple[int, ...] = field(init=False)
    bits: dict[tuple[str, str], int] = field(init=False)
    whole: int = field(init=False)  # the box of all combinations
    _carries: int = field(init=False)

    def __post_init__(self) -> None:
        fields, bits, at, carries = [], {}, 0, 0
        for condition in self.conditions:
            fields.append(((1 << len(condition.values)) - 1) << at)
            for value in condition.values:
                bits[condition.id, value.id] = 1 << at
                at += 1
            carries |= 1 << at
            at += 1
        object.__setattr__(self, "fields", tuple(fields))
        object.__setattr__(self, "bits", bits)
        object.__setattr__(self, "whole", sum(fields))
        object.__setattr__(self, "_carries", carries)

    @classmethod
    def of(cls, table: DecisionTable) -> "Space":
        """The space of a table's conditions."""
        return cls(table.conditions)

    def box(self, when: When) -> int:
        """The box that `when` means. KeyError for a condition or value that the space does not have."""
        found, named = 0, dict(when)
        for condition, mask in zip(self.conditions, self.fields, strict=True):
            if condition.id in named:
                found |= sum(self.bits[condition.id, value] for value in set(named.pop(condition.id)))
            else:
                found |= mask
        if named:
            raise KeyError(next(iter(named)))
        return found

    def when(self, box: int) -> When:
        """What `box` says in conditions and values; conditions that may be anything are left out."""
        return tuple(
            (condition.id, tuple(value.id for value in condition.values if box & self.bits[condition.id, value.id]))
            for condition, mask in zip(self.conditions, self.fields, strict=True)
            if box & mask != mask
        )

    def is_empty(self, box: int) -> bool:
        """Whether `box` holds no combination."""
        return (box + self.whole) & self._carries != self._carries

    def size(self, box: int) -> int:
        """How many combinations `box` holds."""
        product = 1
        for mask in self.fields:
            product *= (box & mask).bit_count()
        return product

    def values(self, box: int, mask: int) -> Iterator[int]:
        """The single values, as bits, that `box` holds in the field `mask`."""
        left = box & mask
        while left:
            bit = left & -left
            yield bit
            left -= bit

    def minus(self, box: int, other: int) -> Iterator[int]:
        """Boxes apart from one another that hold just the combinations of `box` that are not in `other`."""
        if self.is_empty(box & other):
            yield box
            return
        for mask in self.fields:
            outside = box & mask & ~other
            if outside:
                yield box & ~mask | outside
                box &= ~mask | other

    def first_hole(self, box: int, cover: Sequence[int], looks: Looks) -> int | None:
        """A box of combinations of `box` that no box of `cover` holds, None where they hold them all.

        Raises TooIntricate. Nothing is enumerated: the space is split along a condition that most boxes of the cover
        restrict, values that the same boxes restrict stay together, and where some value of a condition is in no
        restricting box, only that part need be looked at.
        """
        return self._hole(box, [part for part in cover if not self.is_empty(part & box)], looks, set())

    def _hole(self, box: int, cover: list[int], looks: Looks, covered: set[frozenset[int]]) -> int | None:
        looks.spend(len(cover) + 1)
        # What each part leaves out of the box. Split conditions are full in all parts, so that equal questions meet.
        left_out = frozenset(box & ~part for part in cover)
        if not left_out:
            return box
        if 0 in left_out or left_out in covered:
            return None
        for piece in self._split(box, left_out):
            inside = [part for part in cover if not self.is_empty(part & piece)]
            hole = self._hole(piece, inside, looks, covered)
            if hole is not None:
                return hole
        covered.add(left_out)
        return None

    def _split(self, box: int, left_out: Iterable[int]) -> list[int]:
        """The pieces of `box` that must be looked at, along one condition."""
        best, most = self.fields[0], -1
        for mask in self.fields:
            restricting = [out & mask for out in left_out if out & mask]
            if not restricting:
                continue
            never = box & mask
            for out in restricting:
                never &= out
            if never:
                # What the parts without restriction cover here they cover everywhere: no other value need be tried.
                return [box & ~mask | never]
            if len(restricting) > most:
                best, most = mask, len(restricting)
        return [box & ~best | group for group in self._groups(box, best, left_out)]

    def _groups(self, box: int, mask: int, left_out: Iterable[int]) -> list[int]:
        """The values of one condition, those together that the same parts hold."""
        listed = list(left_out)
        groups: dict[tuple[bool, ...], int] = {}
        for bit in self.values(box, mask):
            signature = tuple(bool(out & bit) for out in listed)
            groups[signature] = groups.get(signature, 0) | bit
        return list(groups.values())
