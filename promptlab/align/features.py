"""What two steps have in common, as symmetric matrices over all steps: words, meanings, roles, places."""

import math
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from promptlab.align.roles import ROLES, roles
from promptlab.align.steps import Bag
from promptlab.align.vectors import WordVectors

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Matrix = NDArray[np.float64]

TITLE_WEIGHT = 2.0  # of a title word in the meaning of a step, beside the table's own weight
CENTRING = 0.6  # how much of what all steps share (the subject of the table) is taken away
DIGITS = 6  # figures are rounded, so that the last bit of a machine's arithmetic decides nothing


def unit(rows: "Matrix") -> "Matrix":
    """`rows`, each brought to length 1 (a row of zeros stays)."""
    import numpy as np

    lengths: Matrix = np.linalg.norm(rows, axis=-1, keepdims=True)
    return rows / (lengths + 1e-9)


class Evidence:
    """The matrices for one table. `columns` and `ranks` are those of the steps, from 0."""

    def __init__(self, steps: Sequence[Bag], vectors: WordVectors) -> None:
        import numpy as np

        self.columns = np.array([step.column for step in steps])
        self.ranks = np.array([step.rank for step in steps])
        lengths = np.bincount(self.columns)[self.columns]
        self.places = (self.ranks + 0.5) / lengths
        self.last = self.ranks == lengths - 1
        self._steps = steps
        self._words()
        self._meanings(vectors)
        self._roles()

    def _words(self) -> None:
        """Shared words, weighted by how few steps of the table use them (TF-IDF)."""
        import numpy as np

        counts: dict[str, int] = {}
        for step in self._steps:
            for word in {*step.title, *step.body}:
                counts[word] = counts.get(word, 0) + 1
        vocabulary = {word: place for place, word in enumerate(sorted(counts))}
        rarity = np.array([math.log((len(self._steps) + 1) / (counts[word] + 0.5)) for word in vocabulary])

        def rows(bags: Sequence[Sequence[str]]) -> Any:
            matrix = np.zeros((len(bags), len(vocabulary)))
            for row, bag in enumerate(bags):
                for word in bag:
                    matrix[row, vocabulary[word]] += 1
            return unit(np.where(matrix > 0, 1 + np.log(np.maximum(matrix, 1)), 0) * rarity)

        titles, bodies = rows([step.title for step in self._steps]), rows([step.body for step in self._steps])
        wholes = rows([(*step.title * 3, *step.body) for step in self._steps])
        self.title_words, self.body_words = titles @ titles.T, bodies @ bodies.T
        self.crossed_words, self.words = titles @ bodies.T, wholes @ wholes.T
        self.item_words = self._best_item(titles, rows([item for step in self._steps for item in step.items]), 0.0)

    def _meanings(self, vectors: WordVectors) -> None:
        """Near words, by the table of word vectors."""
        import numpy as np

        titles = np.array([vectors.total(step.language, step.title) for step in self._steps])
        bodies = np.array([vectors.total(step.language, step.body) for step in self._steps])
        whole = unit(titles * vectors.title * TITLE_WEIGHT + bodies)
        whole = unit(whole - whole.mean(0) * CENTRING)
        titles, bodies = unit(titles), unit(bodies)
        common = (titles.mean(0) + bodies.mean(0)) / 4
        titles, bodies = unit(titles - common), unit(bodies - common)
        items = [vectors.total(step.language, item) for step in self._steps for item in step.items]
        self.title_meaning, self.body_meaning = titles @ titles.T, bodies @ bodies.T
        self.crossed_meaning, self.meaning = titles @ bodies.T, whole @ whole.T
        parts = unit(unit(np.array(items)) - common) if items else np.zeros((0, vectors.size))
        self.item_meaning = self._best_item(titles, parts, -0.2)

    def _roles(self) -> None:
        """The roles that the titles name: the first word, mostly the verb, counts twice; a rare role counts more."""
        import numpy as np

        known, named = roles(), np.zeros((len(self._steps), len(ROLES)))
        for row, step in enumerate(self._steps):
            for place, word in enumerate(step.title):
                found = known.get((step.language, word), ())
                for role in found:
                    named[row, role] += (2.0 if place == 0 else 1.0) / len(found)
        rarity = np.log((len(self._steps) + 1) / ((named > 0).sum(0) + 0.5))
        named = unit(named * np.maximum(rarity, 0.3))
        self.title_roles = named @ named.T

    def _best_item(self, titles: "Matrix", items: "Matrix", none: float) -> "Matrix":
        """[i, j]: how near the title of step i is to the nearest item of step j; `none` where j has no item."""
        import numpy as np

        best = np.full((len(titles), len(titles)), none)
        near, start = titles @ items.T, 0
        for step, bag in enumerate(self._steps):
            if bag.items:
                best[:, step] = near[:, start : start + len(bag.items)].max(1)
            start += len(bag.items)
        return best

    def matrices(self) -> Iterator["Matrix"]:
        """The features one after the other, each symmetric and rounded; their order is that of the weights."""
        import numpy as np

        apart = np.abs(self.places[:, None] - self.places)
        likeness = self.words + 0.8 * self.meaning + 0.5 * self.title_meaning
        for matrix in self._raw(likeness, apart):
            yield np.round(matrix, DIGITS)

    def _raw(self, likeness: "Matrix", apart: "Matrix") -> Iterator["Matrix"]:
        yield self.title_words
        yield from both(self.crossed_words)
        yield self.body_words
        yield self.words
        yield self.title_meaning
        yield from both(self.crossed_meaning)
        yield self.body_meaning
        yield self.meaning
        yield from both(self.item_meaning)
        yield next(both(self.item_words))
        yield from both(lead(likeness, self.columns))
        yield from both(lead(self.meaning, self.columns))
        yield from both(place_among(likeness, self.columns))
        yield neighbours(likeness, self.columns)
        yield apart
        yield apart**2
        yield (self.ranks[:, None] == 0) * (self.ranks == 0) * 1.0
        yield self.last[:, None] * self.last * 1.0
        yield likeness
        yield likeness * apart
        yield self.title_roles


def both(matrix: "Matrix") -> Iterator["Matrix"]:
    """The larger and the smaller of [i, j] and [j, i]: which step came from which column must not matter."""
    import numpy as np

    yield np.maximum(matrix, matrix.T)
    yield np.minimum(matrix, matrix.T)


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


def place_among(matrix: "Matrix", columns: Any) -> "Matrix":
    """[i, j]: how many steps of j's column are nearer to i than j is, 4 at most."""
    import numpy as np

    out = np.zeros_like(matrix)
    for group in groups(columns):
        part = matrix[:, group]
        for offset, step in enumerate(group):
            out[:, step] = np.minimum((part > part[:, offset : offset + 1]).sum(1), 4)
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
