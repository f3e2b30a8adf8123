"""What can be wrong with a question or a quiz, by name."""

from dataclasses import dataclass
from typing import Literal

FaultKind = Literal[
    "no_right_answer",
    "several_right_answers",
    "too_few_choices",
    "too_many_right_answers",
    "duplicate_choices",
    "overlapping_choices",
    "no_justification",
    "no_source",
    "passage_not_found",
    "answer_not_in_passage",
    "length_gives_away",
    "position_gives_away",
    "reading_level",
    "negative_wording",
    "all_of_the_above",
    "typography",
    "no_question",
    "duplicate_question",
]

# A question with one of these is wrong or unproved; the others are weaknesses that a teacher may choose to live with.
SERIOUS: frozenset[FaultKind] = frozenset(
    {
        "no_right_answer",
        "several_right_answers",
        "too_few_choices",
        "too_many_right_answers",
        "duplicate_choices",
        "no_source",
        "passage_not_found",
        "no_question",
    }
)


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault: the id of the question ("" for the quiz as a whole), its kind, and what it is and what to do."""

    question: str
    kind: FaultKind
    message: str

    @property
    def serious(self) -> bool:
        """Whether the question is wrong or unproved, and not only weak."""
        return self.kind in SERIOUS
