"""What a rule looks at, and what it says."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from promptlab.grade.keyed import Placed
from promptlab.model.case import Case
from promptlab.model.copie import Copie
from promptlab.model.mark import Found
from promptlab.model.rubric import Criterion


@dataclass(frozen=True)
class Subject:
    """One copie under a rubric.

    `placed` is the key of its table, None where there is none for it. `material` holds what other rooms mark with, by
    name ("quiz"). `kept` is room for what several rules work out of the same copie.
    """

    copie: Copie
    case: Case
    placed: Placed | None
    material: Mapping[str, Any] = field(default_factory=dict)
    kept: dict[str, Any] = field(default_factory=dict)

    def label(self, identity: str) -> str:
        """The name on the screen of a tag, a reason or an evidence."""
        return self.placed.exercise.label(identity) if self.placed else identity

    def work(self, name: str) -> Any:
        """The content of the work of that name, None where the copie has none."""
        work = self.copie.work(name)
        return work.content.value if work else None


@dataclass(frozen=True, slots=True)
class Judged:
    """What a rule says: a score of 0 to 1, None where it has no basis; why; the items behind it; what to do next."""

    score: Fraction | None
    reason: str
    found: tuple[Found, ...] = ()
    advice: str = ""


Judge = Callable[[Subject, Criterion], Judged]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule by which a criterion is marked; `settings` are the ones that a rubric may give, with their usual values.

    A number of 0 to 1 is a Fraction, a count an int.
    """

    judge: Judge
    settings: Mapping[str, Any]


def no_basis(why: str) -> Judged:
    """The judgement that there is nothing to judge by."""
    return Judged(None, why)


def share(part: Fraction | int, whole: Fraction | int) -> Fraction:
    """`part` of `whole`, at most 1; 0 where `whole` is 0."""
    return min(Fraction(1), Fraction(part) / whole) if whole else Fraction(0)
