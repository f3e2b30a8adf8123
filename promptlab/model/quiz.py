"""A quiz: questions of seven kinds, each with its right answer, its justification and the source that proves it."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from promptlab.model.answer import Provenance

QuestionKind = Literal["single", "multiple", "true_false", "matching", "ordering", "short", "numeric"]
Difficulty = Literal["easy", "medium", "hard"]


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice of a question; `feedback` is what the pupil who chose it is told.

    The two choices of a true_false question are called "true" and "false", in this order.
    """

    text: str
    right: bool = False
    feedback: str = ""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two texts of a matching question that belong together."""

    left: str
    right: str


@dataclass(frozen=True, slots=True)
class Source:
    """What proves the right answer: words of a resource ("resources/etapes.md") or of a document of the case."""

    document: str
    passage: str


@dataclass(frozen=True, slots=True)
class Acceptance:
    """Who accepted a question (a role or initials, no name), on what day (ISO 8601), and the `seal` of its wording."""

    by: str
    on: str
    seal: str


@dataclass(frozen=True, slots=True)
class Question:
    """One question. Which fields hold its answer depends on the kind:

    - single, multiple, true_false: `choices`;
    - matching: `pairs`, and `decoys`, texts on the right that belong to nothing;
    - ordering: `items`, in the right order;
    - short: `variants`, all accepted; without regard to case and accents unless `case` and `accents` say so;
    - numeric: `value`, right within `tolerance`, in `unit` ("€", "€ HT", "jours").

    `category` is the subject ("Le droit"), `points` what a right answer counts.
    """

    id: str
    kind: QuestionKind
    text: str
    choices: tuple[Choice, ...] = ()
    pairs: tuple[Pair, ...] = ()
    decoys: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    variants: tuple[str, ...] = ()
    case: bool = False
    accents: bool = False
    value: Decimal | None = None
    tolerance: Decimal = Decimal(0)
    unit: str = ""
    justification: str = ""
    source: Source | None = None
    difficulty: Difficulty = "medium"
    category: str = ""
    points: Decimal = Decimal(1)
    accepted: Acceptance | None = None


@dataclass(frozen=True, slots=True)
class Quiz:
    """A whole quiz. `case` names the case that its sources belong to; `origin` says who wrote it, in words.

    `draft` is the provenance of the AI answer that the questions were drafted by, None where people wrote them.
    """

    title: str
    questions: tuple[Question, ...] = ()
    language: str = "fr"
    case: str = ""
    origin: str = ""
    draft: Provenance | None = None

    def question(self, name: str) -> Question:
        """The question whose id is `name`. KeyError where there is none."""
        for question in self.questions:
            if question.id == name:
                return question
        raise KeyError(name)


@dataclass(frozen=True, slots=True)
class Resource:
    """One text that questions may rest on: its name as sources cite it ("resources/etapes.md") and its words."""

    name: str
    text: str
