"""The arithmetic of trade documents: exact, rounded half up to the cent."""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from promptlab.casefile.amounts import cents
from promptlab.model.case import Document, DocumentLine

NOTHING = Decimal("0.00")
_HUNDRED = Decimal(100)
_TAKEN_OFF = ("discount", "cash_discount")


def share(amount: Decimal, rate: Decimal | None) -> Decimal:
    """`rate` per cent of `amount`, not rounded."""
    return amount * (rate or 0) / _HUNDRED


def net_price(line: DocumentLine) -> Decimal | None:
    """The price of one unit after the line's own discount, not rounded; else its amount by its quantity."""
    if line.unit_price is not None:
        return line.unit_price - share(line.unit_price, line.discount_rate)
    if line.amount is not None and line.quantity:
        return line.amount / line.quantity
    return None


def computed_amount(line: DocumentLine) -> Decimal | None:
    """Quantity × unit price less the line's discount, to the cent; None where the line lacks one of them."""
    if line.quantity is None or line.unit_price is None:
        return None
    gross = line.quantity * line.unit_price
    return cents(gross - share(gross, line.discount_rate))


def amount_of(line: DocumentLine) -> Decimal | None:
    """The amount of the line as printed, else as computed."""
    return line.amount if line.amount is not None else computed_amount(line)


def signed(document: Document) -> list[tuple[DocumentLine, Decimal]]:
    """The lines of `document` that have an amount: what is taken off is negative.

    A discount without an amount is computed from its rate and what stands above it.
    """
    found: list[tuple[DocumentLine, Decimal]] = []
    for line in document.lines:
        amount = amount_of(line)
        if amount is None and line.kind in _TAKEN_OFF and line.discount_rate is not None:
            amount = cents(share(sum((each for _line, each in found), NOTHING), line.discount_rate))
        if amount is not None:
            found.append((line, -amount if line.kind in _TAKEN_OFF else amount))
    return found


def base(document: Document) -> Decimal:
    """The sum HT of the lines of `document`: goods and fees, less what is taken off."""
    return sum((amount for _line, amount in signed(document)), NOTHING)


def taken_off(document: Document) -> Decimal:
    """The share of the goods that the document's own discounts take off: 0.1 for 10 %."""
    foot = [line for line in document.lines if line.kind in _TAKEN_OFF]
    if all(line.discount_rate is not None for line in foot):
        left = Decimal(1)
        for line in foot:
            left -= share(left, line.discount_rate)
        return 1 - left
    lines = signed(document)
    goods = sum((amount for line, amount in lines if line.kind == "goods"), NOTHING)
    off = -sum((amount for line, amount in lines if line.kind in _TAKEN_OFF), NOTHING)
    return off / goods if goods else NOTHING


def bases_by_rate(document: Document, default: Decimal | None = None) -> dict[Decimal, Decimal]:
    """The amount HT that each VAT rate applies to.

    A discount without a rate of its own is spread over the goods as they weigh; a fee without one follows the only
    rate, else `default`. Lines whose rate nobody gives are left out.
    """
    found: dict[Decimal, Decimal] = {}
    adrift = NOTHING
    lines = signed(document)
    rates = {line.vat_rate for line, _amount in lines if line.vat_rate is not None}
    only = next(iter(rates)) if len(rates) == 1 else default
    for line, amount in lines:
        rate = line.vat_rate if line.vat_rate is not None else only
        if line.vat_rate is None and line.kind in _TAKEN_OFF and len(rates) > 1:
            adrift += amount
        elif rate is not None:
            found[rate] = found.get(rate, NOTHING) + amount
    whole = sum(found.values(), NOTHING)
    if adrift and whole:
        found = {rate: amount + adrift * amount / whole for rate, amount in found.items()}
    return found


def vat_of(bases: Mapping[Decimal, Decimal]) -> Decimal:
    """The VAT on these amounts HT, each rate rounded to the cent."""
    return sum((cents(share(amount, rate)) for rate, amount in bases.items()), NOTHING)


def vat_line_by_line(document: Document) -> Decimal:
    """The VAT of the lines rounded one by one: another customary way, that may differ by some cents."""
    return sum((cents(share(amount, line.vat_rate)) for line, amount in signed(document)), NOTHING)


def main_rate(lines: Iterable[DocumentLine]) -> Decimal | None:
    """The VAT rate of these lines, None where they give none or several."""
    rates = {line.vat_rate for line in lines if line.vat_rate is not None}
    return rates.pop() if len(rates) == 1 else None


def with_vat(amount: Decimal, rate: Decimal | None) -> Decimal | None:
    """`amount` HT with its VAT, to the cent; None where the rate is not known."""
    return None if rate is None else cents(amount) + cents(share(cents(amount), rate))
