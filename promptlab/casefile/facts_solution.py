"""The amounts of a right solution: what follows from order and invoice together."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from promptlab.casefile.amounts import euros, plain_number
from promptlab.casefile.facts import AmountFact
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
from promptlab.messages import _


def solution_facts(papers: Sequence[Paper], products: Sequence[Product]) -> Iterator[AmountFact]:
    """What follows from order and invoice together: credit, goods still to invoice, difference, what is due then."""
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
    yield from _lines_taken_back(_Trade(lines, invoice, billed, products, rate))
    yield from _price_differences(lines, rate)


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


def _lines_taken_back(trade: _Trade) -> Iterator[AmountFact]:
    """The credit note for goods invoiced and not ordered, what is then due, and the goods still to be invoiced."""
    extra = list(_in_excess(trade))
    for part, source, names in extra:
        yield from named_facts(part, "line", {"credit", "return", "difference", "invoice"}, source, names)
    credit = _sum(trade.lines.wrong, trade.rate)
    for part, _source, _names in extra:
        credit = credit.plus(part)
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
    lacking = _sum(trade.lines.lacking, trade.rate)
    if not lacking.ht:
        return
    names = tuple(place.line.reference for place in trade.lines.lacking)
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
