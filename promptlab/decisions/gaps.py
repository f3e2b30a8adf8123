"""The combinations that no rule fits, as few large boxes apart from one another."""

from collections.abc import Sequence
from dataclasses import dataclass

from promptlab.decisions.boxes import Looks, Space, TooIntricate

# More than a person closes at a time; the rest is found when these are closed.
MOST_GAPS = 200


@dataclass(frozen=True, slots=True)
class Gaps:
    """The boxes, and whether there are more of them, or the search was given up."""

    boxes: tuple[int, ...]
    too_many: bool = False
    too_intricate: bool = False


def gap_boxes(space: Space, cover: Sequence[int], impossible: Sequence[int]) -> Gaps:
    """Boxes that hold every possible combination outside `cover`, apart from one another, the large ones first.

    A box may reach into impossible combinations where that makes it simpler to say; it holds a possible one always.
    """
    found: list[int] = []
    looks = Looks()
    try:
        while (hole := space.first_hole(space.whole, [*cover, *impossible, *found], looks)) is not None:
            if len(found) == MOST_GAPS:
                return Gaps(_sorted(space, found), too_many=True)
            found.append(_grown(space, hole, [*cover, *found]))
    except TooIntricate:
        return Gaps(_sorted(space, found), too_intricate=True)
    return Gaps(_sorted(space, _joined(space, found, cover)))


def _sorted(space: Space, boxes: Sequence[int]) -> tuple[int, ...]:
    return tuple(sorted(boxes, key=lambda box: (-space.size(box), box)))


def _grown(space: Space, box: int, taken: Sequence[int]) -> int:
    """`box` made as large as it can be without touching a box of `taken`: whole conditions first, then values."""
    near = list(taken)
    for mask in space.fields:
        wider = box | mask
        if all(space.is_empty(wider & other) for other in near):
            box = wider
    for mask in space.fields:
        for bit in space.values(mask & ~box, mask):
            wider = box | bit
            if all(space.is_empty(wider & other) for other in near):
                box = wider
    return box


def _joined(space: Space, boxes: Sequence[int], cover: Sequence[int]) -> list[int]:
    """`boxes` with pairs made one where the box around both holds only combinations of theirs or impossible ones."""
    left = list(boxes)
    done = False
    while not done:
        done = True
        for place, one in enumerate(left):
            for other in left[place + 1 :]:
                around = one | other
                rest = [box for box in left if box not in (one, other)]
                if not all(space.is_empty(around & taken) for taken in (*cover, *rest)):
                    continue
                left, done = [around, *rest], False
                break
            if not done:
                break
    return left
