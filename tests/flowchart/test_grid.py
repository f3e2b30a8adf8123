"""The grid for flowcharts: criteria from a file, counts side by side, levels that become points."""

from fractions import Fraction
from pathlib import Path

import pytest

from promptlab.errors import BadInput
from promptlab.flowchart import load_flowchart
from promptlab.flowchart.grid import compare_charts, counts, points, read_grid
from tests.flowchart.builders import chart, decision_chart, node

CASE = Path(__file__).parents[2] / "data" / "reclamation"


@pytest.fixture(scope="module")
def grid():
    return read_grid(CASE / "grid.toml")


def test_the_shipped_grid_is_out_of_twenty_and_its_levels_rise(grid):
    assert sum(criterion.points for criterion in grid.criteria) == 20
    ratios = [level.ratio for level in grid.levels]
    assert ratios == [0, Fraction(1, 3), Fraction(2, 3), 1]


def test_the_shipped_grid_names_only_rules_that_there_are(grid):
    source = (Path(__file__).parents[2] / "promptlab" / "flowchart" / "advice.py").read_text(encoding="utf-8")
    assert all(f'"{rule}"' in source for criterion in grid.criteria for rule in criterion.rules)


def test_what_a_flowchart_holds_is_counted():
    found = counts(decision_chart())
    assert (found.shapes, found.decisions, found.ends, found.lanes, found.arrows) == (4, 1, 2, 2, 3)
    assert found.depth == 3


def test_the_depth_leaves_loops_out():
    looped = chart(node("a"), node("b"), node("c"), edges=[("a", "b"), ("b", "c"), ("c", "a")])
    assert counts(looped).depth == 3


def test_an_empty_flowchart_is_counted():
    assert counts(chart()).depth == 0


def test_two_charts_stand_side_by_side_with_advice_for_each_criterion(grid):
    own = load_flowchart(CASE / "flowchart.toml")
    ai = chart(node("a", text="Analyse"), node("b", "end", "Fin"), edges=[("a", "b")])
    found = compare_charts(own, ai, grid=grid)
    assert found.own.documents == 4
    assert found.ai.documents == 0
    assert found.own_advice == ()
    lines = {criterion: (mine, its) for criterion, mine, its in found.by_criterion}
    assert lines["order"] == (0, 1)
    assert lines["shapes"] == (0, 1)
    assert lines["lanes"] == (0, 1)


def test_points_follow_the_levels_and_are_rounded_up_to_the_half(grid):
    assert points(grid, {criterion.id: "BM" for criterion in grid.criteria}) == 20
    assert points(grid, {criterion.id: "IM" for criterion in grid.criteria}) == 7
    assert points(grid, {criterion.id: "NM" for criterion in grid.criteria}) == 0


def test_there_are_no_points_as_long_as_a_level_is_missing(grid):
    assert points(grid, {"lanes": "BM"}) is None


def test_unknown_criteria_and_levels_are_refused(grid):
    for levels in ({"colour": "M"}, {"lanes": "A"}):
        with pytest.raises(BadInput):
            points(grid, levels)


def test_all_faults_of_a_grid_are_told(tmp_path):
    (tmp_path / "g.toml").write_text(
        'format = 1\ntitle = ""\n[[levels]]\nid = "A"\nlabel = "a"\nratio = 2\n[[criteria]]\nid = "x"\n'
    )
    with pytest.raises(BadInput) as error:
        read_grid(tmp_path / "g.toml")
    assert len(error.value.problems) >= 4
    with pytest.raises(BadInput, match=r"absent\.toml"):
        read_grid(tmp_path / "absent.toml")
