"""The papers of the solution: a return slip, a credit note, a corrected invoice, as a pupil fills them in."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from promptlab.casefile.amounts import plain_number, to_number
from promptlab.casefile.figures import NOTHING, amount_of
from promptlab.casefile.of_parties import side_of
from promptlab.casefile.settled import CREDIT_NOTE, RIGHT_INVOICE
from promptlab.casefile.solution import Solution, solve
from promptlab.casefile.wording import percent
from promptlab.errors import BadInput
from promptlab.messages import _
from promptlab.model.case import Case, Document, DocumentLine

PaperKind = Literal["return_slip", "credit_note", "corrected_invoice"]
KINDS: tuple[PaperKind, ...] = ("return_slip", "credit_note", "corrected_invoice")
FIGURES: dict[PaperKind, str] = {"credit_note": CREDIT_NOTE, "corrected_invoice": RIGHT_INVOICE}
LINES = "lines"


@dataclass(frozen=True, slots=True)
class Entry:
    """One field of a paper: its name in the values, its name for a person, whether the paper is valid without it.

    `source` is the rule that asks for it, to be checked by the reader; "" where it is good custom.
    """

    name: str
    label: str
    required: bool = True
    source: str = ""


_TITLES: dict[PaperKind, Callable[[], str]] = {
    "return_slip": lambda: _("Return slip"),
    "credit_note": lambda: _("Credit note"),
    "corrected_invoice": lambda: _("Corrected invoice"),
}


def title_of(kind: PaperKind) -> str:
    """The name of the paper as its heading. Raises BadInput for a kind that there is not."""
    if kind not in _TITLES:
        known = ", ".join(KINDS)
        raise BadInput(_("“{kind}” is no paper that can be made. There are: {known}.", kind=kind, known=known))
    return _TITLES[kind]()


def entries(kind: PaperKind) -> tuple[Entry, ...]:
    """The fields of that paper, in the order in which they stand on it; its lines come apart (`columns`)."""
    title_of(kind)
    common = (
        Entry("number", _("Number"), source=_INVOICE if kind != "return_slip" else ""),
        Entry("date", _("Date"), source=_INVOICE if kind != "return_slip" else ""),
        Entry("seller_name", _("Supplier"), source=_INVOICE),
        Entry("seller_address", _("Supplier’s address"), source=_INVOICE),
        Entry("seller_siret", _("Supplier’s SIRET"), kind != "return_slip", "C. com. R123-237"),
        Entry("buyer_name", _("Customer"), source=_INVOICE),
        Entry("buyer_address", _("Customer’s address"), source=_INVOICE),
        Entry("invoice_number", _("Invoice concerned, number"), source="CGI 289-I-5"),
        Entry("invoice_date", _("Invoice concerned, date"), source="CGI 289-I-5"),
    )
    return common + _OWN[kind]()


_INVOICE = "CGI, ann. II, art. 242 nonies A"


def _of_return() -> tuple[Entry, ...]:
    return (
        Entry("delivery_number", _("Delivery note")),
        Entry("order_number", _("Order")),
        Entry("reason", _("Reason for the return")),
        Entry("carriage", _("Carriage of the return: at whose expense?")),
        Entry("carrier", _("Carrier"), required=False),
    )


def _sums() -> tuple[Entry, ...]:
    return (
        Entry("foot_discount", _("Discount on the whole, HT"), required=False, source=_INVOICE),
        Entry("fees", _("Carriage and fees, HT"), required=False),
        Entry("total_ht", _("Total HT"), source=_INVOICE),
        Entry("total_vat", _("VAT"), source=_INVOICE),
        Entry("total_ttc", _("Total TTC"), source=_INVOICE),
    )


def _of_credit() -> tuple[Entry, ...]:
    reason = Entry("reason", _("Reason for the credit"))
    mention = Entry("mention", _("Mention (net to your credit)"), required=False)
    return (Entry("order_number", _("Order"), required=False), reason, *_sums(), mention)


def _of_invoice() -> tuple[Entry, ...]:
    return (
        Entry("order_number", _("Order"), source="C. com. L441-9"),
        Entry("delivery_number", _("Delivery note"), required=False),
        Entry("mention", _("Mention “cancels and replaces”"), source="CGI 289-I-5"),
        *_sums(),
        Entry("payment", _("Date or time limit of payment"), source="C. com. L441-9"),
        Entry("cash_discount", _("Cash discount (escompte)"), source="C. com. L441-9"),
        Entry("late_rate", _("Rate of the penalties for late payment"), source="C. com. L441-9"),
        Entry("recovery_fee", _("Fixed fee for recovery (40 €)"), source="C. com. L441-9, D441-5"),
    )


_OWN: dict[PaperKind, Callable[[], tuple[Entry, ...]]] = {
    "return_slip": _of_return,
    "credit_note": _of_credit,
    "corrected_invoice": _of_invoice,
}


def columns(kind: PaperKind) -> tuple[Entry, ...]:
    """The columns of the lines of that paper."""
    goods = (
        Entry("reference", _("Reference"), required=False),
        Entry("designation", _("Designation"), source=_INVOICE if kind != "return_slip" else ""),
        Entry("quantity", _("Quantity"), source=_INVOICE if kind != "return_slip" else ""),
        Entry("unit", _("Unit"), required=False),
    )
    if kind == "return_slip":
        return (*goods, Entry("state", _("State of the goods"), required=False))
    return (
        *goods,
        Entry("unit_price", _("Unit price HT"), source=_INVOICE),
        Entry("discount_rate", _("Discount %"), required=False, source=_INVOICE),
        Entry("vat_rate", _("VAT %"), source=_INVOICE),
        Entry("amount", _("Amount HT")),
    )


def blank(kind: PaperKind, case: Case) -> dict[str, Any]:
    """The paper as it is handed to a pupil: the company's own name and address, all else still to be filled in."""
    values: dict[str, Any] = {entry.name: "" for entry in entries(kind)}
    values["seller_name"], values["seller_address"] = case.company.name, case.company.address
    values[LINES] = [{column.name: "" for column in columns(kind)}]
    return values


def model_paper(kind: PaperKind, case: Case) -> dict[str, Any]:
    """The paper as a right solution fills it in, for the teacher; what the case does not say stays empty.

    The number and the date of the paper are the writer's to choose. Figures are written as French papers write them.
    """
    solution = solve(case)
    values = blank(kind, case)
    known = _parties(case) | _references(case, solution)
    values |= {name: text for name, text in known.items() if name in values}
    if kind == "return_slip":
        values["carriage"] = _("at the supplier’s expense")
        values["reason"] = _("goods that do not conform to the order")
    elif kind == "credit_note":
        values["reason"] = _("goods invoiced that do not conform to the order")
        values["mention"] = _("Net to your credit")
    else:
        invoice = solution.invoice
        names = {"number": invoice.number if invoice else "", "date": invoice.date if invoice else ""}
        values["mention"] = _("Cancels and replaces invoice no. {number} of {date}", **names)
        terms = dict(invoice.terms) if invoice else {}
        values["payment"] = terms.get("payment", "")
        rate = to_number(terms.get("cash_discount", "").removesuffix("%").strip())
        values["cash_discount"] = percent(rate) if rate is not None else terms.get("cash_discount", "")
    values[LINES] = [_line(kind, line) for line in lines_of(kind, case, solution)] or values[LINES]
    figure = solution.figure(FIGURES[kind]) if kind in FIGURES else None
    if figure:
        sums = {"total_ht": figure.ht, "total_vat": figure.vat, "total_ttc": figure.ttc} | _foot(kind, case, figure.ht)
        values |= {name: plain_number(amount, decimals=2) for name, amount in sums.items()}
    return values


def _foot(kind: PaperKind, case: Case, ht: Decimal) -> dict[str, Decimal]:
    """What stands between the lines and the total HT, where something does."""
    lines = lines_of(kind, case, solve(case))
    fees = [
        line.amount or NOTHING
        for one in case.documents
        if one.kind == "order"
        for line in one.lines
        if line.kind == "fee"
    ]
    added = sum(fees, NOTHING) if kind == "corrected_invoice" else NOTHING
    off = sum((amount_of(line) or NOTHING for line in lines), NOTHING) + added - ht
    return ({"foot_discount": off} if off > 0 else {}) | ({"fees": added} if added else {})


def lines_of(kind: PaperKind, case: Case, solution: Solution) -> Sequence[DocumentLine]:
    """The lines that a right paper of that kind holds; those of a corrected invoice are the lines of the order."""
    if kind == "return_slip":
        return solution.sent_back
    if kind == "credit_note":
        return solution.credited
    return tuple(line for one in case.documents if one.kind == "order" for line in one.lines if line.kind == "goods")


def first_of(case: Case, kind: str) -> Document | None:
    """The first document of that kind, None where there is none."""
    return next((one for one in case.documents if one.kind == kind), None)


def _parties(case: Case) -> dict[str, str]:
    footers = [one.footer for one in case.documents if one.footer and side_of(one.footer, one) == "seller"]
    siret = case.company.siret or next((footer.siret for footer in footers if footer.siret), "")
    return {"buyer_name": case.customer.name, "buyer_address": case.customer.address, "seller_siret": siret}


def _references(case: Case, solution: Solution) -> dict[str, str]:
    order, delivery = first_of(case, "order"), first_of(case, "delivery")
    invoice = solution.invoice
    terms: Mapping[str, str] = dict(delivery.terms) if delivery else {}
    return {
        "order_number": order.number if order else "",
        "delivery_number": delivery.number if delivery else "",
        "invoice_number": invoice.number if invoice else "",
        "invoice_date": invoice.date if invoice else "",
        "carrier": terms.get("carrier", ""),
    }


def _line(kind: PaperKind, line: DocumentLine) -> dict[str, str]:
    values = {column.name: "" for column in columns(kind)}
    for name in values:
        value = getattr(line, name, "")
        if isinstance(value, Decimal):
            decimals = max(2, -int(value.normalize().as_tuple().exponent)) if name in ("unit_price", "amount") else None
            value = plain_number(value, decimals=decimals)
        values[name] = value or ""
    return values
