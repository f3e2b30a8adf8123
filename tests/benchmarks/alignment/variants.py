"""Chance variants of a chain with gold: what other answers to the same prompts might have looked like."""

import random
from dataclasses import replace

import numpy as np

from promptlab.align.steps import Bag
from tests.benchmarks.alignment.material import Chain

Marked = tuple[Bag, int]  # a step and its row


def variant(chain: Chain, chance: random.Random) -> Chain:
    """`chain` with steps left out, joined, exchanged or cut short; sometimes an answer goes, or is the labels alone."""
    rows = chain.rows[0]
    answers = [
        [(step, int(row)) for step, row in zip(chain.steps, rows, strict=True) if step.column == column]
        for column in range(int(chain.columns.max()) + 1)
    ]
    if len(answers) > 2 and chance.random() < 0.15:
        del answers[chance.randrange(len(answers))]
    answers = [[(_cut(step, chance), row) for step, row in _reordered(answer, chance)] for answer in answers]
    if chain.labels and chance.random() < 0.25:
        labels = [
            (Bag(0, 0, chain.steps[0].language, words, ()), row)
            for row, words in chain.labels.items()
            if chance.random() < 0.65
        ]
        if len(labels) > 2:
            answers = [*answers[-2:], labels]
    steps = [
        (replace(step, column=column, rank=rank), row)
        for column, answer in enumerate(answers)
        for rank, (step, row) in enumerate(answer)
    ]
    return Chain(chain.name, chain.part, [step for step, _row in steps], [np.array([row for _step, row in steps])])


def _reordered(answer: list[Marked], chance: random.Random) -> list[Marked]:
    if chance.random() < 0.5:
        answer = [marked for marked in answer if chance.random() > 0.12] or answer
    if chance.random() < 0.3 and len(answer) > 4:
        at = chance.randrange(len(answer) - 1)
        (one, row), (other, other_row) = answer[at : at + 2]
        if row == other_row:
            answer = [*answer[:at], (_joined(one, other, chance), row), *answer[at + 2 :]]
    if chance.random() < 0.25 and len(answer) > 3:
        at = chance.randrange(len(answer) - 1)
        answer = [*answer[:at], answer[at + 1], answer[at], *answer[at + 2 :]]
    return answer


def _joined(one: Bag, other: Bag, chance: random.Random) -> Bag:
    if chance.random() < 0.6:
        return replace(one, title=one.title + other.title, items=one.items + other.items)
    return replace(one, items=one.items + ((other.title,) if other.title else ()) + other.items)


def _cut(step: Bag, chance: random.Random) -> Bag:
    items = step.items
    if items and chance.random() < 0.3:
        items = tuple(item for item in items if chance.random() > 0.3)
    draw = chance.random()
    if items and draw < 0.04:
        return replace(step, title=(), items=items)
    if items and draw < 0.1:  # an untitled paragraph: its first words stand for a title
        return replace(step, title=items[0][:6], items=items)
    return replace(step, items=items)
