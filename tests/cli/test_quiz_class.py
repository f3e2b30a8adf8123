"""`promptlab quiz class`: the answers of a class, question by question."""

import json
from dataclasses import replace

import pytest
from click.testing import CliRunner

from promptlab.cli.quiz import command
from promptlab.files.quizzes import load_quiz
from promptlab.review.writing import keep_work
from tests.handin.builders import a_copie, as_json, case

QUIZ = load_quiz(case().folder / "quiz.toml")
SINGLE = next(question for question in QUIZ.questions if question.kind == "single")
RIGHT = next(choice.text for choice in SINGLE.choices if choice.right)
WRONG = next(choice.text for choice in SINGLE.choices if not choice.right)


def handed(folder, name, response, **changes):
    answered = keep_work(a_copie(), "quiz", 1, {"quiz": "quiz", "answers": {SINGLE.id: response}})
    (folder / f"{name}.json").write_bytes(as_json(replace(answered, id=name, **changes)))


def asked(folder):
    said = CliRunner().invoke(command, ["class", str(folder), "--case", "reclamation", "--json"], standalone_mode=False)
    assert said.exception is None, said.exception
    return said.return_value, next(one for one in json.loads(said.stdout) if one["question"] == SINGLE.id)


def test_right_and_wrong_choices_of_a_class_are_counted(tmp_path):
    for name, response in (("a", RIGHT), ("b", RIGHT), ("c", WRONG)):
        handed(tmp_path, name, response)
    status, found = asked(tmp_path)
    assert (status, found["copies"], round(found["facility"], 2)) == (0, 3, 0.67)
    assert {one["text"]: one["count"] for one in found["chosen"]}[WRONG] == 1


@pytest.mark.parametrize(("language", "share"), [("fr", "67\u00a0%"), ("en", "67%")])
def test_share_of_the_points_is_told_in_the_language_of_the_screen(tmp_path, monkeypatch, language, share):
    monkeypatch.setenv("PROMPTLAB_LANG", language)
    for name, response in (("a", RIGHT), ("b", RIGHT), ("c", WRONG)):
        handed(tmp_path, name, response)
    said = CliRunner().invoke(command, ["class", str(tmp_path), "--case", "reclamation"], standalone_mode=False)
    assert f"{share}  {SINGLE.text}" in said.stdout


def test_of_one_copie_handed_in_twice_the_latest_counts(tmp_path):
    handed(tmp_path, "a", WRONG)
    content = (tmp_path / "a.json").read_bytes()
    handed(tmp_path, "a", RIGHT, revision=9)
    (tmp_path / "older.json").write_bytes(content)
    assert asked(tmp_path)[1]["facility"] == 1.0


def test_a_file_that_cannot_be_read_is_told_and_the_rest_counted(tmp_path):
    handed(tmp_path, "a", RIGHT)
    (tmp_path / "b.json").write_text("{", encoding="utf-8")
    status, found = asked(tmp_path)
    assert (status, found["copies"]) == (1, 1)
