"""Trees drawn from left to right: nothing overlaps, and every answer stands at its own arrow."""

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from promptlab.errors import BadInput
from promptlab.flowchart import render
from promptlab.flowchart.branching import is_tree, lay_out_tree, render_tree
from promptlab.model.flowchart import Edge, Flowchart, Lane, Node
from tests.flowchart.builders import decision_chart, labels, node

LANES = tuple(Lane(f"l{at}", f"Question {at}") for at in range(5))


@st.composite
def trees(draw, texts=labels):
    """A tree of questions with up to five answers each."""
    nodes, edges = [], []

    def grow(depth):
        id_ = f"n{len(nodes)}"
        asked = depth < 3 and (depth == 0 or draw(st.booleans()))
        nodes.append(Node(id_, "decision" if asked else "action", draw(texts), LANES[depth if asked else 4].id))
        count = draw(st.integers(2, 5)) if asked else 0
        edges.extend(Edge(id_, grow(depth + 1), f"{at} {draw(texts)}") for at in range(count))
        return id_

    grow(0)
    return Flowchart("Un arbre", LANES, tuple(nodes), tuple(edges))


def label_box(text):
    """The room that a label takes, by a rough but narrow measure."""
    height = len(text.lines) * text.size * 1.2
    return text.x - 1, text.x + 1, text.y - height / 2, text.y + height / 2


def apart(one, other):
    return one[1] <= other[0] or other[1] <= one[0] or one[3] <= other[2] or other[3] <= one[2]


@given(trees(st.text(st.characters(codec="ascii", categories=["L"]), min_size=1, max_size=30)))
@settings(max_examples=25, deadline=None)
def test_shapes_and_answers_do_not_overlap_and_stay_on_the_page(chart):
    drawing = lay_out_tree(chart)
    boxes = [(p.box.left, p.box.right, p.box.top, p.box.bottom) for p in drawing.nodes]
    answers = [label_box(route.label) for route in drawing.routes if route.label]
    assert all(apart(one, other) for one, other in combinations(boxes, 2))
    assert all(apart(one, other) for one, other in combinations(answers, 2))
    assert all(apart(box, answer) for box in boxes for answer in answers)
    for left, right, top, bottom in boxes:
        assert left >= 0
        assert top >= 0
        assert right <= drawing.width
        assert bottom <= drawing.height


@given(trees())
@settings(max_examples=8, deadline=None)
def test_any_text_is_drawn(chart):
    assert render_tree(chart, "svg").startswith(b"<?xml")


def test_each_arrow_leads_from_its_shape_to_the_left_of_the_next():
    drawing = lay_out_tree(_questions())
    boxes = {placed.node.id: placed.box for placed in drawing.nodes}
    for route in drawing.routes:
        assert route.points[0] == pytest.approx((boxes[route.edge.source].right, boxes[route.edge.source].y))
        assert route.points[-1] == pytest.approx((boxes[route.edge.target].left, boxes[route.edge.target].y))


def _questions():
    nodes = [node("q", "decision", "Payée ?", "client"), node("a", text="Rembourser", lane="firm")]
    nodes += [node("b", text="Déduire", lane="firm"), node("c", text="Relancer", lane="firm")]
    lanes = (Lane("client", "Question 1"), Lane("firm", "Que faire"))
    return Flowchart("T", lanes, tuple(nodes), tuple(Edge("q", to, to) for to in "abc"))


def test_a_chart_that_is_no_tree_is_drawn_as_ever():
    chart = decision_chart()
    assert not is_tree(chart)
    assert render_tree(chart, "svg") == render(chart, "svg")


def test_a_tree_is_drawn_in_each_format():
    for format_, start in (("svg", b"<?xml"), ("png", b"\x89PNG"), ("pdf", b"%PDF"), ("dot", b"digraph")):
        assert render_tree(_questions(), format_).startswith(start)
    with pytest.raises(BadInput):
        render_tree(_questions(), "jpg")
