import shutil
from decimal import Decimal
from pathlib import Path

import pytest

from promptlab.errors import BadInput
from promptlab.files.cases import load_case, shipped_cases
from promptlab.files.scaffold import new_case


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(shipped_cases() / "reclamation", tmp_path / "cas"))


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def faults_of(folder: Path) -> str:
    with pytest.raises(BadInput) as refused:
        load_case(folder)
    return str(refused.value)


def document(kind: str):
    return next(document for document in load_case("reclamation").documents if document.kind == kind)


def test_the_shipped_case_has_the_chain_of_three_prompts():
    assert load_case("reclamation").prompts == (
        "Quelles sont les étapes du traitement de la réclamation client ?",
        "Dans le cadre d'une réclamation écrite",
        "pour un retour de marchandises facturé à tort",
    )


def test_the_shipped_case_has_three_unmodified_runs_with_their_provenance():
    runs = load_case("reclamation").runs
    assert [run.name for run in runs] == ["run-a", "run-b", "run-c"]
    for answer in (answer for run in runs for answer in run.answers):
        assert (answer.provenance.model, answer.provenance.collected, answer.provenance.modified) == (
            "Claude",
            "2026-11-21",
            False,
        )


def test_recorded_prompts_are_the_prompts_of_the_case():
    case = load_case("reclamation")
    for run in case.runs:
        assert tuple(answer.prompt for answer in run.answers) == case.prompts


@pytest.mark.parametrize(
    ("kind", "number", "date", "ht", "vat", "ttc"),
    [
        ("order", "11-024", "20/11/N", "3722.35", "744.47", "4466.82"),
        ("invoice", "879", "26/11/N", "3915.85", "783.17", "4699.02"),
    ],
)
def test_totals_of_the_documents_are_those_printed(kind, number, date, ht, vat, ttc):
    paper = document(kind)
    assert (paper.number, paper.date) == (number, date)
    assert (paper.total_ht, paper.total_vat, paper.total_ttc) == (Decimal(ht), Decimal(vat), Decimal(ttc))


def test_errors_of_the_documents_are_kept_as_printed():
    delivery, complaint, order = document("delivery"), document("complaint"), document("order")
    assert delivery.lines[0].reference == "N52000"
    assert (delivery.lines[0].ordered, dict(delivery.cites)) == (Decimal(25), {"order": "S00024"})
    assert dict(complaint.cites)["delivery"] == "658"
    assert (order.lines[1].quantity, order.lines[1].unit_price, order.lines[1].amount) == (
        Decimal(150),
        Decimal("21.64"),
        Decimal("3245.85"),
    )


def test_the_eleven_tasks_stand_in_their_sessions():
    tasks = load_case("reclamation").tasks
    assert {task.number: task.sessions for task in tasks} == {
        1: (1,), 2: (1,), 3: (1,), 4: (1,), 5: (2,), 6: (2,), 7: (2,), 8: (3,), 9: (4,), 10: (4, 5), 11: (5,),
    }  # fmt: skip


def test_all_faults_of_a_case_are_listed_at_once(copy):
    edit(copy / "case.toml", 'language = "fr"', 'language = "fra"\nlevle = "x"')
    edit(copy / "documents" / "3-invoice.toml", '"26.80"', '"vingt-six"')
    (copy / "answers" / "run-b" / "prompt2.md").unlink()
    told = faults_of(copy)
    for place in (
        "case.toml, language",
        "case.toml, levle",
        "documents/3-invoice.toml, lines[1].unit_price",
        "prompt2.md",
    ):
        assert place in told


def test_a_misspelt_key_is_told_with_the_right_one(copy):
    edit(copy / "case.toml", "summary =", "sumary =")
    assert "summary" in faults_of(copy)


def test_broken_toml_is_told_with_its_line(copy):
    edit(copy / "case.toml", "prompts = [", "prompts = ")
    assert "case.toml" in faults_of(copy)
    assert "line" in faults_of(copy)


def test_a_file_in_another_encoding_is_told_with_its_line(copy):
    path = copy / "documents" / "2a-order.toml"
    path.write_bytes(path.read_text(encoding="utf-8").replace("toile", "étoile").encode("latin-1", "replace"))
    assert "documents/2a-order.toml" in faults_of(copy)


def test_a_case_of_a_newer_format_is_refused(copy):
    edit(copy / "case.toml", "format = 1", "format = 2")
    assert "case.toml, format" in faults_of(copy)


def test_a_default_run_that_is_not_there_is_told_with_those_that_are(copy):
    shutil.rmtree(copy / "answers" / "run-a")
    told = faults_of(copy)
    assert "run-a" in told
    assert "run-b, run-c" in told


def test_an_unknown_case_names_the_nearest_shipped_one():
    with pytest.raises(BadInput, match="reclamation"):
        load_case("reclamations")


def test_a_folder_without_case_is_refused(tmp_path):
    with pytest.raises(BadInput, match=r"case\.toml"):
        load_case(tmp_path)


def test_a_new_case_can_be_read_at_once(tmp_path):
    new_case(tmp_path / "mon cas")
    assert len(load_case(tmp_path / "mon cas").prompts) == 3


def test_a_new_case_never_overwrites(tmp_path):
    (tmp_path / "notes.txt").write_text("à garder")
    with pytest.raises(BadInput, match="not empty"):
        new_case(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


@pytest.mark.parametrize("date", ["32/11/N", "20 novembre", "30/02/2026", "2026-13-01"])
def test_a_date_that_is_none_is_a_fault(copy, date):
    edit(copy / "documents" / "2a-order.toml", 'date = "20/11/N"', f'date = "{date}"')
    assert "documents/2a-order.toml, date" in faults_of(copy)


@pytest.mark.parametrize("date", ["20/11/N", "1/1/N+1", "20/11/2026", "2026-11-20"])
def test_dates_of_textbooks_and_of_computers_are_understood(copy, date):
    edit(copy / "documents" / "2a-order.toml", 'date = "20/11/N"', f'date = "{date}"')
    assert load_case(copy).documents[1].date == date


def test_an_unknown_kind_of_document_is_one_fault(copy):
    edit(copy / "documents" / "2a-order.toml", 'kind = "order"', 'kind = "commande"')
    assert faults_of(copy).count("\n") == 1


def test_faults_of_a_run_are_counted_one_by_one(copy):
    (copy / "answers" / "run-b" / "prompt2.md").unlink()
    (copy / "answers" / "run-b" / "prompt3.md").unlink()
    told = faults_of(copy)
    assert told.splitlines()[0].endswith("2 faults to mend.")
    assert len(told.splitlines()) == 3
