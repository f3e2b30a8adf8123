"""The quiz as a file."""

import pytest
from hypothesis import given, settings

from promptlab.errors import BadInput
from promptlab.files.quiz_writing import dump_quiz
from promptlab.files.quizzes import load_quiz
from tests.quiz import builders

HEAD = 'format = 1\ntitle = "Quiz"\n'


def load(tmp_path, text):
    path = tmp_path / "quiz.toml"
    path.write_text(text, encoding="utf-8")
    return load_quiz(path)


@given(builders.quizzes())
@settings(max_examples=60, deadline=None)
def test_any_quiz_is_read_back_as_it_was_written(tmp_path_factory, quiz):
    assert load(tmp_path_factory.mktemp("quiz"), dump_quiz(quiz)) == quiz


def test_every_fault_is_told_with_its_place(tmp_path):
    text = HEAD + (
        '[[questions]]\nid = "Été"\nkind = "sigle"\ntext = ""\n'
        '[[questions]]\nid = "b"\nkind = "numeric"\ntext = "x"\nvalue = "beaucoup"\nunti = "€"\n'
    )
    with pytest.raises(BadInput) as caught:
        load(tmp_path, text)
    said = str(caught.value)
    for part in (
        "questions[1].id",
        "Été",
        "single",
        "questions[1].text",
        "questions[2].value",
        "beaucoup",
        "unti",
        "unit",
    ):
        assert part in said


def test_two_questions_of_one_id_are_refused(tmp_path):
    one = '[[questions]]\nid = "a"\nkind = "ordering"\ntext = "x"\nitems = ["1", "2"]\n'
    with pytest.raises(BadInput, match="“a”"):
        load(tmp_path, HEAD + one + one)


def test_true_false_without_its_answer_is_refused(tmp_path):
    with pytest.raises(BadInput, match="answer"):
        load(tmp_path, HEAD + '[[questions]]\nid = "a"\nkind = "true_false"\ntext = "x"\n')


def test_fields_of_another_kind_are_refused(tmp_path):
    text = HEAD + '[[questions]]\nid = "a"\nkind = "short"\ntext = "x"\nvariants = ["y"]\nitems = ["1"]\n'
    with pytest.raises(BadInput, match="items"):
        load(tmp_path, text)


def test_sign_that_cannot_be_shown_is_told(tmp_path):
    text = HEAD + '[[questions]]\nid = "a"\nkind = "short"\ntext = "x\\u0007y"\nvariants = ["y"]\n'
    with pytest.raises(BadInput, match="U\\+0007"):
        load(tmp_path, text)


def test_newer_format_is_refused(tmp_path):
    with pytest.raises(BadInput, match="99"):
        load(tmp_path, 'format = 99\ntitle = "x"\n')


def test_quiz_that_could_not_be_read_back_is_not_written():
    with pytest.raises(BadInput, match="text"):
        dump_quiz(builders.quiz(builders.single(text="")))
