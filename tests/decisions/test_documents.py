"""Documents of a decision table: whole, safe, the same each time."""

import io
import zipfile
from dataclasses import replace

import pytest

from promptlab.decisions import check, decisions_docx, decisions_html, decisions_markdown, decisions_xlsx, sections
from promptlab.errors import BadInput
from promptlab.flowchart import render
from promptlab.model.decisions import Action
from tests.decisions.builders import rule, table, when
from tests.flowchart.builders import decision_chart


@pytest.fixture(scope="module")
def open_table():
    """A table with a gap, an impossible combination, and texts that would act if they could."""
    made = table(rule("A", "x", "y", payee="oui"), impossible=[when(payee="non", stock="non")])
    caution = "<script>alert(1)</script> *gras* | a"
    actions = (
        Action("x", "Établir l’avoir", "note x", caution, ("art. 289",), (), "Comptabilité"),
        Action("y", "Écrire"),
    )
    return replace(made, title="Schéma <b>A</b>", note="=1+1", actions=actions)


def words_of(document):
    tables = [cell.text for table_ in document.tables for row in table_.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *tables])


def test_the_docx_holds_gap_rules_impossible_actions_and_points_of_law(open_table):
    from docx import Document

    document = Document(io.BytesIO(decisions_docx(open_table, check(open_table))))
    text = words_of(document)
    for fact in ("payee ? non", "Établir l’avoir", "jamais", "art. 289", "Comptabilité", "<script>alert(1)</script>"):
        assert fact in text
    assert document.core_properties.title == "Schéma <b>A</b>"
    assert document.sections[0].page_width > document.sections[0].page_height


def test_the_header_of_a_table_is_repeated_and_its_rows_are_whole(open_table):
    from docx import Document

    document = Document(io.BytesIO(decisions_docx(open_table, check(open_table))))
    for table_ in document.tables:
        assert table_.rows[0]._tr.xpath("./w:trPr/w:tblHeader")
        assert all(row._tr.xpath("./w:trPr/w:cantSplit") for row in table_.rows)
        assert table_._tbl.xpath("./w:tblPr/w:tblDescription")


def test_a_picture_has_its_words_as_alternative_text(open_table):
    png = render(decision_chart(), "png")
    content = decisions_docx(open_table, check(open_table), pictures=[("Un arbre\n1. Début", png)])
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        assert "Un arbre" in package.read("word/document.xml").decode()
        assert any(name.startswith("word/media/") for name in package.namelist())


def test_the_same_table_gives_the_same_bytes_on_another_day(open_table, a_day_passes):
    found = check(open_table)
    before = decisions_docx(open_table, found, made="2026-11-21"), decisions_xlsx(open_table, found)
    a_day_passes()
    assert (decisions_docx(open_table, found, made="2026-11-21"), decisions_xlsx(open_table, found)) == before


def test_a_date_that_is_none_is_refused(open_table):
    with pytest.raises(BadInput, match="demain"):
        decisions_docx(open_table, check(open_table), made="demain")


def test_the_page_escapes_every_text_and_loads_nothing(open_table):
    page = decisions_html(open_table, check(open_table), pictures=[("Un <arbre>", b"\x89PNG")])
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert "Schéma &lt;b&gt;" in page
    assert "http" not in page.replace("http-equiv", "")
    assert 'alt="Un &lt;arbre&gt;"' in page


def test_markdown_escapes_marks_and_keeps_the_table_in_one_piece(open_table):
    text = decisions_markdown(open_table, check(open_table))
    assert "\\*gras\\* \\| a" in text
    assert "&lt;script&gt;" in text
    rows = [line for line in text.splitlines() if line.startswith("| A |")]
    assert len(rows) == 1
    assert rows[0].count(" | ") == 4


def test_a_clean_table_has_no_section_of_hints():
    clean = table(rule("A", "x", payee="oui"), rule("B", "y", payee="non"))
    titles = [section.title for section in sections(clean, check(clean))]
    assert len(titles) == 3


def test_the_document_opens_in_libreoffice(needs, tmp_path, open_table):
    import subprocess

    (tmp_path / "s.docx").write_bytes(decisions_docx(open_table, check(open_table)))
    (tmp_path / "s.xlsx").write_bytes(decisions_xlsx(open_table, check(open_table)))
    profile = f"-env:UserInstallation=file://{tmp_path}/lo"
    for name in ("s.docx", "s.xlsx"):
        subprocess.run(
            [needs("soffice"), profile, "--headless", "--convert-to", "pdf", "--outdir", tmp_path, tmp_path / name],
            check=True,
            capture_output=True,
            timeout=100,
        )
        assert (tmp_path / "s.pdf").stat().st_size > 5000
        (tmp_path / "s.pdf").unlink()
