"""Session 2 on the checked rows of its case: shown, corrected by the pupil, exported, read by the teacher."""

import io
import shutil
import zipfile
from dataclasses import replace
from functools import partial

from promptlab.align.columns import columns_of
from promptlab.align.compare import compare
from promptlab.align.corrections import merge_phases
from promptlab.files.alignments import read_alignments, write_alignments
from promptlab.files.cases import load_case
from promptlab.grade.marking import mark_hand_in
from promptlab.grade.setup import prepare
from promptlab.handin import read_hand_in
from promptlab.model.alignment import History
from promptlab.model.copie import Spot
from promptlab.protocol.page import Grid
from promptlab.protocol.protocol import protocol
from promptlab.protocol.rows import rows_for
from promptlab.review.tagging import tag
from promptlab.review.writing import keep_answer
from promptlab.ui.session2 import AnswersPanel, ExportPanel, tables_html
from promptlab.ui.session2_rows import RowsPanel
from promptlab.ui.still import table_html
from promptlab.ui.tagging import TaggingTable
from tests.ui.acting import has, nodes, press, words_of, write
from tests.ui_sessions.builders import desk_in, shipped
from tests.ui_sessions.test_session2_rows import NAME, cells, choose, labels, opened, rename


def a_case_of_its_own(folder):
    """A copy of the shipped case whose rows of run-a are other checked ones: its first two made one."""
    case = load_case(shutil.copytree(shipped().folder, folder / "cas"))
    kept = read_alignments(case.folder / "comparison.json")
    base = compare(columns_of(case.run("run-a")), by="checked", alignment=kept["run-a"])
    merged = replace(kept["run-a"], history=History((merge_phases(base, 1, 2),)), checked="A. Prof", note="")
    write_alignments(case.folder / "comparison.json", {**kept, "run-a": merged})
    return case


def protocol_of(case, desk, folder):
    run = case.run("run-a")
    return protocol(case, run, desk.copie, rows=rows_for(case, run, folder, copie=desk.copie))


def phases_of(made):
    """The labels of the rows in the first table of a protocol."""
    grid = next(block for block in made.page.blocks if isinstance(block, Grid))
    return ["".join(run.text for run in row[0]).partition(". ")[2] for row in grid.rows]


def test_table_starts_from_the_checked_rows_of_the_case_and_says_so_wherever_it_is_shown(tmp_path):
    desk = desk_in(tmp_path, "P07", case=a_case_of_its_own(tmp_path))
    assert len(cells(desk)) == len(cells(desk_in(tmp_path, "P08"))) - 1
    above = tables_html(desk).partition("<table")[0]
    said = (above, words_of(RowsPanel(desk)), words_of(TaggingTable(desk)), table_html(desk.copie, desk.exercise))
    for place, words in enumerate(said):
        assert "checked by A. Prof" in words, place
        assert "without any AI" not in words, place
    assert desk.copie.about.by == "checked+corrections"


def test_rows_by_meaning_do_not_say_that_anybody_checked_them(tmp_path):
    case = a_case_of_its_own(tmp_path)
    (case.folder / "comparison.json").unlink()
    desk = desk_in(tmp_path, "P07", case=case)
    assert desk.copie.about.by == "meaning"
    assert "promptlab made these rows without any AI" in words_of(RowsPanel(desk))
    assert "checked" not in tables_html(desk)


def test_pupil_corrects_the_checked_rows_and_the_case_stays_as_it_is(tmp_path):
    case = a_case_of_its_own(tmp_path)
    before = (case.folder / "comparison.json").read_bytes()
    desk = desk_in(tmp_path, "P07", case=case)
    rename(RowsPanel(desk), 1, NAME)
    assert labels(desk)[0] == NAME
    assert labels(desk_in(tmp_path, "P08", case=case))[0] != NAME
    assert (case.folder / "comparison.json").read_bytes() == before


def test_corrections_made_on_other_rows_are_kept_and_those_that_do_not_fit_are_told(tmp_path):
    case = a_case_of_its_own(tmp_path)
    checked = (case.folder / "comparison.json").rename(tmp_path / "later.json")
    desk = desk_in(tmp_path, "P07", case=case)
    panel = RowsPanel(desk)
    item = next(passage for passage in desk.exercise.passages.values() if passage.statement)
    desk.change(lambda copie: tag(copie, desk.exercise, Spot(item.column, item.id), "relevant"))
    rename(panel, 6, NAME)
    choose(panel, 1, other=2)
    press(panel, "rows-reorder")
    made = desk.copie
    checked.rename(case.folder / "comparison.json")  # the teacher checks the rows in the meantime
    again = desk_in(tmp_path, "P07", case=case)
    panel = RowsPanel(again)
    assert NAME in labels(again)
    assert [node["k"] for node in nodes(panel.tree()) if node["k"].startswith("rows-out-")] == ["rows-out-2"]
    assert "these phases are one now" in words_of(panel)
    assert again.fit() == ()
    assert again.copie.corrections == made.corrections
    assert again.copie.taggings == made.taggings
    assert (made.about.by, again.copie.about.by) == ("meaning", "checked+corrections")


def test_rows_that_cannot_be_used_are_told_above_those_by_meaning(tmp_path):
    case = a_case_of_its_own(tmp_path)
    (case.folder / "comparison.json").write_text("{", encoding="utf-8")
    desk = desk_in(tmp_path, "P07", case=case)
    assert has(RowsPanel(desk), "rows-unchecked")
    assert "cannot be used" in tables_html(desk)
    assert words_of(TaggingTable(desk))


def test_own_answers_of_a_recorded_run_stand_in_its_checked_rows(tmp_path):
    desk, _panel = opened(tmp_path)
    for answer in shipped().run("run-b").answers:
        desk.change(lambda copie, answer=answer: keep_answer(copie, answer))
    write(AnswersPanel(desk), "answers-of", "own")
    assert desk.exercise.comparison.by == "checked"
    desk.change(lambda copie: keep_answer(copie, replace(copie.answers[0], text="1. Lire\n2. Écrire\n3. Classer")))
    assert desk.exercise.comparison.by == "meaning"


def test_word_file_of_corrected_checked_rows_comes_back_with_nothing_to_check(tmp_path):
    case = a_case_of_its_own(tmp_path)
    desk = desk_in(tmp_path, "P07", case=case)
    rename(RowsPanel(desk), 1, NAME)
    item = next(passage for passage in desk.exercise.passages.values() if passage.statement)
    desk.change(lambda copie: tag(copie, desk.exercise, Spot(item.column, item.id), "relevant"))
    press(ExportPanel(desk), "save-docx")
    (path,) = tmp_path.rglob("*.docx")
    assert "A. Prof" in zipfile.ZipFile(io.BytesIO(path.read_bytes())).read("word/document.xml").decode()
    read = read_hand_in(path, case=case)
    assert (read.changed, read.problems) == ((), ())
    assert (read.copie.corrections, read.copie.taggings) == (desk.copie.corrections, desk.copie.taggings)


def test_protocol_of_a_copie_has_the_rows_that_the_pupil_saw(tmp_path):
    case = a_case_of_its_own(tmp_path)
    desk = desk_in(tmp_path, "P07", case=case)
    rename(RowsPanel(desk), 1, NAME)
    assert phases_of(protocol_of(case, desk, tmp_path)) == labels(desk)
    (case.folder / "comparison.json").unlink()
    without = protocol_of(case, desk, tmp_path)
    assert any("rows that are not here" in problem.message for problem in without.problems)


def test_protocol_of_a_copie_made_by_meaning_stays_by_meaning_when_rows_are_checked_later(tmp_path):
    case = a_case_of_its_own(tmp_path)
    checked = (case.folder / "comparison.json").rename(tmp_path / "later.json")
    desk = desk_in(tmp_path, "P07", case=case)
    rename(RowsPanel(desk), 1, NAME)
    checked.rename(case.folder / "comparison.json")
    assert phases_of(protocol_of(case, desk, tmp_path)) == labels(desk)


def marked(case, folder):
    """The mark of a pupil who has tagged the first items of the key and corrected a row."""
    desk = desk_in(folder, "P07", case=case)
    for item in prepare(case).keys[0].key.items[:9]:
        spot, name = Spot(item.column, item.item), item.tag
        desk.change(partial(tag, exercise=desk.exercise, spot=spot, tag=name))
    rename(RowsPanel(desk), 1, NAME)
    mark, _copie = mark_hand_in(read_hand_in(desk.path, case=case), prepare(case, sessions=(2,)))
    return mark.mark, mark.points, mark.problems


def test_mark_is_the_same_whatever_rows_the_pupil_had(tmp_path):
    checked, by_meaning = a_case_of_its_own(tmp_path / "a"), a_case_of_its_own(tmp_path / "b")
    (by_meaning.folder / "comparison.json").unlink()
    marks = marked(checked, tmp_path / "a")
    assert marks == marked(by_meaning, tmp_path / "b")
    assert marks[1] > 0
