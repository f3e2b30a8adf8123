"""`promptlab compare`: answers to one table."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from promptlab.cli.asking import ASKED_METHODS, Asking, live_options
from promptlab.cli.options import by_option
from promptlab.errors import BadInput
from promptlab.files.runs import recorded_answer
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
@live_options
def command(
    answers: tuple[Path, ...], by: str, alignment: Path | None, as_json: bool, target: Path | None, **asked: Any
) -> None:
    """Compare the answers and print or write the table."""
    from promptlab.align.as_json import to_json
    from promptlab.align.compare import compare
    from promptlab.cli.show import show_comparison, show_problems
    from promptlab.cli.tables import write_table, writer_for

    if as_json and target:
        raise click.UsageError(_("--json and --to do not go together: choose one."))
    write = writer_for(target) if target else None
    if target and (recorded_answer(target) or any(_same_file(path, target) for path in answers)):
        raise BadInput(_("{path} is one of the answers: choose another name with --to.", path=target))
    asking = Asking(**asked)
    asking.check(by)
    columns = read_columns(answers)
    file = alignment or _beside(answers, by)
    kept = _asked(columns, by, asking, file) if asking.live else _kept(columns, by, file)
    table = compare(columns, by=by, alignment=kept)
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


def _beside(answers: Sequence[Path], by: str) -> Path | None:
    """The file beside the answers that records their rows, where they stand in one folder: that of a run."""
    from promptlab.files.kept import recorded_name
    from promptlab.files.runs import MANIFEST

    folders = {path.resolve().parent for path in answers}
    place = folders.pop()
    if by not in ASKED_METHODS or folders or not (place / MANIFEST).is_file():
        return None
    return place / recorded_name(by)


def _asked(columns: "list[Column]", by: str, asking: Asking, file: Path | None) -> "SavedAlignment":
    from promptlab.files.alignments import read_alignments, write_alignments
    from promptlab.files.atomic import require_writable

    if file:
        there = read_alignments(file).values() if file.exists() else ()
        if any(one.by != by or one.checked or one.touched for one in there):
            raise BadInput(
                _("{path} keeps rows of another kind, or that a person worked on: name another file.", path=file)
            )
        require_writable(file.resolve().parent)
    saved = asking.ask(columns, by)
    if file:
        write_alignments(file, {file.resolve().parent.name: saved})
        click.echo(_("Alignment recorded: {path}", path=file), err=True)
    else:
        click.echo(_("These rows are not kept: name a file with --alignment to keep them."), err=True)
    return saved


def _kept(columns: "list[Column]", by: str, file: Path | None) -> "SavedAlignment | None":
    from promptlab.model.alignment import KEPT

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
