"""The comparison as rows of lines: what every writer without nested lists lays out."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from promptlab.align.lines import Line, cell_lines, ended, group_lines, section_lines, shown, stray_groups, text_of
from promptlab.align.wording import SIGNS, change_name, heads, origin, row_label
from promptlab.files.cells import legal
from promptlab.messages import _
from promptlab.model.comparison import Change, Column, Comparison, Phase
from promptlab.model.parsed import ParsedAnswer

RowKind = Literal["intro", "phase", "key_points", "remarks", "discussion", "thinking"]


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the table: its label, the lines of each cell, and the phase that it is (None for the other rows)."""

    kind: RowKind
    label: str
    cells: tuple[tuple[Line, ...], ...]
    phase: Phase | None = None
    number: int = 0


def rows(comparison: Comparison) -> Iterator[Row]:
    """All rows of the table, in order; those for pupils to write in have empty cells."""
    answers = tuple(column.answer for column in comparison.columns)
    nothing: tuple[tuple[Line, ...], ...] = tuple(() for _answer in answers)
    yield from _unless_empty("intro", _("Introduction"), tuple(_intro(answer) for answer in answers))
    for number, phase in enumerate(comparison.phases, 1):
        cells = tuple(cell_lines(comparison, phase, place) for place in range(len(answers)))
        yield Row("phase", row_label(phase, number), cells, phase, number)
    yield Row("key_points", _("Key points"), tuple(_after(answer) for answer in answers))
    yield Row("remarks", _("Remarks on the results and on the differences"), nothing)
    yield Row("discussion", _("Exchange on the highlighted items"), nothing)
    thinking = tuple(_text(answer.thinking) for answer in answers)
    yield from _unless_empty("thinking", _("Reasoning shown by the model"), thinking)


def _unless_empty(kind: RowKind, label: str, cells: tuple[tuple[Line, ...], ...]) -> Iterator[Row]:
    if any(cells):
        yield Row(kind, label, cells)


def _text(text: str) -> tuple[Line, ...]:
    return (Line("item", text=shown(text)),) if text else ()


def _end(text: str) -> tuple[Line, ...]:
    return (Line("item", lead=ended(_("Conclusion")), text=shown(text)),) if text else ()


def _intro(answer: ParsedAnswer) -> tuple[Line, ...]:
    return (*_text(answer.intro), *(line for group in stray_groups(answer) for line in group_lines(group)))


def _after(answer: ParsedAnswer) -> tuple[Line, ...]:
    return (*(line for section in answer.sections for line in section_lines(section)), *_end(answer.conclusion))


def title_of(comparison: Comparison, case_title: str = "") -> str:
    """What the table is called."""
    return comparison.title or case_title or _("Comparison table of the answers")


def same_why(comparison: Comparison) -> str:
    """The reason of all rows where they all have the same one, else ""."""
    reasons = {phase.why for phase in comparison.phases}
    return reasons.pop() if len(reasons) == 1 else ""


def certainty(comparison: Comparison, phase: Phase) -> str:
    """How sure a row is, in words; "" where rows are made by rank, which says nothing of their meaning."""
    return "" if comparison.by == "rank" else _("certainty {percent} %", percent=round(phase.confidence * 100))


def changes_at(comparison: Comparison, number: int, column: int | None = None) -> tuple[Change, ...]:
    """The changes of phase `number`, into `columns[column]` where one is given."""
    return tuple(
        change
        for change in comparison.changes
        if change.phase == number and (column is None or change.target == column + 1)
    )


def change_text(comparison: Comparison, change: Change) -> str:
    """A change in one line: from which answer to which, what, which steps, why."""
    names = heads(comparison)
    way = f"{_head(names, change.source)} → {_head(names, change.target)}"
    what = f"{SIGNS[change.kind]} {change_name(change.kind)}"
    return " · ".join(part for part in (way, what, change_steps(change), change.why) if part)


def _head(names: tuple[str, ...], place: int) -> str:
    return names[place - 1] if 0 < place <= len(names) else str(place)


def change_steps(change: Change) -> str:
    """The ranks of the steps before and after: "4 → 3, 5"; "–" where there is none."""
    before, after = (", ".join(str(rank) for rank in ranks) or "–" for ranks in change.steps)
    return _("steps {before} → {after}", before=before, after=after) if any(change.steps) else ""


def reason_text(comparison: Comparison, row: Row) -> str:
    """Why a row is one row, how sure that is, and what changes in it, as lines."""
    if row.phase is None:
        return ""
    changes = (change_text(comparison, change) for change in changes_at(comparison, row.number))
    return "\n".join(part for part in (row.phase.why, certainty(comparison, row.phase), *changes) if part)


def cell_text(lines: tuple[Line, ...]) -> str:
    """The text of a cell, without what a file cannot hold."""
    return legal(text_of(lines))


def origins(comparison: Comparison) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Where the answers come from: (name of the fact, one text for each column); facts that nobody states left out."""
    facts = [origin(column) for column in comparison.columns]
    if not facts:
        return ()
    turned = [(name, tuple(legal(column[rank][1]) for column in facts)) for rank, (name, _fact) in enumerate(facts[0])]
    return tuple((name, values) for name, values in turned if any(values))


def problems_of(column: Column) -> tuple[str, ...]:
    """What was not understood in an answer, in words with its place."""
    return tuple(legal(str(problem)) for problem in column.answer.problems)


def all_problems(comparison: Comparison) -> tuple[str, ...]:
    """What a person must look at: the table's own problems, then those of each answer with its column."""
    told = [legal(str(problem)) for problem in comparison.problems]
    for name, column in zip(heads(comparison), comparison.columns, strict=True):
        told += [f"{name}, {problem}" for problem in problems_of(column)]
    return tuple(told)
