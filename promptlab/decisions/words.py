"""Conditions, rules and actions of a decision table in words."""

from promptlab.decisions.boxes import Space
from promptlab.messages import _
from promptlab.model.decisions import Action, Condition, DecisionTable, When


def values_in_words(condition: Condition, values: tuple[str, ...]) -> str:
    """The labels of `values`, as a person reads them: "oui ou non"."""
    labels = [value.label for value in condition.values if value.id in values]
    return _(" or ").join(labels)


def in_words(table: DecisionTable, when: When) -> str:
    """What `when` says: "Payée ? oui · Stock ? non"; a box without restriction is “every case”."""
    named = dict(when)
    parts = [
        f"{condition.question} {values_in_words(condition, named[condition.id]) or '∅'}"
        for condition in table.conditions
        if condition.id in named
    ]
    return " · ".join(parts) or _("every case")


def sample(table: DecisionTable, space: Space, box: int) -> When:
    """One combination of `box`, every condition named: the first value of each."""
    return tuple(
        (
            condition.id,
            (next(value.id for value in condition.values if box & space.bits[condition.id, value.id]),),
        )
        for condition in table.conditions
    )


def actions_by_id(table: DecisionTable) -> dict[str, Action]:
    """The actions of `table` by id."""
    return {action.id: action for action in table.actions}


def labels_of(table: DecisionTable, actions: tuple[str, ...]) -> tuple[str, ...]:
    """The labels of `actions`, in their order."""
    known = actions_by_id(table)
    return tuple(known[action].label for action in actions)
