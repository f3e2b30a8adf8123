"""`promptlab grade`: a class against the key."""

import sys
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from promptlab.cli.options import WholeNumber
from promptlab.errors import BadInput
from promptlab.messages import _, ngettext

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from promptlab.grade.classroom import Graded, Tell
    from promptlab.grade.moodle import Filled
    from promptlab.grade.outputs_report import OutputsReport
    from promptlab.grade.writing import Written


@click.command(
    help=_(
        "Mark what a class handed in: a FOLDER, or a ZIP as the school platform made it, with copies as .json, .docx "
        "and .ipynb. Rules mark by the key of the case; you have the last word."
    )
)
@click.argument("source", metavar=_("FOLDER_OR_ZIP"), type=click.Path(path_type=Path))
@click.option("--case", required=True, metavar=_("CASE"), help=_("The case that the copies are about."))
@click.option(
    "--to",
    "folder",
    required=True,
    metavar=_("DIR"),
    type=click.Path(path_type=Path, file_okay=False),
    help=_("Where marks, feedback and the overview of the class go."),
)
@click.option(
    "--session", "sessions", multiple=True, type=int, metavar="N", help=_("Only the criteria of this session.")
)
@click.option(
    "--pupils",
    type=click.Path(path_type=Path),
    metavar=_("LIST.csv"),
    help=_("Your list of pseudonyms and names: names go into the marks, never into a copie."),
)
@click.option(
    "--moodle",
    type=click.Path(path_type=Path),
    metavar=_("GRADEBOOK.csv"),
    help=_("A gradebook or marking sheet exported from Moodle, to be filled in as moodle.csv."),
)
@click.option("--moodle-column", default="", metavar=_("NAME"), help=_("The column of it that takes the marks."))
@click.option(
    "--overrides",
    type=click.Path(path_type=Path),
    metavar=_("FILE"),
    help=_("What you decided yourself (.csv or .toml); overrides.csv in DIR is used without asking."),
)
@click.option(
    "--notebook-reference",
    type=click.Path(path_type=Path),
    metavar=_("NOTEBOOK"),
    help=_("Also compare the saved outputs of the notebooks with those of this one, cell by cell."),
)
@click.option(
    "--notebook-patterns",
    type=click.Path(path_type=Path),
    metavar=_("FILE"),
    help=_("What may differ in these outputs, such as a date: lines “regex: …”, each followed by a line “replace: …”."),
)
@click.option("--workers", default=1, type=WholeNumber(1, 64), metavar="N", help=_("Mark in N processes."))
def command(source: Path, case: str, folder: Path, **asked: Any) -> int:
    """Mark the class, write everything, say what a person must look at; 1 where a file could not be read."""
    from promptlab.files.cases import load_case
    from promptlab.grade.folders import Asked, mark_folder
    from promptlab.grade.writing import Written

    wanted = Asked(source, folder, asked["pupils"], asked["overrides"], asked["sessions"])
    loaded = load_case(case)
    moodle = _Moodle(asked["moodle"], asked["moodle_column"]) if asked["moodle"] else None
    report = _outputs_report(asked["notebook_reference"], asked["notebook_patterns"])
    watch, settle = report.watch if report else None, moodle.fill if moodle else None
    with _executor(asked["workers"]) as executor:
        graded = mark_folder(loaded, wanted, tell=_progress(), executor=executor, watch=watch, settle=settle)
    filled = moodle.filled if moodle else None
    written = _written(graded, folder, filled)
    if report:
        written.append(Written(report.write(folder), _("saved outputs of the notebooks, cell by cell")))
    _summary(graded, written, filled)
    return 1 if graded.unreadable or (report and report.unreadable) else 0


class _Moodle:
    """A table of Moodle, read at once, and `filled` in as soon as there are marks."""

    def __init__(self, path: Path, column: str) -> None:
        from promptlab.files.csv_rows import read_csv

        self._name, self._column = str(path), column
        self._table = read_csv(path)
        self.filled: Filled | None = None

    def fill(self, graded: "Graded") -> None:
        from promptlab.grade.moodle import fill

        self.filled = fill(self._table, graded, column=self._column, name=self._name)


def _outputs_report(path: Path | None, patterns: Path | None) -> "OutputsReport | None":
    if path is None:
        if patterns:
            raise BadInput(_("--notebook-patterns needs --notebook-reference: the notebook to compare with."))
        return None
    from promptlab.grade.outputs import load_notebook, load_patterns
    from promptlab.grade.outputs_report import OutputsReport

    return OutputsReport(load_notebook(path), load_patterns(patterns) if patterns else ())


def _executor(workers: int) -> "AbstractContextManager[Executor | None]":
    from contextlib import nullcontext

    if workers == 1:
        return nullcontext()
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    return ProcessPoolExecutor(workers, mp_context=get_context("spawn"))


def _progress() -> "Tell":
    """Tells on a terminal which file is done, in one line that is written over; nothing elsewhere."""
    if not sys.stderr.isatty():
        return lambda _count, _name: None
    return lambda count, name: click.echo(f"\r\x1b[K{count}  {name[-60:]}", err=True, nl=False)


def _written(graded: "Graded", folder: Path, filled: "Filled | None") -> "list[Written]":
    from promptlab.files.atomic import write_bytes
    from promptlab.grade.writing import Written, write_class, write_sheet

    written = list(write_class(graded, folder))
    written.append(Written(folder / "feedback", _("feedback for each pupil, as a web page and for Word")))
    written.append(Written(folder / "returns", _("a file for each pupil, which the dashboard opens")))
    if filled:
        written.append(Written(write_bytes(folder / "moodle.csv", filled.content), _("the Moodle table, filled in")))
    if sheet := write_sheet(graded, folder):
        written.append(sheet)
    return written


def _summary(graded: "Graded", written: "list[Written]", filled: "Filled | None") -> None:
    from promptlab.cli.show import tell_problems

    if sys.stderr.isatty():
        click.echo("\r\x1b[K", err=True, nl=False)
    click.secho(ngettext("{count} pupil marked.", "{count} pupils marked.", len(graded.entries)), err=True, bold=True)
    for one in written:
        click.echo(f"  {one.path}  {one.what}")
    if graded.missing:
        codes = ", ".join(pupil.pseudonym for pupil in graded.missing)
        click.echo(_("Nothing handed in: {pupils}.", pupils=codes), err=True)
    if graded.unreadable:
        count = len(graded.unreadable)
        said = ngettext("{count} file could not be read:", "{count} files could not be read:", count)
        click.secho(said, err=True, fg="red")
        for problem in graded.unreadable:
            click.echo(f"  ! {problem}", err=True)
    tell_problems([*graded.superseded, *graded.problems, *(filled.problems if filled else ())])
