"""The rubric: by which criteria a copie is marked, and how levels become points."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Literal

Rounding = Literal["up", "half_up", "down"]
Points = Literal["level", "score"]
FORMAT = 1
MANUAL = "manual"  # in place of a rule: the teacher marks it


@dataclass(frozen=True, slots=True)
class Level:
    """A level of mastery: `ratio` of the weight is what it earns, `start` the score from which a rule gives it."""

    id: str
    label: str
    ratio: Fraction
    start: Fraction


@dataclass(frozen=True, slots=True)
class Criterion:
    """One line of the rubric.

    `rule` names what marks it, `manual` the teacher; `settings` are those of the rule. It counts in `sessions`, all
    where there are none; `tasks` are validated by it. `competence` is the AGOrA one ("1.2").
    """

    id: str
    title: str
    rule: str
    weight: Fraction
    settings: tuple[tuple[str, Any], ...] = ()
    sessions: tuple[int, ...] = ()
    tasks: tuple[int, ...] = ()
    competence: str = ""
    indicator: str = ""

    def setting(self, name: str) -> Any:
        """The value of a setting of its rule. KeyError where it has none of that name."""
        return dict(self.settings)[name]


@dataclass(frozen=True, slots=True)
class Rubric:
    """All criteria, and how a mark is made of them.

    `levels` go from the lowest to the highest. A criterion earns its weight times the ratio of its level, or times its
    very score, as `points` says. The mark is out of `scale`, rounded to multiples of `step`. A task is validated from
    the level called `validated` on.
    """

    title: str
    levels: tuple[Level, ...]
    criteria: tuple[Criterion, ...]
    scale: Fraction = Fraction(20)
    step: Fraction = Fraction(1, 2)
    rounding: Rounding = "up"
    points: Points = "level"
    validated: str = ""
    origin: str = ""

    def level(self, identity: str) -> Level:
        """The level of that id. KeyError where there is none."""
        for level in self.levels:
            if level.id == identity:
                return level
        raise KeyError(identity)

    def level_of(self, score: Fraction) -> Level:
        """The highest level that `score`, 0 to 1, reaches."""
        return [level for level in self.levels if level.start <= score][-1]

    def criterion(self, identity: str) -> Criterion:
        """The criterion of that id. KeyError where there is none."""
        for criterion in self.criteria:
            if criterion.id == identity:
                return criterion
        raise KeyError(identity)
