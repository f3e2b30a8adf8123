"""The workbook of a case: written, filled in as a teacher does, read back."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from promptlab.errors import BadInput
from promptlab.files.case_form import read_form
from promptlab.files.case_to_form import form_of, usual_form
from promptlab.files.case_workbook import read_workbook, write_workbook
from promptlab.files.cases import load_case, shipped_cases
from tests.preparing.forms import small_form


def written(tmp_path, form):
    return write_workbook(tmp_path / "cas.xlsx", form)


def sheet_of(book, key):
    return next(sheet for sheet in book if sheet["A1"].value == f"promptlab:{key}")


def change(path, key, cells):
    """Type into cells of a sheet: {"C5": value}."""
    book = load_workbook(path)
    for place, value in cells.items():
        sheet_of(book, key)[place] = value
    book.save(path)


def cell_of(path, key, name):
    """The address of the cell of a field."""
    sheet = sheet_of(load_workbook(path), key)
    return next(f"C{row[0].row}" for row in sheet.iter_rows() if row[0].value == name)


@pytest.mark.parametrize("form", [small_form(), usual_form(), form_of(shipped_cases() / "reclamation")])
def test_what_a_form_holds_comes_back_from_its_workbook(tmp_path, form):
    typed = read_workbook(written(tmp_path, form))
    assert not typed.problems
    assert typed.form == {place: text for place, text in form.items() if text.strip()}


def test_numbers_dates_and_rates_are_read_as_they_are_shown(tmp_path):
    path = written(tmp_path, small_form())
    change(
        path, "order", {cell_of(path, "order", "date"): date(2026, 3, 4), cell_of(path, "order", "totals.ht"): 476.5}
    )
    book = load_workbook(path)
    cell = sheet_of(book, "order")[cell_of(path, "order", "terms.cash_discount")]
    cell.value, cell.number_format = 0.015, "0.0%"
    book.save(path)
    form = read_workbook(path).form
    assert (form["order/date"], form["order/totals.ht"], form["order/terms.cash_discount"]) == (
        "04/03/2026",
        "476.5",
        "1.5",
    )


def test_a_fault_is_told_at_its_cell(tmp_path):
    path = written(tmp_path, small_form())
    place = cell_of(path, "order", "date")
    change(path, "order", {place: "avant-hier"})
    typed = read_workbook(path)
    (fault,) = read_form(typed.form, tmp_path)[1]
    assert typed.placed(fault).where == f"order, {place}"


def test_a_copied_sheet_is_a_second_document(tmp_path):
    path = written(tmp_path, small_form(**{"invoice/number": "F1"}))
    book = load_workbook(path)
    copy = book.copy_worksheet(sheet_of(book, "invoice"))
    copy.title = "ma deuxième facture"
    copy[cell_of(path, "invoice", "number")] = "F2"
    book.save(path)
    form = read_workbook(path).form
    assert (form["invoice/number"], form["invoice-2/number"]) == ("F1", "F2")


def test_a_sheet_of_the_teachers_own_is_told_and_not_lost_in_silence(tmp_path):
    path = written(tmp_path, small_form())
    book = load_workbook(path)
    book.create_sheet("notes")["B2"] = "à ne pas oublier"
    book.save(path)
    assert [problem.where for problem in read_workbook(path).problems] == ["notes"]


def test_a_cell_with_an_error_is_told(tmp_path):
    path = written(tmp_path, small_form())
    book = load_workbook(path)
    cell = sheet_of(book, "order")[cell_of(path, "order", "number")]
    cell.value, cell.data_type = "#REF!", "e"
    book.save(path)
    assert "#REF!" in str(read_workbook(path).problems[0])


def test_a_text_that_looks_like_a_formula_stays_a_text(tmp_path):
    path = written(tmp_path, small_form(**{"case/title": '=HYPERLINK("http://x")'}))
    cell = sheet_of(load_workbook(path), "case")["C3"]
    assert (cell.data_type, cell.quotePrefix) == ("s", True)
    assert read_workbook(path).form["case/title"] == '=HYPERLINK("http://x")'


def test_a_workbook_that_is_no_case_is_refused(tmp_path):
    Workbook().save(tmp_path / "autre.xlsx")
    (tmp_path / "texte.xlsx").write_text("pas un classeur")
    for name in ("autre.xlsx", "texte.xlsx", "absent.xlsx"):
        with pytest.raises(BadInput, match=name):
            read_workbook(tmp_path / name)


def test_a_workbook_is_not_written_over(tmp_path):
    path = written(tmp_path, {})
    before = path.read_bytes()
    with pytest.raises(BadInput, match="already"):
        write_workbook(path, small_form())
    assert path.read_bytes() == before


def test_a_shipped_second_case_is_exactly_what_its_workbook_makes(tmp_path):
    from click.testing import CliRunner

    from promptlab.cli.new import command

    source = Path(__file__).with_name("cycles.xlsx")
    done = CliRunner().invoke(command, [str(tmp_path / "cycles"), "--xlsx", str(source)], catch_exceptions=False)
    assert done.exit_code == 0
    shipped, made = shipped_cases() / "cycles", tmp_path / "cycles"
    for path in sorted(made.rglob("*.*")):
        if path.name == "case.toml":
            continue
        assert path.read_bytes() == (shipped / path.relative_to(made)).read_bytes(), path.name
    one, other = load_case(shipped), load_case(made)
    assert (one.title, one.prompts, one.tasks, one.reasons, one.company, one.documents) == (
        other.title,
        other.prompts,
        other.tasks,
        other.reasons,
        other.company,
        other.documents,
    )


def test_long_texts_have_rows_that_show_them_and_the_note_has_the_whole_width(tmp_path):
    write_workbook(tmp_path / "cas.xlsx", {"tasks/tasks[1].number": "1", "tasks/tasks[1].text": "mot " * 60})
    sheet = sheet_of(load_workbook(tmp_path / "cas.xlsx"), "tasks")
    (row,) = (cell.row for cell in sheet["C"] if str(cell.value).startswith("mot mot"))
    assert sheet.row_dimensions[row].height >= 60
    assert [str(one) for one in sheet.merged_cells.ranges] == ["B2:D2"]


def test_a_rate_typed_with_its_sign_is_that_rate(tmp_path):
    form = {
        "invoice/lines[1].reference": "K",
        "invoice/lines[1].vat_rate": "20 %",
        "invoice/lines[1].amount": "12,50 €",
    }
    case, problems = read_form(form, tmp_path)
    assert not [one for one in problems if "lines" in one.where]
    (line,) = case.documents[0].lines
    assert (line.vat_rate, line.amount) == (20, Decimal("12.50"))
    (fault,) = (
        one for one in read_form(form | {"invoice/lines[1].amount": "20 %"}, tmp_path)[1] if "lines" in one.where
    )
    assert fault.where == "invoice/lines[1].amount"
