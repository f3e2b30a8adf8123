"""The command: its exit status, its JSON, and what it says of documents that cannot be read."""

import json
import shutil

import pytest

from promptlab.cli.check_documents import KINDS, command
from promptlab.errors import BadInput
from promptlab.files.cases import load_case, shipped_cases
from promptlab.model.finding import FindingKind


@pytest.fixture
def folder(tmp_path):
    return shutil.copytree(shipped_cases() / "reclamation", tmp_path / "cas")


def edit(path, *changes):
    text = path.read_text("utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    path.write_text(text, "utf-8")


def run(*arguments):
    return command.main([str(argument) for argument in arguments], standalone_mode=False)


def test_json_is_one_document_and_findings_are_status_1(capfd):
    assert run("reclamation", "--json") == 1
    found = json.loads(capfd.readouterr().out)["findings"]
    assert found[0] == {
        "kind": "wrong_reference",
        "where": ["order:line 1", "delivery:line 1", "invoice:line 1"],
        "values": ["A52000", "N52000"],
        "amount_ht": "193.50",
        "amount_ttc": "232.20",
        "message": found[0]["message"],
    }
    assert found[-1]["amount_ht"] is None


def test_list_names_places_and_the_euros_at_stake(capfd):
    assert run("reclamation") == 1
    shown = capfd.readouterr().out
    assert "[the order, line 1 · the delivery note, line 1 · the invoice, line 1]" in shown
    assert "order:" not in shown
    assert "193.50" in shown
    assert "232.20" in shown


def test_every_kind_has_a_heading():
    assert set(KINDS) == set(FindingKind.__args__)


def test_documents_that_agree_are_status_0(folder, capfd):
    mended = (('"S00024"', '"11-024"'), ('reference = "N52000"', 'reference = "A52000"'))
    papers = folder / "documents"
    (papers / "1-complaint.toml").unlink()
    for name in ("2a-order.toml", "2b-delivery.toml", "3-invoice.toml"):
        text = (papers / name).read_text("utf-8")
        start, end = text.index("[footer]"), text.index("[terms]")
        (papers / name).write_text(text[:start] + text[end:], "utf-8")
    edit(
        papers / "2a-order.toml",
        ("3245.85", "3246.00"),
        ("3722.35", "3722.50"),
        ("744.47", "744.50"),
        ("4466.82", "4467.00"),
    )
    edit(papers / "2b-delivery.toml", *mended[:2])
    edit(
        papers / "3-invoice.toml",
        mended[1],
        ("26.80", "19.06"),
        ("670.00", "476.50"),
        ("3245.85", "3246.00"),
        ("3915.85", "3722.50"),
        ("783.17", "744.50"),
        ("4699.02", "4467.00"),
    )
    assert run(folder, "--json") == 0
    assert json.loads(capfd.readouterr().out) == {"findings": []}


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"476.50"', '"3,245.85"', "3,245.85"),
        ('"476.50"', '"3.245,85"', "3.245,85"),
        ('"476.50"', '"3,245"', "3,245"),
        ('"476.50"', '"-476.50"', "-476.50"),
        ('"476.50"', '"1e999999"', "1E+999999"),
        ('"476.50"', '"NaN"', "NaN"),
        ('quantity = "25"', 'quantity = "-25"', "-25"),
        ('vat_rate = "20"', 'vat_rate = "2000"', "2000"),
        ('ht = "3722.35"', 'ht = "-3722.35"', "-3722.35"),
        ('unit = "m"', 'kind = "remise"', "discount"),
    ],
)
def test_figure_that_is_no_figure_is_refused_with_its_place(folder, old, new, said):
    edit(folder / "documents" / "2a-order.toml", (old, new))
    with pytest.raises(BadInput) as refused:
        run(folder)
    assert said in str(refused.value)
    assert "2a-order.toml" in str(refused.value)


def test_line_without_a_reference_is_refused_with_its_place(folder):
    edit(folder / "documents" / "3-invoice.toml", ('reference = "N52000"\n', ""))
    with pytest.raises(BadInput, match=r"3-invoice\.toml, lines\[1\]\.reference"):
        run(folder)


def test_discounts_fees_returns_and_payments_are_read(folder):
    edit(
        folder / "documents" / "3-invoice.toml",
        (
            'amount = "670.00"',
            'amount = "670,00"\ndiscount_rate = "5"\n\n[[lines]]\nkind = "fee"\nreference = "PORT"\namount = "12.00"',
        ),
        ('ht = "3915.85"', 'paid = "100"\nht = "3915.85"'),
        ('number = "879"', 'number = "879"\nreplaces = "870"'),
    )
    bill = next(one for one in load_case(folder).documents if one.kind == "invoice")
    assert (bill.replaces, str(bill.paid), str(bill.lines[0].discount_rate), bill.lines[1].kind) == (
        "870",
        "100",
        "5",
        "fee",
    )


@pytest.mark.parametrize(
    ("designation", "kind"),
    [("Frais de port", "fee"), ("Port", "fee"), ("Porte-rideau", "goods"), ("Port de charge", "goods")],
)
def test_line_that_names_itself_a_fee_is_one(folder, designation, kind):
    edit(folder / "documents" / "3-invoice.toml", ("Toile noire 120 fils, ameublement, vendue au mètre", designation))
    assert next(one for one in load_case(folder).documents if one.kind == "invoice").lines[0].kind == kind


def test_contradictory_documents_are_told_and_not_chosen_between(folder, capfd):
    twin = folder / "documents" / "2c-order.toml"
    shutil.copy(folder / "documents" / "2a-order.toml", twin)
    edit(twin, ('"25"', '"30"'))
    assert run(folder, "--json") == 1
    found = json.loads(capfd.readouterr().out)["findings"]
    assert ["order:number", "order-2:number"] in [one["where"] for one in found]
    assert found[0]["amount_ht"] == "193.50"


def test_case_without_documents_is_refused(folder):
    shutil.rmtree(folder / "documents")
    with pytest.raises(BadInput, match="documents"):
        run(folder)


def test_unknown_case_is_told_with_the_shipped_ones():
    with pytest.raises(BadInput, match="reclamation"):
        run("no-such-case")
