import io
import json
import shutil
import zipfile

import pytest

from promptlab.cli.pack import command
from promptlab.decisions import read_decisions
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


SECRET = "L’élève voit « l’avoir » & cite la loi : c’est la colonne 1."
WORD = SECRET.replace("&", "&amp;").replace("é", "&#233;")


def packed(**files):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def cut(text):
    """`text` as a word processor may part it: a run for every five signs, one on each line."""
    runs = (text[at : at + 5] for at in range(0, len(text), 5))
    return "<w:p>\n" + "\n".join(f"  <w:r><w:t>{run}</w:t></w:r>" for run in runs) + "\n</w:p>"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("page.html", f"<p>{WORD}</p>"),
        ("page.html", f'<img alt="{WORD}">'),
        ("page.html", "<p>" + SECRET.replace("la loi", "<b>la l</b>oi") + "</p>"),
        ("fiche.docx", packed(**{"word/document.xml": cut(SECRET.replace("&", "")).replace("é", "&#233;")})),
        ("fiche.docx", packed(**{"word/embeddings/a.docx": packed(**{"word/document.xml": WORD})})),
        ("lignes.ipynb", json.dumps({"source": [SECRET[:20] + "\n", SECRET[20:]]})),
        ("autre.txt", SECRET.encode("utf-16")),
    ],
)
def test_the_proof_sees_a_sentence_however_a_file_writes_it(name, content):
    with pytest.raises(BadInput, match=f"{name}: L’élève"):
        prove(packed(**{name: content}), [SECRET])


def test_what_cannot_be_looked_into_is_not_called_proved(monkeypatch):
    locked = bytearray(packed(**{"word/document.xml": "secret"}))
    locked[6] |= 1  # the flag of a password in the header of the file …
    locked[locked.index(b"PK\x01\x02") + 8] |= 1  # … and in the directory
    for content in (bytes(locked), b"PK\x03\x04 damaged"):
        with pytest.raises(BadInput, match=r"fiche\.docx.* cannot be proved"):
            prove(packed(**{"fiche.docx": content}), [SECRET])
    monkeypatch.setattr("promptlab.grade.packing.MOST_BYTES", 1000)
    with pytest.raises(BadInput, match=r"long\.md cannot be proved"):
        prove(packed(**{"long.md": "a" * 2000}), [SECRET])


def test_the_proof_sees_an_entry_of_the_key():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("reclamation/key/run-a.toml", "")
    with pytest.raises(BadInput, match="run-a"):
        prove(out.getvalue(), ())


def test_solutions_links_and_asked_patterns_stay_out(case, tmp_path):
    (case.folder / "decisions.xlsx").write_text("", "utf-8")
    (case.folder / "lien.md").symlink_to("/etc/passwd")
    (case.folder / ".cache").write_text("", "utf-8")
    made = pack(case, tmp_path / "eleves.zip", without=("answers/run-b/*",))
    assert {"decisions.xlsx", "lien.md", ".cache", "answers/run-b/run.toml"} <= set(made.left_out)
    assert "reclamation/answers/run-c/run.toml" in names_in(made.path)


def unpacked_scheme(made, folder):
    with zipfile.ZipFile(made.path) as archive:
        archive.extractall(folder)
    return folder / "reclamation" / "decisions.toml"


def test_the_scheme_goes_into_the_pack_without_its_rules_and_comments(case, tmp_path):
    source = load_case("reclamation").folder / "decisions.toml"
    (case.folder / "decisions.toml").write_text(source.read_text("utf-8") + "\n# refuser si gardée\n", "utf-8")
    made = pack(case, tmp_path / "eleves.zip")
    path = unpacked_scheme(made, tmp_path / "eleve")
    whole, blank = read_decisions(source), read_decisions(path)
    assert whole.rules
    assert blank.rules == ()
    assert (blank.conditions, blank.actions, blank.impossible) == (whole.conditions, whole.actions, whole.impossible)
    assert blank.hit == whole.hit
    text = path.read_text("utf-8")
    assert "#" not in text
    assert "[[rule]]" not in text
    assert not any(rule.note in text for rule in whole.rules if rule.note)
    assert "decisions.toml" in made.names
    assert "decisions.toml" not in made.left_out


def test_a_pack_without_the_scheme_has_none(case, tmp_path):
    source = load_case("reclamation").folder / "decisions.toml"
    (case.folder / "decisions.toml").write_bytes(source.read_bytes())
    made = pack(case, tmp_path / "eleves.zip", without=("decisions.*",))
    assert "decisions.toml" in made.left_out
    assert "reclamation/decisions.toml" not in names_in(made.path)
    (case.folder / "decisions.toml").unlink()
    assert "reclamation/decisions.toml" not in names_in(pack(case, tmp_path / "sans.zip").path)


def test_a_scheme_that_cannot_be_read_stops_the_pack(case, tmp_path):
    (case.folder / "decisions.toml").write_text("title = 3", "utf-8")
    with pytest.raises(BadInput, match="title"):
        pack(case, tmp_path / "eleves.zip")
    assert not (tmp_path / "eleves.zip").exists()


def test_a_pack_is_not_written_into_the_case(case):
    with pytest.raises(BadInput, match="inside"):
        pack(case, case.folder / "eleves.zip")


def test_what_pupils_work_with_stays_and_what_tells_answers_is_named(case, tmp_path):
    made = pack(case, tmp_path / "eleves.zip")
    telling = {"quiz.toml", "flowchart.toml", "letter/draft/prompt1.md"}
    assert set(made.telling) == telling
    without = pack(case, tmp_path / "sans.zip", without=("quiz.toml", "letter/draft/*"))
    assert set(without.telling) == {"flowchart.toml"}


def test_the_command_says_which_files_hold_answers_and_that_there_is_no_key(case, tmp_path, capfd):
    shutil.rmtree(case.folder / "key")
    arguments = [str(case.folder), "--to", str(tmp_path / "eleves.zip")]
    assert not command.main(arguments, standalone_mode=False)
    said = capfd.readouterr().err
    assert "quiz.toml holds the answers" in said
    assert "no key" in said
    assert "0 sentences" not in said
