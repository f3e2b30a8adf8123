"""The scheme of the shipped case: complete, without contradiction, right for the case, readable on paper."""

from pathlib import Path

import pytest

from promptlab.decisions import as_pages, check, flow_pages, read_decisions
from promptlab.decisions.pages import pages, size
from promptlab.decisions.tree import grow
from promptlab.flowchart.branching import lay_out_tree
from promptlab.flowchart.layout import lay_out
from tests.decisions.builders import combinations, fits, followed, shapes

FILE = Path(__file__).parents[2] / "data" / "reclamation" / "decisions.toml"


@pytest.fixture(scope="module")
def shipped():
    return read_decisions(FILE)


@pytest.fixture(scope="module")
def decided(shipped):
    """What is done in each possible case, looked up one by one."""
    return [(each, [rule for rule in shipped.rules if fits(rule.when, each)]) for each in combinations(shipped)]


def test_it_is_proved_complete_and_without_contradiction(shipped):
    found = check(shipped)
    assert found.is_clean
    assert (found.gaps, found.overlaps, found.unreachable, found.mergeable) == ((), (), (), ())


def test_every_case_one_by_one_has_exactly_one_rule(decided):
    assert len(decided) == 192
    assert all(len(rules) == 1 and rules[0].actions for _case, rules in decided)


def test_all_three_kinds_of_error_are_there(shipped):
    (errors,) = [condition for condition in shipped.conditions if condition.id == "erreur"]
    assert [value.id for value in errors.values] == ["trop", "manque", "reference", "remise"]


def test_only_what_was_paid_is_refunded(decided):
    for case, (rule,) in decided:
        refunded = {"rembourser", "rembourser_net"} & set(rule.actions)
        assert not refunded or case["paiement"] in ("payee", "escompte")
        assert "rembourser" not in rule.actions or case["paiement"] == "payee"
        assert "rembourser_net" not in rule.actions or case["paiement"] == "escompte"


def test_goods_that_come_back_travel_at_the_sellers_cost_and_lead_to_a_credit_note(decided):
    for case, (rule,) in decided:
        if case["fondee"] == "oui" and case["marchandise"] == "rendue":
            assert rule.actions[:2] == ("reprendre", "avoir_retour")
        else:
            assert "reprendre" not in rule.actions


def test_a_corrected_invoice_replaces_an_unpaid_one_only(decided):
    for case, (rule,) in decided:
        if "remplacer" in rule.actions:
            assert case["erreur"] == "remise"
            assert case["paiement"] in ("a_echoir", "echue")


def test_nothing_is_delivered_that_is_not_in_stock_or_not_wanted(decided):
    for case, (rule,) in decided:
        if {"livrer", "completer"} & set(rule.actions):
            assert (case["stock"], case["souhait"]) == ("oui", "article")


def test_a_claim_that_is_not_founded_is_refused_and_nothing_else(decided):
    for case, (rule,) in decided:
        assert (rule.actions == ("refuser",)) == (case["fondee"] == "non")


def test_a_credit_note_is_always_settled(decided):
    settled = {"deduire", "reclamer", "rembourser", "rembourser_net"}
    for _case, (rule,) in decided:
        if any(action.startswith("avoir") for action in rule.actions):
            assert len(settled & set(rule.actions)) == 1


def test_the_case_of_the_lesson_has_its_rule_and_figures(shipped, decided):
    lesson = {
        "fondee": "oui",
        "erreur": "reference",
        "marchandise": "rendue",
        "souhait": "article",
        "paiement": "a_echoir",
    }
    ((rule,),) = [rules for case, rules in decided if case == lesson | {"stock": "oui"}]
    assert rule.actions == ("reprendre", "avoir_retour", "livrer", "deduire")
    text = rule.note.replace("\u202f", " ").replace("\u00a0", " ")
    assert all(fact in text for fact in ("804,00 € TTC", "571,80 € TTC", "4 466,82 € TTC"))
    ((rule,),) = [rules for case, rules in decided if case == lesson | {"stock": "non"}]
    assert "3 895,02 € TTC" in rule.note.replace("\u202f", " ").replace("\u00a0", " ")


def test_every_point_of_law_says_that_it_is_to_be_checked(shipped):
    assert all(action.caution for action in shipped.actions)
    for action in shipped.actions:
        assert all("à vérifier" in source for source in action.sources)
    assert "à vérifier" in shipped.origin


@pytest.mark.parametrize("measure", [size, shapes])
@pytest.mark.parametrize("most", range(3, 31, 3))
def test_however_it_is_cut_into_pages_every_case_finds_its_actions(shipped, decided, most, measure):
    made = pages(shipped, grow(shipped), most, measure)
    for case, (rule,) in decided:
        ending = followed(made[0].tree, case)
        while ending.kind == "page":
            ending = followed(made[int(ending.names[0]) - 1].tree, case)
        assert ending.names == rule.actions


def test_its_pages_are_printed_in_letters_that_can_be_read(shipped):
    assert all(lay_out_tree(page).size >= 8 for page in as_pages(shipped))
    assert all(lay_out(page).size >= 7.5 for page in flow_pages(shipped))
