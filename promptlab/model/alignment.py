"""An alignment kept in a file: which steps share a phase, and what was corrected by hand."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from promptlab.model.answer import Provenance
from promptlab.model.parsed import Item, ParsedAnswer, all_items

CorrectionKind = Literal["merge", "split", "move", "rename", "reorder"]
_WORD = re.compile(r"\w+")

KEPT = ("checked", "model", "embeddings")  # the layouts of a table that are kept in a file, not worked out


@dataclass(frozen=True, slots=True)
class StepRef:
    """A step named so that it is found again in any order of the columns.

    `answer` is the fingerprint of its answer, `rank` its position there from 1; `title` is for the person who reads.
    """

    answer: str
    rank: int
    title: str = ""


@dataclass(frozen=True, slots=True)
class Correction:
    """One thing that a person changed in a table.

    merge: the phases of `steps` become one. split: `steps` leave their phase and make one of their own after it.
    move: `steps` go to the phase that holds `target`, or make a new phase where `target` is empty. rename: the phase
    of `steps` is called `label`. reorder: the phase of `steps` goes after that of `target`, first where it is empty.
    """

    kind: CorrectionKind
    steps: tuple[StepRef, ...]
    target: tuple[StepRef, ...] = ()
    label: str = ""


@dataclass(frozen=True, slots=True)
class History:
    """The corrections that hold, in their order, and those that were taken back, the last one last."""

    done: tuple[Correction, ...] = ()
    undone: tuple[Correction, ...] = ()

    def add(self, correction: Correction) -> "History":
        """One correction more; what was taken back before is forgotten."""
        return History((*self.done, correction))

    def undo(self) -> "History":
        """The last correction taken back; the same history where there is none."""
        return History(self.done[:-1], (*self.undone, self.done[-1])) if self.done else self

    def redo(self) -> "History":
        """The correction that was taken back last, made again; the same history where there is none."""
        return History((*self.done, self.undone[-1]), self.undone[:-1]) if self.undone else self


@dataclass(frozen=True, slots=True)
class SavedAnswer:
    """One answer of a saved alignment: its prompt's number, its fingerprint, how many steps it has."""

    prompt: int
    answer: str
    steps: int


@dataclass(frozen=True, slots=True)
class SavedPhase:
    """One row of a saved alignment."""

    label: str
    steps: tuple[StepRef, ...]
    why: str = ""
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class SavedAlignment:
    """The alignment of certain answers.

    `by` is the method that made the phases; without `phases` they are made anew by it. `history` is applied to them.
    `checked` says who checked the whole, "" where nobody did. `seal` is the `seal_of` the phases as they were written.
    For a model's alignment: `provenance`, the exact `request` and the `reply` to the letter.
    """

    by: str
    answers: tuple[SavedAnswer, ...]
    phases: tuple[SavedPhase, ...] = ()
    history: History = History()
    checked: str = ""
    note: str = ""
    seal: str = ""
    provenance: Provenance | None = None
    request: str = ""
    reply: str = ""

    @property
    def touched(self) -> bool:
        """Whether a person changed anything since the phases were made."""
        return bool(self.history.done) or (bool(self.phases) and self.seal != seal_of(self.phases))

    def sealed(self) -> "SavedAlignment":
        """The same with its seal, as it is to be written by the program."""
        return replace(self, seal=seal_of(self.phases) if self.phases else "")


def seal_of(phases: tuple[SavedPhase, ...]) -> str:
    """A short digest of the labels of `phases` and of which steps they hold."""
    rows = [(phase.label, sorted((step.answer, step.rank) for step in phase.steps)) for phase in phases]
    return _digest(repr(rows))


def fingerprint(answer: ParsedAnswer) -> str:
    """What an answer is known by: a digest of the words of its steps, a line for each step.

    Marks, punctuation, spaces and the division into items make no difference.
    """
    lines = (" ".join(_WORD.findall(" ".join([step.title, *_texts(step.items)]).casefold())) for step in answer.steps)
    return _digest("".join(f"{line}\n" for line in lines))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _texts(items: tuple[Item, ...]) -> Iterator[str]:
    for item in all_items(items):
        yield item.label or ""
        yield item.text
        for row in item.rows:
            yield from row
