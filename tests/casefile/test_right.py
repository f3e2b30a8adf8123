"""Documents that agree: nothing is found, whatever the figures."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from promptlab.casefile.check import check_documents
from promptlab.casefile.solution import solve
from promptlab.model.case import DocumentLine
from tests.casefile.builders import (
    BUYER,
    CHAIR,
    TABLE,
    TERMS,
    Sold,
    case,
    cent,
    complaint,
    delivery,
    invoice,
    order,
    paper,
    right,
)

RATES = [Decimal(rate) for rate in ("20", "10", "5.5", "2.1")]


@st.composite
def sales(draw, least=1):
    references = draw(
        st.lists(
            st.from_regex(r"[A-Z]{1,2}-?[1-9][0-9]{1,4}", fullmatch=True),
            min_size=least,
            max_size=5,
            unique_by=lambda text: text.replace("-", "").rstrip("0"),
        )
    )
    return [
        Sold(
            reference,
            draw(st.sampled_from(["toile bleue", "vis à bois", "lampe", "tapis de laine", ""])),
            draw(st.decimals("0.5", "400", places=draw(st.sampled_from([0, 1])))),
            draw(st.decimals("0.05", "900", places=draw(st.sampled_from([2, 3])))),
            draw(st.sampled_from(RATES)),
            draw(st.sampled_from([None, Decimal(5), Decimal("12.5")])),
        )
        for reference in references
    ]


def foot_of(sold, rate, fee):
    goods = sum(one.amount for one in sold)
    lines = []
    if rate:
        lines.append(
            DocumentLine("REMISE", "remise", kind="discount", discount_rate=rate, amount=cent(goods * rate / 100))
        )
    if fee:
        lines.append(DocumentLine("PORT", "port", kind="fee", amount=fee))
    return lines


@settings(max_examples=60, deadline=None)
@given(sales())
def test_sale_that_agrees_has_no_finding(sold):
    assert check_documents(case(*right(*sold))) == ()


@settings(max_examples=40, deadline=None)
@given(
    sales(), st.sampled_from([Decimal(0), Decimal(3), Decimal("7.5")]), st.sampled_from([Decimal(0), Decimal("18.50")])
)
def test_discount_and_fee_at_the_foot_of_both_are_no_finding(sold, rate, fee):
    sold = [replace(one, vat=Decimal(20)) for one in sold]
    foot = foot_of(sold, rate, fee)
    bill = invoice(*(one.line() for one in sold), *foot)
    assert check_documents(case(order(*sold, foot=foot), delivery(*(one.delivered() for one in sold)), bill)) == ()


@settings(max_examples=30, deadline=None)
@given(sales(least=2), st.integers(1, 4))
def test_order_delivered_and_invoiced_in_two_parts_is_no_finding(sold, cut):
    cut = min(cut, len(sold) - 1)
    parts = (sold[:cut], sold[cut:])
    notes = [
        delivery(*(one.delivered() for one in part), number=f"BL-{rank}", date=f"0{rank + 4}/02/N")
        for rank, part in enumerate(parts)
    ]
    bills = [
        invoice(
            *(one.line() for one in part), number=f"F-{rank}", cites=(("order", "C-77"), ("delivery", f"BL-{rank}"))
        )
        for rank, part in enumerate(parts)
    ]
    assert check_documents(case(order(*sold), *notes, *bills)) == ()


@settings(max_examples=30, deadline=None)
@given(sales())
def test_case_and_dashes_in_references_are_no_finding(sold):
    notes = delivery(*(one.delivered(reference=one.reference.lower().replace("-", " ")) for one in sold))
    assert check_documents(case(order(*sold), notes, invoice(*(one.line() for one in sold)))) == ()


@settings(max_examples=30, deadline=None)
@given(sales())
def test_sale_that_agrees_has_nothing_to_settle(sold):
    solution = solve(case(*right(*sold)))
    assert (solution.credited, solution.supplied, solution.sent_back) == ((), (), ())
    assert [figure.key for figure in solution.figures] == ["right_invoice", "due_after"]
    assert solution.figure("due_after").ttc == right(*sold)[2].total_ttc


@pytest.mark.parametrize(
    ("key", "ordered", "printed"),
    [
        ("payment", "30 jours", "virement à 30 jours"),
        ("cash_discount", "2", "2,0 % pour paiement sous 8 jours"),
        ("carriage", "franco", "franco de port, par route"),
    ],
)
def test_term_in_other_words_is_no_finding(key, ordered, printed):
    said, kept = ({**dict(TERMS), key: text}.items() for text in (ordered, printed))
    papers = right()
    agreed = (replace(papers[0], terms=tuple(said)), papers[1], replace(papers[2], terms=tuple(kept)))
    assert check_documents(case(*agreed)) == ()


def test_foot_of_an_order_that_does_not_say_whose_it_is_is_that_of_the_party_it_names():
    papers = list(right())
    papers[0] = replace(papers[0], footer=replace(BUYER, role=""))
    assert check_documents(case(*papers)) == ()


def test_returned_and_credited_goods_are_settled():
    back = paper("return_slip", CHAIR.delivered(2), number="R-1", date="12/02/N")
    credit = paper("credit_note", CHAIR.line(2), number="A-1", date="14/02/N", cites=(("invoice", "F-315"),))
    settled = case(
        order(CHAIR, TABLE),
        delivery(CHAIR.delivered(14), TABLE.delivered()),
        invoice(CHAIR.line(14), TABLE.line()),
        back,
        credit,
    )
    assert check_documents(settled) == ()
    assert solve(settled).credited == ()


def test_invoice_that_replaces_a_wrong_one_is_the_one_that_counts():
    wrong = invoice(CHAIR.line(20), TABLE.line())
    good = invoice(CHAIR.line(), TABLE.line(), number="F-320", date="11/02/N", replaces="F-315")
    assert check_documents(case(order(CHAIR, TABLE), delivery(CHAIR.delivered(), TABLE.delivered()), wrong, good)) == ()


def test_complaint_that_says_the_truth_in_its_text_is_borne_out():
    body = (
        "Le 3 février N, nous avons commandé 12 m de chaises réf. K-210 pour 543,60 € HT (commande n° C-77 du 03/02/N)."
    )
    assert check_documents(case(*right(), complaint(body))) == ()


def test_real_years_are_dates_like_any_other():
    papers = [
        replace(one, date=date) for one, date in zip(right(), ("03/02/2026", "2026-02-09", "09/02/2026"), strict=True)
    ]
    assert check_documents(case(*papers)) == ()
