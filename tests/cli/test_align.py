"""`promptlab align` at the command line, and what `run` and `compare` do with an alignment that was kept."""

import json
import shutil

import pytest

from promptlab.cli import main
from promptlab.files.alignments import FILE, read_alignments
from promptlab.files.cases import shipped_cases
from promptlab.files.runs import MANIFEST
from tests.ask.server import Server, says
from tests.ask.test_structured import embeddings


@pytest.fixture
def case(tmp_path):
    """A copy of the shipped case in which no alignment is kept."""
    folder = shutil.copytree(shipped_cases() / "reclamation", tmp_path / "cas")
    (folder / FILE).unlink(missing_ok=True)
    return folder


def kept(case, run="run-a"):
    return read_alignments(case / FILE)[run]


def table(case, capsys, *options, run="run-a", by="checked", file=FILE):
    answers = [str(case / "answers" / run / f"prompt{number}.md") for number in (1, 2, 3)]
    capsys.readouterr()
    assert main(["compare", *answers, "--by", by, "--alignment", str(case / file), "--json", *options]) == 0
    return json.loads(capsys.readouterr().out)


def test_rows_are_shown_and_nothing_is_kept(case, capsys):
    assert main(["align", str(case)]) == 0
    assert "1. " in capsys.readouterr().out
    assert not (case / FILE).exists()


def test_saved_rows_are_a_file_to_edit_that_nobody_has_checked_yet(case, capsys):
    assert main(["align", str(case), "--run", "run-a", "--save"]) == 0
    assert (kept(case).checked, kept(case).by) == ("", "meaning")
    found = table(case, capsys)
    assert found["by"] == "meaning"
    assert any("checked" in problem["message"] for problem in found["problems"])


def test_checked_rows_say_who_checked_them(case, capsys):
    assert main(["align", str(case), "--checked", "P. Prof"]) == 0
    assert f"promptlab run {case} --run run-a --by checked" in capsys.readouterr().err
    found = table(case, capsys)
    assert (found["by"], "P. Prof" in found["origin"]) == ("checked", True)


def test_corrections_are_kept_taken_back_and_made_again(case, capsys):
    before = len(table_rows(case, capsys))
    assert main(["align", str(case), "--merge", "1", "2"]) == 0
    assert len(table_rows(case, capsys)) == before - 1
    assert main(["align", str(case), "--undo"]) == 0
    assert len(table_rows(case, capsys)) == before
    assert main(["align", str(case), "--redo"]) == 0
    assert [correction.kind for correction in kept(case).history.done] == ["merge"]
    assert table(case, capsys)["by"] == "meaning+corrections"


def table_rows(case, capsys):
    """The lines that `align` prints for its rows."""
    capsys.readouterr()
    main(["align", str(case)])
    return [line for line in capsys.readouterr().out.splitlines() if line[:1].isdigit()]


def test_every_correction_is_applied(case, capsys):
    for given in (
        ["--move", "1:1", "2"],
        ["--rename", "2", "Nom", "neuf"],
        ["--reorder", "2", "1"],
        ["--split", "1", "1:1"],
        ["--move", "1:2", "new"],
    ):
        assert main(["align", str(case), *given]) == 0, given
    assert [correction.kind for correction in kept(case).history.done] == ["move", "rename", "reorder", "split", "move"]
    assert table_rows(case, capsys)[0] == "1. Nom neuf"


def test_saving_makes_the_corrections_part_of_the_rows(case, capsys):
    assert main(["align", str(case), "--merge", "1", "2"]) == 0
    rows = table_rows(case, capsys)
    assert main(["align", str(case), "--save"]) == 0
    assert kept(case).history.done == ()
    assert kept(case).by == "meaning+corrections"
    assert table_rows(case, capsys) == rows


def test_rows_corrected_after_a_check_must_be_checked_again(case, capsys):
    assert main(["align", str(case), "--checked", "moi"]) == 0
    assert main(["align", str(case), "--merge", "1", "2"]) == 0
    assert table(case, capsys)["by"] == "checked+corrections"
    assert main(["align", str(case), "--save"]) == 0
    assert (kept(case).checked, kept(case).by) == ("", "meaning+corrections")
    assert main(["align", str(case), "--checked", "moi"]) == 0
    assert table(case, capsys)["by"] == "checked"


def test_run_uses_the_checked_rows_only_where_asked(case, tmp_path):
    assert main(["align", str(case), "--rename", "1", "Zébulon"]) == 0
    for by, found in (("checked", True), ("meaning", False)):
        assert main(["run", str(case), "--by", by, "--to", str(tmp_path / by)]) == 0
        assert ("Zébulon" in (tmp_path / by / "cas-run-a-tableau.html").read_text("utf-8")) is found


def test_run_without_kept_rows_says_how_to_keep_some(case, tmp_path, capsys):
    assert main(["run", str(case), "--by", "checked", "--to", str(tmp_path / "out")]) == 2
    assert "--save" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (["--merge", "1", "99"], "99"),
        (["--merge", "1"], "--merge"),
        (["--move", "2-5", "3"], "“2-5”"),
        (["--rename", "x", "Nom"], "“x”"),
        (["--split", "1", "9:1"], "column 9"),
        (["--merge", "--undo", "1", "2"], "--merge, --undo"),
        (["3"], "“3”"),
        (["--undo"], "take back"),
        (["--redo"], "make again"),
        (["--live"], "--by model"),
        (["--live", "--by", "model", "--save"], "second command"),
        (["--model", "m"], "--model"),
        (["--run", "run-z"], "run-a"),
    ],
)
def test_what_makes_no_sense_is_refused_and_nothing_is_kept(case, capsys, given, said):
    assert main(["align", str(case), *given]) == 2
    assert said in capsys.readouterr().err
    assert not (case / FILE).exists()


def test_other_method_does_not_replace_kept_rows_unasked(case, capsys):
    assert main(["align", str(case), "--checked", "moi"]) == 0
    assert main(["align", str(case), "--by", "rank", "--merge", "1", "2"]) == 2
    assert FILE in capsys.readouterr().err
    assert kept(case).checked == "moi"
    assert main(["align", str(case), "--by", "rank", "--save"]) == 0
    assert kept(case).by == "rank"


def test_runs_are_kept_side_by_side_in_one_file(case):
    for run in ("run-a", "run-b"):
        assert main(["align", str(case), "--run", run, "--save"]) == 0
    assert list(read_alignments(case / FILE)) == ["run-a", "run-b"]


def test_damaged_file_is_refused_and_left_alone(case, capsys):
    (case / FILE).write_text("{", encoding="utf-8")
    assert main(["align", str(case), "--save"]) == 2
    assert FILE in capsys.readouterr().err
    assert (case / FILE).read_text("utf-8") == "{"


@pytest.mark.parametrize("options", [["--by", "checked"], ["--alignment", "x.json"]])
def test_alignment_and_method_go_together(case, options):
    answers = [str(case / "answers" / "run-a" / f"prompt{number}.md") for number in (1, 2)]
    assert main(["compare", *answers, *options]) == 2


# ---------------------------------------------------------------- asked of a server


def ask(case, by, server, monkeypatch):
    monkeypatch.setenv("OPENAI_API_KEY", "")
    asked = ["--live", "--by", by, "--model", "stub-2", "--base-url", server.url]
    return main(["align", str(case), "--run", "run-a", *asked])


def one_row_for_each_step(case):
    """A partition that no method would make, in the words of a model."""
    counts = [answer.steps for answer in saved_answers(case)]
    phases = [
        {"label": f"L{one}.{rank}", "why": "w", "steps": [{"answer": one, "step": rank}]}
        for one, count in enumerate(counts, 1)
        for rank in range(1, count + 1)
    ]
    return json.dumps({"phases": phases})


def saved_answers(case):
    from promptlab.align.recorded import answers_of
    from promptlab.files.cases import load_case
    from promptlab.lesson import columns_of

    return answers_of(columns_of(load_case(case).run("run-a")))


def test_rows_of_a_model_are_recorded_beside_the_answers_and_replayed_offline(case, tmp_path, capsys, monkeypatch):
    with Server(says(one_row_for_each_step(case))) as server:
        assert ask(case, "model", server, monkeypatch) == 0
    file = "answers/run-a/alignment-model.json"
    saved = read_alignments(case / file)["run-a"]
    assert saved.provenance.model == "stub-2"
    assert saved.request == server.requests[0]["messages"][0]["content"]
    found = table(case, capsys, by="model", file=file)
    assert found["by"] == "model"
    assert "stub-2" in found["origin"]
    assert all(sum(map(len, phase["cells"])) == 1 for phase in found["phases"])
    assert main(["run", str(case), "--by", "model", "--to", str(tmp_path / "out")]) == 0
    assert "stub-2" in (tmp_path / "out" / "cas-run-a-tableau.html").read_text("utf-8")


def test_rows_that_leave_a_step_out_are_not_recorded(case, capsys, monkeypatch):
    with Server(says('{"phases": []}')) as server:
        assert ask(case, "model", server, monkeypatch) == 2
    assert len(server.requests) == 2
    assert "1.1" in capsys.readouterr().err
    assert not (case / "answers" / "run-a" / "alignment-model.json").exists()


def test_embeddings_are_recorded_and_replayed(case, capsys, monkeypatch):
    count = sum(answer.steps for answer in saved_answers(case))
    with Server(embeddings(*[(place % 7, place % 5, 1) for place in range(count)])) as server:
        assert ask(case, "embeddings", server, monkeypatch) == 0
    assert table(case, capsys, by="embeddings", file="answers/run-a/alignment-embeddings.json")["by"] == "embeddings"


def test_recorded_rows_of_answers_that_changed_are_refused(case, tmp_path, capsys, monkeypatch):
    with Server(says(one_row_for_each_step(case))) as server:
        assert ask(case, "model", server, monkeypatch) == 0
    answer = case / "answers" / "run-a" / "prompt2.md"
    answer.write_text(answer.read_text("utf-8").replace("Vérifier", "Regarder"), encoding="utf-8")
    assert main(["run", str(case), "--by", "model", "--to", str(tmp_path / "out")]) == 2
    assert "prompt 2" in capsys.readouterr().err


def test_run_does_not_take_kept_rows_for_answers_asked_live(case):
    assert main(["run", str(case), "--live", "--by", "checked", "--model", "m"]) == 2


def test_compare_asks_records_beside_the_answers_and_replays_from_there(case, capsys, monkeypatch):
    monkeypatch.setenv("OPENAI_API_KEY", "")
    answers = [str(case / "answers" / "run-a" / f"prompt{number}.md") for number in (1, 2, 3)]
    with Server(says(one_row_for_each_step(case))) as server:
        live = ["--live", "--model", "stub-2", "--base-url", server.url]
        assert main(["compare", *answers, "--by", "model", *live, "--json"]) == 0
    assert (case / "answers" / "run-a" / "alignment-model.json").is_file()
    first = json.loads(capsys.readouterr().out)
    assert main(["compare", *answers, "--by", "model", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == first
    assert first["by"] == "model"


def test_compare_of_loose_files_asks_and_says_that_nothing_is_kept(case, tmp_path, capsys, monkeypatch):
    monkeypatch.setenv("OPENAI_API_KEY", "")
    loose = [tmp_path / f"{number}.md" for number in (1, 2)]
    for path, title in zip(loose, "AB", strict=True):
        path.write_text(f"1. {title}\n2. Suite {title}\n", encoding="utf-8")
    with Server(embeddings((1, 0), (0, 1), (1, 0), (0, 1))) as server:
        live = ["--live", "--model", "e", "--base-url", server.url]
        assert main(["compare", *map(str, loose), "--by", "embeddings", *live, "--json"]) == 0
    said = capsys.readouterr()
    assert json.loads(said.out)["by"] == "embeddings"
    assert "--alignment" in said.err


@pytest.mark.parametrize("options", [["--live"], ["--live", "--by", "checked"], ["--model", "m"]])
def test_compare_asks_nobody_for_a_method_that_needs_no_server(case, options):
    answers = [str(case / "answers" / "run-a" / f"prompt{number}.md") for number in (1, 2)]
    assert main(["compare", *answers, *options]) == 2


def test_asked_rows_never_replace_those_a_person_has_checked(case, capsys, monkeypatch):
    monkeypatch.setenv("OPENAI_API_KEY", "")
    assert main(["align", str(case), "--checked", "moi"]) == 0
    before = (case / FILE).read_bytes()
    answers = [str(case / "answers" / "run-a" / f"prompt{number}.md") for number in (1, 2, 3)]
    with Server(says(one_row_for_each_step(case))) as server:
        live = ["--live", "--model", "m", "--base-url", server.url, "--alignment", str(case / FILE)]
        assert main(["compare", *answers, "--by", "model", *live]) == 2
    assert server.requests == []
    assert (case / FILE).read_bytes() == before


# ---------------------------------------------------------------- what a person did is not lost


def edit(case, change):
    """Change comparison.json as a person would in an editor; `change` gets the entry of run-a."""
    values = json.loads((case / FILE).read_text("utf-8"))
    change(values["runs"]["run-a"])
    (case / FILE).write_text(json.dumps(values), encoding="utf-8")


def change_answer(case, old="Vérifier", new="Regarder"):
    answer = case / "answers" / "run-a" / "prompt2.md"
    answer.write_text(answer.read_text("utf-8").replace(old, new), encoding="utf-8")


def forget_last_step(entry):
    last = entry["answers"][2]["steps"]
    entry["answers"][2]["steps"] = last - 1
    for phase in entry["phases"]:
        phase["steps"] = [step for step in phase["steps"] if (step["answer"], step["rank"]) != (3, last)]
    entry["phases"] = [phase for phase in entry["phases"] if phase["steps"]]


def test_step_that_a_file_leaves_out_is_never_left_out_of_the_table(case, capsys):
    assert main(["align", str(case), "--run", "run-a", "--checked", "moi"]) == 0
    edit(case, forget_last_step)
    answers = [str(case / "answers" / "run-a" / f"prompt{number}.md") for number in (1, 2, 3)]
    capsys.readouterr()
    assert main(["compare", *answers, "--by", "checked", "--alignment", str(case / FILE)]) == 2
    said = capsys.readouterr()
    assert ("prompt3.md" in said.err, "8" in said.err, said.out) == (True, True, "")


@pytest.mark.parametrize("option", [["--save"], ["--checked", "moi"]])
def test_corrections_that_no_longer_fit_are_carried_over(case, capsys, option):
    assert main(["align", str(case), "--merge", "1", "2"]) == 0
    change_answer(case)
    assert main(["align", str(case), *option]) == 0
    assert [correction.kind for correction in kept(case).history.done] == ["merge"]
    assert main(["align", str(case), *option]) == 0
    assert [correction.kind for correction in kept(case).history.done] == ["merge"]
    found = table(case, capsys)
    assert found["by"] == ("meaning" if option == ["--save"] else "checked")
    assert any("kept but not applied" in problem["message"] for problem in found["problems"])


def test_rows_are_not_called_corrected_where_no_correction_fits(case, capsys):
    assert main(["align", str(case), "--merge", "1", "2"]) == 0
    change_answer(case)
    assert table_by_case(case, capsys).count("corrected by hand") == 0


def table_by_case(case, capsys):
    capsys.readouterr()
    assert main(["align", str(case)]) == 0
    return capsys.readouterr().err


def test_note_of_a_former_checker_goes_with_them(case):
    assert main(["align", str(case), "--run", "run-a", "--checked", "P. Prof"]) == 0
    edit(case, lambda entry: entry.update(note="à relire"))
    assert main(["align", str(case), "--save"]) == 0
    assert (kept(case).checked, kept(case).note) == ("P. Prof", "à relire")
    assert main(["align", str(case), "--checked", "M. Dupont"]) == 0
    assert (kept(case).checked, kept(case).note) == ("M. Dupont", "")


def test_reorder_to_its_own_row_is_refused_and_not_kept(case, capsys):
    assert main(["align", str(case), "--reorder", "2", "2"]) == 2
    assert "2" in capsys.readouterr().err
    assert not (case / FILE).exists()


def test_advice_for_checked_rows_of_changed_answers_works_and_keeps_the_former_rows(case, capsys):
    assert main(["align", str(case), "--run", "run-a", "--checked", "moi"]) == 0
    before = (case / FILE).read_bytes()
    change_answer(case)
    for option in ([], ["--save"], ["--checked", "moi"]):
        assert main(["align", str(case), "--run", "run-a", *option]) == 2
    said = capsys.readouterr().err
    advice = said.rpartition("“promptlab ")[2].partition("”")[0]
    assert advice == f"align {case} --run run-a --by meaning --save"
    assert (case / FILE).read_bytes() == before
    assert main(advice.split()) == 0
    assert kept(case).checked == ""
    assert (case / "comparison.old.json").read_bytes() == before
    assert "comparison.old.json" in capsys.readouterr().err
    assert main(["align", str(case), "--run", "run-a"]) == 0


def test_rows_set_aside_before_are_not_overwritten(case):
    for who in ("une", "deux"):
        assert main(["align", str(case), "--checked", who]) == 0
        assert main(["align", str(case), "--by", "rank", "--save"]) == 0
    names = ("comparison.old.json", "comparison.old-2.json")
    assert [read_alignments(case / name)["run-a"].checked for name in names] == ["une", "deux"]


def test_run_of_a_shipped_case_is_found_where_results_go(tmp_path, capsys):
    results = tmp_path / "résultats"
    mine = results / "answers" / "reclamation" / "mienne"
    shutil.copytree(shipped_cases() / "reclamation" / "answers" / "run-a", mine)
    manifest = mine / MANIFEST
    manifest.write_text(manifest.read_text("utf-8").replace('"run-a"', '"mienne"'), encoding="utf-8")
    given = ["align", "reclamation", "--run", "mienne", "--to", str(results)]
    assert main([*given, "--save"]) == 0
    assert list(read_alignments(results / "answers" / "reclamation" / FILE)) == ["mienne"]
    assert main(given[:-2]) == 2
    assert "mienne" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"format": 1' + "0" * 5000 + "}", "5001"),
        (
            '{"format": 1, "runs": {"run-a": {"by": "rank", "answers": [{"prompt": 1, "answer": "a", '
            '"steps": 1000000000}], "phases": [{"label": "L", "steps": [{"answer": 1, "rank": 1}]}]}}}',
            "1000000000",
        ),
        (
            '{"format": 1, "runs": {"run-a": {"by": "rank", "answers": [{"prompt": 1, "answer": "a", '
            '"steps": 9000}], "phases": [{"label": "L", "steps": [{"answer": 1, "rank": 1}]}]}}}',
            "8999",
        ),
    ],
)
def test_absurd_number_in_the_file_is_one_clear_fault(case, capsys, text, said):
    (case / FILE).write_text(text, encoding="utf-8")
    assert main(["align", str(case), "--run", "run-a"]) == 2
    lines = capsys.readouterr().err.strip().splitlines()
    assert len([line for line in lines if line.startswith("  - ")]) == 1
    assert said in lines[-1]
