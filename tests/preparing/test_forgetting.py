"""The pupils' work is deleted at the end of the year, and nothing else."""

import json
from datetime import date

import pytest
from click.testing import CliRunner

from promptlab.cli.forget import command
from promptlab.files.copie_form import to_text
from promptlab.files.forgetting import forget, forgettable
from promptlab.files.made import write_made
from promptlab.model.copie import Copie


def home_with_work(tmp_path):
    """A folder of work as it stands at the end of a year, with things in it that are not pupils' work."""
    copies = tmp_path / "copies"
    copies.mkdir()
    old = Copie("a", "reclamation", ("P01",), revision=1, saved_at="2026-03-01T10:00:00+01:00")
    new = Copie("b", "reclamation", ("P02",), revision=1, saved_at="2026-11-20T10:00:00+01:00")
    (copies / "copie-reclamation-P01.json").write_text(to_text(old))
    (copies / "copie-reclamation-P01.json.bak").write_text(to_text(old))
    (copies / "copie-reclamation-P02.json").write_text(to_text(new))
    (copies / "copie-reclamation-P03.json").write_text("{cassé")
    (copies / "mes-notes.json").write_text('{"cours": 1}')
    (copies / "photo.png").write_bytes(b"png")
    write_made(tmp_path / "a-rendre", [("tableau-P01.docx", b"docx")])
    (tmp_path / "a-rendre" / "a-moi.docx").write_bytes(b"x")
    (tmp_path / "sitting.json").write_text(json.dumps({"reclamation": {"copie": "x", "pupils": ["P01"]}}))
    (tmp_path / "classe.toml").write_text("live = false\n")
    (tmp_path / "exports").mkdir()
    (tmp_path / "exports" / "tableau.docx").write_bytes(b"x")
    return tmp_path


def names(found):
    return {one.path.name for one in found}


def test_pupils_work_is_found_by_what_it_is(tmp_path):
    found = forgettable(home_with_work(tmp_path))
    assert names(found) == {
        "copie-reclamation-P01.json",
        "copie-reclamation-P01.json.bak",
        "copie-reclamation-P02.json",
        "copie-reclamation-P03.json",
        "tableau-P01.docx",
        ".promptlab-made.json",
        "sitting.json",
    }
    assert sum(one.copie for one in found) == 2


def test_only_work_before_a_day_is_found_where_one_is_given(tmp_path):
    found = forgettable(home_with_work(tmp_path), before=date(2026, 9, 1))
    assert names(found) == {"copie-reclamation-P01.json", "copie-reclamation-P01.json.bak"}


def test_a_link_is_never_followed(tmp_path):
    outside = tmp_path / "ailleurs"
    outside.mkdir()
    target = outside / "copie-x.json"
    target.write_text(to_text(Copie("a", "reclamation", ("P01",))))
    home = tmp_path / "home"
    (home / "copies").mkdir(parents=True)
    (home / "copies" / "copie-lien.json").symlink_to(target)
    assert forgettable(home) == ()


def test_the_note_of_a_folder_cannot_name_a_file_elsewhere(tmp_path):
    home = home_with_work(tmp_path)
    (home / "a-rendre" / ".promptlab-made.json").write_text(json.dumps({"../classe.toml": "x"}))
    assert "classe.toml" not in names(forgettable(home))


def test_what_cannot_be_deleted_is_told(tmp_path, monkeypatch):
    found = forgettable(home_with_work(tmp_path))
    monkeypatch.setattr(
        type(tmp_path), "unlink", lambda _path, missing_ok: (_ for _ in ()).throw(PermissionError(13, ""))
    )
    assert len(forget(found)) == len(found)


@pytest.mark.parametrize(
    ("options", "answer", "left"), [(["--dry-run"], "", 13), ([], "n\n", 13), ([], "y\n", 6), (["--yes"], "", 6)]
)
def test_it_lists_asks_and_deletes_only_then(tmp_path, options, answer, left):
    home = home_with_work(tmp_path)
    done = CliRunner().invoke(command, ["--home", str(home), *options], input=answer, standalone_mode=False)
    assert done.return_value == 0
    assert "copie-reclamation-P01.json" in done.output
    assert len([path for path in home.rglob("*") if path.is_file()]) + 0 == left - 1
