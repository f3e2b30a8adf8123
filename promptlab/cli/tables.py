"""Which writer makes a comparison table for which file ending."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from promptlab.errors import BadInput
from promptlab.files.atomic import write_bytes
from promptlab.messages import _
from promptlab.model.comparison import Comparison

Writer = Callable[[Comparison, str], bytes]


def _docx(table: Comparison, made: str) -> bytes:
    from promptlab.word.comparison import comparison_docx

    return comparison_docx(table, made=made)


def _html(table: Comparison, made: str) -> bytes:
    from promptlab.table.html import comparison_html

    return comparison_html(table, made=made).encode()


def _csv(table: Comparison, _made: str) -> bytes:
    from promptlab.table.csv import comparison_csv

    return comparison_csv(table)


def _xlsx(table: Comparison, made: str) -> bytes:
    from promptlab.table.xlsx import comparison_xlsx

    return comparison_xlsx(table, made=made)


def _markdown(table: Comparison, _made: str) -> bytes:
    from promptlab.table.markdown import comparison_markdown

    return comparison_markdown(table).encode()


WRITERS: dict[str, Writer] = {".docx": _docx, ".html": _html, ".csv": _csv, ".xlsx": _xlsx, ".md": _markdown}


def writer_for(target: Path) -> Writer:
    """The writer for this file's ending. Raises BadInput that lists the endings there are."""
    writer = WRITERS.get(target.suffix.lower())
    if writer is None:
        raise BadInput(
            _(
                "{path}: a table is written to a file whose name ends in one of: {choices}.",
                path=target,
                ending=target.suffix,
                choices=" ".join(WRITERS),
            )
        )
    return writer


def write_table(table: Comparison, target: Path, write: Writer) -> None:
    """Write `table` to `target`, whole or not at all. Raises CannotWrite."""
    write_bytes(target, write(table, date.today().isoformat()))
