"""The steps of all columns as bags of stems, in an order that does not depend on the order of the columns."""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from promptlab.align.words import language_of, stems
from promptlab.model.comparison import Column
from promptlab.model.parsed import ParsedAnswer, Step, all_items

Texts = tuple[tuple[str, tuple[str, ...]], ...]  # of one answer: the title and the items of each step


@dataclass(frozen=True, slots=True)
class Bag:
    """One step: its column and rank (both from 0), its language, the stems of its title and of each of its items."""

    column: int
    rank: int
    language: str
    title: tuple[str, ...]
    items: tuple[tuple[str, ...], ...]

    @property
    def body(self) -> tuple[str, ...]:
        """The stems of all items, in order."""
        return tuple(stem for item in self.items for stem in item)


@dataclass(frozen=True, slots=True)
class Bags:
    """Every different answer once, in canonical order.

    `answers[k]` are the places, in the table, of the columns that have the k-th answer: equal answers share one.
    """

    steps: tuple[Bag, ...]
    answers: tuple[tuple[int, ...], ...]


def bags_of(columns: Sequence[Column]) -> Bags:
    """The steps of `columns`. The same answers give the same steps in every order."""
    places: dict[Texts, list[int]] = {}
    for place, column in enumerate(columns):
        places.setdefault(_texts(column.answer), []).append(place)
    ordered = sorted(places)
    usual = language_of(" ".join(map(_said, ordered)))  # of the table, for an answer too short to tell
    steps = [
        bag for number, texts in enumerate(ordered) for bag in _bags(number, texts, language_of(_said(texts), usual))
    ]
    return Bags(tuple(steps), tuple(tuple(places[texts]) for texts in ordered))


def _texts(answer: ParsedAnswer) -> Texts:
    """Titles and items, letters with their accents in one piece, however they were typed."""
    return tuple((_one_piece(step.title), tuple(map(_one_piece, item_texts(step)))) for step in answer.steps)


def _one_piece(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def _said(texts: Texts) -> str:
    return " ".join(text for title, items in texts for text in (title, *items))


def _bags(number: int, texts: Texts, language: str) -> Iterator[Bag]:
    for rank, (title, items) in enumerate(texts):
        bodies = tuple(bag for item in items if (bag := tuple(stems(item, language))))
        yield Bag(number, rank, language, tuple(stems(title, language)), bodies)


def item_texts(step: Step) -> Iterator[str]:
    """The text of each item of `step`, those below others too."""
    for item in all_items(step.items):
        cells = (cell for row in item.rows for cell in row)
        yield " ".join(part for part in (item.label or "", item.text, *cells) if part)
