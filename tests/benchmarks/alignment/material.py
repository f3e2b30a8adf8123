"""The material that alignment by meaning is learnt from: chains with gold, procedures, glosses."""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from promptlab.align.steps import Bag, bags_of
from promptlab.align.words import LANGUAGES, language_of, stems
from promptlab.model.comparison import Column
from promptlab.parse import parse_answer

HERE = Path(__file__).parent
CHAINS = HERE.parent / "chains"
LINE = "- "


@dataclass
class Chain:
    """The steps of one table, the rows of each annotator (one number a step), and the words of the first one's labels.

    `labels` maps a row of the first annotator to its label, in bags of stems.
    """

    name: str
    part: str
    steps: list[Bag]
    rows: list[np.ndarray]
    labels: dict[int, tuple[str, ...]] = field(default_factory=dict)

    @property
    def columns(self) -> np.ndarray:
        return np.array([step.column for step in self.steps])

    @property
    def gold(self) -> np.ndarray:
        """[i, j]: the share of annotators who put steps i and j on one row."""
        return np.mean([rows[:, None] == rows for rows in self.rows], axis=0)

    @property
    def across(self) -> np.ndarray:
        """[i, j]: whether i and j are of different answers and i comes first."""
        columns = self.columns
        return np.triu(np.ones((len(columns),) * 2, dtype=bool), 1) & (columns[:, None] != columns)


def rows_of(steps: Sequence[Bag], phases: Sequence[Sequence[Sequence[int]]]) -> np.ndarray:
    """The number of the row of each step; `phases` are cells of ranks (from 1), one cell a column."""
    place = {(step.column, step.rank + 1): at for at, step in enumerate(steps)}
    rows = np.full(len(steps), -1)
    for number, cells in enumerate(phases):
        for column, cell in enumerate(cells):
            for rank in cell:
                rows[place[column, rank]] = number
    assert (rows >= 0).all(), "a step without a row"
    return rows


def checked(part: str, golds: Sequence[str] = ("gold_a.json", "gold_b.json")) -> Iterator[Chain]:
    """The chains of a folder of `../chains`, as promptlab parses them, with each annotator's rows."""
    found = [json.loads((CHAINS / part / name).read_text(encoding="utf-8")) for name in golds]
    for slug in sorted(found[0]):
        texts = [(CHAINS / part / slug / f"prompt{number}.md").read_text(encoding="utf-8") for number in (1, 2, 3)]
        bags = bags_of([Column(number, slug, parse_answer(text)) for number, text in enumerate(texts, 1)])
        given = {places[0]: answer for answer, places in enumerate(bags.answers)}
        steps = [
            Bag(column, bag.rank, bag.language, bag.title, bag.items)
            for column in range(len(texts))
            for bag in bags.steps
            if bag.column == given[column]
        ]
        phases = [[phase["cells"] for phase in gold[slug]["phases"]] for gold in found]
        yield Chain(slug, part, steps, [rows_of(steps, cells) for cells in phases])


def written() -> Iterator[Chain]:
    """The chains of `chains/*.txt`, written for this project with the rows of their author."""
    for path in sorted((HERE / "chains").glob("*.txt")):
        for number, block in enumerate(re.split(r"^=== ", path.read_text(encoding="utf-8"), flags=re.M)[1:], 1):
            yield _written(f"{path.stem} {number}", block.splitlines()[1:])


def _written(name: str, lines: Sequence[str]) -> Chain:
    answers: list[list[tuple[str, str]]] = []
    phases: list[tuple[str, list[list[int]]]] = []
    for line in lines:
        if line.startswith("## "):
            answers.append([])
        elif line.startswith(LINE):
            title, _bar, text = line[len(LINE) :].partition(" | ")
            answers[-1].append((title, text))
        elif line.startswith("= "):
            label, _colon, cells = line[2:].rpartition(" : ")
            phases.append((label, [[int(rank) for rank in re.findall(r"\d+", cell)] for cell in cells.split("/")]))
    steps: list[Bag] = []
    for column, answer in enumerate(answers):
        language = language_of(" ".join(f"{title} {text}" for title, text in answer))
        steps += [bag(column, rank, language, title, text.split("•")) for rank, (title, text) in enumerate(answer)]
    rows = rows_of(steps, [cells for _label, cells in phases])
    labels = {row: tuple(stems(label, steps[0].language)) for row, (label, _cells) in enumerate(phases)}
    return Chain(name, "written", steps, [rows], labels)


def bag(column: int, rank: int, language: str, title: str, items: Sequence[str]) -> Bag:
    bodies = tuple(found for item in items if (found := tuple(stems(item, language))))
    return Bag(column, rank, language, tuple(stems(title, language)), bodies)


def procedures() -> Iterator[list[list[Bag]]]:
    """Of each procedure its steps, each a list of wordings."""
    for path in sorted((HERE / "procedures").glob("*.txt")):
        steps: list[list[Bag]] = []
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith("# "):
                if steps:
                    yield steps
                steps = []
            elif line.startswith("= "):
                steps.append([])
            elif line.startswith(LINE) and "|" in line and steps:
                title, _bar, body = line[len(LINE) :].partition("|")
                steps[-1].append(bag(0, 0, path.name[:2], title, [body]))
        if steps:
            yield steps


def lexicon() -> Iterator[tuple[str, str, str]]:
    """(language, word or expression, English gloss) of every line of `lexicon/*.tsv`."""
    for path in sorted((HERE / "lexicon").glob("*.tsv")):
        assert path.name[:2] in LANGUAGES
        for line in path.read_text(encoding="utf-8").splitlines():
            word, _tab, gloss = line.partition("\t")
            if gloss:
                yield path.name[:2], word.replace("’", "'"), gloss
