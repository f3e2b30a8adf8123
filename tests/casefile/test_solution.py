"""What settles an error: the credit note, what is delivered and invoiced, what is then due."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from promptlab.casefile.solution import solve
from promptlab.files.cases import load_case
from promptlab.model.case import DocumentLine
from tests.casefile.builders import CHAIR, TABLE, Sold, case, cent, delivery, invoice, order, paper, right
from tests.casefile.test_right import sales

OTHER = Sold("M-33", "chaise de pin", Decimal(12), Decimal("52.10"))


def figures(*documents):
    return {figure.key: figure for figure in solve(case(*documents)).figures}


def amounts(figure):
    return tuple(map(str, figure[1:4]))


def test_shipped_case_is_settled_with_its_figures():
    found = {figure.key: amounts(figure) for figure in solve(load_case("reclamation")).figures}
    assert found == {
        "credit_note": ("670.00", "134.00", "804.00"),
        "new_invoice": ("476.50", "95.30", "571.80"),
        "net_effect": ("-193.50", "-38.70", "-232.20"),
        "right_invoice": ("3722.35", "744.47", "4466.82"),
        "due_after": ("3722.35", "744.47", "4466.82"),
        "due_out_of_stock": ("3245.85", "649.17", "3895.02"),
    }


def test_shipped_case_sends_the_wrong_cloth_back():
    back = solve(load_case("reclamation")).sent_back
    assert [(line.reference, line.quantity, line.unit) for line in back] == [("N52000", Decimal(25), "m")]


@settings(max_examples=50, deadline=None)
@given(sales(), st.sampled_from(["price", "discount", "quantity", "reference", "amount", "vat"]))
def test_whatever_was_wrong_on_the_invoice_the_right_invoice_is_what_was_ordered(sold, error):
    first, *rest = sold
    wrong = {
        "price": replace(first, price=first.price + Decimal("3.17")),
        "discount": replace(first, discount=None if first.discount else Decimal(4)),
        "quantity": replace(first, quantity=first.quantity + 7),
        "reference": replace(first, reference="ZZ-99999", price=first.price + 1),
        "amount": first,
        "vat": replace(first, vat=Decimal("8.5")),
    }[error]
    line = wrong.line(amount=wrong.amount + 50) if error == "amount" else wrong.line()
    notes = delivery(*(one.delivered() for one in sold))
    found = figures(order(*sold), notes, invoice(line, *(one.line() for one in rest)))
    agreed = order(*sold)
    # A surplus is credited at its own rounded amount, which may be a cent from what is left of the line.
    slack = Decimal("0.01") if error == "quantity" else 0
    for right_one, what in zip(found["right_invoice"][1:4], ("total_ht", "total_vat", "total_ttc"), strict=True):
        assert abs(right_one - getattr(agreed, what)) <= 2 * slack
    assert abs(found["due_after"].ht - agreed.total_ht) <= slack
    assert abs(found["due_after"].ttc - agreed.total_ttc) <= Decimal("0.02") + slack  # each paper rounds its VAT


def test_surplus_that_was_delivered_and_invoiced_is_credited_and_sent_back():
    solution = solve(case(order(CHAIR), delivery(CHAIR.delivered(15)), invoice(CHAIR.line(15))))
    assert [(line.quantity, line.amount) for line in solution.credited] == [(Decimal(3), cent(3 * CHAIR.price))]
    assert [line.quantity for line in solution.sent_back] == [Decimal(3)]
    assert solution.supplied == ()
    assert solution.figure("due_out_of_stock") is None


def test_goods_that_are_missing_are_credited_then_delivered_and_invoiced():
    found = figures(order(CHAIR), delivery(CHAIR.delivered(8)), invoice(CHAIR.line()))
    assert found["credit_note"].ht == found["new_invoice"].ht == cent(4 * CHAIR.price)
    assert amounts(found["net_effect"]) == ("0.00", "0.00", "0.00")
    assert found["due_out_of_stock"].ht == cent(8 * CHAIR.price)


def test_partial_delivery_rightly_invoiced_leaves_the_rest_to_deliver_and_invoice():
    found = figures(order(CHAIR), delivery(CHAIR.delivered(8)), invoice(CHAIR.line(8)))
    assert "credit_note" not in found
    assert found["new_invoice"].ht == cent(4 * CHAIR.price)


def test_discount_left_out_is_credited_with_its_vat():
    granted = replace(CHAIR, discount=Decimal(10))
    found = figures(order(granted), delivery(CHAIR.delivered()), invoice(CHAIR.line()))
    assert amounts(found["credit_note"]) == ("54.36", "10.87", "65.23")


def test_discount_at_the_foot_left_out_is_credited():
    off = DocumentLine("REMISE", "remise", kind="discount", discount_rate=Decimal(10), amount=Decimal("54.36"))
    found = figures(order(CHAIR, foot=[off]), delivery(CHAIR.delivered()), invoice(CHAIR.line()))
    assert amounts(found["credit_note"]) == ("54.36", "10.87", "65.23")
    assert found["due_after"].ht == Decimal("489.24")


def test_goods_sent_back_are_credited_with_the_discount_of_the_invoice():
    off = DocumentLine("REMISE", "remise", kind="discount", discount_rate=Decimal(10), amount=Decimal("67.95"))
    mine = DocumentLine("REMISE", "remise", kind="discount", discount_rate=Decimal(10), amount=Decimal("54.36"))
    found = figures(order(CHAIR, foot=[mine]), delivery(CHAIR.delivered(15)), invoice(CHAIR.line(15), off))
    assert found["credit_note"].ht == cent(3 * CHAIR.price * Decimal("0.9"))


def test_second_invoice_is_credited_whole():
    again = invoice(CHAIR.line(), number="F-316")
    solution = solve(case(order(CHAIR), delivery(CHAIR.delivered()), invoice(CHAIR.line()), again))
    assert solution.figure("credit_note").ht == CHAIR.amount
    assert solution.invoice.number == "F-316"


def test_what_is_paid_is_taken_off_what_is_due():
    papers = list(right(CHAIR, TABLE))
    papers[2] = replace(papers[2], paid=Decimal("100.00"))
    assert figures(*papers)["due_after"].ttc == papers[2].total_ttc - 100


def test_credit_note_that_is_in_the_file_is_not_asked_for_again():
    credit = paper("credit_note", OTHER.line(), number="A-1", date="14/02/N")
    solution = solve(case(order(CHAIR), delivery(OTHER.delivered(ordered=None)), invoice(OTHER.line()), credit))
    assert solution.credited == ()
    assert solution.figure("new_invoice").ht == CHAIR.amount


def test_case_without_an_invoice_has_no_figures():
    solution = solve(case(order(CHAIR), delivery(CHAIR.delivered(8))))
    assert (solution.invoice, solution.figures) == (None, ())
    assert [line.quantity for line in solution.supplied] == [Decimal(12)]


def test_surplus_at_a_wrong_vat_rate_leaves_what_was_agreed_to_pay():
    dear = replace(CHAIR, vat=Decimal("5.5"))
    found = figures(order(CHAIR), delivery(CHAIR.delivered(15)), invoice(dear.line(15)))
    assert found["due_after"].ttc == order(CHAIR).total_ttc
