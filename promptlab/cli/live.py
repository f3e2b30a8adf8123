"""The chain asked live at the command line: what is sent, what comes, what was recorded."""

import re
from collections.abc import Sequence
from datetime import date
from functools import partial
from pathlib import Path

import click

from promptlab.ask.chain import Outcome, Plan, run_many, run_names
from promptlab.ask.live import live_source
from promptlab.ask.names import load_names
from promptlab.ask.personal import check_before_sending, facts_of
from promptlab.ask.recording import RecordingSource, recorded_so_far
from promptlab.ask.standing import problems_of
from promptlab.cli.job import do_run, do_variations
from promptlab.cli.progress import Display
from promptlab.cli.show import tell_problems
from promptlab.errors import BadInput
from promptlab.files.atomic import require_writable
from promptlab.messages import _, ngettext
from promptlab.model.case import Case


def do_live(
    case: Case,
    *,
    prompts: Sequence[str],
    folder: Path,
    by: str,
    models: Sequence[str],
    base_url: str,
    record: str,
    repeat: int,
    names: Path | None,
) -> int:
    """Ask the chain, record every answer, then make the files of each whole run.

    Returns 1 where a person must look (an answer that was cut, a chain that stopped), else 0. Raises BadInput,
    PersonalDataFound before anything is sent, and AskFailed where no chain could be finished.
    """
    chain = tuple(prompts) or case.prompts
    pupils, known = load_names(names) if names else None, facts_of(case)
    check_before_sending(chain, names=pupils, known=known)
    answers = case.folder / "answers"
    plans = []
    for name, model in run_names(_base_name(record, answers), models, repeat):
        recorded = recorded_so_far(answers / name, chain, model=model)
        if recorded.answers:
            click.echo(
                _(
                    "Run “{name}”: {count} of {wanted} answers are already recorded; these are not asked again.",
                    name=name,
                    count=len(recorded.answers),
                    wanted=len(chain),
                ),
                err=True,
            )
        # Made now, so that a missing key or a wrong address is told before anything is asked.
        source = live_source(model, base_url=base_url, names=pupils, known=known)
        plans.append(Plan(name, partial(RecordingSource, source, answers / name, recorded), recorded))
    require_writable(answers)
    with Display(len(chain)) as display:
        outcomes = run_many(plans, chain, on_progress=display.show)
    return _close(case, chain, outcomes, folder=folder, by=by)


def _base_name(record: str, answers: Path) -> str:
    if record:
        if not re.fullmatch(r"[^\W.][\w.-]{0,59}", record):
            raise BadInput(_("--record “{name}”: use letters, digits, - and _ only; it names a folder.", name=record))
        return record
    stem = f"live-{date.today().isoformat()}"
    number = 1
    while any(answers.glob(f"{stem}-{number}*")):
        number += 1
    return f"{stem}-{number}"


def _close(case: Case, chain: Sequence[str], outcomes: Sequence[Outcome], *, folder: Path, by: str) -> int:
    whole = [outcome.run for outcome in outcomes if len(outcome.run.answers) == len(chain)]
    for outcome in outcomes:
        count = len(outcome.run.answers)
        said = ngettext(
            "Run “{name}”: {count} answer recorded in {place}",
            "Run “{name}”: {count} answers recorded in {place}",
            count,
            name=outcome.run.name,
            place=case.folder / "answers" / outcome.run.name,
        )
        click.echo(said if count else _("Run “{name}”: nothing recorded.", name=outcome.run.name), err=True)
        if outcome.error:
            click.echo(f"  {outcome.error}", err=True)
    if not whole:
        raise next(
            (outcome.error for outcome in outcomes if outcome.error),
            BadInput(_("No chain could be finished: see above.")),
        )
    for run in whole:
        do_run(case, run, folder=folder, by=by, replayed_offline=False)
    if len(whole) > 1:
        do_variations(case, whole, folder=folder, by=by)
    problems = [problem for outcome in outcomes for problem in problems_of(outcome.run, chain)]
    tell_problems(problems)
    return 1 if problems or len(whole) < len(outcomes) else 0
