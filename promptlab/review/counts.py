"""Counting and filtering the tags of a copie."""

from collections.abc import Collection
from dataclasses import dataclass

from promptlab.model.copie import Copie, Tagging
from promptlab.review.exercise import Exercise

UNSUITABLE = ("inappropriate", "non_compliant")


@dataclass(frozen=True, slots=True)
class ColumnCount:
    """The tags of one column (from 1).

    `by_tag` counts taggings for every tag of the case, in its order. Of the `items` that the answer has, `unsuitable`
    have an unsuitable tag, on the whole or on a part; `share` is their part of all, 0 to 1.
    """

    column: int
    prompt: int
    by_tag: tuple[tuple[str, int], ...]
    items: int
    unsuitable: int

    @property
    def share(self) -> float:
        """The share of unsuitable items; 0 where the answer has no items."""
        return self.unsuitable / self.items if self.items else 0.0


def counts(copie: Copie, exercise: Exercise, *, unsuitable: Collection[str] = UNSUITABLE) -> tuple[ColumnCount, ...]:
    """The counts of every column. Taggings whose item is not in the table any more are not counted."""
    found = []
    placed = [tagging for tagging in copie.taggings if fits(tagging, exercise)]
    for column, answer in enumerate(exercise.comparison.columns, 1):
        here = [tagging for tagging in placed if tagging.column == column]
        statements = {item for at, item in exercise.passages if at == column and exercise.passages[at, item].statement}
        bad = {tagging.item for tagging in here if tagging.tag in unsuitable} & statements
        by_tag = tuple((tag, sum(tagging.tag == tag for tagging in here)) for tag in exercise.tags)
        found.append(ColumnCount(column, answer.prompt, by_tag, len(statements), len(bad)))
    return tuple(found)


def tagged(
    copie: Copie,
    *,
    column: int | None = None,
    tags: Collection[str] = (),
    reasons: Collection[str] = (),
    unexplained: bool = False,
) -> tuple[Tagging, ...]:
    """The taggings, in the order of the table, that pass every filter given ("my tags").

    `unexplained`: only those with neither a reason nor a rationale.
    """
    return tuple(
        tagging
        for tagging in copie.taggings
        if (column is None or tagging.column == column)
        and (not tags or tagging.tag in tags)
        and (not reasons or tagging.reason in reasons)
        and not (unexplained and (tagging.reason or tagging.rationale))
    )


def tagged_phases(copie: Copie, exercise: Exercise, *, tags: Collection[str] = ()) -> tuple[int, ...]:
    """The rows of the table (from 1) that hold a tagged item or title, for a table that shows only those."""
    steps = {
        (tagging.column, int(tagging.item.split(".")[0]))
        for tagging in tagged(copie, tags=tags)
        if fits(tagging, exercise) and tagging.item.split(".")[0].isdecimal()
    }
    return tuple(
        number
        for number, phase in enumerate(exercise.comparison.phases, 1)
        if any((column, rank) in steps for column, cell in enumerate(phase.cells, 1) for rank in cell)
    )


def fits(tagging: Tagging, exercise: Exercise) -> bool:
    """Whether the table holds the text of `tagging` at its place, to the letter."""
    passage = exercise.passages.get((tagging.column, tagging.item))
    if passage is None or passage.text != tagging.text:
        return False
    if tagging.span is None:
        return True
    return passage.divisible and 0 <= tagging.span[0] < tagging.span[1] <= len(passage.text)
