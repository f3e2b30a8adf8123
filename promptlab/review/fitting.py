"""A copie put onto a table: what moved is found again, and what fits nowhere is kept and told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from promptlab.messages import _
from promptlab.model.alignment import SavedAnswer
from promptlab.model.copie import DISCUSSION, REMARKS, TAGS, Copie, Edit, Tagging
from promptlab.model.problem import Problem
from promptlab.review.counts import fits
from promptlab.review.exercise import Exercise, Passage
from promptlab.review.tagging import overlap
from promptlab.review.writing import trimmed


@dataclass(frozen=True, slots=True)
class Fitted:
    """A copie as it stands on a table, and what a person must look at. Nothing of the copie is missing."""

    copie: Copie
    problems: tuple[Problem, ...] = ()


def fit(copie: Copie, exercise: Exercise) -> Fitted:
    """`copie` with its tags on the texts of this table.

    Columns are found by their answers, whatever their order; an item by its id, else by its text in its column; a part
    by its words. What was moved and what fits nowhere becomes a Problem with its text; the latter keeps its old place
    in the copie. A tag, a reason or an evidence that the case does not have becomes a Problem too. A copie of answers
    none of which is here stays as it is and is told tag by tag; so is one of another case, unless all its answers are
    here: then it is the same case in a folder of another name.
    """
    if _elsewhere(copie, exercise):
        return Fitted(copie, _stranger(copie, exercise))
    columns = column_map(copie.about.answers, exercise.answers)
    finder = _Finder(exercise, columns, copie.taggings)
    problems: list[Problem] = []
    for tagging in copie.taggings:
        problems += finder.told(tagging)
        problems += _unknown(tagging, exercise)
    moved = replace(
        copie,
        about=replace(copie.about, answers=exercise.answers),
        taggings=tuple(sorted({finder.place(each) for each in copie.taggings}, key=lambda each: each.key)),
        remarks=_permuted(copie.remarks, columns),
        discussion=_permuted(copie.discussion, columns),
        past=tuple(finder.edit(edit) for edit in copie.past),
        undone=tuple(finder.edit(edit) for edit in copie.undone),
    )
    problems += _lost_texts(moved, exercise)
    return Fitted(moved, tuple(problems))


def column_map(before: Sequence[SavedAnswer], now: Sequence[SavedAnswer]) -> dict[int, int]:
    """Where each column of `before` stands among `now`, both from 1; a column whose answer is gone keeps its place
    unless another took it, and then stands behind all.
    """
    prints = [answer.answer for answer in now]
    free = set(range(1, len(prints) + 1))
    found: dict[int, int] = {}
    for same_place in (True, False):
        for column, answer in enumerate(before, 1):
            places = [place for place in sorted(free) if prints[place - 1] == answer.answer]
            if column not in found and places and (not same_place or column in places):
                found[column] = column if same_place else places[0]
                free.discard(found[column])
    beyond = max(len(before), len(now))
    for column in range(1, len(before) + 1):
        if column not in found:
            taken = set(found.values())
            beyond += column in taken
            found[column] = beyond if column in taken else column
    return found


class _Finder:
    """Finds the texts of taggings in the table; two never come to stand on the same words."""

    def __init__(self, exercise: Exercise, columns: Mapping[int, int], taggings: Sequence[Tagging]) -> None:
        self.exercise, self.columns = exercise, columns
        self._by_text: dict[tuple[int, str], list[Passage]] = {}
        for passage in exercise.passages.values():
            self._by_text.setdefault((passage.column, passage.text), []).append(passage)
        self._places = {tagging: moved for tagging in taggings if fits(moved := self._moved(tagging), exercise)}
        for tagging in taggings:
            if tagging not in self._places:
                found = self._found(self._moved(tagging))
                free = not any(overlap(found, other) for other in self._places.values())
                self._places[tagging] = found if free else self._moved(tagging)

    def place(self, tagging: Tagging) -> Tagging:
        """`tagging` where its text stands now; in its column, with its old id, where it stands nowhere."""
        if tagging not in self._places:
            moved = self._moved(tagging)
            self._places[tagging] = moved if fits(moved, self.exercise) else self._found(moved)
        return self._places[tagging]

    def _moved(self, tagging: Tagging) -> Tagging:
        return replace(tagging, column=self.columns.get(tagging.column, tagging.column))

    def _found(self, moved: Tagging) -> Tagging:
        """`moved` on the item that has its text, else on its words in the item that has its id, else as it is."""
        same = self._by_text.get((moved.column, moved.text), [])
        if len(same) == 1 and (moved.span is None or same[0].divisible):
            return replace(moved, item=same[0].id)
        passage = self.exercise.passages.get((moved.column, moved.item))
        words = moved.words.strip()
        if passage and passage.divisible and moved.span and len(words) > 2 and passage.text.count(words) == 1:
            start = passage.text.index(words)
            whole = words == passage.text.strip()
            return replace(moved, text=passage.text, span=None if whole else (start, start + len(words)))
        return moved

    def told(self, tagging: Tagging) -> list[Problem]:
        found = self.place(tagging)
        where = _("PROMPT {column}, {item}", column=tagging.column, item=tagging.item)
        if not fits(found, self.exercise):
            return [_gone(tagging, self.exercise)]
        if (found.item, found.text) != (tagging.item, tagging.text):
            said = _("“{text}” was found again at {item}: check its tag.", text=_short(tagging), item=found.item)
            return [Problem(said, where)]
        return []

    def edit(self, edit: Edit) -> Edit:
        """A change of the past, spoken of in the places of this table, so that it can still be taken back."""
        if edit.area in (REMARKS, DISCUSSION):
            return replace(edit, before=_permuted(edit.before or (), self.columns))
        if edit.area != TAGS:
            return edit
        added, removed = (tuple(self.place(tagging) for tagging in part) for part in (edit.added, edit.removed))
        return replace(edit, added=added, removed=removed)


def _permuted(texts: Sequence[str], columns: Mapping[int, int]) -> tuple[str, ...]:
    placed = {columns.get(column, column): text for column, text in enumerate(texts, 1)}
    return trimmed([placed.get(column, "") for column in range(1, max(placed, default=0) + 1)])


def _stranger(copie: Copie, exercise: Exercise) -> tuple[Problem, ...]:
    """What to say of a copie about another table: which it is, and each of its tags."""
    said = _("this copie is about other answers (run {run}): open it with its own.", run=copie.about.run or "–")
    if copie.case != exercise.case.name:
        said = _(
            "this copie is about the case “{other}”, not “{case}”: open it with its own case.",
            other=copie.case,
            case=exercise.case.name,
        )
    gone = (_gone(tagging, exercise) for tagging in copie.taggings)
    return (Problem(said, _("copie {id}", id=copie.id)), *gone, *_lost_texts(copie, exercise))


def _gone(tagging: Tagging, exercise: Exercise) -> Problem:
    said = _(
        "“{text}”, tagged {tag}, is not in this table any more. The tag is kept: set it again on the right item, "
        "or take it out.",
        text=_short(tagging),
        tag=exercise.label(tagging.tag),
    )
    return Problem(said, _("PROMPT {column}, {item}", column=tagging.column, item=tagging.item))


def _elsewhere(copie: Copie, exercise: Exercise) -> bool:
    """Whether the copie is about another table: put onto this one, it could not be found again on its own."""
    before = {answer.answer for answer in copie.about.answers}
    now = {answer.answer for answer in exercise.answers}
    if copie.case != exercise.case.name:
        # A case is called as its folder, which can be copied or renamed. All answers without steps have one print.
        telling = any(answer.steps for answer in copie.about.answers)
        return not (telling and before <= now)
    # Where the answers are merely parsed otherwise, most texts stay; some titles are the same in any two answers.
    here = sum(fits(tagging, exercise) for tagging in copie.taggings)
    strange = bool(before) and before.isdisjoint(now)
    return strange and 2 * here <= len(copie.taggings)


def _unknown(tagging: Tagging, exercise: Exercise) -> list[Problem]:
    where = _("PROMPT {column}, {item}", column=tagging.column, item=tagging.item)
    pairs = (
        (tagging.tag, exercise.tags),
        (tagging.reason, exercise.reasons),
        (tagging.evidence, tuple(exercise.evidences)),
    )
    return [
        Problem(_("“{value}” is not one of: {choices}.", value=value, choices=", ".join(allowed) or "–"), where)
        for value, allowed in pairs
        if value and value not in allowed
    ]


def _lost_texts(copie: Copie, exercise: Exercise) -> list[Problem]:
    """Remarks on columns that the table does not have."""
    count = len(exercise.comparison.columns)
    return [
        Problem(_("“{text}” is about an answer that is not in this table: it is kept.", text=text), f"PROMPT {column}")
        for texts in (copie.remarks, copie.discussion)
        for column, text in enumerate(texts, 1)
        if text and column > count
    ]


def _short(tagging: Tagging) -> str:
    words = " ".join(tagging.words.split())
    return words if len(words) <= 200 else words[:199] + "…"
