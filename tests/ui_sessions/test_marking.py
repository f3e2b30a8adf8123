"""Marking a class in the teacher's notebook: marks, files, the teacher's own decisions that stay."""

import csv

import pytest

from promptlab.errors import BadInput
from promptlab.files.overrides import read_overrides
from promptlab.files.returns import read_return
from promptlab.ui.session1_tries import answer_question
from promptlab.ui.teacher import ClassroomPanel
from promptlab.ui.teacher_decisions import Decision, decide
from promptlab.ui.teacher_marking import MarkingPanel
from tests.ui.acting import has, node_of, nodes, press, words_of, write
from tests.ui_sessions.builders import desk_in


def a_class(folder):
    """A panel over the copies of two pupils."""
    desk_in(folder, "P08")
    desk = desk_in(folder, "P07")
    desk.change(lambda copie: answer_question(copie, "quiz", "reclamation-ou-litige", "Un litige"))
    panel = MarkingPanel(desk)
    write(panel, "mark-session", "1")
    return panel


def marked(folder):
    panel = a_class(folder)
    press(panel, "mark")
    return panel


def mark_of(panel, pupil):
    row = next(node for node in nodes(panel.tree()) if node["k"].endswith(f"-{pupil}") and node["kind"] == "row")
    cells = ["".join(part["t"] for child in nodes(cell) for part in child.get("parts", ())) for cell in row["children"]]
    return float(cells[1].replace(",", "."))


def test_class_is_marked_and_its_files_are_given(tmp_path):
    panel = marked(tmp_path)
    assert mark_of(panel, "P07") >= mark_of(panel, "P08")
    for name in ("marks.xlsx", "marks.csv", "class.html"):
        ((message, (content,)), *_more) = press(panel, f"get-{name}")
        assert message["name"] == name
        assert content == (tmp_path / "marks" / name).read_bytes()
    assert sorted(path.stem for path in (tmp_path / "marks" / "returns").iterdir()) == ["P07", "P08"]


def test_names_come_from_the_teachers_list_and_go_into_no_copie(tmp_path):
    panel = a_class(tmp_path)
    (tmp_path / "classe.csv").write_text("pseudonyme;nom\nP07;Dupont Léa\nP09;Absent\n", "utf-8")
    write(panel, "mark-pupils", str(tmp_path / "classe.csv"))
    press(panel, "mark")
    assert "Dupont Léa" in words_of(panel)
    assert "P09" in words_of(panel)
    assert not any("Dupont" in path.read_text("utf-8") for path in (tmp_path / "copies").glob("*.json"))


def test_folder_that_is_not_there_is_told_beside_the_button(tmp_path):
    panel = a_class(tmp_path)
    write(panel, "mark-source", str(tmp_path / "nowhere"))
    press(panel, "mark")
    assert "nowhere" in node_of(panel, "mark")["error"]
    assert not has(panel, "marks")


def test_decision_of_the_teacher_counts_and_stays_when_marking_again(tmp_path):
    panel = marked(tmp_path)
    before = mark_of(panel, "P07")
    write(panel, "mark-pupil", "P07")
    write(panel, "decide-quiz-level", "BM")
    write(panel, "decide-quiz-comment", "=Vu à l’oral ; bien")
    press(panel, "decide")
    decided = mark_of(panel, "P07")
    assert decided > before
    again = MarkingPanel(panel.at)
    write(again, "mark-session", "1")
    press(again, "mark")
    assert mark_of(again, "P07") == decided
    write(again, "mark-pupil", "P07")
    assert node_of(again, "decide-quiz-level")["value"] == "BM"
    assert node_of(again, "decide-quiz-comment")["value"] == "=Vu à l’oral ; bien"
    returned = read_return(tmp_path / "marks" / "returns" / "P07.json").returned
    assert "Vu à l’oral" in " ".join(comment.text for comment in returned.comments)


def test_decision_that_cannot_be_leaves_the_sheet_as_it_was(tmp_path):
    panel = marked(tmp_path)
    write(panel, "mark-pupil", "P07")
    write(panel, "decide-quiz-points", "99")
    press(panel, "decide")
    assert "99" in node_of(panel, "decide")["error"]
    sheet = tmp_path / "marks" / "overrides.csv"
    assert "99" not in (sheet.read_text("utf-8-sig") if sheet.exists() else "")


def test_other_lines_and_columns_of_the_sheet_stay(tmp_path):
    sheet = tmp_path / "overrides.csv"
    sheet.write_bytes(
        "élève;critère;niveau;points;commentaire;à moi\r\nP01;quiz;M;;« bien »;x\r\nP02;quiz;;;;y\r\n".encode()
    )
    decide(tmp_path, [Decision("P02", "quiz", points="3,5"), Decision("P03", "langue", "BM", comment="a;b")])
    rows = list(csv.reader(sheet.read_text("utf-8").splitlines(), delimiter=";"))
    assert rows[1] == ["P01", "quiz", "M", "", "« bien »", "x"]
    assert rows[2] == ["P02", "quiz", "", "3,5", "", "y"]
    assert rows[3][:5] == ["P03", "langue", "BM", "", "a;b"]
    assert [(one.pupil, one.level) for one in read_overrides(sheet).entries] == [
        ("P01", "M"),
        ("P02", ""),
        ("P03", "BM"),
    ]


def test_sheet_without_a_column_and_decisions_in_toml_are_refused(tmp_path):
    (tmp_path / "overrides.toml").write_text("format = 1\n", "utf-8")
    with pytest.raises(BadInput, match=r"overrides\.toml"):
        decide(tmp_path, [Decision("P07", "quiz", "M")])
    (tmp_path / "overrides.csv").write_text("élève;critère\nP01;quiz\n", "utf-8")
    with pytest.raises(BadInput, match="niveau"):
        decide(tmp_path, [Decision("P07", "quiz", "M")])
    assert (tmp_path / "overrides.csv").read_text("utf-8") == "élève;critère\nP01;quiz\n"


def test_teacher_says_how_often_the_quiz_may_be_handed_in(tmp_path):
    from promptlab.ui.classroom import read_classroom

    panel = ClassroomPanel(desk_in(tmp_path))
    write(panel, "quiz-tries", "1")
    write(panel, "show-findings", False)
    press(panel, "save-class")
    allowed = read_classroom(tmp_path)
    assert (allowed.quiz_tries, allowed.findings) == (1, False)
    (tmp_path / "classe.toml").write_text("quiz_tries = 99\n", "utf-8")
    with pytest.raises(BadInput, match="99"):
        read_classroom(tmp_path)
