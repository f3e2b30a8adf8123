"""A decision table as plain values (TOML, JSON, the work of a copie) and back, with all faults and their places."""

from collections.abc import Iterable, Sequence
from typing import Any, cast

from promptlab.decisions.known import Known
from promptlab.files.faults import Table, refuse
from promptlab.messages import _
from promptlab.model.decisions import (
    FORMAT,
    HITS,
    Action,
    Condition,
    DecisionTable,
    Hit,
    Impossible,
    Rule,
    Value,
    When,
)
from promptlab.model.problem import Problem

MOST_CONDITIONS = 40
MOST_VALUES = 60
MOST_RULES = 2000


def from_values(values: Any, *, name: str = "") -> DecisionTable:
    """The table that plain values describe; `name` is what messages call them.

    Raises BadInput that lists all the faults, each with its place and what to do. A rule without an action, or one that
    contradicts itself, is no fault: `check` tells it.
    """
    name = name or _("decision table")
    faults: list[Problem] = []
    table = from_table(Table(values, name, faults))
    if faults:
        raise refuse(name, faults)
    return table


def from_table(table: Table) -> DecisionTable:
    """The decision table in a table of a file; faults are noted in it, and reading goes on."""
    if table.whole("format", required=False, default=FORMAT) > FORMAT:
        table.fault("format", _("this table was made by a later promptlab: update promptlab."))
    conditions = _unique(table, "condition", [_condition(entry) for entry in table.tables("condition")])
    actions = _unique(table, "action", [_action(entry) for entry in table.tables("action")])
    known = Known(tuple(conditions), tuple(actions))
    for place, action in enumerate(actions, 1):
        for other in action.never_with:
            if other not in known.actions:
                table.fault(f"action[{place}].never_with", known.no_action(other))
    impossible = [_impossible(entry, known) for entry in table.tables("impossible", required=False)]
    rules = [_rule(entry, place, known) for place, entry in enumerate(table.tables("rule", required=False), 1)]
    _bounds(table, conditions, rules)
    found = DecisionTable(
        title=table.text("title"),
        conditions=tuple(conditions),
        actions=tuple(actions),
        rules=tuple(_unique(table, "rule", rules)),
        impossible=tuple(impossible),
        hit=cast(Hit, table.text("hit", required=False, among=HITS, default="unique") or "unique"),
        origin=table.text("origin", required=False),
        note=table.text("note", required=False),
    )
    table.finish()
    return found


def to_values(table: DecisionTable) -> dict[str, Any]:
    """Plain values from which `from_values` makes the same table; empty texts and lists are left out."""
    return _filled(
        {
            "format": FORMAT,
            "title": table.title,
            "origin": table.origin,
            "note": table.note,
            "hit": table.hit,
            "condition": [
                {
                    "id": condition.id,
                    "question": condition.question,
                    "values": {value.id: value.label for value in condition.values},
                }
                for condition in table.conditions
            ],
            "action": [
                _filled(
                    {
                        "id": action.id,
                        "label": action.label,
                        "who": action.who,
                        "note": action.note,
                        "caution": action.caution,
                        "sources": list(action.sources),
                        "never_with": list(action.never_with),
                    }
                )
                for action in table.actions
            ],
            "impossible": [_filled({"why": each.why}) | {"when": _plain(each.when)} for each in table.impossible],
            "rule": [
                _filled({"id": rule.id, "note": rule.note}) | {"then": list(rule.actions), "when": _plain(rule.when)}
                for rule in table.rules
            ],
        }
    )


def _filled(values: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value not in ("", [])}


def _plain(when: When) -> dict[str, Any]:
    return {condition: list(values) if len(values) != 1 else values[0] for condition, values in when}


def _condition(table: Table) -> Condition:
    values = tuple(Value(id_, label) for id_, label in table.pairs("values"))
    condition = Condition(table.text("id"), table.text("question"), values)
    if not 2 <= len(values) <= MOST_VALUES:
        said = _("a condition has 2 to {most} values: write them as {form}.", most=MOST_VALUES, form='{ id = "…" }')
        table.fault("values", said)
    if any(not value.id.strip() for value in values):
        table.fault("values", _("a value has no id: give it a short word."))
    labels = [value.label.strip().casefold() for value in values]
    for label in sorted({label for label in labels if labels.count(label) > 1}):
        table.fault("values", _("“{label}” stands there twice: rename one.", label=label))
    table.finish()
    return condition


def _action(table: Table) -> Action:
    action = Action(
        id=table.text("id"),
        label=table.text("label"),
        note=table.text("note", required=False),
        caution=table.text("caution", required=False),
        sources=table.texts("sources", required=False),
        never_with=table.texts("never_with", required=False),
        who=table.text("who", required=False),
    )
    table.finish()
    return action


def _impossible(table: Table, known: Known) -> Impossible:
    impossible = Impossible(_when(table, known), table.text("why", required=False))
    table.finish()
    return impossible


def _rule(table: Table, place: int, known: Known) -> Rule:
    actions = []
    for asked in table.texts("then", required=False):
        found = known.action(asked)
        if found is None:
            table.fault("then", known.no_action(asked))
        else:
            actions.append(found.id)
    id_ = table.text("id", required=False).strip() or f"R{place}"
    rule = Rule(id_, _when(table, known), tuple(dict.fromkeys(actions)), table.text("note", required=False))
    table.finish()
    return rule


def _when(table: Table, known: Known) -> When:
    named = table.table("when", required=False)
    found: dict[str, tuple[str, ...]] = {}
    for asked in named.values if named else ():
        assert named is not None  # noqa: S101 - for the type checker
        condition = known.condition(asked)
        raw = named.raw(asked)
        texts = raw if isinstance(raw, list) else [raw]
        if condition is None:
            named.fault(asked, known.no_condition(asked))
        elif not all(isinstance(text, str) for text in texts):
            named.fault(asked, _("“{value}” stands here; expected: {expected}.", value=raw, expected=_values_form()))
        else:
            ids = [_value(named, asked, condition, text, known) for text in texts]
            found[condition.id] = known.in_order(condition, ids)
    return known.sorted(found)


def _values_form() -> str:
    return _("a value or a list of values")


def _value(table: Table, key: str, condition: Condition, asked: str, known: Known) -> str:
    found = known.value(condition, asked)
    if found is None:
        table.fault(key, known.no_value(condition, asked))
    return found or ""


def _unique(table: Table, key: str, entries: "Sequence[Any]") -> list[Any]:
    seen: set[str] = set()
    for place, entry in enumerate(entries, 1):
        if entry.id in seen:
            table.fault(f"{key}[{place}].id", _("“{id}” stands there twice: rename one.", id=entry.id))
        seen.add(entry.id)
    return list(entries)


def _bounds(table: Table, conditions: Sequence[Condition], rules: Iterable[Rule]) -> None:
    if not 1 <= len(conditions) <= MOST_CONDITIONS:
        said = _("a table has 1 to {most} conditions, here {count}.", most=MOST_CONDITIONS, count=len(conditions))
        table.fault("condition", said)
    if (count := len(list(rules))) > MOST_RULES:
        table.fault("rule", _("{count} rules are too many: keep at most {most}.", count=count, most=MOST_RULES))
