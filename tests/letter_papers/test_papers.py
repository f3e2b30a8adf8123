"""Return slip, credit note, corrected invoice: what a right one says, and what is told of a wrong one."""

import io
from dataclasses import replace
from decimal import Decimal

import docx
import pytest
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st

from promptlab.errors import BadInput
from promptlab.files.cases import load_case
from promptlab.letter.papers import KINDS, blank, check_paper, columns, entries, model_paper, to_docx
from promptlab.model.case import DocumentLine
from tests.casefile.builders import CHAIR, TABLE, Sold, case, delivery, invoice, order, right
from tests.casefile.test_right import sales

OTHER = Sold("M-33", "chaise de pin", Decimal(12), Decimal("52.10"))
LEGAL = {"late_rate": "trois fois le taux légal", "recovery_fee": "40 €"}


@pytest.fixture(scope="module")
def shipped():
    return load_case("reclamation")


def filled(kind, a_case, **changes):
    own = {"number": "A-2024-003", "date": "28/12/N"}
    values = model_paper(kind, a_case) | own | (LEGAL if kind == "corrected_invoice" else {})
    if not values.get("seller_siret"):
        values["seller_siret"] = a_case.company.siret
    return values | changes


def places(problems):
    return [problem.where for problem in problems]


def line_of(values, **changes):
    return values | {"lines": [values["lines"][0] | changes, *values["lines"][1:]]}


@pytest.mark.parametrize("kind", KINDS)
def test_paper_of_a_right_solution_is_right(kind, shipped):
    assert check_paper(kind, filled(kind, shipped), shipped) == ()


def test_credit_note_of_the_shipped_case_has_its_figures(shipped):
    values = model_paper("credit_note", shipped)
    assert (values["invoice_number"], values["lines"][0]["reference"]) == ("879", "N52000")
    assert (values["total_ht"], values["total_vat"], values["total_ttc"]) == ("670,00", "134,00", "804,00")


@pytest.mark.parametrize("kind", KINDS)
def test_blank_paper_lacks_every_mention_that_is_asked_for(kind, shipped):
    values = blank(kind, shipped)
    missing = places(check_paper(kind, values, shipped))
    wanted = [one.label for one in entries(kind) if one.required and not values[one.name]]
    assert [place for place in missing if place in wanted] == wanted


def test_missing_mention_of_an_invoice_is_told_with_its_source(shipped):
    problems = check_paper("corrected_invoice", filled("corrected_invoice", shipped, recovery_fee=""), shipped)
    assert len(problems) == 1
    assert "L441-9" in problems[0].message


@settings(max_examples=30, deadline=None)
@given(sales(), st.sampled_from(["price", "quantity", "reference", "discount"]), st.sampled_from([None, Decimal(10)]))
def test_papers_of_any_right_solution_are_right(sold, error, off):
    first, *rest = sold = [replace(one, vat=Decimal(20), designation="article") for one in sold]
    wrong = {
        "price": replace(first, price=first.price + 3),
        "discount": replace(first, discount=None if first.discount else Decimal(0)),
        "quantity": replace(first, quantity=first.quantity + 7),
        "reference": replace(first, reference="ZZ-99999", price=first.price + 1),
    }[error]

    def foot(lines):
        goods = sum(line.amount for line in lines)
        amount = round(goods * off / 100, 2) if off else 0
        return [DocumentLine("REMISE", "remise", kind="discount", discount_rate=off, amount=amount)] if off else []

    ordered, billed = [one.line() for one in sold], [wrong.line(), *(one.line() for one in rest)]
    sent = delivery(wrong.delivered(ordered=None), *(one.delivered() for one in rest))
    a_case = case(order(*sold, foot=foot(ordered)), sent, invoice(*billed, *foot(billed)))
    values = filled("credit_note", a_case)
    if values["total_ttc"] and values["lines"][0]["amount"]:
        assert check_paper("credit_note", values, a_case) == ()


def test_price_difference_is_credited_on_a_line_of_its_own():
    dear = replace(CHAIR, price=CHAIR.price + 2)
    a_case = case(*right(CHAIR)[:2], invoice(dear.line()))
    values = filled("credit_note", a_case)
    assert (values["lines"][0]["amount"], values["total_ttc"]) == ("24,00", "28,80")
    assert check_paper("credit_note", values, a_case) == ()


def test_foot_discount_stands_between_lines_and_total():
    off = DocumentLine("REMISE", "remise", kind="discount", discount_rate=Decimal(10), amount=Decimal("54.36"))
    a_case = case(order(CHAIR, foot=[off]), delivery(OTHER.delivered(ordered=None)), invoice(OTHER.line()))
    values = filled("corrected_invoice", a_case)
    assert (values["foot_discount"], values["total_ht"]) == ("54,36", "489,24")
    assert check_paper("corrected_invoice", values, a_case) == ()


# ---------------------------------------------------------------- planted errors


@pytest.mark.parametrize(
    ("changes", "label", "said"),
    [
        ({"amount": "760,00"}, "line 1", "670"),
        ({"quantity": "52", "amount": "1 393,60"}, "line 1, Quantity", "25"),
        ({"unit_price": "19,06", "amount": "476,50"}, "line 1, Unit price HT", "26.80"),
        ({"vat_rate": "19"}, "line 1, VAT %", "20"),
        ({"reference": "A52000"}, "line 1", "N52000"),
        ({"amount": "six cents"}, "line 1, Amount HT", "six cents"),
    ],
)
def test_wrong_figure_in_a_line_is_told_with_what_is_right(shipped, changes, label, said):
    problems = check_paper("credit_note", line_of(filled("credit_note", shipped), **changes), shipped)
    assert any(problem.where == label and said in problem.message for problem in problems)


@pytest.mark.parametrize(
    ("changes", "label", "said"),
    [
        ({"total_ht": "760,00"}, "Total HT", "670"),
        ({"total_vat": "127,30"}, "VAT", "134"),
        ({"total_ttc": "840,00"}, "Total TTC", "804"),
        ({"invoice_number": "897"}, "Invoice concerned, number", "879"),
        ({"invoice_date": "20/11/N"}, "Invoice concerned, date", "26/11/N"),
        ({"number": "879"}, "Number", "new number"),
        ({"date": "24/11/N"}, "Date", "27/11/N"),
        ({"date": "bientôt"}, "Date", "bientôt"),
        ({"buyer_name": "LYON TEXTILE"}, "Customer", "MARSEILLE"),
        ({"buyer_address": "3 rue du Port, 13002 Marseille"}, "Customer’s address", "Saint-Basile"),
        ({"invoice_number": ""}, "Invoice concerned, number", "289-I-5"),
    ],
)
def test_wrong_entry_is_told_with_what_is_right(shipped, changes, label, said):
    problems = check_paper("credit_note", filled("credit_note", shipped, **changes), shipped)
    assert [problem.where for problem in problems if said in problem.message] == [label]


def test_totals_that_do_not_add_up_are_told_with_the_sum(shipped):
    problems = check_paper("credit_note", filled("credit_note", shipped, total_ttc="840,00"), shipped)
    assert ["670" in problem.message and "134" in problem.message for problem in problems] == [True]


def test_credit_note_for_the_difference_alone_does_not_settle_the_case(shipped):
    values = line_of(filled("credit_note", shipped), quantity="1", unit_price="193,50", amount="193,50")
    values |= {"total_ht": "193,50", "total_vat": "38,70", "total_ttc": "232,20"}
    assert "Total TTC" in places(check_paper("credit_note", values, shipped))


@pytest.mark.parametrize("said", ["804,00 €", "804", "- 804,00", "804.00", "804,00 € TTC"])
def test_amounts_may_be_written_in_many_ways(shipped, said):
    assert check_paper("credit_note", filled("credit_note", shipped, total_ttc=said), shipped) == ()


def test_goods_returned_at_the_customers_expense_are_told(shipped):
    problems = check_paper("return_slip", filled("return_slip", shipped, carriage="à la charge du client"), shipped)
    assert len(problems) == 1


def test_corrected_invoice_names_what_it_replaces(shipped):
    problems = check_paper("corrected_invoice", filled("corrected_invoice", shipped, mention="merci"), shipped)
    assert places(problems) == ["Mention “cancels and replaces”"]


def test_article_that_is_missing_on_the_paper_is_named(shipped):
    values = filled("corrected_invoice", shipped)
    values["lines"] = values["lines"][:1]
    assert any("B65000" in problem.message for problem in check_paper("corrected_invoice", values, shipped))


def test_paper_that_no_error_asks_for_is_told():
    agreed = case(*right(CHAIR, TABLE))
    assert "lines" in places(check_paper("credit_note", filled("credit_note", agreed), agreed))


@pytest.mark.parametrize(
    "values", [{}, {"lines": "N52000"}, {"lines": [None, 3]}, {"number": 12, "lines": [{"amount": 3}]}]
)
def test_values_that_are_no_paper_are_told_and_do_no_harm(shipped, values):
    assert check_paper("credit_note", values, shipped)
    assert to_docx("credit_note", values, shipped)


def test_field_that_is_not_known_is_told(shipped):
    assert "total" in places(check_paper("credit_note", filled("credit_note", shipped, total="804"), shipped))


def test_kind_that_there_is_not_is_refused_with_those_there_are(shipped):
    for job in (lambda: blank("devis", shipped), lambda: check_paper("devis", {}, shipped)):
        with pytest.raises(BadInput, match="return_slip"):
            job()


# ---------------------------------------------------------------- documents


def written(kind, values, a_case):
    return docx.Document(io.BytesIO(to_docx(kind, values, a_case)))


def texts(document):
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


@pytest.mark.parametrize("kind", KINDS)
def test_document_holds_everything_that_was_filled_in(kind, shipped):
    values = filled(kind, shipped)
    said = texts(written(kind, values, shipped))
    for name, value in values.items():
        wanted = [text for line in value for text in line.values()] if name == "lines" else value.split(", ")
        assert all(text in said for text in wanted), name


@pytest.mark.parametrize("kind", KINDS)
def test_document_is_accessible(kind, shipped):
    document = written(kind, filled(kind, shipped), shipped)
    assert document.core_properties.title
    assert [
        paragraph.style.name for paragraph in document.paragraphs if paragraph.style.name.startswith("Heading")
    ] == ["Heading 1"]
    assert {lang.get(qn("w:val")) for lang in document.styles.element.iter(qn("w:lang"))} == {"fr-FR"}
    lines = document.tables[0]
    assert lines.rows[0]._tr.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None
    assert [cell.text for cell in lines.rows[0].cells] == [column.label for column in columns(kind)]
    for table in document.tables:
        assert table._tbl.tblPr.find(qn("w:tblDescription")) is not None


def test_blank_document_has_dots_and_rows_to_write_in(shipped):
    document = written("credit_note", blank("credit_note", shipped), shipped)
    assert "....." in texts(document)
    assert len(document.tables[0].rows) > 3


def test_text_of_a_pupil_is_text_in_the_document(shipped):
    values = filled("credit_note", shipped, reason="<w:p/> & \x00\x0b=1+1 \ud800")
    assert "<w:p/> & =1+1" in texts(written("credit_note", values, shipped))


@pytest.mark.tool
def test_document_is_one_page_in_libreoffice(shipped, tmp_path, needs):
    import subprocess

    office, pages = needs("soffice"), needs("pdfinfo")
    (tmp_path / "avoir.docx").write_bytes(to_docx("credit_note", filled("credit_note", shipped), shipped))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    subprocess.run(
        [office, profile, "--headless", "--convert-to", "pdf", "avoir.docx"],
        cwd=tmp_path,
        check=True,
        capture_output=True,
    )
    said = subprocess.run([pages, "avoir.pdf"], cwd=tmp_path, check=True, capture_output=True, text=True).stdout
    assert "Pages:           1" in said
