"""Documents that agree but for one planted error: it is found, at its place and with the euros at stake."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from promptlab.casefile.check import check_documents
from promptlab.model.case import DocumentLine
from tests.casefile.builders import (
    BUYER,
    CHAIR,
    SELLER,
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
from tests.casefile.test_right import sales

OTHER = Sold("M-33", "chaise de pin", Decimal(12), Decimal("52.10"))


def found(*documents, **parties):
    return check_documents(case(*documents, **parties))


def only(kind, findings):
    assert [finding.kind for finding in findings] == [kind]
    return findings[0]


def ttc(amount, rate):
    return cent(amount) + cent(cent(amount) * rate / 100)


@settings(max_examples=40, deadline=None)
@given(sales(), st.decimals("0.1", "99", places=1))
def test_quantity_invoiced_beyond_the_delivery_is_found_with_its_value(sold, more):
    first, *rest = sold
    bill = invoice(first.line(first.quantity + more), *(one.line() for one in rest))
    finding = only("quantity", found(order(*sold), delivery(*(one.delivered() for one in sold)), bill))
    net = first.price * (100 - (first.discount or 0)) / 100
    assert finding.where == ("delivery:line 1", "invoice:line 1")
    assert finding.amount_ht == cent(more * net)
    assert finding.amount_ttc == ttc(more * net, first.vat)


@settings(max_examples=40, deadline=None)
@given(sales(), st.decimals("0.01", "50", places=2))
def test_wrong_unit_price_is_found_with_what_it_costs(sold, more):
    first, *rest = sold
    dear = replace(first, price=first.price + more)
    places = max(2, -first.price.as_tuple().exponent)
    assume(round(dear.price, 2) != round(first.price, 2) or places > 2)
    bill = invoice(dear.line(), *(one.line() for one in rest))
    finding = only("price", found(order(*sold), delivery(*(one.delivered() for one in sold)), bill))
    assert finding.where == ("order:line 1", "invoice:line 1")
    assert finding.amount_ht == cent(first.quantity * more * (100 - (first.discount or 0)) / 100)


@settings(max_examples=40, deadline=None)
@given(sales(), st.sampled_from([Decimal(3), Decimal(10), Decimal("33.3")]))
def test_discount_of_a_line_left_out_is_found(sold, rate):
    first, *rest = sold
    granted = replace(first, discount=rate)
    bill = invoice(*(one.line() for one in [replace(first, discount=None), *rest]))
    notes = delivery(*(one.delivered() for one in sold))
    expected = cent(first.quantity * first.price * rate / 100)
    assume(expected)
    finding = only("price", found(order(granted, *rest), notes, bill))
    assert (finding.amount_ht, finding.amount_ttc) == (expected, ttc(expected, first.vat))
    assert finding.values == (f"{rate}", "0")


@settings(max_examples=40, deadline=None)
@given(sales())
def test_line_amount_one_cent_off_is_found(sold):
    first, *rest = sold
    bill = invoice(first.line(amount=first.amount + Decimal("0.01")), *(one.line() for one in rest))
    finding = only("arithmetic", found(order(*sold), delivery(*(one.delivered() for one in sold)), bill))
    assert (finding.where, finding.amount_ht) == (("invoice:line 1",), Decimal("0.01"))


@pytest.mark.parametrize(
    ("field", "kind", "gap"),
    [("total_ht", "total", "0.50"), ("total_vat", "vat", "0.50"), ("total_ttc", "total", "0.50")],
)
def test_wrong_total_is_found_where_it_stands(field, kind, gap):
    papers = list(right())
    papers[2] = replace(papers[2], **{field: getattr(papers[2], field) + Decimal(gap)})
    findings = [finding for finding in found(*papers) if finding.kind == kind]
    assert findings[0].where == ("invoice:total",)
    assert Decimal(gap) in (findings[0].amount_ht, findings[0].amount_ttc)


def test_total_with_the_vat_of_another_country_is_told_with_its_rate():
    papers = list(right())
    ht = papers[2].total_ht
    papers[2] = replace(papers[2], total_vat=cent(ht * 19 / 100), total_ttc=ht + cent(ht * 19 / 100))
    finding = only("vat", found(*papers))
    assert "19" in finding.message
    assert finding.amount_ttc == cent(ht * 20 / 100) - cent(ht * 19 / 100)


def test_vat_rate_other_than_on_the_order_is_found():
    finding = only("vat", found(*right()[:2], invoice(replace(CHAIR, vat=Decimal(10)).line(), TABLE.line())))
    assert (finding.values, finding.amount_ttc) == (
        ("20", "10"),
        cent(CHAIR.amount * 20 / 100) - cent(CHAIR.amount / 10),
    )


def test_rate_that_is_not_in_force_is_found_though_order_and_invoice_agree():
    odd = replace(CHAIR, vat=Decimal("19.6"))
    assert {finding.kind for finding in found(*right(odd))} == {"vat"}


def test_other_article_delivered_and_invoiced_is_a_wrong_reference_with_the_difference():
    findings = found(
        order(CHAIR, TABLE),
        delivery(OTHER.delivered(ordered=None), TABLE.delivered()),
        invoice(OTHER.line(), TABLE.line()),
    )
    finding = only("wrong_reference", findings)
    assert finding.where == ("order:line 1", "delivery:line 1", "invoice:line 1")
    assert finding.values == ("K-210", "M-33")
    assert finding.amount_ht == OTHER.amount - CHAIR.amount
    assert finding.amount_ttc == ttc(OTHER.amount - CHAIR.amount, 20)


def test_other_article_delivered_but_rightly_invoiced_costs_nothing():
    finding = only(
        "wrong_reference", found(order(CHAIR), delivery(OTHER.delivered(ordered=None)), invoice(CHAIR.line()))
    )
    assert (finding.where, finding.amount_ht) == (("order:line 1", "delivery:line 1"), None)


def test_other_article_invoiced_only_is_a_wrong_reference():
    finding = only("wrong_reference", found(order(CHAIR), delivery(CHAIR.delivered()), invoice(OTHER.line())))
    assert (finding.where, finding.amount_ht) == (("order:line 1", "invoice:line 1"), OTHER.amount - CHAIR.amount)


def test_two_articles_exchanged_with_two_others_are_each_paired_by_what_they_are():
    sheet = Sold("D-5", "drap de lin", Decimal(40), Decimal(18))
    pine, cotton = OTHER, Sold("D-6", "drap de coton", Decimal(40), Decimal(11))
    sent = [cotton, pine]
    findings = found(
        order(CHAIR, sheet),
        delivery(*(one.delivered(ordered=None) for one in sent)),
        invoice(*(one.line() for one in sent)),
    )
    assert {finding.values for finding in findings} == {("K-210", "M-33"), ("D-5", "D-6")}


def test_delivery_note_that_calls_an_article_ordered_is_contradicted_by_the_order():
    findings = found(order(CHAIR), delivery(OTHER.delivered()), invoice(OTHER.line()))
    assert [finding.where for finding in findings] == [
        ("order:line 1", "delivery:line 1", "invoice:line 1"),
        ("order:line 1", "delivery:line 1"),
    ]


def test_article_that_stands_on_no_order_is_found():
    extra = Sold("Z-9", "bon cadeau", Decimal(1), Decimal(80))
    findings = found(
        order(CHAIR), delivery(CHAIR.delivered(), extra.delivered(ordered=None)), invoice(CHAIR.line(), extra.line())
    )
    assert (only("wrong_reference", findings).values, findings[0].amount_ht) == (("Z-9",), Decimal("80.00"))


def test_partial_delivery_that_is_rightly_invoiced_is_one_finding():
    finding = only("quantity", found(order(CHAIR), delivery(CHAIR.delivered(8)), invoice(CHAIR.line(8))))
    assert (finding.values, finding.amount_ht) == (("12", "8"), cent(4 * CHAIR.price))


def test_partial_delivery_invoiced_in_full_is_told_and_what_is_charged_for_nothing():
    findings = found(order(CHAIR), delivery(CHAIR.delivered(8)), invoice(CHAIR.line()))
    assert [(finding.kind, finding.values) for finding in findings] == [
        ("quantity", ("12", "8")),
        ("quantity", ("8", "12")),
    ]


def test_goods_sent_back_and_not_credited_are_found():
    back = paper("return_slip", CHAIR.delivered(2), number="R-1", date="12/02/N")
    finding = only("quantity", found(order(CHAIR), delivery(CHAIR.delivered(14)), invoice(CHAIR.line(14)), back))
    assert (finding.values, finding.amount_ht) == (("12", "14"), cent(2 * CHAIR.price))
    assert "return_slip:line 1" in finding.where


def test_second_invoice_for_the_same_goods_is_double_invoicing():
    again = invoice(CHAIR.line(), number="F-316", date="10/02/N")
    finding = only("double_invoicing", found(order(CHAIR), delivery(CHAIR.delivered()), invoice(CHAIR.line()), again))
    assert {"invoice:line 1", "invoice-2:line 1"} <= set(finding.where)
    assert (finding.amount_ht, finding.amount_ttc) == (CHAIR.amount, ttc(CHAIR.amount, 20))


def test_line_that_stands_twice_on_one_invoice_is_double_invoicing():
    finding = only(
        "double_invoicing", found(order(CHAIR), delivery(CHAIR.delivered()), invoice(CHAIR.line(), CHAIR.line()))
    )
    assert finding.amount_ht == CHAIR.amount


@pytest.mark.parametrize("kind", ["discount", "cash_discount"])
def test_discount_at_the_foot_of_the_order_left_out_on_the_invoice_is_found(kind):
    off = DocumentLine("REMISE", "remise", kind=kind, discount_rate=Decimal(10), amount=cent(CHAIR.amount / 10))
    finding = only("price", found(order(CHAIR, foot=[off]), delivery(CHAIR.delivered()), invoice(CHAIR.line())))
    assert finding.where == (f"order:{kind}", f"invoice:{kind}")
    assert (finding.amount_ht, finding.amount_ttc) == (cent(CHAIR.amount / 10), ttc(CHAIR.amount / 10, 20))


def test_discount_agreed_in_the_terms_and_left_out_is_found():
    terms = (*TERMS, ("discount", "5 %"))
    finding = only("price", found(order(CHAIR, terms=terms), delivery(CHAIR.delivered()), invoice(CHAIR.line())))
    assert finding.amount_ht == cent(CHAIR.amount * 5 / 100)


def test_carriage_charged_on_a_free_delivery_is_found():
    port = DocumentLine("PORT", "port", kind="fee", amount=Decimal("22.00"))
    finding = only("terms", found(order(CHAIR), delivery(CHAIR.delivered()), invoice(CHAIR.line(), port)))
    assert (finding.amount_ht, finding.amount_ttc) == (Decimal("22.00"), Decimal("26.40"))


@pytest.mark.parametrize(
    ("key", "said"),
    [("payment", "comptant"), ("payment", "virement à 45 jours"), ("cash_discount", "1"), ("carriage", "port dû")],
)
def test_terms_that_differ_from_the_order_are_found(key, said):
    terms = tuple({**dict(TERMS), key: said}.items())
    finding = only("terms", found(*right()[:2], invoice(CHAIR.line(), TABLE.line(), terms=terms)))
    assert finding.values == (dict(TERMS)[key], said)


def test_cash_discount_that_the_invoice_keeps_silent_about_is_found():
    finding = only("terms", found(*right()[:2], invoice(CHAIR.line(), TABLE.line(), terms=TERMS[:1])))
    assert "L441-9" in finding.message


@pytest.mark.parametrize(
    ("spoiled", "where"),
    [
        (0, ("order:date", "delivery:date")),
        (2, ("order:date", "invoice:date")),
    ],
)
def test_dates_in_the_wrong_order_are_found(spoiled, where):
    papers = list(right())
    papers[spoiled] = replace(papers[spoiled], date="20/02/N" if spoiled == 0 else "01/02/N")
    assert where in [finding.where for finding in found(*papers) if finding.kind == "date"]


def test_year_n_plus_one_comes_after_the_year_n():
    papers = [replace(one, date=date) for one, date in zip(right(), ("28/12/N", "04/01/N+1", "04/01/N+1"), strict=True)]
    assert found(*papers) == ()
    assert only("date", found(replace(papers[0], date="28/12/N+1"), papers[1], replace(papers[2], date="29/12/N+1")))


@pytest.mark.parametrize(
    ("rank", "cites", "values"),
    [
        (1, {"order": "S-077"}, ("S-077", "C-77")),
        (2, {"delivery": "0421"}, ("0421", "BL/0412")),
        (2, {"order": "C-78"}, ("C-78", "C-77")),
    ],
)
def test_number_of_another_document_is_a_mismatch(rank, cites, values):
    papers = list(right())
    papers[rank] = replace(papers[rank], cites=tuple(cites.items()))
    assert only("reference_mismatch", found(*papers)).values == values


@pytest.mark.parametrize(
    "cites", [{"order": "c 77"}, {"delivery": "412"}, {"delivery": "BL/0412"}, {"delivery": "n° 0412"}]
)
def test_number_that_is_shortened_or_otherwise_written_is_no_mismatch(cites):
    papers = list(right())
    papers[2] = replace(papers[2], cites=tuple(cites.items()))
    assert found(*papers) == ()


def test_two_documents_with_one_number_are_found():
    second = delivery(TABLE.delivered(), date="10/02/N")
    findings = found(order(CHAIR, TABLE), delivery(CHAIR.delivered()), second, invoice(CHAIR.line(), TABLE.line()))
    assert only("reference_mismatch", findings).where == ("delivery:number", "delivery-2:number")


def test_document_that_is_cited_and_not_there_is_missing():
    finding = only("missing", found(order(CHAIR), invoice(CHAIR.line())))
    assert (finding.where[0], finding.values) == ("delivery", ("0412",))


@pytest.mark.parametrize("column", ["quantity", "unit_price", "vat_rate", "amount"])
def test_column_that_an_invoice_lacks_is_named(column):
    bill = invoice(CHAIR.line(), TABLE.line())
    lines = tuple(replace(line, **{column: None}) for line in bill.lines)
    findings = [finding for finding in found(*right()[:2], replace(bill, lines=lines)) if finding.kind == "missing"]
    assert [(finding.values, finding.where) for finding in findings] == [
        ((column,), ("invoice:line 1", "invoice:line 2"))
    ]


def test_parties_that_differ_are_found():
    other = replace(BUYER, name="HÔTEL DES CIMES ET LACS")
    moved = replace(SELLER, address="12 rue Basse, 74000 Annecy", role="seller")
    papers = list(right())
    papers[0] = replace(papers[0], buyer=other)
    papers[2] = replace(papers[2], footer=moved)
    findings = found(*papers)
    assert [finding.kind for finding in findings] == ["identity", "identity"]
    assert findings[0].where[0] == "invoice:seller"
    assert "order:buyer" in findings[1].where


def test_footer_that_only_spells_the_address_otherwise_is_no_finding():
    papers = list(right())
    papers[2] = replace(
        papers[2], footer=replace(SELLER, address="4, Quai vert – 74000 ANNECY", siret="12345678900012")
    )
    assert found(*papers) == ()


def test_siret_of_another_firm_is_found():
    papers = list(right())
    papers[2] = replace(papers[2], footer=replace(SELLER, siret="111 222 333 00012"))
    assert only("identity", found(*papers)).values == ("123 456 789 00012", "111 222 333 00012")


# ---------------------------------------------------------------- complaints


def line(reference, **figures):
    return DocumentLine(reference, "", **{name: Decimal(value) for name, value in figures.items()})


def test_complaint_line_that_contradicts_the_documents_is_found():
    wrong = complaint("", line("K-210", ordered=10, amount="540.00"), line("T-80", quantity=2))
    findings = found(*right(), wrong)
    assert [(finding.kind, finding.values) for finding in findings if finding.kind != "terms"] == [
        ("quantity", ("12", "10")),
        ("quantity", ("3", "2")),
        ("price", ("543.60", "540.00")),
    ]


def test_complaint_without_lines_is_read_from_its_text():
    body = (
        "Le 4 février N, nous avons passé commande de 10 m de chaises réf. K-210. Vous avez livré 5 m de tables T80, "
        "facturés 700 € HT sur la facture F-316. L’article L. 221-18 nous autorise à les retourner."
    )
    found_ = {(finding.kind, finding.values) for finding in found(*right(), complaint(body))}
    assert {
        ("quantity", ("12", "10")),
        ("quantity", ("3", "5")),
        ("price", ("659.97", "700.00")),
        ("reference_mismatch", ("F-316", "F-315")),
        ("law", ("L221-18",)),
    } <= found_


def test_day_of_the_order_that_a_complaint_gives_wrongly_is_found():
    findings = found(*right(), complaint("Notre commande n° C-77 du 4 février N était claire."))
    assert only("date", findings).values == ("04/02/N", "03/02/N")


def test_reference_that_no_document_knows_is_found():
    assert only("reference_mismatch", found(*right(), complaint("", line("X-999")))).values == ("X-999",)


def test_short_reference_is_explained():
    finding = only("reference_mismatch", found(*right(Sold("K21000")), complaint("", line("K21", ordered=12))))
    assert finding.values == ("K21", "K21000")


@pytest.mark.parametrize(("date", "count"), [("12/02/N", 1), ("11/03/N", 0)])
def test_refund_is_premature_until_the_invoice_is_due(date, count):
    papers = (*right(), complaint("Merci de nous rembourser.", date=date))
    findings = [finding for finding in found(*papers) if finding.kind == "terms"]
    assert [finding.values[0] for finding in findings] == ["11/03/N"] * count


def test_invoice_that_is_paid_may_be_refunded():
    papers = list(right())
    papers[2] = replace(papers[2], paid=papers[2].total_ttc)
    assert found(*papers, complaint("Merci de nous rembourser.")) == ()


def test_surplus_that_the_complaint_sends_back_is_credited_as_invoiced_and_bears_no_discount():
    off = DocumentLine("REMISE", "remise", kind="discount", discount_rate=Decimal(10), amount=cent(CHAIR.amount / 10))
    back = complaint("", DocumentLine("K-210", "", ordered=Decimal(12), quantity=Decimal(20), returned=Decimal(8)))
    papers = (order(CHAIR, foot=[off]), delivery(CHAIR.delivered(20)), invoice(CHAIR.line(20)), back)
    stakes = {one.where: one.amount_ht for one in found(*papers) if one.amount_ht}
    assert stakes == {
        ("order:line 1", "delivery:line 1"): cent(8 * CHAIR.price),
        ("order:discount", "invoice:discount"): cent(CHAIR.amount / 10),
    }


def test_surplus_that_nobody_sends_back_bears_the_discount():
    off = DocumentLine("REMISE", "remise", kind="discount", discount_rate=Decimal(10), amount=cent(CHAIR.amount / 10))
    papers = (order(CHAIR, foot=[off]), delivery(CHAIR.delivered(20)), invoice(CHAIR.line(20)))
    (price,) = (one for one in found(*papers) if one.kind == "price")
    assert price.amount_ht == cent(20 * CHAIR.price / 10)


def test_discount_of_a_line_counts_what_stays_alone():
    granted = replace(CHAIR, discount=Decimal(10))
    back = complaint("", DocumentLine("K-210", "", returned=Decimal(8)))
    bill = invoice(CHAIR.line(20))
    stakes = [
        one.amount_ht for one in found(order(granted), delivery(CHAIR.delivered(20)), bill, back) if one.amount_ht
    ]
    assert stakes == [cent(8 * CHAIR.price), cent(12 * CHAIR.price / 10)]


def test_goods_that_were_ordered_bear_the_discount_whatever_a_complaint_sends_back():
    off = DocumentLine("REMISE", "remise", kind="discount", discount_rate=Decimal(10), amount=cent(CHAIR.amount / 10))
    back = complaint("", DocumentLine("K-210", "", returned=Decimal(5)))
    papers = (order(CHAIR, foot=[off]), delivery(CHAIR.delivered()), invoice(CHAIR.line()), back)
    assert only("price", found(*papers)).amount_ht == cent(CHAIR.amount / 10)


@pytest.mark.parametrize("returned", [4, 8, 12])
def test_no_more_than_the_surplus_is_taken_off_the_discount(returned):
    off = DocumentLine("REMISE", "remise", kind="discount", discount_rate=Decimal(10), amount=cent(CHAIR.amount / 10))
    back = complaint("", DocumentLine("K-210", "", returned=Decimal(returned)))
    sale = case(order(CHAIR, foot=[off]), delivery(CHAIR.delivered(20)), invoice(CHAIR.line(20)), back)
    kept = 20 - min(returned, 8)
    (price,) = (one for one in check_documents(sale) if one.kind == "price")
    assert price.amount_ht == cent(kept * CHAIR.price / 10)


def test_unit_prices_are_told_in_euros():
    dear = replace(CHAIR, price=Decimal("46.00"))
    told = only("price", found(order(CHAIR), delivery(CHAIR.delivered()), invoice(dear.line()))).message
    assert "€46.00" in told
    assert "€45.30" in told


def test_siret_of_nine_digits_is_told_and_one_of_fourteen_is_not():
    short = replace(SELLER, siret="123 456 789")
    papers = (order(CHAIR), delivery(CHAIR.delivered()), invoice(CHAIR.line(), seller=short))
    finding = only("identity", found(*papers))
    assert (finding.where, finding.values) == (("invoice:seller",), ("123456789",))
    assert found(*right(CHAIR)) == ()
