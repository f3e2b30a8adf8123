"""The table of word vectors: glosses through a sentence encoder, then learnt on steps that are the same work.

Needs torch, sentence-transformers with all-MiniLM-L6-v2 (Apache-2.0) and spacy-lookups-data (MIT); promptlab itself
needs none of them.
"""

import gzip
import json
import random
import re
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from promptlab.align.steps import Bag
from promptlab.align.vectors import prefix_row
from promptlab.align.words import stem, stems, words_in
from tests.benchmarks.alignment.material import Chain, lexicon

SIZE, PREFIXES = 64, 8192
ROUNDS, SETS_AT_ONCE, SHARPNESS = 15, 12, 0.08
LENGTH = 0.8  # of the mean vector of the table
RAREST = -17.0  # log probability of the rarest forms of a word that are kept
BOOKISH = re.compile("[âîû](mes|tes|t)$|èrent$|ass(e|es|ions|iez|ent)$")  # French forms that no procedure uses
Key = tuple[str, str]  # language, stem


def glosses(english: Sequence[str]) -> dict[Key, list[str]]:
    """(language, stem) of the lexicon's single words -> their English glosses; English words gloss themselves."""
    found: dict[Key, list[str]] = {}
    own = set(english)
    for language, word, gloss in lexicon():
        own.update(words_in(gloss))
        bag = stems(word, language)
        if len(bag) == 1:
            found.setdefault((language, bag[0]), []).append(gloss)
    for word in sorted(own):
        found.setdefault(("en", stem(word, "en")), []).append(word)
    return found


def first_vectors(found: dict[Key, list[str]], encoder) -> dict[Key, np.ndarray]:
    """The first guess for each word: the mean of its encoded glosses, brought down to SIZE figures."""
    texts = sorted({gloss for entries in found.values() for gloss in entries})
    encoded = encoder.encode(texts, normalize_embeddings=True, batch_size=256, show_progress_bar=False)
    row = {text: place for place, text in enumerate(texts)}
    vectors = {key: encoded[[row[gloss] for gloss in entries]].mean(0) for key, entries in found.items()}
    matrix = np.array(list(vectors.values()))
    mean = matrix.mean(0)
    _u, _s, axes = np.linalg.svd(matrix - mean, full_matrices=False)
    return {key: 2 * (vector - mean) @ axes[:SIZE].T for key, vector in vectors.items()}


def with_forms(vectors: dict[Key, np.ndarray], lookups: Path) -> dict[Key, np.ndarray]:
    """`vectors`, and for stems of irregular forms (réunissez, apparaît, acted) those of their base forms.

    `lookups` is the data folder of spacy-lookups-data.
    """
    forms: dict[Key, list[np.ndarray]] = {}
    for language in ("fr", "es", "en"):
        usual = _usual(language, lookups)
        bases = _read(lookups / f"{language}_lemma_lookup.json.gz")
        for form, base in bases.items():
            lemma = (base[0] if isinstance(base, list) else base).lower()
            if words_in(form) != [form] or words_in(lemma) != [lemma] or not usual(form):
                continue
            key, source = (language, stem(form, language)), (language, stem(lemma, language))
            if source in vectors and key not in vectors:
                forms.setdefault(key, []).append(vectors[source])
    return {**{key: np.mean(found, 0) for key, found in forms.items()}, **vectors}


def _read(path: Path):
    return json.loads(gzip.decompress(path.read_bytes()))


def _usual(language: str, lookups: Path) -> Callable[[str], bool]:
    path = lookups / f"{language}_lexeme_prob.json.gz"
    if not path.exists():
        return lambda form: not BOOKISH.search(form)
    chances = _read(path)
    return lambda form: chances.get(form, -99.0) > RAREST


class Table(nn.Module):
    """A vector and a weight for each word, and a vector for each prefix of four letters."""

    def __init__(self, keys: Sequence[Key], start: dict[Key, np.ndarray]) -> None:
        super().__init__()
        self.place = {key: place for place, key in enumerate(keys)}
        chance = np.random.default_rng(0)
        rows = chance.normal(0, 0.05, (len(keys), SIZE)).astype(np.float32)
        for key, vector in start.items():
            rows[self.place[key]] = vector
        self.words = nn.Parameter(torch.tensor(rows))
        self.prefixes = nn.Parameter(torch.tensor(chance.normal(0, 0.05, (PREFIXES, SIZE)).astype(np.float32)))
        self.weights = nn.Parameter(torch.zeros(len(keys)))
        self.title = nn.Parameter(torch.tensor(1.0))

    def forward(self, bags, drop: float):
        """The vectors, of length 1, of bags given as lists of (key, of a title or not)."""
        flat = [
            (self.place[key], prefix_row(*key, PREFIXES), title, row) for row, b in enumerate(bags) for key, title in b
        ]
        words, prefixes, titles, rows = (torch.tensor(part) for part in zip(*flat, strict=True))
        weights = torch.exp(self.weights[words]) * torch.where(titles, torch.exp(self.title), 1.0)
        weights = weights * (torch.rand_like(weights) > drop).float()
        vectors = (self.words[words] + 0.5 * self.prefixes[prefixes]) * weights.unsqueeze(1)
        return functional.normalize(torch.zeros(len(bags), SIZE).index_add(0, rows, vectors), dim=1)

    def vectors(self) -> dict[Key, np.ndarray]:
        """What the table says of each word, its weight and its prefix included."""
        prefixes = torch.tensor([prefix_row(*key, PREFIXES) for key in self.place])
        whole = (self.words + 0.5 * self.prefixes[prefixes]) * torch.exp(self.weights).unsqueeze(1)
        return dict(zip(self.place, whole.detach().numpy(), strict=True))


def same_work(chains: Sequence[Chain], procedures: Sequence[list[list[Bag]]]) -> list[list[list[list[Bag]]]]:
    """Sets of pieces of work, each piece a list of ways to say it: the steps of one answer, a label, a wording."""
    found = []
    for chain in chains:
        pieces = []
        for row in sorted(set(chain.rows[0].tolist())):
            members = [step for step, at in zip(chain.steps, chain.rows[0], strict=True) if at == row]
            ways = [[step for step in members if step.column == column] for column in {step.column for step in members}]
            if chain.labels.get(row):
                ways.append([Bag(0, 0, chain.steps[0].language, chain.labels[row], ())])
            pieces.append(ways)
        found.append(pieces)
    return found + [[[[wording] for wording in step] for step in steps] for steps in procedures]


def learn(
    keys: Sequence[Key], start: dict[Key, np.ndarray], sets: Sequence[list[list[list[Bag]]]], *, seed: int = 0
) -> Table:
    """Teach a table that ways to say one piece of work belong together, and those of others do not (InfoNCE)."""
    torch.manual_seed(seed)
    torch.set_num_threads(1)
    chance = random.Random(seed)
    table = Table(keys, start)
    slow, fast = [table.words, table.prefixes], [table.weights, table.title]
    optimiser = torch.optim.Adam([{"params": slow, "lr": 2e-3}, {"params": fast, "lr": 6e-3}])
    order = list(sets)
    for _round in range(ROUNDS):
        chance.shuffle(order)
        for at in range(0, len(order), SETS_AT_ONCE):
            loss = _loss(table, order[at : at + SETS_AT_ONCE], chance)
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
    return table


def _loss(table: Table, sets, chance: random.Random):
    one, other, owner = [], [], []
    for number, pieces in enumerate(sets):
        for ways in pieces:
            if len(ways) > 1:
                for side, way in zip((one, other), chance.sample(ways, 2), strict=True):
                    steps = way if chance.random() < 0.7 else [chance.choice(way)]
                    side.append(_words(steps, chance))
                owner.append(number)
    near = table(one, 0.15) @ table(other, 0.15).T / SHARPNESS
    right, owners = torch.arange(len(one)), torch.tensor(owner)
    within = near.masked_fill(owners[:, None] != owners, -1e9)  # the other work of the same table: the hard ones
    return sum(functional.cross_entropy(scores, right) for scores in (near, near.T, within, within.T))


def _words(steps: Sequence[Bag], chance: random.Random) -> list[tuple[Key, bool]]:
    """The words of `steps`; sometimes only those of the titles, or only the others."""
    draw = chance.random()
    titles = [((step.language, word), True) for step in steps for word in step.title]
    bodies = [((step.language, word), False) for step in steps for word in step.body]
    if draw < 0.12 and titles:
        return titles
    return bodies if draw < 0.22 and bodies else titles + bodies


def save(table: Table, path: Path, scale: float) -> None:
    """Write the table as promptlab reads it: int8 rows with a scale each; the weight of a word is part of its row."""
    whole = table.vectors()
    vectors, scales = _small(np.array([whole[key] for key in sorted(whole)]) * scale)
    prefix_vectors, prefix_scales = _small(0.5 * table.prefixes.detach().numpy() * scale)
    np.savez(  # not compressed: it would save an eighth of the size and cost three quarters of the time of reading
        path,
        keys=np.frombuffer("\n".join(" ".join(key) for key in sorted(whole)).encode(), dtype=np.uint8),
        vectors=vectors,
        scales=scales,
        prefix_vectors=prefix_vectors,
        prefix_scales=prefix_scales,
    )


def _small(rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    scales = np.maximum(np.abs(rows).max(1), 1e-9) / 127
    return np.round(rows / scales[:, None]).astype(np.int8), scales.astype(np.float32)
