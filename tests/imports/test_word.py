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
