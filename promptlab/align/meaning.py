"""Alignment by meaning: steps that do the same work on one row, offline, the same for every order of the answers.

Two steps are compared by the words they share, by the meaning of their other words (a table of word vectors), by the
part of a process that their titles name, and by their place among the other steps; small networks make a probability
of it; average linkage makes the phases.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from promptlab.align.changes import changes_between
from promptlab.align.cluster import clusters
from promptlab.align.evidence import Evidence
from promptlab.align.explain import explain, label_of
from promptlab.align.network import likelihoods, shipped
from promptlab.align.oddities import oddities
from promptlab.align.order import in_process_order
from promptlab.align.steps import Bags, bags_of
from promptlab.align.vectors import word_vectors
from promptlab.model.comparison import Column, Comparison, Phase

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Matrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Alignment:
    """What was found: the steps, how likely each two of different answers are the same work (0 within an answer, since
    only links across answers make a row), and the sets of steps that are."""

    bags: Bags
    likely: "Matrix"
    groups: tuple[tuple[int, ...], ...]


def align_by_meaning(columns: Sequence[Column]) -> Comparison:
    """The comparison of `columns` with one phase for each piece of work; every step is in exactly one phase.

    Which steps share a phase does not depend on the order of `columns`, and is the same on every machine.
    """
    found = find_alignment(columns)
    phases = tuple(_phase(found, group, columns) for group in in_process_order(found.bags, found.groups))
    problems = tuple(oddities(columns, found.bags, found.groups))
    return Comparison("meaning", tuple(columns), phases, changes_between(columns, phases), problems)


def find_alignment(columns: Sequence[Column]) -> Alignment:
    """The sets of steps that do the same work."""
    import numpy as np

    bags = bags_of(columns)
    if not bags.steps:
        return Alignment(bags, np.zeros((0, 0)), ())
    fitted, evidence = shipped(), Evidence(bags.steps, word_vectors())
    likely = likelihoods(evidence, fitted.networks)
    same = evidence.columns[:, None] == evidence.columns
    found = clusters(likely, threshold=fitted.threshold)
    return Alignment(bags, np.where(same, 0.0, likely), tuple(_apart(found, bags)))


def _apart(found: list[list[int]], bags: Bags) -> list[tuple[int, ...]]:
    """Sets with steps of one answer alone are taken apart: nothing links them but each other."""
    groups: list[tuple[int, ...]] = []
    for group in found:
        alone = len({bags.steps[place].column for place in group}) == 1
        groups += [(place,) for place in group] if alone else [tuple(group)]
    return groups


def _phase(found: Alignment, group: Sequence[int], columns: Sequence[Column]) -> Phase:
    cells: list[list[int]] = [[] for _column in columns]
    for place in group:
        step = found.bags.steps[place]
        for column in found.bags.answers[step.column]:
            cells[column].append(step.rank + 1)
    why, confidence = explain(found.bags, found.likely, group, columns)
    return Phase(
        label=label_of(found.bags, found.likely, group, columns),
        cells=tuple(tuple(sorted(cell)) for cell in cells),
        why=why,
        confidence=confidence,
    )
