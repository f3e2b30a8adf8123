import errno
import os
from pathlib import Path

import pytest

from promptlab.errors import CannotWrite
from promptlab.files.atomic import write_bytes, write_text


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def failing(number: int):
    def fail(*_args, **_kwargs):
        raise OSError(number, os.strerror(number))

    return fail


def test_a_file_is_written_with_its_folders(tmp_path):
    write_text(tmp_path / "a" / "é.txt", "déjà\n")
    assert (tmp_path / "a" / "é.txt").read_bytes() == "déjà\n".encode()


def test_nothing_but_the_file_is_left(tmp_path):
    write_bytes(tmp_path / "table.docx", b"new")
    assert names_in(tmp_path) == ["table.docx"]


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO])
def test_a_full_disk_leaves_the_old_file_and_no_half_written_one(tmp_path, monkeypatch, number):
    target = tmp_path / "table.docx"
    target.write_bytes(b"old")
    monkeypatch.setattr(os, "fsync", failing(number))
    with pytest.raises(CannotWrite, match=r"table\.docx"):
        write_bytes(target, b"new")
    assert (names_in(tmp_path), target.read_bytes()) == (["table.docx"], b"old")


def test_a_file_held_open_by_word_leaves_the_old_file(tmp_path, monkeypatch):
    target = tmp_path / "table.docx"
    target.write_bytes(b"old")
    monkeypatch.setattr(Path, "replace", failing(errno.EACCES))
    with pytest.raises(CannotWrite, match="Word"):
        write_bytes(target, b"new")
    assert (names_in(tmp_path), target.read_bytes()) == (["table.docx"], b"old")


def test_a_folder_path_that_is_a_file_is_told(tmp_path):
    (tmp_path / "exports").write_text("a file")
    with pytest.raises(CannotWrite, match="exports"):
        write_bytes(tmp_path / "exports" / "table.docx", b"new")


def test_an_interruption_leaves_no_half_written_file(tmp_path, monkeypatch):
    def interrupted(_handle):
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write_bytes(tmp_path / "table.docx", b"new")
    assert names_in(tmp_path) == []


def test_a_replaced_file_keeps_its_mode(tmp_path):
    target = tmp_path / "table.csv"
    target.write_bytes(b"old")
    target.chmod(0o640)
    write_bytes(target, b"new")
    assert target.stat().st_mode & 0o777 == 0o640
