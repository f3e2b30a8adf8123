"""`promptlab lab`: JupyterLab on the session notebooks."""

from pathlib import Path

import click

from promptlab.cli.options import WholeNumber
from promptlab.messages import _


@click.command(help=_("Open the session notebooks in JupyterLab, in French, on this computer only."))
@click.option("--no-browser", is_flag=True, help=_("Only say the address; open no browser."))
@click.option("--port", type=WholeNumber(1, 65535), metavar="N", help=_("The port, where the usual one will not do."))
@click.option(
    "--notebooks",
    metavar=_("DIR"),
    type=click.Path(path_type=Path),
    help=_("Work in DIR: the notebooks are copied there, and nothing in it is written over."),
)
def command(no_browser: bool, port: int | None, notebooks: Path | None) -> None:
    """Run JupyterLab until it is stopped."""
    from promptlab.ui.lab import Lab, serve, working_folder

    lab = Lab(working_folder(notebooks), port=port or 0, browser=not no_browser)
    serve(lab, tell=lambda line: click.echo(line, err=True))
