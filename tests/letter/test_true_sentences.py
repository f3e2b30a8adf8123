"""Sentences made of a case's own facts are never contradicted, whatever the case and its figures."""

from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from promptlab.casefile.amounts import euros, plain_number
from promptlab.casefile.facts import facts_of
from promptlab.casefile.solution import solve
from promptlab.files.cases import load_case
from promptlab.letter.check import check_letter
from promptlab.model.case import Document, DocumentLine, Party
from tests.letter.builders import Figures, case_of, cents, wrong_delivery

DOCUMENTS = {"order": "votre commande", "delivery": "notre bon de livraison", "invoice": "notre facture"}
DAYS = {
    "order": "Votre commande a été passée le {}.",
    "delivery": "La marchandise a été expédiée le {}.",
    "invoice": "Notre facture a été établie le {}.",
    "complaint": "Votre courriel nous est parvenu le {}.",
    "due": "La facture est à régler au plus tard le {}.",
}
FIGURES = {
    "credit_note": "Vous recevrez un avoir de {ht} HT, soit {ttc} TTC.",
    "new_invoice": "Nous établirons une nouvelle facture de {ht} HT, soit {ttc} TTC.",
    "net_effect": "La différence est de {ht} HT ({vat} de TVA, {ttc} TTC).",
    "due_after": "Après correction, il vous restera à payer {ttc} TTC.",
    "due_out_of_stock": "Si cet article est épuisé, il vous restera à payer {ttc} TTC.",
}


def sentences(case):
    """True sentences about `case`, in plain words."""
    facts = facts_of(case)
    for fact in facts.numbers:
        if fact.what in DOCUMENTS and not fact.by:
            yield f"Il s’agit de {DOCUMENTS[fact.what]} n° {fact.value}."
    for fact in facts.days:
        if fact.event in DAYS:
            yield DAYS[fact.event].format(fact.value)
    for product in facts.products:
        yield from quantities(product)
    yield from sums(case, facts)


def quantities(product):
    for event, said in (("order", "commandé"), ("delivery", "reçu")):
        for quantity in product.quantity(event):
            unit = f"{product.unit}s" if product.unit == "pièce" else product.unit
            yield f"Vous avez {said} {plain_number(quantity)} {unit} de l’article {product.reference}."


def sums(case, facts):
    for kind, whose in (("order", "votre commande"), ("invoice", "notre facture")):
        for paper in facts.papers:
            if paper.document.kind == kind:
                for value, nature in ((paper.document.total_ht, "HT"), (paper.document.total_ttc, "TTC")):
                    yield f"Le total de {whose} s’élève à {euros(value)} {nature}."
    for figure in solve(case).figures:
        if figure.key in FIGURES and figure.ttc:
            said = {"ht": euros(abs(figure.ht)), "vat": euros(abs(figure.vat)), "ttc": euros(abs(figure.ttc))}
            yield FIGURES[figure.key].format(**said)


def accused(case):
    found = []
    for sentence in sentences(case):
        result = check_letter(f"Bonjour,\n\n{sentence}\n\nCordialement,\nLe service\n", case, medium="email")
        found += [(sentence, claim.text, claim.source) for claim in result.contradicted]
    return found


def too_many(price, other, asked, more, rest, rate, vat):
    """A case in which more came than was ordered, all of it invoiced, and the discount of the order left out."""
    seller, buyer = (
        Party("GARAGE LUMET", "4 rue des Forges, 25000 Besançon", "seller", "Mme Petitjean"),
        Party("LES TAXIS DU DOUBS", "9 quai Vauban, 25300 Pontarlier", "buyer", "M. Roland COURBET, gérant"),
    )

    def line(reference, designation, count, unit_price):
        amount = cents(unit_price * count)
        return DocumentLine(reference, designation, None, Decimal(count), "pièce", unit_price, vat, amount)

    asked_lines = (line("FL-40", "Filtre à huile", asked, price), line("BG-12", "Bougie iridium", rest, other))
    sent_lines = (line("FL-40", "Filtre à huile", asked + more, price), asked_lines[1])
    gross = sum(one.amount for one in asked_lines)
    off = cents(gross * rate / 100)
    discount = DocumentLine("", "Remise", kind="discount", discount_rate=rate, amount=off)
    sums = {}
    for kind, ht in (("order", gross - off), ("invoice", sum(one.amount for one in sent_lines))):
        tax = cents(ht * vat / 100)
        sums[kind] = {"total_ht": ht, "total_vat": tax, "total_ttc": ht + tax}
    terms = (("payment", "virement à 45 jours"),)
    parties = {"seller": seller, "buyer": buyer, "terms": terms}
    bare = tuple(DocumentLine(one.reference, one.designation, None, one.quantity, "pièce") for one in sent_lines)
    documents = (
        Document("complaint", "Réclamation", "", "2026-05-19", seller=seller, buyer=buyer, body="Des pièces en trop."),
        Document(
            "order", "Commande", "C-7715", "2026-05-11", lines=(*asked_lines, discount), **parties, **sums["order"]
        ),
        Document("delivery", "Bon de livraison", "L-3358", "2026-05-15", lines=bare, **parties),
        Document("invoice", "Facture", "F-9026", "2026-05-16", lines=sent_lines, **parties, **sums["invoice"]),
    )
    return case_of(documents, company=seller, customer=buyer)


@pytest.mark.parametrize("name", ["reclamation", "cycles"])
def test_no_true_sentence_about_a_shipped_case_is_contradicted(name):
    case = load_case(name)
    assert len(list(sentences(case))) > 12
    assert accused(case) == []


money = st.integers(300, 6000).map(lambda units: Decimal(units) / 100)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(asked=money, more=money, kept=money, few=st.integers(3, 60), many=st.integers(61, 400))
def test_no_true_sentence_about_a_wrong_delivery_is_contradicted(asked, more, kept, few, many):
    assert accused(wrong_delivery(Figures(asked, asked + more, kept, few, many))) == []


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    price=money,
    other=money,
    asked=st.integers(3, 60),
    more=st.integers(1, 30),
    rest=st.integers(61, 200),
    rate=st.sampled_from([Decimal(5), Decimal(8), Decimal("12.5")]),
    vat=st.sampled_from([Decimal("5.5"), Decimal(10), Decimal(20)]),
)
def test_no_true_sentence_about_goods_in_excess_and_a_discount_left_out_is_contradicted(
    price, other, asked, more, rest, rate, vat
):
    assert accused(too_many(price, other, asked, more, rest, rate, vat)) == []


def test_the_sums_of_a_letter_are_those_of_the_solution():
    for name in ("reclamation", "cycles"):
        case = load_case(name)
        amounts = {(fact.nature, fact.value) for fact in facts_of(case).amounts}
        for figure in solve(case).figures:
            for nature in ("ht", "vat", "ttc"):
                assert (nature, abs(getattr(figure, nature))) in amounts, (name, figure.key, nature)


def test_what_remains_due_is_not_the_invoice_less_a_part_of_the_credit():
    case = load_case("cycles")
    text = "Après l’avoir, il vous restera à payer 1 512,00 € TTC."
    found = check_letter(f"Madame,\n\n{text}\n\nCordialement,\nLe service\n", case, medium="email")
    assert [claim.text for claim in found.contradicted] == ["1 512,00 €"]
