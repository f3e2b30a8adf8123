"""Which words of which text a person highlighted, letter by letter."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from promptlab.word.contract import REFERENCE_TEXT
from promptlab.word.reading.beside import holds, settled
from promptlab.word.reading.nouns import Piece
from promptlab.word.reading.originals import Original
from promptlab.word.reading.palette import Palette
from promptlab.word.reading.placing import Stretch
from promptlab.word.reading.spans import letters_of, plain, squeezed

Pieces = Sequence[tuple[int, Piece]]  # with the place of each in its line


class Letter(NamedTuple):
    """One letter as it came back: its line and its place there, its colour, whether the view added it, other marks."""

    number: int
    at: int
    sign: str
    colour: str
    added: bool
    marked: bool = False


class Match(NamedTuple):
    """Letters of line `number` from `at` on that are letters of the passage from `place` on, `length` of them."""

    number: int
    at: int
    place: int
    length: int


@dataclass(slots=True)
class Seen:
    """One text as it came back, `now`, lined up with its original.

    `tags` says for each letter of the passage which tag it shows, `beside` which tags stand only beside them (on
    the reference, the label, cells of a table). `strange` are words in a colour that no tag has, `typed` highlighted
    words that the answer does not hold, `marked` words that are underlined or coloured themselves. `signs` is what was
    typed beside the reference or at an end of the text, where it holds the sign of a tag. Of a text that has no parts,
    `cells` are the words highlighted, and `bare` says how many letters are not.
    """

    original: Original
    now: str
    tags: list[str | None]
    beside: dict[str, int] = field(default_factory=dict)
    strange: list[str] = field(default_factory=list)
    typed: list[str] = field(default_factory=list)
    matches: list[Match] = field(default_factory=list)
    marked: list[str] = field(default_factory=list)
    signs: list[str] = field(default_factory=list)
    cells: list[str] = field(default_factory=list)
    bare: int = 0

    @property
    def changed(self) -> bool:
        """Whether the text was changed."""
        return self.now != self.original.own and squeezed(self.now) != self.original.squeezed


def seen(original: Original, stretches: Sequence[Stretch], palette: Palette) -> Seen:
    """The text `original` as its stretches show it."""
    parts, signs = [], []
    for stretch in stretches:
        pieces, beside = settled(stretch, original, palette.signs)
        parts.append(pieces)
        signs += [beside] if beside else []
    found = _unchanged(original, stretches[0], parts[0], palette) if len(stretches) == 1 else None
    found = found or _changed(original, stretches, parts, palette)
    found.signs += signs
    if not original.letters:
        _undivided(found, parts, palette)
    return found


def _undivided(found: Seen, parts: Sequence[Pieces], palette: Palette) -> None:
    """Note which words of a text that has no parts are highlighted, and how many letters are not."""
    for pieces in parts:
        for _at, piece in pieces:
            if piece.role or not piece.text.strip():
                continue
            if palette.tag(piece.colour):
                found.cells.append(piece.text.strip())
            else:
                found.bare += sum(map(str.isalnum, piece.text))


def _unchanged(original: Original, stretch: Stretch, pieces: Pieces, palette: Palette) -> Seen | None:
    """The same, piece by piece, for a text that came back to the letter; None for any other."""
    if "".join([piece.text for _at, piece in pieces if not piece.role]) != original.own:
        return None
    if not pieces or pieces[0][0] < stretch.start or stretch.end < stretch.line.length:
        return None
    found = Seen(original, original.own, [None] * len(original.passage.text))
    place = 0
    for at, piece in pieces:
        if not piece.role:
            _stretch(found, Match(stretch.number, at, place, len(piece.text)))
            if piece.marked and not piece.colour and piece.text.strip():
                found.marked.append(piece.text.strip())
        if piece.colour:
            _tag_piece(found, piece, place, palette)
        place += 0 if piece.role else len(piece.text)
    return found


def _stretch(found: Seen, own: Match) -> None:
    """Note which letters of the passage the letters of `own`, counted in the original's own text, are."""
    original = found.original
    if not original.letters:
        return
    if original.places:
        for step in range(own.length):
            place = original.place(own.place + step)
            if place is not None:
                found.matches.append(Match(own.number, own.at + step, place, 1))
        return
    skipped = max(0, original.start - own.place)
    length = min(own.length, original.start + len(original.passage.text) - own.place) - skipped
    if length > 0:
        found.matches.append(Match(own.number, own.at + skipped, own.place + skipped - original.start, length))


def _tag_piece(found: Seen, piece: Piece, place: int, palette: Palette) -> None:
    """Give the letters of the passage that `piece` holds its tag; `place` counts in the original's own text."""
    tag = palette.tag(piece.colour)
    if tag is None:
        if palette.strange(piece.colour) and piece.text.strip():
            found.strange.append(piece.text.strip())
        return
    first, last = found.original.part(place, place + len(piece.text)) if not piece.role else (0, 0)
    found.tags[first:last] = [tag] * (last - first)
    before = piece.text if last <= first else piece.text[: max(0, found.original.start - place)]
    if before.strip():
        found.beside[tag] = found.beside.get(tag, 0) + len(before)


def _changed(original: Original, stretches: Sequence[Stretch], pieces: Sequence[Pieces], palette: Palette) -> Seen:
    """The same, letter by letter, for a text that was changed, split or copied."""
    parts = [_letters(*each, original) for each in zip(stretches, pieces, strict=True)]
    own = [[letter for letter in part if not letter.added] for part in parts]
    wholes = [part for part in own if squeezed(_text(part)) == original.squeezed]
    # A text that was copied stands there twice: each is the whole of it. Else the parts of a split one follow.
    groups = wholes if len(wholes) > 1 else [_chained(own)]
    found = Seen(original, "", [None] * len(original.passage.text))
    if len(wholes) < 2:
        groups = [_without_signs(found, groups[0], palette)]
    found.now = _text(groups[0])
    for group in groups:
        _colour(found, group, palette)
    for part in parts:
        _beside(found, part, palette)
    if len(wholes) > 1:
        _repeated(found, own, wholes)
    return found


def _repeated(found: Seen, own: Sequence[list[Letter]], wholes: Sequence[list[Letter]]) -> None:
    """Add to `now` what stands beside the copies of a text that was copied."""
    others = [_text(part).strip() for part in own if not any(part is whole for whole in wholes)]
    found.now = "\n".join([found.now, *filter(None, others)])


def _without_signs(found: Seen, group: list[Letter], palette: Palette) -> list[Letter]:
    """`group` without what was typed before the text and behind it, where a sign of a tag is among it."""
    if not holds(_text(group), palette.signs):
        return group
    places = letters_of(found.original.own, _text(group))
    ours = [at for at, place in enumerate(places) if place is not None]
    if not ours:
        return group
    start, end = ours[0], ours[-1] + 1
    before, after = _text(group[:start]), _text(group[end:])
    if holds(before, palette.signs):
        found.signs.append(before.strip())
    else:
        start = 0
    if holds(after, palette.signs):
        found.signs.append(after.strip())
    else:
        end = len(group)
    return group[start:end]


def _chained(parts: Sequence[list[Letter]]) -> list[Letter]:
    chained: list[Letter] = []
    for part in parts:
        if chained and part:
            chained.append(Letter(part[0].number, part[0].at, "\n", "", False))
        chained += part
    return chained


def _text(letters: Iterable[Letter]) -> str:
    return "".join(letter.sign for letter in letters)


def _letters(stretch: Stretch, pieces: Pieces, original: Original) -> list[Letter]:
    found = [
        Letter(stretch.number, at + place, sign, piece.colour, bool(piece.role), piece.marked)
        for at, piece in pieces
        for place, sign in enumerate(piece.text)
        if stretch.start <= at + place < stretch.end
    ]
    ours = _lead([letter for letter in found if not letter.added], original)
    return [letter._replace(added=True) if letter in ours else letter for letter in found] if ours else found


def _lead(own: Sequence[Letter], original: Original) -> set[Letter]:
    """The letters at the start that the view had added, where their style was lost with the formatting."""
    text = plain(_text(own))
    if text.startswith(plain(original.own)[:12]) and original.own:
        return set()
    blank = len(text) - len(text.lstrip())
    found = REFERENCE_TEXT.match(text, blank)
    end = found.end() if found and found[0] == f"{original.key.column}·{original.key.id}" else blank
    rest = text[end:].lstrip()
    added = plain(original.added).strip()
    if added and rest.startswith(added):
        end = len(text) - len(rest) + len(added)
    return set(own[:end]) if end > blank else set()


def _colour(found: Seen, group: Sequence[Letter], palette: Palette) -> None:
    """Give each letter of the passage its tag; letters typed over others give theirs to the gap that they fill."""
    places = letters_of(found.original.own, _text(group))
    where = [None if place is None else found.original.place(place) for place in places]
    typed: list[Letter] = []
    before = -1
    for letter, place, at in zip(group, places, where, strict=True):
        tag = palette.tag(letter.colour)
        if at is not None:
            found.tags[at] = tag or found.tags[at]
            _fill(found, typed, (before, at), palette)
            typed, before = [], at
        elif place is None and found.original.letters:
            typed.append(letter)
        elif tag and letter.sign.strip():
            found.beside[tag] = found.beside.get(tag, 0) + 1
    _fill(found, typed, (before, len(found.tags)), palette)
    found.strange += _runs(group, [palette.strange(letter.colour) for letter in group])
    ours = [
        place is not None and letter.marked and not letter.colour for letter, place in zip(group, places, strict=True)
    ]
    found.marked += _runs(group, ours)
    found.matches += [
        Match(letter.number, letter.at, at, 1) for letter, at in zip(group, where, strict=True) if at is not None
    ]


def _fill(found: Seen, typed: Sequence[Letter], gap: tuple[int, int], palette: Palette) -> None:
    """Give the letters of the passage inside `gap` the tag of most of those that were typed in their place.

    Where none were, they were taken out of words that may be tagged as one.
    """
    before, after = gap
    if not typed and before >= 0 and after < len(found.tags) and found.tags[before] == found.tags[after]:
        found.tags[before + 1 : after] = [found.tags[before]] * (after - before - 1)
    tags = [palette.tag(letter.colour) for letter in typed if letter.sign.strip()]
    coloured = [tag for tag in tags if tag]
    if not coloured:
        return
    tag = max(set(coloured), key=coloured.count)
    if after - before > 1:
        if 2 * len(coloured) >= len(tags):
            found.tags[before + 1 : after] = [tag] * (after - before - 1)
        else:
            found.typed.append(_text(typed).strip())
    elif not any(0 <= at < len(found.tags) and found.tags[at] == tag for at in gap):
        found.typed.append(_text(letter for letter in typed if palette.tag(letter.colour)).strip())


def _runs(group: Iterable[Letter], wanted: Iterable[bool]) -> list[str]:
    """The words of the letters that are wanted."""
    runs: list[str] = [""]
    for letter, take in zip(group, wanted, strict=True):
        if take:
            runs[-1] += letter.sign
        elif runs[-1]:
            runs.append("")
    return [words.strip() for words in runs if words.strip()]


def _beside(found: Seen, part: Iterable[Letter], palette: Palette) -> None:
    for letter in part:
        if letter.added and letter.sign.strip() and (tag := palette.tag(letter.colour)):
            found.beside[tag] = found.beside.get(tag, 0) + 1
