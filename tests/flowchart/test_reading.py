"""The file of a flowchart: read whole, written back, every fault told."""

import pytest
from hypothesis import HealthCheck, given, settings

from promptlab.errors import BadInput
from promptlab.flowchart import dump_flowchart, load_flowchart, parse_flowchart
from promptlab.model.flowchart import Edge
from tests.flowchart.builders import chart, decision_chart, flowcharts, node

HEAD = 'title = "T"\n[[lane]]\nid = "l"\nname = "Client"\n'


def one(id_, kind, more=""):
    return f'[[node]]\nid = "{id_}"\nkind = "{kind}"\nlane = "l"\ntext = "Texte"\n{more}\n'


def fault_of(text):
    with pytest.raises(BadInput) as error:
        parse_flowchart(HEAD + text)
    return str(error.value)


def test_next_and_exits_become_edges():
    read = parse_flowchart(
        HEAD
        + one("a", "start", 'next = ["q", "d"]')
        + one("q", "decision", 'exits = { oui = "d", "non !" = "a" }')
        + one("d", "end")
    )
    assert read.edges == (Edge("a", "q"), Edge("a", "d"), Edge("q", "d", "oui"), Edge("q", "a", "non !"))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(flowcharts())
def test_a_dumped_flowchart_is_read_back_the_same(any_flowchart):
    assert parse_flowchart(dump_flowchart(any_flowchart)) == any_flowchart


def test_a_flowchart_with_a_fault_is_not_dumped():
    with pytest.raises(BadInput, match="nowhere"):
        dump_flowchart(chart(node("a"), edges=[("a", "nowhere")]))


def test_all_faults_are_told_at_once_with_file_and_key(tmp_path):
    file = tmp_path / "mien.toml"
    bad = one("a", "oval", 'next = "b"').replace('lane = "l"', 'lane = "client"') + one("a", "decision")
    file.write_text(HEAD + bad, encoding="utf-8")
    with pytest.raises(BadInput) as error:
        load_flowchart(file)
    said = str(error.value)
    for fact in ("mien.toml", "“oval”", "kind", "“client”", "lane:", "“b”", "next", "“a” is used 2 times", "exits"):
        assert fact in said


def test_an_unknown_target_is_told_with_the_nearest_id():
    assert "“verifeir”. Did you mean “verifier”" in fault_of(
        one("a", "start", 'next = "verifeir"') + one("verifier", "end")
    )


def test_a_decision_with_one_exit_is_a_fault():
    assert "needs two exits" in fault_of(one("q", "decision", 'exits = { oui = "q" }'))


def test_a_decision_with_an_unlabelled_exit_is_a_fault():
    assert "“b” has no label" in fault_of(one("q", "decision", 'next = "b"\nexits = { oui = "b" }') + one("b", "end"))


def test_exits_that_differ_only_in_case_are_equal():
    assert "2 exits are called “oui”" in fault_of(one("q", "decision", 'exits = { oui = "q", Oui = "q" }'))


def test_a_missing_text_is_a_fault():
    assert "text is missing" in fault_of(one("a", "end").replace("Texte", " "))


def test_a_missing_title_and_lane_are_faults():
    with pytest.raises(BadInput) as error:
        parse_flowchart("")
    assert "title" in str(error.value)
    assert "[[lane]]" in str(error.value)


def test_a_misspelt_key_is_a_fault_and_not_dropped():
    assert "suivant" in fault_of(one("a", "start", 'suivant = "a"'))


def test_a_number_for_a_text_is_told_once():
    said = fault_of(one("a", "end").replace('"Texte"', "12"))
    assert "12 is no text" in said
    assert said.count("\n") == 1


def test_a_list_of_exits_is_refused_with_the_right_form():
    assert "exits = { oui" in fault_of(one("q", "decision", 'exits = ["a"]'))


def test_a_node_that_is_no_table_is_a_fault():
    assert "Write [[node]]" in fault_of("[node]\nid = 'a'")


def test_style_weaknesses_are_no_faults():
    weak = parse_flowchart(HEAD + one("a", "action") + one("b", "action"))
    assert len(weak.nodes) == 2


def test_invalid_toml_is_told_with_its_line():
    assert "line 6" in fault_of("\nid = 12 13")


def test_a_missing_file_is_told_by_name(tmp_path):
    with pytest.raises(BadInput, match=r"absent\.toml"):
        load_flowchart(tmp_path / "absent.toml")


def test_a_folder_is_no_flowchart_file(tmp_path):
    with pytest.raises(BadInput, match="cannot be read"):
        load_flowchart(tmp_path)


def test_a_file_in_another_encoding_is_told(tmp_path):
    file = tmp_path / "f.toml"
    file.write_bytes('title = "é"'.encode("latin-1"))
    with pytest.raises(BadInput, match="UTF-8"):
        load_flowchart(file)


def test_a_byte_order_mark_is_accepted(tmp_path):
    file = tmp_path / "f.toml"
    file.write_text(dump_flowchart(decision_chart()), encoding="utf-8-sig")
    assert load_flowchart(file) == decision_chart()


def test_a_forged_giant_is_refused():
    assert "151 shapes" in fault_of("".join(one(f"n{rank}", "action") for rank in range(151)))
