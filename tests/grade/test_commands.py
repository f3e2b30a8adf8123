"""The commands grade, pack and key from end to end, on files of all three kinds."""

import io
import json
import zipfile

import pytest
from click.testing import CliRunner

from promptlab.align.columns import columns_of
from promptlab.align.compare import compare
from promptlab.cli.grade import command as grade
from promptlab.cli.key import command as key
from promptlab.cli.pack import command as pack
from promptlab.errors import BadInput
from promptlab.files.copie_form import to_text, to_values
from promptlab.files.csv_rows import read_csv
from promptlab.files.keys import read_key
from promptlab.files.returns import read_return
from promptlab.word.comparison import comparison_docx
from tests.grade.builders import a_case_folder, a_copie, any_copie, statements, tagging


def run(command, *arguments):
    return CliRunner().invoke(command, [str(argument) for argument in arguments], standalone_mode=False)


@pytest.fixture(scope="module")
def handout(keyed_case):
    return compare(columns_of(keyed_case.run("run-a")), by="meaning", title=keyed_case.title)


def notebook(copie, said="le 2026-11-20"):
    output = {
        "output_type": "display_data",
        "metadata": {},
        "data": {"application/vnd.promptlab.work+json": to_values(copie), "text/plain": said},
    }
    cell = {"cell_type": "code", "id": "a", "source": "x", "outputs": [output], "execution_count": 1, "metadata": {}}
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [cell]}).encode()


@pytest.fixture(scope="module")
def class_zip(tmp_path_factory, keyed_case, on, handout):
    """Five pupils: a document, a notebook and copies, as Moodle packs them; two files that cannot be read."""
    one, two, three, four, five = (any_copie(on, f"P0{number}", number) for number in range(1, 6))
    entries = {
        "Dupont Léa_11_assignsubmission_file_tableau.docx": comparison_docx(handout, case=keyed_case, copie=one),
        "Ben Ali_12_assignsubmission_file_/séance 2.ipynb": notebook(two),
        "Petit Jo_13_assignsubmission_file_copie.json": to_text(three).encode(),
        "Roy Zoé_14_assignsubmission_file_copie (1).json": to_text(four).encode(),
        "Roy Zoé_14_assignsubmission_file_copie.json": to_text(four).replace('"revision": 1', '"revision": 0').encode(),
        "groupe/Cinq_15_assignsubmission_file_copie.json": to_text(five).encode(),
        "Abîmé_16_assignsubmission_file_tableau.docx": b"PK\x03\x04 rien",
        "Photo_17_assignsubmission_file_devoir.jpg": b"x",
    }
    path = tmp_path_factory.mktemp("zip") / "rendus.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return path


@pytest.fixture(scope="module")
def marked(tmp_path_factory, keyed_case, class_zip):
    """The class marked once, with a list of pupils and a Moodle table."""
    folder = tmp_path_factory.mktemp("notes")
    (folder / "classe.csv").write_text("code;nom\nP01;Léa Dupont\nP02;Ali Ben\nP09;Zoé Absente\n", "utf-8")
    (folder / "moodle.csv").write_text("Identifiant,Note\nParticipant 11,\nParticipant 12,\n", "utf-8")
    out = folder / "notes"
    options = ("--pupils", folder / "classe.csv", "--moodle", folder / "moodle.csv")
    return run(grade, class_zip, "--case", keyed_case.folder, "--to", out, *options), out


def test_the_whole_class_is_marked_and_what_a_person_must_see_is_said(marked):
    result, out = marked
    assert result.exception is None
    assert result.return_value == 1  # two files could not be read
    values = json.loads((out / "class.json").read_text("utf-8"))
    assert [pupil["pupil"] for pupil in values["pupils"]] == ["P02", "P01", "P03", "P04", "P05"]
    assert len(values["unreadable"]) == 2
    assert len(values["superseded"]) == 1
    assert values["missing"] == ["P09"]
    assert "P09" in result.output
    assert "devoir.jpg" in result.output


def test_all_the_files_are_there(marked):
    _result, out = marked
    pupils = ("P01", "P02", "P03", "P04", "P05")
    expected = {f"feedback/{pupil}{ending}" for pupil in pupils for ending in (".html", ".docx")}
    expected |= {f"returns/{pupil}.json" for pupil in pupils}
    expected |= {"marks.csv", "marks.xlsx", "class.html", "class.json", "moodle.csv"}
    assert {path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file()} == expected
    assert read_return(out / "returns" / "P02.json").copie == "id-P02"


def test_the_moodle_table_has_the_marks(marked):
    _result, out = marked
    file = read_csv(out / "moodle.csv")
    assert all(file.texts(number)[1] for number in (1, 2))


def test_a_document_and_a_copie_of_the_same_work_get_the_same_mark(keyed_case, on, handout, tmp_path):
    copie = any_copie(on, "P01", 7)
    marks = []
    for name, content in (
        ("a.docx", comparison_docx(handout, case=keyed_case, copie=copie)),
        ("a.json", to_text(copie).encode()),
    ):
        path = tmp_path / name
        path.write_bytes(content)
        result = run(grade, path, "--case", keyed_case.folder, "--to", tmp_path / f"notes-{name}")
        assert result.return_value == 0, result.output
        values = json.loads((tmp_path / f"notes-{name}" / "class.json").read_text("utf-8"))
        marks.append(values["pupils"][0]["results"])
    assert marks[0] == marks[1]


def test_marking_again_takes_up_what_the_teacher_filled_in(keyed_case, on, tmp_path):
    (tmp_path / "copie.json").write_bytes(to_text(any_copie(on, "P01", 1)).encode())
    arguments = (tmp_path / "copie.json", "--case", keyed_case.folder, "--to", tmp_path / "notes", "--session", "4")
    assert run(grade, *arguments).return_value == 0
    sheet = tmp_path / "notes" / "overrides.csv"
    text = sheet.read_text("utf-8-sig")
    assert "P01;langue;;;" in text
    sheet.write_text(text.replace("P01;langue;;;", "P01;langue;BM;;Très bien écrit."), "utf-8-sig", newline="")
    assert run(grade, *arguments).return_value == 0
    values = json.loads((tmp_path / "notes" / "class.json").read_text("utf-8"))
    results = {one["criterion"]: one for one in values["pupils"][0]["results"]}
    assert (results["langue"]["points"], results["langue"]["by"]) == ("4", "teacher")
    assert results["plan"]["by"] == "nobody"
    assert "Très bien écrit." in (tmp_path / "notes" / "feedback" / "P01.html").read_text("utf-8")


def test_processes_give_the_same_class(keyed_case, class_zip, marked, tmp_path):
    result = run(grade, class_zip, "--case", keyed_case.folder, "--to", tmp_path, "--workers", "2")
    assert result.return_value == 1
    one = json.loads((marked[1] / "class.json").read_text("utf-8"))
    other = json.loads((tmp_path / "class.json").read_text("utf-8"))
    assert one["pupils"] == other["pupils"]
    assert one["items"] == other["items"]


def test_the_saved_outputs_of_notebooks_are_compared_when_asked(keyed_case, class_zip, on, tmp_path):
    reference = tmp_path / "reference.ipynb"
    reference.write_bytes(notebook(any_copie(on, "P99", 9)))
    out = tmp_path / "notes"
    run(grade, class_zip, "--case", keyed_case.folder, "--to", out, "--notebook-reference", reference)
    assert "séance 2.ipynb" in (out / "outputs.csv").read_text("utf-8-sig")


def test_what_may_differ_in_saved_outputs_is_smoothed(keyed_case, class_zip, on, tmp_path):
    reference, patterns = tmp_path / "reference.ipynb", tmp_path / "patterns.cfg"
    reference.write_bytes(notebook(any_copie(on, "P99", 9), said="le 2026-11-22"))
    patterns.write_text("regex: \\d{4}-\\d\\d-\\d\\d\nreplace: DATE\n", "utf-8")
    asked = (class_zip, "--case", keyed_case.folder, "--notebook-reference", reference)
    run(grade, *asked, "--to", tmp_path / "strict")
    run(grade, *asked, "--to", tmp_path / "smooth", "--notebook-patterns", patterns)
    strict, smooth = ((tmp_path / name / "outputs.csv").read_text("utf-8-sig") for name in ("strict", "smooth"))
    assert "different" in strict
    assert "different" not in smooth


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("rien", "--to", "notes"), "rien"),
        ((".", "--to", "notes", "--notebook-patterns", "p.cfg"), "--notebook-reference"),
        ((".", "--to", "notes", "--pupils", "absent.csv"), "absent.csv"),
        ((".", "--to", "notes", "--overrides", "absent.csv"), "absent.csv"),
        ((".", "--to", "notes", "--session", "8"), "8"),
    ],
)
def test_bad_input_is_refused_before_anything_is_written(keyed_case, tmp_path, monkeypatch, arguments, said):
    monkeypatch.chdir(tmp_path)
    result = run(grade, *arguments, "--case", keyed_case.folder)
    assert isinstance(result.exception, BadInput)
    assert said in str(result.exception)
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_the_pack_command_says_what_is_left_out(keyed_case, tmp_path):
    result = run(pack, keyed_case.folder, "--to", tmp_path / "eleves.zip")
    assert result.exception is None
    assert "key/run-a.toml" in result.output
    with zipfile.ZipFile(io.BytesIO((tmp_path / "eleves.zip").read_bytes())) as archive:
        assert not [name for name in archive.namelist() if "/key/" in name]


def test_a_key_is_made_of_the_teachers_copie_and_can_be_used_at_once(tmp_path):
    case = a_case_folder(tmp_path)
    (case.folder / "key" / "run-a.toml").unlink()
    (case.folder / "key" / "rubric.toml").unlink()
    from tests.grade.builders import an_exercise

    on = an_exercise(case)
    passages = statements(on, 2)[:3]
    taggings = [tagging(one, rationale="Trop général ici.", evidence="order") for one in passages]
    taggings.append(tagging(statements(on, 3)[0], "relevant", span=(0, 5)))
    copie = a_copie(on, "PROF", taggings, remarks=("La réponse ignore la facture.", ""))
    (tmp_path / "prof.json").write_bytes(to_text(copie).encode())
    made = run(key, tmp_path / "prof.json", "--case", case.folder)
    assert made.exception is None
    found = read_key(case.folder / "key" / "run-a.toml", case)
    assert len(found.items) == 4
    assert {item.why for item in found.items} == {"Trop général ici.", ""}
    assert [item.span for item in found.items if item.tag == "relevant"] == [(0, 5)]
    assert len(found.ideas) == 1
    again = run(key, "--case", case.folder, "--check")
    assert again.exception is None
    assert "run-a: 4" in again.output
    marked = run(grade, tmp_path / "prof.json", "--case", case.folder, "--to", tmp_path / "notes", "--session", "2")
    assert marked.return_value == 0
    values = json.loads((tmp_path / "notes" / "class.json").read_text("utf-8"))
    scores = {one["criterion"]: one["level"] for one in values["pupils"][0]["results"]}
    assert scores["etiquettes"] == "BM"
    assert scores["remarques"] == "BM"


def test_a_key_is_never_written_over(keyed_case, on, tmp_path):
    (tmp_path / "prof.json").write_bytes(to_text(any_copie(on, "PROF", 1)).encode())
    result = run(key, tmp_path / "prof.json", "--case", keyed_case.folder)
    assert isinstance(result.exception, BadInput)
    assert "run-a.toml" in str(result.exception)
