"""Workbooks from elsewhere: read within bounds, refused by name where they are damaged."""

import io
import zipfile
from datetime import datetime

import pytest
from openpyxl import Workbook

from promptlab.errors import BadInput
from promptlab.files.workbooks import read_sheets

SHEET = "xl/worksheets/sheet1.xml"


def book(*rows, merged=""):
    made, out = Workbook(), io.BytesIO()
    for row in rows:
        made.active.append(row)
    if merged:
        made.active.merge_cells(merged)
    made.save(out)
    return out.getvalue()


def changed(content, name, change):
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(out, "w") as target:
        for entry in source.namelist():
            part = source.read(entry)
            target.writestr(entry, change(part) if entry == name else part)
    return out.getvalue()


def read(content, most_rows=50, most_columns=20):
    return read_sheets(content, "a.xlsx", most_rows=most_rows, most_columns=most_columns)


def values(sheet):
    return [[cell.value for cell in row] for row in sheet.rows]


def test_values_come_with_their_format_and_place():
    (sheet,) = read(book(["a", 1.5], [None, datetime(2026, 11, 20)]))
    assert values(sheet) == [["a", 1.5], [None, datetime(2026, 11, 20)]]
    assert sheet.rows[1][1].where == "B2"
    assert not sheet.cut


def test_empty_rows_and_columns_at_the_end_are_no_part_of_a_sheet():
    (sheet,) = read(book(["a"], [""], [None, None, None]))
    assert values(sheet) == [["a"]]


def test_more_rows_or_columns_than_asked_are_told():
    wide, high = book(list("abcde")), book(*(["x"] for _number in range(6)))
    assert not read(wide, most_columns=5)[0].cut
    assert read(wide, most_columns=4)[0].cut
    assert values(read(wide, most_columns=4)[0]) == [list("abcd")]
    assert not read(high, most_rows=6)[0].cut
    assert read(high, most_rows=5)[0].cut


def test_a_range_over_a_whole_sheet_costs_nothing():
    merged = b'<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells></worksheet>'
    content = changed(book(["a"]), SHEET, lambda part: part.replace(b"</worksheet>", merged))
    assert values(read(content)[0]) == [["a"]]


def test_a_cell_at_the_far_end_of_a_sheet_is_told_and_costs_nothing():
    far = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    content = changed(book(["a"]), SHEET, lambda part: part.replace(b"</sheetData>", far))
    content = changed(content, SHEET, lambda part: part.replace(b'ref="A1:A1"', b'ref="A1:XFD1048576"'))
    assert read(content)[0].cut
    assert values(read(content)[0]) == [["a"]]


@pytest.mark.parametrize(
    ("name", "change"),
    [
        (SHEET, lambda part: part[:-20]),
        (SHEET, lambda part: part.replace(b'r="A1"', b'r="?"')),
        ("xl/workbook.xml", lambda part: b"<workbook"),
        ("xl/styles.xml", lambda part: part.replace(b"<fonts", b"<font s")),
        ("[Content_Types].xml", lambda part: b""),
    ],
)
def test_a_damaged_part_is_told_by_the_name_of_the_file(name, change):
    with pytest.raises(BadInput, match=r"a\.xlsx is not a readable workbook"):
        read(changed(book(["a"]), name, change))


def test_any_byte_may_be_wrong():
    content = bytearray(book(["a", 1]))
    for at in range(0, len(content), 37):
        wrong = content.copy()
        wrong[at] ^= 0xFF
        try:
            assert len(read(bytes(wrong))) <= 1
        except BadInput as error:
            assert "a.xlsx" in str(error)  # noqa: PT017


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"a;b\n", b"\xd0\xcf\x11\xe0"])
def test_what_is_no_workbook_is_refused_by_name(content):
    with pytest.raises(BadInput, match=r"a\.xlsx"):
        read(content)


def test_what_unpacks_too_large_is_not_read(monkeypatch):
    monkeypatch.setattr("promptlab.files.workbooks.MOST_UNPACKED", 1000)
    with pytest.raises(BadInput, match=r"a\.xlsx unpacks to more than"):
        read(book(["a"]))
