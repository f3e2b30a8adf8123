"""Asking a server which steps share a row: the options for it, shared by the commands, and what is sent."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from promptlab.messages import _

if TYPE_CHECKING:
    from promptlab.model.alignment import SavedAlignment
    from promptlab.model.comparison import Column

ASKED_METHODS = ("model", "embeddings")
_LIVE_ONLY = {"model": "--model", "base_url": "--base-url", "names": "--names"}

_OPTIONS = (
    click.option(
        "--live",
        is_flag=True,
        help=_("Ask a server for the rows, and record them beside the answers. With --by model or embeddings."),
    ),
    click.option("--model", default="", metavar="M", help=_("The model to ask. With --live.")),
    click.option(
        "--base-url", default="", metavar="URL", help=_("The server, such as http://localhost:11434/v1. With --live.")
    ),
    click.option(
        "--names",
        type=click.Path(path_type=Path),
        metavar=_("FILE"),
        help=_("The pupils' names, one a line: nothing that holds one is sent. With --live."),
    ),
)


def live_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options `--live`, `--model`, `--base-url` and `--names` on a command."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


@dataclass(frozen=True, slots=True)
class Asking:
    """What the options say: whether to ask, whom, and which names must not be sent."""

    live: bool
    model: str = ""
    base_url: str = ""
    names: Path | None = None

    def check(self, by: str) -> None:
        """Refuse options that do not go together, before anything is done. Raises UsageError."""
        only = [flag for name, flag in _LIVE_ONLY.items() if getattr(self, name) and not self.live]
        if only:
            raise click.UsageError(_("{options}: only with --live.", options=", ".join(only)))
        if self.live and by not in ASKED_METHODS:
            raise click.UsageError(_("--live goes with --by model or --by embeddings: the other methods ask nobody."))

    def ask(self, columns: "Sequence[Column]", by: str, *, known: Sequence[str] = ()) -> "SavedAlignment":
        """The rows that the server gives; `known` are facts that may be sent. Raises what asking raises."""
        from promptlab.align.recorded_embeddings import align_by_embeddings
        from promptlab.align.recorded_model import align_by_model
        from promptlab.ask.live import live_source
        from promptlab.ask.names import load_names

        names = load_names(self.names) if self.names else None
        with live_source(self.model, base_url=self.base_url, names=names, known=known) as source:
            return (align_by_model if by == "model" else align_by_embeddings)(columns, source)
