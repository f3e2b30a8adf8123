"""Session 3: a flowchart made in a form, always drawn; the grid."""

import json
import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from promptlab.errors import BadInput
from promptlab.files.copies import read_copie
from promptlab.flowchart import faults, load_flowchart, render
from promptlab.flowchart.grid import points
from promptlab.model.flowchart import Edge, Flowchart
from promptlab.ui.session3_chart import (
    add_lane,
    add_node,
    chart_of,
    empty_chart,
    exits_of,
    from_values,
    keep_chart,
    move_node,
    name_lane,
    node_at,
    remove_lane,
    remove_node,
    set_exit,
    set_kind,
    set_lane,
    set_text,
    values_of,
)
from promptlab.ui.session3_compare import ComparePanel, compare_html
from promptlab.ui.session3_draft import drawable, gaps
from promptlab.ui.session3_flowchart import FlowchartPanel, chart_html, drawn_chart
from promptlab.ui.session3_grid import GridPanel
from promptlab.ui.session3_levels import grid_for, grid_of
from promptlab.ui.tree import words
from tests.ui.acting import has, node_of, nodes, press, words_of, write
from tests.ui_sessions.builders import desk_in, shipped

KINDS = ["start", "end", "action", "decision", "document"]


def begun():
    return empty_chart("Traiter", ["Client", "Entreprise"])


def arrows(chart):
    return {(edge.source, edge.target, edge.label) for edge in chart.edges}


def panel_in(folder):
    panel = FlowchartPanel(desk_in(folder, "P07"))
    press(panel, "chart-empty")
    return panel


# ---------------------------------------------------------------- rules


def test_new_shape_is_taken_into_the_arrow():
    assert arrows(add_node(begun(), "n1")) == {("n1", "n3", ""), ("n3", "n2", "")}


def test_shape_after_a_decision_leaves_its_arrows_alone():
    chart = set_kind(add_node(begun(), "n1"), "n3", "decision")
    assert exits_of(add_node(chart, "n3"), "n3") == exits_of(chart, "n3")


def test_removed_shape_hands_its_arrow_on():
    assert arrows(remove_node(add_node(begun(), "n1"), "n3")) == {("n1", "n2", "")}


def test_removed_decision_leaves_no_arrow_to_nowhere():
    chart = set_kind(add_node(begun(), "n1"), "n3", "decision")
    chart = set_exit(chart, "n3", "non", "n1")
    assert arrows(remove_node(chart, "n3")) == set()


def test_decision_gets_its_answers_and_loses_them_again():
    chart = set_kind(add_node(begun(), "n1"), "n3", "decision")
    assert exits_of(chart, "n3") == (Edge("n3", "n2", "oui"),)
    assert exits_of(set_kind(chart, "n3", "action"), "n3") == (Edge("n3", "n2"),)


def test_end_leads_nowhere():
    assert exits_of(set_kind(add_node(begun(), "n1"), "n3", "end"), "n3") == ()


def test_exit_can_be_taken_back():
    chart = set_exit(begun(), "n1", "", "")
    assert chart.edges == ()


def test_shape_moves_in_the_list_and_keeps_its_arrows():
    chart = move_node(add_node(begun(), "n1"), "n3", -5)
    assert [node.id for node in chart.nodes] == ["n3", "n1", "n2"]
    assert arrows(chart) == arrows(add_node(begun(), "n1"))


def test_lane_with_shapes_stays():
    with pytest.raises(BadInput, match="2"):
        remove_lane(begun(), "lane1")
    assert len(remove_lane(begun(), "lane2").lanes) == 1


def test_gap_names_the_shape():
    chart = set_kind(add_node(begun(), "n1"), "n3", "decision")
    assert {gap.node for gap in gaps(chart)} == {"n3"}


def test_start_and_end_alone_are_no_complete_flowchart():
    (gap,) = gaps(begun())
    assert "+" in gap.message


def test_picture_on_the_screen_ends_where_the_drawing_ends():
    short, _words = drawn_chart(begun())
    height = float(re.search(rb'height="([\d.]+)pt"', short)[1])
    assert f'viewBox="0.00 0.00 595.00 {height:.2f}"'.encode() in short
    assert height < 400
    assert b'height="842pt"' in render(begun(), "svg")


def test_proposed_flowchart_is_not_compared_with_itself_unawares(tmp_path):
    desk = desk_in(tmp_path, "P07")
    press(FlowchartPanel(desk), "chart-shipped")
    assert has(ComparePanel(desk), "compare-same")
    write(FlowchartPanel(desk), "chart-title", "Le mien")
    assert not has(ComparePanel(desk), "compare-same")


def test_chart_without_anything_is_still_drawn():
    assert render(drawable(Flowchart("", (), (), ())), "svg")


def test_shipped_flowchart_survives_the_form():
    chart = load_flowchart(shipped().folder / "flowchart.toml")
    again = from_values(json.loads(json.dumps(values_of(chart))))
    assert (again.lanes, again.nodes, arrows(again)) == (chart.lanes, chart.nodes, arrows(chart))
    assert gaps(again) == ()


@pytest.mark.parametrize(
    "values", [{}, {"node": 3}, {"node": [1, {"id": 2}]}, {"lane": [{}], "node": [{"next": 5, "exits": []}]}]
)
def test_values_of_another_form_are_read_as_far_as_they_go(values):
    assert isinstance(from_values(values), Flowchart)


edits = st.lists(
    st.tuples(st.sampled_from(["add", "drop", "kind", "exit", "move", "lane", "text"]), *[st.integers(0, 9)] * 3),
    max_size=25,
)


@settings(deadline=None, max_examples=60)
@given(edits)
def test_whatever_is_done_the_chart_can_be_drawn_and_kept(done):
    chart = begun()
    for edit in done:
        chart = edited(chart, *edit)
    assert faults(drawable(chart)) == ()
    again = from_values(values_of(chart))
    assert (again.nodes, arrows(again)) == (chart.nodes, arrows(chart))
    if not gaps(chart):
        assert faults(chart) == ()


def edited(chart, what, one, two, three):
    """The chart after one thing that the form can do to it."""
    node = chart.nodes[one % len(chart.nodes)].id if chart.nodes else ""
    if what == "add":
        return add_node(chart, node, KINDS[two % 5])
    if what == "lane":
        return name_lane(add_lane(chart), "lane2", "x" * three) if len(chart.lanes) < 9 else chart
    if not node:
        return chart
    other = chart.nodes[two % len(chart.nodes)].id
    label = ("oui", "non")[three % 2] if node_at(chart, node).kind == "decision" else ""
    lane = chart.lanes[three % len(chart.lanes)].id
    return {
        "drop": lambda: remove_node(chart, node),
        "kind": lambda: set_kind(chart, node, KINDS[two % 5]),
        "exit": lambda: chart if node == other else set_exit(chart, node, label, other, rank=three % 3),
        "move": lambda: move_node(chart, node, two - 5),
        "text": lambda: set_lane(set_text(chart, node, "é" * two), node, lane),
    }[what]()


# ---------------------------------------------------------------- the form


def test_every_change_is_on_disk_and_in_the_picture(tmp_path):
    panel = panel_in(tmp_path)
    before = node_of(panel, "chart-picture")["source"]
    press(panel, "add-n1")
    write(panel, "text-n3", "Contrôler la facture")
    assert chart_of(read_copie(panel.at.path)).nodes[1].text == "Contrôler la facture"
    assert node_of(panel, "chart-picture")["source"] != before
    assert "Contrôler la facture" in node_of(panel, "chart-picture")["description"]


def test_missing_answer_of_a_decision_is_told_and_drawn(tmp_path):
    panel = panel_in(tmp_path)
    press(panel, "add-n1")
    write(panel, "kind-n3", "decision")
    assert "decision" in words_of(panel)
    write(panel, "text-n3", "La facture est-elle juste ?")
    write(panel, "exit-n3-non", "n1")
    assert "complete" in str(node_of(panel, "chart-state"))


def test_undo_takes_one_change_of_the_chart_back(tmp_path):
    panel = panel_in(tmp_path)
    press(panel, "add-n1")
    press(panel, "chart-undo")
    assert len(chart_of(panel.at.copie).nodes) == 2
    press(panel, "chart-redo")
    assert len(chart_of(panel.at.copie).nodes) == 3


def test_form_can_begin_from_the_flowchart_of_the_case(tmp_path):
    panel = FlowchartPanel(desk_in(tmp_path, "P07"))
    press(panel, "chart-shipped")
    assert has(panel, "shape-fondee")
    assert has(panel, "exit-fondee-oui")


def test_lane_in_use_is_refused_beside_its_button(tmp_path):
    panel = panel_in(tmp_path)
    press(panel, "lane-drop-lane1")
    assert node_of(panel, "lane-drop-lane1")["error"]
    assert len(chart_of(panel.at.copie).lanes) == 2


def test_every_control_of_a_row_names_its_shape(tmp_path):
    panel = panel_in(tmp_path)
    for key in ("kind-n1", "in-n1", "text-n1", "exit-n1-0"):
        assert "1" in node_of(panel, key)["label"]
    assert "1" in node_of(panel, "drop-n1")["says"]


def test_kept_picture_has_its_text(tmp_path):
    panel = panel_in(tmp_path)
    write(panel, "text-n1", "<b>Recevoir</b>")
    html = chart_html(panel.at)
    assert "&lt;b&gt;Recevoir" in html
    assert "<svg" not in html


def test_grid_keeps_levels_and_verdict(tmp_path):
    panel = GridPanel(desk_in(tmp_path, "P07"))
    write(panel, "grid-chart", "ai")
    write(panel, "level-lanes", "BM")
    write(panel, "level-order", "NM")
    write(panel, "level-order", "")
    write(panel, "grid-notes", "Clair")
    kept = grid_of(read_copie(panel.at.path))
    assert (kept["chart"], kept["levels"], kept["notes"]) == ("ai", {"lanes": "BM"}, "Clair")


def test_levels_of_both_charts_are_kept_side_by_side(tmp_path):
    panel = GridPanel(desk_in(tmp_path, "P07"))
    write(panel, "level-lanes", "M")
    write(panel, "grid-chart", "ai")
    assert node_of(panel, "level-lanes")["value"] == ""
    write(panel, "level-lanes", "NM")
    write(panel, "grid-chart", "own")
    kept = grid_of(read_copie(panel.at.path))
    assert (kept["levels"], kept["other_levels"]) == ({"lanes": "M"}, {"lanes": "NM"})
    assert node_of(panel, "level-lanes")["value"] == "M"


def test_all_levels_given_make_points(tmp_path):
    grid = grid_for(shipped())
    panel = GridPanel(desk_in(tmp_path, "P07"))
    for criterion in grid.criteria:
        write(panel, f"level-{criterion.id}", "BM")
    most = sum(criterion.points for criterion in grid.criteria)
    assert points(grid, grid_of(panel.at.copie)["levels"]) == most
    assert f"{most} of {most}" in words_of(panel)


def test_case_without_a_grid_takes_the_usual_one_and_a_damaged_one_is_told(tmp_path):
    folder = tmp_path / "case"
    folder.mkdir()
    case = replace(shipped(), folder=folder)
    assert grid_for(case) == grid_for(shipped())
    (folder / "grid.toml").write_text("format = 1\n", "utf-8")
    panel = GridPanel(desk_in(tmp_path, "P07", case=case))
    assert "title" in words_of(panel)


def test_own_flowchart_is_compared_with_the_proposed_one(tmp_path):
    desk = desk_in(tmp_path, "P07")
    panel = ComparePanel(desk)
    assert len([node for node in nodes(panel.tree()) if node["kind"] == "table"]) == 0
    desk.change(lambda copie: keep_chart(copie, empty_chart("T", ["Client", "Vendeur"])))
    proposed = load_flowchart(shipped().folder / "flowchart.toml")
    rows = ["".join(words(row)) for row in nodes(panel.tree()) if row["kind"] == "row"]
    assert any(row.endswith(f"2{len(proposed.nodes)}") for row in rows)
    missing = [phase.label for phase in desk.exercise.comparison.phases if phase.label in words_of(panel)]
    assert missing  # an empty chart is about none of the phases
    assert proposed.origin in words_of(panel)
    assert str(len(proposed.nodes)) in compare_html(desk)
