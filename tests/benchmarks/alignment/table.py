"""The table of word vectors: glosses through a sentence encoder, then learnt on procedures in several wordings.

Needs torch and sentence-transformers with all-MiniLM-L6-v2 (Apache-2.0); promptlab itself needs neither.
"""

import random
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from promptlab.align.vectors import prefix_row
from promptlab.align.words import stems, words_in

SIZE, PREFIXES = 64, 8192
HERE = Path(__file__).parent
LANGUAGES = ("fr", "en", "es")


def glosses() -> dict[tuple[str, str], list[str]]:
    """(language, stem) of the lexicon's single words -> their English glosses; English words gloss themselves."""
    found: dict[tuple[str, str], list[str]] = {}
    english: set[str] = set()
    for path in sorted((HERE / "lexicon").glob("*.tsv")):
        for line in path.read_text(encoding="utf-8").splitlines():
            lemma, _tab, gloss = line.partition("\t")
            english.update(words_in(gloss))
            bag = stems(lemma.replace("’", "'"), path.name[:2])
            if len(bag) == 1 and gloss:
                found.setdefault((path.name[:2], bag[0]), []).append(gloss)
    for _language, _title, steps in procedures(("en",)):
        english.update(word for step in steps for title, body in step for word in words_in(f"{title} {body}"))
    for word in sorted(english):
        found.setdefault(("en", stems(word, "en")[0]), []).append(word)
    return found


def procedures(languages: Sequence[str] = LANGUAGES):
    """(language, title, steps) of every procedure; a step is a list of (title, body), one per wording."""
    for path in sorted((HERE / "procedures").glob("*.txt")):
        if path.name[:2] not in languages:
            continue
        current = None
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith("# "):
                if current:
                    yield current
                current = (path.name[:2], line[2:], [])
            elif line.startswith("= ") and current:
                current[2].append([])
            elif line.startswith("- ") and "|" in line and current and current[2]:
                title, body = line[2:].split("|", 1)
                current[2][-1].append((title.strip(), body.strip()))
        if current:
            yield current


def start_vectors(encoder) -> dict[tuple[str, str], np.ndarray]:
    """The first guess for each word: the mean of its encoded glosses, brought down to SIZE figures."""
    found = glosses()
    texts = sorted({gloss for entries in found.values() for gloss in entries})
    encoded = encoder.encode(texts, normalize_embeddings=True, batch_size=256, show_progress_bar=False)
    row = {text: place for place, text in enumerate(texts)}
    vectors = {key: encoded[[row[gloss] for gloss in entries]].mean(0) for key, entries in found.items()}
    matrix = np.array(list(vectors.values()))
    mean = matrix.mean(0)
    _u, _s, axes = np.linalg.svd(matrix - mean, full_matrices=False)
    return {key: (vector - mean) @ axes[:SIZE].T for key, vector in vectors.items()}


class Table(nn.Module):
    """A vector and a weight for each word, and a vector for each prefix of four letters."""

    def __init__(self, vocabulary: dict[tuple[str, str], int], start: dict[tuple[str, str], np.ndarray]) -> None:
        super().__init__()
        self.vocabulary = vocabulary
        self.words = nn.Embedding(len(vocabulary) + 1, SIZE)
        self.prefixes = nn.Embedding(PREFIXES, SIZE)
        self.weights = nn.Embedding(len(vocabulary) + 1, 1)
        self.title = nn.Parameter(torch.tensor(1.0))
        nn.init.normal_(self.words.weight, 0, 0.05)
        nn.init.normal_(self.prefixes.weight, 0, 0.05)
        nn.init.zeros_(self.weights.weight)
        with torch.no_grad():
            for key, vector in start.items():
                self.words.weight[vocabulary[key]] = torch.tensor(vector * 2)
            self.words.weight[len(vocabulary)] = 0

    def forward(self, steps, drop: float = 0.0):
        """The vectors, of length 1, of steps given as (language, stems of the title, stems of the body)."""
        words, rows, titles, prefixes = [], [], [], []
        for row, (language, title, body) in enumerate(steps):
            for bag, of_title in ((title, 1.0), (body, 0.0)):
                for stem in bag:
                    words.append(self.vocabulary.get((language, stem), len(self.vocabulary)))
                    prefixes.append(prefix_row(language, stem, PREFIXES))
                    rows.append(row)
                    titles.append(of_title)
        index, of_title = torch.tensor(words), torch.tensor(titles)
        vectors = self.words(index) + 0.5 * self.prefixes(torch.tensor(prefixes))
        weights = torch.exp(self.weights(index).squeeze(1)) * (of_title * torch.exp(self.title) + (1 - of_title))
        if drop:
            weights = weights * (torch.rand_like(weights) > drop).float()
        total = torch.zeros(len(steps), SIZE).index_add(0, torch.tensor(rows), vectors * weights.unsqueeze(1))
        return functional.normalize(total, dim=1)


def learn(start: dict[tuple[str, str], np.ndarray], *, rounds: int = 20, seed: int = 0) -> Table:
    """Teach the table that wordings of one step belong together, and those of its neighbours do not (InfoNCE)."""
    torch.manual_seed(seed)
    torch.set_num_threads(1)
    chance = random.Random(seed)
    corpus = [
        (language, [[_wording(language, *texts) for texts in step] for step in steps if len(step) > 1])
        for language, _title, steps in procedures()
    ]
    words = {(language, stem) for language, steps in corpus for step in steps for t, b in step for stem in (*t, *b)}
    table = Table({key: place for place, key in enumerate(sorted(words | set(start)))}, start)
    slow, fast = [table.words.weight, table.prefixes.weight], [table.weights.weight, table.title]
    optimiser = torch.optim.Adam([{"params": slow, "lr": 2e-3}, {"params": fast, "lr": 6e-3}])
    for _round in range(rounds):
        order = list(range(len(corpus)))
        chance.shuffle(order)
        for at in range(0, len(order), 12):
            loss = _loss(table, [corpus[number] for number in order[at : at + 12]], chance)
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
    return table


def _wording(language: str, title: str, body: str):
    return tuple(stems(title, language)), tuple(stems(body, language))


def _loss(table: Table, batch, chance: random.Random):
    one, other, owner = [], [], []
    for number, (language, steps) in enumerate(batch):
        for step in steps:
            first, second = chance.sample(step, 2)
            one.append(_shortened(language, first, chance))
            other.append(_shortened(language, second, chance))
            owner.append(number)
    near = table(one, 0.15) @ table(other, 0.15).T / 0.08
    right, owners = torch.arange(len(one)), torch.tensor(owner)
    within = near.masked_fill(owners[:, None] != owners, -1e9)  # the other steps of the same procedure: the hard ones
    return sum(functional.cross_entropy(scores, right) for scores in (near, near.T, within, within.T))


def _shortened(language: str, wording, chance: random.Random):
    title, body = wording
    draw = chance.random()
    return (language, title, ()) if draw < 0.12 else (language, (), body) if draw < 0.24 else (language, title, body)


def save(table: Table, path: Path) -> None:
    """Write the table as promptlab reads it: int8 rows with a scale each; the weight of a word is part of its row."""
    keys = sorted(table.vocabulary)
    rows = [table.vocabulary[key] for key in keys]
    words = table.words.weight.detach().numpy()[rows]
    prefixes = 0.5 * table.prefixes.weight.detach().numpy()
    weights = np.exp(table.weights.weight.detach().numpy()[rows, 0])
    whole = (words + prefixes[[prefix_row(*key, PREFIXES) for key in keys]]) * weights[:, None]
    vectors, scales = _small(whole)
    prefix_vectors, prefix_scales = _small(prefixes)
    np.savez(  # not compressed: it would save an eighth of the size and cost three quarters of the time of reading
        path,
        keys=np.frombuffer("\n".join(" ".join(key) for key in keys).encode(), dtype=np.uint8),
        vectors=vectors,
        scales=scales,
        prefix_vectors=prefix_vectors,
        prefix_scales=prefix_scales,
        title=np.float32(np.exp(float(table.title.detach()))),
    )


def _small(rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    scales = np.maximum(np.abs(rows).max(1), 1e-9) / 127
    return np.round(rows / scales[:, None]).astype(np.int8), scales.astype(np.float32)
