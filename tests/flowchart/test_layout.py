"""Where things stand: strict lanes, nothing on top of anything, everything on the page."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from promptlab.flowchart.layout import A4, lay_out
from promptlab.flowchart.metrics import Face
from promptlab.flowchart.rows import assign_rows, reading_order
from promptlab.flowchart.wrapping import shape_of, wrap
from promptlab.model.flowchart import Lane
from tests.flowchart.builders import chart, decision_chart, flowcharts, labels, node

calm = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)


def joined(lines):
    return "".join("".join(lines).split())


@calm
@given(flowcharts())
def test_every_shape_stands_inside_its_lane_and_on_the_page(any_flowchart):
    drawing = lay_out(any_flowchart)
    assert {drawing.width, drawing.height} <= {round(side, 2) for side in A4} or (
        abs(drawing.width * drawing.height - A4[0] * A4[1]) < 1
    )
    bands = {placed.lane.id: placed.box for placed in drawing.lanes}
    for placed in drawing.nodes:
        band = bands[placed.node.lane]
        assert band.left < placed.box.left < placed.box.right < band.right
        assert band.top + drawing.header_height <= placed.box.top + 0.01
        assert placed.box.bottom <= band.bottom + 0.01 <= drawing.height


@calm
@given(flowcharts())
def test_no_two_shapes_overlap(any_flowchart):
    boxes = [placed.box for placed in lay_out(any_flowchart).nodes]
    for rank, a in enumerate(boxes):
        for b in boxes[rank + 1 :]:
            assert a.right <= b.left or b.right <= a.left or a.bottom <= b.top or b.bottom <= a.top


@calm
@given(flowcharts())
def test_every_arrow_runs_at_right_angles_between_its_shapes(any_flowchart):
    drawing = lay_out(any_flowchart)
    assert [route.edge for route in drawing.routes] == list(any_flowchart.edges)
    for route in drawing.routes:
        for (x, y), (next_x, next_y) in zip(route.points, route.points[1:], strict=False):
            assert x == next_x or y == next_y


def test_an_arrow_passes_no_other_shape():
    drawing = lay_out(
        chart(
            *(node(f"n{rank}") for rank in range(5)),
            edges=[("n0", "n1"), ("n1", "n2"), ("n2", "n3"), ("n3", "n4"), ("n0", "n4"), ("n4", "n1")],
        )
    )
    for route in drawing.routes:
        for placed in drawing.nodes:
            if placed.node.id not in (route.edge.source, route.edge.target):
                assert not any(passes(piece, placed.box) for piece in zip(route.points, route.points[1:], strict=False))


def passes(piece, box):
    (x, y), (next_x, next_y) = piece
    across = min(x, next_x) < box.right and max(x, next_x) > box.left
    return across and min(y, next_y) < box.bottom and max(y, next_y) > box.top


def test_exits_of_a_decision_leave_from_different_sides():
    routes = [route for route in lay_out(decision_chart()).routes if route.edge.source == "q"]
    assert len({route.points[0] for route in routes}) == 2
    assert [route.label.lines for route in routes] == [("oui",), ("non",)]


def test_an_arrow_to_the_next_lane_stays_on_its_row():
    grid = assign_rows(chart(node("a"), node("b", lane="firm"), edges=[("a", "b")]))
    assert grid.rows == {"a": 0, "b": 0}


def test_an_arrow_in_one_lane_leads_down():
    grid = assign_rows(chart(node("a"), node("b"), edges=[("a", "b")]))
    assert grid.rows == {"a": 0, "b": 1}


def test_a_loop_is_recognised_and_does_not_hang():
    looped = chart(node("a", "start"), node("b"), node("c"), edges=[("a", "b"), ("b", "c"), ("c", "b"), ("c", "c")])
    order, backward = reading_order(looped)
    assert [one.id for one in order] == ["a", "b", "c"]
    assert backward == {looped.edges[2], looped.edges[3]}


def test_many_lanes_turn_the_page():
    lanes = tuple(type(chart().lanes[0])(f"l{rank}", f"Service numéro {rank}") for rank in range(8))
    wide = chart(*(node(f"n{rank}", text="Vérifier la réclamation", lane=f"l{rank}") for rank in range(8)), lanes=lanes)
    assert lay_out(wide).width > lay_out(wide).height


@calm
@given(labels, st.sampled_from(["start", "action", "decision", "document"]), st.floats(40, 200))
def test_a_text_in_a_shape_is_kept_whole(text, kind, width):
    shape = shape_of(kind, text, width, Face(10))
    assert joined(shape.lines) == joined([text_without_controls(text)])


def text_without_controls(text):
    from promptlab.flowchart.wrapping import clean

    return clean(text)


def test_a_very_long_label_is_wrapped_and_kept_whole():
    text = "Vérifier chaque ligne de la facture avec la commande et le bon de livraison. " * 20
    (placed,) = lay_out(chart(node("a", text=text))).nodes
    assert joined(placed.lines) == joined([text])
    assert len(placed.lines) > 10


@calm
@given(labels, st.floats(40, 300))
def test_no_line_is_wider_than_asked_for(text, width):
    face = Face(10, 0.9)
    assert all(face.width(line) <= width + 0.01 for line in wrap(text, width, face))


def test_a_no_break_space_holds_its_words_together():
    assert wrap("aaaa bbbb\u202f?", 40, Face(10)) == ("aaaa", "bbbb\u202f?")


def test_a_mark_set_apart_by_a_plain_space_does_not_begin_a_line():
    assert wrap("aaaaaa fondée ?", 45, Face(10)) == ("aaaaaa", "fondée ?")


def test_widths_are_those_of_the_shipped_font():
    assert round(Face(2048 * 0.75).width("iM")) == round((569 + 1767) * 0.75)


def test_lanes_too_narrow_for_a_letter_shrink_the_page_and_do_not_hang():
    lanes = tuple(Lane(f"l{rank}", "Service" if rank else "Un service au nom interminable " * 20) for rank in range(12))
    narrow = chart(*(node(f"n{rank}", "decision", "W" * 90, f"l{rank}") for rank in range(12)), lanes=lanes)
    for placed in lay_out(narrow).nodes:
        assert joined(placed.lines) == "W" * 90


def test_an_arrow_that_a_shape_would_block_leads_down():
    lanes = (Lane("client", "C"), Lane("firm", "F"), Lane("bank", "B"))
    fork = chart(node("a"), node("b", lane="firm"), node("c", lane="bank"), edges=[("a", "b"), ("a", "c")], lanes=lanes)
    assert assign_rows(fork).rows == {"a": 0, "b": 0, "c": 1}
