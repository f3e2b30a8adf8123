"""Word documents: the steps of an answer survive them, and what cannot be taken over is told."""

import re

import pytest

from promptlab.ask.imports.word import read_docx
from promptlab.errors import BadInput
from promptlab.parse import parse_answer
from promptlab.word.reading.archive import Archive
from tests.imports.builders import ANSWERS, docx_of

SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)


def read(data):
    return read_docx("a.docx", data, Archive)


@pytest.mark.parametrize("answer", ANSWERS)
def test_markdown_pasted_into_word_keeps_its_steps_and_every_letter(answer):
    text, problems = read(docx_of(*answer.split("\n")))
    assert [step.title for step in parse_answer(text).steps] == [step.title for step in parse_answer(answer).steps]
    assert re.findall(r"[^\W_]", text) == re.findall(r"[^\W_]", answer)
    assert not problems


def test_headings_lists_and_emphasis_of_word_become_markdown():
    import io

    import docx

    document, target = docx.Document(), io.BytesIO()
    document.add_heading("Étapes", 2)
    document.add_paragraph(style="List Number").add_run("Recevoir").bold = True
    document.add_paragraph("Répondre", style="List Number")
    document.save(target)
    text = read(target.getvalue())[0]
    assert "## Étapes" in text
    assert [step.title for step in parse_answer(text).steps] == ["Recevoir", "Répondre"]


def changed(data, **parts):
    """The package with other parts, by their names."""
    import io
    import zipfile

    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            if name not in parts:
                target.writestr(name, source.read(name))
        for name, text in parts.items():
            target.writestr(name, text)
    return out.getvalue()


def part_of(data, name):
    import io
    import zipfile

    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return package.read(name).decode()


def two_documents():
    """A package with a decoy where a document usually is, and the document that the package names elsewhere."""
    decoy, real = docx_of("leurre"), docx_of("vraie réponse", "fin")
    relations = part_of(real, "_rels/.rels").replace("word/document.xml", "word/other.xml")
    parts = {"word/other.xml": part_of(real, "word/document.xml"), "_rels/.rels": relations}
    return changed(decoy, **parts)


def test_the_document_is_the_one_that_the_package_names():
    data = two_documents()
    assert Archive("a.docx", data).main() == "word/other.xml"
    text, _problems = read(data)
    assert "vraie réponse" in text
    assert "leurre" not in text


def test_changes_are_counted_in_the_document_that_is_converted():
    data = two_documents()
    inserted = f'<w:ins {SPACES} w:id="1"><w:r><w:t>ajout</w:t></w:r></w:ins></w:p>'
    real = part_of(data, "word/other.xml").replace("</w:p>", inserted, 1)
    text, problems = read(changed(data, **{"word/other.xml": real}))
    assert "ajout" in text
    assert "1 tracked insertion" in str(problems)


@pytest.mark.parametrize("name", ["word/styles.xml", "word/_rels/other.xml.rels", "word/other.xml"])
def test_no_part_that_is_converted_declares_entities(name):
    data = two_documents()
    data = changed(data, **{"word/_rels/other.xml.rels": part_of(data, "word/_rels/document.xml.rels")})
    head, _end, rest = part_of(data, name).partition("?>")
    evil = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'
    with pytest.raises(BadInput, match=r"a\.docx"):
        read(changed(data, **{name: f"{head}?>{evil}{rest}"}))


def test_formula_is_told():
    extra = f"<w:p {SPACES}><m:oMath><m:r><m:t>x=2</m:t></m:r></m:oMath></w:p>"
    assert "oMath" in str(read(docx_of("a", "b", extra=extra))[1])


def test_comment_is_told_and_not_taken():
    extra = f'<w:p {SPACES}><w:r><w:t>mot</w:t></w:r><w:r><w:commentReference w:id="0"/></w:r></w:p>'
    assert "1 comment" in str(read(docx_of("a", "b", extra=extra))[1])


@pytest.mark.parametrize("data", [b"", b"rien", b"PK\x03\x04", docx_of("texte")[:400]])
def test_what_is_no_word_document_is_refused_by_name(data):
    with pytest.raises(BadInput, match=r"a\.docx"):
        read(data)


def test_document_without_words_is_refused():
    with pytest.raises(BadInput, match=r"a\.docx"):
        read(docx_of(" "))
