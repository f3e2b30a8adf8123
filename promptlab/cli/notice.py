"""`promptlab notice`: one page for the head of the school on personal data and AI."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from promptlab.messages import _

if TYPE_CHECKING:
    from promptlab.protocol.notice import Settings


@click.command(help=_("Write the notice for the head of the school from the settings of this computer, on one page."))
@click.argument("case", metavar=_("CASE"))
@click.option(
    "--to",
    "target",
    required=True,
    type=click.Path(path_type=Path, dir_okay=False),
    metavar=_("FILE"),
    help=_("The document to write: .docx or .html."),
)
@click.option(
    "--until",
    default="",
    metavar=_("DATE"),
    help=_("How long work is kept, such as 2027-07-31 (31 August if left out)."),
)
@click.option(
    "--home",
    type=click.Path(path_type=Path, file_okay=False),
    metavar=_("DIR"),
    help=_("The folder of the pupils' work, where it is not the usual one of this computer."),
)
def command(case: str, target: Path, until: str, home: Path | None) -> None:
    """Write the notice."""
    from promptlab.cli.protocol import ending_of, write_page
    from promptlab.files.cases import load_case
    from promptlab.protocol.notice import notice

    ending_of(target)
    today = date.today()
    page = notice(load_case(case), settings_here(home, today, until))
    click.echo(str(write_page(target, page, today.isoformat())))


def settings_here(home: Path | None, today: date, until: str = "") -> "Settings":
    """How this computer is set up, read from its files. Raises BadInput for a date that is none, or broken settings."""
    from promptlab.ask.access import endpoint
    from promptlab.files.copies import copies_folder
    from promptlab.files.days import read_day
    from promptlab.files.forgetting import forgettable
    from promptlab.protocol.notice import Settings
    from promptlab.ui.classroom import FILE, read_classroom

    folder = home or copies_folder().parent
    allowed = read_classroom(folder)
    server = endpoint(allowed.base_url, lambda _name: None)
    return Settings(
        home=folder,
        classroom=folder / FILE,
        copies=sum(one.copie for one in forgettable(folder)),
        sessions=allowed.sessions,
        live=allowed.live,
        model=allowed.model,
        server=server.provider,
        nearby=server.nearby,
        until=read_day(until).isoformat() if until else _end_of_year(today).isoformat(),
        made=today.isoformat(),
    )


def _end_of_year(today: date) -> date:
    """The 31 August on which the school year of `today` ends."""
    return date(today.year + (today.month > 8), 8, 31)
