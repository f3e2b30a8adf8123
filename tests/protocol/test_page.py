"""A document to print, as Word and as a web page."""

import io
import zipfile

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from promptlab.errors import BadInput
from promptlab.protocol.docx import page_docx
from promptlab.protocol.html import page_html
from promptlab.protocol.page import Grid, Heading, NewPage, Page, Points, bullets, from_markdown, plain, said
from promptlab.protocol.texts import filled

TABLE = "| a | b |\n|---|---|\n| un | **deux** |\n"


def opened(page):
    return docx.Document(io.BytesIO(page_docx(page, made="2026-11-22")))


def test_markdown_becomes_headings_paragraphs_lists_and_tables():
    head, text, points, grid, again = from_markdown(f"## Un\n\nbon *jour*\n\n- a\n  - b\n- c\n\n{TABLE}\n---\n")
    assert head == Heading("Un", 2)
    assert [run.slanted for run in text.words] == [False, True]
    assert [level for level, _words in points.entries] == [0, 1, 0]
    assert [[cell[0].text for cell in row] for row in grid.rows] == [["un", "deux"]]
    assert again == NewPage()


def test_html_in_markdown_stays_a_text():
    (block,) = from_markdown("<script>alert(1)</script> & co")
    assert "<script>" not in page_html(Page("t", (block,))).split("</style>")[1]


def test_a_value_put_into_a_text_is_no_markdown():
    page = from_markdown(filled("live-away", sessions="**x**", server="[a](b) | c", model="_m_"))
    assert "[a](b) | c" in "".join(run.text for run in page[0].words)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.text(max_size=40), max_size=5))
def test_every_text_is_in_the_word_document(texts):
    kept = [text for text in texts if text.strip() and text.isprintable()]
    found = opened(Page("Titre", (*said(*kept), *bullets(kept))))
    assert [paragraph.text for paragraph in found.paragraphs][1:] == kept * 2


def test_the_word_document_has_headings_a_language_and_a_header_row():
    grid = Grid((plain("a"), plain("b")), ((plain("1"), plain("2")),), "deux colonnes")
    page = Page("Titre", (Heading("Un"), Points(((0, plain("x")),)), grid))
    found = opened(page)
    assert [p.style.name for p in found.paragraphs][:3] == ["Title", "Heading 1", "List Bullet"]
    assert found.core_properties.language == "fr-FR"
    xml = found.element.xml
    assert "w:tblHeader" in xml
    assert "deux colonnes" in xml


def test_turned_pages_are_a_section_of_their_own():
    found = opened(Page("t", (*said("a"), NewPage(turned=True), *said("b"), NewPage(), *said("c"))))
    assert [section.page_width > section.page_height for section in found.sections] == [False, True, False]


def test_the_same_page_gives_the_same_bytes_on_another_day(a_day_passes):
    page = Page("t", said("a"))
    before = page_docx(page, made="2026-11-22")
    a_day_passes()
    assert page_docx(page, made="2026-11-22") == before


def test_a_date_that_is_none_is_refused():
    page = Page("t", said("a"))
    with pytest.raises(BadInput, match="hier"):
        page_docx(page, made="hier")


def test_the_web_page_holds_no_script_and_loads_nothing():
    html = page_html(Page("<t>", said("a < b")))
    assert "Content-Security-Policy\" content=\"default-src 'none'" in html
    assert "&lt;t&gt;" in html
    assert not any(word in html for word in ("<script", "http:", "https:", 'src="/'))


def test_signs_that_xml_cannot_hold_do_not_break_the_document():
    content = page_docx(Page("t\x00", said("a\x01b")))
    assert zipfile.ZipFile(io.BytesIO(content)).testzip() is None
