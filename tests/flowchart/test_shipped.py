"""The flowchart of the shipped case: complete, well-formed, readable on paper."""

import re
from pathlib import Path

import pytest

from promptlab.flowchart import load_flowchart
from promptlab.flowchart.layout import lay_out

FILE = Path(__file__).parents[2] / "data" / "reclamation" / "flowchart.toml"


@pytest.fixture(scope="module")
def shipped():
    return load_flowchart(FILE)


def test_it_has_one_start_one_end_and_every_shape_of_the_lesson(shipped):
    kinds = [node.kind for node in shipped.nodes]
    assert (kinds.count("start"), kinds.count("end")) == (1, 1)
    assert kinds.count("decision") >= 2
    assert kinds.count("document") >= 3


def test_every_question_ends_with_its_mark_and_has_yes_and_no(shipped):
    for node in shipped.nodes:
        if node.kind == "decision":
            assert node.text.endswith("\u202f?")
            assert [edge.label for edge in shipped.edges if edge.source == node.id] == ["oui", "non"]


def test_every_action_begins_with_an_infinitive(shipped):
    actions = [node.text.split()[0].rstrip(",") for node in shipped.nodes if node.kind == "action"]
    assert all(re.search("(er|ir|re)$", verb) for verb in actions)


def test_every_shape_is_reached_from_the_start(shipped):
    reached = {node.id for node in shipped.nodes if node.kind == "start"}
    for _turn in shipped.nodes:
        reached |= {edge.target for edge in shipped.edges if edge.source in reached}
    assert reached == {node.id for node in shipped.nodes}


def test_only_documents_and_the_end_lead_nowhere(shipped):
    leaving = {edge.source for edge in shipped.edges}
    assert {node.kind for node in shipped.nodes if node.id not in leaving} == {"document", "end"}


def test_the_ai_proposes_and_only_the_employee_sends(shipped):
    lanes = {node.id: node.lane for node in shipped.nodes}
    assert (lanes["analyser"], lanes["controler"], lanes["ajuster"], lanes["envoyer"]) == (
        "ia",
        "employe",
        "employe",
        "employe",
    )


def test_it_is_printed_upright_in_nine_points(shipped):
    drawing = lay_out(shipped)
    assert drawing.height > drawing.width
    assert drawing.size >= 9


def test_its_figures_are_those_of_the_case(shipped):
    text = " ".join(node.text.replace("\u00a0", " ") for node in shipped.nodes)
    for fact in ("11-024", "00023", "879", "27/11/N", "A52000", "N52000", "804,00 € TTC", "571,80 € TTC", "25 m"):
        assert fact in text
