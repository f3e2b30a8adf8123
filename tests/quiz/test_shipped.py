"""The quiz and the resources that come with the case."""

from collections import Counter

import pytest

from promptlab.files.cases import load_case, shipped_cases
from promptlab.files.quiz_writing import dump_quiz
from promptlab.files.quizzes import KINDS, load_quiz
from promptlab.files.resources import read_resources
from promptlab.quiz.acceptance import require_accepted
from promptlab.quiz.check import check_quiz
from promptlab.quiz.corpus import corpus_of
from promptlab.quiz.typography import typography_faults

FOLDER = shipped_cases() / "reclamation"


@pytest.fixture(scope="module")
def quiz():
    return load_quiz(FOLDER / "quiz.toml")


def test_quiz_has_no_fault(quiz):
    report = check_quiz(quiz, corpus_of(load_case(FOLDER)))
    assert report.faults == ()
    assert len(report.passages) == len(quiz.questions)


def test_quiz_has_about_twenty_questions_of_all_kinds(quiz):
    kinds = Counter(question.kind for question in quiz.questions)
    assert set(kinds) == set(KINDS)
    assert 18 <= len(quiz.questions) <= 24
    assert {question.difficulty for question in quiz.questions} == {"easy", "medium", "hard"}


def test_quiz_may_be_handed_out_as_it_is(quiz):
    require_accepted(quiz)


def test_file_is_as_the_program_writes_it(quiz):
    assert (FOLDER / "quiz.toml").read_text("utf-8") == dump_quiz(quiz)


def test_every_choice_has_its_feedback(quiz):
    assert not [question.id for question in quiz.questions for choice in question.choices if not choice.feedback]


def test_what_is_said_of_the_law_is_to_be_verified(quiz):
    law = [question for question in quiz.questions if question.source.document.endswith("droit.md")]
    assert law
    assert all("À vérifier" in question.justification for question in law)


@pytest.mark.parametrize("resource", read_resources(FOLDER), ids=lambda resource: resource.name)
def test_resource_says_whence_it_is_and_is_well_set(resource):
    assert "écrite pour ce projet" in resource.text
    found = [fault for line in resource.text.split("\n") for fault in typography_faults(line)]
    assert found == []
