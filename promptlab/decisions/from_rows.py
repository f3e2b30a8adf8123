"""Reads a decision table out of the rows of a spreadsheet, and tells every fault with its line and column."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import cast

from promptlab.decisions.known import Known, folded
from promptlab.decisions.plain import MOST_CONDITIONS, MOST_RULES, MOST_VALUES
from promptlab.decisions.rows import ANY, EXCEPT, NONE, WORDS, entries, word
from promptlab.files.cases import USUAL_CASE
from promptlab.files.faults import refuse
from promptlab.messages import _
from promptlab.model.decisions import HITS, Action, Condition, DecisionTable, Hit, Impossible, Rule, Value, When
from promptlab.model.problem import Problem

_KINDS = {folded(each): kind for kind, alike in WORDS.items() for each in alike}
_BETWEEN_WORDS = re.compile(r"\s*[/;,]\s*|\s+(?:ou|or)\s+")
_MOST_WARNED = 100


@dataclass(frozen=True, slots=True)
class Row:
    """One row: where it stands in words, its cells as text, its sheet in a workbook."""

    where: str
    cells: tuple[str, ...]
    sheet: str = ""

    def cell(self, place: int) -> str:
        """The text of a cell, "" where the row is shorter."""
        return self.cells[place].strip() if place < len(self.cells) else ""

    @property
    def kind(self) -> str:
        """What the first cell says that the row is, "" for a rule."""
        return _KINDS.get(folded(self.cell(0)), "") if not self.cell(0).startswith("\\") else ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing stands in the row."""
        return not any(cell.strip() for cell in self.cells)


def from_rows(rows: Iterable[Row], *, name: str) -> DecisionTable:
    """The table that the rows hold. Raises BadInput that lists all the faults."""
    reader = _Reader([row for row in rows if not row.is_empty])
    table = reader.table()
    if reader.faults:
        raise refuse(name, reader.faults[:_MOST_WARNED])
    return table


@dataclass(slots=True)
class _Columns:
    """Which column of the rules holds what."""

    conditions: dict[int, str] = field(default_factory=dict)  # place -> question
    actions: list[int] = field(default_factory=list)
    notes: list[int] = field(default_factory=list)


class _Reader:
    def __init__(self, rows: Sequence[Row]) -> None:
        self.rows = rows
        self.faults: list[Problem] = []
        self.columns = _Columns()

    def table(self) -> DecisionTable:
        head = next((row for row in self.rows if row.kind == "rule"), None)
        if head is None:
            named = word("rule")
            said = _("no row begins with “{word}”: write it first, and the questions beside it.", word=named)
            self.faults.append(Problem(f"{said} {_model()}"))
            return DecisionTable("", (), (), ())
        self._read_head(head)
        conditions = self._conditions(head)
        places = {place: self._by_question(conditions, asked) for place, asked in self.columns.conditions.items()}
        actions = self._actions()
        known = Known(conditions, tuple(actions))
        texts = {row.kind: row.cell(1) for row in self.rows if row.kind in ("title", "origin", "about")}
        rules, impossible = self._rules(head, known, places)
        return DecisionTable(
            title=texts.get("title") or _("Decision table"),
            conditions=conditions,
            actions=tuple(actions),
            rules=tuple(rules),
            impossible=tuple(impossible),
            hit=self._hit(),
            origin=texts.get("origin", ""),
            note=texts.get("about", ""),
        )

    def _fault(self, row: Row, place: int | None, message: str) -> None:
        column = "" if place is None else _(", column {column}", column=column_name(place))
        self.faults.append(Problem(message, row.where + column))

    def _read_head(self, head: Row) -> None:
        for place, cell in enumerate(head.cells[1:], 1):
            kind = _KINDS.get(folded(cell), "")
            if folded(cell).rstrip(" 0123456789") in ("action", "actions"):
                self.columns.actions.append(place)
            elif kind == "note" or folded(cell) in ("notes", "remarques"):
                self.columns.notes.append(place)
            elif cell.strip():
                self.columns.conditions[place] = cell.strip()
        if not 1 <= len(self.columns.conditions) <= MOST_CONDITIONS:
            count = len(self.columns.conditions)
            said = _("a table has 1 to {most} conditions, here {count}.", most=MOST_CONDITIONS, count=count)
            self._fault(head, None, said)
        if not self.columns.actions:
            named = word("actions")
            said = _("no column is called “{word}”: write there what each rule leads to.", word=named)
            self._fault(head, None, f"{said} {_model()}")

    def _conditions(self, head: Row) -> tuple[Condition, ...]:
        values = next((row for row in self.rows if row.kind == "values"), None)
        codes = next((row for row in self.rows if row.kind == "codes"), None)
        if values is None:
            named = word("values")
            said = _("the row “{word}” is missing: write there what each question can have, parted by |.", word=named)
            self._fault(head, None, f"{said} {_model()}")
            return ()
        found: dict[str, Condition] = {}
        for place, question in self.columns.conditions.items():
            labels = self._labels(values, place)
            ids = entries(codes.cell(place)) if codes else []
            if len(ids) != len(labels) + 1:
                ids = [_slug(question, found), *_slugs(labels)]
            elif (repeated := len(set(ids[1:])) < len(ids) - 1) or ids[0] in found:
                ids = [_slug(question, found), *_slugs(labels)] if repeated else ids
            if folded(question) not in {folded(each.question) for each in found.values()}:
                pairs = zip(ids[1:], labels, strict=True)
                found[ids[0]] = Condition(ids[0], question, tuple(Value(*pair) for pair in pairs))
        return tuple(found.values())

    def _labels(self, values: Row, place: int) -> list[str]:
        cell = values.cell(place)
        labels = entries(cell)
        if len(labels) == 1:
            labels = [part for part in _BETWEEN_WORDS.split(labels[0]) if part]
        if not 2 <= len(labels) <= MOST_VALUES:
            said = _("a condition has 2 to {most} values: write them as {form}.", most=MOST_VALUES, form="oui | non")
            self._fault(values, place, said)
        low = [folded(label) or label for label in labels]
        for label in sorted({label for label in low if low.count(label) > 1}):
            self._fault(values, place, _("“{label}” stands there twice: rename one.", label=label))
        return labels

    def _by_question(self, conditions: Sequence[Condition], asked: str) -> Condition | None:
        return next((each for each in conditions if folded(each.question) == folded(asked)), None)

    def _actions(self) -> list[Action]:
        rows = [row for row in self.rows if row.kind == "action"]
        found: dict[str, Action] = {}
        for row in rows:
            id_, label = row.cell(1) or _slug(row.cell(2), found), row.cell(2) or row.cell(1)
            if not label:
                self._fault(row, 2, _("this text is empty: write it."))
            elif id_ in found:
                self._fault(row, 1, _("“{id}” stands there twice: rename one.", id=id_))
            else:
                lists = (tuple(entries(row.cell(6))), tuple(entries(row.cell(7))))
                found[id_] = Action(id_, label, row.cell(4), row.cell(5), *lists, row.cell(3))
        known = Known((), tuple(found.values()))
        for row in rows:
            for other in entries(row.cell(7)):
                if known.action(other) is None:
                    self._fault(row, 7, known.no_action(other))
        return list(found.values()) if rows else self._actions_of_rules()

    def _actions_of_rules(self) -> list[Action]:
        """The actions where none is declared: every text that stands in an action column."""
        found: dict[str, Action] = {}
        for row in self._rule_rows():
            for place in self.columns.actions:
                for label in entries(row.cell(place)):
                    if folded(label) not in {folded(each.label) for each in found.values()}:
                        id_ = _slug(label, found)
                        found[id_] = Action(id_, label)
        return list(found.values())

    def _rule_rows(self) -> list[Row]:
        head = next(at for at, row in enumerate(self.rows) if row.kind == "rule")
        return [row for row in self.rows[head + 1 :] if not row.kind and row.sheet == self.rows[head].sheet]

    def _rules(
        self, head: Row, known: Known, places: dict[int, Condition | None]
    ) -> tuple[list[Rule], list[Impossible]]:
        rules: dict[str, Rule] = {}
        for number, row in enumerate(self._rule_rows(), 1):
            id_ = row.cell(0).removeprefix("\\") or f"R{number}"
            if id_ in rules:
                self._fault(row, 0, _("“{id}” stands there twice: rename one.", id=id_))
            actions = [self._action(row, place, known) for place in self.columns.actions]
            named = tuple(dict.fromkeys(action for each in actions for action in each))
            rules[id_] = Rule(id_, self._when(row, known, places), named, self._note(row))
        if len(rules) > MOST_RULES:
            said = _("{count} rules are too many: keep at most {most}.", count=len(rules), most=MOST_RULES)
            self._fault(head, None, said)
        impossible = [
            Impossible(self._when(row, known, places), self._note(row)) for row in self.rows if row.kind == "impossible"
        ]
        return list(rules.values()), impossible

    def _note(self, row: Row) -> str:
        return "\n".join(text for place in self.columns.notes if (text := row.cell(place)))

    def _action(self, row: Row, place: int, known: Known) -> list[str]:
        found = []
        for asked in entries(row.cell(place)):
            action = known.action(asked)
            if action is None:
                self._fault(row, place, known.no_action(asked))
            else:
                found.append(action.id)
        return found

    def _when(self, row: Row, known: Known, places: dict[int, Condition | None]) -> When:
        found: dict[str, tuple[str, ...]] = {}
        for place, condition in places.items():
            if condition is None or folded(row.cell(place)) in map(folded, ANY[1:]) or row.cell(place) in ANY:
                continue
            values = self._values(row, place, condition, known)
            if condition.id in found:
                values = tuple(value for value in found[condition.id] if value in values)
            found[condition.id] = values
        return known.sorted(found)

    def _values(self, row: Row, place: int, condition: Condition, known: Known) -> tuple[str, ...]:
        cell = row.cell(place)
        if cell == NONE:
            return ()
        but = next((prefix for prefix in EXCEPT if cell.casefold().startswith(prefix)), "")
        whole = known.value(condition, cell)
        if whole is not None:
            return (whole,)
        ids = [self._value(row, place, condition, asked, known) for asked in entries(cell[len(but) :])]
        named = {id_ for each in ids for id_ in each}
        if but:
            named = {value.id for value in condition.values} - named
        return known.in_order(condition, named)

    def _value(self, row: Row, place: int, condition: Condition, asked: str, known: Known) -> list[str]:
        whole = known.value(condition, asked)
        if whole is not None:
            return [whole]
        parts = [known.value(condition, part) for part in _BETWEEN_WORDS.split(asked)]
        if all(part is not None for part in parts):
            return [part for part in parts if part is not None]
        self._fault(row, place, known.no_value(condition, asked))
        return []

    def _hit(self) -> Hit:
        row = next((row for row in self.rows if row.kind == "hit"), None)
        if row is None or row.cell(1) in HITS:
            return cast(Hit, row.cell(1) if row else "unique")
        said = _("“{value}” is not one of: {choices}.", value=row.cell(1), choices=", ".join(HITS))
        self._fault(row, 1, said)
        return "unique"


def _model() -> str:
    return _("A table to copy from: promptlab decisions {case} --to model.xlsx", case=USUAL_CASE)


def column_name(place: int) -> str:
    """The letters of a column, counted from 0."""
    name = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        name = chr(65 + rest) + name
    return name


def _slug(text: str, taken: Iterable[str]) -> str:
    bare = folded(text).replace(" ", "_")[:30].strip("_") or "x"
    name, number, known = bare, 1, set(taken)
    while name in known:
        number += 1
        name = f"{bare}_{number}"
    return name


def _slugs(labels: Iterable[str]) -> list[str]:
    found: list[str] = []
    for label in labels:
        found.append(_slug(label, found))
    return found
