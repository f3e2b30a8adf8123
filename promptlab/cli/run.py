"""`promptlab run`: the main job on any case, from recorded answers or live."""

from pathlib import Path

import click

from promptlab.messages import _

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
@click.option(
    "--to",
    "folder",
    default="exports",
    show_default=True,
    metavar=_("DIR"),
    type=click.Path(path_type=Path, file_okay=False),
    help=_("Where the files go."),
)
@click.option(
    "--by",
    default="meaning",
    show_default=True,
    type=click.Choice(["meaning", "rank"]),
    help=_("Align steps that do the same work, or step n beside step n."),
)
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
    type=click.IntRange(1, 30),
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
    **asked: object,
) -> int:
    """Replay a run, or ask the chain live, and make its files."""
    from promptlab.files.cases import load_case

    if not live:
        _refuse_live_options(click.get_current_context())
        from promptlab.cli.job import do_run, recorded_run, replayed

        loaded = load_case(case)
        run = recorded_run(loaded, run_name)
        return do_run(loaded, replayed(run, prompts) if prompts else run, folder=folder, by=by)
    if run_name:
        raise click.UsageError(_("--run replays a recorded run; with --live, name the new one with --record."))
    from promptlab.cli.live import do_live

    return do_live(load_case(case), prompts=prompts, folder=folder, by=by, **asked)  # type: ignore[arg-type]


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
