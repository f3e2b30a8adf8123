"""Phases in the order of the process."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from promptlab.align.steps import Bags

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Votes = NDArray[np.int64]

Group = tuple[int, ...]
MOST_ROUNDS = 8


def in_process_order(bags: Bags, groups: Sequence[Group]) -> list[Group]:
    """`groups` by their mean place in the answers; then each goes to where most answers agree with its neighbours.

    The order does not depend on the order of the columns.
    """
    if len(groups) < 2:
        return list(groups)
    lengths: dict[int, int] = {}
    for step in bags.steps:
        lengths[step.column] = lengths.get(step.column, 0) + 1
    places = [_places(bags, group, lengths) for group in groups]
    means = [round(sum(found.values()) / len(found), 9) for found in places]
    order = sorted(range(len(groups)), key=lambda at: (means[at], groups[at]))
    votes = _votes([places[at] for at in order], sorted(lengths))
    return [groups[order[at]] for at in _settled(votes)]


def _places(bags: Bags, group: Group, lengths: dict[int, int]) -> dict[int, float]:
    """The mean place of the group's steps in each answer, 0 (its beginning) to 1."""
    found: dict[int, list[float]] = {}
    for number in group:
        step = bags.steps[number]
        found.setdefault(step.column, []).append((step.rank + 0.5) / lengths[step.column])
    return {column: sum(values) / len(values) for column, values in found.items()}


def _votes(places: Sequence[dict[int, float]], columns: Sequence[int]) -> "Votes":
    """How many answers more have the one group before the other than after it, for each two."""
    import numpy as np

    votes = np.zeros((len(places), len(places)), dtype=np.int64)
    for column in columns:
        here = [number for number, found in enumerate(places) if column in found]
        at = np.array([places[number][column] for number in here])
        votes[np.ix_(here, here)] += np.sign(at[None, :] - at[:, None]).astype(np.int64)
    return votes


def _settled(votes: "Votes") -> list[int]:
    """0, 1, 2… with each put where the most votes are respected; it stays where no other place gains any."""
    import numpy as np

    order = list(range(len(votes)))
    for _round in range(MOST_ROUNDS):
        moved = False
        for number in range(len(votes)):
            others = [other for other in order if other != number]
            old = order.index(number)
            # gain[k]: what respecting the votes gains with `number` before others[k] in place of the beginning
            gain = np.concatenate([[0], np.cumsum(votes[others, number] - votes[number, others])])
            best = np.flatnonzero(gain == gain.max()).tolist()
            if gain[old] < gain.max():
                new = min(best, key=lambda place: (abs(place - old), place))
                order = [*others[:new], number, *others[new:]]
                moved = True
        if not moved:
            break
    return order
