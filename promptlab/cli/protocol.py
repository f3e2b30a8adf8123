"""`promptlab protocol`: the one document that gathers what a class made of a case."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from promptlab.cli.options import as_taught_option, results_option
from promptlab.errors import BadInput
from promptlab.messages import _

if TYPE_CHECKING:
    from promptlab.model.case import Case
    from promptlab.model.copie import Copie
    from promptlab.protocol.page import Page

ENDINGS = (".docx", ".html")


@click.command(
    help=_(
        "Gather a case into one document to print: phases, flowchart, decision scheme, model letters, statement on "
        "the use of AI."
    )
)
@click.argument("case", metavar=_("CASE"))
@click.option(
    "--copie",
    "handed_in",
    type=click.Path(path_type=Path),
    metavar=_("FILE"),
    help=_("The work of a pupil: a copie, a saved notebook or a filled-in table; without it, the case alone."),
)
@click.option("--run", "run_name", default="", metavar=_("NAME"), help=_("The run; that of the copie if left out."))
@click.option(
    "--to",
    "target",
    required=True,
    type=click.Path(path_type=Path, dir_okay=False),
    metavar=_("FILE"),
    help=_("The document to write: .docx or .html."),
)
@as_taught_option
@results_option
def command(case: str, handed_in: Path | None, run_name: str, target: Path, by: str | None, results: Path) -> None:
    """Write the document, and say what is missing in it."""
    from promptlab.cli.recordings import recorded_run
    from promptlab.cli.show import tell_problems
    from promptlab.files.cases import load_case
    from promptlab.protocol.protocol import protocol
    from promptlab.protocol.rows import rows_for

    ending_of(target)
    loaded = load_case(case)
    copie = _copie(handed_in, loaded) if handed_in else None
    run = recorded_run(loaded, run_name or (copie.about.run if copie else ""), results)
    today = date.today().isoformat()
    rows = rows_for(loaded, run, results, by=by, copie=copie)
    made = protocol(loaded, run, copie, made=today, rows=rows)
    click.echo(str(write_page(target, made.page, today)))
    tell_problems(made.problems)


def _copie(path: Path, case: "Case") -> "Copie":
    from promptlab.handin import read_hand_in

    return read_hand_in(path, case=case).copie


def ending_of(path: Path) -> str:
    """The ending of a document to write. Raises BadInput where it is neither .docx nor .html."""
    ending = path.suffix.lower()
    if ending not in ENDINGS:
        raise BadInput(_("{path}: choose a name that ends in {endings}.", path=path, endings=", ".join(ENDINGS)))
    return ending


def write_page(path: Path, page: "Page", made: str) -> Path:
    """Write `page` as the ending of `path` says, and give the path. Raises BadInput, CannotWrite."""
    from promptlab.files.atomic import write_bytes
    from promptlab.protocol.docx import page_docx
    from promptlab.protocol.html import page_html

    content = page_html(page).encode() if ending_of(path) == ".html" else page_docx(page, made=made)
    return write_bytes(path, content)
