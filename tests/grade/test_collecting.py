import io
import os
import stat
import zipfile

import pytest

from promptlab.errors import BadInput
from promptlab.grade import collecting
from promptlab.grade.collecting import Handed, Unreadable, files_in


def zipped(*entries, **more):
    """A ZIP of (name or ZipInfo, bytes)."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", more.get("kind", zipfile.ZIP_DEFLATED)) as archive:
        for name, content in entries:
            archive.writestr(name, content)
    return out.getvalue()


def found_in(content, tmp_path, name="classe.zip"):
    path = tmp_path / name
    path.write_bytes(content)
    found = list(files_in(path))
    return [one.name for one in found if isinstance(one, Handed)], [one for one in found if isinstance(one, Unreadable)]


def test_files_of_nested_folders_and_zips_are_found_in_order(tmp_path):
    inner = zipped(("copie.json", b"{}"))
    content = zipped(("b/Léa_12_assignsubmission_file_/a.docx", b"x"), ("a/un.json", b"{}"), ("c/rendus.zip", inner))
    names, bad = found_in(content, tmp_path)
    assert names == [
        "classe.zip/a/un.json",
        "classe.zip/b/Léa_12_assignsubmission_file_/a.docx",
        "classe.zip/c/rendus.zip/copie.json",
    ]
    assert bad == []


def test_a_folder_gives_the_same_as_its_zip(tmp_path):
    folder = tmp_path / "rendus"
    (folder / "P02").mkdir(parents=True)
    (folder / "P02" / "copie.json").write_bytes(b"{}")
    (folder / "table.docx").write_bytes(b"x")
    (folder / "P02" / "rendu.zip").write_bytes(zipped(("n.ipynb", b"{}")))
    assert [one.name for one in files_in(folder)] == ["table.docx", "P02/copie.json", "P02/rendu.zip/n.ipynb"]


def test_what_systems_leave_about_is_passed_over(tmp_path):
    noise = ("__MACOSX/._a.json", ".DS_Store", "a/Thumbs.db", "~$rapport.docx", "a/desktop.ini", "copie.json.bak")
    names, bad = found_in(zipped(*((name, b"x") for name in noise), ("a.json", b"{}")), tmp_path)
    assert (names, bad) == (["classe.zip/a.json"], [])


def test_other_kinds_are_told(tmp_path):
    names, bad = found_in(zipped(("devoir.pdf", b"%PDF"), ("photo.JPG", b"x"), ("ok.json", b"{}")), tmp_path)
    assert names == ["classe.zip/ok.json"]
    assert {one.name for one in bad} == {"classe.zip/devoir.pdf", "classe.zip/photo.JPG"}
    assert ".pdf" in bad[0].problem.message


@pytest.mark.parametrize("name", ["../../etc/passwd.json", "/etc/x.json", "a/../../b.json", "C:/x.json", "..\\x.json"])
def test_an_entry_that_leads_out_is_refused_and_the_rest_goes_on(tmp_path, name):
    names, bad = found_in(zipped((name, b"{}"), ("ok.json", b"{}")), tmp_path)
    assert names == ["classe.zip/ok.json"]
    assert len(bad) == 1


def test_a_symbolic_link_in_a_zip_is_refused(tmp_path):
    link = zipfile.ZipInfo("lien.json")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    names, bad = found_in(zipped((link, b"/etc/passwd"), ("ok.json", b"{}")), tmp_path)
    assert names == ["classe.zip/ok.json"]
    assert "link" in bad[0].problem.message


def test_symbolic_links_in_a_folder_are_told_and_not_followed(tmp_path):
    secret = tmp_path / "secret"
    secret.mkdir()
    (secret / "copie.json").write_bytes(b"{}")
    folder = tmp_path / "rendus"
    folder.mkdir()
    (folder / "lien.json").symlink_to(secret / "copie.json")
    (folder / "dossier").symlink_to(secret)
    found = list(files_in(folder))
    assert all(isinstance(one, Unreadable) for one in found)
    assert {one.name for one in found} == {"lien.json", "dossier"}


def test_a_bomb_is_not_unpacked(tmp_path, monkeypatch):
    content = zipped(("bombe.json", b"0" * 5_000_000), ("ok.json", b"{}"))
    names, bad = found_in(content, tmp_path)
    assert names == ["classe.zip/ok.json"]
    assert bad[0].name == "classe.zip/bombe.json"


def test_a_size_that_an_entry_hides_is_found_out_while_reading(tmp_path, monkeypatch):
    monkeypatch.setattr(collecting, "MOST_BYTES", 1000)
    content = bytearray(zipped(("gros.json", os.urandom(5000)), ("ok.json", b"{}"), kind=zipfile.ZIP_STORED))
    names, bad = found_in(bytes(content), tmp_path)
    assert names == ["classe.zip/ok.json"]
    assert "too large" in bad[0].problem.message


def test_zips_in_zips_are_opened_only_so_deep(tmp_path):
    content = zipped(("copie.json", b"{}"))
    for depth in range(5):
        content = zipped((f"niveau{depth}.zip", content))
    names, bad = found_in(content, tmp_path)
    assert names == []
    assert len(bad) == 1


def test_a_protected_entry_is_told(tmp_path):
    content = bytearray(zipped(("secret.json", b"{}"), ("ok.json", b"{}")))
    for start, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(start) + at] |= 1
    names, bad = found_in(bytes(content), tmp_path)
    assert names == ["classe.zip/ok.json"]
    assert "password" in bad[0].problem.message


@pytest.mark.parametrize("cut", [10, 60, -30, -1])
def test_a_truncated_zip_is_told_and_raises_nothing(tmp_path, cut):
    names, bad = found_in(zipped(("a.json", b"{}" * 50))[:cut], tmp_path)
    assert names == []
    assert "ZIP" in bad[0].problem.message


def test_a_damaged_entry_does_not_hold_up_the_others(tmp_path):
    content = bytearray(zipped(("a.json", b"{}" * 400), ("b.json", b"{}")))
    at = content.index(b"a.json") + 8
    content[at : at + 4] = b"\xff\xff\xff\xff"
    names, bad = found_in(bytes(content), tmp_path)
    assert names == ["classe.zip/b.json"]
    assert "damaged" in bad[0].problem.message


@pytest.mark.parametrize("encoding", ["cp850", "utf-8"])
def test_names_of_programs_that_do_not_say_their_letters_keep_the_accents(tmp_path, encoding):
    placed = "copie-Lea.json"
    raw = "copie-Léa.json".encode(encoding)
    content = zipped((placed + " " * (len(raw) - len(placed)), b"{}")).replace(
        (placed + " " * (len(raw) - len(placed))).encode(), raw
    )
    names, _bad = found_in(content, tmp_path)
    assert names == ["classe.zip/copie-Léa.json"]


def test_the_folder_of_the_results_is_left_out(tmp_path):
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "class.json").write_bytes(b"{}")
    (tmp_path / "copie.json").write_bytes(b"{}")
    assert [one.name for one in files_in(tmp_path, but=tmp_path / "notes")] == ["copie.json"]


def test_there_must_be_something(tmp_path):
    with pytest.raises(BadInput, match="rendus"):
        list(files_in(tmp_path / "rendus"))


def test_more_files_than_allowed_are_told_once_in_a_zip(tmp_path, monkeypatch):
    monkeypatch.setattr(collecting, "MOST_FILES", 3)
    names, bad = found_in(zipped(*((f"{n}.json", b"{}") for n in range(9))), tmp_path)
    assert names == []
    assert len(bad) == 1
