"""The second case made on the screen in a real browser: workbook, form, answers, corrected table, files."""

from pathlib import Path

import pytest

from promptlab.files.cases import load_case
from promptlab.ui.prepare_answers import AnswersPanel
from promptlab.ui.prepare_case import CaseFormPanel
from promptlab.ui.prepare_table import TablePanel

pytestmark = [pytest.mark.tool, pytest.mark.slow]

# A stand-in for what a teacher pastes: what is tried here is the way, not an answer of a model.
PASTED = """## 1. Accuser réception
- Répondre vite

## 2. Vérifier les documents
- Commande et facture

## 3. Répondre
"""


def field(window, key):
    """The input of the field `key`."""
    return window.page.locator(f'[data-k="{key}"]').locator("input, textarea, select").first


def fill(window, key, text):
    field(window, key).fill(text)
    field(window, key).blur()
    window.settle()


def choose(window, key, value):
    field(window, key).select_option(value)
    window.settle()


def click(window, key):
    window.page.locator(f'button[data-k="{key}"], [data-k="{key}"] button').first.click()
    window.settle()


def violations(axe, page):
    found = axe.run(page).response["violations"]
    return [(one["id"], [node["html"][:160] for node in one["nodes"]][:3]) for one in found]


def test_the_second_case_is_made_and_its_table_corrected_on_the_screen(window, tmp_path):
    folder = tmp_path / "cycles"
    form = window(CaseFormPanel())
    form.page.get_by_text("Workbook, or an existing case").click()
    form.page.locator("input[type=file]").set_input_files(Path(__file__).with_name("cycles.xlsx"))
    form.page.get_by_text("Taken from cycles.xlsx.").wait_for()
    choose(form, "part", "order")
    assert field(form, "order/date").input_value() == "04/03/N"
    fill(form, "order/date", "hier")
    form.page.get_by_text("1 thing to mend").wait_for()
    fill(form, "order/date", "04/03/N")
    fill(form, "folder", str(folder))
    click(form, "make-case")
    form.page.get_by_text("written into").wait_for()
    assert load_case(folder).documents

    answers = window(AnswersPanel(str(folder)))
    fill(answers, "model", "modèle d’essai")
    for number in (1, 2, 3):
        fill(answers, f"answer-{number}", PASTED + f"- suite {number}\n")
    click(answers, "record")
    answers.page.get_by_text("3 answers recorded").wait_for()

    table = window(TablePanel(str(folder)))
    rows = len(table.panel.table().phases)
    click(table, "choose-1")
    choose(table, "other", "2")
    click(table, "merge")
    table.page.get_by_text("Kept:").wait_for()
    assert len(table.panel.table().phases) == rows - 1
    click(table, "make")
    table.page.get_by_text("cycles-run-a-tableau.docx").wait_for()
    assert not [one for one in form.asked + answers.asked + table.asked if not one.startswith(("blob:", "data:"))]


@pytest.mark.parametrize(("width", "dark"), [(1366, False), (360, True)])
def test_the_panels_are_accessible(window, axe, width, dark):
    for panel in (CaseFormPanel(), AnswersPanel("cycles"), TablePanel("reclamation")):
        opened = window(panel, width=width, dark=dark)
        if isinstance(panel, TablePanel):
            click(opened, "choose-2")
            opened.button("merge").wait_for()
        assert violations(axe, opened.page) == []
