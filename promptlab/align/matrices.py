"""Small tools on matrices over the steps of a table."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Matrix = NDArray[np.float64]


def unit(rows: "Matrix") -> "Matrix":
    """`rows`, each brought to length 1 (a row of zeros stays)."""
    import numpy as np

    lengths: Matrix = np.linalg.norm(rows, axis=-1, keepdims=True)
    return rows / (lengths + 1e-9)


def both(matrix: "Matrix") -> list["Matrix"]:
    """Two symmetric matrices of one that is not: the greater and the smaller of [i, j] and [j, i]."""
    import numpy as np

    return [np.maximum(matrix, matrix.T), np.minimum(matrix, matrix.T)]


def groups(columns: Any) -> Iterator[Any]:
    """The places of the steps of each column."""
    import numpy as np

    for column in range(int(columns.max()) + 1 if len(columns) else 0):
        yield np.flatnonzero(columns == column)


def lead(matrix: "Matrix", columns: Any) -> "Matrix":
    """[i, j]: by how much j is the nearest to i of all steps of its column, or how far behind the nearest."""
    import numpy as np

    out = np.zeros_like(matrix)
    for group in groups(columns):
        part = matrix[:, group]
        ordered = np.sort(part, axis=1)[:, ::-1]
        top, second = ordered[:, :1], ordered[:, 1:2] if len(group) > 1 else ordered[:, :1]
        out[:, group] = np.where(part >= top, part - second, part - top)
    return out


def beside(columns: Any) -> Iterator[tuple[Any, Any]]:
    """For the step before each step, then for the step after it: whether its column has one, and its place (or 0)."""
    import numpy as np

    for side in (-1, 1):
        place = np.arange(len(columns)) + side
        there = (place >= 0) & (place < len(columns))
        there[there] = columns[place[there]] == columns[there]
        yield there, np.where(there, place, 0)


def neighbours(matrix: "Matrix", columns: Any) -> "Matrix":
    """[i, j]: how alike the steps before i and j are, plus the steps after them; two ends count as half alike."""
    import numpy as np

    out = np.zeros_like(matrix)
    for there, index in beside(columns):
        ends = ~there[:, None] & ~there
        out += np.where(there[:, None] & there, matrix[np.ix_(index, index)], np.where(ends, 0.5, 0.0))
    return out
