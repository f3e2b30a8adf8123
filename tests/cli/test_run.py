"""The main job at the command line, on the shipped case and against a server on this machine."""

import shutil
from pathlib import Path

import pytest

from promptlab.cli import main
from promptlab.files.cases import load_case, shipped_cases
from tests.ask.server import Server, fails, says

STEPS = "1. **Recevoir** : noter la demande.\n2. **Répondre** : écrire au client.\n"


@pytest.fixture(autouse=True)
def _no_key(monkeypatch):
    monkeypatch.setenv("PROMPTLAB_LANG", "en")
    for name in ("OPENAI_API_KEY", "OPENAI_BASE_URL"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def case(tmp_path: Path) -> Path:
    """A copy of the shipped case, so that live runs are recorded into it."""
    return Path(shutil.copytree(shipped_cases() / "reclamation", tmp_path / "cas"))


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if not path.name.startswith(".")) if folder.exists() else []


def test_demo_makes_the_table_and_the_flowchart(tmp_path, capsys):
    assert main(["demo", "--to", str(tmp_path)]) == 0
    assert names_in(tmp_path) == [
        "reclamation-logigramme.png",
        "reclamation-logigramme.svg",
        "reclamation-run-a-tableau.csv",
        "reclamation-run-a-tableau.docx",
        "reclamation-run-a-tableau.html",
    ]
    told = capsys.readouterr()
    assert all(str(tmp_path / name) in told.out for name in names_in(tmp_path))


def test_the_summary_says_from_which_answers_the_files_were_made(tmp_path, capsys):
    main(["run", "reclamation", "--run", "run-c", "--to", str(tmp_path)])
    told = capsys.readouterr().err
    assert all(fact in told for fact in ("run-c", "Claude", "2026-11-21", "9 / 8 / 8"))


def test_a_case_may_be_a_folder_with_spaces_and_accents(case, tmp_path):
    moved = case.rename(tmp_path / "mon cas préféré")
    assert main(["run", str(moved), "--to", str(tmp_path / "sortie")]) == 0


def test_an_unknown_run_names_those_there_are_and_writes_nothing(tmp_path, capsys):
    assert main(["run", "reclamation", "--run", "run-z", "--to", str(tmp_path / "out")]) == 2
    assert "run-a, run-b, run-c" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_a_case_with_a_missing_answer_is_refused_with_its_place(case, tmp_path, capsys):
    (case / "answers" / "run-b" / "prompt3.md").unlink()
    assert main(["run", str(case), "--to", str(tmp_path / "out")]) == 2
    assert "prompt3.md" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_prompts_typed_with_other_apostrophes_and_spaces_replay_the_recorded_answers(tmp_path):
    typed = [
        "quelles sont les étapes du traitement de la réclamation client",
        "Dans le cadre d’une réclamation écrite.",
        "Pour un retour de  marchandises facturé à tort",
    ]
    assert (
        main(
            ["run", "reclamation", "--to", str(tmp_path), *(part for prompt in typed for part in ("--prompt", prompt))]
        )
        == 0
    )


def test_a_prompt_that_is_not_recorded_names_the_nearest_and_the_words_that_differ(tmp_path, capsys):
    assert (
        main(
            [
                "run",
                "reclamation",
                "--prompt",
                "Quelles sont les phases du traitement de la réclamation client ?",
                "--to",
                str(tmp_path / "out"),
            ]
        )
        == 2
    )
    told = capsys.readouterr().err
    assert "phases" in told
    assert "étapes" in told


def test_live_options_without_live_are_refused(capsys):
    assert main(["run", "reclamation", "--model", "m"]) == 2
    assert "--live" in capsys.readouterr().err


def live(case, server, out, *more, record="essai", prompts=()) -> int:
    """The status of a live run of `case` against `server`, its files in `out`."""
    typed = [part for prompt in prompts for part in ("--prompt", prompt)]
    named = ["--record", record] if record else []
    given = ["--live", "--base-url", server.url, "--model", "m", "--to", str(out)]
    return main(["run", str(case), *given, *named, *typed, *more])


def test_live_asks_one_conversation_records_it_and_makes_the_files(case, tmp_path):
    with Server(says(STEPS)) as server:
        assert live(case, server, tmp_path / "out") == 0
        assert [len(request["messages"]) for request in server.requests] == [1, 3, 5]
    run = load_case(case).run("essai")
    assert [answer.text for answer in run.answers] == [STEPS] * 3
    assert "cas-essai-tableau.docx" in names_in(tmp_path / "out")


def test_a_chain_that_was_cut_goes_on_where_it_stopped(case, tmp_path):
    with Server(says(STEPS), fails(401)) as server:
        assert live(case, server, tmp_path / "out") == 2
    with Server(says(STEPS)) as server:
        assert live(case, server, tmp_path / "out") == 0
        assert [len(request["messages"]) for request in server.requests] == [3, 5]


def test_repeating_the_chain_records_each_run_and_sets_their_answers_side_by_side(case, tmp_path):
    with Server(says(STEPS)) as server:
        live(case, server, tmp_path / "out", "--repeat", "2")
    assert {"essai-1", "essai-2"} <= set(names_in(case / "answers"))
    pages = {"cas-essai-1-prompt1-variations.html", "cas-essai-1-prompt3-variations.html"}
    assert pages <= set(names_in(tmp_path / "out"))


def test_a_truncated_answer_is_recorded_and_a_person_must_look(case, tmp_path, capsys):
    with Server(says(STEPS), says(STEPS), says("1. **Recevoir** : no", finish="length")) as server:
        assert live(case, server, tmp_path / "out") == 1
    assert load_case(case).run("essai").answers[2].status == "truncated"
    assert "answer 3" in capsys.readouterr().err


def test_personal_data_stops_everything_before_it_is_sent(case, tmp_path, capsys):
    with Server(says(STEPS)) as server:
        assert live(case, server, tmp_path, prompts=["Réponds à lea.dupont@orange.fr", "vite"]) == 2
        assert server.requests == []
    assert "prompt 1" in capsys.readouterr().err


def test_the_facts_of_the_case_may_be_sent(case, tmp_path):
    with Server(says(STEPS)) as server:
        assert live(case, server, tmp_path, prompts=["Réponds à marseilletextile@outlook.fr", "par écrit"]) == 0


def test_a_missing_key_is_told_before_anything_is_asked(capsys):
    assert main(["run", "reclamation", "--live", "--model", "m"]) == 2
    assert "OPENAI_API_KEY" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["../ailleurs", ".cache", "a/b", "x" * 80])
def test_a_run_name_that_is_no_folder_name_is_refused(case, tmp_path, name):
    with Server(says(STEPS)) as server:
        assert live(case, server, tmp_path, record=name) == 2
        assert server.requests == []
    assert names_in(case / "answers") == ["run-a", "run-b", "run-c"]


def test_a_table_that_a_pupil_has_filled_in_is_kept(tmp_path):
    main(["demo", "--to", str(tmp_path)])
    (tmp_path / "reclamation-run-a-tableau.docx").write_bytes(b"filled in by a pupil")
    assert main(["demo", "--to", str(tmp_path)]) == 0
    assert (tmp_path / "reclamation-run-a-tableau.docx").read_bytes() == b"filled in by a pupil"
    assert "reclamation-run-a-tableau-2.docx" in names_in(tmp_path)


def test_live_answers_to_a_shipped_case_are_recorded_among_the_results_and_replayed_from_there(tmp_path):
    with Server(says(STEPS)) as server:
        assert live("reclamation", server, tmp_path) == 0
    assert names_in(tmp_path / "answers" / "reclamation") == ["essai"]
    assert not (shipped_cases() / "reclamation" / "answers" / "essai").exists()
    assert main(["run", "reclamation", "--run", "essai", "--to", str(tmp_path)]) == 0


@pytest.mark.parametrize("prompts", [["Une seule question"], ["Quelles sont les étapes de …\u202f?", "pour …"]])
def test_a_chain_that_nobody_has_finished_is_not_sent(tmp_path, prompts):
    with Server(says(STEPS)) as server:
        assert live("reclamation", server, tmp_path, prompts=prompts) == 2
        assert server.requests == []


def test_the_name_of_a_run_that_comes_with_the_case_is_not_taken(tmp_path, capsys):
    with Server(says(STEPS)) as server:
        assert live("reclamation", server, tmp_path, record="run-a") == 2
        assert server.requests == []
    assert "run-a" in capsys.readouterr().err


def test_dots_that_a_pupil_types_are_sent(tmp_path):
    with Server(says(STEPS)) as server:
        assert live("reclamation", server, tmp_path, prompts=["Aide-moi...", "par écrit…"]) == 0


def test_replaying_a_truncated_run_asks_for_a_look_too(case, tmp_path):
    with Server(says(STEPS), says(STEPS), says("1. **Recevoir** : no", finish="length")) as server:
        live(case, server, tmp_path)
    assert main(["run", str(case), "--run", "essai", "--to", str(tmp_path)]) == 1


def test_faults_of_the_flowchart_are_listed_with_those_of_the_case(case, tmp_path, capsys):
    chart = case / "flowchart.toml"
    chart.write_text(chart.read_text(encoding="utf-8").replace('next = "stock"', 'next = "nowhere"'), encoding="utf-8")
    manifest = case / "case.toml"
    manifest.write_text(manifest.read_text(encoding="utf-8").replace('language = "fr"', 'language = "fra"'), "utf-8")
    assert main(["run", str(case), "--to", str(tmp_path / "out")]) == 2
    told = capsys.readouterr().err
    assert "nowhere" in told
    assert "language" in told
