from dataclasses import replace

from promptlab.model.copie import Spot
from promptlab.model.parsed import ParsedAnswer
from promptlab.review.fitting import column_map, fit
from promptlab.review.history import undo
from promptlab.review.tagging import tag
from promptlab.review.writing import write_remark
from tests.review.builders import FIRST, LISTEN, REFUND, SECOND, a_case, a_copie, an_answer, an_exercise, part, whole

ON = an_exercise()


def test_copie_that_fits_is_left_as_it_is():
    copie = write_remark(tag(a_copie(), ON, part(11, 24), "non_compliant"), ON, 2, "vague")
    assert fit(copie, ON) == type(fit(copie, ON))(copie)


def test_columns_are_found_by_their_answers():
    copie = write_remark(tag(a_copie(), ON, whole(), "relevant"), ON, 1, "sur la première")
    fitted = fit(copie, an_exercise(SECOND, FIRST))
    assert [(each.column, each.item) for each in fitted.copie.taggings] == [(2, "1.1")]
    assert (fitted.copie.remarks, fitted.problems) == (("", "sur la première"), ())


def test_item_is_found_again_by_its_text_and_told():
    copie = tag(a_copie(), ON, whole(), "relevant")
    fitted = fit(copie, an_exercise(an_answer("Nouveau", LISTEN, REFUND), SECOND))
    assert fitted.copie.taggings[0].item == "1.2"
    assert LISTEN in fitted.problems[0].message
    assert undo(fitted.copie).taggings == ()


def test_part_is_found_again_by_its_words():
    copie = tag(a_copie(), ON, part(11, 24), "non_compliant")
    (tagging,) = fit(copie, an_exercise(an_answer(LISTEN, "Promettre sous 14 jours ?"), SECOND)).copie.taggings
    assert (tagging.words, tagging.text) == ("sous 14 jours", "Promettre sous 14 jours ?")


def test_item_that_is_gone_is_a_problem_with_its_text_and_is_kept():
    copie = tag(a_copie(), ON, whole(), "relevant", rationale="bien")
    fitted = fit(copie, an_exercise(an_answer("Tout autre chose"), SECOND))
    assert fitted.copie.taggings == copie.taggings
    (problem,) = fitted.problems
    assert LISTEN in problem.message
    assert "1.1" in problem.where


def test_moved_tag_never_pushes_another_away():
    copie = tag(tag(a_copie(), ON, whole("1.1"), "relevant"), ON, whole("1.2"), "non_compliant")
    first = replace(copie.taggings[0], text=REFUND)
    fitted = fit(replace(copie, taggings=(first, copie.taggings[1])), ON)
    assert [(each.item, each.tag) for each in fitted.copie.taggings] == [("1.1", "relevant"), ("1.2", "non_compliant")]
    assert len(fitted.problems) == 1


def test_copie_of_another_case_stays_and_is_told_with_its_texts():
    copie = tag(a_copie(), ON, whole(), "relevant")
    fitted = fit(copie, an_exercise(an_answer("Autre"), an_answer("Chose"), case=a_case("garantie")))
    assert fitted.copie == copie
    assert "reclamation" in fitted.problems[0].message
    assert LISTEN in fitted.problems[1].message
    assert len(fitted.problems) == 2


def test_case_in_a_folder_of_another_name_is_known_by_its_answers():
    copie = tag(a_copie(), ON, part(11, 24), "relevant")
    assert fit(copie, an_exercise(case=a_case("copie-de-reclamation"))) == type(fit(copie, ON))(copie)


def test_answers_without_steps_do_not_make_two_cases_one():
    prose = an_exercise(ParsedAnswer(intro="Bonjour."), ParsedAnswer(intro="Merci."))
    fitted = fit(
        tag(a_copie(prose), prose, whole("I"), "relevant"),
        an_exercise(ParsedAnswer(intro="Autre."), ParsedAnswer(), case=a_case("b")),
    )
    assert "reclamation" in fitted.problems[0].message


def test_copie_of_other_answers_stays_and_finds_its_own_again():
    copie = tag(tag(a_copie(), ON, whole(), "relevant"), ON, whole("1"), "relevant")
    other = fit(copie, an_exercise(an_answer("Autre"), an_answer("Chose"))).copie  # with a title of the same words
    assert other == copie
    assert fit(other, ON) == type(fit(other, ON))(copie)


def test_tag_reason_and_evidence_that_the_case_does_not_have_are_told():
    copie = tag(a_copie(), ON, whole(), "relevant")
    odd = replace(copie.taggings[0], tag="vert", reason="goût", evidence="order:Z9")
    fitted = fit(replace(copie, taggings=(odd,)), ON)
    assert fitted.copie.taggings == (odd,)
    assert [word in str(problem) for word, problem in zip(("vert", "goût", "order:Z9"), fitted.problems, strict=True)]


def test_remark_on_an_answer_that_is_gone_is_kept_and_told():
    copie = write_remark(a_copie(), ON, 2, "trop long")
    fitted = fit(copie, an_exercise(FIRST))
    assert fitted.copie.remarks == ("", "trop long")
    assert "trop long" in fitted.problems[0].message


def test_column_whose_answer_is_gone_gives_way():
    here, there = (an_exercise(*answers).answers for answers in ((FIRST, SECOND), (SECOND, an_answer("Autre"))))
    assert column_map(here, there) == {1: 3, 2: 1}


def test_title_and_section_tags_fit():
    copie = tag(tag(a_copie(), ON, Spot(2, "1"), "relevant"), ON, Spot(2, "S1"), "relevant")
    assert fit(copie, ON).problems == ()
