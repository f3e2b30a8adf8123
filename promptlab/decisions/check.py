"""Finds what is wrong with a decision table: gaps, overlaps, rules never reached, rules that can be one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from promptlab.decisions.boxes import Looks, Space, TooIntricate
from promptlab.decisions.gaps import MOST_GAPS, gap_boxes
from promptlab.decisions.merging import mergeable
from promptlab.decisions.words import sample
from promptlab.messages import _, ngettext
from promptlab.model.decisions import DecisionTable, Rule, When
from promptlab.model.problem import Problem

MOST_OVERLAPS = 300
_MOST_PIECES = 2000


@dataclass(frozen=True, slots=True)
class Gap:
    """Combinations without a rule: what they have in common; `unfilled` names a rule that has no action yet.

    `count` is how many combinations there are, None where that is too much work to count.
    """

    when: When
    count: int | None
    unfilled: str = ""


@dataclass(frozen=True, slots=True)
class Overlap:
    """Two rules that fit the same combinations; `when` are those, `example` one of them, all conditions named.

    `same` says that their actions are the same: a hint, not a fault.
    """

    rules: tuple[str, str]
    when: When
    example: When
    same: bool


@dataclass(frozen=True, slots=True)
class Unreachable:
    """A rule that decides nothing: every combination of it is impossible, or other rules (`by`) have it already."""

    rule: str
    by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Merge:
    """Rules with the same actions that can be one rule with these conditions."""

    rules: tuple[str, ...]
    when: When


@dataclass(frozen=True, slots=True)
class Check:
    """All that was found. `combinations` is how many there are in all; `complete` is False where some were not seen."""

    combinations: int
    gaps: tuple[Gap, ...] = ()
    overlaps: tuple[Overlap, ...] = ()
    unreachable: tuple[Unreachable, ...] = ()
    mergeable: tuple[Merge, ...] = ()
    problems: tuple[Problem, ...] = ()
    complete: bool = True

    @property
    def conflicts(self) -> tuple[Overlap, ...]:
        """The overlaps whose actions differ."""
        return tuple(overlap for overlap in self.overlaps if not overlap.same)

    @property
    def is_clean(self) -> bool:
        """Whether every combination has its actions, without contradiction."""
        return self.complete and not (self.gaps or self.conflicts or self.problems)


def check(table: DecisionTable) -> Check:
    """Everything that a person should know about `table`, by looking at sets of combinations, never at each one.

    A gap is told as few sets that have no combination in common; where two rules overlap under the hit policy
    “unique”, one combination is the example. What is too much to list is said in `problems`, and `complete` is False.
    """
    return _Checker(table).check()


class _Checker:
    """The table as boxes, and what was found in it."""

    def __init__(self, table: DecisionTable) -> None:
        self.table, self.space = table, Space.of(table)
        self.boxes = {rule.id: self.space.box(rule.when) for rule in table.rules}
        self.impossible = [self.space.box(each.when) for each in table.impossible]
        self.filled = [rule for rule in table.rules if rule.actions and not self.space.is_empty(self.boxes[rule.id])]
        self.problems: list[Problem] = []
        self.complete = True
        self.looks = Looks()  # for all questions but the gaps, which come first and have their own

    def check(self) -> Check:
        self._rules_in_themselves()
        gaps, overlaps = self._gaps(), self._overlaps()
        unreachable = self._unreachable()
        lost = {found.rule for found in unreachable}
        kept = [rule for rule in self.filled if rule.id not in lost]
        merged = mergeable(kept, self.boxes, self.space, ordered=self.table.hit == "first")
        return Check(
            combinations=self.space.size(self.space.whole),
            gaps=gaps,
            overlaps=overlaps,
            unreachable=unreachable,
            mergeable=tuple(Merge(rules, self.space.when(box)) for rules, box in merged),
            problems=tuple(self.problems),
            complete=self.complete,
        )

    def _rules_in_themselves(self) -> None:
        for rule in self.table.rules:
            where = _("rule {id}", id=rule.id)
            for condition, values in rule.when:
                if not values:
                    question = next(each.question for each in self.table.conditions if each.id == condition)
                    said = _("nothing can answer “{question}”: the rule contradicts itself.", question=question)
                    self.problems.append(Problem(said + " " + _("Name at least one value, or leave it open."), where))
            if not rule.actions:
                self.problems.append(Problem(_("it has no action yet: choose at least one."), where))
            self.problems += self._contradictions(rule, where)

    def _contradictions(self, rule: Rule, where: str) -> Iterator[Problem]:
        actions = {action.id: action for action in self.table.actions}
        for place, first in enumerate(rule.actions):
            for second in rule.actions[place + 1 :]:
                if second in actions[first].never_with or first in actions[second].never_with:
                    said = _(
                        "“{first}” and “{second}” exclude one another: keep one of them.",
                        first=actions[first].label,
                        second=actions[second].label,
                    )
                    yield Problem(said, where)

    def _gaps(self) -> tuple[Gap, ...]:
        unfilled = [rule for rule in self.table.rules if not rule.actions]
        cover = [self.boxes[rule.id] for rule in self.filled]
        empty = [box for rule in unfilled if not self.space.is_empty(box := self.boxes[rule.id])]
        found = gap_boxes(self.space, [*cover, *empty], self.impossible)
        self._say_incomplete(found.too_many, found.too_intricate)
        gaps = [Gap(self.space.when(box), self._possible(box)) for box in found.boxes]
        return (*gaps, *self._unfilled_gaps(unfilled, cover))

    def _unfilled_gaps(self, unfilled: Sequence[Rule], cover: Sequence[int]) -> Iterator[Gap]:
        for rule in unfilled:
            box = self.boxes[rule.id]
            if self.space.is_empty(box):
                continue
            try:
                hole = self.space.first_hole(box, [*cover, *self.impossible], self.looks)
            except TooIntricate:
                self._say_incomplete(False, True)
                return
            if hole is not None:
                yield Gap(rule.when, self._possible(box, cover), rule.id)

    def _say_incomplete(self, too_many: bool, too_intricate: bool) -> None:
        if too_many:
            said = ngettext(
                "only the first {count} set of combinations without a rule is listed.",
                "only the first {count} sets of combinations without a rule are listed.",
                MOST_GAPS,
            )
            self._say(said + " " + _("Close these, then check again."))
        if too_intricate:
            self._say(_("the rules are too intricate to be checked to the end: use fewer or simpler rules."))

    def _say(self, message: str) -> None:
        self.complete = False
        problem = Problem(message, _("rules"))
        if problem not in self.problems:
            self.problems.append(problem)

    def _possible(self, box: int, cover: Sequence[int] = ()) -> int | None:
        """How many combinations of `box` are possible and in no box of `cover`; None where that takes too long."""
        pieces = [box]
        for other in (*self.impossible, *cover):
            pieces = [rest for piece in pieces for rest in self.space.minus(piece, other)]
            if len(pieces) > _MOST_PIECES:
                return None
        return sum(map(self.space.size, pieces))

    def _overlaps(self) -> tuple[Overlap, ...]:
        if self.table.hit == "first":
            return ()
        found: list[Overlap] = []
        for first, second in self._touching():
            both = self.boxes[first.id] & self.boxes[second.id]
            try:
                hole = self.space.first_hole(both, self.impossible, self.looks)
            except TooIntricate:
                self._say_incomplete(False, True)
                break
            if hole is None:
                continue
            if len(found) == MOST_OVERLAPS:
                said = _("only the first {count} overlaps are listed.", count=MOST_OVERLAPS)
                self._say(said + " " + _("Mend these, then check again."))
                break
            same = set(first.actions) == set(second.actions)
            found.append(
                Overlap((first.id, second.id), self.space.when(both), sample(self.table, self.space, hole), same)
            )
        return tuple(sorted(found, key=lambda overlap: overlap.same))

    def _touching(self) -> Iterator[tuple[Rule, Rule]]:
        """Pairs of rules whose boxes have a combination in common, in the order of the table."""
        holders = dict.fromkeys(self.space.bits.values(), 0)
        for rank, rule in enumerate(self.filled):
            for bit in holders:
                if self.boxes[rule.id] & bit:
                    holders[bit] |= 1 << rank
        for rank, rule in enumerate(self.filled):
            others = (1 << len(self.filled)) - 1 & ~((2 << rank) - 1)
            for mask in self.space.fields:
                fitting = 0
                for bit in self.space.values(self.boxes[rule.id], mask):
                    fitting |= holders[bit]
                others &= fitting
            while others:
                lowest = others & -others
                yield rule, self.filled[lowest.bit_length() - 1]
                others -= lowest

    def _unreachable(self) -> tuple[Unreachable, ...]:
        found: dict[str, Unreachable] = {}
        for rank, rule in enumerate(self.filled):
            before = [other for other in self.filled[:rank] if other.id not in found]
            if (why := self._covered(rule, before)) is not None:
                found[rule.id] = why
        if self.table.hit == "unique":
            for rule in reversed(self.filled):
                alike = [
                    other
                    for other in self.filled
                    if other is not rule and other.id not in found and set(other.actions) == set(rule.actions)
                ]
                if rule.id not in found and (why := self._covered(rule, alike)) is not None:
                    found[rule.id] = why
        return tuple(found[rule.id] for rule in self.filled if rule.id in found)

    def _covered(self, rule: Rule, others: Sequence[Rule]) -> Unreachable | None:
        """Why `rule` decides nothing beside `others`; None where it does."""
        box = self.boxes[rule.id]
        touching = [other for other in others if not self.space.is_empty(self.boxes[other.id] & box)]
        try:
            if self.space.first_hole(box, self.impossible, self.looks) is None:
                return Unreachable(rule.id)
            cover = [self.boxes[other.id] for other in touching]
            if not cover or self.space.first_hole(box, [*cover, *self.impossible], self.looks) is not None:
                return None
        except TooIntricate:
            self._say_incomplete(False, True)
            return None
        return Unreachable(rule.id, tuple(other.id for other in touching))
