"""Findings about a complaint: what it says of the goods and of the law, against the documents."""

import re
from collections.abc import Iterator
from decimal import Decimal

from promptlab.casefile.articles import Article, Matched
from promptlab.casefile.facts_text import fold
from promptlab.casefile.found import about, money, plain
from promptlab.casefile.naming import Place
from promptlab.casefile.of_prices import short_reference
from promptlab.casefile.references import likeness
from promptlab.casefile.wording import euros, measure, sentence
from promptlab.messages import _
from promptlab.model.case import DocumentKind
from promptlab.model.finding import Finding

_ARTICLE = re.compile(r"\bart(?:icles?|\.)? ?(l\.? ?)?(\d[\d-]*\d|\d)(?: (?:et|a|ou) (l\.? ?)?(\d[\d-]*\d))?")
_RIGHT = {"1603", "1604", "1610", "1611", "1217"}  # what a buyer who did not get what was sold may rest on


def findings_of_claims(matched: Matched) -> Iterator[Finding]:
    """The statements of the complaints that the documents do not bear out, short references, articles of law."""
    for place, article in matched.claims:
        if article is None:
            yield _unknown(place)
            continue
        if likeness(place.line.reference, article.reference, loose=True) == "short":
            yield short_reference(place, article)
        yield from _quantities(place, article)
        yield from _amounts(place, article)
    for paper in matched.papers:
        if paper.document.kind == "complaint":
            yield from _law(paper.at("body"), paper.document.body)


def _unknown(place: Place) -> Finding:
    said = _(
        "{document} speaks of {reference}, which no other document holds.",
        document=sentence(place.paper.said),
        reference=place.line.reference,
    )
    return Finding("reference_mismatch", (place.where,), (place.line.reference,), said)


def _quantities(place: Place, article: Article) -> Iterator[Finding]:
    line = place.line
    kinds: tuple[tuple[Decimal | None, DocumentKind], ...] = (
        (line.ordered, "order"),
        (line.quantity, "delivery" if article.of("delivery") else "invoice"),
    )
    for said, kind in kinds:
        real = article.quantity(kind)
        if said is None or not article.of(kind) or said == real or said in _each(article, kind):
            continue
        message = _(
            "{document} speaks of {said} of {reference}; {proof} says {real}. To be counted again with the customer.",
            document=sentence(place.paper.said),
            said=measure(said, line.unit or article.unit),
            reference=article.reference,
            proof=article.of(kind)[0].paper.said,
            real=measure(real, article.unit),
        )
        worth = article.of("invoice") or article.of("order")
        price = next((one.line.unit_price for one in worth if one.line.unit_price is not None), None)
        amount = None if price is None else round(abs(said - real) * price, 2)
        yield about("quantity", [*article.of(kind), place], (plain(real), plain(said)), message, amount)
    came = article.quantity("delivery")
    if line.returned is not None and came and line.returned > came:
        message = _(
            "{document} sends back {said} of {reference}; only {real} were delivered.",
            document=sentence(place.paper.said),
            said=measure(line.returned, article.unit),
            reference=article.reference,
            real=measure(came, article.unit),
        )
        yield about("quantity", [*article.of("delivery"), place], (plain(came), plain(line.returned)), message)


def _each(article: Article, kind: DocumentKind) -> list[Decimal | None]:
    return [place.line.quantity for place in article.of(kind)]


def _amounts(place: Place, article: Article) -> Iterator[Finding]:
    """An amount that the complaint gives: that of the order for what was ordered, of the invoice for what came."""
    said = place.line.amount
    kind: DocumentKind = "order" if place.line.ordered is not None and place.line.quantity is None else "invoice"
    proofs = [one for one in article.of(kind) if one.line.amount is not None]
    if said is None or not proofs:
        return
    printed = [one.line.amount for one in proofs if one.line.amount is not None]
    if said in printed or said == sum(printed, Decimal(0)):
        return
    gap = abs(said - printed[0])
    message = _(
        "{document} gives {said} HT for {reference}; {proof} says {real} (difference {gap}).",
        document=sentence(place.paper.said),
        said=euros(said),
        reference=article.reference,
        proof=proofs[0].paper.said,
        real=euros(printed[0]),
        gap=euros(gap),
    )
    yield about("price", [proofs[0], place], (money(printed[0]), money(said)), message, gap)


def _law(where: str, body: str) -> Iterator[Finding]:
    """Articles of law that a complaint cites; each sentence about them is to be checked on Légifrance."""
    seen = set()
    for found in _ARTICLE.finditer(fold(body)):
        for code, number in ((found[1], found[2]), (found[3], found[4])):
            name = f"{'L' if code else ''}{number}" if number else ""
            if name and name not in _RIGHT and name not in seen:
                seen.add(name)
                yield _article(where, name)


def _article(where: str, name: str) -> Finding:
    if name == "1582":
        said = _(
            "Article 1582 of the Code civil defines what a sale is. That what is delivered must be what was ordered "
            "follows from articles 1603 and 1604: to be checked on Légifrance."
        )
        return Finding("law", (where,), ("1582", "1603", "1604"), said)
    if name.startswith("L221"):
        said = _(
            "Article {name} of the Code de la consommation protects consumers: between firms there is in principle no "
            "right to withdraw. To be checked on Légifrance.",
            name=name,
        )
        return Finding("law", (where,), (name,), said)
    said = _("Article {name} is cited: check on Légifrance whether it says that before you answer it.", name=name)
    return Finding("law", (where,), (name,), said)
