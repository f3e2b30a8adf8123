"""What a person sees while chains are asked: a line for each run on a terminal, plain lines elsewhere."""

from types import TracebackType
from typing import TYPE_CHECKING

import click

from promptlab.ask.source import Progress
from promptlab.messages import _

if TYPE_CHECKING:
    from rich.progress import Progress as Bars
    from rich.progress import TaskID


class Display:
    """Shows the progress of several runs of a chain of `prompts` prompts on standard error."""

    def __init__(self, prompts: int) -> None:
        self._prompts = prompts
        self._bars: Bars | None = None
        self._tasks: dict[str, TaskID] = {}

    def __enter__(self) -> "Display":
        import sys

        if sys.stderr.isatty():
            from rich.console import Console
            from rich.progress import BarColumn, SpinnerColumn, TextColumn, TimeElapsedColumn
            from rich.progress import Progress as Bars

            columns = (
                SpinnerColumn(),
                TextColumn("{task.description}", markup=False),
                BarColumn(bar_width=20),
                TimeElapsedColumn(),
            )
            self._bars = Bars(*columns, console=Console(stderr=True))
            self._bars.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bars:
            self._bars.stop()

    def show(self, progress: Progress) -> None:
        """Take in one event."""
        said = self._words(progress)
        if self._bars is None:
            # How it ended is told when all runs are done.
            if progress.kind not in ("text", "thinking", "failed"):
                click.echo(said, err=True)
            return
        if progress.run not in self._tasks:
            self._tasks[progress.run] = self._bars.add_task("", total=self._prompts)
        done = progress.number if progress.kind == "answered" else progress.number - 1
        self._bars.update(self._tasks[progress.run], description=said, completed=done)

    def _words(self, progress: Progress) -> str:
        head = _("{run}, prompt {number}/{prompts}", run=progress.run, number=progress.number, prompts=self._prompts)
        match progress.kind:
            case "asking":
                said = _("asked")
            case "text":
                said = _("{count} characters have come", count=progress.characters)
            case "thinking":
                said = _("the model is reasoning ({count} characters)", count=progress.characters)
            case "retry":
                said = _(
                    "{reason} Asking again in {seconds:.0f} s.",
                    reason=progress.message.rstrip(". ") + ".",
                    seconds=progress.wait_seconds,
                )
            case "answered":
                said = progress.message or _("answered and recorded ({count} characters)", count=progress.characters)
            case _:
                said = progress.message
        return f"{head} : {said}"
