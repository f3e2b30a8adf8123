import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from promptlab.errors import BadInput
from promptlab.files.csv_rows import read_csv

CELLS = st.text(st.characters(exclude_categories=("Cs", "Cc")) | st.sampled_from(';,"\n\t'), max_size=8)
TABLES = st.integers(2, 4).flatmap(
    lambda width: st.lists(st.lists(CELLS, min_size=width, max_size=width), min_size=1, max_size=5)
)


@given(table=TABLES, delimiter=st.sampled_from(";,\t"), end=st.sampled_from(("\n", "\r\n")), quoting=st.booleans())
def test_a_file_is_read_like_the_standard_reader_does_and_written_back_to_the_byte(
    table, delimiter, end, quoting, tmp_path_factory
):
    out = io.StringIO(newline="")
    writer = csv.writer(
        out, delimiter=delimiter, lineterminator=end, quoting=csv.QUOTE_ALL if quoting else csv.QUOTE_MINIMAL
    )
    writer.writerow(["tete"] * len(table[0]))  # the first line tells the delimiter
    writer.writerows(table)
    path = tmp_path_factory.mktemp("csv") / "t.csv"
    path.write_bytes(out.getvalue().encode())
    file = read_csv(path)
    read = [[cell.text for cell in record] for record in file.records]
    assert read == [["tete"] * len(table[0]), *table]
    assert file.with_cells({}) == path.read_bytes()


@given(text=CELLS)
def test_a_changed_cell_is_read_again_as_it_was_meant(text, tmp_path_factory):
    path = tmp_path_factory.mktemp("csv") / "t.csv"
    path.write_bytes(b'a;b;c\r\n1;"x;y";\r\n')
    path.write_bytes(read_csv(path).with_cells({(1, 1): text}))
    file = read_csv(path)
    assert [cell.text for cell in file.records[1]] == ["1", text, ""]
    assert file.records[0] == read_csv(path).records[0]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_any_usual_encoding_is_read_and_kept(tmp_path, encoding):
    path = tmp_path / "t.csv"
    path.write_bytes("Élève;Note\r\nLéa;\r\n".encode(encoding))
    file = read_csv(path)
    assert file.heads[-2:] == ("Élève", "Note")
    after = file.with_cells({(1, 1): "12"}).decode(encoding)
    assert after == "Élève;Note\r\nLéa;12\r\n"


def test_an_empty_file_and_a_workbook_are_refused(tmp_path):
    for content in (b"", b"\xef\xbb\xbf\r\n", b"PK\x03\x04"):
        path = tmp_path / "t.csv"
        path.write_bytes(content)
        with pytest.raises(BadInput, match=r"t\.csv"):
            read_csv(path)
