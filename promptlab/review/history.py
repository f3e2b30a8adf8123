"""Changes of a copie that can be taken back and made again, area by area."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from promptlab.model.copie import (
    ANSWERS,
    CORRECTIONS,
    DISCUSSION,
    REMARKS,
    TAGS,
    TASKS,
    WORKS,
    Copie,
    Edit,
    Tagging,
    Work,
)

MOST_EDITS = 200
MOST_LETTERS = 400_000  # of all that the edits keep: the copie is written whole after every change
FIELDS = (REMARKS, DISCUSSION, TASKS, CORRECTIONS, ANSWERS)


def with_tags(copie: Copie, what: str, taggings: Iterable[Tagging]) -> Copie:
    """`copie` with just these taggings; the action `what` can be taken back. The same copie where nothing changes."""
    now, before = frozenset(taggings), frozenset(copie.taggings)
    if now == before:
        return copie
    edit = Edit(TAGS, what, added=_sorted(now - before), removed=_sorted(before - now))
    return _noted(replace(copie, taggings=_sorted(now)), edit)


def with_field(copie: Copie, area: str, what: str, value: Any) -> Copie:
    """`copie` with `value` in `area`: one of FIELDS, or `works/<name>` for a Work. It can be taken back.

    The same copie where nothing changes.
    """
    before = _get(copie, area)
    if value == before:
        return copie
    return _noted(_put(copie, area, value), Edit(area, what, before=before))


def undo(copie: Copie, *within: str) -> Copie:
    """`copie` without its last change, or without the last in the areas `within`; the same where there is none."""
    edit = last_edit(copie.past, within)
    if edit is None:
        return copie
    state, reverse = _reverted(copie, edit)
    return replace(state, past=_without(copie.past, edit), undone=(*copie.undone, reverse))


def redo(copie: Copie, *within: str) -> Copie:
    """`copie` with the change made again that was taken back last; the same where there is none."""
    edit = last_edit(copie.undone, within)
    if edit is None:
        return copie
    state, reverse = _reverted(copie, edit)
    return replace(state, past=bounded((*copie.past, reverse)), undone=_without(copie.undone, edit))


def last_edit(edits: tuple[Edit, ...], within: Iterable[str] = ()) -> Edit | None:
    """The edit that `undo` (of `copie.past`) or `redo` (of `copie.undone`) would take; None where there is none."""
    areas = tuple(within)
    return next((edit for edit in reversed(edits) if not areas or _inside(edit.area, areas)), None)


def bounded(edits: tuple[Edit, ...]) -> tuple[Edit, ...]:
    """The newest of `edits`, at most MOST_EDITS and MOST_LETTERS of them; the last one always stays."""
    kept, letters = 0, 0
    for edit in reversed(edits[-MOST_EDITS:]):
        letters += _letters(edit)
        if letters > MOST_LETTERS and kept:
            break
        kept += 1
    return edits[len(edits) - kept :]


def _noted(copie: Copie, edit: Edit) -> Copie:
    """Areas touch nothing of one another, so what was taken back elsewhere can still be made again."""
    undone = tuple(other for other in copie.undone if other.area != edit.area)
    return replace(copie, past=bounded((*copie.past, edit)), undone=undone)


def _reverted(copie: Copie, edit: Edit) -> tuple[Copie, Edit]:
    if edit.area == TAGS:
        taggings = (set(copie.taggings) - set(edit.added)) | set(edit.removed)
        return replace(copie, taggings=_sorted(taggings)), replace(edit, added=edit.removed, removed=edit.added)
    return _put(copie, edit.area, edit.before), replace(edit, before=_get(copie, edit.area))


def _get(copie: Copie, area: str) -> Any:
    return copie.work(area.removeprefix(WORKS)) if area.startswith(WORKS) else getattr(copie, area)


def _put(copie: Copie, area: str, value: Any) -> Copie:
    if not area.startswith(WORKS):
        return replace(copie, **{area: value})
    others = [work for work in copie.works if work.name != area.removeprefix(WORKS)]
    works: list[Work] = sorted([*others, *([value] if value else [])], key=lambda work: work.name)
    return replace(copie, works=tuple(works))


def _inside(area: str, areas: tuple[str, ...]) -> bool:
    return area in areas or (WORKS in areas and area.startswith(WORKS))


def _without(edits: tuple[Edit, ...], edit: Edit) -> tuple[Edit, ...]:
    at = next(place for place in reversed(range(len(edits))) if edits[place] is edit)
    return (*edits[:at], *edits[at + 1 :])


def _sorted(taggings: Iterable[Tagging]) -> tuple[Tagging, ...]:
    return tuple(sorted(taggings, key=lambda tagging: tagging.key))


def _letters(edit: Edit) -> int:
    tags = sum(len(tagging.text) + len(tagging.rationale) + 80 for tagging in (*edit.added, *edit.removed))
    return tags + (len(repr(edit.before)) if edit.before is not None else 0)
