"""The tagging table in JupyterLab: what a pupil does is on the disk, or the page says that it is not."""

import json
import re

import nbformat
import pytest

NAME = "etiquettes.ipynb"
CODE = "from promptlab.ui.desk import desk_of\nfrom promptlab.ui.tagging import show_tagging\nshow_tagging(desk_of())"
WORK = "application/vnd.promptlab.work+json"
CELL_COUNT = "() => jupyterapp.shell.currentWidget.content.widgets.length"


class Table:
    """The tagging table of a notebook that is open and run."""

    def __init__(self, notebook):
        self.notebook, self.page = notebook, notebook.page

    def sign_in(self, pseudonym):
        self.page.locator('[data-k="pseudonym"] input').fill(pseudonym)
        self.page.keyboard.press("Enter")
        self.words(1, "1.1").wait_for()

    def words(self, column, item):
        return self.page.locator(f'.pl-words[data-column="{column}"][data-item="{item}"]')

    def press(self, key):
        self.page.locator(f'[data-k="{key}"] button').first.click()

    def saved(self):
        """Wait until what was done is acknowledged, and give the copie on the disk."""
        self.page.wait_for_function("document.querySelector('.pl-status').textContent.includes('✔')")
        return self.on_disk()

    def on_disk(self):
        (path,) = (path for path in self.notebook.server.copies() if "P0" in path.name)
        return json.loads(path.read_text("utf-8"))

    def tags(self):
        return [(tag["column"], tag["item"], tag["tag"]) for tag in self.saved()["tags"]]

    def banner(self):
        banner = self.page.locator(".pl-banner").first
        banner.wait_for(state="visible")
        return banner.text_content()


@pytest.fixture
def table(own_server, open_notebook):
    """`table(server=…, pseudonym=…)`: the table, run; signed in where a pseudonym is given."""

    def opened(server=None, *, pseudonym="P07", name=NAME, **window):
        server = server or own_server()
        cell = nbformat.v4.new_code_cell(CODE)
        kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
        nbformat.write(nbformat.v4.new_notebook(cells=[cell], metadata=kernel), server.root / name)
        made = Table(open_notebook(name, server=server, **window))
        made.notebook.run_all()
        assert made.notebook.errors() == []
        made.page.locator(".promptlab .pl-root > *").first.wait_for()
        if pseudonym:
            made.sign_in(pseudonym)
        return made

    return opened


def test_tags_by_mouse_and_keys_are_on_disk_and_in_the_notebook(table, axe):
    made = table()
    made.words(1, "1.1").click()
    made.press("tag-inappropriate")
    assert made.tags() == [(1, "1.1", "inappropriate")]
    made.words(2, "1.1").focus()
    for key in ("n", "ArrowDown", "b", "d", "d", "x", "p"):
        made.page.keyboard.press(key)
    made.page.wait_for_function("document.querySelectorAll('.pl-chip').length >= 6")  # three stand in the legend
    assert len(made.tags()) == 3
    assert made.page.evaluate(CELL_COUNT) == 1
    violations = axe.run(made.page, context=".promptlab").response["violations"]
    assert [(one["id"], one["nodes"][0]["html"][:200]) for one in violations] == []
    made.page.wait_for_timeout(1500)  # the output is brought up to date after a rest
    cell = nbformat.read(made.notebook.save(), 4).cells[0]
    (work,) = (output for output in cell.outputs if WORK in output.get("data", {}))
    assert len(work.data[WORK]["tags"]) == 3
    assert "[I inapproprié" in work.data["text/html"]
    assert made.notebook.asked == []


def test_page_loaded_again_goes_on_with_the_same_work(table):
    made = table()
    made.words(1, "1.1").focus()
    made.page.keyboard.press("i")
    made.tags()
    made.notebook.save()
    made.notebook.reload()
    made.words(1, "1.1").wait_for()
    made.words(1, "1.2").focus()
    made.page.keyboard.press("n")
    made.page.locator('.pl-words[data-item="1.2"] .pl-chip').first.wait_for()
    assert made.tags() == [(1, "1.1", "inappropriate"), (1, "1.2", "non_compliant")]


def test_restarted_kernel_is_told_and_the_work_comes_back_by_running_the_cell(table):
    made = table()
    made.words(1, "1.1").focus()
    made.page.keyboard.press("i")
    assert len(made.tags()) == 1
    made.notebook.restart()
    made.words(1, "1.2").focus()
    made.page.keyboard.press("n")
    assert re.search("NON ENREGISTRÉ|NOT SAVED|Lecture seule|Read only", made.banner())
    assert len(made.on_disk()["tags"]) == 1
    made.notebook.run_all()
    made.page.locator('.pl-words[data-item="1.1"] .pl-chip').first.wait_for()
    assert made.tags() == [(1, "1.1", "inappropriate")]


def test_two_notebooks_on_one_copie_lose_nothing(table, own_server):
    server = own_server()
    one = table(server)
    other = table(server, pseudonym=None, name="autre.ipynb")
    other.words(1, "1.1").wait_for()  # the same sitting: nobody is asked again
    one.words(1, "1.1").focus()
    one.page.keyboard.press("i")
    assert len(one.tags()) == 1
    other.page.evaluate("window.dispatchEvent(new Event('focus'))")
    other.page.locator(".pl-notice").first.wait_for()  # it is told that the copie has changed
    other.words(2, "1.1").focus()
    other.page.keyboard.press("n")
    other.page.locator('.pl-words[data-column="2"] .pl-chip').first.wait_for()
    assert other.tags() == [(1, "1.1", "inappropriate"), (2, "1.1", "non_compliant")]
    one.page.evaluate("window.dispatchEvent(new Event('focus'))")
    one.page.locator('.pl-words[data-column="2"] .pl-chip').first.wait_for()


def test_disk_that_refuses_is_told_until_it_is_mended(table):
    made = table()
    copies = made.notebook.server.home / "copies"
    kept = copies.rename(copies.with_name("kept"))
    copies.write_text("no folder")  # refuses root too
    made.words(1, "1.1").focus()
    made.page.keyboard.press("i")
    made.page.locator('[data-k="unsaved"]').wait_for()
    assert "✔" not in made.page.locator(".pl-status").first.text_content()
    with made.page.expect_download() as waiting:
        made.press("rescue")
    assert len(json.loads(waiting.value.path().read_text("utf-8"))["tags"]) == 1
    copies.unlink()
    kept.rename(copies)
    made.press("retry-save")
    made.page.locator('[data-k="unsaved"]').wait_for(state="detached")
    assert made.tags() == [(1, "1.1", "inappropriate")]
