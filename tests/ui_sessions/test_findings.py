"""Session 1: what does not match in the documents, first by the pupil, then by promptlab."""

from promptlab.casefile.check import check_documents
from promptlab.files.copies import read_copie
from promptlab.ui.classroom import Classroom, write_classroom
from promptlab.ui.session1_findings import FindingsPanel, findings_html, findings_of, seen_of
from tests.ui.acting import has, node_of, press, words_of, write
from tests.ui_sessions.builders import desk_in, shipped


def with_findings(folder, count):
    panel = FindingsPanel(desk_in(folder, "P07"))
    for rank in range(1, count + 1):
        press(panel, "finding-add")
        write(panel, f"f{rank}-text", f"Écart <b>{rank}</b>")
    return panel


def test_difference_is_kept_with_its_documents(tmp_path):
    panel = with_findings(tmp_path, 2)
    write(panel, "f1-order", True)
    write(panel, "f1-invoice", True)
    write(panel, "f1-order", False)
    press(panel, "f2-drop")
    (one,) = findings_of(read_copie(panel.at.path))
    assert (one["documents"], one["text"]) == (["invoice"], "Écart <b>1</b>")
    assert "<b>" not in findings_html(panel.at)
    press(panel, "finding-undo")
    assert len(findings_of(panel.at.copie)) == 2


def test_comparison_comes_after_the_pupils_own_attempt(tmp_path):
    panel = with_findings(tmp_path, 2)
    press(panel, "finding-compare")
    assert node_of(panel, "finding-compare")["error"]
    assert "193" not in words_of(panel)
    press(panel, "finding-add")
    write(panel, "f3-text", "La quantité.")
    press(panel, "finding-compare")
    found = check_documents(shipped())
    assert all(one.message in words_of(panel) for one in found)
    assert "193" in words_of(panel)


def test_pupil_says_which_differences_they_had(tmp_path):
    panel = with_findings(tmp_path, 3)
    press(panel, "finding-compare")
    write(panel, "seen-0", True)
    write(panel, "seen-4", True)
    write(panel, "seen-0", False)
    (kept,) = seen_of(read_copie(panel.at.path))
    four = check_documents(shipped())[4]
    assert kept == "|".join([four.kind, *four.where])


def test_teacher_can_keep_the_comparison_closed(tmp_path):
    write_classroom(tmp_path, Classroom(findings=False), (1, 2))
    panel = with_findings(tmp_path, 3)
    assert not has(panel, "finding-compare")
    assert not has(panel, "findings-compared")
