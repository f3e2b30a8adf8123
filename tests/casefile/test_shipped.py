"""The shipped case: everything that a careful reader finds, each at its place."""

from dataclasses import replace
from decimal import Decimal

import pytest

from promptlab.casefile.check import check_documents
from promptlab.files.cases import load_case

EXPECTED = [
    (
        "wrong_reference",
        ("order:line 1", "delivery:line 1", "invoice:line 1"),
        ("A52000", "N52000"),
        "193.50",
        "232.20",
    ),
    ("wrong_reference", ("order:line 1", "delivery:line 1"), ("A52000", "N52000"), None, None),
    ("arithmetic", ("order:line 2",), ("3245.85", "3246.00"), "0.15", "0.18"),
    ("arithmetic", ("invoice:line 2",), ("3245.85", "3246.00"), "0.15", "0.18"),
    ("reference_mismatch", ("complaint:cites.delivery", "delivery:number"), ("658", "WH/OUT/00023"), None, None),
    ("reference_mismatch", ("delivery:cites.order", "order:number"), ("S00024", "11-024"), None, None),
    ("reference_mismatch", ("complaint:line 1", "order:line 1"), ("A52", "A52000"), None, None),
    ("reference_mismatch", ("complaint:line 2", "order:line 2"), ("B65", "B65000"), None, None),
    ("reference_mismatch", ("complaint:line 3", "delivery:line 1"), ("N52", "N52000"), None, None),
    ("identity", ("order:buyer", "order:footer"), None, None, None),
    ("identity", ("delivery:seller", "delivery:footer", "invoice:seller", "invoice:footer"), None, None, None),
    ("identity", ("delivery:footer", "invoice:footer"), ("838004927",), None, None),
    ("terms", ("invoice:terms.payment", "complaint:date"), ("26/12/N", "27/11/N"), None, None),
    ("law", ("complaint:body",), ("1582", "1603", "1604"), None, None),
]


@pytest.fixture(scope="module")
def findings():
    return check_documents(load_case("reclamation"))


@pytest.mark.parametrize(("kind", "where", "values", "ht", "ttc"), EXPECTED)
def test_each_thing_that_a_careful_reader_finds_is_found(findings, kind, where, values, ht, ttc):
    amounts = tuple(None if amount is None else Decimal(amount) for amount in (ht, ttc))
    assert any(
        (one.kind, one.where) == (kind, where)
        and values in (None, one.values)
        and (one.amount_ht, one.amount_ttc) == amounts
        for one in findings
    )


def test_two_spellings_of_the_customer_are_found(findings):
    assert ("MARSEILLE TEXTILE", "MARSEILLE TEXTILES") in [one.values for one in findings if one.kind == "identity"]


def test_nothing_else_is_found(findings):
    assert len(findings) == 16


def test_text_of_the_complaint_says_the_same_as_its_lines(findings):
    case = load_case("reclamation")
    documents = tuple(replace(one, lines=()) if one.kind == "complaint" else one for one in case.documents)
    read = check_documents(replace(case, documents=documents))
    assert {(one.kind, one.values) for one in read} == {(one.kind, one.values) for one in findings}
