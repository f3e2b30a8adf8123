"""The command `promptlab decisions`."""

import json

import pytest
from click.testing import CliRunner

from promptlab.cli.decisions import command, decision_table
from promptlab.decisions import check, parse_decisions, read_decisions, to_values
from promptlab.errors import BadInput
from promptlab.files.copies import save
from promptlab.files.toml import to_toml
from promptlab.model.copie import Copie
from promptlab.review.writing import keep_work
from tests.decisions.builders import condition, rule, table, when

CLEAN = table(rule("A", "x", payee="oui"), rule("B", "y", payee="non"))
GAP = table(rule("A", "x", payee="oui"))
CLASH = table(rule("A", "x"), rule("B", "y", payee="non"))


def run(*arguments):
    return CliRunner().invoke(command, [str(each) for each in arguments], standalone_mode=False)


@pytest.fixture
def written(tmp_path):
    def write(whole, name="t.toml"):
        (tmp_path / name).write_text(to_toml(to_values(whole)), encoding="utf-8")
        return tmp_path / name

    return write


@pytest.mark.parametrize(("whole", "status"), [(CLEAN, 0), (GAP, 1), (CLASH, 1)])
def test_the_status_says_whether_a_person_must_look(written, whole, status):
    assert run(written(whole)).return_value == status


def test_hints_alone_do_not_ask_for_a_person(written):
    assert run(written(table(rule("A", "x", payee="oui"), rule("B", "x", payee="non")))).return_value == 0


def test_json_is_one_document_on_standard_output_and_nothing_else(written, tmp_path):
    done = run(written(GAP), "--json", "--to", tmp_path / "t.md")
    assert json.loads(done.stdout)["gaps"][0]["when"] == {"payee": ["non"]}
    assert "t.md" in done.stderr


ENDINGS = "docx html md xlsx csv toml json svg png pdf dot mmd drawio txt"


@pytest.mark.parametrize("ending", ENDINGS.split())
def test_every_ending_is_written(written, tmp_path, ending):
    assert run(written(CLEAN), "--to", tmp_path / "out" / f"s.{ending}").return_value == 0
    assert (tmp_path / "out" / f"s.{ending}").stat().st_size > 100


@pytest.mark.parametrize("ending", ["xlsx", "csv", "toml", "json"])
def test_what_is_written_is_read_again(written, tmp_path, ending):
    run(written(GAP), "--to", tmp_path / f"s.{ending}")
    assert read_decisions(tmp_path / f"s.{ending}") == GAP


def test_a_large_tree_goes_to_several_files(written, tmp_path):
    many = condition("n", *(f"v{n}" for n in range(8)))
    rules = [rule(f"{n}{p}", f"x{n}", f"y{p}", n=f"v{n}", payee=p) for n in range(8) for p in ("oui", "non")]
    run(written(table(*rules, conditions=[many, condition("payee")])), "--to", tmp_path / "s.svg")
    assert (tmp_path / "s.svg").is_file()
    assert (tmp_path / "s-2.svg").is_file()


def test_the_flowchart_is_drawn_where_it_is_asked_for(written, tmp_path):
    run(written(CLEAN), "--as", "flowchart", "--to", tmp_path / "s.txt")
    assert "Start" in (tmp_path / "s.txt").read_text(encoding="utf-8")


def test_missing_rules_are_proposed_for_filling_in(written, tmp_path):
    done = run(written(GAP), "--propose", "--to", tmp_path / "p.csv")
    assert done.return_value == 1
    proposed = read_decisions(tmp_path / "p.csv")
    assert [each.when for each in proposed.rules] == [when(payee="oui"), when(payee="non")]
    text = (tmp_path / "p.csv").read_text(encoding="utf-8-sig")
    filled = parse_decisions(text.replace("New1;non;;;", "New1;non;;Faire x;").encode(), name="p.csv")
    assert check(filled).is_clean


def test_proposing_without_a_file_is_refused(written):
    assert isinstance(run(written(GAP), "--propose").exception, BadInput)


def test_an_unknown_ending_leaves_the_folder_as_it_was(written, tmp_path):
    done = run(written(CLEAN), "--to", tmp_path / "out" / "s.doc")
    assert isinstance(done.exception, BadInput)
    assert not (tmp_path / "out").exists()


def test_a_fault_leaves_the_old_file(tmp_path):
    (tmp_path / "t.toml").write_text("title = 3", encoding="utf-8")
    (tmp_path / "s.csv").write_text("old")
    assert isinstance(run(tmp_path / "t.toml", "--to", tmp_path / "s.csv").exception, BadInput)
    assert (tmp_path / "s.csv").read_text() == "old"


def test_the_shipped_case_and_a_folder_mean_the_scheme_in_them(written, tmp_path):
    assert len(decision_table("reclamation").rules) > 30
    written(CLEAN, "decisions.toml")
    assert decision_table(str(tmp_path)) == CLEAN


def test_a_folder_without_scheme_and_an_unknown_name_are_told(tmp_path):
    with pytest.raises(BadInput, match=r"decisions\.toml"):
        decision_table(str(tmp_path))
    with pytest.raises(BadInput, match="reclamtion"):
        decision_table("reclamtion")


def test_a_copie_means_the_scheme_that_the_pupil_made(tmp_path):
    copie = keep_work(Copie("c1", "reclamation", ("P07",)), "decisions", 1, to_values(GAP))
    save(copie, tmp_path / "c.json", 0)
    assert decision_table(str(tmp_path / "c.json")) == GAP


def test_a_copie_without_scheme_is_told(tmp_path):
    save(Copie("c1", "reclamation"), tmp_path / "c.json", 0)
    with pytest.raises(BadInput, match="session 4"):
        decision_table(str(tmp_path / "c.json"))


def test_a_table_too_intricate_to_be_drawn_still_makes_a_document(written, tmp_path, monkeypatch):
    monkeypatch.setattr("promptlab.decisions.tree.MOST_ENDINGS", 1)
    done = run(written(CLEAN), "--to", tmp_path / "s.docx")
    assert done.return_value == 0
    assert "Un schéma" in done.stderr
    assert (tmp_path / "s.docx").is_file()
    assert isinstance(run(written(CLEAN), "--to", tmp_path / "s.svg").exception, BadInput)
