"""Which text of the answers each line is: by its bookmark, else by its reference, else by what it says."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import NamedTuple

from promptlab.model.copie import Tagging
from promptlab.review.exercise import Passage
from promptlab.word import contract
from promptlab.word.contract import REFERENCE_TEXT, anchor, digest
from promptlab.word.grid import nothings
from promptlab.word.reading.layout import HEAD, TO_WRITE, Grid
from promptlab.word.reading.nouns import Flow, Line, Piece
from promptlab.word.reading.originals import Key, Original, Originals, key_of, original
from promptlab.word.reading.spans import alikeness, plain, squeezed, words_of

LEAST_ALIKE = 0.72  # for a line without bookmark and reference
LEAST_AHEAD = 0.1  # how far it must be more like one text than like any other
MOST_GUESSES = 3_000
_LEAD = re.compile(r"(?:étape|step|phase)?\s*\d{1,3}\s*[:.)–-]\s*", re.IGNORECASE)
LONGEST_GUESS = 4_000


class Stretch(NamedTuple):
    """A part of a line, of number `number` in the document, that is a text of an answer or a part of one."""

    number: int
    line: Line
    start: int
    end: int

    @property
    def own(self) -> str:
        """What in it is not added by the view."""
        return "".join(
            piece.text[max(0, self.start - at) : self.end - at] for at, piece in pieces_of(self) if not piece.role
        )


def pieces_of(stretch: Stretch) -> Iterator[tuple[int, Piece]]:
    """The pieces of a stretch with the place of each in its line."""
    at = 0
    for piece in stretch.line.pieces:
        if at < stretch.end and at + len(piece.text) > stretch.start:
            yield at, piece
        at += len(piece.text)


@dataclass(eq=False)
class Placed:
    """The stretches of each text of the answers, and the lines of their cells that are none of them."""

    found: dict[Key, list[Stretch]] = field(default_factory=dict)
    extra: list[tuple[int, Line]] = field(default_factory=list)
    originals: dict[Key, Original] = field(default_factory=dict)

    def put(self, key: Key, stretch: Stretch) -> None:
        """Note that `stretch` is the text `key`, or a part of it."""
        self.found.setdefault(key, []).append(stretch)


class Placer:
    """Finds the place of every line of a document's tables of answers."""

    def __init__(
        self, flow: Flow, grids: dict[int, Grid], originals: Originals | None, outside: frozenset[str] = frozenset()
    ) -> None:
        """Without `originals` the document itself says what its texts are; `outside` are digests of the view's own."""
        self._flow, self._grids, self._originals, self._outside = flow, grids, originals, outside
        self._nothings = nothings()
        self._guesses = 0
        self._texts: dict[tuple[int, str], str] = {}
        self.placed = Placed(originals=dict(originals.lines) if originals else {})

    def know(self, taggings: Iterable[Tagging]) -> None:
        """Take from `taggings` what the texts are that they stand on, where no original says so."""
        self._texts = {(tagging.column, tagging.item): tagging.text for tagging in taggings}

    def place(self) -> Placed:
        """Every line once."""
        loose: list[tuple[int, Line]] = []
        last: dict[int, Key] = {}  # the text before, in the same cell
        for number, line in enumerate(self._flow.lines):
            if not self._of_answers(line):
                continue
            heads = self._heads(line)
            if heads:
                self._cut(number, line, heads)
                last[id(line.cell)] = heads[-1][1]
            elif line.text.strip() and not self._nothing(line):
                before = last.get(id(line.cell))
                if before is not None and self._goes_on(before, line):
                    self.placed.put(before, Stretch(number, line, 0, line.length))
                else:
                    loose.append((number, line))
        for number, line in loose:
            key = self._guess(line)
            if key is None:
                self.placed.extra.append((number, line))
            else:
                self.placed.put(key, Stretch(number, line, 0, line.length))
        return self.placed

    def _of_answers(self, line: Line) -> bool:
        """Whether texts of answers can stand in the line: not in rows to write in, heads, the column of phases."""
        grid = self._grids.get(line.cell.table) if line.cell else None
        if line.cell is None or grid is None:
            return any((place := anchor(name)) and place.id == contract.THINKING for _at, name in line.bookmarks)
        if grid.rows[line.cell.row] in (*TO_WRITE, HEAD):
            return False
        return not grid.heads(line.cell)

    def _nothing(self, line: Line) -> bool:
        """Whether a line is what the view says of an empty cell."""
        text = line.text.strip()
        return text.startswith("—") and (digest(text) in self._outside or text in self._nothings)

    # ------------------------------------------------------------ bookmarks and references

    def _heads(self, line: Line) -> list[tuple[int, Key]]:
        """Where in the line texts begin: (place, key), one for each place."""
        said: dict[int, list[Key]] = {}
        for at, name in line.bookmarks:
            place = anchor(name)
            if place and place.id not in TO_WRITE and self._known(key_of(place), line):
                said.setdefault(at, []).append(key_of(place))
        for at, key in self._references(line):
            near = next((start for start in said if abs(start - at) <= 1), at)
            if key not in said.get(near, []) and self._believed(key, line, at, anchored=bool(said)):
                # What a person reads wins over a bookmark that came to stand there with a deletion.
                said[near] = [key, *said.get(near, [])] if near in said else [key]
        starts = sorted(said)
        ends = [*starts[1:], line.length]
        return [(start, self._chosen(said[start], line, start, end)) for start, end in zip(starts, ends, strict=False)]

    def _known(self, key: Key, line: Line) -> bool:
        if self._originals is not None:
            return key in self._originals.lines
        if key not in self.placed.originals and line.text:
            own = "".join(piece.text for piece in line.pieces if not piece.role)
            added = "".join(piece.text for piece in line.pieces if piece.role == "added") if key.row else key.id
            text = self._texts.get((key.column, key.id), own)
            start = len(own) - len(text) if own.endswith(text) else 0
            passage = Passage(key.column, key.id, own[start:], statement=key.id[0].isdecimal())
            self.placed.originals[key] = original(key, own, passage, added=added, start=start)
        return True

    def _references(self, line: Line) -> Iterator[tuple[int, Key]]:
        """The references that are read in a line: at its start, or where the view put them."""
        text = line.text
        start = len(text) - len(text.lstrip())
        found = REFERENCE_TEXT.match(text, start)
        if found and (key := _key(found[1], found[2])) and self._known(key, line):
            yield start, key
        at = 0
        for piece in line.pieces:
            if piece.role == "reference" and at > start and (found := REFERENCE_TEXT.match(piece.text)):
                key = _key(found[1], found[2])
                if key and self._known(key, line):
                    yield at, key
            at += len(piece.text)

    def _believed(self, key: Key, line: Line, at: int, *, anchored: bool) -> bool:
        """Whether a reference at `at` says which text the line is, rather than quoting one ("2·3.1 is too vague")."""
        if self._originals is None or any(piece.role == "reference" for piece in line.pieces):
            return True
        found = REFERENCE_TEXT.match(line.text, at)
        rest = squeezed(line.text[found.end() :] if found else line.text)
        return not rest or (not anchored and alikeness(rest, self._originals.lines[key].squeezed) >= 0.4)

    def _chosen(self, keys: list[Key], line: Line, start: int, end: int) -> Key:
        """The one of several texts that are said to begin at one place that the line is most like."""
        if len(keys) == 1 or self._originals is None:
            return keys[0]
        found = REFERENCE_TEXT.match(line.text, start)
        if found and (told := _key(found[1], found[2])) in keys:
            return told
        text = squeezed(line.text[start:end])
        return max(dict.fromkeys(keys), key=lambda key: alikeness(text, self.placed.originals[key].squeezed))

    def _cut(self, number: int, line: Line, heads: Sequence[tuple[int, Key]]) -> None:
        """Put each part of a line on its text; what stands before the first belongs to it."""
        starts = [0, *(at for at, _key_ in heads[1:]), line.length]
        for (_at, key), start, end in zip(heads, starts, starts[1:], strict=False):
            self.placed.put(key, Stretch(number, line, start, end))

    # ------------------------------------------------------------ text

    def _goes_on(self, before: Key, line: Line) -> bool:
        """Whether a line is the second half of the text before it, which was split in two."""
        if self._originals is None:
            return False
        whole = self.placed.originals[before].squeezed
        text = squeezed(line.text)
        so_far = squeezed(" ".join(stretch.own for stretch in self.placed.found.get(before, ())))
        if len(text) < 3 or len(so_far) >= len(whole) or text not in whole:
            return len(text) >= 12 and len(so_far) < len(whole) and alikeness(text, whole[len(so_far) :].strip()) >= 0.8
        return whole.rfind(text) >= min(len(so_far), len(whole) - len(text)) - 2

    def _guess(self, line: Line) -> Key | None:
        """The text of the line's column that it is, where that is clear."""
        if self._originals is None or line.cell is None:
            return None
        columns = self._grids[line.cell.table].columns(line.cell)
        forms = forms_of(line.text)
        for column, text in product(columns, forms):
            same = self._originals.by_text.get((column, text), ())
            free = [key for key in same if key not in self.placed.found]
            if len(free) == 1 or (free and len(same) == len(free)):
                return free[0]
        return self._nearest(forms[-1], columns) if len(forms[-1]) <= LONGEST_GUESS else None

    def _nearest(self, text: str, columns: Sequence[int]) -> Key | None:
        words = words_of(text)
        if len(words) < 2 or self._originals is None:
            return None
        rated = []
        for key, one in self._originals.lines.items():
            if key.column not in columns or key in self.placed.found or not one.words:
                continue
            shared = len(words & one.words)
            if 2 * shared < len(words) or 2 * shared < len(one.words):
                continue
            self._guesses += 1
            if self._guesses > MOST_GUESSES:
                return None
            rated.append((max(alikeness(text, form) for form in one.forms), key))
        rated.sort(key=lambda pair: -pair[0])
        if not rated or rated[0][0] < LEAST_ALIKE:
            return None
        return rated[0][1] if len(rated) == 1 or rated[0][0] - rated[1][0] >= LEAST_AHEAD else None


def _key(column: str, identity: str) -> Key | None:
    return Key(int(column), identity) if len(column) <= 6 else None


def forms_of(text: str) -> tuple[str, ...]:
    """What is looked for of a line: without reference and bullet, then without the number that was typed too."""
    start = len(text) - len(text.lstrip())
    quoted = REFERENCE_TEXT.match(text, start)
    bare = plain(text[quoted.end() if quoted else start :]).lstrip(" •-*○▪·☐")
    lead = _LEAD.match(bare)
    return tuple(dict.fromkeys((squeezed(bare), squeezed(bare[lead.end() :] if lead else bare))))
