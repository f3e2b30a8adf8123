"""The amounts of a case: those that its documents print, and those that follow from them by arithmetic and VAT."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from promptlab.casefile.amounts import cents, euros, plain_number
from promptlab.casefile.facts import AmountFact, Measure, Nature
from promptlab.casefile.facts_products import Product
from promptlab.casefile.figures import amount_of, main_rate, share, signed
from promptlab.casefile.naming import Paper, Place, goods
from promptlab.casefile.references import compact
from promptlab.messages import _
from promptlab.model.case import Document

_PRICED = ("order", "invoice", "credit_note", "delivery")
_ABOUT = {"credit_note": "credit", "return_slip": "return"}
_NATURES: tuple[Nature, ...] = ("ht", "vat", "ttc")


@dataclass(frozen=True, slots=True)
class Triple:
    """An amount HT, its VAT and the amount TTC; what the documents do not let know is None."""

    ht: Decimal | None
    vat: Decimal | None
    ttc: Decimal | None

    def less(self, other: "Triple") -> "Triple":
        """The difference, part by part."""
        return Triple(*(one - two if one is not None and two is not None else None for one, two in self._pairs(other)))

    def plus(self, other: "Triple") -> "Triple":
        """The sum, part by part."""
        return Triple(*(one + two if one is not None and two is not None else None for one, two in self._pairs(other)))

    def _pairs(self, other: "Triple") -> tuple[tuple[Decimal | None, Decimal | None], ...]:
        return (self.ht, other.ht), (self.vat, other.vat), (self.ttc, other.ttc)


def with_rate(ht: Decimal, rate: Decimal | None) -> Triple:
    """An amount HT with the VAT at `rate` per cent, rounded half-up to the cent."""
    if rate is None:
        return Triple(cents(ht), None, None)
    vat = cents(share(cents(ht), rate))
    return Triple(cents(ht), vat, cents(ht) + vat)


def vat_rate(papers: Sequence[Paper]) -> Decimal | None:
    """The only VAT rate of the documents, None where they give none or several."""
    return main_rate(line for paper in papers if paper.document.kind != "complaint" for line in paper.document.lines)


def amount_facts(papers: Sequence[Paper], products: Sequence[Product]) -> Iterator[AmountFact]:
    """Every amount that the documents print or that follows from them, each with its proof in words."""
    rate = vat_rate(papers)
    for paper in papers:
        for place in goods(paper):
            yield from _line_facts(place, products, rate)
        yield from _other_lines(paper, rate)
        yield from _total_facts(paper, rate)


def named_facts(
    amount: Triple, measure: Measure, about: Iterable[str], source: str, products: Iterable[str] = ()
) -> Iterator[AmountFact]:
    """The facts of an amount HT, VAT and TTC; a negative one is given without its sign, as letters tell it."""
    for nature, value in zip(_NATURES, (amount.ht, amount.vat, amount.ttc), strict=True):
        if value:
            how = _proof(source, nature, amount)
            yield AmountFact(abs(value), nature, measure, frozenset(about), how, frozenset(products), source)


def _proof(source: str, nature: Nature, amount: Triple) -> str:
    """`source` with the computation that leads from HT to VAT or TTC, where there is one."""
    if amount.ht is None or amount.vat is None or nature == "ht":
        return source
    if nature == "vat":
        return _("{source}: VAT on {ht} HT", source=source, ht=euros(amount.ht))
    return _("{source}: {ht} HT + {vat} VAT", source=source, ht=euros(amount.ht), vat=euros(amount.vat))


# ---------------------------------------------------------------- lines and totals


def article_of(reference: str, products: Sequence[Product]) -> Product | None:
    """The article that a reference, short or full, names."""
    return next((product for product in products if reference and compact(reference) in product.names), None)


def events_of(product: Product | None, kind: str) -> frozenset[str]:
    """The events that an amount of `product` printed on a document of `kind` may be told of."""
    kinds = {_ABOUT.get(kind, kind)}
    if product is None:
        return frozenset(kinds)
    if kind == "complaint":
        return frozenset(kinds | (product.events & {"order", "invoice", "delivery"}))
    if kind == "invoice":
        kinds |= product.events & {"delivery", "return", "credit"}
    if kind == "order":
        kinds |= {"new", "after"} | ({"invoice", "delivery"} & product.events if "new" not in product.events else set())
    return frozenset(kinds)


def _line_facts(place: Place, products: Sequence[Product], rate: Decimal | None) -> Iterator[AmountFact]:
    line, kind = place.line, place.paper.document.kind
    product = article_of(line.reference, products)
    names = (product.reference,) if product else ()
    about = events_of(product, kind)
    rate = line.vat_rate if line.vat_rate is not None else rate
    where = _(
        "{document}, line {number} ({reference})",
        document=place.paper.said,
        number=place.number,
        reference=line.reference,
    )
    amount = amount_of(line)
    if amount is not None:
        yield from named_facts(with_rate(amount, rate), "line", about, where, names)
    if line.unit_price is None:
        return
    yield from named_facts(
        with_rate(line.unit_price, rate), "unit", about, _("{where}, unit price", where=where), names
    )
    if line.quantity is not None:
        product_of = cents(line.quantity * line.unit_price)
        if product_of != amount:
            how = f"{plain_number(line.quantity)} × {plain_number(line.unit_price, decimals=2)}"
            yield from named_facts(with_rate(product_of, rate), "computed", about, f"{where} : {how}", names)
            if amount is not None:
                rounding = Triple(product_of - amount, None, None)
                source = _("{where}: {how}, less {amount}", where=where, how=how, amount=euros(amount))
                yield from named_facts(rounding, "computed", {*about, "difference"}, source, names)


def _other_lines(paper: Paper, rate: Decimal | None) -> Iterator[AmountFact]:
    """The facts of what a document adds or takes off besides its goods."""
    about = {_ABOUT.get(paper.document.kind, paper.document.kind), "difference"}
    for line, amount in signed(paper.document):
        if line.kind != "goods":
            where = _("{document}, {designation}", document=paper.said, designation=line.designation or line.kind)
            yield from named_facts(with_rate(abs(amount), line.vat_rate or rate), "discount", about, where)
        elif line.discount_rate and line.unit_price is not None and line.quantity is not None:
            gross = cents(line.quantity * line.unit_price)
            where = _(
                "{document}, discount of {rate} % on {designation}",
                document=paper.said,
                rate=plain_number(line.discount_rate),
                designation=line.designation,
            )
            yield from named_facts(with_rate(gross, line.vat_rate or rate), "line", about, where)
            yield from named_facts(with_rate(gross - amount, line.vat_rate or rate), "discount", about, where)


def totals(document: Document, rate: Decimal | None) -> Triple:
    """The totals of a document as printed, completed by what its lines and the VAT rate let compute."""
    lines = signed(document)
    ht = document.total_ht if document.total_ht is not None else (sum(a for _l, a in lines) if lines else None)
    if ht is None:
        return Triple(None, None, document.total_ttc)
    computed = with_rate(Decimal(ht), rate)
    vat = document.total_vat if document.total_vat is not None else computed.vat
    ttc = document.total_ttc
    if ttc is None and vat is not None:
        ttc = ht + vat
    return Triple(Decimal(ht), vat, ttc)


def _total_facts(paper: Paper, rate: Decimal | None) -> Iterator[AmountFact]:
    document = paper.document
    if document.kind not in _PRICED and document.total_ttc is None and document.total_ht is None:
        return
    about = {_ABOUT.get(document.kind, document.kind)}
    about |= {"after", "new", "due"} if document.kind == "order" else set()
    amount = totals(document, rate)
    source = _("{document}, total", document=paper.said)
    yield from named_facts(amount, "total", about, source)
    if document.paid:
        yield AmountFact(
            document.paid, "ttc", "total", frozenset({"invoice", "paid"}), _("{document}, paid", document=paper.said)
        )
    yield from cash_discount_facts(amount, paper, about, rate)


def cash_discount_facts(
    amount: Triple, paper: Paper, about: Iterable[str], rate: Decimal | None
) -> Iterator[AmountFact]:
    """The cash discount of a document's terms on `amount`, and what then remains, both ways that are customary."""
    said = dict(paper.document.terms).get("cash_discount", "")
    try:
        discount = Decimal(said.replace(",", ".").strip(" %"))
    except ArithmeticError:
        return
    source = _("{document}: cash discount of {rate} %", document=paper.said, rate=plain_number(discount))
    for base, nature in ((amount.ht, "ht"), (amount.ttc, "ttc")):
        if base is None:
            continue
        off = cents(share(base, discount))
        how = f"{source}, {plain_number(discount)} % × {euros(base)}"
        kind: Nature = "ht" if nature == "ht" else "ttc"
        yield AmountFact(off, kind, "discount", frozenset(about), how)
        if nature == "ht":
            yield from named_facts(with_rate(base - off, rate), "discount", about, how)
        else:
            yield AmountFact(base - off, "ttc", "discount", frozenset(about), how)
