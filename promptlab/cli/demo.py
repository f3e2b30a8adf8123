"""`promptlab demo`: the main job on the shipped case."""

from pathlib import Path

import click

from promptlab.messages import _

CASE = "reclamation"


@click.command(help=_("Replay the shipped case offline and make the comparison table and the flowchart."))
@click.option(
    "--to",
    "folder",
    default="exports",
    show_default=True,
    metavar=_("DIR"),
    type=click.Path(path_type=Path, file_okay=False),
    help=_("Where the files go."),
)
def command(folder: Path) -> None:
    """Make everything from the shipped case's default run and say where it is."""
    from promptlab.cli.job import do_recorded

    do_recorded(CASE, run_name="", folder=folder, by="meaning")
