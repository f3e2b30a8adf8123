"""Rules with the same actions that differ in one condition only: they can be one rule."""

from collections.abc import Mapping, Sequence

from promptlab.decisions.boxes import Space
from promptlab.model.decisions import Rule

# A group of rules: their places in the table, and the box of all of them.
_Group = tuple[tuple[int, ...], int]


def mergeable(
    rules: Sequence[Rule], boxes: Mapping[str, int], space: Space, *, ordered: bool = False
) -> tuple[tuple[tuple[str, ...], int], ...]:
    """Groups of two rules or more that can be one, with the box of the one, in the order of the table.

    With `ordered` (the first rule that fits counts) rules are joined only where no other rule stands between them.
    """
    kinds: dict[tuple[object, ...], list[_Group]] = {}
    before: tuple[str, ...] = ()
    run = 0
    for place, rule in enumerate(rules):
        actions = tuple(sorted(rule.actions))
        run += actions != before
        before = actions
        kinds.setdefault((actions, run if ordered else 0), []).append(((place,), boxes[rule.id]))
    found = [group for kind in kinds.values() for group in _joined(kind, space) if len(group[0]) > 1]
    return tuple((tuple(rules[place].id for place in sorted(places)), box) for places, box in sorted(found))


def _joined(groups: list[_Group], space: Space) -> list[_Group]:
    """The groups, joined as long as two of them differ in one condition only."""
    count = 0
    while count != len(groups):
        count = len(groups)
        for mask in space.fields:
            by_rest: dict[int, _Group] = {}
            for places, box in groups:
                known = by_rest.get(box & ~mask)
                by_rest[box & ~mask] = ((*known[0], *places), known[1] | box) if known else (places, box)
            groups = list(by_rest.values())
    return groups
