"""The seven formats: true to the flowchart, and safe whatever a label says."""

import html
import os
import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import HealthCheck, given, settings

from promptlab.errors import BadInput, MissingTool
from promptlab.flowchart import FORMATS, format_of, render, to_dot, to_drawio, to_mermaid, to_text
from promptlab.flowchart.wrapping import clean
from tests.flowchart.builders import chart, decision_chart, flowcharts, node

calm = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
SVG = "{http://www.w3.org/2000/svg}"


@calm
@given(flowcharts())
def test_no_label_changes_the_nodes_and_edges_of_dot(any_flowchart):
    import pygraphviz

    graph = pygraphviz.AGraph(string=to_dot(any_flowchart))
    assert graph.number_of_nodes() == len(any_flowchart.nodes)
    assert graph.number_of_edges() == len(any_flowchart.edges)
    attributes = {name for one in (*graph.nodes(), *graph.edges()) for name in one.attr}
    assert not {name for name in attributes if "url" in name.lower() or "href" in name.lower()}


@calm
@given(flowcharts())
def test_svg_is_valid_shows_every_text_and_has_no_link_or_script(any_flowchart):
    root = ElementTree.fromstring(render(any_flowchart, "svg"))
    for element in root.iter():
        assert element.tag.removeprefix(SVG) in {
            "svg",
            "g",
            "title",
            "desc",
            "text",
            "path",
            "polygon",
            "ellipse",
            "polyline",
        }
        assert not [key for key in element.attrib if "href" in key or key.startswith("on")]
    shown = "".join("".join(text.itertext()) for text in root.iter(f"{SVG}text"))
    for one in any_flowchart.nodes:
        assert "".join(clean(one.text).split()) in "".join(shown.split())


@calm
@given(flowcharts())
def test_drawio_is_valid_and_its_labels_are_plain_text(any_flowchart):
    cells = {cell.get("id"): cell for cell in ElementTree.fromstring(to_drawio(any_flowchart)).iter("mxCell")}
    texts = [
        html.unescape(cell.get("value")) for cell in cells.values() if cell.get("vertex") and cell.get("parent") != "1"
    ]
    by_lane = {lane.id: [one for one in any_flowchart.nodes if one.lane == lane.id] for lane in any_flowchart.lanes}
    assert sorted(texts) == sorted(clean(one.text) for nodes in by_lane.values() for one in nodes)
    assert len([cell for cell in cells.values() if cell.get("edge")]) == len(any_flowchart.edges)
    assert not [cell for cell in cells.values() if "<" in cell.get("value", "")]


@calm
@given(flowcharts())
def test_mermaid_labels_hold_nothing_that_mermaid_acts_upon(any_flowchart):
    lines = to_mermaid(any_flowchart).splitlines()
    assert len(lines) == 4 + 3 * len(any_flowchart.lanes) + len(any_flowchart.nodes) + len(any_flowchart.edges)
    for label in re.findall(r'"([^"]*)"', "\n".join(lines[3:])):
        assert not set(label) & set('<>[]{}|`*_%&\\"\n')
        assert mermaid_reads(label) == mermaid_reads(label).strip(" ")


def mermaid_reads(label):
    return re.sub(r"#(\d+);", lambda code: chr(int(code[1])), label)


@pytest.mark.parametrize(
    "text", ['dire "oui"', "a]b", "end", "<b>x</b>", "a\nb", "😀", "1. un", "- un", "%%{init}%%", "#quot;"]
)
def test_mermaid_escapes_what_it_would_act_upon(text):
    (line,) = [line for line in to_mermaid(chart(node("end", text=text))).splitlines() if "n_end" in line]
    label = re.fullmatch(r' *n_end\["([^"]*)"\]', line)[1]
    assert mermaid_reads(label) == clean(text)
    assert not re.match(r"(\d+\.|-) ", label)


def test_mermaid_draws_lanes_shapes_and_exits():
    text = to_mermaid(decision_chart())
    for piece in (
        'subgraph lane_firm["Entreprise"]',
        'n_q{"Fondée ?"}',
        'n_a(["Début"])',
        'n_q -->|"oui"| n_b',
        "flowchart TD",
    ):
        assert piece in text


def test_a_document_is_a_sheet_in_every_format():
    sheet = chart(node("d", "document", "Avoir"))
    assert "shape: doc" in to_mermaid(sheet)
    assert "shape=document" in to_drawio(sheet)
    assert b"<path" in render(sheet, "svg")


def test_drawio_puts_shapes_into_swimlanes_and_labels_beside_arrows():
    cells = {cell.get("id"): cell for cell in ElementTree.fromstring(to_drawio(decision_chart())).iter("mxCell")}
    assert "swimlane" in cells["lane_firm"].get("style")
    assert cells["n_q"].get("parent") == "lane_firm"
    assert (cells["edge2"].get("source"), cells["edge2"].get("target"), cells["edge2"].get("value")) == (
        "n_q",
        "n_b",
        "oui",
    )
    assert cells["edge2"].find("mxGeometry/mxPoint[@as='offset']") is not None


def test_numbered_text_says_who_does_what_and_what_comes_next():
    lines = to_text(decision_chart()).splitlines()
    assert "2. [Entreprise] Decision: Fondée ? (oui → 3 ; non → 4)" in lines
    assert "4. [Client] End: Refuser" in lines


def test_numbered_text_follows_the_arrows_not_the_file():
    backwards = chart(node("b", text="Après"), node("a", text="Avant"), edges=[("a", "b")])
    text = to_text(backwards)
    assert text.index("Avant") < text.index("Après")


def test_svg_tells_a_screen_reader_title_and_text():
    root = ElementTree.fromstring(render(decision_chart(), "svg"))
    title, description = root[0], root[1]
    assert (root.get("role"), root.get("aria-labelledby"), root.get("aria-describedby")) == (
        "img",
        title.get("id"),
        description.get("id"),
    )
    assert title.text == "Un logigramme"
    assert description.text == to_text(decision_chart())


def test_svg_names_fallback_fonts():
    assert all(
        "sans-serif" in text.get("font-family")
        for text in ElementTree.fromstring(render(decision_chart(), "svg")).iter(f"{SVG}text")
    )


def test_png_is_an_a4_page_at_150_dots_to_the_inch():
    content = render(decision_chart(), "png")
    assert (int.from_bytes(content[16:20]), int.from_bytes(content[20:24])) == (1240, 1754)


def test_pdf_is_one_a4_page_with_its_font():
    content = render(decision_chart(), "pdf")
    assert re.search(rb"/MediaBox \[ ?0 0 595[.0-9]* 84[12]", content)
    assert b"DejaVuSans" in content


@pytest.mark.parametrize("format_", FORMATS)
def test_the_same_flowchart_gives_the_same_file(format_):
    assert render(decision_chart(), format_) == render(decision_chart(), format_)


@pytest.mark.parametrize("format_", FORMATS)
def test_a_flowchart_with_a_fault_is_not_drawn(format_):
    with pytest.raises(BadInput, match="nowhere"):
        render(chart(node("a"), edges=[("a", "nowhere")]), format_)


def test_the_origin_stands_under_the_picture_letter_by_letter():
    svg = render(chart(node("a"), origin='P07 "x" <b> & \\N'), "svg").decode()
    assert "P07 &quot;x&quot; &lt;b&gt; &amp; \u2216N</text>" in svg


def test_an_unknown_ending_is_told_with_the_valid_ones():
    with pytest.raises(BadInput, match=r"(?s)dessin.jpg.*\.svg \.png \.pdf \.dot \.mmd \.drawio \.txt"):
        format_of(Path("dessin.jpg"))


def test_an_ending_in_capitals_is_understood():
    assert format_of(Path("DESSIN.SVG")) == "svg"


def test_an_unknown_format_is_refused():
    with pytest.raises(BadInput, match="jpg"):
        render(decision_chart(), "jpg")


def test_without_graphviz_the_message_says_what_to_install(monkeypatch, tmp_path):
    monkeypatch.setitem(sys.modules, "pygraphviz", None)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(MissingTool, match="pip install pygraphviz"):
        render(decision_chart(), "svg")
    assert render(decision_chart(), "mmd")


FIRST_DRAWING = """
import os
from promptlab.flowchart import render
from promptlab.model.flowchart import Flowchart, Lane, Node
one = Flowchart("T", (Lane("l", "L"),), (Node("a", "action", "Faire", "l"),), ())
print(len(render(one, "png")), os.environ.get("FONTCONFIG_FILE"))
"""


def test_the_first_drawing_of_a_process_is_silent_and_leaves_the_environment_as_it_was():
    done = subprocess.run([sys.executable, "-c", FIRST_DRAWING], capture_output=True, text=True, check=True)
    assert done.stderr == ""
    assert done.stdout.split()[1] == "None"


def test_drawing_needs_no_font_of_the_system():
    from promptlab.flowchart.engine import _fonts_file

    folders = [element.text for element in ElementTree.parse(_fonts_file()).iter("dir")]
    assert [Path(folder).name for folder in folders] == ["fonts"]
    assert (Path(folders[0]) / "DejaVuSans.ttf").stat().st_size > 500_000


def test_importing_the_room_loads_no_heavy_library():
    code = "import sys, promptlab.flowchart; print(sorted({'graphviz', 'pygraphviz'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_drawing_gives_back_the_fonts_that_were_set(monkeypatch):
    monkeypatch.setenv("FONTCONFIG_FILE", "/etc/mine.conf")
    render(decision_chart(), "svg")
    assert os.environ["FONTCONFIG_FILE"] == "/etc/mine.conf"
