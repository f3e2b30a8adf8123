"""How tags look: a letter, a sign and a colour for each, and texts cut where their marks begin and end."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from promptlab.model.case import Tag
from promptlab.model.copie import Span, Tagging

_BLACK, _WHITE = "#000000", "#ffffff"
_SPARE = "0123456789"


@dataclass(frozen=True, slots=True)
class Mark:
    """The look of one tag: `place` from 0 chooses its pattern, `letter` is its key, `ink` is read on `colour`."""

    id: str
    place: int
    letter: str
    sign: str
    label: str
    meaning: str
    colour: str
    ink: str


@dataclass(frozen=True, slots=True)
class Cut:
    """A stretch of a text that looks the same all along, with the tagging whose first or last stretch it may be."""

    start: int
    end: int
    bold: bool = False
    tagging: Tagging | None = None
    opens: bool = False
    closes: bool = False
    chosen: bool = False


def marks(tags: Iterable[Tag]) -> dict[str, Mark]:
    """The look of each tag, in the order of the case. Letters are those of the labels, each once."""
    found: dict[str, Mark] = {}
    taken: set[str] = set()
    for place, tag in enumerate(tags):
        letters = [sign.upper() for sign in tag.label if sign.isalpha() and sign.isascii()]
        letter = next((one for one in (*letters, *_SPARE) if one not in taken), "?")
        taken.add(letter)
        colour = f"#{tag.colour[:6]}"
        found[tag.id] = Mark(tag.id, place, letter, tag.sign, tag.label, tag.meaning, colour, _ink(tag.colour))
    return found


def _ink(colour: str) -> str:
    """Black or white, whichever WCAG contrast is higher on the RRGGBB `colour`."""
    shares = [int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in shares)
    light = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    return _BLACK if (light + 0.05) / 0.05 >= 1.05 / (light + 0.05) else _WHITE


def cuts(
    text: str, taggings: Iterable[Tagging] = (), *, bold: Iterable[Span] = (), chosen: Span | None = None
) -> Iterator[Cut]:
    """`text` in stretches, in order and without gaps; of `taggings` those with a span count, which do not overlap."""
    size = len(text)
    spans = sorted((tagging.span, tagging) for tagging in taggings if tagging.span)
    strong = [(max(start, 0), min(end, size)) for start, end in bold]
    ends = {0, size, *(edge for span in strong for edge in span), *(edge for span, _t in spans for edge in span)}
    edges = sorted(edge for edge in ends | set(chosen or ()) if 0 <= edge <= size)
    for start, end in pairwise(edges):
        tagging = next((one for (first, last), one in spans if first <= start and end <= last), None)
        span = tagging.span if tagging and tagging.span else (-1, -1)
        yield Cut(
            start,
            end,
            any(first <= start and end <= last for first, last in strong),
            tagging,
            start == span[0],
            end == span[1],
            bool(chosen and chosen[0] <= start and end <= chosen[1]),
        )
