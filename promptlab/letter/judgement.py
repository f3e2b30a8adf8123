"""What every verdict on a figure of a letter is made of."""

from dataclasses import dataclass

from promptlab.casefile.facts import Facts
from promptlab.letter.context import Context
from promptlab.letter.mentions import Mention
from promptlab.model.claim import Verdict


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict with its proof, and what is right where the letter is wrong."""

    verdict: Verdict
    source: str = ""
    expected: str | None = None


@dataclass(frozen=True, slots=True)
class Ground:
    """What a verdict rests on: the facts of the case, the letter with its cues, the year that stands for N in it.

    `body` is where the letter itself begins (its opening words), 0 where it has none. `before` is the amount told last,
    where it was right.
    """

    facts: Facts
    context: Context
    text: str
    year: str = ""
    body: int = 0
    before: Mention | None = None


UNSUPPORTED = Judgement("unsupported")


@dataclass(frozen=True, slots=True)
class Named:
    """A name of the letter with its verdict."""

    start: int
    end: int
    judgement: Judgement
