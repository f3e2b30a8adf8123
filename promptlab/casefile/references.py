"""Whether two references name the same article, or two numbers the same document."""

import re
import unicodedata
from functools import lru_cache
from typing import Literal

Likeness = Literal["same", "short", "different"]
_SHORTEST = 2


@lru_cache(4096)
def compact(text: str) -> str:
    """Letters and digits of `text` alone, without case and accents: references are compared by these."""
    flat = unicodedata.normalize("NFKD", text).casefold()
    return "".join(sign for sign in flat if sign.isalnum())


def likeness(one: str, other: str, *, loose: bool = False) -> Likeness:
    """How like two article references are.

    Dashes, spaces and case make no difference. Of two that begin alike, one is `short` for the other where only
    zeros or a part behind a separator are left out; `loose` accepts any beginning of two signs or more, as people
    write in a message.
    """
    short, long = sorted((one.strip(), other.strip()), key=lambda text: len(compact(text)))
    few, many = compact(short), compact(long)
    if few == many:
        return "same" if few or short == long else "different"
    digits = any(sign.isdigit() for sign in few)
    if len(few) < (_SHORTEST if digits else _SHORTEST + 1) or not many.startswith(few):
        return "different"
    rest = many[len(few) :]
    if loose or not rest.strip("0"):
        return "short"
    return "short" if _behind_separator(long, len(few)) else "different"


def _behind_separator(text: str, length: int) -> bool:
    """Whether a separator stands after the first `length` letters and digits of `text`."""
    seen = 0
    for sign in text:
        if seen == length:
            return not sign.isalnum()
        seen += sign.isalnum()
    return False


def same_number(cited: str, number: str) -> bool:
    """Whether `cited` names the document `number`: whole, or by its last parts ("00023" for "WH/OUT/00023")."""
    said, parts = _parts(cited), _parts(number)
    if not said or not parts:
        return False
    if compact(cited) == compact(number):
        return True
    # As many parts as the number has would be another document, but for zeros before a plain number.
    whole = len(said) == len(parts) > 1
    return not whole and len(said) <= len(parts) and all(map(_same_part, said, parts[-len(said) :]))


def _same_part(one: str, other: str) -> bool:
    if one.isdecimal() and other.isdecimal():
        return int(one[:40]) == int(other[:40])
    return one == other


def _parts(number: str) -> list[str]:
    """The parts of a number between its separators; “n°” and “no.” before it are not of it."""
    bare = re.sub(r"^\s*n(?:°|º|o\.?|um[ée]ro)\s*(?=\S)", "", number, flags=re.IGNORECASE)
    return [part for part in re.split(r"[\W_]+", bare.casefold()) if part]
