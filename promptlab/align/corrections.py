"""Corrections by hand: made on a table, kept apart from it, and applied again whenever the table is rebuilt."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from promptlab.align.changes import changes_between
from promptlab.align.correction_words import correction_name
from promptlab.align.row_actions import ACTIONS, MisfitError, Steps
from promptlab.errors import BadInput
from promptlab.messages import _
from promptlab.model.alignment import Correction, SavedPhase, StepRef, fingerprint
from promptlab.model.comparison import Comparison, Phase
from promptlab.model.problem import Problem

CORRECTED = "+corrections"


# ---------------------------------------------------------------- corrections as a person asks for them


def merge_phases(comparison: Comparison, *numbers: int) -> Correction:
    """Phases `numbers` (rows from 1) made one, which keeps the name and place of the first given. Raises BadInput."""
    if len(set(numbers)) < 2:
        raise BadInput(_("Give the numbers of at least two phases to merge."))
    return Correction("merge", tuple(ref for number in numbers for ref in phase_refs(comparison, number)))


def split_phase(
    comparison: Comparison, number: int, steps: Iterable[tuple[int, int]], *, label: str = ""
) -> Correction:
    """`steps`, as (column, rank), taken out of phase `number` into one of their own after it. Raises BadInput."""
    here, away = set(phase_refs(comparison, number)), step_refs(comparison, steps)
    strangers = [ref for ref in away if ref not in here]
    if strangers:
        raise BadInput(
            _("“{title}” is not in phase {number}: nothing to take out.", title=strangers[0].title, number=number)
        )
    if here <= set(away):
        raise BadInput(_("These are all the steps of phase {number}: leave at least one in it.", number=number))
    return Correction("split", away, label=label)


def move_steps(comparison: Comparison, steps: Iterable[tuple[int, int]], to: int | None = None) -> Correction:
    """`steps`, as (column, rank), put into phase `to`, or into a new one. Raises BadInput."""
    moved = step_refs(comparison, steps)
    target = phase_refs(comparison, to) if to is not None else ()
    if to is not None and set(moved) < set(target):
        raise BadInput(_("These steps are in phase {number} already: nothing to move.", number=to))
    rest = tuple(ref for ref in target if ref not in moved)
    if to is not None and not rest:
        raise BadInput(_("Phase {number} holds just these steps: they need not move.", number=to))
    return Correction("move", moved, rest)


def rename_phase(comparison: Comparison, number: int, label: str) -> Correction:
    """Phase `number` called `label`. Raises BadInput."""
    if not label.strip():
        raise BadInput(_("A phase needs a name that is not empty."))
    return Correction("rename", phase_refs(comparison, number), label=" ".join(label.split()))


def reorder_phase(comparison: Comparison, number: int, place: int) -> Correction:
    """Phase `number` put at row `place`. Raises BadInput."""
    refs, before = phase_refs(comparison, number), place - 1 + (place > number)
    phase_refs(comparison, place)
    if place == number:
        raise BadInput(_("Phase {number} stands at row {number} already: nothing to reorder.", number=number))
    return Correction("reorder", refs, phase_refs(comparison, before) if before else ())


def phase_refs(comparison: Comparison, number: int) -> tuple[StepRef, ...]:
    """The steps of phase `number` (row from 1). Raises BadInput where there is no such row."""
    if not 1 <= number <= len(comparison.phases):
        raise BadInput(
            _(
                "There is no phase {number}: the table has phases 1 to {last}.",
                number=number,
                last=len(comparison.phases),
            )
        )
    cells = comparison.phases[number - 1].cells
    return step_refs(comparison, ((column, rank) for column, cell in enumerate(cells, 1) for rank in cell))


def step_refs(comparison: Comparison, steps: Iterable[tuple[int, int]]) -> tuple[StepRef, ...]:
    """`steps`, as (column, rank) both from 1, named for good. Raises BadInput where there is no such step."""
    refs = []
    for column, rank in steps:
        if not 1 <= column <= len(comparison.columns):
            raise BadInput(
                _("There is no column {column}: the table has {count}.", column=column, count=len(comparison.columns))
            )
        answer = comparison.columns[column - 1].answer
        if not 1 <= rank <= len(answer.steps):
            raise BadInput(
                _(
                    "Column {column} has no step {rank}: it has {count}.",
                    column=column,
                    rank=rank,
                    count=len(answer.steps),
                )
            )
        refs.append(StepRef(fingerprint(answer), rank, answer.steps[rank - 1].title))
    if not refs:
        raise BadInput(_("Name at least one step, as column:rank, for example 2:5."))
    return tuple(dict.fromkeys(refs))


# ---------------------------------------------------------------- corrections applied


def correct(comparison: Comparison, corrections: Sequence[Correction]) -> Comparison:
    """`comparison` with `corrections` applied in their order, and its changes found anew.

    Where one changes the rows, `by` says so. One that no longer fits is passed over and told as a Problem. Equal
    answers share their phases. Every step stays in exactly one phase.
    """
    tried = _try(comparison, corrections)
    told = tuple(
        Problem(said, _("correction {number} ({kind})", number=number, kind=correction_name(correction.kind)))
        for number, correction in enumerate(corrections, 1)
        if (said := tried.misfits.get(number))
    )
    table = replace(comparison, problems=(*comparison.problems, *told))
    if not tried.changed:
        return table
    by = comparison.by if comparison.by.endswith(CORRECTED) else comparison.by + CORRECTED
    return rebuilt(replace(table, by=by), tried.rows)


def changes_rows(comparison: Comparison, corrections: Sequence[Correction]) -> bool:
    """Whether any of `corrections` fits `comparison` and changes its rows."""
    return _try(comparison, corrections).changed


def misfits(comparison: Comparison, corrections: Sequence[Correction]) -> tuple[Correction, ...]:
    """Those of `corrections`, applied in their order, that do not fit `comparison` any more."""
    return tuple(corrections[number - 1] for number in _try(comparison, corrections).misfits)


def why_not(comparison: Comparison, corrections: Sequence[Correction]) -> tuple[str, ...]:
    """For each of `corrections`, applied in their order, why it does not fit `comparison`; "" where it does."""
    unfit = _try(comparison, corrections).misfits
    return tuple(unfit.get(number, "") for number in range(1, len(corrections) + 1))


def rows_of(comparison: Comparison) -> tuple[SavedPhase, ...]:
    """The phases of `comparison` by reference; of equal answers the first counts."""
    prints = [fingerprint(column.answer) for column in comparison.columns]
    seen: set[tuple[str, int]] = set()
    rows = []
    for phase in comparison.phases:
        steps = []
        for place, cell in enumerate(phase.cells):
            for rank in cell:
                if (prints[place], rank) not in seen:
                    seen.add((prints[place], rank))
                    title = comparison.columns[place].answer.steps[rank - 1].title
                    steps.append(StepRef(prints[place], rank, title))
        if steps:
            rows.append(SavedPhase(phase.label, tuple(steps), phase.why, phase.confidence))
    return tuple(rows)


def rebuilt(comparison: Comparison, rows: Sequence[SavedPhase]) -> Comparison:
    """`comparison` with the phases `rows`; those that hold no step of its columns are left out."""
    prints = [fingerprint(column.answer) for column in comparison.columns]
    phases = []
    for row in rows:
        cells = tuple(tuple(sorted({step.rank for step in row.steps if step.answer == name})) for name in prints)
        if any(cells):
            phases.append(Phase(row.label, cells, row.why, row.confidence))
    found = tuple(phases)
    return replace(comparison, phases=found, changes=changes_between(comparison.columns, found))


@dataclass(frozen=True, slots=True)
class _Tried:
    """What corrections make of a table: its rows, whether they differ, and why each that does not fit does not."""

    rows: tuple[SavedPhase, ...]
    changed: bool
    misfits: dict[int, str]  # by the number of the correction, from 1


def _try(comparison: Comparison, corrections: Sequence[Correction]) -> _Tried:
    there, rows = Steps(comparison.columns), rows_of(comparison)
    changed, unfit = False, dict[int, str]()
    for number, correction in enumerate(corrections, 1):
        try:
            after = ACTIONS[correction.kind](there, rows, correction)
        except MisfitError as misfit:
            unfit[number] = str(misfit)
        else:
            changed, rows = changed or after != rows, after
    return _Tried(rows, changed, unfit)
