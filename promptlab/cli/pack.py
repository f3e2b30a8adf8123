"""`promptlab pack`: the pupils' pack of a case."""

from pathlib import Path

import click

from promptlab.messages import _, ngettext


@click.command(help=_("Put a case into a ZIP for the pupils: everything but the answer key, and proved to be so."))
@click.argument("case", metavar=_("CASE"))
@click.option(
    "--to",
    "target",
    required=True,
    metavar=_("FILE.zip"),
    type=click.Path(path_type=Path, dir_okay=False),
    help=_("The ZIP to write."),
)
@click.option(
    "--without",
    multiple=True,
    metavar=_("PATTERN"),
    help=_("Leave these files out too, such as quiz.toml or “answers/run-b/*”; several times for several."),
)
def command(case: str, target: Path, without: tuple[str, ...]) -> None:
    """Write the pack, look into it again, and say what is in it and what is not."""
    from promptlab.errors import BadInput
    from promptlab.files.cases import load_case
    from promptlab.grade.packing import pack

    if target.suffix.lower() != ".zip":
        raise BadInput(_("{path}: a pack is a ZIP; give it a name that ends in .zip.", path=target))
    made = pack(load_case(case), target, without=without)
    click.echo(str(made.path))
    click.echo(ngettext("{count} file is in it.", "{count} files are in it.", len(made.names)), err=True)
    for name in made.left_out:
        click.echo(_("  left out: {name}", name=name), err=True)
    click.echo(
        ngettext(
            "Opened again: no entry of the key, and {count} sentence of it looked for, none found.",
            "Opened again: no entry of the key, and {count} sentences of it looked for, none found.",
            made.sentences,
        ),
        err=True,
    )
