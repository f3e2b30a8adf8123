"""GIFT out and in, read by a program that is not ours too."""

import json
import re
import subprocess
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings

from promptlab.errors import BadInput
from promptlab.files.cases import shipped_cases
from promptlab.files.quizzes import load_quiz
from promptlab.model.quiz import Choice, Pair
from promptlab.quiz.acceptance import accept
from promptlab.quiz.formats import import_quiz
from promptlab.quiz.gift_reading import from_gift
from promptlab.quiz.gift_writing import to_gift
from tests.quiz import builders

READER = Path(__file__).parent / "gift-pegjs" / "read.js"


def read(text):
    return from_gift(text, title="sans titre")


def only(text):
    (found,) = read(text).quiz.questions
    return found


def arrows(quiz):
    """Whether a short answer holds what GIFT takes for a pair."""
    return any("->" in text for question in quiz.questions for text in question.variants)


@given(builders.quizzes().filter(lambda quiz: not arrows(quiz)))
@settings(max_examples=150, deadline=None)
def test_any_quiz_comes_back_as_it_went_out(quiz):
    reading = read(to_gift(quiz))
    assert reading.problems == ()
    assert reading.quiz == quiz


def test_short_answer_that_gift_would_take_for_a_pair_is_refused():
    with pytest.raises(BadInput, match="a -> b"):
        to_gift(builders.quiz(builders.question(kind="short", variants=("a -> b",))))


@given(builders.quizzes().filter(lambda quiz: not arrows(quiz)))
@settings(max_examples=60, deadline=None)
def test_every_line_is_whole_and_no_question_is_cut_by_a_blank_one(quiz):
    blocks = [block for block in to_gift(quiz).split("\n\n") if "::" in block and not block.startswith("$")]
    assert len([block for block in blocks if block.startswith("// promptlab")]) >= len(quiz.questions)


def independent(needs, text):
    done = subprocess.run([needs("node"), str(READER)], input=text.encode(), capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()[-800:]
    return [entry for entry in json.loads(done.stdout) if entry["type"] != "Category"]


def unmarked(text):
    """This reader leaves its own marks for escaped signs (&&058;) in the right half of a pair."""
    return re.sub(r"&&(\d{3});", lambda mark: chr(int(mark[1])), text)


def test_another_reader_finds_the_shipped_quiz(needs):
    quiz = load_quiz(shipped_cases() / "reclamation" / "quiz.toml")
    found = independent(needs, to_gift(quiz))
    assert [entry["title"] for entry in found] == [question.id for question in quiz.questions]
    types = {
        "single": "MC", "multiple": "MC", "true_false": "TF", "matching": "Matching", "ordering": "Matching",
        "short": "Short", "numeric": "Numerical",
    }  # fmt: skip
    assert [entry["type"] for entry in found] == [types[question.kind] for question in quiz.questions]
    assert [entry["stem"]["text"] for entry in found] == [question.text for question in quiz.questions]
    assert [entry["globalFeedback"]["text"] for entry in found] == [q.justification for q in quiz.questions]


def test_another_reader_finds_what_hostile_texts_say(needs):
    nasty = "a : b = c ~ d # e {f} \\ g"
    made = builders.quiz(
        builders.single("s", right=nasty, wrong=("%50% x", "[b] y"), text=nasty, justification=nasty),
        builders.matching("m", pairs=(Pair("x -> y", "z -> t"), Pair("u", nasty), Pair("v", "w")), decoys=()),
        builders.question("v", "short", variants=(nasty, "%5%")),
        builders.numeric("n", "-193.50"),
    )
    single, matching, short, number = independent(needs, to_gift(made))
    assert single["stem"]["text"] == single["globalFeedback"]["text"] == nasty
    assert [choice["text"]["text"] for choice in single["choices"]] == [nasty, "&#37;50% x", "&#91;b] y"]
    assert [choice["isCorrect"] for choice in single["choices"]] == [True, False, False]
    pairs = [(pair["subquestion"]["text"], unmarked(pair["subanswer"])) for pair in matching["matchPairs"]]
    assert pairs == [("x -&gt; y", "z -> t"), ("u", nasty), ("v", "w")]
    assert [choice["text"]["text"] for choice in short["choices"]] == [nasty, "%5%"]
    assert number["choices"][0]["text"]["number"] == -193.5


# ---------------------------------------------------------------- what others write


def test_question_by_hand_is_read():
    found = only("::Q1:: Qui est enterré\\: ici ? {~Jefferson#Non =Grant #Oui\n~%0%Personne ####Voir le guide.}")
    assert (found.kind, found.id, found.text) == ("single", "q1", "Qui est enterré: ici ?")
    assert found.choices == (Choice("Jefferson", False, "Non"), Choice("Grant", True, "Oui"), Choice("Personne"))
    assert found.justification == "Voir le guide."


def test_weights_without_equals_sign_make_a_multiple_question():
    found = only("Lesquels ? {~%-100%A ~%50%B ~%50%C}")
    assert found.kind == "multiple"
    assert [choice.right for choice in found.choices] == [False, True, True]


@pytest.mark.parametrize(("answer", "truth"), [("T", True), ("TRUE", True), ("F", False), ("false", False)])
def test_true_or_false_is_read(answer, truth):
    found = only(f"La terre est ronde. {{{answer}#faux#juste}}")
    assert found.kind == "true_false"
    assert [choice.right for choice in found.choices] == [truth, not truth]
    assert next(choice.feedback for choice in found.choices if choice.right) == "juste"


@pytest.mark.parametrize(
    ("answer", "value", "tolerance"),
    [("#1822:5", "1822", "5"), ("#3.1..3.3", "3.2", "0.1"), ("#=%100%12.5:0", "12.5", "0"), ("#-2", "-2", "0")],
)
def test_numbers_are_read(answer, value, tolerance):
    found = only(f"Combien ? {{{answer}}}")
    assert (found.value, found.tolerance) == (Decimal(value), Decimal(tolerance))


def test_missing_word_leaves_a_gap():
    assert only("Grant est {~né =enterré} ici.").text == "Grant est _____ ici."


def test_category_and_markup_are_read():
    reading = read("$CATEGORY: $course$/top/Notions\n\n[html]Deux<br>lignes &amp; <b>gras</b> {=x =y}\n")
    (found,) = reading.quiz.questions
    assert (found.category, found.text, found.variants) == ("Notions", "Deux\nlignes & gras", ("x", "y"))


def test_what_has_no_place_is_told_and_the_rest_is_read():
    reading = read("Une consigne.\n\nRédigez. {}\n\nVrai ? {T}\n\nUn mot {=%50%presque =tout*}\n")
    assert [found.kind for found in reading.quiz.questions] == ["true_false"]
    said = "\n".join(map(str, reading.problems))
    for part in ("line 1", "line 3", "essay", "presque", "50", "tout*"):
        assert part in said


def test_part_of_the_points_and_feedback_of_a_number_are_told():
    assert "part of the points" in str(read("x {=a ~%50%b ~c}").problems[0])
    assert "bravo" in str(read("x {#5#bravo}").problems[0])


@pytest.mark.parametrize("text", ["Combien ? {#5", "Combien ? 5}"])
def test_file_that_is_cut_is_refused_with_its_line(text):
    with pytest.raises(BadInput, match="line 3"):
        read(f"// début\n\n{text}\n")


def test_empty_file_is_to_be_exported_again(tmp_path):
    path = tmp_path / "vide.gift"
    path.write_text(" \n")
    with pytest.raises(BadInput, match="export the questions once more"):
        import_quiz(path)


def test_script_in_a_text_is_no_text():
    assert only("[html]a<script>alert(1)</script>b {T}").text == "ab"


def test_comment_of_ours_that_was_damaged_is_passed_over():
    reading = read('// promptlab {"points": "beaucoup", "difficulty": "easy"}\n::a::x {T}')
    assert reading.quiz.questions[0].difficulty == "medium"
    assert "a" in reading.problems[0].where


def test_answer_changed_by_hand_wins_over_the_comment():
    text = to_gift(builders.quiz(builders.numeric("n", "804.00"))).replace("804.00", "805.00", 1)
    assert only(text).value == Decimal(805)


def test_what_was_accepted_elsewhere_is_to_be_accepted_again():
    made = accept(builders.quiz(builders.single()), ["q"], by="CT", on=date(2026, 11, 21))
    assert only(to_gift(made)).accepted is None
