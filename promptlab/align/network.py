"""How likely two steps are the same work: a small network that looks at all steps of a table at once.

Each step looks, in each answer, for the steps nearest to it (attention within one answer, with the choice of none);
what it finds there changes what is thought of the step, and what is thought of each pair. `network.npz` holds the
weights; it is fitted by `tests/benchmarks/alignment/derive.py` (the README there says on what).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from promptlab.align.evidence import Evidence

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Matrix = NDArray[Any]

FILE = Path(__file__).with_name("network.npz")
DIGITS = 4  # likelihoods are rounded, so that the last bits of a machine's arithmetic decide nothing
SURE = 30.0  # logits beyond are as good as certain
FOREIGN = 0.5  # logit added for steps in different languages, which can share no word (tried on `chains/mixed`)
MOST_PAIRS = 1 << 15  # pairs that are worked on at once
LIKENESSES = 8  # ways in which steps are like each other at first look
STEEPEST = 12.0  # attention is exp of at most this


class Network:
    """One set of weights: a dictionary of arrays, named as the layers of the network that was fitted."""

    def __init__(self, weights: Mapping[str, "Matrix"]) -> None:
        self._weights = weights
        self._layers = len({name.split(".")[1] for name in weights if name.startswith("layers.")})

    def scores(self, evidence: Evidence) -> "Matrix":
        """[i, j]: the logit of "steps i and j are the same work"; symmetric."""
        import numpy as np

        table = _Table(evidence)
        steps = self._linear("steps", evidence.steps)
        pairs = self._first_look(evidence.pairs, steps)
        for number in range(self._layers):
            steps, pairs = self._layer(f"layers.{number}", table, steps, pairs)
        found = _by_rows(pairs, lambda rows: self._two_layers("out", self._normed("out.norm", pairs[rows])))
        logits = np.where(table.same, found[..., 1], found[..., 0])
        return (logits + logits.T) / 2

    def _first_look(self, pairs: "Matrix", steps: "Matrix") -> "Matrix":
        import numpy as np

        heads = self._heads("likeness", steps, LIKENESSES)
        likeness = _last(heads @ heads.transpose(0, 2, 1)) / heads.shape[-1]
        return _by_rows(
            pairs, lambda rows: self._two_layers("pairs", np.concatenate([pairs[rows], likeness[rows]], axis=-1))
        )

    def _layer(self, name: str, table: "_Table", steps: "Matrix", pairs: "Matrix") -> tuple["Matrix", "Matrix"]:
        import numpy as np

        normed = self._normed(f"{name}.norm", steps)
        attention = self._attention(name, table, normed, pairs)
        within = attention * table.same[..., None]
        across = attention - within
        values = self._heads(f"{name}.value", normed, attention.shape[-1])
        seen = [_first(part) @ values for part in (within, across / table.others)]
        steps = steps + self._linear(f"{name}.seen", _last_two(np.concatenate(seen)))
        steps = steps + self._two_layers(f"{name}.think", self._normed(f"{name}.think.norm", steps))
        news = self._news(name, table, pairs, attention, across)
        own = self._linear(f"{name}.product", steps)

        def changed(rows: slice) -> "Matrix":
            parts = [self._normed(f"{name}.pairs.norm", pairs[rows]), own[rows, None] * own[None]]
            parts += [part[rows] for part in news]
            found: Matrix = pairs[rows] + self._two_layers(f"{name}.pairs", np.concatenate(parts, axis=-1))
            return found

        return steps, _by_rows(pairs, changed)

    def _attention(self, name: str, table: "_Table", normed: "Matrix", pairs: "Matrix") -> "Matrix":
        """[i, j, head]: how much of its look at the answer of j step i spends on j."""
        import numpy as np

        bias = self._linear(f"{name}.bias", pairs)
        query, key = (self._heads(f"{name}.{part}", normed, bias.shape[-1]) for part in ("query", "key"))
        logits = _last(query @ key.transpose(0, 2, 1)) / np.sqrt(np.float32(query.shape[-1])) + bias
        looks = np.exp(np.clip(logits, -STEEPEST, STEEPEST))
        spent: Matrix = table.summed(looks) + np.exp(self._weights[f"{name}.none"])
        found: Matrix = looks / spent
        return found

    def _news(self, name: str, table: "_Table", pairs: "Matrix", looks: "Matrix", across: "Matrix") -> list["Matrix"]:
        """What the looks say of pairs: both ways together, by way of third steps, and how many rivals there are."""
        import numpy as np

        turned = looks.transpose(1, 0, 2)
        thirds = _last(_first(across) @ _first(across)) / table.thirds
        links = _sigmoid(self._linear(f"{name}.link", pairs)[..., 0]) * ~table.same
        through = links @ links / table.thirds
        total = table.summed(links[..., None])[..., 0]
        counts = np.stack([through, np.maximum(total, total.T), np.minimum(total, total.T)], axis=-1)
        return [looks + turned, looks * turned, thirds + thirds.transpose(1, 0, 2), counts]

    def _heads(self, name: str, rows: "Matrix", heads: int) -> "Matrix":
        """[head, step, …]: a linear layer, cut in as many parts as there are heads."""
        return self._linear(name, rows).reshape(len(rows), heads, -1).transpose(1, 0, 2)

    def _linear(self, name: str, rows: "Matrix") -> "Matrix":
        found: Matrix = rows @ self._weights[f"{name}.weight"].T + self._weights[f"{name}.bias"]
        return found

    def _normed(self, name: str, rows: "Matrix") -> "Matrix":
        import numpy as np

        apart = rows - rows.mean(-1, keepdims=True)
        size = np.sqrt((apart**2).mean(-1, keepdims=True) + np.float32(1e-5))
        found: Matrix = apart / size * self._weights[f"{name}.weight"] + self._weights[f"{name}.bias"]
        return found

    def _two_layers(self, name: str, rows: "Matrix") -> "Matrix":
        """Two linear layers with a threshold between."""
        import numpy as np

        return self._linear(f"{name}.second", np.maximum(self._linear(f"{name}.first", rows), 0))


class _Table:
    """Which steps are of one answer."""

    def __init__(self, evidence: Evidence) -> None:
        import numpy as np

        _kept, columns = np.unique(evidence.columns, return_inverse=True)  # an answer without steps does not count
        count = int(columns.max()) + 1
        self.same = columns[:, None] == columns
        self.others, self.thirds = np.float32(max(1, count - 1)), np.float32(max(1, count - 2))
        self._member = (columns[:, None] == np.arange(count)).astype(np.float32)

    def summed(self, pairs: "Matrix") -> "Matrix":
        """[i, j, …]: the sum of [i, k, …] over all steps k of the answer of j."""
        answers = _last(_first(pairs) @ self._member)
        return answers[:, self._member.argmax(1)]


def _first(pairs: "Matrix") -> "Matrix":
    """[i, j, head] -> [head, i, j]."""
    return pairs.transpose(2, 0, 1)


def _last(heads: "Matrix") -> "Matrix":
    """[head, i, j] -> [i, j, head]."""
    return heads.transpose(1, 2, 0)


def _last_two(heads: "Matrix") -> "Matrix":
    """[head, step, figure] -> one row a step, head after head."""
    return heads.transpose(1, 0, 2).reshape(heads.shape[1], -1)


def _by_rows(pairs: "Matrix", job: Callable[[slice], "Matrix"]) -> "Matrix":
    """What `job` makes of all rows of `pairs`, some rows at a time: a table of a thousand steps has a million pairs."""
    import numpy as np

    some = max(1, MOST_PAIRS // len(pairs))
    return np.concatenate([job(slice(start, start + some)) for start in range(0, len(pairs), some)])


def _sigmoid(logits: "Matrix") -> Any:
    import numpy as np

    return 1 / (1 + np.exp(-np.clip(logits, -SURE, SURE)))


@dataclass(frozen=True, slots=True)
class Fitted:
    """What was fitted: networks of different beginnings that are asked together, and from which mean likelihood on
    links make a phase."""

    networks: tuple[Network, ...]
    threshold: float


@lru_cache(maxsize=1)
def shipped() -> Fitted:
    """What comes with promptlab."""
    return load(FILE)


def load(path: Path) -> Fitted:
    """A file of arrays named "number/layer", in half precision, and of "threshold"."""
    import numpy as np

    found: dict[str, dict[str, Any]] = {}
    with np.load(path, allow_pickle=False) as arrays:
        threshold = float(arrays["threshold"])
        for name in arrays.files:
            number, slash, layer = name.partition("/")
            if slash:
                found.setdefault(number, {})[layer] = arrays[name].astype(np.float32)
    return Fitted(tuple(Network(found[number]) for number in sorted(found)), threshold)


def likelihoods(evidence: Evidence, networks: tuple[Network, ...]) -> "Matrix":
    """[i, j]: the probability that steps i and j are the same work; symmetric, rounded."""
    import numpy as np

    logits: Matrix = np.mean([network.scores(evidence).astype(float) for network in networks], axis=0)
    found: Matrix = np.round(_sigmoid(logits + FOREIGN * evidence.foreign), DIGITS)
    return found
