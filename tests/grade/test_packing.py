import io
import zipfile

import pytest

from promptlab.errors import BadInput
from promptlab.files.cases import load_case
from promptlab.grade.packing import key_sentences, pack, prove
from tests.grade.builders import a_case_folder


@pytest.fixture
def case(tmp_path):
    return a_case_folder(tmp_path)


def names_in(path):
    with zipfile.ZipFile(path) as archive:
        return archive.namelist()


def test_the_pack_holds_the_case_and_nothing_of_the_key(case, tmp_path):
    made = pack(case, tmp_path / "eleves.zip")
    names = names_in(made.path)
    assert "reclamation/case.toml" in names
    assert "reclamation/answers/run-a/prompt1.md" in names
    assert not any("key" in name for name in names)
    assert "key/run-a.toml" in made.left_out
    assert made.sentences > 10


def test_the_pack_opens_as_a_case_that_has_no_key(case, tmp_path):
    made = pack(case, tmp_path / "eleves.zip")
    with zipfile.ZipFile(made.path) as archive:
        archive.extractall(tmp_path / "eleve")
    again = load_case(tmp_path / "eleve" / "reclamation")
    assert again.prompts == case.prompts
    assert not (again.folder / "key").exists()


def test_the_same_case_gives_the_same_bytes(case, tmp_path):
    one, other = pack(case, tmp_path / "a.zip"), pack(case, tmp_path / "b.zip")
    assert one.path.read_bytes() == other.path.read_bytes()


@pytest.mark.parametrize("name", ["notes.md", "resources/fiche.json", "copie.docx"])
def test_a_sentence_of_the_key_elsewhere_in_the_case_stops_the_pack(case, tmp_path, name):
    sentence = next(text for text in key_sentences(case) if "colonne 1" in text)
    path = case.folder / name
    path.parent.mkdir(exist_ok=True)
    if name.endswith(".docx"):
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("word/document.xml", f"<w:t>{sentence[:20]}</w:t><w:t>{sentence[20:]}</w:t>")
    else:
        path.write_text(f"Voici\u00a0: {sentence.upper()}", "utf-8")
    with pytest.raises(BadInput, match=name):
        pack(case, tmp_path / "eleves.zip")
    assert not (tmp_path / "eleves.zip").exists()


def test_the_proof_sees_an_entry_of_the_key():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("reclamation/key/run-a.toml", "")
    with pytest.raises(BadInput, match="run-a"):
        prove(out.getvalue(), ())


def test_solutions_links_and_asked_patterns_stay_out(case, tmp_path):
    (case.folder / "decisions.toml").write_text("", "utf-8")
    (case.folder / "lien.md").symlink_to("/etc/passwd")
    (case.folder / ".cache").write_text("", "utf-8")
    made = pack(case, tmp_path / "eleves.zip", without=("answers/run-b/*",))
    assert {"decisions.toml", "lien.md", ".cache", "answers/run-b/run.toml"} <= set(made.left_out)
    assert "reclamation/answers/run-c/run.toml" in names_in(made.path)


def test_a_pack_is_not_written_into_the_case(case):
    with pytest.raises(BadInput, match="inside"):
        pack(case, case.folder / "eleves.zip")
