"""Session 2 in JupyterLab: a pupil corrects the rows by keyboard; it is on disk and in all that shows the table."""

import pytest

from tests.browser.test_sessions_in_browser import NAMES, sign_in, written

SECOND = NAMES[2]
NAME = "Ouvrir abxdd le dossier"
FOCUSED = "key => document.activeElement.closest('[data-k]')?.dataset.k === key"
HEADS = "() => [...document.querySelectorAll('[data-k=grid] th[scope=row]')].map(head => head.textContent)"


class Rows:
    """The panel that corrects the rows, in the notebook of session 2."""

    def __init__(self, notebook):
        self.notebook, self.page = notebook, notebook.page

    def press(self, key, *, on):
        """Go to the field or button `on` with the keyboard and press `key`."""
        self.notebook.at(on).locator("button, select, input").first.focus()
        self.page.keyboard.press(key)

    def open(self, row):
        """Open the form of that row."""
        self.press("Enter", on=f"rows-choose-{row}")
        self.notebook.at("rows-form").wait_for()
        self.page.wait_for_function(FOCUSED, arg=f"rows-choose-{row}")

    def corrected(self, count):
        return written(self.notebook, lambda copie: len(copie.corrections) == count)

    def heads(self):
        """The heads of the rows of the tagging table."""
        return self.page.evaluate(HEADS)


@pytest.fixture
def rows(open_notebook, own_server):
    notebook = open_notebook(SECOND, server=own_server())
    notebook.run_all()
    sign_in(notebook, "P21")
    notebook.at("rows-choose-1").wait_for()
    notebook.page.locator(".pl-words").first.wait_for()
    return Rows(notebook)


def test_rows_are_corrected_by_keyboard_and_the_tables_follow(rows, axe):
    page, cells, before = rows.page, len(rows.notebook.cells()), len(rows.heads())
    rows.open(5)
    rows.open(2)
    violations = axe.run(page, context=".promptlab:has([data-k=rows-merge])").response["violations"]
    assert [(one["id"], one["nodes"][0]["html"][:200]) for one in violations] == []
    for _step in range(2):
        rows.press("ArrowDown", on="rows-other")
    rows.press("Enter", on="rows-merge")
    rows.corrected(1)
    page.wait_for_function(f"count => ({HEADS})().length === count", arg=before - 1)  # drawn anew
    rows.press("End", on="rows-label")
    page.keyboard.type(NAME)
    page.keyboard.press("Enter")
    rows.corrected(2)
    rows.press("Enter", on="rows-up")
    rows.corrected(3)
    page.wait_for_function(FOCUSED, arg="rows-up")  # though the form has moved with its row
    rows.press("Enter", on="rows-down")
    rows.corrected(4)
    page.wait_for_function(f"() => ({HEADS})().some(head => head.includes('{NAME}'))")
    assert len(rows.heads()) == before - 1
    page.locator(".jp-RenderedHTML th", has_text=NAME).first.wait_for()  # the static table, after a rest
    assert page.locator(".jp-RenderedHTML p", has_text="Des lignes ont été corrigées à la main.").count()
    rows.press("Enter", on="rows-undo")
    rows.corrected(3)
    page.wait_for_function(FOCUSED, arg="rows-undo")
    assert len(rows.notebook.cells()) == cells  # no letter became a command of the notebook
    assert rows.notebook.errors() == []
    assert rows.notebook.asked == []


def test_ticked_step_goes_to_a_row_of_its_own_and_is_there_after_a_restart(rows):
    before = len(rows.heads())
    tagged = rows.page.locator('.pl-words[data-column="1"][data-item="4.1"]')
    tagged.focus()
    rows.page.keyboard.press("i")
    written(rows.notebook, lambda copie: copie.taggings)
    rows.open(4)
    rows.press("Space", on="rows-step-1-4")
    rows.press("Enter", on="rows-split")
    copie = rows.corrected(1)
    rows.page.wait_for_function(f"count => ({HEADS})().length === count", arg=before + 1)
    tagged.locator(".pl-chip").wait_for()
    rows.notebook.restart()
    rows.notebook.run_all()
    rows.page.wait_for_function(f"count => ({HEADS})().length === count", arg=before + 1)
    tagged.locator(".pl-chip").wait_for()
    assert rows.corrected(1).taggings == copie.taggings
    assert rows.notebook.errors() == []
