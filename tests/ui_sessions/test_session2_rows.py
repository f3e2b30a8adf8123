"""Session 2: the pupil corrects the rows of the table; the corrections are in the copie and in all that shows it."""

import io
import zipfile
from dataclasses import replace

from promptlab.align.corrections import rename_phase
from promptlab.handin import read_hand_in
from promptlab.model.copie import CORRECTIONS, Plain, Spot
from promptlab.protocol.html import page_html
from promptlab.protocol.protocol import protocol
from promptlab.protocol.rows import Rows
from promptlab.review.correcting import correct_alignment, corrections_of
from promptlab.review.tagging import tag
from promptlab.review.writing import keep_answer
from promptlab.ui.session2 import AnswersPanel, ExportPanel, changes_html, tables_html
from promptlab.ui.session2_rows import RowsPanel
from promptlab.ui.still import table_html
from promptlab.ui.tagging import TaggingTable
from tests.ui.acting import has, node_of, nodes, press, words_of, write
from tests.ui_sessions.builders import desk_in, shipped

NAME = "Ouvrir <b>le</b> dossier"


def opened(folder):
    desk = desk_in(folder, "P07")
    return desk, RowsPanel(desk)


def labels(desk):
    return [phase.label for phase in desk.exercise.comparison.phases]


def cells(desk):
    return [phase.cells for phase in desk.exercise.comparison.phases]


def chosen(panel):
    """The number of the row whose form is open, None where none is."""
    found = (node for node in nodes(panel.tree()) if node["k"].startswith("rows-choose-") and node["pressed"])
    return next((int(node["k"].rpartition("-")[2]) for node in found), None)


def choose(panel, row, *, other=0, steps=()):
    if row != chosen(panel):
        press(panel, f"rows-choose-{row}")
    if other:
        write(panel, "rows-other", str(other))
    for column, rank in steps:
        write(panel, f"rows-step-{column}-{rank}", True)


def rename(panel, row, name):
    choose(panel, row)
    write(panel, "rows-label", name)
    press(panel, "rows-rename")


def test_two_rows_are_merged_and_it_is_in_the_copie_at_once(tmp_path):
    desk, panel = opened(tmp_path)
    before = cells(desk)
    choose(panel, 2, other=3)
    press(panel, "rows-merge")
    assert len(cells(desk)) == len(before) - 1
    assert cells(desk)[1] == ((2, 3), (2, 3), (2,))
    assert len(desk_in(tmp_path, "P07").copie.corrections) == 1  # on disk, read anew
    assert cells(desk_in(tmp_path, "P07")) == cells(desk)


def test_place_where_an_answer_has_no_step_is_marked_and_told_to_who_listens(tmp_path):
    desk, panel = opened(tmp_path)
    assert words_of(panel).count("no step") == sum(not cell for row in cells(desk) for cell in row) > 0
    above = tables_html(desk).partition("<details>")[0]
    assert above.count("—</td>") == words_of(panel).count("no step")


def test_ticked_steps_get_a_row_of_their_own(tmp_path):
    desk, panel = opened(tmp_path)
    choose(panel, 4, steps=[(1, 4), (3, 3)])
    press(panel, "rows-split")
    assert cells(desk)[3:5] == [((), (4,), (4,)), ((4,), (), (3,))]
    assert chosen(panel) == 4  # the row that was split stays chosen


def test_ticked_step_goes_to_the_other_row(tmp_path):
    desk, panel = opened(tmp_path)
    choose(panel, 4, other=5, steps=[(3, 4)])
    press(panel, "rows-move")
    assert cells(desk)[3:5] == [((4,), (4,), (3,)), ((), (), (4, 5))]


def test_row_whose_only_step_moves_is_gone_and_the_other_is_chosen(tmp_path):
    desk, panel = opened(tmp_path)
    choose(panel, 9, other=8, steps=[(1, 7)])
    press(panel, "rows-move")
    assert cells(desk)[7:] == [((6, 7), (7,), (8,))]
    assert chosen(panel) == 8


def test_row_goes_up_and_down_and_to_the_place_of_another(tmp_path):
    desk, panel = opened(tmp_path)
    before = cells(desk)
    choose(panel, 2, other=4)
    press(panel, "rows-up")
    assert cells(desk)[:2] == [before[1], before[0]]
    assert chosen(panel) == 1  # pressed again, the button means the same row
    press(panel, "rows-up")
    assert node_of(panel, "rows-up")["error"]
    press(panel, "rows-down")
    assert cells(desk) == before
    press(panel, "rows-reorder")
    assert cells(desk)[:4] == [before[0], before[2], before[3], before[1]]


def test_new_name_is_in_all_that_shows_the_table(tmp_path):
    desk, panel = opened(tmp_path)
    rename(panel, 1, f"  {NAME}\x01 ")
    assert labels(desk)[0] == NAME
    shown = "Ouvrir &lt;b&gt;le&lt;/b&gt; dossier"
    assert shown in table_html(desk.copie, desk.exercise)
    before_the_fold = tables_html(desk).partition("<details>")[0]
    assert shown in before_the_fold
    assert "Some rows were corrected by hand." in before_the_fold
    assert NAME in words_of(TaggingTable(desk))
    assert changes_html(desk.exercise.comparison)
    press(ExportPanel(desk), "save-docx")
    (path,) = tmp_path.rglob("*.docx")
    assert shown in zipfile.ZipFile(io.BytesIO(path.read_bytes())).read("word/document.xml").decode()


def test_word_file_of_a_corrected_table_comes_back_with_tags_and_corrections_and_nothing_to_check(tmp_path):
    desk, panel = opened(tmp_path)
    item = next(passage for passage in desk.exercise.passages.values() if passage.statement)
    desk.change(lambda copie: tag(copie, desk.exercise, Spot(item.column, item.id), "relevant"))
    rename(panel, 1, NAME)
    choose(panel, 4, steps=[(1, 4)])
    press(panel, "rows-split")
    press(ExportPanel(desk), "save-docx")
    (path,) = tmp_path.rglob("*.docx")
    read = read_hand_in(path, case=shipped())
    assert (read.changed, read.problems) == ((), ())
    assert read.copie.corrections == desk.copie.corrections
    assert read.copie.taggings == desk.copie.taggings


def test_tags_stay_on_their_texts_whatever_is_corrected(tmp_path):
    desk, panel = opened(tmp_path)
    tagged = [Spot(column, item) for (column, item), one in desk.exercise.passages.items() if one.statement][::7]
    for spot in tagged:
        desk.change(lambda copie, spot=spot: tag(copie, desk.exercise, spot, "relevant"))
    before, marks = desk.copie.taggings, table_html(desk.copie, desk.exercise).count("<mark")
    choose(panel, 4, other=2, steps=[(1, 4)])
    for key in ("move", "merge", "up", "reorder"):
        press(panel, f"rows-{key}")
    again = desk_in(tmp_path, "P07")
    assert len(corrections_of(again.copie)) >= 3
    assert again.fit() == ()
    assert again.copie.taggings == before
    assert table_html(again.copie, again.exercise).count("<mark") == marks > 0


def test_corrections_are_taken_back_and_made_again_apart_from_the_tags(tmp_path):
    desk, panel = opened(tmp_path)
    before = cells(desk)
    assert node_of(panel, "rows-undo")["disabled"]
    choose(panel, 2, other=3)
    press(panel, "rows-merge")
    item = next(passage for passage in desk.exercise.passages.values() if passage.statement)
    desk.change(lambda copie: tag(copie, desk.exercise, Spot(item.column, item.id), "relevant"))
    press(panel, "rows-undo")
    assert cells(desk) == before
    assert len(desk.copie.taggings) == 1
    press(panel, "rows-redo")
    assert len(cells(desk)) == len(before) - 1


def test_undo_in_the_tagging_table_leaves_the_corrections(tmp_path):
    desk, panel = opened(tmp_path)
    rename(panel, 1, NAME)
    assert node_of(TaggingTable(desk), "undo")["disabled"]


def test_form_opens_under_the_row_and_closes_by_the_same_button(tmp_path):
    _desk, panel = opened(tmp_path)
    press(panel, "rows-choose-3")
    order = [node["k"] for node in nodes(panel.tree()) if node["kind"] == "row"]
    assert order[order.index("rows-form") - 1] == "rows-row-3"
    press(panel, "rows-choose-5")
    assert chosen(panel) == 5
    press(panel, "rows-choose-5")
    assert not has(panel, "rows-form")


def test_what_is_missing_is_said_where_it_is_missing(tmp_path):
    desk, panel = opened(tmp_path)
    assert not has(panel, "rows-merge")
    choose(panel, 4)
    for key in ("merge", "reorder", "move", "split", "rename"):
        press(panel, f"rows-{key}")
        assert node_of(panel, f"rows-{key}")["error"], key
    choose(panel, 9, steps=[(1, 7)])
    assert not node_of(panel, "rows-split")["error"]
    press(panel, "rows-split")
    assert node_of(panel, "rows-split")["error"]  # all steps of the row
    assert desk.copie.corrections == ()


def test_every_correction_is_listed_in_words(tmp_path):
    _desk, panel = opened(tmp_path)
    assert not has(panel, "rows-made")
    rename(panel, 1, NAME)
    assert "1 correction made" in node_of(panel, "rows-made")["summary"]
    assert f"is now called “{NAME}”" in words_of(panel)


def test_corrections_wait_while_own_answers_are_compared(tmp_path):
    desk, panel = opened(tmp_path)
    rename(panel, 1, NAME)
    for answer in shipped().run("run-b").answers:
        desk.change(lambda copie, answer=answer: keep_answer(copie, answer))
    write(AnswersPanel(desk), "answers-of", "own")
    assert NAME not in labels(desk)
    assert "not in these answers any more" in words_of(panel)
    assert len(desk.copie.corrections) == 1
    rename(panel, 1, "À moi")
    write(AnswersPanel(desk), "answers-of", "recorded")
    assert labels(desk)[0] == NAME
    press(panel, "rows-out-2")
    assert len(desk.copie.corrections) == 1
    assert not has(panel, "rows-doubts")


def test_correction_that_is_not_understood_stops_nothing(tmp_path):
    desk, panel = opened(tmp_path)
    desk.change(lambda copie: replace(copie, corrections=(Plain.of({"kind": "paint"}),)))
    assert has(panel, "rows-doubts")
    assert words_of(TaggingTable(desk))
    rename(panel, 1, NAME)
    assert labels(desk)[0] == NAME
    press(panel, "rows-out-1")
    assert len(desk.copie.corrections) == 1


def test_teacher_sees_the_corrections_of_the_copie_where_its_table_is_shown(tmp_path):
    desk, panel = opened(tmp_path)
    rename(panel, 1, NAME)
    run = shipped().run("run-a")
    assert "Ouvrir &lt;b&gt;" in page_html(protocol(shipped(), run, desk.copie).page)
    assert "Ouvrir &lt;b&gt;" not in page_html(protocol(shipped(), run, desk.copie, rows=Rows("rank")).page)
    other = protocol(shipped(), shipped().run("run-b"), desk.copie)
    assert [problem.where for problem in other.problems if "not applied" in problem.message] == ["correction 1"]


def test_table_is_worked_out_once_for_the_same_corrections(tmp_path):
    desk, _panel = opened(tmp_path)
    correction = rename_phase(desk.exercise.comparison, 1, NAME)
    desk.change(lambda copie: correct_alignment(copie, correction))
    on = desk.exercise
    item = next(passage for passage in on.passages.values() if passage.statement)
    desk.change(lambda copie: tag(copie, on, Spot(item.column, item.id), "relevant"))
    assert desk.exercise is on
    desk.undo(CORRECTIONS)
    assert desk.exercise is not on
