"""A mark: what each criterion gave, why, and the items behind it."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from promptlab.model.problem import Problem

Verdict = Literal["right", "partly", "wrong", "missed", "aside"]
By = Literal["rule", "teacher", "nobody"]


@dataclass(frozen=True, slots=True)
class Found:
    """One item behind a result: where it stands, what the pupil said of it, what was expected, and why.

    `aside` is what the pupil did and the key says nothing of. `column` and `item` place it in the table, 0 and ""
    where it is not about the table.
    """

    verdict: Verdict
    where: str
    text: str = ""
    said: str = ""
    expected: str = ""
    why: str = ""
    column: int = 0
    item: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """What one criterion gave.

    `points` out of `out_of`, None where nobody has marked it yet or it has no basis: it is then left out of the total,
    and `reason` says why. `by` is who decided; `rule_points` is what the rule alone would give, kept where the teacher
    decides otherwise. `comments` are the teacher's; `advice` is what to do next.
    """

    criterion: str
    title: str
    out_of: Fraction
    points: Fraction | None
    level: str = ""
    reason: str = ""
    by: By = "rule"
    score: Fraction | None = None
    rule_points: Fraction | None = None
    found: tuple[Found, ...] = ()
    comments: tuple[str, ...] = ()
    advice: str = ""
    competence: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """A copie marked.

    `sessions` are those that it is marked for; `assumed` says that neither the copie nor the teacher named them.
    `mark` is out of `scale`, None where no criterion could be marked. `waiting` names the criteria that the teacher has
    still to mark: the mark is provisional till then. `left_out` names those without a basis. `comments` are the
    teacher's on the whole. `validated` are the tasks that the criteria, or the teacher, validate.
    """

    copie: str
    case: str
    pupils: tuple[str, ...]
    source: str
    seen: str
    revision: int
    saved_at: str
    sessions: tuple[int, ...]
    run: str
    results: tuple[Result, ...]
    points: Fraction
    out_of: Fraction
    mark: Decimal | None
    scale: Decimal
    waiting: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    comments: tuple[str, ...] = ()
    validated: tuple[int, ...] = ()
    problems: tuple[Problem, ...] = ()
    by_hand: bool = False
    assumed: bool = False

    def result(self, criterion: str) -> Result | None:
        """The result of that criterion, None where it was not marked by it."""
        return next((result for result in self.results if result.criterion == criterion), None)


@dataclass(frozen=True, slots=True)
class Override:
    """What the teacher decided for one pupil.

    `criterion` names a criterion; "" is the whole mark, and `task` (not None) a task validated or not. `level` or
    `points` is the decision, neither where there are only `comments`.
    """

    pupil: str
    criterion: str = ""
    level: str = ""
    points: Fraction | None = None
    task: int | None = None
    validated: bool = False
    comments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Overrides:
    """All that the teacher decided for a class, in the order of the file; a later line wins."""

    entries: tuple[Override, ...] = ()

    def of(self, pupil: str) -> tuple[Override, ...]:
        """Those for one pupil, whatever the case of the letters."""
        return tuple(entry for entry in self.entries if entry.pupil.casefold() == pupil.casefold())

    @property
    def pupils(self) -> tuple[str, ...]:
        """Whom they are about, each once."""
        return tuple(dict.fromkeys(entry.pupil for entry in self.entries))
