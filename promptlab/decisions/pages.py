"""Cuts a tree of questions into parts that each fit on a page, the large answers of the first questions first."""

from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass

from promptlab.decisions.tree import Branch, Ending, Question, Tree
from promptlab.decisions.words import values_in_words
from promptlab.messages import _
from promptlab.model.decisions import DecisionTable

# A branch with this part of the endings goes on on the same page, and its own branches are cut.
_TRUNK = 0.75
Measure = Callable[[Tree], int]


@dataclass(frozen=True, slots=True)
class Page:
    """One part of the tree, parts on other pages being endings; `path` is the answers that lead to it."""

    number: int
    tree: Tree
    path: str


def pages(table: DecisionTable, tree: Tree, most: int, measure: "Measure | None" = None) -> tuple[Page, ...]:
    """`tree` on pages of at most `most` endings (or whatever `measure` counts); equal parts share a page.

    A page is larger only where a single question has more answers than that.
    """
    measure = measure or size
    waiting: list[tuple[Tree, str]] = [(tree, "")]
    cut_at: list[set[Tree]] = []
    while len(cut_at) < len(waiting):
        part, path = waiting[len(cut_at)]
        cuts: set[Tree] = set()
        while (
            measure(_parted(part, {cut: rank for rank, cut in enumerate(cuts)})) > most
            and (cut := _next_cut(part, cuts)) is not None
        ):
            cuts.add(cut)
        known = {below for below, _words in waiting}
        # A part may hold another that was cut off before it: that one is met again on the page of the part.
        met = _in_order(part, cuts)
        for below in (each for each in met if each not in known):
            words = _path(table, part, below)
            waiting.append((below, f"{path} · {words}" if path else words))
            known.add(below)
        cut_at.append(set(met))
    numbers = {part: number for number, (part, _words) in enumerate(waiting, 1)}
    return tuple(
        Page(numbers[part], _parted(part, {cut: numbers[cut] for cut in cuts}), path)
        for (part, path), cuts in zip(waiting, cut_at, strict=True)
    )


def _parted(tree: Tree, numbers: Mapping[Tree, int]) -> Tree:
    """`tree` with the parts that have pages of their own as endings."""
    if isinstance(tree, Ending):
        return tree
    branches = (
        Branch(
            branch.values,
            Ending("page", (str(numbers[branch.then]),)) if branch.then in numbers else _parted(branch.then, numbers),
        )
        for branch in tree.branches
    )
    return Question(tree.condition, tuple(branches))


def size(tree: Tree, cuts: Set[Tree] = frozenset()) -> int:
    """How many endings `tree` has, each part of `cuts` being one."""
    if isinstance(tree, Ending):
        return 1
    return sum(1 if branch.then in cuts else size(branch.then, cuts) for branch in tree.branches)


def _next_cut(tree: Tree, cuts: set[Tree]) -> Tree | None:
    """The largest branch to be cut off, None where there is none left."""
    below = [
        branch.then
        for branch in (tree.branches if isinstance(tree, Question) else ())
        if isinstance(branch.then, Question) and branch.then not in cuts
    ]
    if not below:
        return None
    largest = max(below, key=lambda part: size(part, cuts))
    if size(largest, cuts) >= _TRUNK * size(tree, cuts):
        return _next_cut(largest, cuts) or largest
    return largest


def _in_order(tree: Tree, cuts: set[Tree]) -> list[Tree]:
    """The parts of `cuts` as one meets them in `tree`, each once."""
    if isinstance(tree, Ending):
        return []
    found: dict[Tree, None] = {}
    for branch in tree.branches:
        for part in [branch.then] if branch.then in cuts else _in_order(branch.then, cuts):
            found[part] = None
    return list(found)


def _path(table: DecisionTable, tree: Tree, wanted: Tree) -> str:
    """The answers that lead from the top of `tree` to the first part equal to `wanted`."""
    if isinstance(tree, Ending):
        return ""
    condition = next(each for each in table.conditions if each.id == tree.condition)
    for branch in tree.branches:
        here = _("{question} {answer}", question=condition.question, answer=values_in_words(condition, branch.values))
        if branch.then == wanted:
            return here
        further = _path(table, branch.then, wanted)
        if further:
            return f"{here} · {further}"
    return ""
