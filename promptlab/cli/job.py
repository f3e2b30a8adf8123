"""The main job at the command line: progress while it runs, a summary when it is done."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import click

from promptlab.ask.standing import problems_of
from promptlab.cli.show import tell_problems
from promptlab.lesson import Lesson, produce
from promptlab.messages import _, ngettext
from promptlab.model.answer import Run
from promptlab.model.case import Case


def replayed(run: Run, prompts: Sequence[str]) -> Run:
    """The answers that `run` recorded for these prompts. NotRecorded names the nearest recorded prompt."""
    from promptlab.ask.chain import run_chain
    from promptlab.ask.replay import ReplaySource

    return run_chain(ReplaySource(run), prompts, name=run.name)


def do_run(case: Case, run: Run, *, folder: Path, by: str, live: bool = False, flowchart: bool = True) -> int:
    """Make the files of `run` in `folder`, with progress and a closing summary on standard error.

    Returns 1 where an answer of the run is not whole, so that a person must look, else 0.
    """
    click.secho(_("Case: {title}", title=case.title), err=True, bold=True)
    lesson = produce(case, run, folder, by=by, made_on=date.today().isoformat(), flowchart=flowchart, tell=_tell)
    _summary(run, lesson, live)
    return 1 if problems_of(run) else 0


def _tell(line: str) -> None:
    click.echo(f"  {line}", err=True)


def do_variations(case: Case, runs: Sequence[Run], *, folder: Path, by: str) -> None:
    """Make, for each prompt, a table of its answers in all `runs`: the same prompt, different answers."""
    from promptlab.lesson import produce_variations

    for made in produce_variations(case, runs, folder, by=by, made_on=date.today().isoformat()):
        click.echo(f"  {made.path}  {made.what}")


def _summary(run: Run, lesson: Lesson, live: bool) -> None:
    table = lesson.comparison
    steps = " / ".join(str(len(column.answer.steps)) for column in table.columns)
    click.echo(err=True)
    click.echo(
        _(
            "Answers: {sources}. Steps: {steps}. Phases: {phases}.",
            sources=_sources(run, live),
            steps=steps,
            phases=len(table.phases),
        ),
        err=True,
    )
    click.secho(ngettext("{count} file made:", "{count} files made:", len(lesson.made)), err=True, bold=True)
    width = max(len(str(made.path)) for made in lesson.made)
    for made in lesson.made:
        click.echo(f"  {made.path!s:{width}}  {made.what}")
    tell_problems(lesson.problems)
    click.echo(_("Next: open the table, tag what does not suit the case, and discuss it."), err=True)


def _sources(run: Run, live: bool) -> str:
    models = sorted({answer.provenance.model for answer in run.answers if answer.provenance.model})
    dates = sorted({answer.provenance.day for answer in run.answers if answer.provenance.collected})
    said = _(
        "run “{name}”, {model}, {date}",
        name=run.name,
        model=", ".join(models) or "?",
        date=" – ".join(dates[:1] + dates[1:][-1:]) or "?",
    )
    return said if live else _("{run}, replayed without network", run=said)
