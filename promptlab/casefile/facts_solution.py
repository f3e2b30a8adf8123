"""The amounts of a right solution: what follows from order and invoice together."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from promptlab.casefile.amounts import euros, plain_number
from promptlab.casefile.facts import AmountFact, Measure
from promptlab.casefile.facts_amounts import (
    Triple,
    article_of,
    cash_discount_facts,
    named_facts,
    totals,
    vat_rate,
    with_rate,
)
from promptlab.casefile.facts_products import Product
from promptlab.casefile.figures import amount_of
from promptlab.casefile.naming import Paper, Place, goods
from promptlab.casefile.references import compact
from promptlab.casefile.settled import CREDIT_NOTE, DUE_AFTER, DUE_OUT_OF_STOCK, NET_EFFECT, NEW_INVOICE, RIGHT_INVOICE
from promptlab.casefile.solution import Solution
from promptlab.messages import _


def solution_facts(papers: Sequence[Paper], products: Sequence[Product], solution: Solution) -> Iterator[AmountFact]:
    """What follows from order and invoice together: credit, goods still to invoice, difference, what is due then.

    The sums are those of `solution`; what letters tell besides (differences line by line, cash discounts) is added.
    """
    rate = vat_rate(papers)
    order = next((paper for paper in papers if paper.document.kind == "order"), None)
    invoice = next((paper for paper in papers if paper.document.kind == "invoice"), None)
    if order is None or invoice is None:
        return
    asked, billed = totals(order.document, rate), totals(invoice.document, rate)
    difference = billed.less(asked)
    source = _("{invoice} less {order}", invoice=invoice.said, order=order.said)
    yield from named_facts(difference, "difference", {"difference", "credit", "after", "invoice"}, source)
    lines = _Lines.of(order, invoice)
    yield from _lines_taken_back(_Trade(lines, invoice, billed, products, rate, solution))
    yield from _price_differences(lines, rate)
    yield from _figures(solution)


# What a figure of the solution may be told of; VAT rounded note by note may differ by a cent from the order's.
_TOLD: tuple[tuple[str, Measure, frozenset[str]], ...] = (
    (RIGHT_INVOICE, "total", frozenset({"after", "due", "new"})),
    (DUE_AFTER, "total", frozenset({"after", "due"})),
    (DUE_OUT_OF_STOCK, "due", frozenset({"after", "due"})),
    (NET_EFFECT, "difference", frozenset({"difference", "credit", "after", "invoice"})),
)


def _figures(solution: Solution) -> Iterator[AmountFact]:
    """The sums of the solution, each with the words that say how it comes about."""
    for key, measure, about in _TOLD:
        figure = solution.figure(key)
        if figure is not None and figure.ttc:
            yield from named_facts(Triple(figure.ht, figure.vat, figure.ttc), measure, about, figure.how.rstrip("."))


@dataclass(frozen=True, slots=True)
class _Lines:
    """The goods of the order and of the invoice: those of one only, and those of both."""

    wrong: tuple[Place, ...]
    lacking: tuple[Place, ...]
    both: tuple[tuple[Place, Place], ...]

    @classmethod
    def of(cls, order: Paper, invoice: Paper) -> "_Lines":
        asked, billed = goods(order), goods(invoice)
        here = {compact(place.line.reference): place for place in asked}
        there = {compact(place.line.reference): place for place in billed}
        return cls(
            tuple(place for name, place in there.items() if name not in here),
            tuple(place for name, place in here.items() if name not in there),
            tuple((here[name], place) for name, place in there.items() if name in here),
        )


def _sum(places: Iterable[Place], rate: Decimal | None) -> Triple:
    total = Triple(Decimal(0), Decimal(0), Decimal(0))
    for place in places:
        line_rate = place.line.vat_rate if place.line.vat_rate is not None else rate
        total = total.plus(with_rate(amount_of(place.line) or Decimal(0), line_rate))
    return total


@dataclass(frozen=True, slots=True)
class _Trade:
    """What the facts of a solution are computed from: the lines compared, the invoice, the articles, the VAT rate."""

    lines: _Lines
    invoice: Paper
    billed: Triple
    products: Sequence[Product]
    rate: Decimal | None
    solution: Solution

    def sum_of(self, key: str) -> Triple | None:
        """The figure of the solution of that key, None where it has none."""
        figure = self.solution.figure(key)
        return Triple(figure.ht, figure.vat, figure.ttc) if figure else None


def _lines_taken_back(trade: _Trade) -> Iterator[AmountFact]:
    """The credit note for goods invoiced and not ordered, what is then due, and the goods still to be invoiced."""
    extra = list(_in_excess(trade))
    for part, source, names in extra:
        yield from named_facts(part, "line", {"credit", "return", "difference", "invoice"}, source, names)
    credit = _sum(trade.lines.wrong, trade.rate)
    for part, _source, _names in extra:
        credit = credit.plus(part)
    credit = trade.sum_of(CREDIT_NOTE) or credit
    yield from _credited(trade)
    wrong = [place.line.reference for place in trade.lines.wrong]
    if credit.ht:
        names = () if extra else tuple(wrong)
        listed = ", ".join([*wrong, *(name for _part, _source, found in extra for name in found)])
        about = {"credit", "return", "difference", "invoice", "delivery"}
        yield from named_facts(credit, "line", about, _("credit note of {references}", references=listed), names)
        left = trade.billed.less(credit)
        source = _("{invoice} less the credit note", invoice=trade.invoice.said)
        yield from named_facts(left, "due", {"after", "due"}, source)
        yield from cash_discount_facts(left, trade.invoice, {"after", "due"}, trade.rate)
        yield from cash_discount_facts(credit, trade.invoice, {"credit", "return"}, trade.rate)
    yield from _still_to_invoice(trade, credit)


def _credited(trade: _Trade) -> Iterator[AmountFact]:
    """The lines of the credit note that stand for no goods: a discount left out, a wrong price."""
    for line in trade.solution.credited:
        if line.amount and line.quantity is None:
            product = article_of(line.reference, trade.products)
            names = (product.reference,) if product else ()
            amount = with_rate(line.amount, line.vat_rate if line.vat_rate is not None else trade.rate)
            yield from named_facts(amount, "line", {"credit", "difference", "invoice"}, line.designation, names)


def _in_excess(trade: _Trade) -> Iterator[tuple[Triple, str, tuple[str, ...]]]:
    """The goods of which more was invoiced than ordered: the amount in excess, its proof, the article."""
    for one, other in trade.lines.both:
        extra = (other.line.quantity or Decimal(0)) - (one.line.quantity or Decimal(0))
        if extra > 0 and other.line.unit_price is not None:
            how = f"{plain_number(extra)} × {euros(other.line.unit_price)}"
            source = _("goods invoiced in excess, {reference}: {how}", reference=other.line.reference, how=how)
            product = article_of(other.line.reference, trade.products)
            part = with_rate(extra * other.line.unit_price, other.line.vat_rate or trade.rate)
            yield part, source, (product.reference,) if product else ()


def _still_to_invoice(trade: _Trade, credit: Triple) -> Iterator[AmountFact]:
    lacking = trade.sum_of(NEW_INVOICE) or _sum(trade.lines.lacking, trade.rate)
    if not lacking.ht:
        return
    written = [line.reference for line in trade.solution.supplied if line.reference]
    found = [article_of(one, trade.products) for one in written]
    names = tuple(one.reference for one in found if one) or tuple(one.line.reference for one in trade.lines.lacking)
    source = _("goods ordered and still to be invoiced, {references}", references=", ".join(names))
    yield from named_facts(lacking, "line", {"new", "order", "after", "complaint"}, source, names)
    if credit.ht:
        source = _("credit note less the goods still to be invoiced")
        about = {"difference", "credit", "after", "invoice"}
        yield from named_facts(credit.less(lacking), "difference", about, source)


def _price_differences(lines: _Lines, rate: Decimal | None) -> Iterator[AmountFact]:
    """Differences of unit prices and amounts, line against line: of the same article, or one in place of the other."""
    pairs = [*lines.both, *((one, other) for one in lines.lacking for other in lines.wrong)]
    for one, other in pairs:
        about = {"difference", "credit", "invoice", "after"}
        source = _("{reference} less {other}", reference=other.line.reference, other=one.line.reference)
        billed, asked = amount_of(other.line), amount_of(one.line)
        if billed is not None and asked is not None and billed != asked:
            yield from named_facts(with_rate(billed - asked, rate), "difference", about, source)
        if other.line.unit_price is not None and one.line.unit_price is not None:
            gap = with_rate(other.line.unit_price - one.line.unit_price, rate)
            yield from named_facts(gap, "unit", about, _("{source}, unit price", source=source))
