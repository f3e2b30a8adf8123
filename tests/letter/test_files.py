"""Letters in files: read from Word and text, laid out, drafted by a model, compared with their draft; the command."""

import io
import json
import re
import zipfile

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from promptlab.ask.scripted import ScriptedSource
from promptlab.cli.check_letter import command
from promptlab.errors import AskFailed, BadInput
from promptlab.files.cases import load_case
from promptlab.files.runs import write_run
from promptlab.letter.check import check_letter
from promptlab.letter.differences import differences, share_of
from promptlab.letter.draft import ask_draft, draft_folder, draft_prompt, recorded_draft
from promptlab.letter.layout import email_text, letter_docx
from promptlab.letter.reading import docx_text, read_letter
from promptlab.model.answer import Answer, Provenance, Run
from tests.letter.builders import LETTERS, letter_files

PATH = LETTERS / "01-lettre-classique.md"
LETTER = PATH.read_text(encoding="utf-8")
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


@pytest.fixture(scope="module")
def case():
    return load_case("reclamation")


def docx_of(body, **others):
    """A .docx of nothing but this XML; `others` are more parts by name."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", f"<w:document {W}><w:body>{body}</w:body></w:document>")
        for name, part in others.items():
            archive.writestr(f"word/{name}.xml", part)
    return target.getvalue()


def paragraph(text):
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


# ---------------------------------------------------------------- reading


def test_each_paragraph_of_a_word_document_is_a_line():
    assert docx_text(docx_of(paragraph("un") + "<w:p/>" + paragraph("trois"))) == "un\n\ntrois"


def test_a_broken_line_stays_in_its_paragraph_and_deleted_text_is_gone():
    body = "<w:p><w:r><w:t>a</w:t><w:br/><w:t>b</w:t></w:r><w:del><w:r><w:delText>x</w:delText></w:r></w:del></w:p>"
    assert docx_text(docx_of(body + paragraph("c"))) == "a\u2028b\nc"


def test_the_letterhead_goes_with_the_first_paragraph():
    head = f"<w:hdr {W}>{paragraph('LES TOILES GIRONDINES')}</w:hdr>"
    assert docx_text(docx_of(paragraph("Madame,"), header1=head)) == "LES TOILES GIRONDINES\u2028Madame,"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"PK\x03\x04 cut off",
        b"\xd0\xcf\x11\xe0 old Word",
        b"%PDF-1.7",
        docx_of("<w:p>")[:-40],
        docx_of("<w:p>&nothing;</w:p>"),
    ],
)
def test_what_is_no_word_document_is_refused_by_name(content):
    with pytest.raises(BadInput, match=r"copie\.docx"):
        docx_text(content, name="copie.docx")


def test_entities_and_bombs_are_refused():
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>')
    with pytest.raises(BadInput):
        docx_text(target.getvalue())
    with pytest.raises(BadInput, match="MB"):
        docx_text(docx_of("<w:p>" + " " * 31_000_000 + "</w:p>"))


@pytest.mark.parametrize("name", ["lettre.pdf", "lettre.odt", "lettre"])
def test_other_kinds_of_file_are_refused_with_those_that_are_read(tmp_path, name):
    (tmp_path / name).write_text("x", encoding="utf-8")
    with pytest.raises(BadInput, match=r"\.docx, \.md, \.txt"):
        read_letter(tmp_path / name)


def test_an_empty_or_missing_file_is_refused(tmp_path):
    (tmp_path / "vide.txt").write_bytes(b"")
    with pytest.raises(BadInput, match="empty"):
        read_letter(tmp_path / "vide.txt")
    with pytest.raises(BadInput, match="does not exist"):
        read_letter(tmp_path / "absent.docx")


# ---------------------------------------------------------------- layout


@pytest.mark.parametrize("path", letter_files(), ids=lambda path: path.stem)
def test_a_letter_laid_out_holds_the_same_facts_and_parts(path, case):
    text = path.read_text(encoding="utf-8")
    before = check_letter(text, case)
    after = check_letter(docx_text(letter_docx(text, case)), case, medium=before.medium)
    assert after.missing == ()
    assert after.contradicted == ()
    assert sorted(one.text.replace("‑", "-") for one in after.claims) == sorted(one.text for one in before.claims)


def test_an_email_keeps_the_words_and_leaves_the_addresses_out(case):
    text = email_text(LETTER, case)
    assert text.startswith(
        "De : reclamation@lestoilesgirondines.com\nÀ : marseilletextile@outlook.fr\nObjet : votre réclamation"
    )
    assert "32 rue Saint-Basile" not in text
    found = check_letter(text, case)
    assert (found.medium, found.missing, found.contradicted) == ("email", (), ())


def test_a_letter_that_lacks_its_parts_is_laid_out_without_them(case):
    assert docx_text(letter_docx("Nous regrettons.", case)).strip() == "Nous regrettons."
    assert docx_text(letter_docx("", case)).strip() == ""


@settings(deadline=None)
@given(st.text(max_size=200))
def test_any_text_can_be_laid_out(text):
    assert letters(docx_text(letter_docx(text, load_once()))) == letters(text)
    assert email_text(text, load_once()).startswith("De : reclamation@lestoilesgirondines.com\n")


def letters(text):
    return re.findall(r"[^\W_]", text)


def load_once(cache=[]):  # noqa: B006
    if not cache:
        cache.append(load_case("reclamation"))
    return cache[0]


# ---------------------------------------------------------------- draft and final version


@given(st.text(max_size=200), st.text(max_size=200))
def test_both_versions_can_be_had_back_from_their_differences(draft, final):
    found = differences(draft, final)
    assert "".join(one.text for one in found if one.kind != "added") == draft
    assert "".join(one.text for one in found if one.kind != "removed") == final


def test_differences_are_told_word_by_word():
    found = differences("Un avoir de 670 € HT.", "Un avoir de 804 € TTC.")
    assert [(one.kind, one.text) for one in found if one.kind != "kept"] == [
        ("removed", "670"),
        ("added", "804"),
        ("removed", "HT"),
        ("added", "TTC"),
    ]
    share = share_of(found)
    assert (share.kept, share.added, share.removed) == (3, 2, 2)


def test_long_versions_are_compared_too():
    long = (LETTER + "\n") * 60
    found = differences(long, long.replace("670,00", "607,00", 1))
    assert [one.text for one in found if one.kind == "added"] == ["607,00"]


def test_the_prompt_holds_every_document_and_the_phases_of_the_table(case):
    prompt = draft_prompt(case, ["Accuser réception", "Vérifier les faits"])
    for said in (
        "11-024",
        "WH/OUT/00023",
        "879",
        "3 245,85".replace(" ", "\u00a0"),
        "1. Accuser réception",
        "A52",
        "30 jours",
    ):
        assert said in prompt


def test_the_prompt_of_the_shipped_case_is_the_one_that_it_says_it_was_asked_with(case):
    asked = (case.folder / "letter" / "prompt.txt").read_text(encoding="utf-8")
    phases = re.findall(r"^\d+\. (.+)$", asked, flags=re.MULTILINE)  # those of the table on the day it was asked
    assert len(phases) > 5
    assert asked == draft_prompt(case, phases)


def test_a_draft_is_asked_once_and_an_empty_one_is_refused():
    source = ScriptedSource(["Madame, …"])
    assert ask_draft(source, "Rédige").text == "Madame, …"
    with pytest.raises(AskFailed):
        ask_draft(ScriptedSource([""]), "Rédige")


def test_a_recorded_draft_comes_back_to_the_letter(case, tmp_path):
    from dataclasses import replace

    mine = replace(case, folder=tmp_path)
    with pytest.raises(BadInput, match="no recorded draft"):
        recorded_draft(mine)
    answer = Answer(1, "Rédige\nune lettre", "Madame,\n\n**Bonjour**", Provenance("m", "p", "2026-11-21"))
    write_run(draft_folder(mine), Run("draft", (answer,)))
    assert recorded_draft(mine).text == "Madame,\n\n**Bonjour**"


# ---------------------------------------------------------------- the command


def run(*arguments):
    return CliRunner().invoke(command, [str(argument) for argument in arguments])


def test_the_command_prints_one_json_document_and_tells_by_its_status(tmp_path):
    done = run(PATH, "--case", "reclamation", "--json")
    found = json.loads(done.stdout)
    assert done.exit_code == 0
    assert set(found["claims"][0]) == {"text", "kind", "line", "verdict", "source", "expected"}
    assert {claim["kind"] for claim in found["claims"]} == {
        "amount",
        "date",
        "reference",
        "quantity",
        "name",
        "percentage",
    }
    (tmp_path / "faux.md").write_text(LETTER.replace("soit 804,00 € TTC", "soit 804,00 € HT"), encoding="utf-8")
    wrong = run(tmp_path / "faux.md", "--case", "reclamation", "--json")
    claims = [claim for claim in json.loads(wrong.stdout)["claims"] if claim["verdict"] == "contradicted"]
    assert wrong.exit_code == 1
    assert [(claim["text"], claim["line"]) for claim in claims] == [("804,00 €", 29)]
    assert "804,00" in claims[0]["expected"]


def test_the_command_shows_what_is_wrong_first_and_names_what_is_missing(tmp_path):
    (tmp_path / "l.txt").write_text(
        LETTER.replace("Objet : ", "").replace("facture n° 879 du", "facture n° 897 du"), encoding="utf-8"
    )
    done = run(tmp_path / "l.txt", "--case", "reclamation")
    assert done.exit_code == 1
    assert "897" in done.stdout.split("\n")[1]
    assert "objet" in done.stdout


def test_lines_are_counted_from_one_and_in_word_by_paragraph(case):
    found = check_letter("Madame,\n\nFacture n° 897.\n", case)
    assert [claim.line for claim in found.contradicted] == [3]
    body = paragraph("Madame,") + "<w:p><w:r><w:t>a</w:t><w:br/><w:t>b</w:t></w:r></w:p>" + paragraph("Facture n° 897.")
    found = check_letter(docx_text(docx_of(body)), case)
    assert [claim.line for claim in found.contradicted] == [3]
