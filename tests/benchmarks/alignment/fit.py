"""The network that reads the evidence of a table: its twin in torch, how it is fitted, and how it does."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from promptlab.align.cluster import clusters
from promptlab.align.evidence import Evidence
from promptlab.align.network import STEEPEST
from promptlab.align.vectors import WordVectors
from tests.benchmarks.alignment.material import Chain
from tests.benchmarks.alignment.variants import variant

WIDTH, PAIR_WIDTH, LAYERS, HEADS = 96, 32, 2, 4
DROP, EPOCHS, AT_ONCE, PACE = 0.2, 10, 16, 3e-3
VARIANTS, VARIED = 3, 0.7  # variants made of each chain, and how often one of them is taken in its place


@dataclass
class Sample:
    """What the network reads of one table, and what it should say."""

    steps: np.ndarray
    pairs: np.ndarray
    columns: np.ndarray
    gold: np.ndarray


def sample(chain: Chain, vectors: WordVectors) -> Sample:
    evidence = Evidence(chain.steps, vectors)
    return Sample(
        evidence.steps.astype(np.float32),
        evidence.pairs.astype(np.float16),
        evidence.columns,
        chain.gold.astype(np.float32),
    )


def samples(chain: Chain, vectors: WordVectors, seed: int) -> list[Sample]:
    """The chain itself, then its variants."""
    chance = random.Random(seed)
    return [sample(each, vectors) for each in (chain, *(variant(chain, chance) for _ in range(VARIANTS)))]


class Two(nn.Module):
    """Two linear layers with a threshold between; `norm` comes before them."""

    def __init__(self, read: int, inner: int, said: int, *, normed: int = 0, drop: float = DROP) -> None:
        super().__init__()
        self.first, self.second, self.drop = nn.Linear(read, inner), nn.Linear(inner, said), nn.Dropout(drop)
        if normed:
            self.norm = nn.LayerNorm(normed)

    def forward(self, rows):
        return self.second(self.drop(functional.relu(self.first(rows))))


class Layer(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.norm = nn.LayerNorm(WIDTH)
        self.query, self.key, self.value = (nn.Linear(WIDTH, WIDTH) for _ in range(3))
        self.bias, self.none = nn.Linear(PAIR_WIDTH, HEADS), nn.Parameter(torch.zeros(HEADS))
        self.seen = nn.Linear(2 * WIDTH, WIDTH)
        self.think = Two(WIDTH, 2 * WIDTH, WIDTH, normed=WIDTH)
        self.product, self.link = nn.Linear(WIDTH, 16), nn.Linear(PAIR_WIDTH, 1)
        self.pairs = Two(PAIR_WIDTH + 16 + 3 * HEADS + 3, 2 * PAIR_WIDTH, PAIR_WIDTH, normed=PAIR_WIDTH)
        self.drop = nn.Dropout(DROP)

    def forward(self, batch, steps, pairs):
        normed = self.norm(steps)
        query, key, value = (layer(normed).unflatten(-1, (HEADS, -1)) for layer in (self.query, self.key, self.value))
        logits = torch.einsum("bihd,bjhd->bijh", query, key) / key.shape[-1] ** 0.5 + self.bias(pairs)
        looks = torch.exp(logits.clamp(-STEEPEST, STEEPEST)) * batch.real[..., None]
        looks = looks / (batch.summed(looks) + torch.exp(self.none))
        within = looks * batch.same[..., None]
        across = looks - within
        seen = [torch.einsum("bijh,bjhd->bihd", part, value) for part in (within, across / batch.others[..., None])]
        steps = steps + self.drop(self.seen(torch.cat(seen, 2).flatten(2)))
        steps = steps + self.drop(self.think(self.think.norm(steps)))
        turned = looks.transpose(1, 2)
        thirds = torch.einsum("bikh,bkjh->bijh", across, across) / batch.thirds[..., None]
        links = torch.sigmoid(self.link(pairs)[..., 0]) * batch.real * ~batch.same
        total = batch.summed(links[..., None])[..., 0]
        counts = [links @ links / batch.thirds, torch.maximum(total, total.mT), torch.minimum(total, total.mT)]
        own = self.product(steps)
        news = [looks + turned, looks * turned, thirds + thirds.transpose(1, 2), torch.stack(counts, -1)]
        change = torch.cat([self.pairs.norm(pairs), own[:, :, None] * own[:, None], *news], -1)
        return steps, pairs + self.pairs(change)


class Net(nn.Module):
    """The twin of `promptlab.align.network.Network`: the same layers under the same names."""

    def __init__(self, read: int, pairs: int) -> None:
        super().__init__()
        self.steps, self.likeness = nn.Linear(read, WIDTH), nn.Linear(WIDTH, 8 * 16)
        self.pairs = Two(pairs + 8, 2 * PAIR_WIDTH, PAIR_WIDTH)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.out = Two(PAIR_WIDTH, PAIR_WIDTH, 2, normed=PAIR_WIDTH, drop=0.0)
        self.drop = nn.Dropout(DROP)

    def forward(self, batch):
        """The logits [table, i, j]."""
        steps = self.steps(self.drop(batch.steps))
        heads = self.likeness(steps).unflatten(-1, (8, 16))
        likeness = torch.einsum("bihk,bjhk->bijh", heads, heads) / 16
        pairs = self.pairs(torch.cat([batch.pairs, likeness], -1))
        for layer in self.layers:
            steps, pairs = layer(batch, steps, pairs)
        found = self.out(self.out.norm(pairs))
        logits = torch.where(batch.same, found[..., 1], found[..., 0])
        return (logits + logits.mT) / 2


class Batch:
    """Several tables, filled up to the same number of steps."""

    def __init__(self, tables: Sequence[Sample]) -> None:
        most, count = max(len(table.columns) for table in tables), len(tables)
        columns = np.full((count, most), -1)
        for row, table in enumerate(tables):
            columns[row, : len(table.columns)] = table.columns
        self.steps = self._filled([table.steps for table in tables], (count, most))
        self.pairs = self._filled([table.pairs for table in tables], (count, most, most))
        self.gold = self._filled([table.gold[..., None] for table in tables], (count, most, most))[..., 0]
        real = torch.tensor(columns >= 0).float()
        self.real = real[:, :, None] * real[:, None]
        self.same = torch.tensor(columns[:, :, None] == columns[:, None])
        answers = torch.tensor([int(table.columns.max()) + 1 for table in tables])[:, None, None]
        self.others, self.thirds = (answers - 1).clamp_min(1).float(), (answers - 2).clamp_min(1).float()
        self._member = torch.tensor(columns[..., None] == np.arange(columns.max() + 1)).float()

    @staticmethod
    def _filled(arrays: Sequence[np.ndarray], shape: tuple[int, ...]):
        out = np.zeros((*shape, arrays[0].shape[-1]), np.float32)
        for row, array in enumerate(arrays):
            out[(row, *(slice(0, size) for size in array.shape[:-1]))] = array
        return torch.tensor(out)

    def summed(self, pairs):
        """[i, j]: the sum of [i, k] over all steps k of the answer of j."""
        return torch.einsum("bich,bjc->bijh", torch.einsum("bijh,bjc->bich", pairs, self._member), self._member)


def loss_of(logits, batch: Batch):
    """Cross-entropy of pairs, those of one answer counting less, and the part of the links that is missed (Dice)."""
    above = batch.real * torch.triu(torch.ones_like(batch.gold[0]), 1)
    weight = above * torch.where(batch.same, 0.4, 1.0)
    each = functional.binary_cross_entropy_with_logits(logits, batch.gold, reduction="none") * weight
    across = above * ~batch.same
    likely, gold = torch.sigmoid(logits) * across, batch.gold * across
    shared = (2 * (likely * gold).sum((1, 2)) + 1) / (likely.sum((1, 2)) + gold.sum((1, 2)) + 1)
    return 10 * (each.sum((1, 2)) / weight.sum((1, 2))).mean() + 0.5 * (1 - shared).mean()


def fit(tables: Sequence[Sequence[Sample]], *, seed: int, epochs: int = EPOCHS) -> Net:
    """A network fitted to `tables`, each given as itself and its variants."""
    torch.manual_seed(seed)
    torch.set_num_threads(1)
    chance = random.Random(seed)
    net = Net(tables[0][0].steps.shape[-1], tables[0][0].pairs.shape[-1])
    optimiser = torch.optim.AdamW(net.parameters(), lr=PACE, weight_decay=0.02)
    turns = epochs * -(-len(tables) // AT_ONCE)
    pace = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda turn: min(1, (turn + 1) / 50) * (0.03 + 0.485 * (1 + np.cos(np.pi * turn / turns)))
    )
    for _epoch in range(epochs):
        order = [chance.choice(table[1:]) if chance.random() < VARIED else table[0] for table in tables]
        chance.shuffle(order)
        for at in range(0, len(order), AT_ONCE):
            batch = Batch(order[at : at + AT_ONCE])
            loss = loss_of(net(batch), batch)
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimiser.step()
            pace.step()
    return net.eval()


def asked(nets: Sequence[Net], table: Sample) -> np.ndarray:
    """[i, j]: the probability by all `nets` together."""
    with torch.no_grad():
        logits = np.mean([net(Batch([table]))[0].numpy() for net in nets], axis=0)
    return 1 / (1 + np.exp(-logits.astype(float)))


def score(chain: Chain, likely: np.ndarray, threshold: float) -> float:
    """Mean pairwise F1 of cross-answer links against the annotators."""
    found = np.zeros_like(likely, dtype=bool)
    for group in clusters(np.round(likely, 6), threshold=threshold):
        found[np.ix_(group, group)] = True
    found = found[chain.across]
    values = []
    for rows in chain.rows:
        gold = (rows[:, None] == rows)[chain.across]
        values.append(2 * (found & gold).sum() / max(1, found.sum() + gold.sum()))
    return float(np.mean(values))


def save(nets: Sequence[Net], threshold: float, path: Path) -> None:
    """Write the networks as promptlab reads them, in half precision, and where links begin to count."""
    arrays = {
        f"{number}/{name}": weight.detach().numpy().astype(np.float16)
        for number, net in enumerate(nets)
        for name, weight in net.state_dict().items()
    }
    np.savez(path, threshold=np.float64(threshold), **arrays)
