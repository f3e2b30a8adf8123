"""What the table of word vectors says of the steps of one table: near titles, near bodies, near single words."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from promptlab.align.matrices import both, unit
from promptlab.align.steps import Bag
from promptlab.align.vectors import WordVectors

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Matrix = NDArray[np.float64]

TITLE_WEIGHT = 2.0  # of a title word against a word below it, in the meaning of a whole step
FIRST_WORD = 1.35  # of the first word of a title, mostly its verb, against the others
CENTRING = 0.5  # how much of what all steps share (the subject of the table) is taken away
NO_ITEM = -0.3  # how near a title is to the items of a step that has none


class Meanings:
    """For the steps of one table: `titles`, `bodies` and `wholes`, one row a step; and how near each two steps are."""

    def __init__(self, steps: Sequence[Bag], vectors: WordVectors) -> None:
        import numpy as np

        known = sorted({(step.language, word) for step in steps for word in (*step.title, *step.body)})
        place = {word: number for number, word in enumerate(known)}
        self._table = np.array([vectors[word] for word in known]).reshape(len(known), vectors.size)
        self._title_places = [[place[step.language, word] for word in step.title] for step in steps]
        self._items = [[[place[step.language, word] for word in item] for item in step.items] for step in steps]
        self._body_places = [[at for item in items for at in item] for items in self._items]
        titles, bodies = self._sums(self._title_places, FIRST_WORD), self._sums(self._body_places, 1.0)
        self._raw_wholes = unit(titles * TITLE_WEIGHT + bodies)
        self._common = unit(bodies).mean(0)
        self.titles, self.bodies = centred(unit(titles)), centred(unit(bodies))
        self.wholes = centred(self._raw_wholes)

    def _sums(self, bags: Sequence[Sequence[int]], first: float) -> "Matrix":
        import numpy as np

        out = np.zeros((len(bags), self._table.shape[1]))
        for row, bag in enumerate(bags):
            if bag:
                out[row] = self._table[list(bag)].sum(0) + (first - 1) * self._table[bag[0]]
        return out

    def nearness(self) -> list["Matrix"]:
        """Eight symmetric matrices over the steps: titles, titles with bodies, bodies, wholes, titles with items."""
        crossed = self.titles @ self.bodies.T
        near = [self.titles @ self.titles.T, *both(crossed), self.bodies @ self.bodies.T]
        near += [self.wholes @ self.wholes.T, self._raw_wholes @ self._raw_wholes.T]
        return near + both(self._best_items())

    def _best_items(self) -> "Matrix":
        """[i, j]: how near the title of step i is to the nearest item of step j."""
        import numpy as np

        count = len(self.titles)
        out = np.full((count, count), NO_ITEM)
        for step, items in enumerate(self._items):
            if items:
                rows = unit(self._sums(items, 1.0))
                out[:, step] = (self.titles @ unit(rows - CENTRING * self._common).T).max(1)
        return out

    def word_by_word(self) -> list["Matrix"]:
        """Eight symmetric matrices: how well each word of one step finds a near word in the other; rare words count
        more."""
        import numpy as np

        if not len(self._table):
            return [np.zeros((len(self.titles),) * 2)] * 8
        units = unit(self._table)
        near = np.maximum(units @ units.T, 0.0) ** 2
        wholes = [[*title, *body] for title, body in zip(self._title_places, self._body_places, strict=True)]
        in_titles, in_wholes = _best_words(near, self._title_places), _best_words(near, wholes)
        titles, bodies = self._shares(self._title_places, wholes), self._shares(self._body_places, wholes)
        found = both(titles @ in_titles) + both(titles @ in_wholes) + both(bodies @ in_wholes)
        found += both(bodies @ in_titles)
        return [2.0 * (matrix - matrix.mean()) for matrix in found]

    def _shares(self, bags: Sequence[Sequence[int]], wholes: Sequence[Sequence[int]]) -> "Matrix":
        """[i, w]: the share of word w in step i; a word that few steps use, and that means much, has a larger one."""
        import numpy as np

        used = np.zeros(len(self._table))
        for whole in wholes:
            used[sorted(set(whole))] += 1
        lengths = np.linalg.norm(self._table, axis=1)
        weights = np.log((len(bags) + 1) / (used + 0.5)) * (0.3 + lengths / (lengths.mean() + 1e-9))
        out = np.zeros((len(bags), len(self._table)))
        for row, bag in enumerate(bags):
            np.add.at(out[row], list(bag), weights[list(bag)])
        totals: Matrix = np.maximum(out.sum(1, keepdims=True), 1e-9)
        return out / totals


def _best_words(near: "Matrix", bags: Sequence[Sequence[int]]) -> "Matrix":
    """[w, j]: how near word w is to the nearest word of step j; 0 where j has no word."""
    import numpy as np

    out = np.zeros((len(near), len(bags)))
    for step, bag in enumerate(bags):
        if bag:
            out[:, step] = near[:, sorted(set(bag))].max(1)
    return out


def centred(rows: "Matrix") -> Any:
    """`rows` without a part of what they share, of length 1 again; a row of zeros stays."""
    import numpy as np

    given = np.linalg.norm(rows, axis=1, keepdims=True) > 0
    return np.where(given, unit(rows - CENTRING * rows.mean(0)), 0.0)
