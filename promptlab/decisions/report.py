"""A decision table as sections of text and tables: what every document of it holds, whatever its format."""

from collections.abc import Iterator
from dataclasses import dataclass

from promptlab.decisions.check import Check
from promptlab.decisions.findings import faults_in_words, hints_in_words, verdict
from promptlab.decisions.words import in_words, labels_of, values_in_words
from promptlab.messages import _
from promptlab.model.decisions import DecisionTable


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of texts; `widths` are parts of the page, `about` says what it is to who cannot see it."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...]
    about: str


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with lines of text, a list, and a table; what is empty is left out."""

    title: str
    lines: tuple[str, ...] = ()
    bullets: tuple[str, ...] = ()
    grid: Grid | None = None


def sections(table: DecisionTable, found: Check) -> tuple[Section, ...]:
    """What is to be read: the verdict and what to mend, rules, impossible combinations, actions with points of law."""
    return tuple(section for section in _sections(table, found) if section.lines or section.bullets or section.grid)


def _sections(table: DecisionTable, found: Check) -> Iterator[Section]:
    yield Section(_("Check of the scheme"), (verdict(found),), tuple(faults_in_words(table, found)))
    yield Section(_("What could be simpler"), bullets=tuple(hints_in_words(table, found)))
    hit = _("The first rule that fits counts.") if table.hit == "first" else _("Only one rule may fit a case.")
    empty = _("An empty cell: the answer does not matter.")
    yield Section(_("Rules"), (f"{hit} {empty}",), grid=_rules(table) if table.rules else None)
    yield Section(_("Impossible combinations"), bullets=tuple(_impossible(table)))
    yield Section(
        _("Actions and points of law"),
        (_("Points of law are to be checked before they are quoted."),),
        grid=_actions(table),
    )


def _rules(table: DecisionTable) -> Grid:
    questions = tuple(condition.question for condition in table.conditions)
    rows = []
    for rule in table.rules:
        named = dict(rule.when)
        cells = (
            values_in_words(condition, named[condition.id]) or "∅" if condition.id in named else ""
            for condition in table.conditions
        )
        labels = labels_of(table, rule.actions)
        done = "\n".join(f"{place}. {label}" for place, label in enumerate(labels, 1)) if len(labels) > 1 else ""
        rows.append((rule.id, *cells, done or "".join(labels) or _("to be filled in"), rule.note))
    return Grid(
        (_("Rule"), *questions, _("What is done"), _("Note")),
        tuple(rows),
        (0.6, *(1.0 for _question in questions), 2.4, 1.6),
        _("One row for each rule: its answers, what is done, a note."),
    )


def _impossible(table: DecisionTable) -> Iterator[str]:
    for each in table.impossible:
        case = in_words(table, each.when)
        yield _("{case}: {why}", case=case, why=each.why) if each.why else case


def _actions(table: DecisionTable) -> Grid:
    rows = tuple(
        (action.label, action.who, action.note, action.caution, "\n".join(action.sources)) for action in table.actions
    )
    return Grid(
        (_("What is done"), _("Who does it"), _("Explanation"), _("Point of law"), _("Sources to check")),
        rows,
        (1.5, 0.8, 2.0, 2.0, 1.4),
        _("One row for each action: who does it, why, the point of law to mind, where to check it."),
    )
