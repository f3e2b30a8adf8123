"""Points and marks as a person reads them, in the language of the screen."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from promptlab.messages import language, percent
from promptlab.model.rubric import Rounding

_CENT = Decimal("0.01")


def figure(number: Fraction | Decimal | None, comma: bool | None = None) -> str:
    """A number with at most two decimals: "12,5" in French, "12.5" in English; "–" for none. `comma` decides it."""
    if number is None:
        return "–"
    text = f"{decimal(number):f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return text.replace(".", ",") if (language() == "fr" if comma is None else comma) else text


def in_percent(part: Fraction | float | None) -> str:
    """A part of a whole in per cent, without decimals: "50 %" in French, "50%" in English; "–" for none."""
    return "–" if part is None else percent(round(float(part) * 100))


def decimal(number: Fraction | Decimal) -> Decimal:
    """The number with two decimals, halves up."""
    exact = number if isinstance(number, Decimal) else Decimal(number.numerator) / Decimal(number.denominator)
    return exact.quantize(_CENT, ROUND_HALF_UP)


def rounded(number: Fraction, step: Fraction, way: Rounding) -> Fraction:
    """`number`, not negative, as a multiple of `step`: the next one up, the nearest (halves up), or the one below."""
    steps = number / step
    down = steps.numerator // steps.denominator
    if way == "up":
        return (down + (steps != down)) * step
    if way == "half_up":
        return (down + (steps - down >= Fraction(1, 2))) * step
    return down * step
