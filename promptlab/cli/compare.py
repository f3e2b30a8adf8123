"""`promptlab compare`: answers to one table."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from promptlab.cli.options import by_option
from promptlab.errors import BadInput
from promptlab.messages import _

if TYPE_CHECKING:
    from promptlab.model.alignment import SavedAlignment
    from promptlab.model.comparison import Column


@click.command(help=_("Set 2 to 30 answers (Markdown or text files) side by side in one comparison table."))
@click.argument("answers", nargs=-1, required=True, metavar=_("ANSWER.md…"), type=click.Path(path_type=Path))
@by_option
@click.option(
    "--alignment",
    metavar=_("FILE"),
    type=click.Path(path_type=Path),
    help=_("The file with the alignment that was kept, such as comparison.json. With --by checked, model, embeddings."),
)
@click.option("--json", "as_json", is_flag=True, help=_("Print the table as one JSON document."))
@click.option(
    "--to",
    "target",
    metavar=_("FILE"),
    type=click.Path(path_type=Path),
    help=_("Write the table: .docx .html .csv .xlsx or .md"),
)
def command(answers: tuple[Path, ...], by: str, alignment: Path | None, as_json: bool, target: Path | None) -> None:
    """Compare the answers and print or write the table."""
    from promptlab.align.as_json import to_json
    from promptlab.align.compare import compare
    from promptlab.cli.show import show_comparison, show_problems
    from promptlab.cli.tables import write_table, writer_for

    if as_json and target:
        raise click.UsageError(_("--json and --to do not go together: choose one."))
    write = writer_for(target) if target else None
    if target and any(_same_file(path, target) for path in answers):
        raise BadInput(_("{path} is one of the answers: choose another name with --to.", path=target))
    columns = read_columns(answers)
    table = compare(columns, by=by, alignment=_kept(columns, by, alignment))
    if as_json:
        click.echo(json.dumps(to_json(table), ensure_ascii=False, indent=1))
    elif target and write:
        write_table(table, target, write)
        click.echo(_("Table written: {path}", path=target), err=True)
        show_problems(table)
    else:
        show_comparison(table)


def _same_file(one: Path, other: Path) -> bool:
    return one.resolve() == other.resolve()


def _kept(columns: "list[Column]", by: str, file: Path | None) -> "SavedAlignment | None":
    from promptlab.align.compare import KEPT

    if by not in KEPT:
        if file:
            raise click.UsageError(_("--alignment goes with --by {choices}.", choices=", ".join(KEPT)))
        return None
    if file is None:
        raise click.UsageError(_("--by {by} needs --alignment FILE, such as comparison.json of a case.", by=by))
    from promptlab.align.recorded import choose
    from promptlab.files.alignments import read_alignments

    return choose(list(read_alignments(file).values()), columns, str(file))


def read_columns(paths: tuple[Path, ...]) -> "list[Column]":
    """The answers in these files as columns, in the order given. Raises BadInput for a file that cannot be read.

    An answer that stands in a recorded run brings its prompt and provenance along.
    """
    from promptlab.files.answers import read_answer
    from promptlab.files.runs import recorded_answer
    from promptlab.model.comparison import Column
    from promptlab.parse import parse_answer

    columns = []
    for number, path in enumerate(paths, 1):
        text = read_answer(path)
        recorded = recorded_answer(path)
        columns.append(
            Column(
                prompt=number,
                source=str(path),
                answer=parse_answer(text),
                prompt_text=recorded.prompt if recorded else "",
                provenance=recorded.provenance if recorded else None,
            )
        )
    return columns
