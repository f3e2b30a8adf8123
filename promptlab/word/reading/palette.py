"""Which tag a colour means."""

from collections.abc import Sequence
from functools import cache

from promptlab.model.case import Tag
from promptlab.word.colours import family

_WHITE = 0xEE  # from there on a grey is seen as the paper


class Palette:
    """Which tag a colour means: the very colour of a tag, else the nearest of those a person calls by one name."""

    def __init__(self, tags: Sequence[Tag]) -> None:
        self._tags = tags
        self.tag = cache(self._tag)
        self.strange = cache(self._strange)
        self.signs = tuple(tag.sign for tag in tags if tag.sign)

    def _tag(self, colour: str) -> str | None:
        """The id of the tag that an RRGGBB colour means; None for no colour, grey, and what no tag is near to."""
        if not colour:
            return None
        same = next((tag.id for tag in self._tags if tag.colour == colour), None)
        if same:
            return same
        kind = family(colour)
        alike = [tag for tag in self._tags if family(tag.colour) == kind]
        if kind == "grey" or not alike:
            return None
        return min(alike, key=lambda tag: _distance(tag.colour, colour)).id

    def _strange(self, colour: str) -> bool:
        """Whether a colour was meant to say something, and no tag has it; white, or nearly so, takes one away."""
        if not colour or self.tag(colour) is not None:
            return False
        return family(colour) != "grey" or max(int(colour[at : at + 2], 16) for at in (0, 2, 4)) < _WHITE


def _distance(one: str, other: str) -> int:
    return sum((int(one[at : at + 2], 16) - int(other[at : at + 2], 16)) ** 2 for at in (0, 2, 4))
