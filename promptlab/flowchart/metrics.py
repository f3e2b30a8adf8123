"""Measures text with the advance widths of the font that is shipped with the flowcharts."""

import struct
from bisect import bisect_left
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

FONT_FOLDER = Path(__file__).parent / "fonts"
FONT_FILE = FONT_FOLDER / "DejaVuSans.ttf"
FONT_NAME = "DejaVu Sans"
# The height of a line in units of the font size, as Pango sets this font.
LINE_HEIGHT = 1.25
# A character that the font lacks (an emoji, a Chinese sign) is drawn by another font, about one em wide or a bit more.
_FOREIGN = 1.3


@dataclass(frozen=True, slots=True)
class _Font:
    """The tables of a TrueType font that say how wide its characters are (OpenType 1.9: hmtx, cmap format 4)."""

    em: int
    advances: tuple[int, ...]
    ends: tuple[int, ...]
    starts: tuple[int, ...]
    deltas: tuple[int, ...]
    offsets: tuple[int, ...]
    glyphs: tuple[int, ...]

    def glyph(self, code: int) -> int:
        """The number of the glyph for a code point, 0 where the font has none."""
        segment = bisect_left(self.ends, code)
        if segment >= len(self.ends) or self.starts[segment] > code:
            return 0
        if not self.offsets[segment]:
            return (code + self.deltas[segment]) & 0xFFFF
        index = self.offsets[segment] // 2 + code - self.starts[segment] - (len(self.ends) - segment)
        glyph = self.glyphs[index]
        return (glyph + self.deltas[segment]) & 0xFFFF if glyph else 0


def _shorts(content: bytes, start: int, count: int) -> tuple[int, ...]:
    return struct.unpack_from(f">{count}H", content, start)


@cache
def _font() -> _Font:
    content = FONT_FILE.read_bytes()
    tables = {}
    for number in range(_shorts(content, 4, 1)[0]):
        tag, _sum, start, _length = struct.unpack_from(">4sIII", content, 12 + 16 * number)
        tables[tag] = start
    measured = _shorts(content, tables[b"hhea"] + 34, 1)[0]
    cmap = tables[b"cmap"]
    subtables = [struct.unpack_from(">HHI", content, cmap + 4 + 8 * n) for n in range(_shorts(content, cmap + 2, 1)[0])]
    table = cmap + next(start for system, encoding, start in subtables if (system, encoding) == (3, 1))
    count = _shorts(content, table + 6, 1)[0] // 2
    ends, rest = table + 14, table + 16 + 2 * count
    length = _shorts(content, table + 2, 1)[0]
    return _Font(
        em=_shorts(content, tables[b"head"] + 18, 1)[0],
        advances=_shorts(content, tables[b"hmtx"], 2 * measured)[::2],
        ends=_shorts(content, ends, count),
        starts=_shorts(content, rest, count),
        deltas=_shorts(content, rest + 2 * count, count),
        offsets=_shorts(content, rest + 4 * count, count),
        glyphs=_shorts(content, rest + 6 * count, (table + length - rest - 6 * count) // 2),
    )


@cache
def _advance(character: str) -> float:
    """The width of one character, in ems."""
    font = _font()
    glyph = font.glyph(ord(character))
    if not glyph:
        return _FOREIGN
    return font.advances[min(glyph, len(font.advances) - 1)] / font.em


@dataclass(frozen=True, slots=True)
class Face:
    """The font at `size` points of a page that is shown at `scale`.

    Graphviz sets text on a grid of 96 dots to the inch: each character takes whole dots, and a little more room than in
    print. A width is the larger of the two, so that text fits in every format.
    """

    size: float
    scale: float = 1.0

    @property
    def line(self) -> float:
        """The height of one line."""
        return self.size * LINE_HEIGHT

    def width(self, text: str) -> float:
        """The width of one line of `text`, in points of the page."""
        return _width(text, self.size * self.scale) / self.scale


@lru_cache(maxsize=8192)
def _width(text: str, size: float) -> float:
    dots = size * 96 / 72
    printed = snapped = 0.0
    for character in text:
        advance = _advance(character) * dots
        printed += advance
        snapped += round(advance)
    return max(printed, snapped) / dots * size
