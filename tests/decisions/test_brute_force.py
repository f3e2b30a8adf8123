"""The check of sets of combinations says what a look at every single combination says."""

from hypothesis import given, settings

from promptlab.decisions import Space, check, propose
from tests.decisions.builders import combinations, fits, frozen, tables


def uncovered(table):
    return {
        frozen(each)
        for each in combinations(table)
        if not any(rule.actions and fits(rule.when, each) for rule in table.rules)
    }


@given(tables(least_actions=0))
@settings(max_examples=80, deadline=None)
def test_gaps_hold_every_combination_without_a_rule_and_no_other(table):
    gaps = check(table).gaps
    told = [{frozen(each) for each in combinations(table) if fits(gap.when, each)} for gap in gaps]
    filled = [gap for gap in gaps if not gap.unfilled]
    for gap, found in zip(gaps, told, strict=True):
        assert gap.count == len(found & uncovered(table)) > 0
    for gap, found in zip(gaps, told, strict=True):
        assert gap.unfilled or found <= uncovered(table)
    assert uncovered(table) == set().union(*told) & uncovered(table)
    assert sum(gap.count for gap in filled) == len(
        set().union(*(found for gap, found in zip(gaps, told, strict=True) if not gap.unfilled))
    )


@given(tables())
@settings(max_examples=80, deadline=None)
def test_overlaps_are_the_pairs_of_rules_that_fit_one_combination(table):
    expected = {}
    for each in combinations(table):
        fitting = [rule for rule in table.rules if fits(rule.when, each)]
        for at, first in enumerate(fitting):
            for second in fitting[at + 1 :]:
                expected[first.id, second.id] = set(first.actions) == set(second.actions)
    found = {overlap.rules: overlap.same for overlap in check(table).overlaps}
    assert found == (expected if table.hit == "unique" else {})


@given(tables())
@settings(max_examples=80, deadline=None)
def test_the_example_of_an_overlap_fits_both_rules_and_is_possible(table):
    rules = {rule.id: rule for rule in table.rules}
    possible = {frozen(each) for each in combinations(table)}
    for overlap in check(table).overlaps:
        example = {key: value for key, (value,) in overlap.example}
        assert frozen(example) in possible
        assert all(fits(rules[id_].when, example) for id_ in overlap.rules)


@given(tables())
@settings(max_examples=80, deadline=None)
def test_a_rule_told_unreachable_can_go_without_a_change(table):
    lost = {found.rule for found in check(table).unreachable}
    kept = [rule for rule in table.rules if rule.id not in lost]
    for each in combinations(table):
        before, after = (
            [set(rule.actions) for rule in rules if fits(rule.when, each)] for rules in (table.rules, kept)
        )
        assert bool(before) == bool(after)
        if table.hit == "first" and before:
            assert before[0] == after[0]


@given(tables())
@settings(max_examples=80, deadline=None)
def test_a_rule_that_decides_nothing_beside_the_earlier_ones_is_told(table):
    lost = {found.rule for found in check(table).unreachable}
    for at, rule in enumerate(table.rules):
        earlier = table.rules[:at]
        own = [each for each in combinations(table) if fits(rule.when, each)]
        if all(any(fits(other.when, each) for other in earlier) for each in own):
            assert rule.id in lost


@given(tables())
@settings(max_examples=80, deadline=None)
def test_rules_told_mergeable_cover_together_just_what_the_one_does(table):
    rules = {rule.id: rule for rule in table.rules}
    for merge in check(table).mergeable:
        assert len({frozenset(rules[id_].actions) for id_ in merge.rules}) == 1
        for each in combinations(table):
            assert fits(merge.when, each) == any(fits(rules[id_].when, each) for id_ in merge.rules)


@given(tables(least_actions=0))
@settings(max_examples=80, deadline=None)
def test_a_table_with_the_proposed_rules_filled_in_has_no_gap(table):
    from dataclasses import replace

    proposed = propose(table)
    assert propose(proposed) == proposed
    filled = replace(proposed, rules=tuple(replace(rule, actions=rule.actions or ("a",)) for rule in proposed.rules))
    assert check(filled).gaps == ()


@given(tables())
@settings(max_examples=80, deadline=None)
def test_a_box_says_the_same_as_its_words(table):
    space = Space.of(table)
    for rule in table.rules:
        box = space.box(rule.when)
        assert space.when(box) == rule.when
        every = [each for each in combinations(table) if fits(rule.when, each)]
        assert space.size(box) >= len(every)
