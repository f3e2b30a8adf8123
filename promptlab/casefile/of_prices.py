"""Findings about what one article costs: its unit price and its discount, its reference where it is shortened."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from promptlab.casefile.amounts import cents
from promptlab.casefile.articles import Article
from promptlab.casefile.figures import NOTHING, share
from promptlab.casefile.found import about, difference, plain
from promptlab.casefile.naming import Place
from promptlab.casefile.references import likeness
from promptlab.casefile.wording import percent, sentence, unit_price
from promptlab.messages import _
from promptlab.model.finding import Finding


def prices_of(article: Article) -> Iterator[Finding]:
    """Unit prices and discounts of an invoice against the order, of a credit note against the invoice."""
    for place in article.of("invoice"):
        yield from _price(place, article.of("order"), article.goes_back)
    for place in article.of("credit_note"):
        yield from _price(place, article.of("invoice") or article.of("order"))


def _price(place: Place, bases: Sequence[Place], goes_back: Decimal = NOTHING) -> Iterator[Finding]:
    """What one line costs against `bases`, for as much of it as stays with the buyer."""
    if not bases:
        return
    line, proof = place.line, bases[0]
    count = max((line.quantity or NOTHING) - goes_back, NOTHING)
    agreed = [base.line.unit_price for base in bases if base.line.unit_price is not None]
    places = [*bases, place]
    if line.unit_price is not None and agreed and not any(_same_price(line.unit_price, one) for one in agreed):
        gap = line.unit_price - agreed[0]
        said = _(
            "{reference}: unit price {charged} on {document}, {agreed} on {proof}.",
            reference=line.reference,
            charged=unit_price(line.unit_price),
            document=place.paper.said,
            agreed=unit_price(agreed[0]),
            proof=proof.paper.said,
        )
        more = cents(count * (gap - share(gap, line.discount_rate)))
        said += " " + difference(more) if more else ""
        yield about("price", places, (plain(agreed[0]), plain(line.unit_price)), said, more)
    rates = {base.line.discount_rate or NOTHING for base in bases}
    rate = line.discount_rate or NOTHING
    if rate not in rates and line.unit_price is not None:
        granted = max(rates)
        more = cents(count * share(line.unit_price, granted - rate))
        said = _left_out(line.reference, granted, rate, proof, place) + " " + difference(more)
        yield about("price", places, (plain(granted), plain(rate)), said, more)


def _left_out(reference: str, granted: Decimal, rate: Decimal, proof: Place, place: Place) -> str:
    names = {
        "reference": reference,
        "granted": percent(granted),
        "proof": proof.paper.said,
        "document": place.paper.said,
    }
    if rate == 0:
        return _("{reference}: the discount of {granted} on {proof} is left out on {document}.", **names)
    return _("{reference}: discount of {granted} on {proof}, of {rate} on {document}.", rate=percent(rate), **names)


def _same_price(one: Decimal, other: Decimal) -> bool:
    """Whether two prices are one, where a document may print fewer decimals."""
    decimals = max(2, min(-int(one.as_tuple().exponent), -int(other.as_tuple().exponent)))
    return round(one, decimals) == round(other, decimals) or one == other


def shortened(article: Article) -> Iterator[Finding]:
    """References that a document shortens, explained."""
    for place in article.places[1:]:
        said, known = place.line.reference, article.reference
        if likeness(said, known) == "short":
            yield short_reference(place, article)


def short_reference(place: Place, article: Article) -> Finding:
    """The note that the reference of `place` stands for that of `article`."""
    first = article.places[0]
    short, full = sorted((place.line.reference, article.reference), key=len)
    said = _("{document}: {short} stands for {full}.", document=sentence(place.paper.said), short=short, full=full)
    return Finding("reference_mismatch", (place.where, first.where), (short, full), said)
