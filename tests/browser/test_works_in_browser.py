"""Sessions 1 to 5 gone through by a pupil in JupyterLab: quiz, documents, tags, letter, papers, scheme, statement."""

import pytest

from tests.browser.test_sessions_in_browser import NAMES, sign_in, written
from tests.ui_sessions.builders import shipped

FIRST, SECOND, THIRD, FOURTH, FIFTH = NAMES[1:6]
TEACHER = "professeur.ipynb"


def opened(open_notebook, name, pseudonym, **window):
    """The notebook, run, with this pupil at work."""
    notebook = open_notebook(name, **window)
    notebook.run_all()
    sign_in(notebook, pseudonym)
    return notebook


def press(notebook, key):
    notebook.at(key).locator("button").first.click()


def fill(notebook, key, words, tag="input"):
    field = notebook.at(key).locator(tag)
    field.fill(words)
    field.blur()


def all_is_well(notebook):
    assert notebook.errors() == []
    assert notebook.asked == []


def work(copie, name):
    found = copie.work(name)
    return found.content.value if found else {}


def test_quiz_is_answered_by_keyboard_and_told_after_handing_in(open_notebook):
    notebook = opened(open_notebook, FIRST, "P21")
    first = notebook.page.locator('[data-k^="q-"][data-k$="-one"] input').first
    first.focus()
    notebook.page.keyboard.press("Space")
    box = notebook.page.locator('.pl-fieldset input[type="checkbox"]').first
    box.focus()
    notebook.page.keyboard.press("Space")
    up = notebook.page.locator('[data-k^="q-"][data-k$="-up"] button').nth(1)
    up.focus()
    notebook.page.keyboard.press("Enter")
    written(notebook, lambda copie: len(work(copie, "quiz").get("answers", {})) == 3)
    hand_in = notebook.at("quiz-hand-in").locator("button")
    hand_in.focus()
    notebook.page.keyboard.press("Enter")
    notebook.at("quiz-score").wait_for()
    copie = written(notebook, lambda copie: work(copie, "quiz").get("handed_in"))
    assert len(work(copie, "quiz")["tries"]) == 1
    press(notebook, "quiz-again")
    notebook.at("quiz-hand-in").wait_for()
    all_is_well(notebook)


def test_documents_are_read_first_and_compared_then(open_notebook):
    notebook = opened(open_notebook, FIRST, "P22")
    for rank in (1, 2, 3):
        press(notebook, "finding-add")
        fill(notebook, f"f{rank}-text", f"Écart {rank}", "textarea")
    notebook.at("f1-order").locator("input").check()
    press(notebook, "finding-compare")
    notebook.at("findings-compared").wait_for()
    copie = written(notebook, lambda copie: work(copie, "findings").get("revealed"))
    assert [one["text"] for one in work(copie, "findings")["mine"]] == ["Écart 1", "Écart 2", "Écart 3"]
    all_is_well(notebook)


def test_pupil_goes_through_session_2(open_notebook):
    notebook = opened(open_notebook, SECOND, "P23")
    words = notebook.page.locator('.pl-words[data-column="1"][data-item="1.1"]')
    words.click()
    press(notebook, "tag-relevant")
    copie = written(notebook, lambda copie: copie.taggings)
    assert copie.taggings[0].tag == "relevant"
    fill(notebook, "remark-1", "Trop général.", "textarea")
    written(notebook, lambda copie: copie.remarks)
    press(notebook, "save-docx")
    notebook.page.wait_for_function("document.body.textContent.includes('.docx')")
    assert list(notebook.server.home.rglob("*P23.docx"))
    notebook.at("s2-task-6").locator("input").check()
    assert written(notebook, lambda copie: copie.tasks).tasks == (6,)
    all_is_well(notebook)


def test_pupil_goes_through_session_4(open_notebook):
    notebook = opened(open_notebook, FOURTH, "P24")
    notebook.at("letter-medium").locator("input").first.check()
    fill(notebook, "letter-why", "Une trace écrite.", "textarea")
    press(notebook, "draft-recorded")
    notebook.at("draft").wait_for()
    press(notebook, "draft-take")
    copie = written(notebook, lambda copie: work(copie, "letter").get("text"))
    text = work(copie, "letter")["text"]
    fill(notebook, "letter-text", text.replace("804,00", "840,00"), "textarea")
    written(notebook, lambda copie: "840,00" in work(copie, "letter")["text"])
    press(notebook, "letter-check")
    notebook.at("letter-found").wait_for()
    assert notebook.at("letter-summary").locator(".pl-notice-name").text_content().startswith("✖")
    assert notebook.page.locator("del.pl-removed", has_text="804").count() >= 1
    assert notebook.page.locator("ins.pl-added", has_text="840").count() >= 1
    with notebook.page.expect_download() as waiting:
        press(notebook, "letter-docx")
    assert waiting.value.suggested_filename.endswith(".docx")
    notebook.at("paper-kind").locator("input").nth(1).check()
    fill(notebook, "paper-credit_note-total_ttc", "840,00")
    press(notebook, "paper-check")
    notebook.at("paper-found").wait_for()
    copie = written(notebook, lambda copie: work(copie, "papers"))
    assert work(copie, "papers")["credit_note"]["total_ttc"] == "840,00"
    all_is_well(notebook)


def test_pupil_goes_through_session_5(open_notebook):
    notebook = opened(open_notebook, FIFTH, "P25")
    press(notebook, "rules-begin")
    press(notebook, "rule-add")
    notebook.at("then-R1-0").locator("select").select_option(index=1)
    notebook.page.locator('[data-k="rules-found"] .pl-notice-name', has_text="✔").wait_for()
    press(notebook, "tree-show")
    notebook.at("tree-1").locator("img").wait_for()
    with notebook.page.expect_file_chooser() as chooser:
        notebook.at("rules-file").locator("input").dispatch_event("click")
    chooser.value.set_files(shipped().folder / "decisions.toml")
    copie = written(notebook, lambda copie: len(work(copie, "decisions").get("rule", ())) > 20)
    assert work(copie, "decisions")["title"]
    fill(notebook, "statement-kept", "Les phases.", "textarea")
    fill(notebook, "debrief-limits", "Elle invente des délais.", "textarea")
    written(notebook, lambda copie: work(copie, "statement") and work(copie, "debrief"))
    all_is_well(notebook)


def test_teacher_marks_the_class_in_the_notebook(open_notebook, own_server):
    server = own_server()
    pupil = open_notebook(FIFTH, server=server)
    pupil.run_all()
    sign_in(pupil, "P26")
    notebook = open_notebook(TEACHER, server=server)
    notebook.run_all()
    press(notebook, "mark")
    notebook.at("marks").wait_for()
    assert list(server.home.rglob("returns/P26.json"))
    notebook.at("mark-pupil").locator("select").select_option("P26")
    notebook.at("decide-P26").wait_for()
    all_is_well(notebook)


@pytest.mark.parametrize(("name", "theme"), [(FOURTH, "light"), (FOURTH, "dark"), (FIFTH, "dark"), (FIRST, "dark")])
def test_works_break_no_serious_rule_of_accessibility(open_notebook, axe, name, theme):
    notebook = opened(open_notebook, name, "P27")
    if theme == "dark":
        notebook.do("async () => jupyterapp.commands.execute('apputils:change-theme', {theme: 'JupyterLab Dark'})")
    if name == FOURTH:
        notebook.at("draft-recorded").locator("button").click()
        notebook.at("draft").wait_for()
        if not notebook.at("letter-text").locator("textarea").input_value():
            press(notebook, "draft-take")
            fill(notebook, "letter-text", "Madame,\n\nVotre avoir est de 840,00 € TTC.", "textarea")
        press(notebook, "letter-check")
        notebook.at("letter-found").wait_for()
        press(notebook, "paper-check")
        notebook.at("paper-found").wait_for()
    found = axe.run(notebook.page, context={"include": [".promptlab"]}).response["violations"]
    grave = [
        (one["id"], [node["html"][:160] for node in one["nodes"]][:3])
        for one in found
        if one["impact"] in ("serious", "critical")
    ]
    assert grave == []
