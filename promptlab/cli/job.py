"""The main job at the command line: progress while it runs, a summary when it is done."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import click

from promptlab.cli.show import tell_problems
from promptlab.errors import BadInput
from promptlab.lesson import Lesson, produce
from promptlab.messages import _, ngettext
from promptlab.model.answer import Run
from promptlab.model.case import Case


def do_recorded(case_name: str, *, run_name: str, folder: Path, by: str) -> None:
    """Make the files of a recorded run of a case. Raises BadInput where there is no such run."""
    from promptlab.files.cases import load_case

    case = load_case(case_name)
    do_run(case, recorded_run(case, run_name), folder=folder, by=by)


def recorded_run(case: Case, name: str) -> Run:
    """The run `name` of `case`, or its default run. Raises BadInput that lists the runs there are."""
    if not case.runs:
        raise BadInput(
            _(
                "{case} holds no recorded answers. Record some with “promptlab run {case} --live --record NAME”, "
                "or put them in answers/NAME/.",
                case=case.name,
            )
        )
    try:
        return case.run(name)
    except KeyError:
        raise BadInput(
            _(
                "{case} has no run “{name}”. There are: {names}.",
                case=case.name,
                name=name,
                names=", ".join(run.name for run in case.runs),
            )
        ) from None


def replayed(run: Run, prompts: Sequence[str]) -> Run:
    """The answers that `run` recorded for these prompts. NotRecorded names the nearest recorded prompt."""
    from promptlab.ask.chain import run_chain
    from promptlab.ask.replay import ReplaySource

    return run_chain(ReplaySource(run), prompts, name=run.name)


def do_run(case: Case, run: Run, *, folder: Path, by: str, replayed_offline: bool = True) -> int:
    """Make the files of `run` in `folder`, with progress and a closing summary on standard error; always 0."""
    click.secho(_("Case: {title}", title=case.title), err=True, bold=True)
    lesson = produce(
        case, run, folder, by=by, made_on=date.today().isoformat(), tell=lambda line: click.echo(f"  {line}", err=True)
    )
    _summary(run, lesson, replayed_offline)
    return 0


def do_variations(case: Case, runs: Sequence[Run], *, folder: Path, by: str) -> None:
    """Make, for each prompt, a table of its answers in all `runs`: the same prompt, different answers."""
    from promptlab.lesson import produce_variations

    for made in produce_variations(case, runs, folder, by=by, made_on=date.today().isoformat()):
        click.echo(f"  {made.path}  {made.what}")


def _summary(run: Run, lesson: Lesson, offline: bool) -> None:
    table = lesson.comparison
    steps = " / ".join(str(len(column.answer.steps)) for column in table.columns)
    click.echo(err=True)
    click.echo(
        _(
            "Answers: {sources}. Steps: {steps}. Phases: {phases}.",
            sources=_sources(run, offline),
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


def _sources(run: Run, offline: bool) -> str:
    models = sorted({answer.provenance.model for answer in run.answers if answer.provenance.model})
    dates = sorted({answer.provenance.collected[:10] for answer in run.answers if answer.provenance.collected})
    said = _(
        "run “{name}”, {model}, {date}",
        name=run.name,
        model=", ".join(models) or "?",
        date=" – ".join(dates[:1] + dates[1:][-1:]) or "?",
    )
    return _("{run}, replayed without network", run=said) if offline else said
