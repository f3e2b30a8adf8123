"""The CSV opens in a French Excel, holds every word, and no cell of it is a formula."""

import csv
import io
from collections import Counter

import pytest
from hypothesis import given, settings

from promptlab.align.lines import shown
from promptlab.files.cells import looks_like_formula
from promptlab.table.csv import comparison_csv
from tests.table import builders
from tests.table.builders import bullet, column, comparison, step, with_text


def records(content):
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


def test_file_begins_with_a_byte_order_mark_and_its_rows_end_with_crlf():
    content = comparison_csv(comparison())
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.endswith(b"\r\n")


def test_first_column_names_the_rows_and_each_answer_has_one():
    head, first, *_rest = records(comparison_csv(comparison()))
    assert head[:3] == ["PHASES", "PROMPT 1", "PROMPT 2"]
    assert first[0] == "Phase 1"
    assert "• Lire la lettre." in first[1]


def test_all_records_have_the_same_number_of_cells():
    assert len({len(record) for record in records(comparison_csv(with_text('a;b\n"c"')))}) == 1


def test_lines_in_a_cell_end_with_a_line_feed_alone():
    content = comparison_csv(comparison(column(step("T", bullet("a\r\nb<br>c"))))).decode()
    assert "a\n" in content
    assert "\n  c" in content
    assert "\r" not in content.replace("\r\n", "")


@pytest.mark.parametrize("text", ["=1+1", "+33", "-2", "@SUM(A1)", "\t=1", " =1", "＝1", "\n=1"])
def test_cell_that_begins_like_a_formula_gets_an_apostrophe(text):
    content = comparison_csv(comparison(column(step("T"), intro=text), column(prompt=2)))
    assert [cell for record in records(content) for cell in record if cell.startswith("'")]


@settings(max_examples=60, deadline=None)
@given(builders.comparisons())
def test_no_cell_is_a_formula_whatever_the_answers_hold(table):
    assert not [cell for record in records(comparison_csv(table)) for cell in record if looks_like_formula(cell)]


@settings(max_examples=60, deadline=None)
@given(builders.comparisons())
def test_every_word_of_the_comparison_is_in_the_file(table):
    found = Counter(builders.words(" ".join(cell for record in records(comparison_csv(table)) for cell in record)))
    for one in table.columns:
        assert not Counter(builders.words(shown(" ".join(builders.said(one.answer))))) - found
    assert set(builders.words(shown(" ".join(builders.strings(table))))) <= set(found)


def test_origin_of_each_answer_stands_in_its_column():
    row = next(record for record in records(comparison_csv(comparison())) if "Question 2" in record)
    assert row[2] == "Question 2"
