"""The table of word vectors: words used for the same work lie close together, in French, English and Spanish.

`vectors.npz` is derived by `tests/benchmarks/alignment/derive.py` (the README there says from what). Arrays: `keys`,
UTF-8, one "language stem" a line; `vectors`, int8, one row a key; `scales`, one float a row; `prefix_vectors` and
`prefix_scales` for stems that have no row, chosen by their first four letters.
"""

import zlib
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

FILE = Path(__file__).with_name("vectors.npz")


class WordVectors:
    """The table, read once."""

    def __init__(self, path: Path = FILE) -> None:
        import numpy as np

        with np.load(path, allow_pickle=False) as table:
            self._vectors, self._scales = table["vectors"], table["scales"]
            self._prefixes, self._prefix_scales = table["prefix_vectors"], table["prefix_scales"]
            keys = bytes(table["keys"]).decode("utf-8").split("\n")
        self._rows = {key: row for row, key in enumerate(keys)}
        self.size = int(self._vectors.shape[1])
        self._known: dict[tuple[str, str], NDArray[np.float64]] = {}

    def __getitem__(self, word: tuple[str, str]) -> "NDArray[np.float64]":
        """The vector of (language, stem)."""
        vector = self._known.get(word)
        if vector is None:
            vector = self._known[word] = self._look_up(*word)
        return vector

    def _look_up(self, language: str, stem: str) -> Any:
        row = self._rows.get(f"{language} {stem}")
        if row is not None:
            return self._vectors[row].astype(float) * float(self._scales[row])
        place = prefix_row(language, stem, len(self._prefixes))
        return self._prefixes[place].astype(float) * float(self._prefix_scales[place])

    def total(self, language: str, words: Iterable[str]) -> "NDArray[np.float64]":
        """The sum of the vectors of `words`."""
        import numpy as np

        total = np.zeros(self.size)
        for word in words:
            total += self[language, word]
        return total


def prefix_row(language: str, stem: str, rows: int) -> int:
    """Which of `rows` prefix vectors stands for `stem`: the same on every machine."""
    return zlib.crc32(f"{language}<{stem[:4]}".encode()) % rows


@lru_cache(maxsize=1)
def word_vectors() -> WordVectors:
    """The shipped table."""
    return WordVectors()
