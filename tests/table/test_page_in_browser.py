"""The page in a real browser: accessible, quiet, usable by keyboard, readable on any width and on paper."""

import re

import pytest

from promptlab.files.cases import load_case
from promptlab.model.comparison import Change, Comparison, Phase
from promptlab.model.parsed import Item, Section
from promptlab.model.problem import Problem
from promptlab.table.html import comparison_html
from tests.table.builders import bullet, column, comparison, step, with_text

pytestmark = [pytest.mark.tool, pytest.mark.slow]

HOSTILE = "<img src=x onerror='window.hacked=1'><script>window.hacked=1</script>"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="5" height="5"/></svg>'


@pytest.fixture
def show(browser, tmp_path):
    """`show(html, width, scheme)`: the page in a window of that width."""
    contexts = []

    def opened(html, width=1366, scheme="light"):
        path = tmp_path / f"page-{len(contexts)}.html"
        path.write_text(html, "utf-8")
        contexts.append(browser.new_context(viewport={"width": width, "height": 768}, color_scheme=scheme))
        page = contexts[-1].new_page()
        page.requests = []
        page.on("request", lambda request: page.requests.append(request.url))
        page.goto(path.as_uri())
        return page

    yield opened
    for context in contexts:
        context.close()


def rich(columns=3):
    """Everything a page can hold: nested lists, a table, an example, changes, problems, reasons, an empty cell."""
    table = Item("2.1", "table", rows=(("Document", "Contenu", "Remarque"), ("Facture", "Remboursement", "TVA")))
    steps = (
        step("Enregistrer", bullet("Noter", items=(bullet("la date", "1.1.1"),)), Item("1.2", "check", "Vérifier")),
        step("Contrôler", table, Item("2.2", "example", "« Madame, »\nMonsieur"), rank=2),
    )
    end = (Section("key_points", "À retenir", (bullet("Vite", "S1.1", label="Délai"),)),)
    told = [
        column(*steps[: 1 + place % 2], prompt=place, intro="Voici.", sections=end) for place in range(1, columns + 1)
    ]
    plain = comparison(*told)
    phases = tuple(
        Phase(f"Phase {rank}", phase.cells, f"raison {rank}", 0.7) for rank, phase in enumerate(plain.phases)
    )
    changes = tuple(
        Change(1, 2, 1 + at % 2, kind, ((1,), (1,)), "parce que")
        for at, kind in enumerate(("kept", "new", "dropped", "moved", "split", "merged", "more_precise"))
    )
    return Comparison("meaning", plain.columns, phases, changes, (Problem("à revoir", "ligne 4"),), "Réclamation")


def page_of(columns=3):
    return comparison_html(
        rich(columns), case=load_case("reclamation"), made="2026-11-21", pictures=[("Schéma\n1. Recevoir", SVG)]
    )


@pytest.mark.parametrize("columns", [3, 10])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1366, 360])
def test_page_breaks_no_rule_of_accessibility(show, axe, columns, scheme, width):
    found = axe.run(show(page_of(columns), width, scheme)).response["violations"]
    told = [(one["id"], one["impact"], [node["html"][:120] for node in one["nodes"]][:3]) for one in found]
    assert told == []


@pytest.mark.parametrize("columns", [2, 3, 4, 10])
@pytest.mark.parametrize("width", [1366, 1024, 801, 800, 360])
def test_page_never_scrolls_sideways_as_a_whole(show, columns, width):
    page = show(page_of(columns), width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_page_makes_no_request_but_its_own(show):
    page = show(page_of())
    assert [url for url in page.requests if not url.startswith("data:image/svg+xml")] == [page.url]


def test_no_text_of_an_answer_is_executed(show):
    page = show(comparison_html(with_text(HOSTILE), pictures=[("x", SVG.replace("<rect", f"{HOSTILE}<rect"))]))
    assert page.evaluate("window.hacked === undefined")
    assert HOSTILE in page.inner_text("body")


def test_first_key_reaches_the_table(show):
    page = show(page_of())
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#table"


def test_wide_table_scrolls_by_keyboard(show):
    page = show(page_of(10))
    page.focus("#table")
    listen = "document.getElementById('table').addEventListener('scroll', event => done(event.target.scrollLeft))"
    page.evaluate(f"void (window.moved = new Promise(done => {listen}))")
    page.keyboard.press("ArrowRight")
    assert page.evaluate("window.moved") > 0


def test_heads_stay_in_sight_while_the_table_is_read(show):
    page = show(page_of())
    page.evaluate("document.querySelector('.to-write').scrollIntoView()")
    assert page.evaluate("document.querySelector('.grid thead th').getBoundingClientRect().top") >= 0


def test_narrow_screen_shows_cards_that_name_the_prompt_and_stay_a_table(show):
    page = show(page_of(), 360)
    assert page.locator(".which").first.is_visible()
    assert page.locator("tr.phase").first.evaluate("row => getComputedStyle(row).display") == "block"
    assert page.get_by_role("rowheader", name=re.compile("Phase 1")).count() == 1
    assert page.get_by_role("columnheader", name="PROMPT 2").count() == 1


def test_wide_screen_does_not_repeat_the_prompt_in_each_cell(show):
    assert not show(page_of()).locator(".which").first.is_visible()


@pytest.mark.parametrize(("columns", "paper"), [(3, "84[12]"), (10, "119[01]")])
def test_paper_is_landscape_with_the_reasons_unfolded(show, columns, paper):
    page = show(page_of(columns))
    page.emulate_media(media="print")
    assert page.locator("details.why p").first.is_visible()
    assert re.search(rf"/MediaBox \[0 0 {paper}".encode(), page.pdf(prefer_css_page_size=True))
