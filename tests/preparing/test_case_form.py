"""A case typed into a form: the files it makes, the faults it has and where."""

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from promptlab.errors import BadInput
from promptlab.files.case_fields import document_kind, sections
from promptlab.files.case_form import document_keys, files_of, places_of, read_form
from promptlab.files.case_to_form import form_of, usual_form
from promptlab.files.cases import load_case, shipped_cases
from promptlab.files.scaffold import case_from_form
from promptlab.flowchart.problems import chart_faults
from tests.preparing.forms import small_form

WHERE = Path("cas")


def faults(form):
    return {problem.where: problem.message for problem in read_form(form, WHERE, check_chart=chart_faults)[1]}


def test_a_form_without_fault_makes_a_case_that_loads(tmp_path):
    made = case_from_form(small_form(), tmp_path / "cas", check_chart=chart_faults)
    case = load_case(tmp_path / "cas")
    assert [document.kind for document in case.documents] == ["order"]
    assert case.documents[0].lines[0].unit_price == Decimal("10.50")
    assert made[-1].name == "case.toml"


def test_what_a_document_leaves_empty_is_that_of_the_two_firms():
    case, _found = read_form(small_form(**{"order/buyer.address": "ailleurs"}), WHERE)
    assert (case.documents[0].seller.name, case.documents[0].buyer.name) == ("VENDEUR", "ACHETEUR")
    assert case.documents[0].buyer.address == "ailleurs"


def test_a_number_that_is_none_is_a_fault_at_its_own_field():
    assert "dix" in faults(small_form(**{"order/lines[1].unit_price": "dix"}))["order/lines[1].unit_price"]


def test_a_fault_below_an_empty_row_is_still_at_the_row_where_it_was_typed():
    form = small_form(**{"order/lines[4].reference": "R4", "order/lines[4].quantity": "-3"})
    assert list(faults(form)) == ["order/lines[4].quantity"]


def test_fields_that_must_be_filled_in_are_told_as_empty_fields():
    found = faults(small_form(**{"case/title": " ", "company/company.name": ""}))
    assert set(found) == {"case/title", "company/company.name"}
    assert found["case/title"] == found["company/company.name"]


def test_one_prompt_is_no_chain():
    assert "prompts" in faults(small_form(**{"prompts/prompts[2].text": ""}))


def test_a_task_number_and_sessions_are_whole_numbers():
    found = faults(small_form(**{"tasks/tasks[1].number": "un", "tasks/tasks[2].sessions": "1; deux"}))
    assert set(found) >= {"tasks/tasks[1].number", "tasks/tasks[2].sessions"}


def test_a_shape_in_a_lane_that_is_not_there_is_a_fault_at_the_shape():
    assert "Martien" in faults(small_form(**{"boxes/node[2].lane": "Martien"}))["boxes/node[2].lane"]


def test_a_decision_with_one_exit_is_a_fault_of_the_flowchart():
    assert "boxes" in faults(small_form(**{"boxes/node[4].next": "oui: 5"}))


def test_lanes_without_shapes_give_a_chart_to_go_on_with():
    form = {place: text for place, text in small_form().items() if not place.startswith("boxes/")}
    assert faults(form) == {}
    assert [node["kind"] for node in files_of(form).toml["flowchart.toml"]["node"]] == ["start", "action", "end"]


def test_nothing_is_written_where_anything_is_wrong(tmp_path):
    with pytest.raises(BadInput, match=r"faults? to mend"):
        case_from_form(small_form(**{"order/date": "hier"}), tmp_path / "cas")
    assert not (tmp_path / "cas").exists()


def test_nothing_is_written_over(tmp_path):
    (tmp_path / "notes.txt").write_text("à moi")
    with pytest.raises(BadInput, match="not empty"):
        case_from_form(small_form(), tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


def test_a_second_invoice_is_a_document_of_its_own():
    form = small_form(**{"invoice/number": "F1", "invoice-2/number": "F2", "invoice-2/replaces": "F1"})
    assert document_keys(form) == ("order", "invoice", "invoice-2")
    case, found = read_form(form, WHERE)
    assert not found
    assert [document.number for document in case.documents if document.kind == "invoice"] == ["F1", "F2"]


def test_the_usual_form_has_faults_only_where_the_teacher_has_to_write():
    assert {where.partition("/")[0] for where in faults(usual_form())} == {"case", "prompts", "company", "customer"}


def test_the_shipped_case_survives_a_form(tmp_path):
    before = load_case("reclamation")
    case_from_form(form_of(before.folder), tmp_path / "cas", check_chart=chart_faults)
    after = load_case(tmp_path / "cas")
    assert (after.prompts, after.tasks, after.reasons, after.company) == (
        before.prompts,
        before.tasks,
        before.reasons,
        before.company,
    )
    for one, other in zip(before.documents, after.documents, strict=True):
        assert (one.lines, one.cites, one.terms, one.total_ttc, one.footer) == (
            other.lines,
            other.cites,
            other.terms,
            other.total_ttc,
            other.footer,
        )


def test_every_place_of_a_form_belongs_to_one_part():
    for section in sections():
        for place, _field in places_of(section.key, 2):
            assert place.startswith(f"{section.key}/")
    assert document_kind("invoice-2") == "invoice"
    assert document_kind("invoices") == ""


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.sampled_from([1, 2, 3, 5, 8]), min_size=2, max_size=4, unique=True), st.text(min_size=1, max_size=30)
)
def test_no_row_of_prompts_is_lost_whatever_rows_stay_empty(numbers, text):
    form = {place: value for place, value in small_form().items() if not place.startswith("prompts/")}
    form |= {f"prompts/prompts[{number}].text": f"{number} {text}" for number in numbers}
    case, _found = read_form(form, WHERE)
    assert case.prompts == tuple(f"{number} {text}".strip() for number in sorted(numbers))


def test_the_shipped_cases_are_two_of_different_trades():
    assert {path.parent.name for path in shipped_cases().glob("*/case.toml")} >= {"reclamation", "cycles"}


def test_live_questions_are_locked_to_the_sessions_that_are_named(tmp_path):
    case, found = read_form(small_form(**{"case/live": "1, 3"}), WHERE)
    assert not found
    assert case.live_sessions == (1, 3)
    assert read_form(small_form(), WHERE)[0].live_sessions is None
    case_from_form(small_form(**{"case/live": "1, 3"}), tmp_path / "cas")
    assert form_of(tmp_path / "cas")["case/live"] == "1, 3"
