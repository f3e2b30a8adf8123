"""The rules that mark by other rooms, on the works of the shipped case."""

import tomllib
from fractions import Fraction

import pytest

from promptlab.decisions.plain import to_values
from promptlab.decisions.reading import read_decisions
from promptlab.files.quizzes import load_quiz
from tests.grade.builders import a_copie
from tests.grade.test_rules import judge, with_work


@pytest.fixture(scope="module")
def quiz(keyed_case):
    return load_quiz(keyed_case.folder / "quiz.toml")


def marked(name, copie, case, work, value, **more):
    return judge(name, with_work(copie, work, value), case, **more)


def right_single(quiz):
    """The right responses of the questions with one right choice."""
    return {
        question.id: next(choice.text for choice in question.choices if choice.right)
        for question in quiz.questions
        if question.kind == "single"
    }


def test_a_quiz_gives_the_points_of_its_own_key(on, keyed_case, quiz):
    answers = right_single(quiz)
    judged = marked(
        "quiz", a_copie(on), keyed_case, "quiz", {"quiz": "quiz", "answers": answers}, material={"quiz": quiz}
    )
    earned = sum(Fraction(quiz.question(name).points) for name in answers)
    assert judged.score == earned / sum(Fraction(question.points) for question in quiz.questions)
    assert sum(found.verdict == "right" for found in judged.found) == len(answers)


def test_a_quiz_not_answered_scores_nothing_and_no_quiz_has_no_basis(on, keyed_case, quiz):
    assert judge("quiz", a_copie(on), keyed_case, material={"quiz": quiz}).score == 0
    assert judge("quiz", a_copie(on), keyed_case).score is None


def test_the_quiz_of_the_case_is_at_hand(setup, quiz):
    assert setup.material["quiz"] == quiz
    assert setup.problems == ()


def test_a_sound_flowchart_has_the_full_score(on, keyed_case):
    chart = tomllib.loads((keyed_case.folder / "flowchart.toml").read_text("utf-8"))
    assert marked("flowchart", a_copie(on), keyed_case, "flowchart", chart).score == 1


def test_a_flowchart_loses_for_what_it_lacks_and_all_where_it_cannot_be_drawn(on, keyed_case):
    small = {
        "title": "Traiter",
        "lane": [{"id": "a", "name": "Entreprise"}],
        "node": [
            {"id": "d", "kind": "start", "lane": "a", "text": "Début", "next": "f"},
            {"id": "f", "kind": "end", "lane": "a", "text": "Fin"},
        ],
    }
    judged = marked("flowchart", a_copie(on), keyed_case, "flowchart", small)
    assert 0 < judged.score < 1
    assert {"shapes: 2 (at least 8 expected)", "decisions: 0 (at least 1 expected)"} <= {
        one.text for one in judged.found
    }
    small["node"][0]["next"] = "nulle-part"
    broken = marked("flowchart", a_copie(on), keyed_case, "flowchart", small)
    assert broken.score == 0
    assert any("nulle-part" in found.text for found in broken.found)


RIGHT = """LES TOILES GIRONDINES
40 cours Pasteur
33000 Bordeaux

Madame,

Par courriel du 27 novembre N, vous nous signalez que 25 m de tissu noir N52000 ont été livrés à la place
de la toile A52000.
Nous établissons un avoir de 804,00 € TTC pour l'article N52000. La facture n° 879 du 26/11/N reste due après cet avoir.
"""


def test_a_letter_loses_for_what_the_documents_contradict(on, keyed_case):
    right = marked("letter_facts", a_copie(on), keyed_case, "letter", {"text": RIGHT}, least=4)
    wrong_text = RIGHT.replace("804,00 € TTC", "670,00 € TTC").replace("879", "897")
    wrong = marked("letter_facts", a_copie(on), keyed_case, "letter", {"text": wrong_text}, least=4)
    assert wrong.score < right.score
    assert any(found.verdict == "wrong" for found in wrong.found)


def test_the_missing_parts_of_a_letter_are_named(on, keyed_case):
    judged = marked("letter_parts", a_copie(on), keyed_case, "letter", {"medium": "letter", "text": RIGHT})
    assert 0 <= judged.score < 1
    assert "signature" in judged.reason


def test_a_complete_decision_scheme_has_the_full_score_and_a_gap_takes_from_it(on, keyed_case):
    values = to_values(read_decisions(keyed_case.folder / "decisions.toml"))
    whole = marked("decisions", a_copie(on), keyed_case, "decisions", values)
    assert whole.score == 1
    key = next(name for name in ("rules", "rule") if name in values)
    some = marked("decisions", a_copie(on), keyed_case, "decisions", values | {key: values[key][1:]})
    assert 0 < some.score < 1
    assert any(found.verdict == "missed" and found.text for found in some.found)
