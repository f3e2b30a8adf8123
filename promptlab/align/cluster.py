"""Steps to phases: average linkage, the strongest link first."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Matrix = NDArray[np.float64]


def clusters(links: "Matrix", *, threshold: float) -> list[list[int]]:
    """Sets of steps whose average link is at least `threshold`, each sorted, in the order of their first steps.

    Of equally strong links the one with the smallest places is taken, so that the outcome is always the same. Time
    grows with the square of the number of steps: each row keeps its strongest link.
    """
    import numpy as np

    count = len(links)
    if count < 2:
        return [[place] for place in range(count)]
    links = links.astype(float).copy()
    np.fill_diagonal(links, -1.0)
    sizes, members = np.ones(count), [[place] for place in range(count)]
    best = links.argmax(1)
    strength = links[np.arange(count), best]
    while True:
        one = int(strength.argmax())
        if strength[one] < threshold:
            break
        other = int(best[one])
        one, other = min(one, other), max(one, other)
        _join(links, sizes, one, other)
        members[one] += members[other]
        members[other] = []
        _refresh(links, best, strength, one, other)
    return sorted(sorted(group) for group in members if group)


def _join(links: "Matrix", sizes: Any, one: int, other: int) -> None:
    """Make `one` stand for both; `other` links to nothing any more."""
    joined = (links[one] * sizes[one] + links[other] * sizes[other]) / (sizes[one] + sizes[other])
    joined[[one, other]] = -1.0
    joined[links[one] < 0] = -1.0
    links[one], links[:, one] = joined, joined
    links[other], links[:, other] = -1.0, -1.0
    sizes[one] += sizes[other]


def _refresh(links: "Matrix", best: Any, strength: Any, one: int, other: int) -> None:
    """Find again the strongest link of the rows that the joining touched."""
    import numpy as np

    stale = np.flatnonzero((best == one) | (best == other))
    for row in {int(place) for place in stale} | {one, other}:
        best[row] = links[row].argmax()
        strength[row] = links[row, best[row]]
    better = links[:, one] > strength
    best[better], strength[better] = one, links[better, one]
