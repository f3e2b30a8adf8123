"""Sessions 2, 4 and 5: table, changes, Word file, letter, decision scheme, quiz, debrief."""

import pytest

from promptlab.decisions import check
from promptlab.files.copies import read_copie
from promptlab.files.quizzes import load_quiz
from promptlab.quiz.marking import mark_quiz
from promptlab.ui.session1_quiz import QuizPanel, answers_of, moved, quiz_html
from promptlab.ui.session2 import ExportPanel, changes_html, tables_html
from promptlab.ui.session45_debrief import DebriefPanel, debrief_html
from promptlab.ui.session45_decisions import DecisionsPanel, decisions_html, decisions_of
from promptlab.ui.session45_letter import LetterPanel, letter_html, letter_of
from promptlab.ui.texts import text_of
from tests.ui.acting import has, node_of, nodes, press, words_of, write
from tests.ui_sessions.builders import desk_in, shipped


def test_both_layouts_are_there_and_only_one_is_in_sight(tmp_path):
    html = tables_html(desk_in(tmp_path))
    before, _fold, after = html.partition("<details>")
    assert before.count("<table") == after.count("<table") == 1
    assert "PROMPT 3" in before


def test_changes_are_a_picture_with_every_change_in_words(tmp_path):
    comparison = desk_in(tmp_path).exercise.comparison
    html = changes_html(comparison)
    assert html.count("<img") == 1
    assert html.count("<li>") == len(comparison.changes)


def test_word_file_holds_the_work_of_the_pupil(tmp_path):
    from promptlab.handin import read_hand_in

    desk = desk_in(tmp_path, "P07")
    panel = ExportPanel(desk)
    press(panel, "save-docx")
    (path,) = tmp_path.rglob("*.docx")
    assert read_hand_in(path, case=shipped()).copie.id == desk.copie.id


def test_letter_is_kept_as_it_is_written(tmp_path):
    panel = LetterPanel(desk_in(tmp_path, "P07"))
    write(panel, "letter-medium", "email")
    write(panel, "letter-why", "La réclamation est un courriel.")
    write(panel, "letter-text", "Madame,\n\nNous <b>regrettons</b>…")
    kept = letter_of(read_copie(panel.at.path))
    assert (kept["medium"], kept["why"], kept["draft"]) == ("email", "La réclamation est un courriel.", None)
    assert "<b>" not in letter_html(panel.at)


def test_letter_is_checked_with_the_documents(tmp_path):
    panel = LetterPanel(desk_in(tmp_path, "P07"))
    press(panel, "letter-check")
    assert node_of(panel, "letter-check")["error"]
    write(panel, "letter-text", "Madame,\n\nVotre avoir est de 804,00 € TTC. La facture 879 est du 26/11/N.")
    press(panel, "letter-check")
    assert "804,00" in words_of(panel)
    write(panel, "letter-text", "Madame,")
    assert not has(panel, "letter-found")


def test_decision_scheme_begins_without_the_rules_of_the_key(tmp_path):
    panel = DecisionsPanel(desk_in(tmp_path, "P07"))
    press(panel, "rules-begin")
    table = decisions_of(read_copie(panel.at.path))
    assert table.rules == ()
    assert table.conditions


def test_gap_can_be_filled_with_one_press(tmp_path):
    panel = DecisionsPanel(desk_in(tmp_path, "P07"))
    press(panel, "rules-begin")
    press(panel, "rule-add")
    table = decisions_of(panel.at.copie)
    first = table.conditions[0]
    write(panel, f"when-R1-{first.id}", first.values[0].id)
    write(panel, "then-R1-0", table.actions[0].id)
    assert has(panel, "gap-0")
    press(panel, "gap-0")
    table = decisions_of(panel.at.copie)
    assert len(table.rules) == 2
    write(panel, "then-R2-0", table.actions[1].id)
    assert decisions_of(panel.at.copie).rules[1].actions == (table.actions[1].id,)


def test_rules_that_cover_everything_are_told_to(tmp_path):
    panel = DecisionsPanel(desk_in(tmp_path, "P07"))
    press(panel, "rules-begin")
    press(panel, "rule-add")
    table = decisions_of(panel.at.copie)
    write(panel, "then-R1-0", table.actions[0].id)
    assert check(decisions_of(panel.at.copie)).is_clean
    assert node_of(panel, "rules-found")["tone"] == "ok"
    assert "→" in decisions_html(panel.at)
    press(panel, "rule-drop-R1")
    assert decisions_of(panel.at.copie).rules == ()


def test_debrief_keeps_each_answer(tmp_path):
    panel = DebriefPanel(desk_in(tmp_path, "P07"))
    write(panel, "debrief-limits", "1. Elle invente.\n2. …")
    write(panel, "debrief-use", "Pour trouver les étapes.")
    copie = read_copie(panel.at.path)
    assert text_of(copie, "debrief", "limits") == "1. Elle invente.\n2. …"
    assert "Elle invente" in debrief_html(panel.at)


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
