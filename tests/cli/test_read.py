import json
import shutil
from dataclasses import replace

import pytest
from click.testing import CliRunner

from promptlab.align.compare import compare
from promptlab.align.corrections import rename_phase
from promptlab.cli.read import command
from promptlab.errors import BadInput
from promptlab.files.cases import load_case, shipped_cases
from promptlab.files.copies import save
from promptlab.lesson import columns_of
from promptlab.model.comparison import Comparison
from promptlab.model.copie import Spot
from promptlab.review.begin import begin
from promptlab.review.correcting import correct_alignment
from promptlab.review.exercise import exercise
from promptlab.review.tagging import tag
from promptlab.review.writing import write_remark
from promptlab.word.comparison import comparison_docx
from tests.word_reading.builders import Document


@pytest.fixture(scope="module")
def on():
    case = load_case("reclamation")
    return exercise(case, Comparison("rank", columns_of(case.run("run-a")), ()))


@pytest.fixture
def copie(on):
    copie = begin(on, ["P07"], session=2, run="run-a")
    copie = tag(copie, on, Spot(2, "1.1", (0, 8)), "inappropriate", reason="channel", evidence="order:A52000")
    return write_remark(copie, on, 3, "plus précis")


def run(*arguments):
    return CliRunner().invoke(command, [str(argument) for argument in arguments])


def strange(copie, run):
    """The same about answers that the case does not hold."""
    answers = tuple(replace(answer, answer=f"unknown {answer.prompt}") for answer in copie.about.answers)
    return replace(copie, about=replace(copie.about, run=run, answers=answers))


def written(folder, copie, name="copie.json"):
    save(copie, folder / name, 0)
    return folder / name


def test_corrections_of_the_table_are_told_in_words(tmp_path, copie, on):
    table = compare(on.comparison.columns, by="rank")
    path = written(tmp_path, correct_alignment(copie, rename_phase(table, 1, "Début")))
    (said,) = json.loads(run(path, "--json").stdout)["corrections"]
    assert "is now called “Début”" in said
    assert f"table corrected: {said}" in run(path).stdout


def test_one_file_gives_an_object(tmp_path, copie):
    done = run(written(tmp_path, copie), "--json")
    shape = json.loads(done.stdout)
    assert (done.exit_code, done.stderr) == (0, "")
    assert (shape["copie"], shape["pupil"], shape["case"], shape["session"]) == (copie.id, "P07", "reclamation", 2)
    assert (shape["remarks"], shape["discussion"], shape["problems"]) == (["", "", "plus précis"], ["", "", ""], [])
    (one,) = shape["tags"]
    assert (one["column"], one["item"], one["span"], one["tag"]) == (2, "1.1", [0, 8], "inappropriate")
    assert one["item_text"][slice(*one["span"])] == one["text"]


def test_several_files_give_an_array_in_their_order(tmp_path, copie):
    other = replace(copie, id="other", pupils=())
    done = run(written(tmp_path, copie, "b.json"), written(tmp_path, other, "a.json"), "--json")
    assert [shape["pupil"] for shape in json.loads(done.stdout)] == ["P07", None]


def test_tag_that_no_longer_fits_is_a_problem_and_stays(tmp_path, copie):
    gone = replace(copie.taggings[0], item="9.9", text="Rappeler au téléphone", span=None)
    shape = json.loads(run(written(tmp_path, replace(copie, taggings=(gone,))), "--json").stdout)
    assert shape["tags"][0]["text"] == "Rappeler au téléphone"
    assert "Rappeler au téléphone" in shape["problems"][0]["message"]
    assert "9.9" in shape["problems"][0]["where"]


def test_case_that_is_not_at_hand_is_told(tmp_path, copie):
    path = written(tmp_path, replace(copie, case="../garantie"))
    assert "garantie" in json.loads(run(path, "--json").stdout)["problems"][0]["message"]


def test_copie_of_another_case_than_the_one_given_is_told(tmp_path, copie):
    answers = tuple(replace(answer, answer=f"other {answer.prompt}") for answer in copie.about.answers)
    path = written(tmp_path, replace(copie, case="garantie", about=replace(copie.about, answers=answers)))
    shape = json.loads(run(path, "--case", "reclamation", "--json").stdout)
    assert "“garantie”, not “reclamation”" in shape["problems"][0]["message"]
    assert len(shape["tags"]) == 1


def test_case_in_a_folder_of_another_name_is_the_same_case(tmp_path, copie):
    shutil.copytree(shipped_cases() / "reclamation", tmp_path / "sub")
    shape = json.loads(run(written(tmp_path, copie), "--case", tmp_path / "sub", "--json").stdout)
    assert (shape["problems"], len(shape["tags"])) == ([], 1)


def test_live_run_of_a_shipped_case_is_found_among_the_results(tmp_path, copie):
    shutil.copytree(
        shipped_cases() / "reclamation" / "answers" / "run-a", tmp_path / "answers" / "reclamation" / "live-1"
    )
    path = written(tmp_path, strange(copie, "live-1"))
    assert json.loads(run(path, "--to", tmp_path, "--json").stdout)["problems"] == []
    (problem,) = json.loads(run(path, "--to", tmp_path / "elsewhere", "--json").stdout)["problems"]
    assert "not checked" in problem["message"]
    assert "live-1" in problem["message"]


@pytest.mark.parametrize("out", ["../../out", "{folder}/out"])
def test_run_that_leads_out_of_the_results_is_not_read(tmp_path, copie, out):
    shutil.copytree(shipped_cases() / "reclamation" / "answers" / "run-a", tmp_path / "out")
    (tmp_path / "answers" / "reclamation").mkdir(parents=True)
    path = written(tmp_path, strange(copie, out.format(folder=tmp_path)))
    (problem,) = json.loads(run(path, "--to", tmp_path, "--json").stdout)["problems"]
    assert "not checked" in problem["message"]


def test_text_has_the_words_of_the_case(tmp_path, copie):
    shutil.copytree(shipped_cases() / "reclamation", tmp_path / "sub")
    manifest = tmp_path / "sub" / "case.toml"
    said = manifest.read_text(encoding="utf-8").replace('label = "inapproprié"', 'label = "hors sujet"')
    manifest.write_text(said, encoding="utf-8")
    shown = run(written(tmp_path, copie), "--case", tmp_path / "sub").stdout
    assert "2·1.1 [hors sujet]" in shown
    assert "(canal · " in shown
    assert "Remarks, PROMPT 3: plus précis" in shown


def test_without_json_it_is_read_as_text(tmp_path, copie):
    shown = run(written(tmp_path, copie)).stdout
    assert "P07" in shown
    assert "2·1.1 [inapproprié]" in shown
    assert "plus précis" in shown


def test_every_unreadable_file_is_told_and_nothing_is_printed(tmp_path, copie):
    damaged = tmp_path / "abime.json"
    damaged.write_text("{")
    done = run(written(tmp_path, copie), damaged, tmp_path / "copie.docx", "--json")
    assert isinstance(done.exception, BadInput)
    assert "abime.json" in str(done.exception)
    assert "copie.docx" in str(done.exception)
    assert ".json" in str(done.exception)
    assert done.stdout == ""
    assert damaged.read_text() == "{"


def test_document_gives_the_copie_that_it_shows(tmp_path, copie, on):
    table = compare(on.comparison.columns, by="rank")
    path = tmp_path / "comparaison.docx"
    path.write_bytes(comparison_docx(table, case=on.case, copie=copie))
    shape, kept = (json.loads(run(one, "--json").stdout) for one in (path, written(tmp_path, copie)))
    assert {key: shape[key] for key in ("copie", "pupil", "tags", "remarks")} == {
        key: kept[key] for key in ("copie", "pupil", "tags", "remarks")
    }
    assert (shape["changed"], shape["problems"]) == ([], [])


def test_changes_of_the_document_are_told(tmp_path, on):
    table = compare(on.comparison.columns, by="rank")
    document = Document(comparison_docx(table, case=on.case))
    document.paragraph("pl_2_1_1").getparent().remove(document.paragraph("pl_2_1_1"))
    path = tmp_path / "comparaison.docx"
    path.write_bytes(document.bytes())
    (one,) = json.loads(run(path, "--json").stdout)["changed"]
    assert set(one) == {"where", "was", "is"}
    assert (one["where"], one["is"]) == ("PROMPT 2, 1", "")
    assert one["was"] in run(path).stdout.replace("  ", " ")


@pytest.mark.parametrize("name", ["bilan.html", "bilan.md"])
def test_report_is_written_for_the_teacher(tmp_path, copie, name):
    done = run(written(tmp_path, copie), "--report", tmp_path / name)
    assert (done.exit_code, done.stdout) == (0, "")
    assert "plus précis" in (tmp_path / name).read_text(encoding="utf-8")


def test_report_of_another_kind_or_over_a_copie_is_refused(tmp_path, copie):
    path = written(tmp_path, copie)
    for target in (tmp_path / "bilan.pdf", path):
        assert isinstance(run(path, "--report", target).exception, BadInput)
    page = tmp_path / "page.html"
    page.write_bytes(path.read_bytes())
    assert isinstance(run(page, "--report", page).exception, BadInput)
    assert json.loads(path.read_text(encoding="utf-8"))["promptlab"] == "copie"
