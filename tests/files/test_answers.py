import pytest

from promptlab.errors import BadInput
from promptlab.files.answers import MOST_BYTES, read_answer

TEXT = "1. Vérifier « l’état » : 12 €\n2. Œuvrer\n"


def written(folder, content):
    path = folder / "answer.md"
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_text_is_read_whatever_its_encoding(tmp_path, encoding):
    assert read_answer(written(tmp_path, TEXT.encode(encoding))) == TEXT


@pytest.mark.parametrize("mark", [b"\xff\xfe", b"\xfe\xff"])
def test_utf16_with_its_mark_has_no_mark_in_the_text(tmp_path, mark):
    encoding = "utf-16-le" if mark == b"\xff\xfe" else "utf-16-be"
    assert read_answer(written(tmp_path, mark + TEXT.encode(encoding))) == TEXT


@pytest.mark.parametrize("newline", ["\r\n", "\r"])
def test_lines_end_with_line_feeds(tmp_path, newline):
    assert read_answer(written(tmp_path, TEXT.replace("\n", newline).encode())) == TEXT


def test_missing_file_is_named(tmp_path):
    with pytest.raises(BadInput, match=r"nowhere.md does not exist"):
        read_answer(tmp_path / "nowhere.md")


def test_folder_is_refused_with_an_example(tmp_path):
    with pytest.raises(BadInput, match=r"is a folder.*prompt1.md"):
        read_answer(tmp_path)


@pytest.mark.parametrize("content", [b"", b" \r\n\t\n", b"\xef\xbb\xbf", b"\xff\xfe"])
def test_empty_or_blank_file_is_refused(tmp_path, content):
    with pytest.raises(BadInput, match=r"answer.md is empty"):
        read_answer(written(tmp_path, content))


@pytest.mark.parametrize(
    "content",
    [
        b"\x00\x01\x02abc\x00\xff",
        bytes(range(1, 32)) * 50,
        b"\x7fELF\x02\x01\x01\x00\x00",
        b"abc\x00def",
        b"\xff\xfea\x00b",
    ],
)
def test_binary_file_is_refused(tmp_path, content):
    with pytest.raises(BadInput, match=r"answer.md is not text"):
        read_answer(written(tmp_path, content))


def test_word_file_is_told_with_what_to_do(tmp_path):
    with pytest.raises(BadInput, match=r"Word.*save it as a .md"):
        read_answer(written(tmp_path, b"PK\x03\x04rest"))


def test_huge_file_is_refused_before_it_is_read(tmp_path, monkeypatch):
    path = tmp_path / "huge.md"
    with path.open("wb") as file:
        file.truncate(50_000_000)
    monkeypatch.setattr("pathlib.Path.open", lambda *_, **__: pytest.fail("the file was opened"))
    with pytest.raises(BadInput, match=r"huge.md has 50.* MB"):
        read_answer(path)


def test_file_of_the_greatest_size_is_read(tmp_path):
    assert len(read_answer(written(tmp_path, b"a" * MOST_BYTES))) == MOST_BYTES


@pytest.mark.parametrize(
    "start", ["<!DOCTYPE html><p>1. Lire</p>", "\n<html lang='fr'>", '<?xml version="1.0"?><HTML>']
)
def test_web_page_is_refused_with_the_command_that_reads_it(tmp_path, start):
    path = tmp_path / "une page.md"
    path.write_text(start, "utf-8")
    with pytest.raises(BadInput, match=r"promptlab import '.*une page\.md'"):
        read_answer(path)


def test_word_document_is_refused_with_the_command_that_reads_it(tmp_path):
    for name, said in (("a.docx", True), ("a.xlsx", False)):
        (tmp_path / name).write_bytes(b"PK\x03\x04")
        with pytest.raises(BadInput) as refused:
            read_answer(tmp_path / name)
        assert ("promptlab import" in str(refused.value)) is said


def test_answer_that_speaks_of_html_is_an_answer(tmp_path):
    (tmp_path / "a.md").write_text("1. Écrire `<html>` en tête de page", "utf-8")
    assert "<html>" in read_answer(tmp_path / "a.md")
