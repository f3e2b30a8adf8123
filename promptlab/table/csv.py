"""The comparison as CSV for a French Excel: `;` between cells, UTF-8 with a byte order mark, CRLF after each row."""

import csv
import io
from collections.abc import Iterator

from promptlab.align.wording import heads, statement, what_it_is
from promptlab.files.cells import csv_cell
from promptlab.messages import _
from promptlab.model.comparison import Comparison
from promptlab.table.cells import cell_text, origins, problems_of, reason_text, rows


def comparison_csv(comparison: Comparison) -> bytes:
    """The table with one record for each row of it, then the origin of each answer in the same columns.

    The first column is the label of the row, the last one why it is a row and what changes in it. Lines inside a cell
    end with LF. A cell that a spreadsheet program could take for a formula (it begins with = + - @, a tab, or one of
    these after spaces) gets an apostrophe before it, as OWASP advises; nothing else is changed.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    for record in _records(comparison):
        writer.writerow([csv_cell(cell) for cell in record])
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8")


def _records(comparison: Comparison) -> Iterator[tuple[str, ...]]:
    yield (_("PHASES"), *heads(comparison), _("Why this row, and what changes"))
    for row in rows(comparison):
        yield (row.label, *(cell_text(cell) for cell in row.cells), reason_text(comparison, row))
    for name, values in origins(comparison):
        yield (name, *values, "")
    told = [" \n".join(problems_of(column)) for column in comparison.columns]
    table = "\n".join(str(problem) for problem in comparison.problems)
    if any(told) or table:
        yield (_("To check"), *told, table)
    about = "\n".join(text for text in (comparison.title, what_it_is(comparison), *statement(comparison)) if text)
    yield (_("About this table"), *("" for _column in comparison.columns), about)
