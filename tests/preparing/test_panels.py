"""A teacher makes a new case on the screen: form, answers, table."""

import shutil

from promptlab.ask.scripted import ScriptedSource
from promptlab.files.case_workbook import workbook_of
from promptlab.files.cases import load_case, shipped_cases
from promptlab.ui.prepare_answers import AnswersPanel
from promptlab.ui.prepare_case import CaseFormPanel
from promptlab.ui.prepare_table import TablePanel
from tests.preparing.forms import small_form
from tests.ui.acting import has, node_of, press, upload, words_of, write

STEPS = "1. **Accuser réception**\n   - Répondre vite.\n\n2. **Vérifier les faits**\n   - Comparer les documents.\n"


def filled(tmp_path):
    panel = CaseFormPanel()
    upload(panel, "workbook", "cas.xlsx", workbook_of(small_form()))
    write(panel, "folder", str(tmp_path / "cas"))
    return panel


def test_a_fault_shows_at_its_field_as_one_types(tmp_path):
    panel = filled(tmp_path)
    write(panel, "part", "order")
    write(panel, "order/date", "hier")
    assert "hier" in node_of(panel, "order/date")["error"]
    assert node_of(panel, "make-case")["disabled"]
    write(panel, "order/date", "04/03/N")
    assert not node_of(panel, "order/date")["error"]


def test_a_form_that_nobody_touched_shows_no_error(tmp_path):
    panel = CaseFormPanel()
    assert panel.faults
    assert not node_of(panel, "case/title").get("error")
    assert "✖" not in str(node_of(panel, "part"))
    write(panel, "case/title", "Un cas")
    assert "✖" in str(node_of(panel, "part"))
    assert node_of(panel, "case/summary")["error"]


def test_rows_and_documents_can_be_added(tmp_path):
    panel = filled(tmp_path)
    write(panel, "part", "prompts")
    press(panel, "add-row")
    assert has(panel, "prompts/prompts[3].text")
    write(panel, "part", "invoice")
    press(panel, "add-document")
    assert has(panel, "invoice-2/number")


def test_the_form_writes_a_case_that_loads(tmp_path):
    panel = filled(tmp_path)
    press(panel, "make-case")
    assert load_case(tmp_path / "cas").company.name == "VENDEUR"


def test_a_workbook_that_is_none_leaves_the_form_as_it_was(tmp_path):
    panel = filled(tmp_path)
    upload(panel, "workbook", "x.xlsx", b"rien")
    assert node_of(panel, "workbook")["error"]
    assert panel.form["company/company.name"] == "VENDEUR"


def made(tmp_path):
    press(filled(tmp_path), "make-case")
    return str(tmp_path / "cas")


def test_answers_that_are_pasted_become_a_run_with_their_origin(tmp_path):
    folder = made(tmp_path)
    panel = AnswersPanel(folder)
    write(panel, "answer-1", STEPS)
    write(panel, "answer-2", STEPS)
    press(panel, "record")
    assert "Name the AI" in node_of(panel, "record")["error"]
    write(panel, "model", "Modèle X")
    press(panel, "record")
    run = load_case(folder).run("run-a")
    assert [answer.text.strip() for answer in run.answers] == [STEPS.strip()] * 2
    assert run.answers[0].provenance.model == "Modèle X"


def test_an_empty_answer_records_nothing(tmp_path):
    folder = made(tmp_path)
    panel = AnswersPanel(folder)
    write(panel, "model", "X")
    write(panel, "answer-1", STEPS)
    press(panel, "record")
    assert node_of(panel, "record")["error"]
    assert load_case(folder).runs == ()


def test_a_chain_asked_live_is_recorded(tmp_path):
    folder = made(tmp_path)
    panel = AnswersPanel(folder, open_source=lambda _model, _url: ScriptedSource([STEPS, STEPS]))
    write(panel, "model", "m")
    press(panel, "ask")
    assert len(load_case(folder).run("run-a").answers) == 2


def own_copy(tmp_path):
    return str(shutil.copytree(shipped_cases() / "reclamation", tmp_path / "mon-cas"))


def test_the_teacher_corrects_the_rows_and_takes_it_back(tmp_path):
    panel = TablePanel(own_copy(tmp_path))
    before = len(panel.table().phases)
    press(panel, "choose-1")
    write(panel, "other", "2")
    press(panel, "merge")
    assert len(panel.table().phases) == before - 1
    assert len(TablePanel(panel.folder).table().phases) == before - 1  # it is kept with the case
    press(panel, "undo")
    assert len(panel.table().phases) == before


def test_a_case_that_was_written_later_is_opened_by_the_button(tmp_path):
    panel = TablePanel()
    panel.folder = str(tmp_path / "cas")
    press(panel, "open-case")
    assert node_of(panel, "open-case")["error"]
    panel.folder = own_copy(tmp_path)
    press(panel, "open-case")
    assert has(panel, "run")


def test_a_row_is_renamed_and_a_step_moved(tmp_path):
    panel = TablePanel(own_copy(tmp_path))
    press(panel, "choose-1")
    write(panel, "label", "Ouvrir le dossier")
    press(panel, "rename")
    assert panel.table().phases[0].label == "Ouvrir le dossier"
    press(panel, "choose-2")
    write(panel, "step-1-2", True)
    write(panel, "other", "1")
    press(panel, "move")
    assert 2 in panel.table().phases[0].cells[0]


def test_the_files_and_the_pack_are_made(tmp_path):
    panel = TablePanel(own_copy(tmp_path))
    press(panel, "make")
    assert any(".docx" in line for line in panel.made), words_of(panel)
    press(panel, "pack")
    assert (tmp_path / "mon-cas-exports" / "mon-cas-eleves.zip").is_file()
