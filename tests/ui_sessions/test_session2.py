"""Session 2: both layouts of the table, the changes, the Word file, a table of the pupil's own answers."""

from dataclasses import replace

from promptlab.model.copie import Spot
from promptlab.review.tagging import tag
from promptlab.review.writing import keep_answer
from promptlab.ui.session2 import AnswersPanel, ExportPanel, changes_html, tables_html
from promptlab.ui.tagging import TaggingTable
from tests.ui.acting import has, node_of, press, words_of, write
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
    press(ExportPanel(desk), "save-docx")
    (path,) = tmp_path.rglob("*.docx")
    assert read_hand_in(path, case=shipped()).copie.id == desk.copie.id


def with_own_answers(folder, count=3, run="run-b"):
    """A desk whose copie holds so many answers of that run, as if the pupil had pasted them."""
    desk = desk_in(folder, "P07")
    for answer in shipped().run(run).answers[:count]:
        desk.change(lambda copie, answer=answer: keep_answer(copie, answer))
    return desk


def test_recorded_answers_are_the_table_and_nothing_is_asked(tmp_path):
    desk = desk_in(tmp_path, "P07")
    panel = AnswersPanel(desk)
    assert not has(panel, "answers-of")
    assert desk.run.name in words_of(panel)


def test_two_answers_or_the_recorded_ones_are_no_choice(tmp_path):
    assert not has(AnswersPanel(with_own_answers(tmp_path / "two", 2)), "answers-of")
    assert not has(AnswersPanel(with_own_answers(tmp_path / "same", run="run-a")), "answers-of")


def test_three_answers_of_ones_own_make_a_table_and_are_there_the_next_day(tmp_path):
    desk = with_own_answers(tmp_path)
    panel, table = AnswersPanel(desk), TaggingTable(desk)
    recorded = words_of(table)
    assert node_of(panel, "answers-of")["value"] == "recorded"
    write(panel, "answers-of", "own")
    first = desk.copie.answers[0]
    assert desk.exercise.comparison.columns[0].prompt_text == first.prompt
    assert words_of(table) != recorded
    assert desk.copie.about.run == ""
    again = desk_in(tmp_path, "P07")
    assert again.exercise.answers == desk.exercise.answers
    write(panel, "answers-of", "recorded")
    assert desk.copie.about.run == desk.run.name
    assert words_of(table) == recorded


def test_key_is_said_to_be_about_recorded_answers_only(tmp_path):
    panel = AnswersPanel(with_own_answers(tmp_path))
    write(panel, "answers-of", "own")
    assert node_of(panel, "answers-warning")["tone"] == "warn"


def test_table_with_tags_is_not_changed_under_them(tmp_path):
    desk = with_own_answers(tmp_path)
    item = next(passage for passage in desk.exercise.passages.values() if passage.statement)
    desk.change(lambda copie: tag(copie, desk.exercise, Spot(item.column, item.id), "relevant"))
    panel = AnswersPanel(desk)
    write(panel, "answers-of", "own")
    assert node_of(panel, "answers-of")["error"]
    assert desk.copie.about.run == desk.run.name
    assert len(desk.copie.taggings) == 1


def test_word_file_of_own_answers_comes_back_with_its_tags(tmp_path):
    from promptlab.handin import read_hand_in

    desk = with_own_answers(tmp_path)
    write(AnswersPanel(desk), "answers-of", "own")
    item = next(passage for passage in desk.exercise.passages.values() if passage.statement)
    desk.change(lambda copie: tag(copie, desk.exercise, Spot(item.column, item.id), "relevant"))
    press(ExportPanel(desk), "save-docx")
    (path,) = tmp_path.rglob("*.docx")
    read = read_hand_in(path, case=shipped())
    assert [replace(one, rationale="") for one in read.copie.taggings] == list(desk.copie.taggings)
