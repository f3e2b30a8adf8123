"""What each kind of correction does to the rows of a table."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from promptlab.messages import _
from promptlab.model.alignment import Correction, CorrectionKind, SavedPhase, StepRef, fingerprint
from promptlab.model.comparison import Column

Rows = tuple[SavedPhase, ...]


class MisfitError(Exception):
    """A correction that does not fit the table; the text says why and what to do."""


@dataclass(frozen=True, slots=True)
class Steps:
    """The steps that there are."""

    columns: tuple[Column, ...]

    def present(self, refs: Sequence[StepRef]) -> tuple[StepRef, ...]:
        """`refs` as they stand in the rows. Raises MisfitError where an answer or a step is not there."""
        steps = {fingerprint(column.answer): column.answer.steps for column in self.columns}
        found = []
        for ref in refs:
            if not 1 <= ref.rank <= len(steps.get(ref.answer, ())):
                raise MisfitError(
                    _(
                        "step {rank} “{title}” is not in these answers any more: the correction is kept but not "
                        "applied. Make it again, or take it out.",
                        rank=ref.rank,
                        title=ref.title,
                    )
                )
            found.append(StepRef(ref.answer, ref.rank, steps[ref.answer][ref.rank - 1].title))
        return tuple(dict.fromkeys(found))


def _merge(there: Steps, rows: Rows, correction: Correction) -> Rows:
    steps = there.present(correction.steps)
    places = list(dict.fromkeys(_place(rows, step) for step in steps))
    first = rows[places[0]]
    together = tuple(step for place in places for step in rows[place].steps)
    merged = _by_hand(correction.label or first.label, together)
    return _kept(merged if at == places[0] else None if at in places else row for at, row in enumerate(rows))


def _split(there: Steps, rows: Rows, correction: Correction) -> Rows:
    steps = there.present(correction.steps)
    place = _shared(rows, steps)
    left = tuple(step for step in rows[place].steps if step not in steps)
    if not left:
        raise MisfitError(_("these steps already are a phase of their own: nothing is left to split."))
    rest = _by_hand(rows[place].label, left)
    return (*rows[:place], rest, _by_hand(correction.label or steps[0].title, steps), *rows[place + 1 :])


def _move(there: Steps, rows: Rows, correction: Correction) -> Rows:
    steps = there.present(correction.steps)
    goal = _shared(rows, there.present(correction.target)) if correction.target else None
    if goal is None:
        new = _by_hand(correction.label or steps[0].title, steps)
        after = _place(rows, steps[0])
        emptied = [_without(row, steps) for row in rows]
        return _kept([*emptied[: after + 1], new, *emptied[after + 1 :]])
    arriving = tuple(step for step in steps if step not in rows[goal].steps)
    joined = _by_hand(rows[goal].label, (*rows[goal].steps, *arriving))
    return _kept(joined if at == goal else _without(row, steps) for at, row in enumerate(rows))


def _rename(there: Steps, rows: Rows, correction: Correction) -> Rows:
    place = _shared(rows, there.present(correction.steps))
    return (*rows[:place], replace(rows[place], label=correction.label), *rows[place + 1 :])


def _reorder(there: Steps, rows: Rows, correction: Correction) -> Rows:
    place = _shared(rows, there.present(correction.steps))
    before = _shared(rows, there.present(correction.target)) if correction.target else -1
    if before == place:
        raise MisfitError(_("these phases are one now: they have no order among them."))
    others = [row for at, row in enumerate(rows) if at != place]
    at = before + 1 - (before > place)
    return (*others[:at], rows[place], *others[at:])


ACTIONS: dict[CorrectionKind, Callable[[Steps, Rows, Correction], Rows]] = {
    "merge": _merge,
    "split": _split,
    "move": _move,
    "rename": _rename,
    "reorder": _reorder,
}


def _by_hand(label: str, steps: tuple[StepRef, ...]) -> SavedPhase:
    return SavedPhase(label, steps, _("Put together by hand."), 1.0)


def _without(row: SavedPhase, steps: Sequence[StepRef]) -> SavedPhase | None:
    left = tuple(step for step in row.steps if step not in steps)
    if left == row.steps:
        return row
    return _by_hand(row.label, left) if left else None


def _kept(rows: Iterable[SavedPhase | None]) -> Rows:
    return tuple(row for row in rows if row is not None)


def _place(rows: Rows, step: StepRef) -> int:
    return next(at for at, row in enumerate(rows) if step in row.steps)


def _shared(rows: Rows, steps: Sequence[StepRef]) -> int:
    """The one row that holds all `steps`. Raises MisfitError where they stand in several."""
    places = {_place(rows, step) for step in steps}
    if len(places) > 1:
        titles = ", ".join(_("“{word}”", word=step.title) for step in steps)
        raise MisfitError(
            _(
                "the steps {titles} no longer share a phase: the correction is kept but not applied. "
                "Make it again, or take it out.",
                titles=titles,
            )
        )
    return places.pop()
