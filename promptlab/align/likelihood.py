"""How likely two steps are the same work: two logistic regressions, the second looks at the outcome of the first.

The weights in `weights.json` were fitted on the chains that `tests/benchmarks/alignment/README.md` names.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from promptlab.align.features import DIGITS, Evidence, beside, both, groups, lead, neighbours

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Matrix = NDArray[np.float64]

FILE = Path(__file__).with_name("weights.json")
FAR_SHARE = 0.4  # of `same_answer` for steps that do not follow each other: a split piece of work mostly stays together
NEAREST = 4  # steps through which two others may be linked


@dataclass(frozen=True, slots=True)
class Weights:
    """A fitted method: weights of the two regressions, intercept first; where links begin to count as such; the
    link of steps of one answer."""

    first: tuple[float, ...]
    second: tuple[float, ...]
    threshold: float
    same_answer: float


@lru_cache(maxsize=1)
def shipped_weights() -> Weights:
    """The weights that come with promptlab."""
    found = json.loads(FILE.read_text(encoding="utf-8"))
    return Weights(tuple(found["first"]), tuple(found["second"]), found["threshold"], found["same_answer"])


def likelihoods(evidence: Evidence, weights: Weights) -> "Matrix":
    """[i, j]: the probability that steps i and j, of different columns, are the same work; symmetric."""
    first = probability(evidence.matrices(), weights.first)
    return probability(second_look(evidence, first), weights.second)


def links(evidence: Evidence, likely: "Matrix", same_answer: float) -> "Matrix":
    """`likely`, with a fixed link between steps of one answer: `same_answer`, less where they are not neighbours."""
    import numpy as np

    beside = np.abs(evidence.ranks[:, None] - evidence.ranks) <= 1
    within = np.where(beside, same_answer, same_answer * FAR_SHARE)
    return np.where(evidence.columns[:, None] == evidence.columns, within, likely)


def probability(features: Iterable["Matrix"], weights: tuple[float, ...]) -> "Matrix":
    """The logistic regression of `features`, rounded."""
    import numpy as np

    total: Any = weights[0]
    for matrix, weight in zip(features, weights[1:], strict=True):
        total = total + weight * matrix
    found: Matrix = np.round(1 / (1 + np.exp(-total)), DIGITS)
    return found


def second_look(evidence: Evidence, first: "Matrix") -> Iterable["Matrix"]:
    """The features of the second regression: what the first found, for these steps and around them."""
    import numpy as np

    columns = evidence.columns
    across = np.where(columns[:, None] == columns, 0.0, first)
    raw = [np.log((first + 1e-4) / (1 - first + 1e-4)), _through(across)]
    raw += both(lead(across, columns))
    raw.append(neighbours(across, columns))
    raw += both(_beside(across, columns))
    raw += both(_total(across, columns))
    raw += [evidence.words, evidence.meaning, np.abs(evidence.places[:, None] - evidence.places)]
    return [np.round(matrix, DIGITS) for matrix in raw]


def _through(links: "Matrix") -> "Matrix":
    """[i, j]: the strongest link by way of a third step, the weaker of its halves, over the nearest steps of either."""
    import numpy as np

    count = len(links)
    out = np.zeros((count, count))
    nearest = np.argsort(-links, axis=1, kind="stable")[:, :NEAREST]
    for step in range(count):
        halves = np.minimum(links[step, nearest[step]][:, None], links[nearest[step]])
        out[step] = halves.max(0)
    return np.maximum(out, out.T)


def _beside(links: "Matrix", columns: Any) -> "Matrix":
    """[i, j]: how strongly i is linked to the step before or after j: a sign that one was split in two."""
    import numpy as np

    out = np.zeros_like(links)
    for there, index in beside(columns):
        out = np.maximum(out, np.where(there, links[:, index], 0.0))
    return out


def _total(links: "Matrix", columns: Any) -> "Matrix":
    """[i, j]: all of i's links to the column of j."""
    import numpy as np

    out = np.zeros_like(links)
    for group in groups(columns):
        out[:, group] = links[:, group].sum(1, keepdims=True)
    return out
