"""The command: a file in, a whole run or nothing out."""

import json
import shutil

import click
import pytest

from promptlab.ask.imports import recorded
from promptlab.cli import bring as bring_module
from promptlab.cli.bring import command
from promptlab.errors import BadInput, CannotWrite
from promptlab.files.cases import load_case, shipped_cases
from promptlab.files.runs import read_run
from tests.imports.builders import ANSWERS, PROMPTS, STEPS, Talk, chain, docx_of, written

TRACKED = (
    '<w:p xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    '<w:r><w:t xml:space="preserve">1. Recevoir </w:t></w:r>'
    '<w:ins w:id="1" w:author="P"><w:r><w:t>calmement</w:t></w:r></w:ins>'
    '<w:del w:id="2" w:author="P"><w:r><w:delText>vite</w:delText></w:r></w:del></w:p>'
)


def files(folder, *contents, suffix=".md"):
    made = [folder / f"prompt{number}{suffix}" for number, _content in enumerate(contents, 1)]
    for path, content in zip(made, contents, strict=True):
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return made


def test_export_becomes_a_run_with_its_origin(bring, runs, tmp_path):
    said = bring(written(tmp_path / "export.zip", chain()))
    run = read_run(runs / "essai")
    assert [answer.text for answer in run.answers] == list(ANSWERS)
    assert [answer.prompt for answer in run.answers] == list(PROMPTS)
    source = run.answers[0].provenance
    assert (source.model, source.provider, source.collected[:10], source.modified) == (
        "gpt-5-mini", "ChatGPT", "2026-03-20", False)  # fmt: skip
    assert "Retours" in source.note
    assert said["problems"] == []
    assert [answer["turn"] for answer in said["answers"]] == [1, 2, 3]


def test_imported_run_is_one_that_the_case_can_replay(bring, tmp_path):
    from promptlab.cli import main

    bring(written(tmp_path / "export.zip", chain()), "--run", "gpt")
    assert main(["run", "reclamation", "--run", "gpt", "--to", str(tmp_path / "out")]) == 0


def test_case_of_ones_own_gets_the_run_in_its_folder(tmp_path, capsys):
    case = shutil.copytree(shipped_cases() / "reclamation", tmp_path / "cas")
    export = written(tmp_path / "export.zip", chain())
    command.main(args=[str(export), "--into", str(case), "--run", "gpt"], standalone_mode=False)
    assert "gpt" in [run.name for run in load_case(case).runs]
    assert str(case) in capsys.readouterr().err


def test_markdown_files_are_the_answers_in_their_order_and_to_the_letter(bring, runs, tmp_path):
    said = bring(*files(tmp_path, *ANSWERS), "--model", "m-1", "--tool", "Le Chat", "--date", "21/11/2026")
    run = read_run(runs / "essai")
    assert [answer.text for answer in run.answers] == list(ANSWERS)
    assert [answer.prompt for answer in run.answers] == list(PROMPTS)
    source = run.answers[0].provenance
    assert (source.model, source.provider, source.collected) == ("m-1", "Le Chat", "2026-11-21")
    assert said["problems"] == []


def test_folder_is_read_in_the_order_of_its_numbers_and_the_rest_is_named(bring, runs, tmp_path):
    folder = tmp_path / "réponses"
    folder.mkdir()
    files(folder, *ANSWERS)
    (folder / "notes.pdf").write_bytes(b"%PDF")
    said = bring(folder)
    assert [answer.text for answer in read_run(runs / "essai").answers] == list(ANSWERS)
    assert "notes.pdf" in str(said["problems"])


def test_folder_with_a_gap_is_refused(bring, tmp_path):
    (tmp_path / "d").mkdir()
    files(tmp_path / "d", *ANSWERS)[1].unlink()
    with pytest.raises(BadInput, match="prompt 2"):
        bring(tmp_path / "d")


def test_file_of_another_prompt_is_not_taken_for_the_first(bring, runs, tmp_path):
    one, two, _three = files(tmp_path, *ANSWERS)
    for given in ([two], [two, one]):
        with pytest.raises(BadInput, match=r"prompt2\.md"):
            bring(*given)
    assert not runs.exists()


def test_recorded_run_keeps_its_origin(bring, runs):
    bring(shipped_cases() / "reclamation" / "answers" / "run-c", "--run", "copie")
    assert read_run(runs / "copie").answers[0].provenance.model == "Claude"


def test_unknown_origin_is_recorded_so_and_told(bring, runs, tmp_path):
    said = bring(*files(tmp_path, *ANSWERS))
    source = read_run(runs / "essai").answers[0].provenance
    assert (source.model, source.provider) == ("not stated", "not stated")
    assert source.collected == source.day == "day not stated"
    assert "brought in on 20" in source.note
    assert "--tool, --model, --date" in str(said["problems"])


def test_origin_that_the_file_states_is_kept_against_the_options(bring, runs, tmp_path):
    said = bring(written(tmp_path / "e.zip", chain()), "--model", "autre")
    assert read_run(runs / "essai").answers[0].provenance.model == "gpt-5-mini"
    assert "autre" in str(said["problems"])


def test_person_at_the_terminal_is_asked_for_what_is_not_known(runs, tmp_path, monkeypatch):
    asked = []
    monkeypatch.setattr(bring_module.sys, "stdin", type("Tty", (), {"isatty": lambda self: True})())
    answers = iter(["Le Chat", "", "21/11/2026"])
    monkeypatch.setattr(click, "prompt", lambda text, **_options: asked.append(text) or next(answers))
    given = [str(path) for path in files(tmp_path, *ANSWERS)]
    arguments = [*given, "--into", "reclamation", "--run", "essai", "--to", str(tmp_path / "out")]
    command.main(args=arguments, standalone_mode=False)
    source = read_run(runs / "essai").answers[0].provenance
    assert (source.provider, source.model, source.collected) == ("Le Chat", "not stated", "2026-11-21")
    assert len(asked) == 3


def test_one_file_can_hold_the_whole_conversation(bring, runs, tmp_path):
    talk = "\n".join(f"Vous avez dit :\n{p}\n\nChatGPT a dit :\n{a}" for p, a in zip(PROMPTS, ANSWERS, strict=True))
    bring(files(tmp_path, talk, suffix=".txt")[0])
    assert [answer.text.split() for answer in read_run(runs / "essai").answers] == [text.split() for text in ANSWERS]


def test_one_answer_alone_begins_a_run_and_the_missing_ones_are_told(bring, tmp_path):
    said = bring(files(tmp_path, STEPS)[0])
    assert len(said["answers"]) == 1
    assert "1 answer to the 3 prompts" in str(said["problems"])


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252", "utf-16"])
def test_texts_of_all_encodings_are_read(bring, runs, tmp_path, encoding):
    bring(files(tmp_path, STEPS.encode(encoding))[0])
    assert read_run(runs / "essai").answers[0].text == STEPS


def test_tracked_changes_are_applied_and_told(bring, runs, tmp_path):
    content = docx_of("1. Recevoir", "2. Répondre", extra=TRACKED)
    said = bring(files(tmp_path, content, suffix=".docx")[0])
    text = read_run(runs / "essai").answers[0].text
    assert "calmement" in text
    assert "vite" not in text
    assert all(fact in str(said["problems"]) for fact in ("1 tracked insertion", "1 tracked deletion"))


def test_word_that_is_a_bomb_or_no_word_document_is_refused(bring, runs, tmp_path):
    with pytest.raises(BadInput):
        bring(files(tmp_path, b"PK\x03\x04rien", suffix=".docx")[0])
    assert not runs.exists()


@pytest.mark.parametrize("name", ["a.odt", "a.pdf", "a.rtf", "a.doc", "a.xyz"])
def test_other_forms_are_refused_with_what_to_do(bring, runs, tmp_path, name):
    (tmp_path / name).write_bytes(b"x")
    with pytest.raises(BadInput, match=name):
        bring(tmp_path / name)
    assert not runs.exists()


def test_run_that_is_there_is_never_written_over(bring, runs, tmp_path):
    export = written(tmp_path / "e.zip", chain())
    bring(export)
    before = {path: path.read_bytes() for path in runs.rglob("*.*")}
    with pytest.raises(BadInput, match="essai"):
        bring(export)
    with pytest.raises(BadInput, match="run-a"):
        bring(export, "--run", "run-a")
    assert {path: path.read_bytes() for path in runs.rglob("*.*")} == before


def test_nothing_is_left_where_writing_fails_half_way(bring, runs, tmp_path, monkeypatch):
    def half(folder, run):
        folder.mkdir(parents=True)
        (folder / "prompt1.md").write_text("x")
        raise CannotWrite("plein")

    monkeypatch.setattr(recorded, "write_run", half)
    with pytest.raises(CannotWrite):
        bring(written(tmp_path / "e.zip", chain()))
    assert list(runs.iterdir()) == []


def test_answer_that_was_cut_makes_a_person_look(bring, tmp_path):
    talk = Talk()
    for prompt in PROMPTS:
        talk.ask(prompt, STEPS, metadata={"finish_details": {"type": "max_tokens"}})
    said = bring(written(tmp_path / "e.zip", talk), status=1)
    assert {answer["status"] for answer in said["answers"]} == {"truncated"}


def test_list_is_json_too(tmp_path, capsys):
    export = written(tmp_path / "e.zip", Talk("Vide", "a"), chain())
    command.main(args=[str(export), "--list", "--json"], standalone_mode=False)
    assert [each["title"] for each in json.loads(capsys.readouterr().out)] == ["Vide", "Retours"]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--run", "a/b"], "a/b"),
        (["--date", "hier"], "hier"),
        (["--date", "31/02/2026"], "31/02/2026"),
        (["--turns", "deux"], "deux"),
        (["--turns", "7"], "7"),
        (["--conversation", "rien"], "rien"),
    ],
)
def test_bad_options_are_quoted_and_nothing_is_written(bring, runs, tmp_path, options, said):
    with pytest.raises(BadInput, match=said):
        bring(written(tmp_path / "e.zip", chain()), *options)
    assert not runs.exists()


def test_case_and_name_are_wanted(tmp_path):
    with pytest.raises(click.UsageError, match="--into"):
        command.main(args=["x.md"], standalone_mode=False)


def test_day_that_nobody_knows_is_said_so_in_every_document(tmp_path, capsys):
    from promptlab.cli import main

    case = shutil.copytree(shipped_cases() / "reclamation", tmp_path / "cas")
    given = [str(path) for path in files(tmp_path, *ANSWERS)]
    command.main(args=[*given, "--into", str(case), "--run", "colle"], standalone_mode=False)
    assert main(["run", str(case), "--run", "colle", "--to", str(tmp_path / "out")]) == 0
    assert main(["protocol", str(case), "--run", "colle", "--to", str(tmp_path / "p.html")]) == 0
    capsys.readouterr()
    for page in (*(tmp_path / "out").glob("*.html"), tmp_path / "p.html"):
        assert "day not stated" in page.read_text("utf-8")


def test_run_is_put_in_place_of_another_where_that_is_asked_and_the_other_is_kept(bring, runs, tmp_path):
    bring(*files(tmp_path, *ANSWERS), "--model", "un")
    for number in (2, 3):
        bring(*files(tmp_path, *ANSWERS), "--model", f"m{number}", "--replace")
    assert read_run(runs / "essai").answers[0].provenance.model == "m3"
    aside = runs / ".replaced"
    assert [read_run(aside / name).answers[0].provenance.model for name in ("essai", "essai-2")] == ["un", "m2"]


def test_run_that_comes_with_the_case_is_never_replaced(bring, runs, tmp_path):
    with pytest.raises(BadInput, match="run-a"):
        bring(*files(tmp_path, *ANSWERS), "--run", "run-a", "--replace")
    assert not runs.exists()
