"""Small case files: a sale in which every document agrees, made from a few figures, and ways to spoil it."""

from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

from promptlab.model.case import Case, Document, DocumentLine, Party

SELLER = Party("MENUISERIE DU LAC", "4 quai Vert, 74000 Annecy", "seller", siret="123 456 789 00012")
BUYER = Party("HOTEL DES CIMES", "9 rue du Pré, 73000 Chambéry", "buyer", siret="987 654 321 00034")
TERMS = (("payment", "virement à 30 jours"), ("cash_discount", "2"), ("carriage", "franco de port"))


def cent(value):
    return Decimal(value).quantize(Decimal("0.01"), ROUND_HALF_UP)


@dataclass(frozen=True)
class Sold:
    reference: str = "K-210"
    designation: str = "chaise de hêtre"
    quantity: Decimal = Decimal(12)
    price: Decimal = Decimal("45.30")
    vat: Decimal = Decimal(20)
    discount: Decimal | None = None

    @property
    def amount(self):
        return cent(self.quantity * self.price * (100 - (self.discount or 0)) / 100)

    def line(self, quantity=None, **changes):
        sold = self if quantity is None else replace(self, quantity=Decimal(quantity))
        line = DocumentLine(
            sold.reference,
            sold.designation,
            quantity=sold.quantity,
            unit="m",
            unit_price=sold.price,
            vat_rate=sold.vat,
            amount=sold.amount,
            discount_rate=sold.discount,
        )
        return replace(line, **changes)

    def delivered(self, quantity=None, **changes):
        count = self.quantity if quantity is None else Decimal(quantity)
        line = DocumentLine(self.reference, self.designation, ordered=self.quantity, quantity=count, unit="m")
        return replace(line, **changes)


CHAIR = Sold()
TABLE = Sold("T-80", "table ronde", Decimal(3), Decimal("219.99"))


def totals(lines):
    """HT, VAT and TTC of these lines; what stands at the foot is spread over the rates."""
    above = [line for line in lines if line.kind == "goods"]
    foot = sum((line.amount if line.kind == "fee" else -line.amount) for line in lines if line.kind != "goods")
    goods = sum(line.amount for line in above)
    ht = goods + foot
    vat = Decimal(0)
    for rate in {line.vat_rate for line in above}:
        base = sum(line.amount for line in above if line.vat_rate == rate)
        vat += cent((base + (foot * base / goods if goods else 0)) * rate / 100)
    return {"total_ht": cent(ht), "total_vat": cent(vat), "total_ttc": cent(ht + vat)}


def paper(kind, *lines, number="", date="", summed=True, **more):
    sums = totals(lines) if summed and lines and kind in ("order", "invoice", "credit_note") else {}
    more = {"seller": SELLER, "buyer": BUYER, **sums, **more}
    return Document(kind, kind, number=number, date=date, lines=tuple(lines), **more)


def order(*sold, foot=(), **more):
    lines = [one.line() for one in sold] + list(foot)
    return paper("order", *lines, **{"number": "C-77", "date": "03/02/N", "terms": TERMS, **more})


def delivery(*lines, **more):
    return paper("delivery", *lines, **{"number": "BL/0412", "date": "09/02/N", "cites": (("order", "C-77"),), **more})


def invoice(*lines, **more):
    cites = (("order", "C-77"), ("delivery", "0412"))
    return paper("invoice", *lines, **{"number": "F-315", "date": "09/02/N", "cites": cites, "terms": TERMS, **more})


def complaint(body="", *lines, **more):
    return paper("complaint", *lines, **{"date": "12/02/N", "body": body, **more})


def case(*documents, company=SELLER, customer=BUYER):
    return Case(
        "cas", "Un cas", "fr", "", "", company, customer, ("a", "b"), (), (), (), documents, (), "", Path("cas")
    )


def right(*sold):
    """The documents of a sale where all is well."""
    sold = sold or (CHAIR, TABLE)
    return order(*sold), delivery(*(one.delivered() for one in sold)), invoice(*(one.line() for one in sold))
