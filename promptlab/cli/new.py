"""`promptlab new`: a new case to fill in."""

from pathlib import Path

import click

from promptlab.messages import _


@click.command(help=_("Make the folder DIR with a new case: case.toml, documents and a flowchart to fill in."))
@click.argument("folder", metavar=_("DIR"), type=click.Path(path_type=Path))
def command(folder: Path) -> None:
    """Write the files and say which to fill in first."""
    from promptlab.files.scaffold import new_case

    for path in new_case(folder):
        click.echo(str(path))
    click.echo(
        _(
            "Fill in {file} first, then record answers: promptlab run {folder} --live --model M --record run-a",
            file=folder / "case.toml",
            folder=folder,
        ),
        err=True,
    )
