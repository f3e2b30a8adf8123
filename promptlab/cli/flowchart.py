"""`promptlab flowchart`: a flowchart file or a case, drawn."""

from pathlib import Path

import click

from promptlab.messages import _

FILE_NAME = "flowchart.toml"


@click.command(
    "flowchart",
    help=_("Draw SOURCE: a flowchart file (.toml), a case folder, or the name of a case such as reclamation."),
)
@click.argument("source", metavar="SOURCE")
@click.option(
    "--to",
    "target",
    required=True,
    metavar=_("FILE"),
    type=click.Path(path_type=Path),
    help=_("Write the drawing: .svg .png .pdf .dot .mmd (Mermaid) .drawio or .txt (numbered text)."),
)
def flowchart(source: str, target: Path) -> None:
    """Draw the flowchart and write it, whole or not at all."""
    from promptlab.files.atomic import write_bytes
    from promptlab.flowchart import format_of, load_flowchart, render

    wanted = format_of(target)
    write_bytes(target, render(load_flowchart(flowchart_file(source)), wanted))
    click.echo(_("Flowchart written: {path}", path=target), err=True)


def flowchart_file(source: str) -> Path:
    """The flowchart file that SOURCE means: itself, that of a case folder, or that of a shipped case.

    Raises BadInput, with the nearest name, where there is no such case.
    """
    path = Path(source)
    if path.is_dir():
        return path / FILE_NAME
    if path.exists() or path.suffix or len(path.parts) != 1:
        return path
    from promptlab.files.cases import find_case_folder

    return find_case_folder(source) / FILE_NAME
