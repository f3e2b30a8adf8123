"""`promptlab compare` at the command line."""

import json
import shutil
from pathlib import Path

import pytest

from promptlab.cli import main
from promptlab.files.cases import shipped_cases

RUN = shipped_cases() / "reclamation" / "answers" / "run-a"
ANSWERS = [str(RUN / f"prompt{number}.md") for number in (1, 2, 3)]


@pytest.fixture(autouse=True)
def _english(monkeypatch):
    monkeypatch.setenv("PROMPTLAB_LANG", "en")


def test_by_rank_sets_step_n_beside_step_n(capsys):
    assert main(["compare", *ANSWERS, "--by", "rank", "--json"]) == 0
    table = json.loads(capsys.readouterr().out)
    assert table["by"] == "rank"
    assert [phase["cells"] for phase in table["phases"]] == [[[n], [n], [n]] for n in range(1, 8)] + [[[], [], [8]]]


def test_columns_keep_the_order_given(capsys):
    main(["compare", *reversed(ANSWERS), "--by", "rank", "--json"])
    columns = json.loads(capsys.readouterr().out)["columns"]
    assert [column["source"] for column in columns] == list(reversed(ANSWERS))


@pytest.mark.parametrize("ending", [".docx", ".html", ".csv", ".xlsx", ".md"])
def test_a_table_is_written_in_every_format(tmp_path, ending, capsys):
    assert main(["compare", *ANSWERS, "--by", "rank", "--to", str(tmp_path / f"table{ending}")]) == 0
    assert (tmp_path / f"table{ending}").stat().st_size > 1000
    assert capsys.readouterr().out == ""


def test_an_unknown_ending_lists_those_there_are(tmp_path, capsys):
    assert main(["compare", *ANSWERS, "--to", str(tmp_path / "table.pdf")]) == 2
    assert ".docx .html .csv .xlsx .md" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("count", [1, 31])
def test_fewer_than_two_or_more_than_thirty_answers_are_refused(count, capsys):
    assert main(["compare", *([ANSWERS[0]] * count)]) == 2
    assert "2 to 30" in capsys.readouterr().err


def test_a_missing_file_is_named(capsys):
    assert main(["compare", ANSWERS[0], "absent.md"]) == 2
    assert "absent.md" in capsys.readouterr().err


def test_an_answer_without_steps_is_told_and_keeps_its_column(tmp_path: Path, capsys):
    (tmp_path / "sans.md").write_text("Bonjour, je ne peux pas vous aider.\n", encoding="utf-8")
    assert main(["compare", ANSWERS[0], str(tmp_path / "sans.md"), "--by", "rank", "--json"]) == 0
    table = json.loads(capsys.readouterr().out)
    assert any("sans.md" in problem["where"] for problem in table["problems"])


def test_json_and_a_file_together_are_refused(tmp_path):
    assert main(["compare", *ANSWERS, "--json", "--to", str(tmp_path / "t.csv")]) == 2


def test_a_read_only_folder_is_told_and_nothing_is_left(tmp_path, capsys, monkeypatch):
    import tempfile

    def refuse(**_kwargs):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(tempfile, "mkstemp", refuse)
    assert main(["compare", *ANSWERS, "--by", "rank", "--to", str(tmp_path / "t.csv")]) == 2
    assert "t.csv" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_recorded_answers_bring_their_prompts_and_provenance(tmp_path):
    main(["compare", *ANSWERS, "--to", str(tmp_path / "t.md")])
    text = (tmp_path / "t.md").read_text(encoding="utf-8")
    assert "Dans le cadre d'une réclamation écrite" in text
    assert "Claude" in text


def test_words_that_a_prompt_added_are_named_where_they_changed_the_answer(capsys):
    main(["compare", *ANSWERS, "--json"])
    changes = json.loads(capsys.readouterr().out)["changes"]
    assert any("écrite" in change["why"] or "marchandises" in change["why"] for change in changes)


def test_an_answer_is_never_written_over_by_its_table(tmp_path, capsys):
    mine = tmp_path / "reponse.md"
    mine.write_text(Path(ANSWERS[0]).read_text(encoding="utf-8"), encoding="utf-8")
    before = mine.read_bytes()
    assert main(["compare", str(mine), ANSWERS[1], "--to", str(tmp_path / "." / "reponse.md")]) == 2
    assert mine.read_bytes() == before


def test_equal_answers_are_said_to_be_equal(capsys):
    main(["compare", ANSWERS[0], ANSWERS[0], "--json"])
    table = json.loads(capsys.readouterr().out)
    assert all(phase["cells"][0] == phase["cells"][1] for phase in table["phases"])
    assert all("same" in phase["why"] for phase in table["phases"])


def test_a_recorded_answer_is_never_written_over(tmp_path):
    run = Path(shutil.copytree(RUN, tmp_path / "run"))
    before = (run / "prompt3.md").read_bytes()
    assert main(["compare", str(run / "prompt1.md"), str(run / "prompt2.md"), "--to", str(run / "prompt3.md")]) == 2
    assert (run / "prompt3.md").read_bytes() == before
