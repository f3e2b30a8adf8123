"""What the documents of a case state, and what follows from them: the ground on which a letter is checked."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from promptlab.casefile.dates import Day
from promptlab.casefile.facts_products import Product, products_of
from promptlab.casefile.naming import Paper, papers
from promptlab.model.case import Case, Document

Event = Literal["order", "delivery", "invoice", "complaint", "credit", "return", "due", "told"]
Nature = Literal["", "ht", "vat", "ttc"]
Measure = Literal["line", "computed", "unit", "total", "difference", "discount", "due"]


@dataclass(frozen=True, slots=True)
class AmountFact:
    """An amount in euros: what it is an amount of.

    `about` are the documents and events that it may be told of: an amount of a wrong line is one of the invoice, of the
    delivery and of the credit note. `new` is the delivery and invoice still to come, `after` what is due in the
    end. `products` are the references of the articles that it covers, empty for a whole document. Amounts HT, VAT and
    TTC of one thing have the same `group`.
    """

    value: Decimal
    nature: Nature
    measure: Measure
    about: frozenset[str]
    source: str
    products: frozenset[str] = frozenset()
    group: str = ""


@dataclass(frozen=True, slots=True)
class DayFact:
    """The day of an event: "due" is the day by which the invoice is to be paid, "told" one that the complaint names."""

    event: Event
    value: Day
    source: str


@dataclass(frozen=True, slots=True)
class NumberFact:
    """The number of a document or of a firm; `what` is the kind of document, "siret", "phone", "email", "ape" or "law".

    `by` tells who states it: "" the document itself, else the kind of document that cites it.
    """

    what: str
    value: str
    source: str
    by: str = ""


@dataclass(frozen=True, slots=True)
class RateFact:
    """A percentage: `what` is "vat", "cash_discount" or "discount"."""

    what: str
    value: Decimal
    source: str


@dataclass(frozen=True, slots=True)
class Facts:
    """All that a case's documents say, by kind; `papers` are the documents with their names."""

    case: Case
    papers: tuple[Paper, ...]
    products: tuple[Product, ...]
    amounts: tuple[AmountFact, ...]
    days: tuple[DayFact, ...]
    numbers: tuple[NumberFact, ...]
    rates: tuple[RateFact, ...]
    payment_days: tuple[tuple[int, str], ...]

    def product(self, reference: str) -> Product | None:
        """The article of that reference, None where no document has it."""
        return next((product for product in self.products if product.reference == reference), None)

    def documents(self, kind: str) -> Iterable[Document]:
        """The documents of one kind."""
        return (paper.document for paper in self.papers if paper.document.kind == kind)


def facts_of(case: Case) -> Facts:
    """Everything that the documents of `case` state, with what follows by arithmetic, VAT, terms and calendar."""
    from promptlab.casefile.facts_amounts import amount_facts
    from promptlab.casefile.facts_solution import solution_facts
    from promptlab.casefile.facts_stated import day_facts, number_facts, payment_terms, rate_facts
    from promptlab.casefile.solution import solve

    named = papers(case.documents)
    products = products_of(named)
    return Facts(
        case=case,
        papers=named,
        products=products,
        amounts=(*amount_facts(named, products), *solution_facts(named, products, solve(case))),
        days=tuple(day_facts(named)),
        numbers=tuple(number_facts(case, named)),
        rates=tuple(rate_facts(named)),
        payment_days=tuple(payment_terms(named)),
    )
