"""Counting the tags of a copie."""

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


def fits(tagging: Tagging, exercise: Exercise) -> bool:
    """Whether the table holds the text of `tagging` at its place, to the letter."""
    passage = exercise.passages.get((tagging.column, tagging.item))
    if passage is None or passage.text != tagging.text:
        return False
    if tagging.span is None:
        return True
    return passage.divisible and 0 <= tagging.span[0] < tagging.span[1] <= len(passage.text)
