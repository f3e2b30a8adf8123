"""The texts of a document as it was handed out: what is looked for in the one that comes back."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from promptlab.files.cells import legal
from promptlab.model.comparison import Phase
from promptlab.review.exercise import Exercise, Passage
from promptlab.word.comparison import comparison_docx
from promptlab.word.contract import Anchor, anchor
from promptlab.word.markup import shown
from promptlab.word.reading.archive import Archive
from promptlab.word.reading.flow import read_flow
from promptlab.word.reading.nouns import Line
from promptlab.word.reading.spans import squeezed, words_of


class Key(NamedTuple):
    """What a line of the handed-out document is known by: column, id, row of a table item or 0."""

    column: int
    id: str
    row: int = 0


def key_of(place: Anchor) -> Key:
    """The key of what an anchor names."""
    return Key(place.column, place.id, place.row or 0)


@dataclass(frozen=True, slots=True)
class Original:
    """One line as it was handed out.

    `own` is what belongs to the answer in it (label, text), `added` what the view puts before. The text of the
    `passage` begins in `own` at `start`, and its letter k is letter `places[k]` of the passage; no `places`: the same.
    """

    key: Key
    own: str
    added: str
    passage: Passage
    start: int
    places: tuple[int, ...] = ()
    squeezed: str = ""
    visible: str = ""
    words: frozenset[str] = frozenset()

    @property
    def forms(self) -> tuple[str, ...]:
        """What a person may have kept of the line: all but the reference, the answer's own, the bare text."""
        return tuple(filter(None, dict.fromkeys((self.visible, self.squeezed, squeezed(self.text)))))

    @property
    def text(self) -> str:
        """The passage's own text as it is shown."""
        return self.own[self.start :]

    @property
    def letters(self) -> bool:
        """Whether the letters of the passage can be told one by one: a table is one whole."""
        return self.passage.divisible and not self.key.row

    def part(self, first: int, last: int) -> tuple[int, int]:
        """The letters (start, end) of the passage among those of `own` from `first` to `last`; (0, 0) for none."""
        length = len(self.places) or len(self.passage.text)
        start, end = max(0, first - self.start), min(length, last - self.start)
        if not self.letters or end <= start:
            return 0, 0
        if not self.places:
            return start, end
        return self.places[start], self.places[end] if end < length else len(self.passage.text)

    def place(self, at: int) -> int | None:
        """Which letter of the passage letter `at` of `own` is; None for one of the label or of table cells."""
        inside = at - self.start
        if inside < 0 or not self.letters:
            return None
        if self.places:
            return self.places[inside] if inside < len(self.places) else None
        return inside if inside < len(self.passage.text) else None


@dataclass(frozen=True, slots=True)
class Originals:
    """All lines of a handed-out document, by key and by text."""

    lines: Mapping[Key, Original]
    by_text: Mapping[tuple[int, str], tuple[Key, ...]]

    @classmethod
    def of(cls, lines: Iterable[Original]) -> "Originals":
        """The lines with their index."""
        kept = {line.key: line for line in lines}
        texts: dict[tuple[int, str], tuple[Key, ...]] = {}
        for key, line in kept.items():
            for text in line.forms:
                texts[key.column, text] = (*texts.get((key.column, text), ()), key)
        return cls(kept, texts)


def originals(on: Exercise) -> Originals:
    """The lines of the document that `comparison_docx` makes of the table of `on`, whatever its rows."""
    most = max((len(column.answer.steps) for column in on.comparison.columns), default=0)
    rows = tuple(
        Phase("", tuple((rank,) if rank <= len(column.answer.steps) else () for column in on.comparison.columns))
        for rank in range(1, most + 1)
    )
    content = comparison_docx(replace(on.comparison, phases=rows), case=on.case)
    found = []
    for line in read_flow(Archive("", content)).lines:
        for _at, name in line.bookmarks:
            place = anchor(name)
            passage = on.passages.get((place.column, place.id)) if place else None
            if place and passage:
                found.append(_original(key_of(place), line, passage))
    return Originals.of(found)


def _original(key: Key, line: Line, passage: Passage) -> Original:
    own = "".join(piece.text for piece in line.pieces if not piece.role)
    added = "".join(piece.text for piece in line.pieces if piece.role == "added")
    visible = "".join(piece.text for piece in line.pieces if piece.role in ("", "added"))
    if key.row or not passage.divisible:
        return replace(original(key, own, passage, added=added), visible=squeezed(visible))
    text = shown(legal(passage.text))
    start = len(own) - len(text) if own.endswith(text) else max(0, own.find(text))
    made = original(key, own, passage, added=added, start=start, places=_places(passage.text, text))
    return replace(made, visible=squeezed(visible))


def original(
    key: Key, own: str, passage: Passage, *, added: str = "", start: int = 0, places: tuple[int, ...] = ()
) -> Original:
    """An Original with what is worked out of its text."""
    return Original(key, own, added, passage, start, places, squeezed(own), words=words_of(own))


def _places(text: str, visible: str) -> tuple[int, ...]:
    """Which letter of `text` each letter of `visible` is; nothing where they are the same."""
    if len(text) == len(visible):
        return ()
    found, at = [], 0
    for letter in visible:
        sizes = (2, 1) if text.startswith("\r\n", at) else (1, 4, 5, 6)
        piece = next((size for size in sizes if shown(text[at : at + size]) == letter), 1)
        found.append(at)
        at += piece
    return tuple(found)
