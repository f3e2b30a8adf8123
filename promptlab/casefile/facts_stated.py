"""What the documents of a case state besides goods and amounts: days, numbers, rates, terms."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal, InvalidOperation

from promptlab.casefile.amounts import plain_number
from promptlab.casefile.dates import Day, Span, dates, in_year, read_day, spans
from promptlab.casefile.facts import DayFact, Event, NumberFact, RateFact
from promptlab.casefile.facts_text import fold
from promptlab.casefile.naming import Paper, kind_said
from promptlab.messages import _
from promptlab.model.case import Case, Party

_EVENTS: dict[str, Event] = {
    "order": "order",
    "delivery": "delivery",
    "invoice": "invoice",
    "complaint": "complaint",
    "credit_note": "credit",
    "return_slip": "return",
}
_LAW = re.compile(r"\barticles? ([lr]\.? ?)?(\d[\d-]*)")


def payment_terms(papers: Sequence[Paper]) -> Iterator[tuple[int, str]]:
    """The days of credit that the documents grant, each with its source."""
    for paper in papers:
        for name, said in paper.document.terms:
            if name == "payment":
                for found in spans(fold(said)):
                    if isinstance(found.value, Span) and found.value.days is not None:
                        yield int(found.value.days), _("{document}: {terms}", document=paper.said, terms=said)


def day_facts(papers: Sequence[Paper]) -> Iterator[DayFact]:
    """The day of each document, the days that the complaint tells, and the day by which an invoice is due."""
    terms = dict.fromkeys(days for days, _source in payment_terms(papers))
    for paper in papers:
        document = paper.document
        day = read_day(document.date) if document.date else None
        if day is None:
            continue
        yield DayFact(_EVENTS[document.kind], day, _("{document}, its date", document=paper.said))
        if document.kind == "complaint":
            yield from _told(paper, day)
        if document.kind == "invoice":
            yield from _due(paper, day, terms)


def _due(paper: Paper, day: Day, terms: dict[int, None]) -> Iterator[DayFact]:
    said = fold(dict(paper.document.terms).get("payment", ""))
    for days in terms:
        reached = day.later(days)
        source = _("{document}, {date} + {days} days", document=paper.said, date=day, days=days)
        if "fin de mois" in said or "fin du mois" in said:
            yield DayFact("due", reached.month_end(), _("{source}, end of the month", source=source))
        else:
            yield DayFact("due", reached, source)


def _told(paper: Paper, written: Day) -> Iterator[DayFact]:
    """The days that the complaint's own text and enclosures name."""
    for text in (paper.document.body, *paper.document.enclosures):
        for found in dates(fold(text)):
            if isinstance(found.value, Day):
                yield DayFact(
                    "told", in_year(found.value, written.year), _("{document}, its text", document=paper.said)
                )


def number_facts(case: Case, papers: Sequence[Paper]) -> Iterator[NumberFact]:
    """The numbers of documents, as they bear them and as others cite them; those of firms, by what they are."""
    for paper in papers:
        document = paper.document
        if document.number:
            yield NumberFact(document.kind, document.number, paper.said)
        if document.replaces:
            yield NumberFact("invoice", document.replaces, paper.said)
        for what, number in document.cites:
            source = _("{document} cites {cited} {number}", document=paper.said, cited=_kind_said(what), number=number)
            yield NumberFact(what, number, source, document.kind)
        for text in (document.body, *(said for _name, said in document.terms)):
            for found in _LAW.finditer(fold(text)):
                number = f"{(found[1] or '').strip(' .').upper()}{found[2]}"
                yield NumberFact(
                    "law",
                    number,
                    _("{document} cites article {number}", document=paper.said, number=number),
                    document.kind,
                )
    for party, where in parties_of(case, papers):
        for what, value in (("siret", party.siret), ("phone", party.phone), ("email", party.email), ("ape", party.ape)):
            if value:
                yield NumberFact(what, value, _("{where}: {name}", where=where, name=party.name))


def _kind_said(what: str) -> str:
    """A kind of document in words, or `what` itself where it is no kind of ours."""
    known = {"order", "delivery", "invoice", "complaint", "credit_note", "return_slip"}
    return kind_said(what) if what in known else what  # type: ignore[arg-type]


def parties_of(case: Case, papers: Sequence[Paper]) -> Iterator[tuple[Party, str]]:
    """Every firm and person of the case with the place where it stands; its role is always told."""
    yield _as(case.company, "seller"), _("the case")
    yield _as(case.customer, "buyer"), _("the case")
    for paper in papers:
        document = paper.document
        for party, role in ((document.seller, "seller"), (document.buyer, "buyer"), (document.footer, "")):
            if party is not None and party.name:
                yield _as(party, party.role or role), paper.said


def _as(party: Party, role: str) -> Party:
    return party if party.role else replace(party, role=role)


def rate_facts(papers: Sequence[Paper]) -> Iterator[RateFact]:
    """The percentages of the documents: VAT, cash discount, discounts."""
    seen: set[tuple[str, Decimal]] = set()
    for paper in papers:
        document = paper.document
        for line in document.lines:
            what = {"cash_discount": "cash_discount"}.get(line.kind, "discount")
            for name, rate in (("vat", line.vat_rate), (what, line.discount_rate)):
                if rate is not None and (name, rate) not in seen:
                    seen.add((name, rate))
                    yield RateFact(
                        name,
                        rate,
                        _(
                            "{document}, {designation}: {rate} %",
                            document=paper.said,
                            designation=line.designation,
                            rate=plain_number(rate),
                        ),
                    )
        for name, said in document.terms:
            rate = _percent(said) if "discount" in name else None
            what = "cash_discount" if "cash" in name else "discount"
            if rate is not None and (what, rate) not in seen:
                seen.add((what, rate))
                yield RateFact(
                    what, rate, _("{document}, terms: {rate} %", document=paper.said, rate=plain_number(rate))
                )


def _percent(said: str) -> Decimal | None:
    found = re.search(r"\d+(?:[.,]\d+)?", said)
    try:
        return Decimal(found[0].replace(",", ".")) if found else None
    except InvalidOperation:
        return None
