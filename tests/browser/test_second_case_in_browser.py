"""The second case taught in JupyterLab: the teacher chooses it without code, a pupil works through every session."""

import re

import pytest

from promptlab.files.cases import load_case
from promptlab.files.copies import read_copie
from tests.notebooks.build import sources

NAMES = [f"{source.stem}.ipynb" for source in sources() if "nouveau" not in source.stem]
TEACHER = NAMES[-1]
OTHER_CASE = re.compile("MARSEILLE TEXTILE|TOILES GIRONDINES|A52000|N52000")
REPLY = """Objet : Votre réclamation du 12/03/N – facture FA-2291

Madame Marchetti,

Nous vous adressons un avoir de 540,96 € TTC. La remise est de 10 %.
"""


@pytest.fixture
def server(own_server):
    """A server whose class works on the second case, as the teacher's file says."""
    started = own_server()
    started.home.mkdir(parents=True, exist_ok=True)
    (started.home / "classe.toml").write_text('case = "cycles"\n', encoding="utf-8")
    return started


def sign_in(notebook, pseudonym):
    notebook.at("pseudonym").first.locator("input").fill(pseudonym)
    notebook.at("sign-in").first.locator("button").click()
    notebook.at("leave").wait_for()


def shown(notebook):
    """The words on the page, outputs and all."""
    return notebook.page.locator(".jp-Notebook").first.inner_text()


def written(notebook, check):
    """Wait until the copie on the disk is as it should be."""
    path = notebook.server.home / "copies" / "copie-cycles-P07.json"
    for _attempt in range(100):
        if path.exists() and check(read_copie(path)):
            return read_copie(path)
        notebook.page.wait_for_timeout(50)
    raise AssertionError("not on disk")


def test_teacher_chooses_the_case_and_the_notebooks_of_the_pupils_open_it(own_server, open_notebook):
    server = own_server()
    teacher = open_notebook(TEACHER, server=server)
    teacher.run_all()
    teacher.at("class-case").locator("select").select_option("cycles")
    teacher.at("save-class").locator("button").click()
    teacher.page.get_by_text("classe.toml").first.wait_for()
    assert 'case = "cycles"' in (server.home / "classe.toml").read_text("utf-8")
    pupil = open_notebook(NAMES[0], server=server)
    pupil.run_all()
    sign_in(pupil, "P07")
    pupil.page.get_by_text("ATELIERS ROUE LIBRE").first.wait_for()
    assert written(pupil, lambda copie: True).case == "cycles"


def test_every_session_runs_on_the_second_case_and_speaks_of_no_other(server, open_notebook):
    asked = []
    for place, name in enumerate(NAMES):
        notebook = open_notebook(name, server=server)
        notebook.run_all()
        if place == 0:
            sign_in(notebook, "P07")
        notebook.page.locator(".promptlab .pl-root > *").first.wait_for()
        notebook.page.wait_for_timeout(500)
        assert notebook.errors() == [], name
        if name != TEACHER:  # it lists every case
            assert not OTHER_CASE.search(shown(notebook)), name
        asked += notebook.asked
    assert asked == []


def test_pupil_works_on_the_second_case_from_the_prompts_to_the_reply(server, open_notebook):
    case = load_case("cycles")
    first = open_notebook(NAMES[1], server=server)
    first.run_all()
    sign_in(first, "P07")
    assert "COMPTOIR DU PÉDALIER" in shown(first)
    assert "8\u00a0%" in shown(first)  # the discount of the order
    for number, prompt in enumerate(case.prompts, 1):
        first.at(f"prompt-{number}").locator("textarea").fill(prompt)
        first.at(f"send-{number}").click()
        first.at(f"answer-{number}").wait_for()
    copie = written(first, lambda copie: len(copie.answers) == 3)
    assert [answer.text for answer in copie.answers] == [answer.text for answer in case.run().answers]

    second = open_notebook(NAMES[2], server=server)
    second.run_all()
    words = second.page.locator('.pl-words[data-column="3"][data-item="4.2"]')
    words.focus()
    second.page.keyboard.press("n")
    written(second, lambda copie: [(one.column, one.item) for one in copie.taggings] == [(3, "4.2")])

    third = open_notebook(NAMES[3], server=server)
    third.run_all()
    third.at("chart-shipped").locator("button").click()
    third.at("chart-picture").locator("img").wait_for()
    assert "BC-3107" in str(written(third, lambda copie: copie.work("flowchart")).work("flowchart"))

    fourth = open_notebook(NAMES[4], server=server)
    fourth.run_all()
    assert "Aucun brouillon" in shown(fourth)  # what the case does not have is said
    field = fourth.at("letter-text").locator("textarea")
    field.fill(REPLY)
    field.blur()
    written(fourth, lambda copie: copie.work("letter"))
    fourth.at("letter-check").locator("button").click()
    fourth.at("letter-summary").wait_for()
    assert "10 %" in fourth.at("letter-found").inner_text().replace("\u00a0", " ")
    assert fourth.errors() == []
