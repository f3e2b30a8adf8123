"""The notebooks in JupyterLab on Chromium, as a pupil uses them."""

import json

import pytest

from promptlab.files.copies import read_copie
from tests.browser.labs import Notebook
from tests.notebooks.build import sources

NAMES = [f"{source.stem}.ipynb" for source in sources()]
FIRST, SECOND, THIRD = NAMES[1:4]


def sign_in(notebook, pseudonym):
    """Work under this pseudonym: whoever worked in another test before leaves first."""
    first = notebook.page.locator('[data-k="leave"]:visible, [data-k="pseudonym"]:visible').first
    first.wait_for()
    if notebook.at("leave").count():
        notebook.at("leave").locator("button").click()
    notebook.at("pseudonym").first.locator("input").fill(pseudonym)
    notebook.at("sign-in").first.locator("button").click()
    notebook.at("leave").wait_for()
    notebook.pseudonym = pseudonym


def written(notebook, check):
    """Wait until the copie on the disk is as it should be."""
    path = notebook.server.home / "copies" / f"copie-reclamation-{notebook.pseudonym}.json"
    last = None
    for _attempt in range(100):
        last = read_copie(path) if path.exists() else None
        if last and check(last):
            return last
        notebook.page.wait_for_timeout(50)
    raise AssertionError(f"not on disk: {last}")


@pytest.mark.parametrize("name", NAMES)
def test_every_cell_runs_without_error_and_without_the_network(open_notebook, name):
    notebook = open_notebook(name)
    for cell in notebook.run_all():
        assert cell["count"]
        assert cell["outputs"]
    assert notebook.errors() == []
    assert notebook.page.locator(".promptlab").count() >= 1
    assert notebook.asked == []


def test_pupil_goes_through_session_1(open_notebook):
    notebook = open_notebook(FIRST)
    notebook.run_all()
    sign_in(notebook, "P11")
    _send(notebook, 1, "Quelles sont les étapes du traitement de la réclamation client")
    field = notebook.at("analysis-1").locator("textarea")
    field.fill("Trop général 😀 <b>gras</b>")
    field.blur()
    written(notebook, lambda copie: copie.work("analysis"))
    notebook.at("prompt-2").locator("textarea").fill("Dans le cadre d'une réclamation par téléphone")
    notebook.at("send-2").click()
    notebook.at("take-2").click()
    notebook.at("answer-2").wait_for()
    _send(notebook, 3, "pour un retour de marchandises facturé à tort")
    copie = written(notebook, lambda copie: len(copie.answers) == 3)
    assert [answer.number for answer in copie.answers] == [1, 2, 3]
    assert notebook.errors() == []
    assert notebook.asked == []


def _send(notebook, number, prompt):
    notebook.at(f"prompt-{number}").locator("textarea").fill(prompt)
    notebook.at(f"send-{number}").click()
    notebook.at(f"answer-{number}").wait_for()


def test_pseudonym_is_asked_once_for_all_notebooks(open_notebook):
    first = open_notebook(NAMES[0])
    first.run_all()
    sign_in(first, "P12")
    second = open_notebook(FIRST)
    second.run_all()
    second.at("leave").wait_for()
    assert second.at("pseudonym").count() == 0


def test_saved_notebook_holds_the_copie_and_its_words(open_notebook):
    from promptlab.handin import read_hand_in

    notebook = open_notebook(NAMES[5])
    notebook.run_all()
    sign_in(notebook, "P13")
    field = notebook.at("debrief-limits").locator("textarea")
    field.fill("Elle invente des délais.")
    field.blur()
    copie = written(notebook, lambda copie: copie.work("debrief"))
    notebook.page.wait_for_timeout(1200)  # the copie inside the notebook follows once the hands rest
    path = notebook.save()
    assert read_hand_in(path).copie.id == copie.id
    assert "Elle invente" in path.read_text("utf-8")


def test_flowchart_is_built_by_keyboard_and_drawn_at_once(open_notebook):
    notebook = open_notebook(THIRD)
    notebook.run_all()
    sign_in(notebook, "P14")
    notebook.at("chart-empty").locator("button").press("Enter")
    image = notebook.at("chart-picture").locator("img")
    before, cells = image.get_attribute("src"), len(notebook.cells())
    notebook.at("add-n1").locator("button").press("Enter")
    notebook.at("text-n3").wait_for()
    notebook.page.wait_for_function("document.activeElement.closest('[data-k]')?.dataset.k === 'text-n3'")
    notebook.page.keyboard.type("abxdd : la facture est-elle juste ?")
    notebook.page.keyboard.press("Tab")
    chart = written(notebook, lambda copie: "juste" in str(copie.work("flowchart")))
    notebook.page.wait_for_function(
        "(old) => document.querySelector('[data-k=chart-picture] img').src !== old", arg=before
    )
    assert "abxdd" in str(chart.work("flowchart"))
    assert len(notebook.cells()) == cells  # no letter became a command of the notebook
    assert notebook.errors() == []


def test_page_goes_to_the_pseudonym_once_all_cells_have_run(open_notebook, own_server):
    notebook = open_notebook(FIRST, server=own_server())
    notebook.page.get_by_text("Tout exécuter", exact=False).first.click()
    notebook.page.wait_for_function("document.activeElement.closest('[data-k]')?.dataset.k === 'pseudonym'")
    notebook.page.wait_for_timeout(1500)
    assert notebook.page.evaluate("document.activeElement.closest('[data-k]').dataset.k") == "pseudonym"
    box = notebook.at("pseudonym").bounding_box()
    assert 0 < box["y"] < 768
    notebook.page.mouse.move(600, 400)
    notebook.page.mouse.wheel(0, 3000)  # from here on the person decides
    notebook.page.wait_for_timeout(800)
    assert notebook.at("pseudonym").bounding_box()["y"] < 0
    notebook.page.locator(".promptlab button", has_text="Aller en haut").last.click()
    assert 0 < notebook.at("pseudonym").bounding_box()["y"] < 768


def test_two_windows_on_one_notebook_are_told_while_both_are_there(open_notebook):
    one = open_notebook(NAMES[5])
    one.run_all()
    sign_in(one, "P18")
    page = one.page.context.new_page()
    other = Notebook(one.server, page, [])
    other.open(NAMES[5], "twin")
    other.run_all()
    told = one.page.locator(".pl-twice:visible")
    told.wait_for()
    other.page.locator(".pl-twice:visible").wait_for()
    other.page.close()
    told.wait_for(state="hidden")


def test_letters_typed_beside_a_field_change_no_cell(open_notebook):
    notebook = open_notebook(FIRST)
    notebook.run_all()
    cells = notebook.page.locator(".jp-Cell").count()
    notebook.page.locator(".jp-Cell").nth(3).click(position={"x": 5, "y": 5})
    notebook.page.keyboard.press("Escape")
    for letter in ("a", "b", "x", "d", "d", "m", "v"):
        notebook.page.keyboard.press(letter)
        notebook.page.wait_for_timeout(30)
        assert notebook.page.locator(".jp-Cell").count() == cells, letter


def test_work_after_a_kernel_restart_is_read_only_until_the_cells_run_again(open_notebook):
    notebook = open_notebook(NAMES[5])
    notebook.run_all()
    notebook.save()
    notebook.reload()
    notebook.run_all()  # at once: the saved panels of the kernel that lives on are still being brought back
    sign_in(notebook, "P15")
    field = notebook.at("debrief-limits").locator("textarea")
    field.wait_for()
    notebook.page.evaluate(
        "() => { window.setTimeout = ((old) => (then, time) => old(then, time === 800 ? 1e6 : time))(setTimeout); }"
    )
    field.fill("perdu ?")  # the pause after which a text is sent does not come to its end
    notebook.restart()
    notebook.page.locator(".pl-banner:visible").first.wait_for()
    assert not notebook.at("debrief-use").locator("textarea").is_editable()
    assert not written(notebook, lambda _copie: True).work("debrief")
    notebook.run_all()
    written(notebook, lambda copie: "perdu ?" in str(copie.work("debrief")))  # what was typed without a kernel is back
    notebook.page.wait_for_timeout(3000)  # longer than the patience with a silent kernel
    notebook.page.wait_for_function("document.querySelectorAll('.pl-alarm').length === 0")  # a slow answer is one too
    notebook.at("debrief-limits").locator("textarea").fill("gardé")
    notebook.at("debrief-limits").locator("textarea").blur()
    written(notebook, lambda copie: "gardé" in str(copie.work("debrief")))


def test_reload_keeps_the_pupil_and_the_work(open_notebook):
    notebook = open_notebook(NAMES[5])
    notebook.run_all()
    sign_in(notebook, "P16")
    notebook.at("debrief-use").locator("textarea").fill("avant")
    notebook.at("debrief-use").locator("textarea").blur()
    written(notebook, lambda copie: "avant" in str(copie.work("debrief")))
    notebook.save()
    notebook.reload()
    notebook.run_all()
    assert notebook.at("debrief-use").locator("textarea").input_value() == "avant"


def test_menus_are_french_and_no_news_pops_up(open_notebook):
    notebook = open_notebook(NAMES[0])
    assert notebook.page.locator("html").get_attribute("lang").startswith("fr")
    assert notebook.page.get_by_text("Fichier", exact=True).first.is_visible()
    assert notebook.page.locator(".jp-toast-button, .Toastify__toast").count() == 0


def test_dashboard_leads_to_the_sessions(open_notebook):
    notebook = open_notebook(NAMES[0])
    notebook.page.locator(".jp-RenderedMarkdown a", has_text="séance 1").first.click()
    notebook.page.wait_for_function(f"jupyterapp.shell.currentWidget.context?.path === {FIRST!r}")


@pytest.mark.parametrize(
    ("name", "width", "theme"), [(FIRST, 1366, "light"), (THIRD, 800, "dark"), (NAMES[0], 1366, "dark")]
)
def test_panels_break_no_serious_rule_of_accessibility(open_notebook, axe, name, width, theme):
    notebook = open_notebook(name, width=width)
    if theme == "dark":
        notebook.do("async () => jupyterapp.commands.execute('apputils:change-theme', {theme: 'JupyterLab Dark'})")
    notebook.run_all()
    sign_in(notebook, "P17")
    if name == THIRD:
        notebook.at("chart-shipped").locator("button").click()
        notebook.at("chart-picture").wait_for()
    found = axe.run(notebook.page, context={"include": [".promptlab"]}).response["violations"]
    grave = [
        (one["id"], [node["html"][:160] for node in one["nodes"]][:3])
        for one in found
        if one["impact"] in ("serious", "critical")
    ]
    assert grave == []


def test_settings_reach_jupyterlab(open_notebook, shared_server):
    notebook = open_notebook(NAMES[0])
    address = f"{shared_server.address}/lab/api/settings/@jupyterlab/docmanager-extension:plugin"
    answer = notebook.page.request.get(f"{address}?token={shared_server.token}")
    schema = json.loads(answer.text())["schema"]
    assert schema["properties"]["autosaveInterval"]["default"] == 15
