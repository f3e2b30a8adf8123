"""`promptlab quiz` at the command line."""

import json
import shutil
from functools import partial

import click
import pytest
from click.testing import CliRunner

from promptlab.cli.quiz import command
from promptlab.errors import PromptlabError
from promptlab.files.cases import load_case, shipped_cases
from promptlab.files.quiz_writing import dump_quiz
from promptlab.files.quizzes import load_quiz
from promptlab.files.runs import read_run, write_run
from promptlab.model.answer import Run
from promptlab.quiz.acceptance import is_accepted
from promptlab.quiz.drafting import draft_prompt
from promptlab.quiz.recorded import FOLDER
from tests.ask.server import Server, says
from tests.quiz.builders import quiz, single
from tests.quiz.test_drafting import PASSAGE, answer, draft, entry

SHIPPED = shipped_cases() / "reclamation"


def run(*arguments):
    """The exit status of `promptlab quiz …`, as the command line makes it of errors."""
    try:
        return command.main([str(part) for part in arguments], standalone_mode=False) or 0
    except (PromptlabError, click.ClickException) as error:
        click.echo(str(error), err=True)
        return 2


@pytest.fixture
def case(tmp_path):
    ignored = shutil.ignore_patterns("resources", "quiz", "quiz.toml")
    folder = shutil.copytree(SHIPPED, tmp_path / "cas", ignore=ignored)
    (folder / "resources").mkdir()
    (folder / "resources" / "fiche.md").write_text(f"{PASSAGE}.\n", encoding="utf-8")
    return load_case(folder)


@pytest.fixture
def recorded(case):
    write_run(
        case.folder / FOLDER,
        Run("draft", (answer(draft(entry(), entry(id="b", text="Et la commande\u202f?")).text, draft_prompt(case)),)),
    )
    return case  # fmt: skip


@pytest.fixture
def file(tmp_path, recorded):
    """A draft made from the record."""
    target = tmp_path / "sortie" / "quiz.toml"
    assert run("make", recorded.folder, "--to", target) == 0
    return target


def test_recorded_draft_becomes_a_file_to_accept(file):
    made = load_quiz(file)
    assert [question.id for question in made.questions] == ["comparer", "b"]
    assert not any(map(is_accepted, made.questions))


def test_draft_never_writes_over_what_a_teacher_has_done(file, recorded):
    file.write_text(file.read_text("utf-8").replace("Et la commande", "Et la livraison"), encoding="utf-8")
    before = file.read_bytes()
    assert run("make", recorded.folder, "--to", file) == 0
    assert file.read_bytes() == before
    assert file.with_name("quiz-2.toml").exists()


def test_case_without_a_draft_says_what_to_do(case, tmp_path, capsys):
    assert run("make", case.folder, "--to", tmp_path / "q.toml") == 2
    assert "--live" in capsys.readouterr().err
    assert not (tmp_path / "q.toml").exists()


def test_live_draft_is_recorded_and_made_into_a_file(case, tmp_path, monkeypatch):
    monkeypatch.setenv("OPENAI_API_KEY", "sk-test")
    text = draft(entry()).text
    with Server(says(text)) as server:
        target = tmp_path / "q.toml"
        assert run("make", case.folder, "--live", "--model", "m", "--base-url", server.url, "--to", target) == 0
        (request,) = server.requests
    assert "response_format" in request
    assert request["messages"][0]["content"] == draft_prompt(case)
    assert len(load_quiz(target).questions) == 1
    assert read_run(tmp_path / "q-draft").answers[0].text == text


def test_draft_with_an_invented_source_needs_a_look(case, tmp_path, capsys):
    false = draft(entry(passage="L’article 9999 du Code civil dit cela"))
    write_run(case.folder / FOLDER, Run("draft", (answer(false.text, draft_prompt(case)),)))
    assert run("make", case.folder, "--to", tmp_path / "q.toml") == 1
    assert "9999" in capsys.readouterr().out


def test_check_prints_one_json_document(file, capsys):
    assert run("check", file, "--case", file.parents[1] / "cas", "--json") == 0
    found = json.loads(capsys.readouterr().out)
    assert found["questions"] == 2
    assert found["faults"] == found["accepted"] == []
    assert found["passages"][0]["passage"] == PASSAGE


def test_check_lists_faults_and_exits_with_1(tmp_path, capsys):
    path = tmp_path / "quiz.toml"
    path.write_text(dump_quiz(quiz(single(wrong=("Un don", "un don")), case="reclamation")), encoding="utf-8")
    assert run("check", path, "--json") == 1
    found = {fault["kind"] for fault in json.loads(capsys.readouterr().out)["faults"]}
    assert found == {"duplicate_choices", "passage_not_found"}


@pytest.mark.parametrize("text", ["", "format = 1\ntitle = 3\n", "[[", "\x00"])
def test_damaged_file_is_refused(tmp_path, text):
    path = tmp_path / "quiz.toml"
    path.write_text(text)
    assert run("check", path) == 2
    assert run("export", path, "--to", tmp_path / "q.gift") == 2
    assert not (tmp_path / "q.gift").exists()


def test_export_waits_for_acceptance(file, tmp_path, capsys):
    target, cas = tmp_path / "q.gift", file.parents[1] / "cas"
    assert run("export", file, "--to", target) == 2
    assert "comparer" in capsys.readouterr().err
    assert not target.exists()
    assert run("accept", file, "--question", "comparer", "--by", "CT", "--case", cas) == 1
    assert run("export", file, "--to", target) == 2
    assert run("export", file, "--to", target, "--accepted-only") == 1
    assert target.read_text("utf-8").count("::[html]") == 1
    assert run("accept", file, "--question", "b", "--by", "CT", "--case", cas) == 0
    assert run("export", file, "--to", target) == 0
    assert target.read_text("utf-8").count("::[html]") == 2


def test_unproved_question_is_not_accepted_in_passing(tmp_path, capsys):
    path = tmp_path / "quiz.toml"
    path.write_text(dump_quiz(quiz(single(source=None), case="reclamation")), encoding="utf-8")
    assert run("accept", path, "--question", "q", "--by", "CT") == 2
    assert not is_accepted(load_quiz(path).questions[0])
    assert run("accept", path, "--question", "q", "--by", "CT", "--despite-faults") == 0


def test_questions_are_accepted_one_by_one_on_the_screen(file):
    cas = str(file.parents[1] / "cas")
    done = CliRunner().invoke(
        command, ["accept", str(file), "--interactive", "--by", "CT", "--case", cas], input="y\nn\n"
    )
    assert PASSAGE in done.output
    assert [is_accepted(question) for question in load_quiz(file).questions] == [True, False]


def test_accept_says_which_questions_wait(file, capsys):
    assert run("accept", file, "--by", "CT") == 2
    assert "comparer, b" in capsys.readouterr().err


@pytest.mark.parametrize("ending", [".gift", ".xml", ".docx"])
def test_shipped_quiz_is_exported(tmp_path, ending):
    assert run("export", "reclamation", "--to", tmp_path / f"q{ending}") == 0
    assert (tmp_path / f"q{ending}").stat().st_size > 5000


@pytest.mark.parametrize("ending", [".gift", ".xml"])
def test_exported_quiz_is_imported_again(tmp_path, ending):
    out = partial(run, "export", "reclamation", "--to")
    assert out(tmp_path / f"q{ending}") == 0
    assert run("import", tmp_path / f"q{ending}", "--to", tmp_path / "zurück.toml") == 0
    assert run("check", tmp_path / "zurück.toml") == 0


@pytest.mark.parametrize(
    ("name", "text"), [("a.gift", "x {"), ("a.xml", "<quiz>"), ("a.xml", "<rss/>"), ("a.csv", "x")]
)
def test_file_that_cannot_be_imported_is_refused_by_name(tmp_path, capsys, name, text):
    (tmp_path / name).write_text(text)
    assert run("import", tmp_path / name, "--to", tmp_path / "q.toml") == 2
    assert name in capsys.readouterr().err
    assert not (tmp_path / "q.toml").exists()


def test_import_tells_what_it_left_out(tmp_path, capsys):
    (tmp_path / "a.gift").write_text("Rédigez. {}\n\nVrai ? {T}\n", encoding="utf-8")
    assert run("import", tmp_path / "a.gift", "--to", tmp_path / "q.toml") == 1
    assert "essay" in capsys.readouterr().err
    assert len(load_quiz(tmp_path / "q.toml").questions) == 1


def test_target_of_another_kind_is_refused(tmp_path, file):
    assert run("export", file, "--to", tmp_path / "q.pdf") == 2
    assert run("make", "reclamation", "--to", tmp_path / "q.gift") == 2


def test_choices_of_true_and_false_are_shown_in_words(file, french):
    from tests.quiz.builders import true_false

    file.write_text(dump_quiz(quiz(true_false())), "utf-8")
    done = CliRunner().invoke(command, ["accept", str(file), "--interactive"], input="q\n")
    assert "vrai" in done.output.casefold()
    assert " true " not in done.output
    assert "\u00a0: " in done.output.splitlines()[-1] or "\u00a0: q" in done.output
