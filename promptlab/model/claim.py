"""A Claim: one fact that a letter states, and whether the documents of the case bear it out."""

from dataclasses import dataclass
from typing import Literal

ClaimKind = Literal["amount", "date", "reference", "quantity", "name", "percentage"]
Verdict = Literal["proved", "contradicted", "unsupported"]


@dataclass(frozen=True, slots=True)
class Claim:
    """One amount, date, duration (kind `date`), reference, quantity, percentage or name of a letter.

    `text` is what the letter says, to the letter, from `start` to `end` of the whole text; `line` counts from 1.
    `source` is the proof in words, "" where nothing speaks to it; `expected` is what is right, where that is known.
    """

    text: str
    kind: ClaimKind
    line: int
    verdict: Verdict
    source: str = ""
    expected: str | None = None
    start: int = 0
    end: int = 0
