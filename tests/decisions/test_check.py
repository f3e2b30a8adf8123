"""What the check of a decision table says, on tables small enough to be read."""

from itertools import product

import pytest

from promptlab.decisions import check, propose
from promptlab.decisions.findings import faults_in_words, hints_in_words, to_json, verdict
from promptlab.model.decisions import Action
from tests.decisions.builders import condition, rule, table, when

FULL = (rule("A", "rembourser", payee="oui"), rule("B", "deduire", payee="non"))


def test_a_table_whose_rules_cover_every_case_is_clean():
    found = check(table(*FULL))
    assert found.is_clean
    assert found.combinations == 4
    assert "4" in verdict(found)


def test_a_gap_is_told_as_one_box_and_not_case_by_case():
    found = check(table(rule("A", "rembourser", payee="oui")))
    assert [(gap.when, gap.count) for gap in found.gaps] == [(when(payee="non"), 2)]


def test_no_rule_at_all_is_one_gap():
    found = check(table())
    assert [gap.when for gap in found.gaps] == [()]
    assert found.gaps[0].count == 4


def test_impossible_combinations_are_no_gap():
    assert check(table(rule("A", "rembourser", payee="oui"), impossible=[when(payee="non")])).is_clean


def test_a_gap_reaches_into_the_impossible_where_that_is_simpler_to_say():
    found = check(table(rule("A", "x", payee="oui"), impossible=[when(payee="non", stock="non")]))
    assert [(gap.when, gap.count) for gap in found.gaps] == [(when(payee="non"), 1)]


def test_two_rules_that_disagree_are_told_with_an_example():
    found = check(table(*FULL, rule("C", "refuser", stock="non", payee="non")))
    (overlap,) = found.conflicts
    assert overlap.rules == ("B", "C")
    assert overlap.example == when(payee="non", stock="non")
    assert not found.is_clean


def test_two_rules_that_agree_overlap_as_a_hint_only():
    found = check(table(*FULL, rule("C", "deduire", stock="non")))
    assert [overlap.rules for overlap in found.overlaps if overlap.same] == [("B", "C")]
    same = check(table(*FULL, rule("C", "deduire", payee="non", stock="non")))
    assert same.conflicts == ()
    assert same.is_clean
    assert [lost.rule for lost in same.unreachable] == ["C"]


def test_actions_in_another_order_are_the_same_actions():
    found = check(table(rule("A", "x", "y", payee="oui"), rule("B", "y", "x"), conditions=[condition("payee")]))
    assert found.conflicts == ()


def test_in_an_ordered_table_an_overlap_is_none_and_a_late_rule_is_lost():
    found = check(table(rule("A", "x"), rule("B", "y", payee="oui"), hit="first"))
    assert found.overlaps == ()
    assert [(lost.rule, lost.by) for lost in found.unreachable] == [("B", ("A",))]


def test_a_rule_covered_by_several_earlier_ones_together_is_lost():
    found = check(table(*FULL, rule("C", "x", stock="oui"), hit="first"))
    assert [(lost.rule, lost.by) for lost in found.unreachable] == [("C", ("A", "B"))]


def test_a_rule_for_impossible_combinations_only_is_lost():
    found = check(table(*FULL, rule("C", "x", payee="oui", stock="non"), impossible=[when(payee="oui", stock="non")]))
    assert [(lost.rule, lost.by) for lost in found.unreachable] == [("C", ())]
    assert found.is_clean


def test_rules_that_differ_in_one_answer_can_be_one():
    three = condition("c", "u", "v", "w")
    found = check(table(rule("A", "x", c="u"), rule("B", "x", c="v"), rule("C", "y", c="w"), conditions=[three]))
    assert [(merge.rules, merge.when) for merge in found.mergeable] == [(("A", "B"), when(c=("u", "v")))]


def test_four_rules_become_one_over_two_conditions():
    rules = [rule(a + b, "x", payee=a, stock=b) for a in ("oui", "non") for b in ("oui", "non")]
    (merge,) = check(table(*rules)).mergeable
    assert len(merge.rules) == 4
    assert merge.when == ()


def test_a_rule_that_contradicts_itself_is_a_problem_with_its_name():
    found = check(table(*FULL, rule("C", "x", payee=())))
    (problem,) = found.problems
    assert "C" in problem.where
    assert "payee ?" in problem.message
    assert not found.is_clean


def test_actions_that_exclude_one_another_are_a_problem():
    from dataclasses import replace

    whole = replace(
        table(rule("A", "refuser", "rembourser")),
        actions=(Action("refuser", "Refuser", never_with=("rembourser",)), Action("rembourser", "Rembourser")),
    )
    (problem,) = check(whole).problems
    assert "Refuser" in problem.message
    assert "Rembourser" in problem.message


def test_a_rule_without_action_is_a_problem_and_leaves_its_gap_open():
    found = check(table(FULL[0], rule("B", payee="non")))
    assert [(gap.unfilled, gap.count) for gap in found.gaps] == [("B", 2)]
    assert len(found.problems) == 1


def test_proposed_rules_close_the_gaps_and_keep_the_others():
    proposed = propose(table(FULL[0]))
    assert proposed.rules[0] == FULL[0]
    assert [each.when for each in proposed.rules[1:]] == [when(payee="non")]
    assert proposed.rules[1].actions == ()


def test_many_gaps_are_cut_short_and_that_is_said():
    conditions = [condition(f"c{at}") for at in range(9)]
    even = [signs for signs in product(("oui", "non"), repeat=9) if signs.count("oui") % 2 == 0]
    rules = [rule(f"R{at}", "x", **{f"c{n}": sign for n, sign in enumerate(signs)}) for at, signs in enumerate(even)]
    found = check(table(*rules, conditions=conditions))
    assert not found.complete
    assert not found.is_clean
    assert len(found.gaps) == 200
    assert any("200" in problem.message for problem in found.problems)


def test_a_table_of_sixteen_million_combinations_is_checked_without_looking_at_each():
    conditions = [condition(f"c{at}", "a", "b", "c", "d") for at in range(12)]
    rules = [
        rule(f"R{at}", "x", **{f"c{n}": "a" for n in range(at)}, **{f"c{at}": ("b", "c", "d")}) for at in range(12)
    ]
    found = check(table(*rules, conditions=conditions))
    (gap,) = found.gaps
    assert found.combinations == 4**12
    assert gap.count == 1
    assert dict(gap.when) == {f"c{at}": ("a",) for at in range(12)}


def test_five_hundred_rules_are_checked():
    conditions = [condition("n", *map(str, range(50))), condition("m", *map(str, range(10)))]
    rules = [rule(f"R{a}-{b}", f"x{(a + b) % 3}", n=str(a), m=str(b)) for a in range(50) for b in range(10)]
    assert check(table(*rules, conditions=conditions)).is_clean
    assert check(table(*rules[1:], conditions=conditions)).gaps[0].count == 1


def test_findings_name_rules_and_cases_in_words():
    both = table(rule("A", "x", payee="oui"), rule("B", "y", payee="oui", stock="non"))
    found = check(both)
    said = " ".join(faults_in_words(both, found))
    assert "payee ? non" in said
    assert "A and B" in said
    assert list(hints_in_words(both, found))


def test_the_json_holds_the_gap_and_the_overlap():
    both = table(rule("A", "x", payee="oui"), rule("B", "y", payee="oui", stock="non"))
    plain = to_json(both, check(both))
    assert plain["gaps"][0]["when"] == {"payee": ["non"]}
    assert plain["overlaps"][0]["rules"] == ["A", "B"]
    assert plain["overlaps"][0]["example"] == {"payee": "oui", "stock": "non"}
    assert plain["complete"] is True


@pytest.mark.parametrize("rank", range(4))
def test_each_missing_rule_of_a_whole_table_is_found(rank):
    rules = [rule(a + b, "x", payee=a, stock=b) for a in ("oui", "non") for b in ("oui", "non")]
    missing = rules.pop(rank)
    assert [gap.when for gap in check(table(*rules)).gaps] == [missing.when]
