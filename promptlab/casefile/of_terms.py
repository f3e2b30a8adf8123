"""Findings about the terms: discounts, VAT and carriage as agreed on the order, and what is not due yet."""

import re
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal

from promptlab.casefile.amounts import cents
from promptlab.casefile.articles import Matched
from promptlab.casefile.dates import read_day
from promptlab.casefile.facts_text import fold
from promptlab.casefile.figures import NOTHING, amount_of, main_rate, share, signed, with_vat
from promptlab.casefile.found import difference, money, plain, worth_of
from promptlab.casefile.naming import Paper
from promptlab.casefile.of_dates import before
from promptlab.casefile.wording import euros, percent, sentence
from promptlab.messages import _
from promptlab.model.case import Document, LineKind
from promptlab.model.finding import Finding

_TERMS: dict[str, Callable[[], str]] = {
    "payment": lambda: _("payment"),
    "cash_discount": lambda: _("cash discount"),
    "carriage": lambda: _("carriage"),
    "discount": lambda: _("discount"),
}
_WANTS_MONEY = re.compile(r"rembours|regularis|credit|avoir\b(?! (?:recu|commande))")


def findings_of_terms(matched: Matched, *, disputed: bool) -> Iterator[Finding]:
    """What an invoice applies otherwise than the order; `disputed`: whether money of an invoice is in question."""
    orders, invoices = matched.live("order"), matched.live("invoice")
    for invoice in invoices:
        if orders:
            order = orders[0]
            back = _goes_back(matched, invoice)
            yield from _foot(order, invoice, "discount", back)
            yield from _foot(order, invoice, "cash_discount", back)
            yield from _fees(orders, invoice)
            yield from _agreed(order, invoice)
        yield from _not_due(invoice, matched, disputed=disputed)
    for article in matched.articles:
        rates = {place.line.vat_rate for place in article.of("order") if place.line.vat_rate is not None}
        for place in article.of("invoice"):
            rate, amount = place.line.vat_rate, amount_of(place.line)
            if rate is None or not rates or rate in rates:
                continue
            agreed = max(rates)
            gap = None if amount is None else abs(cents(share(amount, rate)) - cents(share(amount, agreed)))
            said = _(
                "{reference}: VAT of {rate} on {document}, of {agreed} on the order.",
                reference=place.line.reference,
                rate=percent(rate),
                document=place.paper.said,
                agreed=percent(agreed),
            )
            where = (*(each.where for each in article.of("order")), place.where)
            yield Finding("vat", where, (plain(agreed), plain(rate)), said, None if gap is None else NOTHING, gap)


def discount_at_foot(document: Document, kind: LineKind) -> Decimal:
    """The rate (per cent) that the lines of that kind take off the goods; that of the terms where no line does."""
    lines = signed(document)
    goods = sum((amount for line, amount in lines if line.kind == "goods"), NOTHING)
    mine = [(line, -amount) for line, amount in lines if line.kind == kind]
    if len(mine) == 1 and mine[0][0].discount_rate is not None:
        return mine[0][0].discount_rate
    if mine and goods:
        return sum((amount for _line, amount in mine), NOTHING) * 100 / goods
    return _rate(dict(document.terms).get(kind, "")) if kind == "discount" else NOTHING


def _goes_back(matched: Matched, invoice: Paper) -> Decimal:
    """What the goods on `invoice` that do not stay with the buyer are worth, HT: they are credited as invoiced."""
    worth = NOTHING
    for article in matched.articles:
        places = [place for place in article.of("invoice") if place.paper is invoice]
        count = sum((place.line.quantity or NOTHING for place in places), NOTHING)
        worth += worth_of(places, min(article.goes_back, count)) or NOTHING
    return worth


def _foot(order: Paper, invoice: Paper, kind: LineKind, goes_back: Decimal) -> Iterator[Finding]:
    """A discount at the foot of the order that the invoice leaves out or changes, on the goods that stay."""
    agreed = discount_at_foot(order.document, kind)
    applied = NOTHING
    if any(line.kind == kind for line in invoice.document.lines):
        applied = discount_at_foot(invoice.document, kind)
    above = sum((amount for line, amount in signed(invoice.document) if line.kind in _above(kind)), NOTHING)
    above -= goes_back
    more = cents(share(above, agreed - applied))
    if round(agreed, 2) == round(applied, 2) or not more:
        return
    names = {"agreed": percent(round(agreed, 2)), "order": order.said, "invoice": invoice.said}
    if not applied:
        said = _("The discount of {agreed} on {order} is left out on {invoice}.", **names)
    else:
        said = _(
            "Discount of {agreed} on {order}, of {applied} on {invoice}.", applied=percent(round(applied, 2)), **names
        )
    rate = main_rate(invoice.document.lines)
    values = (plain(round(agreed, 2)), plain(round(applied, 2)))
    where = (order.at(kind), invoice.at(kind))
    yield Finding("price", where, values, f"{said} {difference(more)}", abs(more), with_vat(abs(more), rate))


def _above(kind: LineKind) -> tuple[str, ...]:
    return ("goods",) if kind == "discount" else ("goods", "discount")


def _fees(orders: Sequence[Paper], invoice: Paper) -> Iterator[Finding]:
    """Carriage and other fees that were not agreed."""
    agreed = sum((amount for order in orders for line, amount in signed(order.document) if line.kind == "fee"), NOTHING)
    charged = sum((amount for line, amount in signed(invoice.document) if line.kind == "fee"), NOTHING)
    if charged <= agreed:
        return
    more = charged - agreed
    said = _(
        "{invoice} charges fees of {charged} HT; {agreed} were agreed on {order}.",
        invoice=sentence(invoice.said),
        charged=euros(charged),
        agreed=euros(agreed),
        order=orders[0].said,
    )
    if _is_free(orders[0]):
        said += " " + _("The order is carriage paid.")
    rate = main_rate(invoice.document.lines)
    where = (orders[0].at("terms.carriage"), invoice.at("fee"))
    yield Finding("terms", where, (money(agreed), money(charged)), said, more, with_vat(more, rate))


def _is_free(paper: Paper) -> bool:
    return bool(re.search(r"franco|port paye|offert|gratuit", fold(dict(paper.document.terms).get("carriage", ""))))


def _agreed(order: Paper, invoice: Paper) -> Iterator[Finding]:
    """Terms that stand on both and differ, and the cash discount that the invoice keeps silent about."""
    first, second = dict(order.document.terms), dict(invoice.document.terms)
    for key in _TERMS:
        said, printed = first.get(key, ""), second.get(key, "")
        same = _rate(said) == _rate(printed) if key in ("cash_discount", "discount") else _same_term(said, printed)
        if said and printed and not same:
            message = _(
                "Terms ({key}): “{said}” on {order}, “{printed}” on {invoice}.",
                key=_TERMS[key](),
                said=said,
                order=order.said,
                printed=printed,
                invoice=invoice.said,
            )
            yield Finding("terms", (order.at(f"terms.{key}"), invoice.at(f"terms.{key}")), (said, printed), message)
        elif said and not printed and key == "cash_discount" and _rate(said):
            message = _(
                "The cash discount of {rate} on {order} is left out on {invoice}, where its terms must stand "
                "(C. com. art. L441-9, to be checked).",
                rate=percent(_rate(said)),
                order=order.said,
                invoice=invoice.said,
            )
            yield Finding("terms", (order.at("terms.cash_discount"), invoice.at("terms")), (said,), message)


def _same_term(one: str, other: str) -> bool:
    """Whether two wordings of a term agree: by their figures where both have some, else by their words."""
    figures = [sorted(re.findall(r"\d+(?:[.,]\d+)?", text.replace(",", "."))) for text in (one, other)]
    if figures[0] and figures[1]:
        exact = [[Decimal(each) for each in found] for found in figures]
        return exact[0] == exact[1] and _month_end(one) == _month_end(other)
    if any("jour" in fold(text) for text in (one, other)):  # 30 days, against cash or nothing said
        return False
    free = [bool(re.search(r"franco|port paye|offert|gratuit", fold(text))) for text in (one, other)]
    charged = [bool(re.search(r"port du|a la charge|en sus|factur", fold(text))) for text in (one, other)]
    return not ((free[0] and charged[1]) or (free[1] and charged[0]))


def _month_end(text: str) -> bool:
    return "fin de mois" in fold(text)


def _rate(text: str) -> Decimal:
    """The rate that a term begins with: “1,5 % sous 8 jours”; 0 where it says none."""
    found = re.search(r"\d+(?:[.,]\d+)?", text)
    return Decimal(found[0].replace(",", ".")) if found else NOTHING


def payment_days(document: Document) -> int | None:
    """The days that its terms give the buyer to pay; None where they say none."""
    found = re.search(r"(\d{1,3}) ?(?:j\b|jours?)", fold(dict(document.terms).get("payment", "")))
    return int(found[1]) if found else None


def _not_due(invoice: Paper, matched: Matched, *, disputed: bool) -> Iterator[Finding]:
    """A disputed invoice that is neither due nor paid: there is nothing to refund."""
    days, issued = payment_days(invoice.document), read_day(invoice.document.date)
    if days is None or issued is None or invoice.document.paid:
        return
    due = issued.later(days)
    if _month_end(dict(invoice.document.terms).get("payment", "")):
        due = due.month_end()
    for complaint in matched.live("complaint"):
        day = read_day(complaint.document.date)
        wanted = disputed or _WANTS_MONEY.search(fold(complaint.document.body))
        if day is None or not wanted or not before(day, due):
            continue
        said = _(
            "{invoice} is due on {due} ({days} days), after {complaint} of {day}: nothing shows that it is paid. "
            "A refund has no object; a credit note is deducted from what is due.",
            invoice=sentence(invoice.said),
            due=due,
            days=days,
            complaint=complaint.said,
            day=day,
        )
        yield Finding("terms", (invoice.at("terms.payment"), complaint.at("date")), (str(due), str(day)), said)
