"""The phase comparison table: answers in columns, phases of the process in rows."""

from dataclasses import dataclass
from typing import Literal

from promptlab.model.answer import Provenance
from promptlab.model.parsed import ParsedAnswer, Step
from promptlab.model.problem import Problem

ChangeKind = Literal["kept", "new", "dropped", "moved", "split", "merged", "more_precise"]


@dataclass(frozen=True, slots=True)
class Column:
    """One answer of the table. `prompt` is its number from 1; `source` says in words where the answer comes from.

    `head` stands over the column where its prompt's number does not tell it apart.
    """

    prompt: int
    source: str
    answer: ParsedAnswer
    prompt_text: str = ""
    provenance: Provenance | None = None
    head: str = ""


@dataclass(frozen=True, slots=True)
class Phase:
    """One row: `cells[k]` holds the ranks of the steps of column k that do this work. `confidence` is 0 to 1."""

    label: str
    cells: tuple[tuple[int, ...], ...]
    why: str = ""
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Change:
    """What became of a phase from one column to the next: `steps` are the ranks in the former and the latter."""

    source: int
    target: int
    phase: int
    kind: ChangeKind
    steps: tuple[tuple[int, ...], tuple[int, ...]]
    why: str = ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """The whole table. Every step of every column is in exactly one phase.

    `by` says how the rows were made: `meaning`, `rank`, `checked`, `model`, `embeddings`, with “+corrections” where a
    person changed some; `origin` says in words who made or checked them, "" where promptlab did alone.
    """

    by: str
    columns: tuple[Column, ...]
    phases: tuple[Phase, ...]
    changes: tuple[Change, ...] = ()
    problems: tuple[Problem, ...] = ()
    title: str = ""
    origin: str = ""

    def steps_at(self, phase: Phase, column: int) -> tuple[Step, ...]:
        """The steps that stand in the cell of `phase` under `columns[column]`, in the order of the answer."""
        steps = self.columns[column].answer.steps
        return tuple(steps[rank - 1] for rank in phase.cells[column])
