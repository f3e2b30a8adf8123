from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from promptlab.files.cases import load_case
from promptlab.grade.keyed import place
from promptlab.grade.matching import match
from promptlab.model.key import Accepted, Key
from tests.grade.builders import HALF, a_key, a_key_item, an_exercise, statements, tagging

ON = an_exercise(load_case("reclamation"))
FIRST, SECOND, THIRD = statements(ON, 1)[:3]


def matched(items, *taggings, others="neutral"):
    placed = place(Key("run-a", ON.answers, others, items=tuple(items)), ON)
    return match(placed, taggings, HALF)


def test_the_right_tag_on_the_right_item_earns_all():
    found = matched([a_key_item(FIRST)], tagging(FIRST))
    assert (found.recall(), found.precision()) == (1, 1)
    assert found.pairs[0].verdict == "right"


def test_an_item_without_a_tag_is_missed():
    found = matched([a_key_item(FIRST), a_key_item(SECOND)], tagging(FIRST))
    assert [pair.verdict for pair in found.pairs] == ["right", "missed"]
    assert (found.recall(), found.precision()) == (HALF, 1)


def test_another_unsuitable_tag_on_the_right_item_earns_a_part():
    found = matched([a_key_item(FIRST)], tagging(FIRST, "non_compliant"))
    assert found.pairs[0].verdict == "partly"
    assert (found.recall(), found.precision()) == (HALF, HALF)


def test_the_contrary_tag_is_wrong():
    found = matched([a_key_item(FIRST)], tagging(FIRST, "relevant"))
    assert found.pairs[0].verdict == "wrong"
    assert (found.recall(), found.precision()) == (0, 0)


def test_an_alternative_of_the_key_earns_what_it_says():
    item = a_key_item(FIRST, accepted=(Accepted("inappropriate"), Accepted("relevant", Fraction(3, 4))))
    assert matched([item], tagging(FIRST, "relevant")).recall() == Fraction(3, 4)


def test_an_optional_item_costs_nothing_and_counts_where_found():
    items = [a_key_item(FIRST), a_key_item(SECOND, optional=True)]
    assert matched(items, tagging(FIRST)).recall() == 1
    both = matched(items, tagging(FIRST), tagging(SECOND))
    assert (both.recall(), both.precision()) == (1, 1)


def test_weights_count():
    items = [a_key_item(FIRST, weight=Fraction(3)), a_key_item(SECOND)]
    assert matched(items, tagging(FIRST)).recall() == Fraction(3, 4)


def test_a_tag_beside_the_key_is_neutral_or_wrong_as_the_key_says():
    items = [a_key_item(FIRST)]
    assert matched(items, tagging(FIRST), tagging(THIRD)).precision() == 1
    assert matched(items, tagging(FIRST), tagging(THIRD), others="wrong").precision() == HALF


def test_a_part_of_the_item_is_matched_by_the_words_that_are_meant():
    text = FIRST.text
    item = a_key_item(FIRST, span=(0, 20))
    assert matched([item], tagging(FIRST, span=(2, 18))).recall() == 1
    assert matched([item], tagging(FIRST)).recall() == 1
    assert matched([item], tagging(FIRST, span=(15, 40))).recall() == HALF
    assert matched([item], tagging(FIRST, span=(20, 30))).pairs[0].verdict == "missed"
    assert len(text) > 40


def test_two_parts_of_one_item_may_ask_for_contrary_tags():
    items = [a_key_item(FIRST, span=(0, 15)), a_key_item(FIRST, "relevant", span=(20, 40))]
    found = matched(items, tagging(FIRST, span=(0, 15)), tagging(FIRST, "relevant", span=(20, 40)))
    assert (found.recall(), found.precision()) == (1, 1)


def test_one_tag_on_a_whole_item_finds_one_of_its_parts_and_is_wrong_on_none():
    items = [
        a_key_item(FIRST, span=(0, 10)),
        a_key_item(FIRST, "relevant", span=(12, 20)),
        a_key_item(FIRST, span=(22, 40)),
    ]
    found = matched(items, tagging(FIRST))
    assert sorted(pair.verdict for pair in found.pairs) == ["missed", "missed", "right"]
    assert (found.recall(), found.precision()) == (Fraction(1, 3), 1)


def test_a_tag_on_a_part_goes_before_one_on_the_whole_item():
    items = [a_key_item(FIRST, span=(0, 10)), a_key_item(FIRST, span=(22, 40))]
    found = matched(items, tagging(FIRST), tagging(FIRST, span=(0, 10)))
    assert [pair.tagging.span for pair in found.pairs] == [(0, 10), None]
    assert (found.recall(), found.precision()) == (1, 1)


def test_a_right_tag_on_a_light_item_makes_up_for_less_than_a_wrong_one_costs():
    items = [a_key_item(FIRST, weight=Fraction(1, 4), optional=True), a_key_item(SECOND)]
    assert matched(items, tagging(FIRST), tagging(SECOND, "relevant")).precision() == Fraction(1, 5)


def test_optional_items_come_on_top_of_what_is_expected_of_all():
    items = [a_key_item(FIRST), a_key_item(SECOND), a_key_item(THIRD, optional=True)]
    assert matched(items, tagging(THIRD)).recall() == HALF
    assert matched(items, tagging(FIRST), tagging(SECOND), tagging(THIRD)).recall() == 1


def test_recall_and_precision_of_one_tag_leave_the_others_out():
    items = [a_key_item(FIRST), a_key_item(SECOND, "relevant")]
    found = matched(items, tagging(FIRST, "relevant"), tagging(SECOND, "relevant"))
    assert found.recall("inappropriate") == 0
    assert found.recall("relevant") == 1
    assert found.precision("relevant") == HALF
    assert found.precision("non_compliant") is None


def test_nothing_expected_and_nothing_tagged_have_no_figure():
    assert matched([]).recall() is None
    assert matched([a_key_item(FIRST)]).precision() is None


PASSAGES = statements(ON)
TAGGINGS = st.lists(
    st.tuples(st.sampled_from(PASSAGES), st.sampled_from(("inappropriate", "non_compliant", "relevant"))),
    max_size=30,
    unique_by=lambda pair: (pair[0].column, pair[0].id),
).map(lambda pairs: tuple(tagging(passage, tag) for passage, tag in pairs))
PLACED = place(a_key(ON), ON)


@given(taggings=TAGGINGS)
@settings(max_examples=80, deadline=None)
def test_figures_are_shares_and_the_key_itself_has_the_best(taggings):
    found = match(PLACED, taggings, HALF)
    for figure in (found.recall(), found.precision()):
        assert figure is None or 0 <= figure <= 1
    by_place = {(one.column, one.item): one for one in taggings}
    better = dict(by_place)
    for item in PLACED.key.items:
        better[item.column, item.item] = tagging(ON.passages[item.column, item.item], item.tag)
    best = match(PLACED, tuple(better.values()), HALF)
    assert best.recall() == 1
    assert best.recall() >= found.recall()
    assert best.precision() == 1


@given(taggings=TAGGINGS)
@settings(max_examples=40, deadline=None)
def test_the_order_of_the_tags_does_not_matter(taggings):
    one, other = match(PLACED, taggings, HALF), match(PLACED, taggings[::-1], HALF)
    assert (one.recall(), one.precision(), one.pairs) == (other.recall(), other.precision(), other.pairs)
