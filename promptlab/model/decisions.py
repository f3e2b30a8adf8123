"""A decision table: conditions with closed values, rules that lead to actions, combinations that cannot be."""

from dataclasses import dataclass
from typing import Literal

Hit = Literal["unique", "first"]
HITS: tuple[Hit, ...] = ("unique", "first")
FORMAT = 1  # of the file; a program that knows a lower one must refuse it
WORK = "decisions"  # the name of this work in a copie
# Condition id -> the values that fit, in the order of the condition. A condition that is not named may be anything.
When = tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Value:
    """One answer that a condition can have."""

    id: str
    label: str


@dataclass(frozen=True, slots=True)
class Condition:
    """One question with its closed list of answers."""

    id: str
    question: str
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Action:
    """One thing that can be done, by `who`; `caution` is the point of law to mind, `sources` where to check it.

    `never_with` are the ids of actions that would contradict it within one rule.
    """

    id: str
    label: str
    note: str = ""
    caution: str = ""
    sources: tuple[str, ...] = ()
    never_with: tuple[str, ...] = ()
    who: str = ""


@dataclass(frozen=True, slots=True)
class Impossible:
    """Combinations that cannot be, declared once, and why."""

    when: When
    why: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: when all its conditions fit, its actions are done, in order. No action: still to be filled in."""

    id: str
    when: When
    actions: tuple[str, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class DecisionTable:
    """A whole scheme. `hit` says which rule counts where several fit: they must agree (unique), or the first one.

    `origin` says who made it (shown under the picture), `note` what the whole is about.
    """

    title: str
    conditions: tuple[Condition, ...]
    actions: tuple[Action, ...]
    rules: tuple[Rule, ...]
    impossible: tuple[Impossible, ...] = ()
    hit: Hit = "unique"
    origin: str = ""
    note: str = ""
