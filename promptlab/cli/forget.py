"""`promptlab forget`: the pupils' work on this computer, deleted at the end of the year."""

from pathlib import Path

import click

from promptlab.messages import _, ngettext


@click.command(
    help=_("Delete the pupils' work on this computer: shows the list and asks first. Nothing else is touched.")
)
@click.option("--before", default="", metavar=_("DATE"), help=_("Only work saved before that day, such as 2026-09-01."))
@click.option("--dry-run", is_flag=True, help=_("Only show what would be deleted."))
@click.option("--yes", is_flag=True, help=_("Do not ask: for scripts."))
@click.option(
    "--home",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    metavar=_("DIR"),
    help=_("The folder of the pupils' work, where it is not the usual one of this computer."),
)
def command(before: str, home: Path | None, *, dry_run: bool, yes: bool) -> int:
    """List, ask, delete, and say what was not deleted."""
    from promptlab.cli.show import tell_problems
    from promptlab.files.copies import copies_folder
    from promptlab.files.days import read_day
    from promptlab.files.forgetting import forget, forgettable

    folder = home or copies_folder().parent
    found = forgettable(folder, before=read_day(before) if before else None)
    if not found:
        click.echo(_("No work of pupils to delete in {folder}.", folder=folder), err=True)
        return 0
    for one in found:
        click.echo(f"{one.day}  {one.path}")
    click.echo(
        ngettext("{count} file of pupils' work in {folder}.", "{count} files of pupils' work in {folder}.",
                 len(found), folder=folder),
        err=True,
    )  # fmt: skip
    if dry_run:
        click.echo(_("Nothing was deleted (--dry-run)."), err=True)
        return 0
    if not yes and not click.confirm(_("Delete them for good?"), default=False, err=True):
        click.echo(_("Nothing was deleted."), err=True)
        return 0
    problems = forget(found)
    tell_problems(problems)
    click.echo(ngettext("{count} file deleted.", "{count} files deleted.", len(found) - len(problems)), err=True)
    return 1 if problems else 0
