"""Phases in the order of the process."""

from collections.abc import Sequence

from promptlab.align.steps import Bags

Group = tuple[int, ...]


def in_process_order(bags: Bags, groups: Sequence[Group]) -> list[Group]:
    """`groups` by their mean place in the answers; then neighbours change places where most answers say so.

    The order does not depend on the order of the columns.
    """
    lengths: dict[int, int] = {}
    for step in bags.steps:
        lengths[step.column] = lengths.get(step.column, 0) + 1
    places = {group: _places(bags, group, lengths) for group in groups}
    ordered = sorted(groups, key=lambda group: (round(_mean(list(places[group].values())), 9), group))
    moved = True
    while moved:
        moved = False
        for at in range(len(ordered) - 1):
            before, after = ordered[at], ordered[at + 1]
            if _votes(places[after], places[before]) > 0:
                ordered[at], ordered[at + 1] = after, before
                moved = True
    return ordered


def _places(bags: Bags, group: Group, lengths: dict[int, int]) -> dict[int, float]:
    """The mean place of the group's steps in each answer, 0 (its beginning) to 1."""
    found: dict[int, list[float]] = {}
    for number in group:
        step = bags.steps[number]
        found.setdefault(step.column, []).append((step.rank + 0.5) / lengths[step.column])
    return {column: _mean(values) for column, values in found.items()}


def _votes(one: dict[int, float], other: dict[int, float]) -> int:
    """How many answers more have `one` before `other` than after it. Each exchange gains a vote, so sorting ends."""
    return sum((one[column] < other[column]) - (one[column] > other[column]) for column in one if column in other)


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)
