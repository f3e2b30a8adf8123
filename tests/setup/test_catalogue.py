"""The French catalogue is whole, up to date and well set."""

import ast

import pytest

from tests import catalogue


def _faults(english, french):
    made = catalogue._empty()
    made.add(english, french)
    return catalogue.faults(made)


@pytest.fixture(scope="module")
def shipped():
    return catalogue.read(catalogue.PO)


def test_every_message_of_the_code_has_french_without_fault():
    assert catalogue.faults(catalogue.merged()) == []


def test_catalogue_holds_no_message_that_the_code_no_longer_says(shipped):
    in_code = {catalogue.key(m) for m in catalogue.messages(catalogue.in_code())}
    assert {catalogue.key(m) for m in catalogue.messages(shipped)} - in_code == set()
    assert not shipped.obsolete


def test_po_file_is_what_the_tool_writes():
    assert catalogue.PO.read_bytes().decode() == catalogue.to_po(catalogue.merged()).decode()


def test_mo_file_is_what_the_po_file_compiles_to(shipped):
    assert catalogue.MO.read_bytes() == catalogue.to_mo(shipped)


def test_no_message_is_put_together_before_it_is_looked_up():
    """`_(f"…")` and `_("a" + b)` never find their French."""
    loose = [
        f"{path.relative_to(catalogue.ROOT)}:{node.lineno}"
        for path in (catalogue.ROOT / "promptlab").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in {"_", "N_", "ngettext"}
        and isinstance(node.args[0], ast.JoinedStr | ast.BinOp)
    ]
    assert loose == []


def test_no_message_stands_inside_another_text():
    """In `f"… {_('…')}"` the messages are not found by every program that gathers them."""
    loose = [
        f"{path.relative_to(catalogue.ROOT)}:{call.lineno}"
        for path in (catalogue.ROOT / "promptlab").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.JoinedStr)
        for call in ast.walk(node)
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Name)
        and call.func.id in {"_", "N_", "ngettext"}
    ]
    assert loose == []


def test_message_without_french_is_a_fault():
    assert "no French" in _faults("Hello", "")[0]


def test_renamed_place_is_a_fault():
    assert "places" in _faults("Step {rank}", "Étape {rang}")[0]


def test_forgotten_place_in_a_plural_is_a_fault():
    english = ("{count} step of {file}", "{count} steps of {file}")
    assert "places" in _faults(english, ("une étape", "{count} étapes de {file}"))[0]


def test_singular_may_do_without_its_count():
    assert _faults(("{count} step", "{count} steps"), ("une étape", "{count} étapes")) == []


@pytest.mark.parametrize(
    "french",
    ["l'étape", "Attention !", "Attention!", "« oui »", "voir : là", "voir: là", "un·e élève", "Attendez..."],
)
def test_careless_typography_is_a_fault(french):
    assert _faults("x", french) != []


@pytest.mark.parametrize(
    "french",
    ["l’étape", "Oui\u202f!", "«\u00a0a\u00a0»", "voir\u00a0: là", "https://x.fr", "{path}:{line}", "(Word\u202f?)"],
)
def test_careful_typography_is_no_fault(french):
    assert _faults(french, french) == []
