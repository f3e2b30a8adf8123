"""Breaks the text of a shape into lines that stay inside its outline."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from promptlab.flowchart.metrics import Face
from promptlab.model.flowchart import NodeKind

# Only these give way to a new line: no-break spaces (« 12 € », « fondée ? ») hold their words together.
_SPACES = re.compile(r"[ \t\r\n\v\f\u2028\u2029]+")
# A plain space typed before a mark that French sets apart holds as well.
_BREAKS = re.compile(r" (?![?!:;»](?: |$))")
# What no XML document may hold (XML 1.0, section 2.2), and signs that turn the direction of writing, so that a text
# could look other than it is: such characters show as the replacement sign.
_FORBIDDEN = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")

PADDING = 6.0
WAVE = 6.0
# No shape is narrower than this many font sizes: any single letter finds its place in it.
NARROWEST_SHAPE = 4.0
# How much height, in lines, one line less is worth in a rounded shape.
LINE_COST = 0.8
# How much of an oval (first) or a diamond the lines of a text can fill at most.
FULLEST = (0.75, 0.5)
FLATTEST = (0.2, 0.32)

Profile = Callable[[float], float]


@dataclass(frozen=True, slots=True)
class Shape:
    """The text of a shape in lines, and the width and height that hold it, in points."""

    lines: tuple[str, ...]
    width: float
    height: float


@lru_cache(maxsize=2048)
def clean(text: str) -> str:
    """`text` without what a picture cannot hold: control characters are replaced, spaces and line ends joined."""
    return _FORBIDDEN.sub("\ufffd", _SPACES.sub(" ", text)).strip(" ")


def longest_word(text: str, face: Face, most: float) -> float:
    """The width of the widest word of `text` among those of at most `most` points, in points."""
    widths = (face.width(word) for word in clean(text).split(" "))
    return max((width for width in widths if width <= most), default=0.0)


def wrap(text: str, width: float, face: Face) -> tuple[str, ...]:
    """`text` in lines of at most `width` points, about equally long; a word wider than that is cut, nothing is lost."""
    words = _measured(clean(text), width, face)
    lines = _fill(words, [width] * (len(words) or 1), face)
    if lines is None or len(lines) == 1:
        return lines or ("",)
    low, high = width / 2, width
    for _attempt in range(5):
        middle = (low + high) / 2
        tighter = _fill(words, [middle] * len(lines), face)
        if tighter is None:
            low = middle
        else:
            lines, high = tighter, middle
    return lines


def shape_of(kind: NodeKind, text: str, width: float, face: Face) -> Shape:
    """The lines and the size of a shape `width` points wide, or as wide as a few letters, its text set in `face`."""
    width = max(width, NARROWEST_SHAPE * face.size)
    if kind in ("action", "document"):
        lines = wrap(text, width - 2 * PADDING, face)
        wave = WAVE if kind == "document" else 0.0
        return Shape(lines, width, len(lines) * face.line + 1.6 * PADDING + wave)
    return _rounded(text, width, face, _diamond if kind == "decision" else _oval)


def _diamond(offset: float) -> float:
    return 1 - offset


def _oval(offset: float) -> float:
    return float((1 - offset * offset) ** 0.5)


def _rounded(text: str, width: float, face: Face, profile: Profile) -> Shape:
    """A low shape that holds the text in few lines; `profile` gives its width at a distance from the middle."""
    inner = width - PADDING
    words = _measured(clean(text), inner * 0.6, face)
    whole = sum(word_width for _word, word_width, _spaced in words)
    height = max(
        2.0 * face.line, FLATTEST[profile is _diamond] * width, whole * face.line / inner / FULLEST[profile is _diamond]
    )
    found: dict[int, Shape] = {}
    while not found or height < 1.2 * min(shape.height for shape in found.values()):
        for count in range(max(1, int(whole / inner)), int(height / face.line) + 1):
            lines = None if count in found else _set(words, count, height, inner, face, profile)
            if lines is not None:
                found[count] = Shape(lines, width, height)
        height = max(height + 0.5 * face.line, height * 1.04)
    return min(found.values(), key=lambda shape: shape.height + LINE_COST * face.line * len(shape.lines))


def _set(
    words: list[tuple[str, float, bool]], count: int, height: float, inner: float, face: Face, profile: Profile
) -> tuple[str, ...] | None:
    """The words in at most `count` lines round the middle of such a shape, or None where they do not fit."""
    offsets = [abs(rank - (count - 1) / 2) * face.line + 0.45 * face.line for rank in range(count)]
    if offsets[0] >= height / 2:
        return None
    lines = _fill(words, [inner * profile(2 * offset / height) for offset in offsets], face)
    return lines if lines is None or len(lines) == count else None


def _measured(text: str, width: float, face: Face) -> list[tuple[str, float, bool]]:
    """The words of a text with their widths, those wider than `width` in pieces; True where a space stands before."""
    words = []
    for rank, word in enumerate(_BREAKS.split(text)):
        for piece, start in _pieces(word, width, face):
            words.append((piece, face.width(piece), start and rank > 0))
    return words


def _pieces(word: str, width: float, face: Face) -> list[tuple[str, bool]]:
    if face.width(word) <= width:
        return [(word, True)]
    pieces: list[tuple[str, bool]] = []
    current = ""
    for character in word:
        if current and face.width(current + character) > width:
            pieces.append((current, not pieces))
            current = ""
        current += character
    return [*pieces, (current, not pieces)]


def _fill(words: list[tuple[str, float, bool]], widths: list[float], face: Face) -> tuple[str, ...] | None:
    """The words set in lines of these widths, or None where they do not fit."""
    space = face.width(" ")
    lines: list[str] = []
    current, used = "", 0.0
    for word, width, spaced in words:
        gap = space if spaced and current else 0.0
        if current and used + gap + width > widths[len(lines)]:
            lines.append(current)
            current, used, gap = "", 0.0, 0.0
            if len(lines) == len(widths):
                return None
        if width > widths[len(lines)]:
            return None
        current += f" {word}" if gap else word
        used += gap + width
    return (*lines, current)
