from pathlib import Path

from promptlab.files.made import RECORD, write_made


def names_in(folder):
    return sorted(path.name for path in folder.iterdir() if path.name != RECORD)


def test_a_result_that_nobody_touched_is_replaced(tmp_path):
    write_made(tmp_path, [("table.docx", b"one")])
    assert write_made(tmp_path, [("table.docx", b"two")]) == (tmp_path / "table.docx",)
    assert (tmp_path / "table.docx").read_bytes() == b"two"


def test_the_work_of_a_pupil_is_never_written_over(tmp_path):
    write_made(tmp_path, [("table.docx", b"one")])
    (tmp_path / "table.docx").write_bytes(b"filled in by a pupil")
    assert write_made(tmp_path, [("table.docx", b"two")]) == (tmp_path / "table-2.docx",)
    assert (tmp_path / "table.docx").read_bytes() == b"filled in by a pupil"


def test_the_second_name_is_used_again_while_nobody_touches_it(tmp_path):
    (tmp_path / "table.docx").write_bytes(b"filled in by a pupil")
    write_made(tmp_path, [("table.docx", b"two")])
    write_made(tmp_path, [("table.docx", b"three")])
    assert names_in(tmp_path) == ["table-2.docx", "table.docx"]
    assert (tmp_path / "table-2.docx").read_bytes() == b"three"


def test_a_damaged_note_loses_nothing(tmp_path):
    write_made(tmp_path, [("table.docx", b"one")])
    (tmp_path / RECORD).write_text("{", encoding="utf-8")
    write_made(tmp_path, [("table.docx", b"two")])
    assert {(tmp_path / name).read_bytes() for name in names_in(tmp_path)} == {b"one", b"two"}


def test_the_same_content_again_changes_nothing(tmp_path):
    (tmp_path / "table.csv").write_bytes(b"same")
    assert write_made(tmp_path, [("table.csv", b"same")]) == (tmp_path / "table.csv",)


def test_a_result_that_cannot_be_read_is_left_alone(tmp_path, monkeypatch):
    write_made(tmp_path, [("table.docx", b"one")])
    read = Path.read_bytes

    def held(path):
        if path.name == "table.docx":
            raise PermissionError(13, "held by Word")
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", held)
    assert write_made(tmp_path, [("table.docx", b"two")]) == (tmp_path / "table-2.docx",)
