"""The plot of the changes: well-formed, readable without eyes, the same every time."""

import re

from hypothesis import given, settings
from lxml import etree

from promptlab.align.changes import changes_between
from promptlab.align.wording import SIGNS
from promptlab.model.comparison import Change, Comparison, Phase
from promptlab.table.changes_plot import changes_in_words, changes_svg
from promptlab.table.html import comparison_html
from tests.align.builders import columns
from tests.table.builders import comparisons, with_text

SVG = "{http://www.w3.org/2000/svg}"


def plotted(answers, *cells):
    phases = tuple(Phase(f"Phase {number}", cell) for number, cell in enumerate(cells, 1))
    table = Comparison("meaning", answers, phases, changes_between(answers, phases))
    return table, etree.fromstring(changes_svg(table).encode())


def circles(drawing):
    return [(float(dot.get("cx")), float(dot.get("cy")), float(dot.get("r"))) for dot in drawing.iter(f"{SVG}circle")]


def test_every_step_is_a_dot_in_the_row_of_its_phase_and_the_column_of_its_answer():
    _table, drawing = plotted(columns(["A", "B"], ["C"]), ((1,), (1,)), ((2,), ()))
    (a, c, b) = circles(drawing)
    assert a[1] == c[1] < b[1]
    assert a[0] == b[0] < c[0]


def test_dot_grows_with_the_number_of_items():
    _table, drawing = plotted(columns(["A"], [("A", "un", "deux", "trois")]), ((1,), (1,)))
    assert circles(drawing)[0][2] < circles(drawing)[1][2]


def test_split_step_has_a_line_to_each_of_its_parts():
    _table, drawing = plotted(columns(["A"], ["B", "C"]), ((1,), (1, 2)))
    joined = [line for line in drawing.iter(f"{SVG}line") if line.get("x1") != "0"]
    assert len(joined) == 2
    assert SIGNS["split"] in "".join(drawing.itertext())


def test_moved_phase_is_dashed_and_a_kept_one_is_not():
    _table, drawing = plotted(columns(["A", "B"], ["B", "A"]), ((1,), (2,)), ((2,), (1,)))
    joined = [line for line in drawing.iter(f"{SVG}line") if line.get("x1") != "0"]
    assert [bool(line.get("stroke-dasharray")) for line in joined].count(True) == 1
    assert len(joined) == 2


def test_new_and_dropped_work_has_a_sign_and_no_line():
    _table, drawing = plotted(columns(["A"], ["B"]), ((1,), ()), ((), (1,)))
    assert not [line for line in drawing.iter(f"{SVG}line") if line.get("x1") != "0"]
    told = [text.text for text in drawing.iter(f"{SVG}text")]
    assert SIGNS["new"] in told
    assert SIGNS["dropped"] in told


def test_plot_has_a_name_and_a_text_that_says_it_all():
    table, drawing = plotted(columns(["A"], ["B", "C"]), ((1,), (1, 2)))
    title, words = drawing.find(f"{SVG}title"), drawing.find(f"{SVG}desc")
    assert drawing.get("role") == "img"
    assert drawing.get("aria-labelledby").split() == [title.get("id"), words.get("id")]
    assert words.text == changes_in_words(table)
    assert "split" in words.text
    assert "1, 2" in words.text


def test_everything_stands_inside_the_picture():
    _table, drawing = plotted(columns(*[["A", "B"]] * 5), ((1, 2),) * 5)
    width, height = (float(number) for number in drawing.get("viewBox").split()[2:])
    for element in drawing.iter(f"{SVG}text"):
        assert 0 <= float(element.get("x")) < width
        assert 0 <= float(element.get("y")) < height


def test_page_shows_the_plot_and_the_words_of_the_prompts():
    answers = columns(["Répondre"], [("Répondre", "Écrire une lettre.")], asked=("étapes", "une lettre recommandée"))
    phases = (Phase("Répondre", ((1,), (1,))),)
    page = comparison_html(Comparison("meaning", answers, phases, changes_between(answers, phases)))
    assert "<svg" in page
    assert "“Écrire une lettre.”" in page
    assert "recommandée" in page


def test_page_without_changes_has_no_plot():
    assert "<svg" not in comparison_html(Comparison("rank", columns(["A"], ["B"]), (Phase("", ((1,), (1,))),)))


def test_text_of_an_answer_is_text_and_nothing_else():
    svg = changes_svg(with_text('<script>alert(1)</script> & "]]>'))
    assert "<script" not in svg
    assert "alert(1)" in "".join(etree.fromstring(svg.encode()).itertext())


def test_change_of_a_row_or_column_that_is_not_there_is_passed_over():
    table = Comparison("meaning", columns(["A"], ["B"]), (), (Change(4, 5, 9, "kept", ((1,), (1,))),))
    assert "<svg" in changes_svg(table)


@settings(max_examples=40, deadline=None)
@given(comparisons())
def test_any_comparison_gives_well_formed_svg_with_all_its_steps_the_same_every_time(table):
    svg = changes_svg(table)
    drawing = etree.fromstring(svg.encode())
    assert len(circles(drawing)) == sum(len(cell) for phase in table.phases for cell in phase.cells)
    assert svg == changes_svg(table)
    assert not re.search(r"url\(|href|onload", svg.replace("javascript", ""))


@settings(max_examples=40, deadline=None)
@given(comparisons())
def test_nothing_stands_outside_the_drawing(table):
    drawing = etree.fromstring(changes_svg(table).encode())
    height = float(drawing.get("height"))
    assert all(float(text.get("y")) < height - 4 for text in drawing.iter(f"{SVG}text") if text.get("y"))


def test_legend_with_every_kind_of_change_stands_inside_the_drawing():
    answers = columns(["A", "B"], ["A", "B"])
    kinds = ("kept", "new", "dropped", "moved", "split", "merged", "more_precise")
    changes = tuple(Change(1, 2, 1, kind, ((1,), (1,))) for kind in kinds)
    drawing = etree.fromstring(
        changes_svg(Comparison("meaning", answers, (Phase("P", ((1, 2), (1, 2))),), changes)).encode()
    )
    assert max(float(text.get("y")) for text in drawing.iter(f"{SVG}text")) < float(drawing.get("height")) - 4
