"""`promptlab align`: the rows of a run's table, kept in the case, corrected by hand, checked."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from promptlab.cli.asking import Asking, live_options
from promptlab.cli.options import folder_option
from promptlab.messages import _

if TYPE_CHECKING:
    from promptlab.model.alignment import Correction, SavedAlignment
    from promptlab.model.case import Case
    from promptlab.model.comparison import Column, Comparison

_CORRECTIONS = ("merge", "split", "move", "rename", "reorder")
_STEP = re.compile(r"(\d{1,6}):(\d{1,6})")


@click.command(
    help=_(
        "Show the rows of the table of a run with their numbers, keep them in comparison.json of the case, correct "
        "them. One correction at a time; steps are named column:rank, such as 2:5."
    )
)
@click.argument("case", metavar=_("CASE"))
@click.argument("steps", nargs=-1, metavar=_("[PHASE|STEP]…"))
@click.option("--run", "run_name", default="", metavar=_("NAME"), help=_("The run (the case's default run)."))
@click.option("--save", is_flag=True, help=_("Keep the rows as they are now, as a file to edit."))
@click.option("--checked", default="", metavar=_("WHO"), help=_("Say who has checked all the rows, and keep them."))
@click.option("--merge", is_flag=True, help=_("Make one of several phases: --merge 3 4"))
@click.option("--split", is_flag=True, help=_("Take steps of a phase into one of their own: --split 4 2:5"))
@click.option("--move", is_flag=True, help=_("Move steps to a phase, or to a new one: --move 2:5 7, --move 2:5 new"))
@click.option("--rename", is_flag=True, help=_('Give a phase another name: --rename 3 "Check the file"'))
@click.option("--reorder", is_flag=True, help=_("Put a phase at another row: --reorder 5 2"))
@click.option("--undo", is_flag=True, help=_("Take the last correction back."))
@click.option("--redo", is_flag=True, help=_("Make the correction again that was taken back last."))
@click.option(
    "--by",
    "method",
    type=click.Choice(["meaning", "rank", "model", "embeddings"]),
    help=_("How the rows are made to begin with."),
)
@live_options
@folder_option
def command(
    case: str,
    steps: tuple[str, ...],
    run_name: str,
    method: str | None,
    folder: Path,
    **asked: Any,
) -> None:
    """Show, keep or correct the alignment of a run."""
    from promptlab.cli.recordings import recorded_run
    from promptlab.files.cases import load_case
    from promptlab.lesson import columns_of

    by, asking = method or "", Asking(*(asked.pop(name) for name in ("live", "model", "base_url", "names")))
    given = [name for name in (*_CORRECTIONS, "undo", "redo") if asked[name]]
    asking.check(by)
    _refuse(given, steps, live=asking.live, keeps=bool(asked["save"] or asked["checked"]))
    loaded = load_case(case)
    run = recorded_run(loaded, run_name, folder)
    columns = columns_of(run)
    if asking.live:
        _ask(_Desk(loaded, run.name, columns, by="", results=folder), by, asking)
        return
    desk = _Desk(loaded, run.name, columns, by=by, results=folder)
    if given:
        desk.act(given[0], steps)
    if asked["save"] or asked["checked"]:
        desk.keep(str(asked["checked"]))
    desk.show()
    if given or asked["save"] or asked["checked"]:
        desk.tell_next()


def _refuse(given: Sequence[str], steps: Sequence[str], *, live: bool, keeps: bool) -> None:
    """Refuse options that do not go together, before anything is done."""
    if len(given) > 1:
        raise click.UsageError(
            _("One correction at a time: {options}.", options=", ".join(f"--{one}" for one in given))
        )
    if steps and (not given or given[0] in ("undo", "redo")):
        raise click.UsageError(_("“{value}” belongs to no correction: say --merge, --split, --move…", value=steps[0]))
    if live and (given or keeps):
        raise click.UsageError(_("With --live the rows are asked and recorded; correct them in a second command."))


class _Desk:
    """The alignment of one run while it is worked on, and the file that it is kept in."""

    def __init__(self, case: "Case", run: str, columns: "Sequence[Column]", *, by: str, results: Path) -> None:
        from promptlab.files.alignments import read_alignments
        from promptlab.files.kept import command_case, command_folder, find_kept, kept_file

        self.case, self.run, self.columns, self.results = case, run, columns, results
        self.by, self.given = by, command_case(case)
        self.elsewhere = command_folder(case, results)
        self.file = kept_file(case, run, "checked", results)
        self.all = read_alignments(self.file) if self.file.exists() else {}
        kept = find_kept(case, run, "checked", results)
        self.replaces = bool(by) and kept is not None
        self.start = self._made(by) if by or kept is None else kept

    def _made(self, by: str) -> "SavedAlignment":
        """What a method makes, with nothing corrected."""
        from promptlab.align.recorded import answers_of
        from promptlab.files.kept import kept_alignment
        from promptlab.model.alignment import SavedAlignment

        if by in ("model", "embeddings"):
            return kept_alignment(self.case, self.run, by, self.results)
        return SavedAlignment(by or "meaning", answers_of(self.columns))

    def table(self) -> "Comparison":
        """The table as it is now."""
        from promptlab.align.compare import compare
        from promptlab.align.recorded import fits
        from promptlab.errors import BadInput

        if self.start.phases and not self.by and not fits(self.start, self.columns):
            raise BadInput(
                _(
                    "The answers of {run} have changed since its rows were kept in {file}. Make rows anew with "
                    "“promptlab align {case} --run {run} --by meaning --save{to}”: those kept before stay beside.",
                    run=self.run,
                    file=self.file,
                    case=self.given,
                    to=self.elsewhere,
                )
            )
        return compare(self.columns, by="checked", alignment=self.start)

    def act(self, name: str, words: Sequence[str]) -> None:
        """Make a correction, take one back, or make it again; and keep that."""
        if self.replaces:
            raise click.UsageError(
                _(
                    "{file} already keeps an alignment of {run}: leave --by out to correct that one, or replace it "
                    "with --by … --save first.",
                    file=self.file,
                    run=self.run,
                )
            )
        history = self.start.history
        if name == "undo":
            after = history.undo()
            if after == history:
                raise click.UsageError(_("There is no correction to take back."))
        elif name == "redo":
            after = history.redo()
            if after == history:
                raise click.UsageError(_("There is no correction to make again."))
        else:
            after = history.add(_correction(self.table(), name, words))
        self.start = replace(self.start, history=after)
        self._write()

    def keep(self, checked: str) -> None:
        """Keep the rows as they are now; the corrections made so far become part of them."""
        from promptlab.align.compare import compare
        from promptlab.align.corrections import CORRECTED
        from promptlab.align.recorded import settled, worked_on

        start, (method, _plus, corrected) = self.start, self.start.by.partition("+")
        self.table()
        base = compare(self.columns, by="rank" if start.phases else method)
        touched = worked_on(start, base)
        by = method + (CORRECTED if corrected or touched else "")
        who = checked or ("" if touched else start.checked)
        note = start.note if start.checked in ("", who) else ""
        kept = replace(settled(start, base), by=by, checked=who, note=note, provenance=start.provenance)
        self._set_former_aside()
        self.start = replace(kept, request=start.request, reply=start.reply)
        self._write()

    def _set_former_aside(self) -> None:
        """Before rows made anew replace some that a person checked or changed, keep these beside."""
        from promptlab.files.kept import set_aside

        former = self.all.get(self.run)
        if self.replaces and former and (former.checked or former.touched):
            click.echo(_("The rows kept before stay in {path}", path=set_aside(self.file)), err=True)

    def _write(self) -> None:
        from promptlab.files.alignments import write_alignments

        self.all[self.run] = self.start
        write_alignments(self.file, self.all)
        click.echo(_("Alignment kept: {path}", path=self.file), err=True)

    def show(self) -> None:
        """Print the rows with their numbers, and who made them."""
        from promptlab.align.wording import how_made
        from promptlab.cli.show import show_comparison

        table = self.table()
        show_comparison(table)
        click.echo(how_made(table), err=True)

    def tell_next(self) -> None:
        """Say how the files are made from the rows that are kept: no command takes them unasked."""
        line = f"promptlab run {self.given} --run {self.run} --by checked{self.elsewhere}"
        click.echo(_("Next: {command}", command=line), err=True)


def _correction(table: "Comparison", name: str, words: Sequence[str]) -> "Correction":
    from promptlab.align import corrections

    makers: dict[str, Callable[[], Correction]] = {
        "merge": lambda: corrections.merge_phases(table, *map(_phase, words)),
        "split": lambda: corrections.split_phase(table, _phase(words[0]), map(_step, words[1:])),
        "move": lambda: corrections.move_steps(
            table, map(_step, words[:-1]), None if words[-1].casefold() in ("new", _("new")) else _phase(words[-1])
        ),
        "rename": lambda: corrections.rename_phase(table, _phase(words[0]), " ".join(words[1:])),
        "reorder": lambda: corrections.reorder_phase(table, _phase(words[0]), _phase(words[1])),
    }
    if len(words) < 2 or (name == "reorder" and len(words) > 2):
        raise click.UsageError(
            _("--{name} needs more, or less, than “{given}”: see --help.", name=name, given=" ".join(words))
        )
    return makers[name]()


def _phase(word: str) -> int:
    if not word.isdecimal() or len(word) > 6:
        raise click.UsageError(_("“{value}” is not the number of a phase.", value=word))
    return int(word)


def _step(word: str) -> tuple[int, int]:
    found = _STEP.fullmatch(word)
    if not found:
        raise click.UsageError(_("“{value}” names no step: write column:rank, such as 2:5.", value=word))
    return int(found[1]), int(found[2])


def _ask(desk: _Desk, by: str, asking: Asking) -> None:
    """Ask a server for the rows, and record them beside the answers with their provenance and the request."""
    from promptlab.ask.personal import facts_of
    from promptlab.files.alignments import write_alignments
    from promptlab.files.atomic import require_writable
    from promptlab.files.kept import kept_file

    path = kept_file(desk.case, desk.run, by, desk.results)
    require_writable(path.parent)
    desk.start = asking.ask(desk.columns, by, known=facts_of(desk.case))
    write_alignments(path, {desk.run: desk.start})
    click.echo(_("Alignment recorded: {path}", path=path), err=True)
    desk.show()
