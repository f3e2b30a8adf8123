"""The numbers of teachers' files: exact ones (2, "1.5", "1,5" or "1/3"), and the format."""

import re
from fractions import Fraction

from promptlab.files.faults import Table
from promptlab.messages import _

_NUMBER = re.compile(r"\s*(\d{1,12})(?:[.,](\d{1,12})|\s*/\s*(\d{1,12}))?\s*")


def ratio(text: str) -> Fraction | None:
    """The number that `text` says ("1/3", "0.5", "0,5", "2"), None where it says none or less than 0."""
    found = _NUMBER.fullmatch(text)
    if not found:
        return None
    whole, decimals, below = found.groups()
    if below is not None:
        return Fraction(int(whole), int(below)) if int(below) else None
    return Fraction(f"{whole}.{decimals}") if decimals else Fraction(int(whole))


def read_ratio(table: Table, key: str, default: Fraction | None = None, *, most: Fraction | None = None) -> Fraction:
    """The number at `key` of `table`, at most `most`; a fault where there is none and no `default`."""
    value = table.raw(key)
    if value is None:
        if default is None:
            table.fault(key, _("this key is missing: add it ({expected}).", expected=_("a number, such as 2 or “1/3”")))
        return default if default is not None else Fraction(0)
    found = ratio(str(value)) if isinstance(value, int | float | str) and not isinstance(value, bool) else None
    if found is None or (most is not None and found > most):
        expected = _("a number of 0 or more, such as 2, “0.5” or “1/3”")
        if most is not None:
            expected = _("a number from 0 to {most}, such as “0.5” or “1/3”", most=most)
        table.fault(key, _("“{value}” stands here; expected: {expected}.", value=value, expected=expected))
        return default if default is not None else Fraction(0)
    return found


def plain_number(number: Fraction) -> str:
    """`number` as a file says it: "2", "0.5", "1/3"."""
    if number.denominator == 1:
        return str(number.numerator)
    decimal = f"{float(number):.6f}".rstrip("0")
    return decimal if Fraction(decimal) == number else f"{number.numerator}/{number.denominator}"


def newer(version: int, known: int) -> str:
    """What to say of a file of a later format than `known`."""
    said = _("this file has format {version}; this promptlab reads up to {known}.", version=version, known=known)
    return said + " " + _("Update promptlab.")
