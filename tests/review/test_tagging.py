import pytest
from hypothesis import given, settings

from promptlab.errors import BadInput
from promptlab.model.copie import Spot
from promptlab.review.exercise import evidences
from promptlab.review.tagging import explain, remove, retag, tag, untag
from tests.review.builders import LISTEN, REFUND, a_case, a_copie, an_exercise, part, whole
from tests.review.doings import check, do, doings, said, said_in, spots, tags

ON = an_exercise()
BAD, WRONG, GOOD = "inappropriate", "non_compliant", "relevant"


def spans(copie):
    return [(tagging.span, tagging.tag) for tagging in copie.taggings]


def test_tag_keeps_the_text_it_stands_on():
    (tagging,) = tag(
        a_copie(), ON, whole(), BAD, reason="channel", rationale=" à l’oral \r\n", evidence="order"
    ).taggings
    assert (tagging.text, tagging.words, tagging.span) == (LISTEN, LISTEN, None)
    assert (tagging.reason, tagging.rationale, tagging.evidence) == ("channel", "à l’oral", "order")


def test_span_counts_code_points():
    (tagging,) = tag(a_copie(), ON, Spot(1, "1.1", (LISTEN.index("😀"), LISTEN.index("😀") + 1)), BAD).taggings
    assert tagging.words == "😀"


def test_span_leaves_the_spaces_at_its_ends_out():
    (tagging,) = tag(a_copie(), ON, part(10, 24), WRONG).taggings
    assert tagging.words == "sous 14 jours"


def test_span_of_all_the_text_is_the_whole_text():
    assert spans(tag(a_copie(), ON, part(0, len(REFUND)), WRONG)) == [(None, WRONG)]


def test_second_tag_on_a_whole_text_replaces_the_first():
    copie = tag(tag(a_copie(), ON, whole(), BAD), ON, whole(), GOOD)
    assert spans(copie) == [(None, GOOD)]


def test_two_tags_stand_on_two_parts_of_one_text():
    copie = tag(tag(a_copie(), ON, part(0, 10), GOOD), ON, part(11, 24), WRONG)
    assert spans(copie) == [((0, 10), GOOD), ((11, 24), WRONG)]


def test_a_part_may_have_another_tag_than_the_whole():
    copie = tag(tag(a_copie(), ON, whole("1.2"), GOOD), ON, part(11, 24), WRONG)
    assert spans(copie) == [(None, GOOD), ((11, 24), WRONG)]


def test_overlapping_parts_of_one_tag_join_and_keep_what_was_said():
    copie = tag(a_copie(), ON, part(0, 15), WRONG, reason="law", rationale="délai", evidence="order")
    (tagging,) = tag(copie, ON, part(11, 24), WRONG, rationale="promesse").taggings
    assert tagging.words == "Rembourser sous 14 jours"
    assert (tagging.reason, tagging.rationale, tagging.evidence) == ("law", "délai\npromesse", "order")


def test_parts_of_one_tag_with_two_reasons_do_not_join():
    copie = tag(a_copie(), ON, part(0, 20), BAD, reason="channel")
    copie = tag(copie, ON, part(10, 40), BAD, reason="law", rationale="délai")
    assert [(each.words, each.reason) for each in copie.taggings] == [
        (REFUND[:20].strip(), "channel"),
        (REFUND[20:40].strip(), "law"),
    ]


def test_new_reason_stands_on_both_sides_of_another():
    copie = tag(a_copie(), ON, part(11, 15), BAD, evidence="order")
    copie = tag(copie, ON, part(0, 24), BAD, evidence="complaint")
    assert [(each.words, each.evidence) for each in copie.taggings] == [
        ("Rembourser", "complaint"),
        ("sous", "order"),
        ("14 jours", "complaint"),
    ]


def test_part_without_a_reason_does_not_join_two_that_contradict():
    copie = tag(a_copie(), ON, part(0, 10), BAD, reason="channel")
    copie = tag(tag(copie, ON, part(16, 24), BAD, reason="law"), ON, part(5, 20), BAD)
    assert [(each.words, each.reason) for each in copie.taggings] == [
        ("Rembourser sous", "channel"),
        ("14 jours", "law"),
    ]


@pytest.mark.parametrize(
    ("first", "second"),
    [(part(0, 24), part(0, 24)), (part(0, 24), part(11, 15)), (whole("1.2"), part(0, 9)), (part(0, 9), whole("1.2"))],
)
def test_another_reason_that_no_words_are_left_for_is_refused(first, second):
    copie = tag(a_copie(), ON, first, BAD, reason="channel")
    with pytest.raises(BadInput, match=copie.taggings[0].words):
        tag(copie, ON, second, BAD, reason="law")


def test_parts_that_join_to_all_the_text_leave_another_tag_of_the_whole():
    copie = tag(tag(a_copie(), ON, whole("1.2"), GOOD, reason="law"), ON, part(0, 24), WRONG)
    copie = tag(copie, ON, part(20, len(REFUND)), WRONG)
    assert spans(copie) == [(None, GOOD), ((0, len(REFUND)), WRONG)]


@settings(deadline=None)
@given(doings, spots, tags, said)
def test_tagging_loses_nothing_that_was_said_under_the_same_tag(before, spot, tag_, more):
    copie = a_copie()
    for step in before:
        copie = do(copie, step)
    after = do(copie, ("tag", spot, tag_, more))
    check(after)
    assert all(said_in(after, each) for each in copie.taggings if each.tag == tag_)
    if after is not copie:
        wanted = (more.get("reason"), more.get("evidence"))
        found = [(each.reason, each.evidence) for each in after.taggings if each.tag == tag_]
        assert any(all(ask in (None, has) for ask, has in zip(wanted, one, strict=True)) for one in found)


def test_a_part_joins_the_whole_of_its_tag():
    copie = tag(tag(a_copie(), ON, whole("1.2"), WRONG), ON, part(11, 24), WRONG, reason="law")
    assert [(tagging.span, tagging.reason) for tagging in copie.taggings] == [(None, "law")]


def test_parts_that_together_are_the_whole_text_become_it():
    copie = tag(tag(a_copie(), ON, part(0, 24), WRONG), ON, part(20, len(REFUND)), WRONG)
    assert spans(copie) == [(None, WRONG)]


def test_another_tag_takes_the_characters_from_the_first():
    copie = tag(tag(a_copie(), ON, part(0, 24), GOOD, rationale="utile"), ON, part(11, 15), WRONG)
    assert [tagging.words for tagging in copie.taggings] == ["Rembourser", "sous", "14 jours"]
    assert [tagging.rationale for tagging in copie.taggings] == ["utile", "", "utile"]


def test_a_part_that_is_covered_goes():
    copie = tag(tag(a_copie(), ON, part(11, 15), GOOD), ON, part(0, 24), WRONG)
    assert spans(copie) == [((0, 24), WRONG)]


def test_same_tag_again_changes_nothing():
    copie = tag(a_copie(), ON, part(0, 10), GOOD, rationale="oui")
    assert tag(copie, ON, part(0, 10), GOOD, rationale="oui") is copie


def test_titles_introductions_and_sections_can_be_tagged():
    copie = a_copie()
    for item in ("1", "I", "S1", "S1.1"):
        copie = tag(copie, ON, Spot(2, item), BAD)
    assert [tagging.item for tagging in copie.taggings] == ["1", "I", "S1", "S1.1"]


def test_table_is_tagged_as_a_whole_only():
    assert tag(a_copie(), ON, Spot(2, "2.1"), BAD).taggings[0].text == "Réf. | Qté\nA52000 | 25"
    with pytest.raises(BadInput, match="as a whole"):
        tag(a_copie(), ON, Spot(2, "2.1", (0, 3)), BAD)


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"tag": "relevent"}, "inappropriate, non_compliant, relevant. Did you mean “relevant”"),
        ({"reason": "canal"}, "channel, law"),
        ({"evidence": "order:A52"}, "order:A52000"),
        ({"spot": whole("1.9")}, r"“1\.9”. Near it: .*1\.1"),
        ({"spot": whole("1.1", 7)}, "no column 7"),
        ({"spot": part(40, 60)}, "40 to 60"),
        ({"spot": part(5, 5)}, "5 to 5"),
        ({"spot": part(10, 11)}, "only spaces"),
    ],
)
def test_what_is_not_allowed_is_refused_with_what_is(more, told):
    wanted = {"spot": whole(), "tag": BAD} | more
    with pytest.raises(BadInput, match=told):
        tag(a_copie(), ON, wanted.pop("spot"), wanted.pop("tag"), **wanted)


def test_retag_keeps_what_was_said():
    copie = tag(a_copie(), ON, whole(), BAD, rationale="oral")
    (tagging,) = retag(copie, ON, whole(), WRONG).taggings
    assert (tagging.tag, tagging.rationale) == (WRONG, "oral")


def test_explain_sets_and_clears_what_is_said():
    copie = explain(tag(a_copie(), ON, whole(), BAD, reason="law"), ON, whole(), rationale="oral", evidence="complaint")
    assert [(each.reason, each.rationale, each.evidence) for each in copie.taggings] == [(None, "oral", "complaint")]


def test_what_is_not_tagged_cannot_be_explained():
    with pytest.raises(BadInput, match=r"1\.1: nothing is tagged"):
        explain(a_copie(), ON, whole(), rationale="…")


def test_untag_takes_all_tags_of_a_text_or_one_of_them():
    copie = tag(tag(a_copie(), ON, part(0, 10), GOOD), ON, part(11, 24), WRONG)
    assert untag(copie, ON, whole("1.2")).taggings == ()
    assert spans(untag(copie, ON, whole("1.2"), tag=GOOD)) == [((11, 24), WRONG)]


def test_untag_rubs_characters_out():
    copie = untag(tag(a_copie(), ON, whole("1.2"), GOOD), ON, part(10, 28))
    assert [tagging.words for tagging in copie.taggings] == ["Rembourser", "présenter des excuses"]


@pytest.mark.parametrize("span", [(2, 1), (2, 2), (24, 10)])
def test_span_without_characters_rubs_nothing_out(span):
    tagged = tag(a_copie(), ON, whole(), BAD)
    assert spans(untag(tagged, ON, Spot(1, "1.1", span))) == [(None, BAD)]


def test_part_of_a_table_cannot_be_rubbed_out_alone():
    assert untag(tag(a_copie(), ON, Spot(2, "2.1"), BAD), ON, Spot(2, "2.1", (0, 3))).taggings == ()


def test_what_was_said_of_two_parts_is_not_said_twice():
    copie = tag(a_copie(), ON, part(0, 15), WRONG, rationale="délai inventé")
    (tagging,) = tag(copie, ON, part(11, 24), WRONG, rationale="délai").taggings
    assert tagging.rationale == "délai inventé"


def test_remove_takes_exactly_one_tagging():
    copie = tag(tag(a_copie(), ON, whole("1.2"), GOOD), ON, part(11, 24), WRONG)
    assert spans(remove(copie, copie.taggings[0])) == [((11, 24), WRONG)]


def test_evidences_are_the_documents_their_lines_and_totals():
    assert [evidence.id for evidence in evidences(a_case())] == [
        "order",
        "order:A52000",
        "order:B65000",
        "order:total",
        "order-2",
        "complaint",
    ]
