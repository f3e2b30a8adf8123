import pytest

from promptlab.errors import BadInput
from promptlab.model.answer import Answer, Provenance
from promptlab.model.copie import Plain, Return, Settings
from promptlab.review.writing import (
    doubts_about,
    keep_answer,
    keep_work,
    receive,
    set_settings,
    set_task,
    task_states,
    write_discussion,
    write_remark,
)
from tests.review.builders import a_case, a_copie, an_exercise

ON, CASE = an_exercise(), a_case()
MIXED = "👩‍🏫 שלום مرحبا e\u0301té « oui » <b>"


def an_answer(text, number=1):
    return Answer(number, "Quelles étapes ?", text, Provenance("M", "P", "2026-11-21"))


def test_remark_keeps_emoji_right_to_left_text_and_marks():
    assert write_remark(a_copie(), ON, 2, MIXED).remarks == ("", MIXED)


def test_remark_loses_what_cannot_be_shown_and_foreign_line_ends():
    assert write_remark(a_copie(), ON, 1, " a\x00\x07\r\nb\ud800\x0b ").remarks == ("a\nb",)


def test_remark_taken_out_leaves_no_empty_place():
    copie = write_remark(write_remark(a_copie(), ON, 1, "a"), ON, 2, "b")
    assert write_remark(copie, ON, 2, " ").remarks == ("a",)


def test_endless_remark_is_refused_not_cut():
    with pytest.raises(BadInput, match="PROMPT 2: 20001"):
        write_discussion(a_copie(), ON, 2, "x" * 20_001)


def test_remark_on_a_column_that_is_not_there_is_refused():
    with pytest.raises(BadInput, match="no column 3: the table has 2"):
        write_remark(a_copie(), ON, 3, "…")


def test_tasks_are_done_by_the_pupil_and_validated_by_the_teacher():
    copie = receive(set_task(a_copie(), CASE, 6), Return(validated=(1,)))
    assert [(task.number, task.done, task.validated) for task in task_states(copie, CASE)] == [
        (1, False, True),
        (6, True, False),
    ]


def test_task_that_is_not_in_the_case_is_refused():
    with pytest.raises(BadInput, match="no task 7: the tasks are 1, 6"):
        set_task(a_copie(), CASE, 7)


def test_pasted_answer_replaces_the_one_to_the_same_prompt():
    copie = keep_answer(keep_answer(a_copie(), an_answer("b", 2)), an_answer("a"))
    assert [answer.text for answer in keep_answer(copie, an_answer("c", 2)).answers] == ["a", "c"]


def test_empty_pasted_answer_is_refused():
    with pytest.raises(BadInput, match="prompt 1 is empty"):
        keep_answer(a_copie(), an_answer(" \n"))


def test_endless_answers_and_works_are_refused():
    with pytest.raises(BadInput, match="500001"):
        keep_answer(a_copie(), an_answer("x" * 500_001))
    with pytest.raises(BadInput, match="letter"):
        keep_work(a_copie(), "letter", 1, "x" * 2_000_001)


def test_pasted_answer_without_steps_is_kept_and_told():
    assert [problem.where for problem in doubts_about(an_answer("Bonjour à vous."))] == ["prompt 1"]
    assert doubts_about(an_answer("1. Recevoir\n2. Répondre\n")) == ()


def test_work_is_carried_along_untouched():
    value = {"b": [1, 2.5, None, {"é": True}], "a": "  x "}
    work = keep_work(a_copie(), "letter", 3, value).work("letter")
    assert (work.version, work.content.value, list(work.content.value)) == (3, value, ["b", "a"])


@pytest.mark.parametrize(("name", "value"), [("../x", 1), ("letter", float("nan")), ("letter", {1, 2})])
def test_work_that_cannot_be_kept_is_refused(name, value):
    with pytest.raises(BadInput, match=name):
        keep_work(a_copie(), name, 1, value)


def test_plain_values_compare_by_what_they_hold():
    assert Plain.of({"a": [1]}) == Plain.of({"a": [1]}) != Plain.of({"a": [2]})


@pytest.mark.parametrize("settings", [Settings(font_size=20), Settings(spacing=900), Settings(contrast="loud")])
def test_settings_beyond_what_can_be_read_are_refused(settings):
    with pytest.raises(BadInput):
        set_settings(a_copie(), settings)
