"""Texts brought to one form, so that spaces, apostrophes, case and accents do not part what is the same."""

import re
import unicodedata
from decimal import Decimal

from promptlab.casefile.amounts import plain_number, to_number

_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "`": "'", "–": "-", "—": "-", "\u2011": "-", "−": "-"})
_WORD = re.compile(r"[^\W_]+")
_EUROS = ("euros", "euro", "eur", "€")


def plain(text: str, *, case: bool = False, accents: bool = False) -> str:
    """`text` with single spaces, straight apostrophes and no full stop at its end; without case and accents, unless
    they are to count.
    """
    joined = " ".join(unicodedata.normalize("NFC", text).translate(_APOSTROPHES).split()).rstrip(".").rstrip()
    cased = joined if case else joined.casefold()
    return cased if accents else without_accents(cased)


def without_accents(text: str) -> str:
    """`text` without its accents and with œ, æ in two letters."""
    apart = unicodedata.normalize("NFD", text)
    bare = "".join(sign for sign in apart if not unicodedata.combining(sign))
    return bare.replace("œ", "oe").replace("æ", "ae").replace("Œ", "OE").replace("Æ", "AE")


def words(text: str) -> list[str]:
    """The words of `text`, without case and accents; numbers are words."""
    return _WORD.findall(plain(text))


def number_in(text: str, unit: str = "") -> Decimal | None:
    """The number that a person typed ("804", "1 234,50 €", "huit cent quatre euros"), None where it is none.

    What stands after it may be `unit` or, for euros, another way to write them; nothing else.
    """
    said = plain(text)
    for ending in _endings(plain(unit)):
        if ending and said.endswith(ending):
            said = said.removesuffix(ending).rstrip()
            break
    sign = Decimal(-1) if said.startswith("-") else Decimal(1)
    number = to_number(said.lstrip("+-").lstrip())
    return None if number is None else sign * number


def _endings(unit: str) -> list[str]:
    """The ways to write a unit, the longest first: "€ ht" also as "euros ht" and as "€" alone."""
    first, _space, rest = unit.partition(" ")
    if first not in _EUROS:
        return [unit]
    ways = [f"{euro} {rest}".strip() for euro in _EUROS] + list(_EUROS)
    return sorted({way for whole in ways for way in (whole, whole.replace("€ ", "€"))}, key=len, reverse=True)


def shown_number(value: Decimal, unit: str = "") -> str:
    """`value` as French people write it ("1 234,50 €"), with its unit; with cents where it has any or is an amount."""
    cents = value != value.to_integral_value() or unit.startswith("€")
    places = max(2, -int(value.normalize().as_tuple().exponent)) if cents else 0
    text = plain_number(value, decimals=places)
    return f"{text}\u00a0{unit}" if unit else text
