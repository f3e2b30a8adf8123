"""The figures of a solution: the credit note, the new invoice, what is due afterwards."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import NamedTuple

from promptlab.casefile.amounts import cents
from promptlab.casefile.articles import Matched
from promptlab.casefile.figures import NOTHING, base, bases_by_rate, signed, taken_off, vat_of
from promptlab.casefile.naming import Paper
from promptlab.casefile.wording import euros, listed, measure, percent, price
from promptlab.messages import _
from promptlab.model.case import Document, DocumentKind, DocumentLine

CREDIT_NOTE = "credit_note"
NEW_INVOICE = "new_invoice"
NET_EFFECT = "net_effect"
RIGHT_INVOICE = "right_invoice"
DUE_AFTER = "due_after"
DUE_OUT_OF_STOCK = "due_out_of_stock"


class Figure(NamedTuple):
    """One figure of the solution in euros, and the sentence that says how it comes about. `key` is its name in code."""

    key: str
    ht: Decimal
    vat: Decimal
    ttc: Decimal
    how: str


@dataclass(slots=True)
class _Sum:
    """Amounts HT by VAT rate; `vat` is rounded rate by rate for each document that it was added from."""

    ht: Decimal = NOTHING
    vat: Decimal = NOTHING
    bases: dict[Decimal, Decimal] = field(default_factory=dict)

    @property
    def ttc(self) -> Decimal:
        return self.ht + self.vat

    def add(self, other: "_Sum", sign: int = 1) -> "_Sum":
        """This sum and the other one (or, with the sign -1, less the other one)."""
        rates = self.bases.keys() | other.bases.keys()
        bases = {rate: self.bases.get(rate, NOTHING) + sign * other.bases.get(rate, NOTHING) for rate in rates}
        return _Sum(self.ht + sign * other.ht, self.vat + sign * other.vat, bases)

    def figure(self, key: str, how: str, paid: Decimal = NOTHING) -> Figure:
        """The sum as a figure of the solution; `paid` is taken off what is due TTC."""
        return Figure(key, self.ht, self.vat, self.ttc - paid, how)


def figures_of(
    matched: Matched, credited: Sequence[DocumentLine], supplied: Sequence[DocumentLine]
) -> Iterator[Figure]:
    """The figures that follow from the lines to credit and the lines to deliver and invoice."""
    rates = _rates(matched)
    billed = _billed(matched, rates)
    paid = sum((paper.document.paid or NOTHING for paper in matched.live("invoice")), NOTHING)
    off_invoice, off_order = _off(matched.live("invoice")), _off(matched.live("order"))
    credit, new = _sum(credited, off_invoice, rates), _sum(supplied, off_order, rates)
    if credited:
        yield credit.figure(CREDIT_NOTE, _computed(credited, off_invoice, credit.bases))
    if supplied:
        yield new.figure(NEW_INVOICE, _computed(supplied, off_order, new.bases))
    if credited or supplied:
        how = _(
            "{new} − {credit} (TTC): what is newly invoiced less what is credited.",
            new=euros(new.ttc),
            credit=euros(credit.ttc),
        )
        yield new.add(credit, -1).figure(NET_EFFECT, how)
    after = billed.add(new).add(credit, -1)
    # One invoice that replaces all rounds its VAT once.
    right = replace(after, vat=vat_of(after.bases)) if after.bases else after
    yield right.figure(RIGHT_INVOICE, _("What an invoice without the errors comes to."))
    yield after.figure(DUE_AFTER, _due(billed, credit, new, paid), paid)
    if credited and supplied:
        how = _due(billed, credit, None, paid)
        yield billed.add(credit, -1).figure(DUE_OUT_OF_STOCK, how, paid)


def _due(billed: _Sum, credit: _Sum, new: _Sum | None, paid: Decimal) -> str:
    parts = [_("{amount} invoiced", amount=euros(billed.ttc))]
    if credit.ttc:
        parts.append(_("− {amount} credited", amount=euros(credit.ttc)))
    if new and new.ttc:
        parts.append(_("+ {amount} newly invoiced", amount=euros(new.ttc)))
    if paid:
        parts.append(_("− {amount} paid", amount=euros(paid)))
    return _("{parts} (TTC).", parts=" ".join(parts))


def _rates(matched: Matched) -> dict[str, Decimal]:
    """The VAT rate of each reference, as the first document of the sale gives it."""
    found: dict[str, Decimal] = {}
    for article in matched.articles:
        rates = [place.line.vat_rate for place in article.places if place.line.vat_rate is not None]
        found |= {place.line.reference: rates[0] for place in article.places if rates}
    return found


def _off(papers: Sequence[Paper]) -> Decimal:
    """The share that the foot of the first of these documents takes off its goods."""
    return taken_off(papers[0].document) if papers else NOTHING


def _sum(lines: Sequence[DocumentLine], off: Decimal, rates: Mapping[str, Decimal]) -> _Sum:
    """The lines less the share that the foot of their document takes off, and their VAT, rate by rate."""
    total = _Sum()
    for line in lines:
        amount = line.amount or NOTHING
        net = cents(amount * (1 - off)) if line.reference else amount
        total.ht += net
        rate = rates.get(line.reference, line.vat_rate)
        if rate is not None:
            total.bases[rate] = total.bases.get(rate, NOTHING) + net
    total.vat = vat_of(total.bases)
    return total


def _billed(matched: Matched, rates: Mapping[str, Decimal]) -> _Sum:
    """What the invoices less the credit notes come to: the sums that their lines make, at the VAT rates agreed."""
    total = _Sum()
    signs: tuple[tuple[DocumentKind, int], ...] = (("invoice", 1), ("credit_note", -1))
    for kind, sign in signs:
        for paper in matched.live(kind):
            total = total.add(_of_document(paper.document, rates), sign)
    return total


def _of_document(printed: Document, rates: Mapping[str, Decimal]) -> _Sum:
    lines = tuple(replace(line, vat_rate=rates.get(line.reference, line.vat_rate)) for line in printed.lines)
    document = replace(printed, lines=lines)
    bases = bases_by_rate(document)
    ht = base(document) if signed(document) else document.total_ht or NOTHING
    return _Sum(ht, vat_of(bases) if bases else document.total_vat or NOTHING, bases)


def _computed(lines: Sequence[DocumentLine], off: Decimal, bases: dict[Decimal, Decimal]) -> str:
    """How the sum comes about: “N52000: 25 m × 26,80 = 670,00 €; less …; VAT 20 % on 670,00 €”."""
    parts = []
    for line in lines:
        amount = euros(line.amount or NOTHING)
        if line.quantity is not None and line.unit_price is not None:
            product = f"{measure(line.quantity, line.unit)} × {price(line.unit_price)}"
            product += f" − {percent(line.discount_rate)}" if line.discount_rate else ""
            parts.append(f"{line.reference}: {product} = {amount}")
        else:
            parts.append(f"{line.reference or line.designation}: {amount}")
    if off:
        parts.append(_("less the discounts of the invoice, {rate}", rate=percent(round(off * 100, 2))))
    taxed = [_("VAT {rate} on {amount}", rate=percent(rate), amount=euros(amount)) for rate, amount in bases.items()]
    return "; ".join([*parts, *([listed(taxed)] if taxed else [])])
