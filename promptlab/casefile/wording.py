"""Amounts, quantities and lists in the sentences about a case file."""

from collections.abc import Iterable
from decimal import Decimal

from promptlab import messages
from promptlab.casefile.amounts import euros as french_euros
from promptlab.casefile.amounts import plain_number
from promptlab.messages import _, language

_LONGEST_SIGN = 3  # letters of “m”, “kg” or “pce”, which have no plural
_PLURAL = 2  # French has “1,5 mètre” and “2 mètres”


def euros(amount: Decimal) -> str:
    """`amount` as it is written in the language of the screen: “3 245,85 €”, “€3,245.85”."""
    if language() == "en":
        return f"{'-' if amount < 0 else ''}€{abs(amount):,.2f}"
    return french_euros(amount)


def number(value: Decimal) -> str:
    """A quantity or a rate, without zeros at its end: “2,5”."""
    return f"{value.normalize():,f}" if language() == "en" else plain_number(value)


def price(value: Decimal) -> str:
    """A unit price: at least two decimals, more where the document prints more."""
    decimals = max(2, -int(value.normalize().as_tuple().exponent))
    return f"{value:,.{decimals}f}" if language() == "en" else plain_number(value, decimals=decimals)


def unit_price(value: Decimal) -> str:
    """A unit price in a sentence, in euros: “19,06 €”."""
    return f"€{price(value)}" if language() == "en" else f"{price(value)}\u00a0€"


def measure(value: Decimal, unit: str) -> str:
    """A quantity with its unit: “25 m”, “40 pièces”."""
    return f"{number(value)}\u00a0{unit_of(value, unit)}" if unit else number(value)


def unit_of(value: Decimal, unit: str) -> str:
    """`unit` as it stands after `value`: a document prints “pièce” beside any quantity, a sentence has “40 pièces”."""
    is_word = len(unit) > _LONGEST_SIGN and unit.isalpha()
    return f"{unit}s" if is_word and abs(value) >= _PLURAL and unit[-1] not in "sxz" else unit


def percent(rate: Decimal) -> str:
    """A rate: “20 %”."""
    return messages.percent(number(rate))


def listed(texts: Iterable[str]) -> str:
    """The texts in a row, the last one after “and”."""
    *first, last = list(texts) or [""]
    return _("{first} and {last}", first=", ".join(first), last=last) if first else last


def sentence(text: str) -> str:
    """`text` with a capital at its beginning."""
    return text[:1].upper() + text[1:]
