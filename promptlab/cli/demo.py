"""`promptlab demo`: the main job on the shipped case."""

from pathlib import Path

import click

from promptlab.cli.options import folder_option
from promptlab.messages import _


@click.command(help=_("Replay the shipped case offline and make the comparison table and the flowchart."))
@folder_option
def command(folder: Path) -> int:
    """Make everything from the shipped case's default run and say where it is."""
    from promptlab.cli.job import do_run
    from promptlab.files.cases import USUAL_CASE, load_case

    case = load_case(USUAL_CASE)
    return do_run(case, case.run(), folder=folder, by="meaning")
