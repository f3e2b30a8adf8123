from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from promptlab.errors import BadInput
from promptlab.files.rubrics import read_rubric, rubric_path
from promptlab.grade.figures import figure, rounded
from promptlab.grade.marking import criteria_in, decided, mark_hand_in
from promptlab.grade.rules import forms
from promptlab.grade.setup import prepare
from promptlab.model.copie import About
from promptlab.model.hand_in import HandIn
from promptlab.model.mark import Override, Overrides
from tests.grade.builders import a_copie, any_copie, statements, tagging


def marked(setup, copie):
    mark, _fitted = mark_hand_in(HandIn("x.json", copie, seen="json"), setup)
    return mark


def rubric_with(case, tmp_path, *changes):
    text = rubric_path(case.folder).read_text("utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    path = tmp_path / "rubric.toml"
    path.write_text(text, "utf-8")
    return path


def test_the_shipped_rubric_gives_twenty_points_to_each_session(setup):
    for session in (1, 2, 3, 4, 5):
        weights = [one.weight for one in criteria_in(setup.rubric, [session])]
        assert sum(weights) == 20
    assert {number for one in setup.rubric.criteria for number in one.tasks} == set(range(1, 12))


def test_a_copie_is_marked_by_the_criteria_of_its_session(setup, on):
    mark = marked(setup, any_copie(on, "P01", 1))
    assert {result.criterion for result in mark.results} == {
        one.id for one in setup.rubric.criteria if 2 in one.sessions
    }
    assert mark.sessions == (2,)
    assert 0 <= mark.mark <= 20


def test_asked_sessions_go_before_that_of_the_copie(setup, on):
    mark = marked(replace(setup, sessions=(4,)), any_copie(on, "P01", 1))
    assert {"plan", "langue"} <= {result.criterion for result in mark.results}
    assert mark.waiting == ("plan", "langue")


def test_what_the_teacher_has_not_marked_is_left_out_of_the_total(setup, on):
    mark = marked(replace(setup, sessions=(4,)), a_copie(on))
    assert mark.out_of == 11
    assert mark.mark == 0


def test_a_criterion_without_basis_is_left_out_and_said(setup, on):
    strange = a_copie(on, session=2, about=About("live", "", tuple(replace(one, answer="ff") for one in on.answers)))
    mark = marked(setup, strange)
    assert set(mark.left_out) == {"etiquettes", "justifications", "preuves", "remarques"}
    assert mark.out_of == 2
    assert any("no key" in str(problem) for problem in mark.problems)


def test_a_teacher_decides_against_the_rule_and_both_are_kept(setup, on):
    copie = any_copie(on, "P01", 1)
    entries = (
        Override("p01", "etiquettes", level="BM", comments=("Bien vu à l’oral.",)),
        Override("P02", "etiquettes", level="NM"),
    )
    after = decided(marked(setup, copie), "P01", replace(setup, overrides=Overrides(entries)), copie.tasks)
    result = after.result("etiquettes")
    assert (result.points, result.by, result.level) == (8, "teacher", "BM")
    assert result.rule_points < 8
    assert result.comments == ("Bien vu à l’oral.",)
    assert after.mark > marked(setup, copie).mark


def test_points_given_by_hand_find_their_level(setup, on):
    copie = any_copie(on, "P01", 1)
    with_points = replace(setup, overrides=Overrides((Override("P01", "remarques", points=Fraction(3)),)))
    result = decided(marked(setup, copie), "P01", with_points, ()).result("remarques")
    assert (result.points, result.level) == (3, "M")


def test_the_whole_mark_and_a_task_may_be_decided(setup, on):
    copie = any_copie(on, "P01", 1)
    entries = (
        Override("P01", points=Fraction(31, 2), comments=("Courage !",)),
        Override("P01", task=7, validated=True),
        Override("P01", task=5, validated=False),
    )
    after = decided(marked(setup, copie), "P01", replace(setup, overrides=Overrides(entries)), copie.tasks)
    assert (after.mark, after.by_hand, after.comments) == (Decimal("15.50"), True, ("Courage !",))
    assert 7 in after.validated
    assert 5 not in after.validated


def test_a_later_decision_wins(setup, on):
    entries = (Override("P01", "remarques", level="NM"), Override("P01", "remarques", level="BM"))
    copie = any_copie(on, "P01", 1)
    after = decided(marked(setup, copie), "P01", replace(setup, overrides=Overrides(entries)), ())
    assert after.result("remarques").level == "BM"


def test_a_task_is_validated_when_it_is_done_and_its_criteria_reach_the_level(setup, on):
    taggings = [tagging(passage) for passage in statements(on)[:10]]
    done = marked(setup, a_copie(on, taggings=taggings, session=2, tasks=(5, 7)))
    assert done.validated == (5,)
    assert marked(setup, a_copie(on, taggings=taggings, session=2)).validated == ()


def test_scores_count_exactly_where_the_rubric_says_so(keyed_case, tmp_path, setup, on):
    path = rubric_with(
        keyed_case, tmp_path, ('points = "level"', 'points = "score"'), ('step = "0.5"', 'step = "0.01"')
    )
    exact = replace(setup, rubric=read_rubric(path, keyed_case, forms()))
    for seed in range(5):
        result = marked(exact, any_copie(on, "P01", seed)).result("etiquettes")
        assert result.points == result.score * 8


def test_another_scale_is_kept_to(keyed_case, tmp_path, setup, on):
    path = rubric_with(keyed_case, tmp_path, ("scale = 20", "scale = 10"))
    ten = replace(setup, rubric=read_rubric(path, keyed_case, forms()))
    for seed in range(5):
        copie = any_copie(on, "P01", seed)
        assert marked(ten, copie).mark <= 10
        assert abs(2 * marked(ten, copie).mark - marked(setup, copie).mark) <= 1


@pytest.mark.parametrize(
    ("number", "way", "expected"),
    [
        ("12.1", "up", "12.5"),
        ("12", "up", "12"),
        ("12.25", "half_up", "12.5"),
        ("12.24", "half_up", "12"),
        ("12.9", "down", "12.5"),
    ],
)
def test_marks_are_rounded_as_the_rubric_says(number, way, expected):
    assert rounded(Fraction(number), Fraction(1, 2), way) == Fraction(expected)


@given(number=st.fractions(0, 20), way=st.sampled_from(["up", "half_up", "down"]))
def test_rounding_moves_by_less_than_a_step(number, way):
    after = rounded(number, Fraction(1, 2), way)
    assert abs(after - number) < Fraction(1, 2)
    assert after * 2 == int(after * 2)


def test_figures_are_written_for_the_language_of_the_screen(french):
    assert figure(Fraction(29, 2)) == "14,5"
    assert figure(Decimal("14.00")) == "14"
    assert figure(Fraction(1, 3), comma=False) == "0.33"
    assert figure(None) == "–"


@pytest.mark.parametrize(
    "entry",
    [
        Override("P01", "etiquette"),
        Override("P01", "etiquettes", level="TB"),
        Override("P01", "etiquettes", points=Fraction(9)),
        Override("P01", points=Fraction(21)),
        Override("P01", level="M"),
        Override("P01", task=99),
    ],
)
def test_a_decision_that_fits_nothing_is_refused_with_what_is_allowed(keyed_case, entry):
    with pytest.raises(BadInput, match="P01"):
        prepare(keyed_case, overrides=Overrides((entry,)))


def test_a_session_that_is_not_there_is_refused(keyed_case):
    with pytest.raises(BadInput, match="9"):
        prepare(keyed_case, sessions=(9,))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('rule = "tags"', 'rule = "tag"', "tags"),
        ('enough = "0.35"      #', 'enoug = "0.35"      #', "enough"),
        ("sessions = [1]", "sessions = [8]", "“8”"),
        ('validated = "M"', 'validated = "TB"', "TB"),
        ("scale = 20", "scale = 0", "scale"),
        ('id = "reponses"', 'id = "quiz"', "stands twice"),
        ('from = "0.25"', 'from = "0.9"', "levels"),
    ],
)
def test_a_fault_of_the_rubric_is_told(keyed_case, tmp_path, old, new, said):
    with pytest.raises(BadInput, match=said):
        read_rubric(rubric_with(keyed_case, tmp_path, (old, new)), keyed_case, forms())
