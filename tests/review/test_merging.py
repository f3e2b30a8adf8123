from dataclasses import replace

import pytest
from hypothesis import given, settings

from promptlab.align.corrections import rename_phase
from promptlab.errors import BadInput
from promptlab.review.correcting import correct_alignment
from promptlab.review.history import undo
from promptlab.review.merging import merge
from promptlab.review.tagging import tag
from promptlab.review.writing import keep_work, set_task, write_remark
from tests.review.builders import FIRST, REFUND, SECOND, a_case, a_copie, an_exercise, part, whole
from tests.review.doings import ON, check, do, doings, said_in


def test_both_pupils_and_all_that_agrees_are_in_the_one_copie():
    one = set_task(tag(a_copie(ON, "P01"), ON, whole(), "relevant"), a_case(), 1)
    two = set_task(write_remark(tag(a_copie(ON, "P02"), ON, part(0, 10), "relevant"), ON, 2, "court"), a_case(), 6)
    both = merge(one, two, ON)
    assert (both.copie.pupils, both.copie.id) == (("P01", "P02"), one.id)
    assert [each.item for each in both.copie.taggings] == ["1.1", "1.2"]
    assert (both.copie.remarks, both.copie.tasks, both.problems) == (("", "court"), (1, 6), ())


def test_another_tag_on_the_same_words_is_a_problem_that_says_it():
    one = tag(a_copie(), ON, part(0, 15), "relevant")
    two = tag(a_copie(), ON, part(11, 24), "non_compliant", rationale="délai inventé")
    both = merge(one, two, ON)
    assert both.copie.taggings == one.taggings
    (problem,) = both.problems
    assert "sous 14 jours" in problem.message
    assert "non_compliant, délai inventé" in problem.message


def test_same_tag_of_both_joins_and_keeps_both_rationales():
    one = tag(a_copie(), ON, part(0, 15), "relevant", rationale="utile", reason="law")
    two = tag(a_copie(), ON, part(11, 24), "relevant", rationale="daté", reason="channel")
    both = merge(one, two, ON)
    (tagging,) = both.copie.taggings
    assert (tagging.words, tagging.rationale) == ("Rembourser sous 14 jours", "utile\ndaté")
    assert tagging.reason == "law"
    assert "canal" in both.problems[0].message


def test_tag_that_would_bridge_two_that_contradict_leaves_them_and_is_told():
    one = tag(a_copie(), ON, part(0, 10), "relevant", reason="channel")
    one = tag(one, ON, part(16, 24), "relevant", reason="law")
    for spot in (part(5, 20), whole("1.2")):
        both = merge(one, tag(a_copie(), ON, spot, "relevant", rationale="daté"), ON)
        assert both.copie.taggings == one.taggings
        assert "daté" in both.problems[0].message


def test_part_of_the_second_never_takes_another_tag_of_the_whole_from_the_first():
    one = tag(tag(a_copie(), ON, whole("1.2"), "relevant"), ON, part(0, 24), "non_compliant")
    two = tag(a_copie(), ON, part(20, 49), "non_compliant")
    both = merge(one, two, ON)
    assert [(each.tag, each.words) for each in both.copie.taggings] == [("relevant", REFUND), ("non_compliant", REFUND)]


def test_remarks_of_both_stand_one_under_the_other():
    one, two = write_remark(a_copie(), ON, 1, "vague"), write_remark(a_copie(), ON, 1, "trop long")
    assert merge(one, two, ON).copie.remarks == ("vague\ntrop long",)


def test_two_letters_are_a_conflict_that_quotes_the_second():
    both = merge(keep_work(a_copie(), "letter", 1, "Madame,"), keep_work(a_copie(), "letter", 1, "Monsieur,"), ON)
    assert both.copie.work("letter").content.value == "Madame,"
    assert "Monsieur," in both.problems[0].message


def test_columns_of_the_second_are_found_by_their_answers():
    turned = an_exercise(SECOND, FIRST)
    both = merge(a_copie(), tag(a_copie(turned), turned, whole("1.1", 2), "relevant"), ON)
    assert [each.column for each in both.copie.taggings] == [1]


def test_copies_of_two_cases_are_not_merged():
    with pytest.raises(BadInput, match="garantie"):
        merge(a_copie(), replace(a_copie(), case="garantie"), ON)


@settings(deadline=None)
@given(doings, doings)
def test_merge_keeps_the_rules_loses_nothing_and_can_be_taken_back(ours, theirs):
    one, two = a_copie(), a_copie()
    for step in ours:
        one = do(one, step)
    for step in theirs:
        two = do(two, step)
    both = merge(one, two, ON)
    check(both.copie)
    assert all(said_in(both.copie, each) for each in one.taggings)
    told = "\n".join(problem.message for problem in both.problems)
    for each in two.taggings:
        kept = any(
            (mine.column, mine.item, mine.tag) == (each.column, each.item, each.tag) and each.words in mine.words
            for mine in both.copie.taggings
        )
        assert kept or each.words in told
        assert each.rationale in told or any(each.rationale in mine.rationale for mine in both.copie.taggings)
    copie = both.copie
    while len(copie.past) > len(one.past):
        copie = undo(copie)
    assert replace(copie, undone=()) == replace(one, undone=(), pupils=copie.pupils)


def test_corrections_of_the_table_are_those_of_the_copie_that_went_on():
    on = an_exercise()
    first = correct_alignment(a_copie(on, "P07"), rename_phase(on.comparison, 1, "début"))
    second = correct_alignment(first, rename_phase(on.comparison, 1, "accueil"))
    for one, other in ((first, second), (second, first)):
        fitted = merge(one, other, on)
        assert (fitted.copie.corrections, fitted.problems) == (second.corrections, ())


def test_other_corrections_of_the_table_are_told_in_words():
    on = an_exercise()
    first, second = (
        correct_alignment(a_copie(on, pupil), rename_phase(on.comparison, 1, name))
        for pupil, name in (("P07", "début"), ("P08", "accueil"))
    )
    fitted = merge(first, second, on)
    assert fitted.copie.corrections == first.corrections
    assert "“accueil”" in fitted.problems[0].message
