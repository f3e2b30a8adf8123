"""The decision scheme of billing errors: a rule for each case, checked for gaps and overlaps as it grows."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from promptlab.decisions import check, from_values, propose, read_decisions, to_values
from promptlab.decisions.words import in_words, labels_of
from promptlab.errors import BadInput
from promptlab.messages import _, ngettext
from promptlab.model.copie import Copie
from promptlab.model.decisions import FORMAT, WORK, Condition, DecisionTable, Rule, When
from promptlab.review.writing import keep_work
from promptlab.table.markup import text as escaped
from promptlab.table.markup import unordered
from promptlab.ui.desk import Desk
from promptlab.ui.session3_chart import free_id
from promptlab.ui.session45_scheme import taken, tree_view, word_file, workbook
from promptlab.ui.view import (
    Node,
    bar,
    button,
    card,
    choice,
    columns,
    details,
    download,
    group,
    items,
    notice,
    text,
    upload,
)
from promptlab.ui.work import WorkPanel

ANY = ""
MOST_ACTIONS = 5
MOST_GAPS = 6  # shown at once: more would hide the next thing to do


def decisions_of(copie: Copie) -> DecisionTable | None:
    """The scheme of the copie, None where none is begun. Raises BadInput that lists its faults."""
    work = copie.work(WORK)
    return from_values(work.content.value, name=_("decision scheme")) if work else None


def keep_decisions(copie: Copie, table: DecisionTable) -> Copie:
    """`copie` with this scheme."""
    return keep_work(copie, WORK, FORMAT, to_values(table))


def add_rule(table: DecisionTable, when: When = ()) -> DecisionTable:
    """`table` with one rule more, for `when`, whose actions are still to be chosen."""
    rule = Rule(free_id("R", (each.id for each in table.rules)), when, ())
    return replace(table, rules=(*table.rules, rule))


def remove_rule(table: DecisionTable, rule: str) -> DecisionTable:
    """`table` without that rule."""
    return replace(table, rules=tuple(each for each in table.rules if each.id != rule))


def set_condition(table: DecisionTable, rule: str, condition: str, value: str) -> DecisionTable:
    """`table` with that rule for `value` of a condition only, for any where it is ""."""

    def changed(each: Rule) -> Rule:
        kept = {name: values for name, values in each.when if name != condition}
        if value != ANY:
            kept[condition] = (value,)
        order = [known.id for known in table.conditions]
        return replace(each, when=tuple(sorted(kept.items(), key=lambda pair: order.index(pair[0]))))

    return _with(table, rule, changed)


def set_action(table: DecisionTable, rule: str, place: int, action: str) -> DecisionTable:
    """`table` with `action` ("" for none) as the action at `place` (from 0) of that rule."""

    def changed(each: Rule) -> Rule:
        actions = [*each.actions[:place], *([action] if action else []), *each.actions[place + 1 :]]
        return replace(each, actions=tuple(dict.fromkeys(actions)))

    return _with(table, rule, changed)


def _with(table: DecisionTable, rule: str, changed: Callable[[Rule], Rule]) -> DecisionTable:
    return replace(table, rules=tuple(changed(each) if each.id == rule else each for each in table.rules))


class DecisionsPanel(WorkPanel):
    """A card for each rule, and what the whole still lacks."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, _("My decision scheme"))
        self.tree_shown = False

    def body(self, copie: Copie) -> Node:
        """Where to begin, or the rules and what was found in them."""
        try:
            table = decisions_of(copie)
        except BadInput as error:
            return notice("error", text(str(error)))
        if table is None:
            return self._beginning()
        rules = [self._rule(table, rule) for rule in table.rules]
        shown = self.tree_shown and bool(table.rules)
        return group(
            [
                self._found(table),
                group(rules, key="rules"),
                bar(
                    [
                        button(_("Add a rule"), "rule-add", self.add, tone="main"),
                        *self.undo_redo(copie, WORK, "rules"),
                        button(_("Show the tree"), "tree-show", self.show_tree, pressed=self.tree_shown),
                    ]
                ),
                tree_view(table) if shown else None,
                self._files(table),
                self._actions(table),
            ]
        )

    def _files(self, table: DecisionTable) -> Node:
        return details(
            _("Work on it in a spreadsheet, keep it for Word"),
            [
                bar(
                    [
                        download(_("Download the workbook (.xlsx)"), "rules-xlsx", lambda: workbook(table, self.copie)),
                        download(_("Download for Word (.docx)"), "rules-docx", lambda: word_file(table, self.copie)),
                    ]
                ),
                self._upload(),
            ],
        )

    def _upload(self) -> Node:
        said = _("Its rules take the place of those above; “Undo” brings them back.")
        label = _("Open a scheme from a file (.xlsx, .csv)")
        return upload(label, "rules-file", self.take, accept=".xlsx,.csv,.toml,.json", help=said)

    def _beginning(self) -> Node:
        if not self._source().is_file():
            said = _("The scheme comes as a file from your teacher: open it here.")
            return group([notice("info", text(said)), self._upload()])
        return group(
            [
                text(_("For each case of billing error, a rule says what is done. All cases must be covered.")),
                button(_("Begin with the conditions and actions of the case"), "rules-begin", self.begin, tone="main"),
                self._upload(),
            ]
        )

    def _rule(self, table: DecisionTable, rule: Rule) -> Node:
        when = dict(rule.when)
        name = _("Rule {name}", name=rule.id)
        fields = [self._condition(rule, condition, when) for condition in table.conditions]
        return card(
            [
                columns(fields),
                group(
                    [
                        self._action(table, name, rule, place)
                        for place in range(min(len(rule.actions) + 1, MOST_ACTIONS))
                    ]
                ),
                button(
                    _("Remove"), f"rule-drop-{rule.id}", self._dropper(rule.id), says=_("{rule}: remove", rule=name)
                ),
            ],
            title=name,
            key=f"rule-{rule.id}",
        )

    def _condition(self, rule: Rule, condition: Condition, when: dict[str, tuple[str, ...]]) -> Node:
        options = [(ANY, _("whatever it is")), *((value.id, value.label) for value in condition.values)]
        chosen = when.get(condition.id, ())
        value = chosen[0] if len(chosen) == 1 else ANY
        if len(chosen) > 1:
            named = ", ".join(value.label for value in condition.values if value.id in chosen)
            options.append((value := "+".join(chosen), named))
        key = f"when-{rule.id}-{condition.id}"

        def choose(picked: str) -> None:
            if "+" not in picked:
                self._change(lambda table: set_condition(table, rule.id, condition.id, picked))

        return choice(condition.question, value, options, key, choose)

    def _action(self, table: DecisionTable, name: str, rule: Rule, place: int) -> Node:
        options = [("", _("(choose)") if not place else _("(nothing else)"))]
        options += [(action.id, action.label) for action in table.actions]
        label = _("{rule}: what is done", rule=name) if not place else _("{rule}: and then", rule=name)
        chosen = rule.actions[place] if place < len(rule.actions) else ""

        def choose(picked: str) -> None:
            self._change(lambda now: set_action(now, rule.id, place, picked))

        return choice(label, chosen, options, f"then-{rule.id}-{place}", choose)

    def _found(self, table: DecisionTable) -> Node:
        found = check(table)
        if not table.rules:
            return notice("info", text(_("There is no rule yet: add the first one.")), key="rules-found")
        if found.is_clean:
            return notice(
                "ok", text(_("Every case has its rule, and no two rules contradict each other.")), key="rules-found"
            )
        parts: list[Node | None] = []
        gaps = [gap for gap in found.gaps if not gap.unfilled]  # the problems name rules without an action
        for place, gap in enumerate(gaps[:MOST_GAPS]):
            said = _("No rule says what is done when: {case}", case=in_words(table, gap.when))
            make = button(_("Add a rule for this case"), f"gap-{place}", self._filler(gap.when))
            parts.append(group([text(said), make]))
        if (hidden := len(gaps) - MOST_GAPS) > 0:
            parts.append(text(ngettext("… and {count} more.", "… and {count} more.", hidden)))
        if len(gaps) > 1:
            parts.append(button(_("Add all the missing rules"), "gaps-all", lambda: self._change(propose)))
        for clash in found.conflicts[:MOST_GAPS]:
            both, case = _(" and ").join(clash.rules), in_words(table, clash.example)
            parts.append(text(_("Rules {both} say different things when: {case}", both=both, case=case)))
        parts += [text(str(problem)) for problem in found.problems]
        return notice("warn", *parts, key="rules-found")

    def _actions(self, table: DecisionTable) -> Node:
        entries = [
            text(": ".join(part for part in (action.label, action.note or action.caution) if part))
            for action in table.actions
        ]
        return details(_("The actions, one by one"), [items(entries)])

    def begin(self) -> None:
        """Take the conditions and actions of the case, without its rules."""
        shipped = read_decisions(self._source())
        self.at.change(lambda copie: keep_decisions(copie, replace(shipped, rules=(), note="", origin="")))

    def add(self) -> None:
        """Add a rule."""
        self._change(add_rule)

    def take(self, name: str, content: bytes) -> None:
        """Go on with the scheme in a file. BadInput that lists its faults."""
        found = taken(name, content)
        self.at.change(lambda copie: keep_decisions(copie, found))
        self.say(_("The scheme of the file is there."))

    def show_tree(self) -> None:
        """Show the tree, or hide it."""
        self.tree_shown = not self.tree_shown

    def _filler(self, when: When) -> Callable[[], None]:
        return lambda: self._change(lambda table: add_rule(table, when))

    def _dropper(self, rule: str) -> Callable[[], None]:
        return lambda: self._change(lambda table: remove_rule(table, rule))

    def _change(self, change: Callable[[DecisionTable], DecisionTable]) -> None:
        def rule(copie: Copie) -> Copie:
            table = decisions_of(copie)
            return keep_decisions(copie, change(table)) if table else copie

        self.at.change(rule)

    def _source(self) -> Path:
        return self.at.case.folder / "decisions.toml"


def decisions_html(desk: Desk) -> str:
    """The rules in words, for a notebook without its kernel."""
    try:
        table = decisions_of(desk.opened())
    except BadInput as error:
        return f"<p>{escaped(str(error))}</p>"
    if table is None or not table.rules:
        nothing = escaped(_("No rule yet."))
        return f"<p>{nothing}</p>"
    lines = []
    for rule in table.rules:
        done = ", ".join(labels_of(table, rule.actions)) or _("no action yet")
        lines.append(escaped(f"{in_words(table, rule.when)} → {done}"))
    return unordered(lines)
