"""A case: the company, its customer, their documents, the prompts and the tasks of the lesson."""

from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Literal

from promptlab.model.answer import Run

DocumentKind = Literal["complaint", "order", "delivery", "invoice", "credit_note", "return_slip"]
LineKind = Literal["goods", "discount", "cash_discount", "fee"]


@dataclass(frozen=True, slots=True)
class Party:
    """A firm or a person of the case file. `role` is `seller`, `buyer`, …; empty fields were not given."""

    name: str
    address: str = ""
    role: str = ""
    contact: str = ""
    phone: str = ""
    email: str = ""
    siret: str = ""
    ape: str = ""
    about: str = ""


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """One line of a document. Amounts are HT euros as printed; a figure that the document does not give is None.

    `quantity` is what the document is about: ordered on an order, delivered on a delivery note, invoiced on an invoice,
    received in a complaint; `ordered`, `returned` and `kept` are what it says besides. `discount_rate` (per cent) is
    taken off `unit_price`. A line of the kind `discount` or `cash_discount` is taken off the goods above it, a `fee`
    is added: their amounts have no sign, and their `discount_rate` is per cent of what stands above.
    """

    reference: str
    designation: str
    ordered: Decimal | None = None
    quantity: Decimal | None = None
    unit: str = ""
    unit_price: Decimal | None = None
    vat_rate: Decimal | None = None
    amount: Decimal | None = None
    kind: LineKind = "goods"
    discount_rate: Decimal | None = None
    returned: Decimal | None = None
    kept: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """One document of the case file, as it is printed: errors of the document are kept, not mended.

    `date` is ISO 8601 or has the letter N for the year, as French textbooks print it ("20/11/N").
    `cites` are the numbers of other documents that it names, by kind. Totals in euros: HT, VAT, TTC. `replaces` is the
    number of the invoice that this one cancels and replaces; `paid` is what the buyer has paid of it so far, TTC.
    """

    kind: DocumentKind
    title: str
    number: str = ""
    date: str = ""
    time: str = ""
    seller: Party | None = None
    buyer: Party | None = None
    footer: Party | None = None
    cites: tuple[tuple[str, str], ...] = ()
    lines: tuple[DocumentLine, ...] = ()
    total_ht: Decimal | None = None
    total_vat: Decimal | None = None
    total_ttc: Decimal | None = None
    terms: tuple[tuple[str, str], ...] = ()
    subject: str = ""
    body: str = ""
    enclosures: tuple[str, ...] = ()
    source: str = ""
    replaces: str = ""
    paid: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Task:
    """One task of the sequence; `sessions` are the session numbers in which it is done."""

    number: int
    text: str
    sessions: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Tag:
    """One tag of the closed set. `sign` is what marks it without colour; `colour` is an RRGGBB background."""

    id: str
    label: str
    sign: str
    colour: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Reason:
    """Why an item is tagged: one entry of the closed list of reasons."""

    id: str
    label: str
    code: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Case:
    """A whole lesson's material, as read from its folder; `folder` is where it was read from.

    `live_sessions` are the only sessions in which pupils may ask an AI live; None where the case sets no limit.
    """

    name: str
    title: str
    language: str
    level: str
    summary: str
    company: Party
    customer: Party
    prompts: tuple[str, ...]
    tasks: tuple[Task, ...]
    tags: tuple[Tag, ...]
    reasons: tuple[Reason, ...]
    documents: tuple[Document, ...]
    runs: tuple[Run, ...]
    default_run: str
    folder: Path
    fictional: bool = True
    live_sessions: tuple[int, ...] | None = None

    def run(self, name: str = "") -> Run:
        """The recorded run called `name`, or the case's default run. KeyError where there is none of that name."""
        wanted = name or self.default_run
        for run in self.runs:
            if run.name == wanted:
                return run
        raise KeyError(wanted)
