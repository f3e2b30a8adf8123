"""The workbook is read back by an independent path: its XML, and openpyxl."""

import io
import re
import zipfile
from collections import Counter

import pytest
from hypothesis import given, settings
from openpyxl import load_workbook

from promptlab.align.lines import Line, shown, text_of
from promptlab.errors import BadInput
from promptlab.table.portions import LONGEST, TALLEST, portions
from promptlab.table.xlsx import comparison_xlsx
from tests.table import builders
from tests.table.builders import bullet, column, comparison, step, with_text


def book(table, **more):
    return load_workbook(io.BytesIO(comparison_xlsx(table, **more)), rich_text=True)


def texts(sheet):
    return [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None]


def parts(content):
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {name: package.read(name).decode() for name in package.namelist()}


def test_three_sheets_table_items_origin():
    table, items, origin = book(comparison()).worksheets
    assert [cell.value for cell in table[1]][:3] == ["PHASES", "PROMPT 1", "PROMPT 2"]
    assert [cell.value for cell in items[2]][:5] == ["Phase 1", "PROMPT 1", 1, "Recevoir", "1·1.1"]
    assert "Question 2" in texts(origin)


def test_table_is_ready_to_be_read_and_printed():
    sheet = book(comparison()).worksheets[0]
    assert (sheet.freeze_panes, sheet.page_setup.orientation, sheet.print_title_rows) == ("B2", "landscape", "$1:$1")
    assert sheet.page_setup.fitToWidth == 1
    assert sheet["B2"].alignment.wrap_text


@pytest.mark.parametrize("text", ["=1+1", "+33", "-2", "@SUM(A1)", '=HYPERLINK("http://x")'])
def test_text_that_begins_like_a_formula_stays_text_when_edited(text):
    content = comparison_xlsx(with_text(text))
    cells = [
        cell for sheet in load_workbook(io.BytesIO(content)).worksheets for row in sheet.iter_rows() for cell in row
    ]
    found = [cell for cell in cells if cell.value == text]
    assert found
    assert all(cell.quotePrefix for cell in found)
    assert not any("<f>" in part or "<f " in part for part in parts(content).values())


@settings(max_examples=25, deadline=None)
@given(builders.comparisons())
def test_every_word_of_the_answers_is_in_the_table_and_no_cell_is_a_formula(table):
    made = book(table)
    found = Counter(builders.words(" ".join(texts(made.worksheets[0]))))
    for one in table.columns:
        assert not Counter(builders.words(shown(" ".join(builders.said(one.answer))))) - found
    assert {cell.data_type for sheet in made for row in sheet.iter_rows() for cell in row} <= {"s", "n", "inlineStr"}


@settings(max_examples=25, deadline=None)
@given(builders.comparisons())
def test_every_word_of_the_comparison_is_in_the_workbook(table):
    found = set(builders.words(" ".join(text for sheet in book(table) for text in texts(sheet))))
    assert set(builders.words(" ".join(map(shown, builders.strings(table))))) <= found


def test_titles_and_labels_are_bold_and_texts_are_not():
    value = book(comparison(column(step("Titre", bullet("texte", label="Note"))))).worksheets[0]["B2"].value
    assert [piece.font.b for piece in value if "Titre" in str(piece) or "Note" in str(piece)] == [True, True]
    assert [piece.font.b for piece in value if "texte" in str(piece)] == [False]


def test_long_letter_goes_on_in_the_row_below():
    letter = "\n".join(f"ligne {number}" for number in range(90))
    sheet = book(comparison(column(step("T", bullet(letter))))).worksheets[0]
    told = [row[1].value for row in sheet.iter_rows(min_row=2)]
    assert len([value for value in told if value and "ligne" in str(value)]) > 2
    assert sheet.row_dimensions[2].height <= 409


def test_portions_are_no_taller_and_no_longer_than_excel_shows():
    lines = [Line("item", text="mot " * 20_000), Line("step", lead="x" * 40_000), Line("item", text="a\n" * 100)]
    told = portions(lines)
    assert all(len(text_of(one)) <= LONGEST for one in told)
    assert all(text_of(one).count("\n") <= TALLEST for one in told)
    joined = re.sub(r"\s", "", "".join(text_of(one) for one in told))
    assert joined == "mot" * 20_000 + "x" * 40_000 + "a" * 100


def test_same_arguments_give_the_same_bytes_and_the_date_given():
    made = comparison_xlsx(comparison(), made="2026-11-21")
    assert made == comparison_xlsx(comparison(), made="2026-11-21")
    assert "2026-11-21T00:00:00Z" in parts(made)["docProps/core.xml"]
    assert "Réclamation" in parts(made)["docProps/core.xml"]


def test_package_bears_no_time_of_day_of_its_making():
    with zipfile.ZipFile(io.BytesIO(comparison_xlsx(comparison()))) as package:
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"2000-01-01T00:00:00Z" in package.read("docProps/core.xml")


def test_date_that_is_none_is_refused_with_its_text():
    with pytest.raises(BadInput, match="hier"):
        comparison_xlsx(comparison(), made="hier")


def test_rows_for_the_pupils_have_room():
    sheet = book(comparison()).worksheets[0]
    assert [sheet.row_dimensions[row].height for row in (sheet.max_row - 1, sheet.max_row)] == [90, 90]
