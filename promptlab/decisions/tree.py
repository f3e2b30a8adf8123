"""A decision table as a tree of questions: each asks what parts the cases best, each ending is a list of actions."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from promptlab.decisions.boxes import Looks, Space, TooIntricate
from promptlab.errors import BadInput
from promptlab.messages import _
from promptlab.model.decisions import DecisionTable, Rule

Outcome = Literal["actions", "gap", "conflict", "page"]
MOST_ENDINGS = 1500
# Among questions that part the cases nearly as well as the best one, the author's order decides.
_NEARLY = 1.25


@dataclass(frozen=True, slots=True)
class Ending:
    """What is done: the ids of actions. A gap has none; a conflict names rules that disagree, a page its number."""

    kind: Outcome
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Branch:
    """The answers that lead on to `then`, by value id."""

    values: tuple[str, ...]
    then: "Tree"


@dataclass(frozen=True, slots=True)
class Question:
    """A condition that is asked, and two branches or more."""

    condition: str
    branches: tuple[Branch, ...]


Tree = Question | Ending


def grow(table: DecisionTable) -> Tree:
    """The tree of all possible combinations of `table`; those that cannot be have no branch.

    Raises BadInput where the tree would have more than MOST_ENDINGS endings, or the rules are too intricate.
    """
    try:
        tree = _Grower(table).tree()
    except TooIntricate as error:
        said = _("“{title}” is too intricate to be drawn: use fewer or simpler rules.", title=table.title)
        raise BadInput(said) from error
    return tree or Ending("gap")


def endings(tree: Tree) -> Iterator[Ending]:
    """Every ending of `tree`, from left to right."""
    if isinstance(tree, Ending):
        yield tree
        return
    for branch in tree.branches:
        yield from endings(branch.then)


class _Grower:
    def __init__(self, table: DecisionTable) -> None:
        self.table, self.space = table, Space.of(table)
        self.impossible = [self.space.box(each.when) for each in table.impossible]
        self.rules = [rule for rule in table.rules if rule.actions]
        self.boxes = {rule.id: self.space.box(rule.when) for rule in self.rules}
        self.looks = Looks()
        self.endings = 0

    def tree(self) -> Tree | None:
        return self._tree(self.space.whole, self.rules)

    def _tree(self, box: int, rules: Sequence[Rule]) -> Tree | None:
        """The tree of the possible combinations in `box`, None where there are none."""
        if self._covered(box, self.impossible):
            return None
        fitting = self._fitting(box, rules)
        ending = self._ending(box, fitting)
        if ending is not None:
            self.endings += 1
            if self.endings > MOST_ENDINGS:
                raise TooIntricate
            return ending
        leaves = {place: self._leaves(box, place, fitting) for place in self._open(box, fitting)}
        place = next(place for place, count in leaves.items() if count <= _NEARLY * min(leaves.values()))
        condition, mask = self.table.conditions[place], self.space.fields[place]
        grown: dict[Tree, int] = {}
        for group in self._groups(box, mask, fitting):
            tree = self._tree(box & ~mask | group, fitting)
            if tree is not None:
                grown[tree] = grown.get(tree, 0) | group
        if len(grown) == 1:
            return next(iter(grown))
        branches = [
            Branch(
                tuple(value.id for value in condition.values if bits & self.space.bits[condition.id, value.id]), tree
            )
            for tree, bits in grown.items()
        ]
        return Question(condition.id, tuple(branches))

    def _covered(self, box: int, cover: Sequence[int]) -> bool:
        return self.space.first_hole(box, cover, self.looks) is None

    def _fitting(self, box: int, rules: Sequence[Rule]) -> list[Rule]:
        """The rules that decide a possible combination of `box`; in an ordered table none after one that fits all."""
        found = []
        for rule in rules:
            part = self.boxes[rule.id] & box
            if self.space.is_empty(part) or self._covered(part, self.impossible):
                continue
            found.append(rule)
            if self.table.hit == "first" and self._fills(rule, box):
                break
        return found

    def _fills(self, rule: Rule, box: int) -> bool:
        return self._covered(box, [self.boxes[rule.id], *self.impossible])

    def _ending(self, box: int, fitting: Sequence[Rule]) -> Ending | None:
        """The ending where all of `box` has the same; None where a question must be asked."""
        if not fitting:
            return Ending("gap")
        if len({frozenset(rule.actions) for rule in fitting}) == 1:
            whole = self._covered(box, [*(self.boxes[rule.id] for rule in fitting), *self.impossible])
            return Ending("actions", fitting[0].actions) if whole else None
        if all(self._fills(rule, box) for rule in fitting):
            if self.table.hit == "first":
                return Ending("actions", fitting[0].actions)
            return Ending("conflict", tuple(rule.id for rule in fitting))
        return None

    def _open(self, box: int, fitting: Sequence[Rule]) -> list[int]:
        """The conditions that part `box`: some rule, or what is impossible, takes only some of its values."""
        near = [*(self.boxes[rule.id] for rule in fitting), *self.impossible]
        return [
            place
            for place, mask in enumerate(self.space.fields)
            if any(part & box & mask != box & mask for part in near if not self.space.is_empty(part & box))
        ]

    def _groups(self, box: int, mask: int, fitting: Sequence[Rule]) -> Iterable[int]:
        """The values of one condition, those together that the same rules and impossible boxes hold."""
        near = [*(self.boxes[rule.id] for rule in fitting), *self.impossible]
        groups: dict[tuple[bool, ...], int] = {}
        for bit in self.space.values(box, mask):
            signature = tuple(bool(part & bit) for part in near)
            groups[signature] = groups.get(signature, 0) | bit
        return groups.values()

    def _leaves(self, box: int, place: int, fitting: Sequence[Rule]) -> int:
        """At least how many endings there are when this condition is asked next: what is made smallest."""
        mask, total = self.space.fields[place], 0
        for group in self._groups(box, mask, fitting):
            piece = box & ~mask | group
            if self._covered(piece, self.impossible):
                continue
            total += max(1, len({frozenset(rule.actions) for rule in self._fitting(piece, fitting)}))
        return total
