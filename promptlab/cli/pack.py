"""`promptlab pack`: the pupils' pack of a case."""

from collections.abc import Callable
from pathlib import Path

import click

from promptlab.messages import _, ngettext

_TELLS: dict[str, Callable[[], str]] = {
    "quiz.toml": lambda: _(
        "quiz.toml holds the answers of the quiz: the notebook marks by it. Without it (--without quiz.toml), hand the "
        "quiz out with “promptlab quiz export”."
    ),
    "flowchart.toml": lambda: _(
        "flowchart.toml is the AI's flowchart, which the pupils evaluate in session 3. If your pupils must not see it "
        "before they draw theirs: --without flowchart.toml."
    ),
    "letter/draft/prompt1.md": lambda: _(
        "letter/draft holds the AI's draft of the reply, which the pupils correct in session 4. If they are to write "
        "without it: --without letter/draft/*."
    ),
}


@click.command(
    help=_(
        "Put a case into a ZIP for the pupils: everything but the answer key, the decision table and the recorded "
        "drafts. The ZIP is opened again to prove that nothing of the key is in it."
    )
)
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
    for name in made.telling:
        click.echo(f"  {_TELLS[name.lower()]()}", err=True)
    if not made.sentences:
        said = _("The case has no key yet, or none with sentences: nothing to look for. Make it, then pack again.")
        click.echo(said, err=True)
        return
    click.echo(
        ngettext(
            "Opened again: no entry of the key, and {count} sentence of it looked for, none found.",
            "Opened again: no entry of the key, and {count} sentences of it looked for, none found.",
            made.sentences,
        ),
        err=True,
    )
