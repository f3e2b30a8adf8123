"""`promptlab sheets`: the teacher's sheet of each session, to print."""

from datetime import date
from pathlib import Path

import click

from promptlab.cli.options import WholeNumber, as_taught_option, results_option
from promptlab.messages import _


@click.command(
    help=_("Write the teacher's sheets of the sessions: aim, timing, material, answers expected, pitfalls, on paper.")
)
@click.argument("case", metavar=_("CASE"))
@click.option(
    "--to",
    "folder",
    required=True,
    type=click.Path(path_type=Path, file_okay=False),
    metavar=_("DIR"),
    help=_("The folder to write into."),
)
@click.option(
    "--session",
    "sessions",
    multiple=True,
    type=WholeNumber(1, 5),
    metavar="N",
    help=_("Only that session; several times for several."),
)
@click.option("--html", "as_html", is_flag=True, help=_("Web pages that print well, instead of Word documents."))
@as_taught_option
@results_option
def command(
    case: str, folder: Path, sessions: tuple[int, ...], *, as_html: bool, by: str | None, results: Path
) -> None:
    """Write one document a session."""
    from promptlab.cli.show import tell_problems
    from promptlab.files.cases import load_case
    from promptlab.files.made import write_made
    from promptlab.protocol.docx import page_docx
    from promptlab.protocol.html import page_html
    from promptlab.protocol.rows import rows_for
    from promptlab.protocol.sheets import SESSIONS, sheet

    loaded = load_case(case)
    rows = rows_for(loaded, loaded.run() if loaded.runs else None, results, by=by)
    made = date.today().isoformat()
    files = []
    for session in sessions or SESSIONS:
        page = sheet(loaded, session, rows=rows)
        content = page_html(page).encode() if as_html else page_docx(page, made=made)
        files.append((f"fiche-professeur-{loaded.name}-{session}.{'html' if as_html else 'docx'}", content))
    for path in write_made(folder, files):
        click.echo(str(path))
    tell_problems(rows.problems)
