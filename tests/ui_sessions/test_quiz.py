"""The quiz of session 1: answered, handed in, told right or wrong, tried again."""

import pytest

from promptlab.files.copies import read_copie
from promptlab.files.quizzes import load_quiz
from promptlab.quiz.marking import mark_quiz
from promptlab.ui.classroom import Classroom, read_classroom, write_classroom
from promptlab.ui.session1_quiz import QuizPanel, moved, quiz_html
from promptlab.ui.session1_tries import answers_of, is_handed_in, tries_of
from tests.ui.acting import has, node_of, nodes, press, words_of, write
from tests.ui_sessions.builders import desk_in, shipped


def quiz():
    return load_quiz(shipped().folder / "quiz.toml")


def one_wrong_answer(panel):
    """Answer the first question of one choice wrongly; gives the question."""
    question = next(one for one in quiz().questions if one.kind == "single")
    key = f"q-{question.id}-one"
    right = {choice.text for choice in question.choices if choice.right}
    write(panel, key, next(place for place, label in node_of(panel, key)["options"] if label not in right))
    return question


def test_nothing_is_handed_in_before_anything_is_answered(tmp_path):
    panel = QuizPanel(desk_in(tmp_path, "P07"))
    press(panel, "quiz-hand-in")
    assert node_of(panel, "quiz-hand-in")["error"]
    assert tries_of(panel.at.copie) == ()


def test_first_try_is_told_without_the_right_answers_the_last_one_with_them(tmp_path):
    panel = QuizPanel(desk_in(tmp_path, "P07"))
    question = one_wrong_answer(panel)
    press(panel, "quiz-hand-in")
    assert is_handed_in(read_copie(panel.at.path))
    told = "\n".join(str(part) for part in nodes(node_of(panel, f"q-{question.id}-told")))
    assert "✖" in told
    assert question.justification not in words_of(panel)
    assert not has(panel, f"q-{question.id}-one")
    press(panel, "quiz-again")
    assert has(panel, f"q-{question.id}-one")
    press(panel, "quiz-hand-in")
    assert question.justification in words_of(panel)
    assert not has(panel, "quiz-again")
    assert [int(points) for points, _out_of in tries_of(panel.at.copie)] == [0, 0]


def test_second_try_is_counted_beside_the_first(tmp_path):
    panel = QuizPanel(desk_in(tmp_path, "P07"))
    question = one_wrong_answer(panel)
    press(panel, "quiz-hand-in")
    press(panel, "quiz-again")
    _answer(panel, question)
    press(panel, "quiz-hand-in")
    assert [int(points) for points, _out_of in tries_of(panel.at.copie)] == [0, 1]
    assert quiz_html(panel.at).count("<li>") == 3  # one answer, two tries


def test_try_cannot_be_taken_back_by_undoing(tmp_path):
    panel = QuizPanel(desk_in(tmp_path, "P07"))
    one_wrong_answer(panel)
    assert not node_of(panel, "quiz-undo")["disabled"]
    press(panel, "quiz-hand-in")
    press(panel, "quiz-again")
    assert not has(panel, "quiz-undo")


@pytest.mark.parametrize(("allowed", "again"), [(1, [False]), (3, [True, True, False]), (0, [True, True, True])])
def test_teacher_says_how_many_tries_there_are(tmp_path, allowed, again):
    write_classroom(tmp_path, Classroom(quiz_tries=allowed), (1, 2))
    assert read_classroom(tmp_path).quiz_tries == allowed
    panel = QuizPanel(desk_in(tmp_path, "P07"))
    one_wrong_answer(panel)
    for more in again:
        press(panel, "quiz-hand-in")
        assert has(panel, "quiz-again") is more
        if more:
            press(panel, "quiz-again")


def test_nonsense_in_the_work_of_a_copie_stops_nobody(tmp_path):
    from promptlab.review.writing import keep_work

    desk = desk_in(tmp_path, "P07")
    values = {"answers": [1], "tries": [{"points": "x"}, 3], "handed_in": "yes"}
    desk.change(lambda copie: keep_work(copie, "quiz", 1, values))
    assert words_of(QuizPanel(desk))
    assert [int(points) for points, _out_of in tries_of(desk.copie)] == [0]


def test_quiz_is_answered_without_the_answers_on_the_screen(tmp_path):
    panel = QuizPanel(desk_in(tmp_path, "P07"))
    quiz = load_quiz(shipped().folder / "quiz.toml")
    shown = words_of(panel)
    assert all(question.text in shown for question in quiz.questions)
    assert not any(question.justification in shown for question in quiz.questions)


def test_right_answers_of_every_kind_are_marked_as_right(tmp_path):
    panel = QuizPanel(desk_in(tmp_path, "P07"))
    quiz = load_quiz(shipped().folder / "quiz.toml")
    for question in quiz.questions:
        _answer(panel, question)
    kept = answers_of(read_copie(panel.at.path))
    result = mark_quiz(quiz, kept)
    assert result.problems == ()
    assert result.points == result.out_of
    assert quiz_html(panel.at).count("<li>") == len(quiz.questions)


def _answer(panel, question):
    """Answer as a pupil who knows everything, on the screen alone."""
    key = f"q-{question.id}"
    inside = list(nodes(node_of(panel, key)))
    right = {choice.text for choice in question.choices if choice.right}
    if question.kind in ("single", "true_false"):
        labels = right if question.kind == "single" else {word.capitalize() for word in right}
        write(
            panel,
            f"{key}-one",
            next(place for place, label in node_of(panel, f"{key}-one")["options"] if label in labels),
        )
    elif question.kind == "multiple":
        for box in [node for node in inside if node["kind"] == "check" and node["label"] in right]:
            write(panel, box["k"], True)
    elif question.kind == "matching":
        for place, pair in enumerate(question.pairs):
            options = node_of(panel, f"{key}-{place}")["options"]
            write(panel, f"{key}-{place}", next(option for option, label in options if label == pair.right))
    elif question.kind == "ordering":
        for place, wanted in enumerate(question.items):
            while (now := _order(panel, key).index(wanted)) > place:
                press(panel, f"{_keys(panel, key)[now]}-up")
        press(panel, f"{key}-keep")
    else:
        said = question.variants[0] if question.variants else str(question.value).replace(".", ",")
        write(panel, f"{key}-text", said)


def _keys(panel, key):
    return [node["k"] for node in nodes(node_of(panel, key)) if node.get("look") == "bar"]


def _order(panel, key):
    bars = [node for node in nodes(node_of(panel, key)) if node.get("look") == "bar"]
    return ["".join(part["t"] for part in bar["children"][-1]["parts"]) for bar in bars]


@pytest.mark.parametrize(("place", "by", "then"), [(0, 1, "bac"), (2, -1, "acb"), (0, -1, "abc"), (2, 5, "abc")])
def test_text_moves_within_its_list(place, by, then):
    assert "".join(moved(list("abc"), place, by)) == then
