"""Amounts, quantities and lists in the sentences about a case file."""

from collections.abc import Iterable
from decimal import Decimal

from promptlab.casefile.amounts import euros as french_euros
from promptlab.casefile.amounts import plain_number
from promptlab.messages import _, language


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


def measure(value: Decimal, unit: str) -> str:
    """A quantity with its unit: “25 m”."""
    return f"{number(value)}\u00a0{unit}" if unit else number(value)


def percent(rate: Decimal) -> str:
    """A rate: “20 %”."""
    return f"{number(rate)}%" if language() == "en" else f"{number(rate)}\u00a0%"


def listed(texts: Iterable[str]) -> str:
    """The texts in a row, the last one after “and”."""
    *first, last = list(texts) or [""]
    return _("{first} and {last}", first=", ".join(first), last=last) if first else last


def sentence(text: str) -> str:
    """`text` with a capital at its beginning."""
    return text[:1].upper() + text[1:]
