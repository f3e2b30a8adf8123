"""The scripts of the panels in a real browser: mouse, keys, focus, accessibility."""

import pytest

from promptlab.review.writing import write_remark
from promptlab.ui.panel import Panel
from promptlab.ui.tagging import TaggingTable
from promptlab.ui.view import (
    Bar,
    File,
    bars,
    button,
    card,
    checkbox,
    choice,
    columns,
    details,
    download,
    fieldset,
    group,
    heading,
    items,
    notice,
    pairs,
    picture,
    progress,
    radios,
    row,
    table,
    text,
    text_field,
    upload,
    wide,
)
from tests.ui.builders import HOSTILE, a_desk, a_desk_on, many_answers
from tests.ui.window import ANSWER, tags

pytestmark = [pytest.mark.tool, pytest.mark.slow]

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="5" height="5"/></svg>'


def violations(axe, page):
    found = axe.run(page).response["violations"]
    return [(one["id"], one["impact"], [node["html"][:160] for node in one["nodes"]][:3]) for one in found]


class Everything(Panel):
    """One node of every kind."""

    def __init__(self):
        super().__init__()
        self.title = "Everything"
        self.done = []

    def view(self):
        note = self.done.append
        return group(
            [
                heading("A heading", 2),
                text("A text\nin two lines", {"s": "strong", "t": " strong"}),
                columns([card([text("in a card")], title="Card"), items(["one", "two"], ordered=True)]),
                pairs([("Name", "Value"), ("Other", text("Node"))]),
                fieldset("Fields", [text_field("Line", "", "line", note, help="Help", enter="go")]),
                choice("Choice", "a", [("a", "A"), ("b", "B")], "choice", note),
                radios("Radios", "a", [("a", "A"), ("b", "B")], "radios", note),
                checkbox("Tick", False, "tick", note),
                checkbox("Fixed", True, "fixed", note, fixed=True),
                upload("Upload", "upload", lambda name, content: note((name, content))),
                button("Go", "go", lambda: note("go"), tone="main"),
                button("Down", "down", lambda: None, pressed=True),
                button("Off", "off", lambda: note("off"), disabled=True),
                download("Download", "download", lambda: File("Séance 1.txt", b"content", "text/plain")),
                picture(SVG, "A square", "A black square"),
                notice("warn", "Beware", alert=True),
                details("More", [text("inside")], key="more"),
                wide(table("Table", ["A", "B"], [row(["1", "2"])]), "Table"),
                progress(3, 11, "3 of 11"),
                bars("Bars", [Bar("One", 0.3, "30 %")]),
            ]
        )


@pytest.mark.parametrize("dark", [False, True])
def test_every_kind_of_node_is_accessible(window, axe, dark):
    opened = window(Everything(), dark=dark)
    opened.page.locator("summary").first.click()
    assert violations(axe, opened.page) == []


@pytest.mark.parametrize(("width", "dark"), [(1366, False), (1366, True), (800, False), (360, True)])
def test_tagging_table_is_accessible(window, axe, tmp_path, width, dark):
    panel = TaggingTable(a_desk(tmp_path, "P07"))
    opened = window(panel, width=width, dark=dark)
    opened.words(1, "1.1").focus()
    opened.press("i", "ArrowDown", "n", "ArrowDown", "Shift+ArrowRight", "p", "Enter")
    for summary in opened.page.locator("summary").all():
        summary.click()
    opened.settle()
    assert len(panel.desk.copie.taggings) == 3
    assert violations(axe, opened.page) == []


def test_sign_in_is_accessible_and_works_by_keyboard(window, axe, tmp_path):
    opened = window(TaggingTable(a_desk(tmp_path)))
    assert violations(axe, opened.page) == []
    opened.page.get_by_label("Pseudonym", exact=True).first.fill("P07")
    opened.page.keyboard.press("Enter")
    opened.words(1, "1").wait_for()
    assert opened.panel.desk.copie.pupils == ("P07",)


def test_tag_by_mouse(tagging):
    tagging.words(1, "1.1").click()
    tagging.button("tag-inappropriate").locator("button").click()
    tagging.settle()
    assert tags(tagging) == [(1, "1.1", None, "inappropriate")]
    assert "✔ Saved at" in tagging.page.locator(".pl-status").text_content()


def test_part_is_tagged_by_mouse(tagging):
    box = tagging.words(1, "1.1").bounding_box()
    middle = box["y"] + box["height"] / 2
    tagging.page.mouse.move(box["x"] + 30, middle)
    tagging.page.mouse.down()
    tagging.page.mouse.move(box["x"] + 110, middle, steps=4)
    tagging.page.mouse.up()
    tagging.settle()
    tagging.button("tag-relevant").locator("button").click()
    tagging.settle()
    ((_column, _item, span, tag),) = tags(tagging)
    assert tag == "relevant"
    assert "Répondre vite sous 24 heures"[slice(*span)] in ("Répondre vite", "Répondre vite sous")


def test_offsets_of_the_mouse_hold_beside_marks_and_outside_the_bmp(window, tmp_path):
    opened = window(TaggingTable(a_desk_on(tmp_path, "## 1. Un\n- 😀😀 Écrire **vite** au client", ANSWER)))
    opened.words(1, "1.1").focus()
    opened.press("Shift+ArrowRight", "n")
    opened.page.evaluate("""() => {
        const words = document.querySelector('.pl-words[data-column="1"][data-item="1.1"]');
        const bold = words.querySelector("strong").firstChild;
        words.dispatchEvent(new MouseEvent("mousedown", {bubbles: true}));
        document.getSelection().setBaseAndExtent(bold, 0, bold, 4);
        document.dispatchEvent(new MouseEvent("mouseup", {bubbles: true}));
    }""")
    opened.page.locator('[data-k="editor"]').wait_for()
    at = opened.panel.at
    assert opened.panel.desk.exercise.passage(1, "1.1").text[slice(*at.span)] == "vite"


def test_table_is_walked_and_tagged_by_keyboard(tagging):
    tagging.words(1, "1").focus()
    tagging.press("ArrowDown")
    assert tagging.focused() == "1:1.1"
    tagging.press("i", "ArrowRight")
    assert tagging.focused().startswith("2:")
    tagging.words(2, "1.1").focus()
    tagging.press("Shift+ArrowRight", "Shift+ArrowRight", "n", "End", "p", "Home")
    assert tagging.focused() == "2:1"
    assert tags(tagging) == [
        (1, "1.1", None, "inappropriate"),
        (2, "1.1", (0, 13), "non_compliant"),
        (2, "2.1", None, "relevant"),
    ]
    tagging.press("Control+z", "Control+z", "Control+y")
    assert len(tags(tagging)) == 2


def test_form_is_filled_by_keyboard_and_gives_the_focus_back(tagging):
    tagging.words(1, "1.1").focus()
    tagging.press("Enter")
    assert tagging.focused() == "tag-inappropriate"
    tagging.press("Enter")
    assert tagging.focused() == "tag-inappropriate"
    tagging.page.locator('[data-k="rationale-inappropriate--"] textarea').focus()
    tagging.page.keyboard.type("b x dd ")
    tagging.press("Escape")
    assert tagging.focused() == "1:1.1"
    assert tagging.panel.desk.copie.taggings[0].rationale == "b x dd"


def test_one_text_alone_is_reached_by_tab(tagging):
    assert tagging.page.locator('.pl-words[tabindex="0"]').count() == 1
    tagging.words(2, "1.1").focus()
    assert tagging.page.locator('.pl-words[tabindex="0"]').get_attribute("data-column") == "2"


def test_no_key_reaches_the_notebook(tagging):
    tagging.page.evaluate(
        "() => { window.keys = []; document.addEventListener('keydown', (e) => window.keys.push(e.key)); }"
    )
    tagging.words(1, "1.1").focus()
    tagging.press("b", "d", "d", "x", "ArrowDown", "Enter", "Escape", "Delete")
    tagging.button("undo").locator("button").focus()
    tagging.press("b", "a")
    assert tagging.page.evaluate("window.keys") == []


def test_saving_the_notebook_still_works_from_within(tagging):
    tagging.page.evaluate(
        "() => { window.keys = []; document.addEventListener('keydown', (e) => window.keys.push(e.key)); }"
    )
    tagging.words(1, "1.1").focus()
    tagging.page.keyboard.press("Control+s")
    assert "s" in tagging.page.evaluate("window.keys")


def test_texts_of_a_model_run_nothing(window, tmp_path):
    opened = window(TaggingTable(a_desk_on(tmp_path, f"## 1. {HOSTILE}\n- {HOSTILE}\n\n|a|\n|-|\n|{HOSTILE}|", ANSWER)))
    for key in ("1", "1.1"):
        opened.words(1, key).focus()
        opened.press("i", "Enter", "Escape")
    opened.button("remark-1").locator("textarea").fill(HOSTILE)
    opened.button("undo").locator("button").click()
    opened.settle()
    opened.page.wait_for_timeout(200)
    assert opened.page.evaluate("window.hacked") is None
    assert opened.page.locator(".promptlab img, .promptlab script").count() == 0
    assert [url for url in opened.asked if not url.startswith("blob:")] == []


def test_panel_runs_without_any_error_or_request(window):
    opened = window(Everything())
    assert [asked for asked in opened.asked if not asked.startswith(("blob:", "data:"))] == []


def test_fields_tell_their_values(window, tmp_path):
    opened = window(Everything())
    page, done = opened.page, opened.panel.done
    page.get_by_label("Line").fill("abc")
    page.keyboard.press("Enter")
    page.get_by_label("Choice").select_option("b")
    page.get_by_label("B", exact=True).check()
    page.get_by_label("Tick").check()
    opened.button("off").locator("button").click(force=True)
    opened.settle()
    assert done == ["abc", "go", "b", "b", True]


def test_files_go_both_ways(window, tmp_path):
    opened = window(Everything(), accept_downloads=True)
    path = tmp_path / "copie é.json"
    path.write_bytes(b"\x00\xff{}")
    opened.page.get_by_label("Upload").set_input_files(path)
    opened.settle()
    opened.page.wait_for_function("true")
    with opened.page.expect_download() as waiting:
        opened.page.get_by_role("button", name="Download").click()
    assert waiting.value.suggested_filename == "Séance 1.txt"
    assert opened.panel.done == [("copie é.json", b"\x00\xff{}")]


def test_what_is_being_written_is_never_taken_away(tagging):
    area = tagging.button("remark-1").locator("textarea")
    area.focus()
    tagging.page.keyboard.type("Bonjour ")
    desk = tagging.panel.desk
    tagging.page.wait_for_timeout(1000)
    assert desk.copie.remarks == ("Bonjour",)
    assert area.input_value() == "Bonjour "
    tagging.page.keyboard.type("à tous")
    tagging.words(1, "1.1").click()
    tagging.settle()
    assert desk.copie.remarks == ("Bonjour à tous",)
    assert desk.undo("remarks").remarks == ()


def test_change_from_elsewhere_shows_where_nobody_writes(tagging):
    desk = tagging.panel.desk
    desk.change(lambda copie: write_remark(copie, desk.exercise, 2, "de la fenêtre d’à côté"))
    assert tagging.button("remark-2").locator("textarea").input_value() == "de la fenêtre d’à côté"


@pytest.mark.parametrize("width", [1366, 800, 360])
def test_page_never_scrolls_sideways_as_a_whole(window, tmp_path, width):
    opened = window(TaggingTable(a_desk_on(tmp_path, *many_answers(6, 3))), width=width)
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= width


def test_narrow_screen_has_one_answer_under_the_other(window, tmp_path):
    opened = window(TaggingTable(a_desk_on(tmp_path, ANSWER, ANSWER)), width=800)
    first, second = (opened.words(column, "1.1").bounding_box() for column in (1, 2))
    assert second["y"] > first["y"] + 20


def test_every_target_is_large_enough(tagging):
    tagging.words(1, "1.1").click()
    tagging.button("tag-relevant").locator("button").click()
    tagging.settle()
    small = tagging.page.evaluate("""() => [...document.querySelectorAll(
        "button, select, input, textarea, summary, .pl-words, a")].filter((el) => el.offsetParent)
        .map((el) => [el.outerHTML.slice(0, 80), el.getBoundingClientRect()])
        .filter(([, box]) => (box.width < 24 || box.height < 24) && box.width > 1)
        .map(([html, box]) => `${html} ${box.width}×${box.height}`)""")
    assert [one for one in small if 'type="radio"' not in one and "checkbox" not in one] == []


def test_large_table_stays_fluid(window, tmp_path):
    opened = window(TaggingTable(a_desk_on(tmp_path, *many_answers(10, 15))))
    opened.words(5, "7.2").focus()
    opened.press("i")
    seconds = opened.page.evaluate("""async () => {
        const status = document.querySelector(".pl-status"), begun = performance.now();
        document.activeElement.dispatchEvent(new KeyboardEvent("keydown", {key: "n", bubbles: true, cancelable: true}));
        while (status.textContent.includes("Saving…")) await new Promise((then) => setTimeout(then, 1));
        return (performance.now() - begun) / 1000; }""")
    assert len(tags(opened)) == 1
    assert seconds < 5  # a bound for a machine that does much else; bench_ui measures
