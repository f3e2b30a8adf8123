"""The shape of a pseudonym: what a pupil may be called in a copie."""

import re

MOST_LETTERS = 20
MOST_PUPILS = 4
_SHAPE = re.compile(r"[^\W_](?:[\w\u0300-\u036f-]*[^\W_][\u0300-\u036f]*)?")


def has_shape(word: str) -> bool:
    """Whether `word` has 2 to MOST_LETTERS letters, digits, - and _, with neither of these two at its ends."""
    return 2 <= len(word) <= MOST_LETTERS and bool(_SHAPE.fullmatch(word))
