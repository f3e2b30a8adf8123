"""`promptlab run`: the main job on any case, from recorded answers or live."""

from pathlib import Path
from typing import Any

import click

from promptlab.cli.options import WholeNumber, by_option, folder_option
from promptlab.errors import BadInput
from promptlab.messages import _
from promptlab.model.problem import Problem

LIVE_ONLY = {
    "models": "--model",
    "base_url": "--base-url",
    "record": "--record",
    "repeat": "--repeat",
    "names": "--names",
}


@click.command(
    help=_("Make the comparison table and the flowchart of a case: a folder, or a shipped case such as “reclamation”.")
)
@click.argument("case", metavar=_("CASE"))
@click.option(
    "--run",
    "run_name",
    default="",
    metavar=_("NAME"),
    help=_("The recorded run to replay (the case's default run if left out)."),
)
@folder_option
@by_option
@click.option(
    "--prompt",
    "prompts",
    multiple=True,
    metavar=_("TEXT"),
    help=_("A prompt of your own instead of the case's; once per prompt of the chain."),
)
@click.option("--live", is_flag=True, help=_("Ask an OpenAI-compatible server; the key comes from OPENAI_API_KEY."))
@click.option(
    "--model",
    "models",
    multiple=True,
    metavar="M",
    help=_("The model to ask; several times for several models. With --live."),
)
@click.option(
    "--base-url", default="", metavar="URL", help=_("The server, such as http://localhost:11434/v1. With --live.")
)
@click.option(
    "--record",
    default="",
    metavar=_("NAME"),
    help=_("The name of the run that is recorded; a chain that was cut goes on. With --live."),
)
@click.option(
    "--repeat",
    default=1,
    type=WholeNumber(1, 30),
    metavar="N",
    help=_("Ask the whole chain N times: the same prompt gives different answers. With --live."),
)
@click.option(
    "--names",
    type=click.Path(path_type=Path),
    metavar=_("FILE"),
    help=_("The pupils' names, one a line: a prompt that holds one is not sent. With --live."),
)
def command(
    case: str,
    run_name: str,
    folder: Path,
    by: str,
    prompts: tuple[str, ...],
    live: bool,
    **asked: Any,
) -> int:
    """Replay a run, or ask the chain live, and make its files."""
    from promptlab.files.cases import load_case

    if live:
        _refuse_replay_options(run_name, by)
        from promptlab.cli.live import Request, do_live

        request = Request(prompts=prompts, folder=folder, by=by, **asked)
        return do_live(load_case(case, checks=[flowchart_faults]), request)
    _refuse_live_options(click.get_current_context())
    from promptlab.cli.job import do_run, replayed
    from promptlab.cli.recordings import recorded_run

    loaded = load_case(case, checks=[flowchart_faults])
    run = recorded_run(loaded, run_name, folder)
    return do_run(loaded, replayed(run, prompts) if prompts else run, folder=folder, by=by)


def flowchart_faults(folder: Path) -> list[Problem]:
    """What is wrong with the flowchart of the case in `folder`, if it has one."""
    from promptlab.flowchart import load_flowchart

    path = folder / "flowchart.toml"
    if path.is_file():
        try:
            load_flowchart(path)
        except BadInput as error:
            first, *more = str(error).splitlines()
            lines = [line.strip(" -") for line in more] or [first]
            return [Problem(line, path.name) for line in lines]
    return []


def _refuse_replay_options(run_name: str, by: str) -> None:
    if by not in ("meaning", "rank"):
        raise click.UsageError(
            _("--by {by} is for recorded answers: record them first, then use “promptlab align” on the run.", by=by)
        )
    if run_name:
        raise click.UsageError(_("--run replays a recorded run; with --live, name the new one with --record."))


def _refuse_live_options(context: click.Context) -> None:
    given = [
        flag
        for name, flag in LIVE_ONLY.items()
        if context.get_parameter_source(name) == click.core.ParameterSource.COMMANDLINE
    ]
    if given:
        raise click.UsageError(
            _(
                "{options}: only with --live. Without it, nothing is asked and nothing leaves this machine.",
                options=", ".join(given),
            )
        )
