"""Findings inside one document: its columns, the arithmetic of its lines, its VAT and its totals."""

from collections.abc import Iterator
from decimal import Decimal

from promptlab.casefile.amounts import cents
from promptlab.casefile.figures import (
    NOTHING,
    base,
    bases_by_rate,
    computed_amount,
    main_rate,
    share,
    signed,
    vat_line_by_line,
    vat_of,
    with_vat,
)
from promptlab.casefile.found import money, plain
from promptlab.casefile.naming import Paper, Place, goods
from promptlab.casefile.wording import euros, listed, number, percent, price, sentence
from promptlab.messages import _
from promptlab.model.case import DocumentKind
from promptlab.model.finding import Finding

# The rates in force in France, the overseas departments and Corsica included: CGI art. 278 to 281 nonies, 296, 297.
_RATES = {Decimal(rate) for rate in ("0", "0.9", "1.05", "1.75", "2.1", "5.5", "8.5", "10", "13", "20")}
_COLUMNS: dict[DocumentKind, tuple[str, ...]] = {
    "order": ("quantity", "unit_price"),
    "delivery": ("quantity",),
    "invoice": ("quantity", "unit_price", "vat_rate", "amount"),
    "credit_note": ("amount",),
}
_TOTALS = {"total_ht": "totals.ht", "total_vat": "totals.vat", "total_ttc": "totals.ttc"}


def findings_of_sums(paper: Paper) -> Iterator[Finding]:
    """What does not add up in `paper`; each figure is checked against those printed before it: an error counts once."""
    for number_, line in enumerate(paper.document.lines, 1):
        yield from _line(Place(paper, number_, line))
    yield from _missing(paper)
    yield from _rates(paper)
    yield from _total_ht(paper)
    yield from _total_vat(paper)
    yield from _total_ttc(paper)


def _line(place: Place) -> Iterator[Finding]:
    line = place.line
    if line.kind not in ("goods", "fee"):
        yield from _discount(place)
        return
    right = computed_amount(line)
    if right is None or line.amount is None or line.amount == right or line.quantity is None or line.unit_price is None:
        return
    product = f"{number(line.quantity)} × {price(line.unit_price)}"
    if line.discount_rate:
        product += f" − {percent(line.discount_rate)}"
    gap = abs(line.amount - right)
    said = _(
        "{document}, line {line}: {product} = {right}, not {printed} (difference {gap}).",
        document=sentence(place.paper.said),
        line=place.number,
        product=product,
        right=euros(right),
        printed=euros(line.amount),
        gap=euros(gap),
    )
    decimals = max(2, -int(line.unit_price.as_tuple().exponent))
    if gap <= line.quantity * Decimal(5).scaleb(-decimals - 1):
        said += " " + _("The unit price is rounded, which explains it.")
    yield Finding(
        "arithmetic", (place.where,), (money(line.amount), money(right)), said, gap, with_vat(gap, line.vat_rate)
    )


def _discount(place: Place) -> Iterator[Finding]:
    """A discount at the foot against its rate."""
    line = place.line
    if line.discount_rate is None or line.amount is None:
        return
    above = sum((amount for each, amount in signed(place.paper.document) if _before(each, place)), NOTHING)
    right = cents(share(above, line.discount_rate))
    if line.amount == right:
        return
    said = _(
        "{document}, line {line}: {rate} of {above} = {right}, not {printed} (difference {gap}).",
        document=sentence(place.paper.said),
        line=place.number,
        rate=percent(line.discount_rate),
        above=euros(above),
        right=euros(right),
        printed=euros(line.amount),
        gap=euros(abs(line.amount - right)),
    )
    gap, rate = abs(line.amount - right), main_rate(place.paper.document.lines)
    yield Finding("arithmetic", (place.where,), (money(line.amount), money(right)), said, gap, with_vat(gap, rate))


def _before(line: object, place: Place) -> bool:
    return any(line is each for each in place.paper.document.lines[: place.number - 1])


def _missing(paper: Paper) -> Iterator[Finding]:
    """The columns and totals without which a document cannot be checked."""
    document = paper.document
    for column in _COLUMNS.get(document.kind, ()):
        places = [place for place in goods(paper) if getattr(place.line, column) is None]
        if places:
            said = _(
                "{document} gives no “{column}” in line {lines}: what depends on it was not checked. Add it to {file}.",
                document=sentence(paper.said),
                column=column,
                lines=listed(str(place.number) for place in places),
                file=document.source or paper.name,
            )
            yield Finding("missing", tuple(place.where for place in places), (column,), said)
    if document.kind != "invoice":
        return
    totals = [name for field, name in _TOTALS.items() if getattr(document, field) is None]
    if totals:
        said = _(
            "{document} gives no {totals}: add it to {file}.",
            document=sentence(paper.said),
            totals=listed(totals),
            file=document.source or paper.name,
        )
        yield Finding("missing", (paper.at("total"),), tuple(totals), said)
    if not goods(paper):
        said = _("{document} has no lines: nothing of it can be matched.", document=sentence(paper.said))
        yield Finding("missing", (paper.at("lines"),), (), said)


def _rates(paper: Paper) -> Iterator[Finding]:
    """VAT rates that are not in force in France."""
    for rank, line in enumerate(paper.document.lines, 1):
        if line.vat_rate is not None and line.vat_rate not in _RATES:
            said = _(
                "{document}, line {line}: {rate} is no French VAT rate. To be checked: the usual rate is {usual} "
                "(CGI art. 278).",
                document=sentence(paper.said),
                line=rank,
                rate=percent(line.vat_rate),
                usual=percent(Decimal(20)),
            )
            yield Finding("vat", (paper.at(f"line {rank}"),), (plain(line.vat_rate), "20"), said)


def _total_ht(paper: Paper) -> Iterator[Finding]:
    document = paper.document
    printed, right = document.total_ht, base(document)
    if printed is None or not signed(document) or printed == right:
        return
    said = _(
        "{document}: the lines make {right} HT, not {printed} (difference {gap}).",
        document=sentence(paper.said),
        right=euros(right),
        printed=euros(printed),
        gap=euros(abs(printed - right)),
    )
    gap = abs(printed - right)
    rate = main_rate(document.lines)
    yield Finding("total", (paper.at("total"),), (money(printed), money(right)), said, gap, with_vat(gap, rate))


def _total_vat(paper: Paper) -> Iterator[Finding]:
    document = paper.document
    if document.total_vat is None:
        return
    bases = bases_by_rate(document)
    ht = document.total_ht if document.total_ht is not None else base(document)
    if not bases or (len(bases) > 1 and sum(bases.values(), NOTHING) != ht):
        return
    right = vat_of(bases if len(bases) > 1 else {next(iter(bases)): ht})
    if document.total_vat in (right, vat_line_by_line(document)):
        return
    gap = abs(document.total_vat - right)
    said = _(
        "{document}: VAT of {rates} on {ht} is {right}, not {printed} (difference {gap}).",
        document=sentence(paper.said),
        rates=listed(percent(rate) for rate in sorted(bases)),
        ht=euros(ht),
        right=euros(right),
        printed=euros(document.total_vat),
        gap=euros(gap),
    )
    if ht and (implied := round(document.total_vat * 100 / ht, 2)) in {*_RATES, Decimal(19)}:
        said += " " + _("The figure printed is {rate}.", rate=percent(implied))
    yield Finding("vat", (paper.at("total"),), (money(document.total_vat), money(right)), said, NOTHING, gap)


def _total_ttc(paper: Paper) -> Iterator[Finding]:
    document = paper.document
    if document.total_ttc is None or document.total_ht is None or document.total_vat is None:
        return
    right = document.total_ht + document.total_vat
    if document.total_ttc == right:
        return
    gap = abs(document.total_ttc - right)
    said = _(
        "{document}: {ht} HT and {vat} of VAT make {right} TTC, not {printed} (difference {gap}).",
        document=sentence(paper.said),
        ht=euros(document.total_ht),
        vat=euros(document.total_vat),
        right=euros(right),
        printed=euros(document.total_ttc),
        gap=euros(gap),
    )
    yield Finding("total", (paper.at("total"),), (money(document.total_ttc), money(right)), said, None, gap)
