"""What is known of the steps of one table, and of each two of them: words, meanings, roles, places."""

import math
from collections.abc import Sequence
from itertools import chain
from typing import TYPE_CHECKING, Any

from promptlab.align.matrices import both, lead, neighbours, unit
from promptlab.align.meanings import Meanings
from promptlab.align.roles import ROLES, roles
from promptlab.align.steps import Bag
from promptlab.align.vectors import WordVectors

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Matrix = NDArray[np.float64]
    Single = NDArray[np.float32]

TITLE_TIMES = 3  # how often a title word counts among the words of a step


class Evidence:
    """`steps`, one row of figures a step, and `pairs` [i, j], one row a pair, the same for [j, i]: what the network
    reads. `columns` and `ranks` are those of the steps, from 0; `foreign` [i, j]: two in other languages."""

    def __init__(self, steps: Sequence[Bag], vectors: WordVectors) -> None:
        import numpy as np

        self.columns = np.array([step.column for step in steps])
        self.ranks = np.array([step.rank for step in steps])
        languages = np.array([step.language for step in steps])
        self.foreign = languages[:, None] != languages
        self._bags = steps
        meanings = Meanings(steps, vectors)
        figures = [8**0.5 * rows for rows in (meanings.titles, meanings.bodies, meanings.wholes)]
        self.steps: Single = np.concatenate([*figures, self._places()], axis=1).astype(np.float32)
        found = chain(self._words(), meanings.word_by_word(), meanings.nearness(), self._pair_places())
        self.pairs: Single = np.stack([matrix.astype(np.float32) for matrix in found], axis=-1)

    def _places(self) -> "Matrix":
        """Where each step stands in its answer, how long the answer is, how long the step."""
        import numpy as np

        lengths = np.bincount(self.columns)[self.columns]
        place = self._place = (self.ranks + 0.5) / lengths
        self._first, self._last = (self.ranks == 0) * 1.0, (self.ranks == lengths - 1) * 1.0
        said = np.array([min(len(step.body), 60) / 30 for step in self._bags])
        turn = 2 * np.pi * place
        rows = [place, place**2, np.sin(turn), np.cos(turn), self._first, self._last, lengths / 10, said]
        return np.stack(rows, axis=1)

    def _pair_places(self) -> list["Matrix"]:
        import numpy as np

        apart = np.abs(self._place[:, None] - self._place)
        same = (self.columns[:, None] == self.columns) * 1.0
        follows = same * (np.abs(self.ranks[:, None] - self.ranks) == 1)
        ends = [np.outer(at, at) for at in (self._first, self._last)]
        ends += [np.maximum(at[:, None], at) for at in (self._first, self._last)]
        return [apart, 4 * apart**2, *ends, same, follows]

    def _words(self) -> list["Matrix"]:
        """Shared words, weighted by how few steps of the table use them (TF-IDF); and roles that the titles share."""
        import numpy as np

        counts: dict[str, int] = {}
        for step in self._bags:
            for word in {*step.title, *step.body}:
                counts[word] = counts.get(word, 0) + 1
        vocabulary = {word: place for place, word in enumerate(sorted(counts))}
        rarity = np.array([math.log((len(self._bags) + 1) / (counts[word] + 0.5)) for word in vocabulary])

        def rows(bags: Sequence[Sequence[str]]) -> Any:
            matrix = np.zeros((len(bags), len(vocabulary)))
            for row, bag in enumerate(bags):
                for word in bag:
                    matrix[row, vocabulary[word]] += 1
            return unit(np.where(matrix > 0, 1 + np.log(np.maximum(matrix, 1)), 0) * rarity)

        titles, bodies = rows([step.title for step in self._bags]), rows([step.body for step in self._bags])
        wholes = rows([(*step.title * TITLE_TIMES, *step.body) for step in self._bags])
        words, columns = wholes @ wholes.T, self.columns
        found = [titles @ titles.T, *both(titles @ bodies.T), bodies @ bodies.T, words]
        found += both(self._best_item(titles, rows))
        return [*found, self._roles(), neighbours(words, columns), *both(lead(words, columns))]

    def _best_item(self, titles: "Matrix", rows: Any) -> "Matrix":
        """[i, j]: how many words the title of step i shares with the nearest item of step j."""
        import numpy as np

        out = np.zeros((len(titles), len(titles)))
        for step, bag in enumerate(self._bags):
            if bag.items:
                out[:, step] = (titles @ rows(bag.items).T).max(1)
        return out

    def _roles(self) -> "Matrix":
        """The roles that the titles name: the first word, mostly the verb, counts twice; a rare role counts more."""
        import numpy as np

        known, named = roles(), np.zeros((len(self._bags), len(ROLES)))
        for row, step in enumerate(self._bags):
            for place, word in enumerate(step.title):
                found = known.get((step.language, word), ())
                for role in found:
                    named[row, role] += (2.0 if place == 0 else 1.0) / len(found)
        rarity = np.log((len(self._bags) + 1) / ((named > 0).sum(0) + 0.5))
        named = unit(named * np.maximum(rarity, 0.3))
        return named @ named.T
