"""The figures of a right solution: what is credited, what is delivered and invoiced, what is then due."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from promptlab.casefile.amounts import cents
from promptlab.casefile.articles import Article, Matched, match
from promptlab.casefile.figures import NOTHING, bases_by_rate, share, signed
from promptlab.casefile.found import worth_of
from promptlab.casefile.naming import Paper
from promptlab.casefile.of_terms import discount_at_foot
from promptlab.casefile.settled import Figure, figures_of
from promptlab.casefile.wording import measure, percent
from promptlab.messages import _
from promptlab.model.case import Case, Document, DocumentLine

_ROUNDED = Decimal("0.005")  # the most that rounding takes from or adds to a unit price


@dataclass(frozen=True, slots=True)
class Solution:
    """What settles the errors of a case: lines to credit, to deliver and invoice, to be sent back; and the figures.

    `invoice` is the document that is corrected, None where the case has none. A figure that does not apply is absent.
    """

    invoice: Document | None
    credited: tuple[DocumentLine, ...]
    supplied: tuple[DocumentLine, ...]
    sent_back: tuple[DocumentLine, ...]
    figures: tuple[Figure, ...]

    def figure(self, key: str) -> Figure | None:
        """The figure of that key, None where the case has no use for it."""
        return next((figure for figure in self.figures if figure.key == key), None)


def solve(case: Case) -> Solution:
    """The figures of a right solution of `case`, from its order, deliveries and invoices.

    The buyer gets what was ordered: what is invoiced and did not rightly come is credited, what is still owed is
    delivered and invoiced as agreed. Articles that come out right are left as they are invoiced.
    """
    matched = match(case.documents)
    credited: list[DocumentLine] = []
    supplied: list[DocumentLine] = []
    sent_back: list[DocumentLine] = []
    for article in matched.articles:
        credited += _to_credit(article, matched)
        supplied += _to_supply(article, matched)
        sent_back += _to_send_back(article, matched)
    credited += _discounts_left_out(matched, credited)
    invoices = matched.live("invoice")
    figures = tuple(figures_of(matched, credited, supplied)) if invoices else ()
    document = _wrong_invoice(invoices, credited) if invoices else None
    return Solution(document, tuple(credited), tuple(supplied), tuple(sent_back), figures)


def _wrong_invoice(invoices: Sequence[Paper], credited: Sequence[DocumentLine]) -> Document:
    wrong = {line.reference for line in credited}
    held = [paper for paper in invoices if wrong & {line.reference for line in paper.document.lines}]
    return (held or list(invoices))[-1].document


# ---------------------------------------------------------------- what each article needs


def _rightly(article: Article, matched: Matched) -> Decimal:
    """How much of the article may be invoiced now: what was ordered and came."""
    ordered = article.quantity("order") if matched.live("order") else article.kept
    if not matched.live("delivery"):
        return ordered
    return min(ordered, article.kept)


def _surplus(article: Article, matched: Matched) -> Decimal:
    """How much of the article is invoiced and not credited, beyond what may be."""
    return max(article.charged - _rightly(article, matched), Decimal(0))


def _to_credit(article: Article, matched: Matched) -> Iterator[DocumentLine]:
    surplus = _surplus(article, matched)
    places = article.of("invoice")
    if surplus > 0 and (amount := worth_of(places, surplus)) is not None:
        yield replace(_like(places[0].line, surplus), amount=amount)
    if (gap := _gap(article, matched)) > 0:
        yield _gap_line(places[0].line, article.charged - surplus, gap)


def _to_supply(article: Article, matched: Matched) -> Iterator[DocumentLine]:
    rest = article.charged - _surplus(article, matched)
    owed = article.quantity("order") - rest
    places = article.of("order")
    if owed > 0 and places and (amount := worth_of(places, owed)) is not None:
        yield replace(_like(places[0].line, owed), amount=amount)
    if (gap := _gap(article, matched)) < 0:
        yield _gap_line(places[0].line, rest, -gap)


def _gap(article: Article, matched: Matched) -> Decimal:
    """What is charged for the goods that stay, less what was agreed for them: a wrong price, a discount left out."""
    surplus = _surplus(article, matched)
    rest = article.charged - surplus
    agreed = worth_of(article.of("order"), rest) if rest > 0 else None
    invoiced, credited = (worth_of(article.of(kind), article.quantity(kind)) for kind in ("invoice", "credit_note"))
    if agreed is None or invoiced is None:
        return NOTHING
    gap = invoiced - (credited or NOTHING) - (worth_of(article.of("invoice"), surplus) or NOTHING) - agreed
    terms = [
        {(one.line.unit_price, one.line.discount_rate) for one in article.of(kind)} for kind in ("order", "invoice")
    ]
    if terms[0] == terms[1] and abs(gap) <= rest * _ROUNDED:  # one price, printed with fewer decimals than it has
        return NOTHING
    return gap


def _gap_line(line: DocumentLine, count: Decimal, gap: Decimal) -> DocumentLine:
    """A line that credits or charges a difference of price, its quantity left out so that it is not taken for goods."""
    text = _("price difference on {count}", count=measure(count, line.unit))
    designation = f"{line.designation} ({text})" if line.designation else text
    return DocumentLine(line.reference, designation, unit=line.unit, vat_rate=line.vat_rate, amount=gap)


def _to_send_back(article: Article, matched: Matched) -> Iterator[DocumentLine]:
    if not matched.live("order") or not article.of("delivery"):
        return
    surplus = article.kept - article.quantity("order")
    if surplus > 0:
        yield replace(_like(article.of("delivery")[0].line, surplus), unit_price=None, vat_rate=None, amount=None)


def _like(line: DocumentLine, count: Decimal) -> DocumentLine:
    return replace(line, quantity=count, ordered=None, returned=None, kept=None)


def _discounts_left_out(matched: Matched, credited: Sequence[DocumentLine]) -> Iterator[DocumentLine]:
    """A discount at the foot of the order that the invoice leaves out, on the goods that stay invoiced."""
    orders = matched.live("order")
    for invoice in matched.live("invoice") if orders else ():
        document = invoice.document
        missing = discount_at_foot(orders[0].document, "discount")
        if any(line.kind == "discount" for line in document.lines):
            missing -= discount_at_foot(document, "discount")
        goods = sum((amount for line, amount in signed(document) if line.kind == "goods"), NOTHING)
        goods -= sum((line.amount or NOTHING for line in credited), NOTHING)
        gap = cents(share(goods, missing))
        if gap > 0:
            text = _("discount of {rate} left out", rate=percent(round(missing, 2)))
            rates = list(bases_by_rate(document))
            yield DocumentLine("", text, vat_rate=rates[0] if len(rates) == 1 else None, amount=gap)
