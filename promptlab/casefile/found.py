"""Findings with the money that is at stake: what the checks of a case file share."""

from collections.abc import Sequence
from decimal import Decimal

from promptlab.casefile.amounts import cents
from promptlab.casefile.figures import NOTHING, amount_of, main_rate, net_price, with_vat
from promptlab.casefile.naming import Place
from promptlab.casefile.wording import euros
from promptlab.messages import _
from promptlab.model.finding import Finding, FindingKind


def about(
    kind: FindingKind, places: Sequence[Place], values: tuple[str, ...], said: str, amount: Decimal | None = None
) -> Finding:
    """A finding about these lines; the amount TTC follows from `amount` HT and their VAT rate, where they have one."""
    where = tuple(dict.fromkeys(place.where for place in places))
    lines = [place.line for place in places]
    rate = main_rate(place.line for place in places if place.paper.document.kind == "invoice")
    rate = main_rate(lines) if rate is None else rate
    if amount is None:
        return Finding(kind, where, values, said)
    return Finding(kind, where, values, said, abs(amount), with_vat(abs(amount), rate))


def difference(more: Decimal) -> str:
    """The sentence that says how much was invoiced too much (or, negative, too little), HT."""
    if more > 0:
        return _("Invoiced too much: {amount} HT.", amount=euros(more))
    return _("Invoiced too little: {amount} HT.", amount=euros(-more))


def worth_of(places: Sequence[Place], count: Decimal) -> Decimal | None:
    """What `count` units of these lines are worth, HT: as printed where it is all of them, else by their net price."""
    lines = [place.line for place in places]
    amounts = [amount_of(line) for line in lines]
    if count == sum((line.quantity or NOTHING for line in lines), NOTHING) and None not in amounts:
        return sum((amount for amount in amounts if amount is not None), NOTHING)
    prices = [value for value in map(net_price, lines) if value is not None]
    return cents(count * prices[0]) if prices else None


def plain(value: Decimal) -> str:
    """A figure as scripts read it: "25", "19.06"."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def money(value: Decimal) -> str:
    """An amount as scripts read it: "193.50"."""
    return f"{value:.2f}"
