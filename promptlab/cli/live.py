"""The chain asked live at the command line: what is sent, what comes, what was recorded."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

import click

from promptlab.ask.chain import Outcome, Plan, run_many, run_names
from promptlab.ask.cost import Prices, cost_line, prices_file, read_prices
from promptlab.ask.live import live_source
from promptlab.ask.names import load_names
from promptlab.ask.personal import check_before_sending, facts_of
from promptlab.ask.recording import RecordingSource, recorded_so_far
from promptlab.ask.wording import normalised
from promptlab.cli.job import do_run, do_variations
from promptlab.cli.progress import Display
from promptlab.cli.recordings import checked_name, recordings_of
from promptlab.errors import BadInput
from promptlab.files.atomic import require_writable
from promptlab.files.cases import is_shipped
from promptlab.files.scaffold import unfinished_prompts
from promptlab.messages import _, ngettext
from promptlab.model.answer import Run
from promptlab.model.case import Case


@dataclass(frozen=True, slots=True)
class Request:
    """What the options of `promptlab run --live` ask for."""

    prompts: tuple[str, ...]
    folder: Path
    by: str
    models: tuple[str, ...] = ()
    base_url: str = ""
    record: str = ""
    repeat: int = 1
    names: Path | None = None


def do_live(case: Case, request: Request) -> int:
    """Ask the chain, record every answer, then make the files of each whole run.

    Returns 1 where a person must look (an answer that was cut, a chain that stopped), else 0. Raises BadInput,
    PersonalDataFound before anything is sent, and AskFailed where no chain could be finished.
    """
    chain = _chain(case, request)
    place = recordings_of(case, request.folder)
    base = _base_name(request.record, place)
    if is_shipped(case) and base in {run.name for run in case.runs}:
        raise BadInput(_("“{name}” is a run that comes with the case: give another name with --record.", name=base))
    prices = read_prices(prices_file())  # a fault in it is told before anything is asked
    plans = _plans(case, request, chain, place, base)
    require_writable(place)
    with Display(len(chain)) as display:
        outcomes = run_many(plans, chain, on_progress=display.show)
    whole = [outcome.run for outcome in outcomes if len(outcome.run.answers) == len(chain)]
    _tell(outcomes, place, chain, base)
    _tell_cost([_asked_now(outcome.run, plan) for outcome, plan in zip(outcomes, plans, strict=True)], prices)
    if not whole:
        raise next((outcome.error for outcome in outcomes if outcome.error), _nothing_usable())
    look = [
        do_run(case, run, folder=request.folder, by=request.by, live=True, flowchart=run is whole[0]) for run in whole
    ]
    if len(whole) > 1:
        do_variations(case, whole, folder=request.folder, by=request.by)
    return 1 if any(look) or len(whole) < len(outcomes) else 0


def _chain(case: Case, request: Request) -> tuple[str, ...]:
    """The prompts to ask. Raises BadInput for a chain of one, and for prompts that nobody has finished writing."""
    chain = request.prompts or case.prompts
    if len(chain) < 2:
        raise BadInput(_("A chain needs at least two prompts: give --prompt once for each."))
    template = {normalised(prompt) for prompt in unfinished_prompts()}
    unfinished = next((prompt for prompt in chain if normalised(prompt) in template), "")
    if unfinished:
        raise BadInput(
            _("The prompt “{prompt}” is not finished: write out what the dots stand for.", prompt=unfinished)
        )
    return chain


def _plans(case: Case, request: Request, chain: tuple[str, ...], place: Path, base: str) -> list[Plan]:
    pupils, known = load_names(request.names) if request.names else None, facts_of(case)
    check_before_sending(chain, names=pupils, known=known)
    plans = []
    for name, model in run_names(base, request.models, request.repeat):
        recorded = recorded_so_far(place / name, chain, model=model)
        if recorded.answers:
            click.echo(_known(recorded, len(chain)), err=True)
        # Made now, so that a missing key or a wrong address is told before anything is asked.
        source = live_source(model, base_url=request.base_url, names=pupils, known=known)
        plans.append(Plan(name, partial(RecordingSource, source, place / name, recorded), recorded))
    return plans


def _known(run: Run, wanted: int) -> str:
    return ngettext(
        "Run “{name}”: {count} answer of {wanted} is already recorded and is not asked again.",
        "Run “{name}”: {count} answers of {wanted} are already recorded and are not asked again.",
        len(run.answers),
        name=run.name,
        wanted=wanted,
    )


def _base_name(record: str, place: Path) -> str:
    if record:
        return checked_name(record, "--record")
    stem = f"live-{date.today().isoformat()}"
    number = 1
    while any(place.glob(f"{stem}-{number}*")):
        number += 1
    return f"{stem}-{number}"


def _tell(outcomes: Sequence[Outcome], place: Path, chain: Sequence[str], base: str) -> None:
    """What is recorded now, and how to go on with a chain that stopped; an error that ends everything is told later."""
    for outcome in outcomes:
        name, count = outcome.run.name, len(outcome.run.answers)
        said = ngettext(
            "Run “{name}”: {count} answer recorded in {place}",
            "Run “{name}”: {count} answers recorded in {place}",
            count,
            name=name,
            place=place / name,
        )
        click.echo(said if count else _("Run “{name}”: nothing recorded.", name=name), err=True)
        if outcome.error and len(outcomes) > 1:
            click.echo(f"  {outcome.error}", err=True)
        if 0 < count < len(chain):
            click.echo(_("  To go on from there: the same command with --record {base}", base=base), err=True)


def _asked_now(run: Run, plan: Plan) -> Run:
    """What of `run` was not recorded before: only that was paid for now."""
    known = len(plan.resume_from.answers) if plan.resume_from else 0
    return Run(run.name, run.answers[known:])


def _tell_cost(runs: Sequence[Run], prices: Prices) -> None:
    line = cost_line([answer for run in runs for answer in run.answers], prices, prices_file())
    if line:
        click.echo(line, err=True)


def _nothing_usable() -> BadInput:
    return BadInput(_("No chain could be finished: an answer came back empty or damaged. Ask again."))
