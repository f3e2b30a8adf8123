"""Options that several commands share."""

from pathlib import Path

import click

from promptlab.messages import _

METHODS = ("meaning", "rank", "checked", "model", "embeddings")


class WholeNumber(click.IntRange):
    """A whole number from `min` to `max`; help and errors name the two, where click writes "1<=x<=5"."""

    def _describe_range(self) -> str:
        return _("{first} to {last}", first=self.min, last=self.max)


folder_option = click.option(
    "--to",
    "folder",
    default="exports",
    show_default=True,
    metavar=_("DIR"),
    type=click.Path(path_type=Path, file_okay=False),
    help=_("Where the files go."),
)

by_option = click.option(
    "--by",
    default="meaning",
    show_default=True,
    type=click.Choice(METHODS),
    help=_(
        "Align steps that do the same work, or step n beside step n; or as “promptlab align” has kept it: checked by "
        "a person, made by a model, by embeddings."
    ),
)

as_taught_option = click.option(
    "--by",
    default=None,
    type=click.Choice(METHODS),
    help=_(
        "Rows as in the notebooks if left out: the checked ones of the case, else meaning. Or step n beside step n; or "
        "as “promptlab align” has kept them."
    ),
)

results_option = click.option(
    "--results",
    "results",
    default=Path("exports"),
    type=click.Path(path_type=Path, file_okay=False),
    metavar=_("DIR"),
    help=_("The folder with your live runs and corrected rows of a shipped case (exports if left out)."),
)
