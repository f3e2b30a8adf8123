"""What the comparison of saved outputs found in a class, as a table."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from promptlab.errors import BadInput
from promptlab.files.atomic import write_bytes
from promptlab.files.cells import csv_cell
from promptlab.files.csv_rows import csv_bytes
from promptlab.grade.collecting import Handed, Unreadable
from promptlab.grade.outputs import CellReport, Patterns, compare_outputs, read_notebook
from promptlab.messages import _

FILE = "outputs.csv"


class OutputsReport:
    """Compares the notebooks of a class with `reference` while they go by; `patterns` smooth what may differ."""

    def __init__(self, reference: dict[str, Any], patterns: Patterns = ()) -> None:
        self.reference, self.patterns = reference, patterns
        self.reports: dict[str, tuple[CellReport, ...]] = {}
        self.unreadable: dict[str, str] = {}

    def watch(self, files: Iterable[Handed | Unreadable]) -> Iterator[Handed | Unreadable]:
        """`files` as they are; each notebook among them is compared."""
        for file in files:
            if isinstance(file, Handed) and file.name.lower().endswith(".ipynb"):
                try:
                    handed = read_notebook(file.data, file.name)
                    self.reports[file.name] = compare_outputs(self.reference, handed, patterns=self.patterns)
                except BadInput as error:
                    self.unreadable[file.name] = str(error)
            yield file

    def write(self, folder: Path) -> Path:
        """Write the table into `folder`: a line for each notebook and cell. Raises CannotWrite."""
        heads = (_("File"), _("Cell"), _("Code"), _("Outputs"), _("Part"), _("Expected"), _("Found"))
        rows = [
            (name, str(one.number), one.source, words()[one.verdict], one.part, one.expected, one.found)
            for name, reports in self.reports.items()
            for one in reports
        ]
        rows += [(name, "", "", said, "", "", "") for name, said in self.unreadable.items()]
        return write_bytes(folder / FILE, csv_bytes([heads, *(tuple(map(csv_cell, row)) for row in rows)]))


def words() -> dict[str, str]:
    """What each verdict says to a person."""
    return {
        "same": _("as in the reference"),
        "different": _("different"),
        "not_run": _("not run"),
        "missing": _("this cell is missing"),
        "left_out": _("not compared"),
    }
