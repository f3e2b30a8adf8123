"""The static outputs of a notebook: what any reader shows, beside a work cell with the copie itself inside."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from html import escape
from typing import Any

from promptlab.files.copie_form import to_values
from promptlab.messages import _
from promptlab.model.copie import Copie

MIME = "application/vnd.promptlab.work+json"


@dataclass(slots=True)
class _Output:
    name: str
    make: Callable[[Copie | None], dict[str, Any]]
    shown: dict[str, Any] = field(default_factory=dict)

    @property
    def id(self) -> str:
        return f"promptlab-{self.name}"


class Outputs:
    """The static outputs of a desk. They are updated from what a person does, never while a cell runs."""

    def __init__(self) -> None:
        self._shown: dict[str, _Output] = {}
        self._copie: Copie | None = None
        self._due = False

    def show(self, name: str, make: Callable[[], str], copie: Copie | None) -> None:
        """Put the output `name` under the cell that runs; `make` gives its HTML, with inline styles only."""
        self._put(_Output(name, lambda now: bundle(make, now)), copie)

    def show_page(self, name: str, make: Callable[[], str], words: Callable[[], str]) -> None:
        """Put a page that follows the copie without holding it; `words` stand where no HTML is shown."""
        self._put(_Output(name, lambda _now: {"text/plain": words(), "text/html": make()}), None)

    @property
    def any(self) -> bool:
        """Whether anything is shown."""
        return bool(self._shown)

    def outdated(self, copie: Copie | None) -> None:
        """Note that the copie has changed: `publish` brings the outputs up to date."""
        self._copie, self._due = copie, True

    def publish(self) -> None:
        """Bring the outputs up to date, if anything has changed."""
        if not self._due:
            return
        self._due = False
        if self._shown:
            from IPython.display import update_display

            for output in self._shown.values():
                if (made := output.make(self._copie)) != output.shown:
                    output.shown = made
                    update_display(made, raw=True, display_id=output.id)  # type: ignore[no-untyped-call]

    def _put(self, output: _Output, copie: Copie | None) -> None:
        from IPython.display import display

        self._shown[output.name] = output
        output.shown = output.make(copie)
        display(output.shown, raw=True, display_id=output.id)  # type: ignore[no-untyped-call]


def bundle(make: Callable[[], str], copie: Copie | None) -> dict[str, Any]:
    """What an output holds: a line of text, the page, and the copie without its history."""
    if copie is None:
        said = _("No copie is open yet.")
        return {"text/plain": said, "text/html": f'<p class="pl-kept">{escape(said)}</p>'}
    who = " + ".join(copie.pupils) or copie.id
    said = _("Copie of {pupils}, revision {revision}", pupils=who, revision=copie.revision)
    return {"text/plain": said, "text/html": make(), MIME: to_values(replace(copie, past=(), undone=()))}
