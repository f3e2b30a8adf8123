import pytest

from promptlab.errors import BadInput
from promptlab.files.class_list import Pupil
from promptlab.files.csv_rows import read_csv
from promptlab.grade.classroom import grade_class
from promptlab.grade.moodle import fill
from promptlab.grade.outcome import Job
from tests.grade.builders import any_copie, handed, read_json

SHEET = (
    '"Identifiant","Nom complet","Adresse de courriel","Statut","Note","Note maximale","Feedback par commentaires"\n'
    '"Participant 4321","Dupont Léa","lea@example.org","Remis","","20,00",""\n'
    '"Participant 77","Ben, Ali","ali@example.org","Remis","","20,00","Déjà vu"\n'
    '"Participant 78","Rose Martin","rose@example.org","Non remis","","20,00",""\n'
)
PUPILS = (Pupil("P01", "Léa Dupont"), Pupil("P02", "", "ali@example.org"), Pupil("P03", "Jean Petit"))


@pytest.fixture
def graded(setup, on):
    files = [
        handed(any_copie(on, "P01", 1), "Dupont Léa_4321_assignsubmission_file_copie.json"),
        handed(any_copie(on, "P02", 2), "copie-P02.json"),
        handed(any_copie(on, "P03", 3), "copie-P03.json"),
    ]
    return grade_class(files, setup, Job.of(setup, read_json, documents=False), pupils=PUPILS)


def filled(text, graded, tmp_path, **more):
    path = tmp_path / "notes.csv"
    path.write_text(text, "utf-8", newline="")
    return fill(read_csv(path), graded, name="notes.csv", **more)


def marks(graded):
    return {entry.outcome.pupil: entry.mark.mark for entry in graded.entries}


def test_marks_are_put_in_by_number_of_the_file_and_by_address(graded, tmp_path):
    done = filled(SHEET, graded, tmp_path)
    lines = done.content.decode().splitlines()
    first = str(marks(graded)["P01"]).rstrip("0").rstrip(".").replace(".", ",")
    assert f'"Remis",{first},' in lines[1].replace('"' + first + '"', first)
    assert done.count == 2
    assert [problem.where for problem in done.problems] == ["copie-P03.json"]


def test_nothing_else_changes(graded, tmp_path):
    before, after = SHEET.splitlines(), filled(SHEET, graded, tmp_path).content.decode().splitlines()
    assert (before[0], before[3]) == (after[0], after[3])
    assert before[2].split('"Remis",')[0] == after[2].split('"Remis",')[0]
    assert after[2].endswith('"20,00","Déjà vu"')


def test_the_file_keeps_its_decimal_sign_and_its_scale(graded, tmp_path):
    english = SHEET.replace("20,00", "10.00").replace("Note maximale", "Maximum Grade").replace('"Note"', '"Grade"')
    path = tmp_path / "n.csv"
    path.write_bytes(filled(english, graded, tmp_path).content)
    file = read_csv(path)
    number = float(file.texts(1)[4])
    assert number == pytest.approx(float(marks(graded)["P01"]) / 2, abs=0.005)


GRADEBOOK = (
    "Prénom;Nom de famille;Adresse de courriel;Devoir : Réclamation (Brut);Devoir : autre (Brut);"
    "Total du cours (Brut)\r\n"
    "Léa;DUPONT;l@example.org;;;\r\n"
)


def test_a_gradebook_with_several_columns_wants_to_know_which(graded, tmp_path):
    with pytest.raises(BadInput, match="Réclamation"):
        filled(GRADEBOOK, graded, tmp_path)
    done = filled(GRADEBOOK, graded, tmp_path, column="Devoir : Réclamation (Brut)")
    assert done.content.decode().splitlines()[1].startswith("Léa;DUPONT;l@example.org;")
    assert done.count == 1


def test_an_unknown_column_is_refused_with_those_there_are(graded, tmp_path):
    with pytest.raises(BadInput, match="Note maximale"):
        filled(SHEET, graded, tmp_path, column="Notes")


def test_two_pupils_of_one_name_are_not_guessed(graded, tmp_path):
    twice = SHEET + '"Participant 90","Jean Petit","a@b.c","Remis","","20,00",""\n' * 2
    done = filled(twice, graded, tmp_path)
    assert done.count == 2
