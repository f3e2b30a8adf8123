"""Nothing goes out before a teacher has accepted it in these words."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from promptlab.errors import BadInput
from promptlab.files.quiz_writing import dump_quiz
from promptlab.files.quizzes import load_quiz
from promptlab.quiz.acceptance import accept, accepted_only, is_accepted, not_accepted, require_accepted
from promptlab.quiz.formats import export_quiz
from tests.quiz.builders import numeric, quiz, single

DAY = date(2026, 11, 21)


def test_accepted_question_stays_accepted_in_its_file(tmp_path):
    made = accept(quiz(single(), numeric()), ["q", "n"], by="CT", on=DAY)
    path = tmp_path / "quiz.toml"
    path.write_text(dump_quiz(made), encoding="utf-8")
    found = load_quiz(path)
    assert all(map(is_accepted, found.questions))
    assert found.questions[0].accepted.on == "2026-11-21"
    require_accepted(found)


@pytest.mark.parametrize(
    "change",
    [
        {"text": "Autre chose"},
        {"justification": "Autre"},
        {"points": Decimal(2)},
        {"choices": tuple(reversed(single().choices))},
        {"choices": tuple(replace(choice, feedback="") for choice in single().choices)},
        {"source": None},
    ],
)
def test_question_that_is_changed_is_no_longer_accepted(change):
    (one,) = accept(quiz(single()), ["q"], by="CT", on=DAY).questions
    assert is_accepted(one)
    changed = quiz(replace(one, **change))
    assert not is_accepted(changed.questions[0])
    with pytest.raises(BadInput, match=r"q.*CT"):
        require_accepted(changed)


@pytest.mark.parametrize("ending", [".gift", ".xml", ".docx"])
def test_no_format_lets_an_unaccepted_question_out(ending):
    half = accept(quiz(single("a"), single("b")), ["a"], by="CT", on=DAY)
    with pytest.raises(BadInput, match=r"1 of 2.*\n.*b"):
        export_quiz(half, ending)
    assert export_quiz(accepted_only(half), ending)
    assert [question.id for question in not_accepted(half)] == ["b"]


def test_empty_quiz_is_not_handed_out():
    with pytest.raises(BadInput):
        require_accepted(accepted_only(quiz(single())))


def test_who_accepts_and_what_must_be_said():
    with pytest.raises(BadInput, match="--by"):
        accept(quiz(single()), ["q"], by=" ", on=DAY)
    with pytest.raises(BadInput, match="“zz”"):
        accept(quiz(single()), ["zz"], by="CT", on=DAY)
