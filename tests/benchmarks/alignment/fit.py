"""The weights of the two regressions, fitted on chains with gold; and how the method does on chains it did not see."""

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from promptlab.align.cluster import clusters
from promptlab.align.features import Evidence
from promptlab.align.likelihood import Weights, likelihoods, links, probability, second_look
from promptlab.align.meaning import find_alignment
from promptlab.align.steps import bags_of
from promptlab.align.vectors import WordVectors
from promptlab.model.comparison import Column
from promptlab.parse import parse_answer

CHAINS = Path(__file__).parents[1] / "chains"


class Chain:
    """One chain with its golds: the columns, the evidence, and for each two steps the share of golds that link them."""

    def __init__(self, folder: Path, golds: Sequence[dict], vectors: WordVectors) -> None:
        texts = [(folder / f"prompt{number}.md").read_text(encoding="utf-8") for number in (1, 2, 3)]
        self.columns = [Column(number, folder.name, parse_answer(text)) for number, text in enumerate(texts, 1)]
        self.name, self.golds = folder.name, [gold["phases"] for gold in golds]
        bags = bags_of(self.columns)
        self.bags, self.evidence = bags, Evidence(bags.steps, vectors)
        place = {(bags.answers[step.column][0], step.rank + 1): at for at, step in enumerate(bags.steps)}
        self.gold = np.zeros((len(bags.steps),) * 2)
        for phases in self.golds:
            for phase in phases:
                members = [place[column, rank] for column, cell in enumerate(phase["cells"]) for rank in cell]
                for one in members:
                    self.gold[one, members] += 1 / len(self.golds)
        above = np.triu(np.ones_like(self.gold, dtype=bool), 1)
        self.pairs = np.nonzero(above & (self.evidence.columns[:, None] != self.evidence.columns))


def load(part: str, vectors: WordVectors, names: Sequence[str] = ("gold_a.json", "gold_b.json")) -> list[Chain]:
    """The chains of a folder whose steps are those of the gold."""
    golds = [json.loads((CHAINS / part / name).read_text(encoding="utf-8")) for name in names]
    return [Chain(CHAINS / part / slug, [gold[slug] for gold in golds], vectors) for slug in sorted(golds[0])]


def regression(features: np.ndarray, gold: np.ndarray, strength: float = 0.3) -> tuple[float, ...]:
    """Weights, intercept first, of a logistic regression; `gold` are shares, so each pair counts as both outcomes."""
    mean, scale = features.mean(0), features.std(0) + 1e-9
    rows = np.concatenate([(features - mean) / scale] * 2)
    outcome = np.concatenate([np.ones(len(gold)), np.zeros(len(gold))])
    share = np.concatenate([gold, 1 - gold])
    model = LogisticRegression(C=strength, max_iter=5000).fit(rows[share > 0], outcome[share > 0], share[share > 0])
    weights = model.coef_[0] / scale
    return (float(model.intercept_[0] - (weights * mean).sum()), *map(float, weights))


def _stack(chains: Sequence[Chain], matrices) -> tuple[np.ndarray, np.ndarray]:
    pairs = zip(chains, matrices, strict=True)
    features = [np.stack([matrix[chain.pairs] for matrix in found], -1) for chain, found in pairs]
    return np.concatenate(features), np.concatenate([chain.gold[chain.pairs] for chain in chains])


def fit(chains: Sequence[Chain], *, threshold: float, same_answer: float, folds: int = 5) -> Weights:
    """Both regressions; the second is fitted on what the first says of chains that it was not fitted on."""
    first = regression(*_stack(chains, [list(chain.evidence.matrices()) for chain in chains]))
    looks = []
    for number, chain in enumerate(chains):
        others = [other for place, other in enumerate(chains) if place % folds != number % folds]
        held = regression(*_stack(others, [list(other.evidence.matrices()) for other in others]))
        looks.append(list(second_look(chain.evidence, probability(chain.evidence.matrices(), held))))
    return Weights(first, regression(*_stack(chains, looks)), threshold, same_answer)


def left_out(
    chains: Sequence[Chain], extra: Sequence[Chain], thresholds: Sequence[float], same: float
) -> dict[float, dict[str, float]]:
    """F1 of each chain by weights fitted on all others, for several thresholds."""
    scores: dict[float, dict[str, float]] = {threshold: {} for threshold in thresholds}
    for chain in chains:
        weights = fit([*(other for other in chains if other is not chain), *extra], threshold=0.3, same_answer=same)
        likely = likelihoods(chain.evidence, weights)
        for threshold in thresholds:
            groups = clusters(links(chain.evidence, likely, same), threshold=threshold)
            scores[threshold][chain.name] = score(chain, groups)
    return scores


def score(chain: Chain, groups) -> float:
    """Mean pairwise F1 of cross-answer links against the golds."""
    found = np.zeros_like(chain.gold, dtype=bool)
    for group in groups:
        found[np.ix_(group, group)] = True
    found = found[chain.pairs]
    values = []
    for phases in chain.golds:
        gold = _links(chain, phases)[chain.pairs]
        hit = (found & gold).sum()
        values.append(2 * hit / (found.sum() + gold.sum()) if found.sum() + gold.sum() else 1.0)
    return float(np.mean(values))


def _links(chain: Chain, phases) -> np.ndarray:
    place = {(chain.bags.answers[step.column][0], step.rank + 1): at for at, step in enumerate(chain.bags.steps)}
    linked = np.zeros_like(chain.gold, dtype=bool)
    for phase in phases:
        members = [place[column, rank] for column, cell in enumerate(phase["cells"]) for rank in cell]
        linked[np.ix_(members, members)] = True
    return linked


def frozen(chain: Chain, vectors: WordVectors, weights: Weights) -> float:
    """F1 of the whole method, as promptlab runs it."""
    return score(chain, find_alignment(chain.columns, vectors=vectors, weights=weights).groups)
