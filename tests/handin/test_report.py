from dataclasses import replace

from promptlab.handin import read_hand_in_bytes
from promptlab.handin.report import report_html, report_markdown
from promptlab.model.copie import Copie, Plain, Tagging
from promptlab.model.hand_in import Changed, HandIn
from promptlab.model.problem import Problem
from tests.handin.builders import a_copie, as_docx

HOSTILE = '<img src=x onerror="alert(1)"> | # *gras*'


def hand_in():
    tagging = Tagging(1, "1.1", HOSTILE, (0, 4), "relevant", "law", HOSTILE, None)
    changed = (Changed("PROMPT 1, 1.1", "avant", "après"), Changed("PROMPT 1, 1.2", "", "ajouté"),
               Changed("PROMPT 1, 1.3", "parti", ""))  # fmt: skip
    copie = Copie("x", "reclamation", ("P07",), taggings=(tagging,), remarks=(HOSTILE,))
    return HandIn("P07.docx", copie, changed, (Problem(HOSTILE, "row 3"),), "docx")


def test_page_says_what_was_added_changed_and_taken_out():
    for made in (report_html([(hand_in(), {"relevant": "pertinent"})]), report_markdown([(hand_in(), {})])):
        assert all(word in made for word in ("P07", "avant", "après", "ajouté", "parti", "row 3"))


def test_texts_of_pupils_are_escaped():
    page = report_html([(hand_in(), {})])
    assert "<img" not in page
    assert "Content-Security-Policy\" content=\"default-src 'none'" in page
    lines = report_markdown([(hand_in(), {})])
    assert "<img" not in lines
    assert "\\| \\# \\*gras\\*" in lines


def test_file_with_nothing_in_it_has_no_tables():
    made = report_html([(read_hand_in_bytes("a.docx", as_docx()), {})])
    assert "<table" not in made


def test_names_are_those_of_the_case():
    read = read_hand_in_bytes("a.docx", as_docx(a_copie()))
    assert "inapproprié" in report_html([(read, {"inappropriate": "inapproprié"})])


def test_corrections_of_the_table_are_told_in_words():
    steps = [{"answer": "a" * 16, "rank": 1, "title": "Lire"}]
    rename = Plain.of({"kind": "rename", "label": HOSTILE, "steps": steps})
    read = replace(hand_in(), copie=replace(hand_in().copie, corrections=(rename,)))
    page = report_html([(read, {})])
    assert "Rows of the table corrected by hand" in page
    assert "The row of “Lire” is now called" in page
    assert "<img" not in page
