"""The documents that pupils name in their own words become the evidence of their tags."""

import pytest

from promptlab.files.cases import load_case
from promptlab.word.reading.proofs import Proofs, proofs_of


@pytest.fixture(scope="module")
def case():
    return load_case("reclamation")


@pytest.mark.parametrize(
    ("text", "evidence"),
    [
        ("utile : commande 11-024 et facture 879", "order"),
        ("Facture n° 879", "invoice"),
        ("facture n°\u202f879, du 26/11", "invoice"),
        ("on le voit sur le bon de livraison", "delivery"),
        ("BL 00023", "delivery"),
        ("WH/OUT/00023", "delivery"),
        ("A52000", "order:A52000"),
        ("N52000 sur la facture", "invoice:N52000"),
        ("la commande dit A52000, pas N52000", "order:A52000"),
        ("le total de la facture", "invoice:total"),
        ("voir doc 2a", "order"),
        ("Document 1", "complaint"),
        ("le mail de la cliente", "complaint"),
        ("c’est dans l’e-mail", "complaint"),
        ("la facture est fausse : 670 € au lieu de 476,50 €", "invoice"),
    ],
)
def test_document_of_the_case_is_recognised(case, text, evidence):
    assert proofs_of(case).evidence(text) == evidence


@pytest.mark.parametrize(
    "text",
    ["", "facture n° 880", "le bon de livraison 658", "commande 11-025", "à l’oral, pas par mail", "on a une facture",
     "traiter la réclamation", "879 €", "il faut avoir le numéro", "A52001", "passer commande", "document 12"],
)  # fmt: skip
def test_what_no_document_of_the_case_proves_is_no_evidence(case, text):
    assert proofs_of(case).evidence(text) is None


def test_every_evidence_found_is_one_of_the_case(case):
    from promptlab.review.exercise import evidences

    names = {evidence.id for evidence in evidences(case)}
    for document in case.documents:
        words = [document.title, document.number, *(line.reference for line in document.lines)]
        assert {proofs_of(case).evidence(word) for word in words if word} <= names | {None}


def test_without_a_case_there_is_no_evidence():
    assert Proofs().evidence("facture 879") is None
