"""The dashboard of the pupil and the notebook of the teacher: tasks, handing in, what goes back."""

import json
from dataclasses import replace
from decimal import Decimal

import pytest

from promptlab.errors import BadInput
from promptlab.files.copies import read_copie
from promptlab.model.copie import Comment, Return
from promptlab.review.writing import receive, set_task
from promptlab.ui.classroom import Classroom, read_classroom, write_classroom
from promptlab.ui.dashboard import AllTasks, HandInPanel, OpenPanel, ReturnedPanel, all_tasks_html
from promptlab.ui.session import Closed, Session, Tasks, Welcome, open_session
from promptlab.ui.teacher import ClassroomPanel, FollowPanel, PreparePanel
from promptlab.ui.teacher_class import follow, send_back
from tests.handin.builders import a_copie, as_notebook, values
from tests.ui.acting import node_of, press, upload, words_of, write
from tests.ui_sessions.builders import NOW, desk_in, shipped


def test_task_is_ticked_by_the_pupil_and_only_shown_to_be_validated(tmp_path):
    desk = desk_in(tmp_path, "P07")
    panel = AllTasks(desk)
    write(panel, "s1-task-1", True)
    assert read_copie(desk.path).tasks == (1,)
    assert node_of(panel, "s1-task-1-validated")["fixed"]
    write(panel, "s1-task-1", False)
    assert read_copie(desk.path).tasks == ()


def test_dashboard_has_every_task_of_every_session(tmp_path):
    panel = AllTasks(desk_in(tmp_path, "P07"))
    rows = [key for key in words_of(panel).splitlines() if key[:2].strip(".").isdecimal()]
    assert len([row for row in rows if row.startswith("10.")]) == 2  # it is done in two sessions
    assert "0 of 11" in words_of(panel)


def test_session_shows_its_own_tasks(tmp_path):
    words = words_of(Tasks(desk_in(tmp_path, "P07"), 3))
    assert "8." in words
    assert "9." not in words


def test_static_tasks_say_their_state_in_words(tmp_path):
    desk = desk_in(tmp_path, "P07")
    desk.change(lambda copie: set_task(copie, desk.case, 1))
    html = all_tasks_html(desk)
    assert html.count("(done)") == 1
    assert html.count("(to do)") == 11


def test_hand_in_says_where_the_file_is(tmp_path):
    panel = HandInPanel(desk_in(tmp_path, "P07", "P12"))
    press(panel, "hand-in")
    assert panel.path.is_file()
    assert str(panel.path) in words_of(panel)
    assert read_copie(panel.path).pupils == ("P07", "P12")


def test_hand_in_warns_of_personal_data(tmp_path):
    desk = desk_in(tmp_path, "P07")
    from promptlab.review.writing import write_remark

    desk.change(lambda copie: write_remark(copie, desk.exercise, 1, "Écrivez à lea.dupont@gmail.com"))
    panel = HandInPanel(desk)
    press(panel, "hand-in")
    assert "remark" in words_of(panel)


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b'{"promptlab": "copie", "format": 99}', "élève".encode("latin-1")]
)
def test_file_that_is_no_copie_is_refused_beside_the_field(tmp_path, content):
    desk = desk_in(tmp_path, "P07")
    panel = OpenPanel(desk)
    before = desk.path.read_bytes()
    upload(panel, "open-file", "copie.json", content)
    assert node_of(panel, "open-file")["error"]
    assert desk.path.read_bytes() == before


def test_mark_and_comments_are_shown(tmp_path, french):
    desk = desk_in(tmp_path, "P07")
    sent = Return((1, 4), Decimal("14.5"), Decimal(20), (Comment("Bien prouvé.", "Étape 3"), Comment("<b>Bravo</b>")))
    desk.change(lambda copie: receive(copie, sent))
    words = words_of(ReturnedPanel(desk))
    for shown in ("14,5 / 20", "1, 4", "Étape 3", "<b>Bravo</b>"):
        assert shown in words


def test_pupil_can_leave_and_another_one_sits_down(tmp_path):
    desk = desk_in(tmp_path, "P07")
    panel = Welcome(desk, 1)
    press(panel, "leave")
    write(panel, "pseudonym", "P08")
    press(panel, "sign-in")
    assert desk.copie.pupils == ("P08",)
    assert len(list(desk.folder.glob("*.json"))) == 2


# ---------------------------------------------------------------- what pupils may do


class Shown(Session):
    """A session that notes what it shows."""

    number = 3


def test_closed_session_says_so_and_shows_nothing_else(tmp_path, monkeypatch):
    shown = []
    monkeypatch.setattr("promptlab.ui.session.show", shown.append)
    write_classroom(tmp_path, Classroom((1, 2)), (1, 2, 3, 4, 5))
    Shown(desk_in(tmp_path)).start()
    assert len(shown) == 1
    assert isinstance(shown[0], Closed)
    assert "3" in words_of(shown[0])


def test_faulty_class_file_is_told(tmp_path, monkeypatch):
    shown = []
    monkeypatch.setattr("promptlab.ui.session.show", shown.append)
    (tmp_path / "classe.toml").write_text('sessions = "toutes"\n')
    Shown(desk_in(tmp_path)).start()
    assert "sessions" in words_of(shown[0])


def test_class_file_gives_back_what_was_written(tmp_path):
    allowed = Classroom((1, 3), True, 'mi"stral\n', "https://ia.example/v1")
    write_classroom(tmp_path, allowed, (1, 2, 3, 4, 5))
    assert read_classroom(tmp_path) == allowed


def test_live_questions_need_a_model(tmp_path):
    panel = ClassroomPanel(desk_in(tmp_path))
    write(panel, "live", True)
    press(panel, "save-class")
    assert "model" in node_of(panel, "save-class")["error"].lower()
    assert not (tmp_path / "classe.toml").exists()


def test_teacher_opens_sessions(tmp_path):
    panel = ClassroomPanel(desk_in(tmp_path))
    for number in (3, 4, 5):
        write(panel, f"open-{number}", False)
    press(panel, "save-class")
    assert read_classroom(tmp_path).sessions == (1, 2)


def test_session_that_there_is_not_is_refused():
    with pytest.raises(BadInput, match="7"):
        open_session(7)


# ---------------------------------------------------------------- the class


def class_in(folder, *names):
    for name in names:
        desk = desk_in(folder, name)
        desk.change(lambda copie: set_task(copie, shipped(), 1))
    return folder / "copies"


def test_class_is_listed_whatever_the_files_are_called(tmp_path):
    folder = class_in(tmp_path, "P07", "P12")
    (folder / "copie-reclamation-P07.json").rename(folder / "DUPONT_lea_12345_copie.json")
    (folder / "notes.json").write_text("{")
    found = follow(folder, shipped())
    assert [each.name for each in found.pupils] == ["P07", "P12"]
    assert any("notes.json" in problem for problem in found.problems)


def test_file_with_a_doubt_is_named_once_beside_it(tmp_path):
    broken = {"promptlab": "copie", "id": "x", "format": 1}
    (tmp_path / "carnet.ipynb").write_bytes(as_notebook(broken, values(a_copie())))
    found = follow(tmp_path, shipped())
    assert [problem.count("carnet.ipynb") for problem in found.problems] == [1]


def test_later_state_of_a_copie_counts(tmp_path):
    folder = class_in(tmp_path, "P07")
    old = (folder / "copie-reclamation-P07.json").read_text()
    desk = desk_in(tmp_path, "P07")
    desk.change(lambda copie: set_task(copie, desk.case, 4))
    (folder / "z-old.json").write_text(old)
    (found,) = follow(folder, shipped()).pupils
    assert found.copie.tasks == (1, 4)


def test_validated_tasks_reach_the_dashboard_of_the_pupil(tmp_path):
    class_in(tmp_path, "P07")
    teacher = FollowPanel(desk_in(tmp_path))
    (found,) = teacher.found
    write(teacher, "pupil", found.copie.id)
    write(teacher, "valid-1", True)
    write(teacher, "comment", "Continuez.")
    press(teacher, "send-back")
    (path,) = (tmp_path / "copies" / "returns").glob("*.json")
    assert json.loads(path.read_text())["return"]["validated"] == [1]
    assert follow(tmp_path / "copies", shipped()).pupils[0].validated(1)


def test_mark_given_before_stays_when_tasks_are_validated(tmp_path):
    folder = class_in(tmp_path, "P07")
    desk = desk_in(tmp_path, "P07")
    desk.change(lambda copie: receive(copie, Return((), Decimal(12), Decimal(20), (Comment("Vu."),))))
    (found,) = follow(folder, shipped()).pupils
    send_back(found, folder, (1,), (Comment("Bien."),), now=NOW)
    (again,) = follow(folder, shipped()).pupils
    assert (again.returned.mark, [one.text for one in again.returned.comments]) == (Decimal(12), ["Vu.", "Bien."])


def test_folder_that_is_not_there_is_told(tmp_path):
    panel = FollowPanel(desk_in(tmp_path))
    write(panel, "folder", str(tmp_path / "rien"))
    press(panel, "look")
    assert "rien" in words_of(panel)


def test_comparison_file_is_made(tmp_path):
    panel = PreparePanel(desk_in(tmp_path))
    write(panel, "by", "rank")
    press(panel, "make")
    assert list((tmp_path / "exports").glob("*.docx"))
    assert ".docx" in words_of(panel)


def test_comparison_file_has_the_rows_that_pupils_start_from_unless_others_are_chosen(tmp_path):
    panel = PreparePanel(desk_in(tmp_path))
    assert node_of(panel, "by")["value"] == "checked"
    press(panel, "make")
    (page,) = (tmp_path / "exports").glob("*.html")
    assert "Rows: checked by" in page.read_text("utf-8")
    unchecked = desk_in(tmp_path, case=replace(shipped(), folder=tmp_path))
    assert node_of(PreparePanel(unchecked), "by")["value"] == "meaning"
