"""The picture made of dots: small, quickly made, and in the very colours of the drawing."""

import struct
import zlib
from collections.abc import Iterable

from promptlab.flowchart.engine import draw, draw_or_none

# Drawn by cairo like the plain format, but written by gd: a third of the time and of the size, and the file says how
# many dots go to the inch, so that a word processor shows it as large as the page that it is.
_SMALL = "png:cairo:gd"
_SIGNATURE, _LENGTH = 8, 4  # bytes of a PNG before its first chunk; of the length, the name and the sum of a chunk
_Colour = tuple[int, int, int]


def png_of(source: str, colours: Iterable[str]) -> bytes:
    """`source` (DOT with `layout=nop2`) drawn as PNG, with each of `colours` ("#rrggbb") exactly as it is.

    Raises MissingTool where there is no Graphviz.
    """
    small = draw_or_none(source, _SMALL)
    exact = with_colours(small, colours) if small else None
    return exact or draw(source, "png")


def with_colours(png: bytes, colours: Iterable[str]) -> bytes | None:
    """A PNG with a palette that gd made, `colours` put back in: gd keeps 5 bits of red, 6 of green and 5 of blue.

    None where the palette lacks one of `colours`, or where there is no palette.
    """
    start = _palette(png)
    if start is None:
        return None
    (size,) = struct.unpack_from(">I", png, start - 2 * _LENGTH)
    palette = bytearray(png[start : start + size])
    places = {_rounded((palette[at], palette[at + 1], palette[at + 2])): at for at in range(0, size, 3)}
    for colour in colours:
        red, green, blue = bytes.fromhex(colour.removeprefix("#"))
        at = places.get(_rounded((red, green, blue)))
        if at is None:
            return None
        palette[at : at + 3] = red, green, blue
    chunk = b"PLTE" + palette
    return png[: start - _LENGTH] + chunk + struct.pack(">I", zlib.crc32(chunk)) + png[start + size + _LENGTH :]


def _palette(png: bytes) -> int | None:
    """Where the colours of the palette begin, chunk by chunk (PNG specification, 5.3)."""
    at = _SIGNATURE
    while at + 2 * _LENGTH <= len(png):
        size, name = struct.unpack_from(">I4s", png, at)
        if name == b"PLTE":
            return at + 2 * _LENGTH
        at += size + 3 * _LENGTH
    return None


def _rounded(colour: _Colour) -> _Colour:
    red, green, blue = colour
    return red >> 3, green >> 2, blue >> 3
