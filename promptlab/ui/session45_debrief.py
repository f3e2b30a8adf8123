"""The debrief: what the pupil takes away from the whole handling."""

from collections.abc import Callable

from promptlab.messages import _
from promptlab.model.copie import Copie
from promptlab.table.markup import text as escaped
from promptlab.ui.desk import Desk
from promptlab.ui.texts import text_of, write_text
from promptlab.ui.view import Node, group, text_area
from promptlab.ui.work import WorkPanel

WORK = ("debrief", 1)


def questions() -> tuple[tuple[str, str], ...]:
    """The questions of the debrief: (id, words)."""
    return (
        ("limits", _("Three limits of the AI that you have found, each with an example")),
        ("changes", _("What you changed in its answers before using them, and why")),
        ("prompt", _("What makes a prompt precise: what you will do next time")),
        ("protocol", _("The protocol of your firm for answering a complaint with the help of an AI")),
        ("use", _("Where you used the AI in this sequence, and where you decided yourself")),
    )


class DebriefPanel(WorkPanel):
    """One field for each question."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, _("Debrief"))

    def body(self, copie: Copie) -> Node:
        """The questions with what is written so far."""
        return group(
            [
                text_area(words, text_of(copie, WORK[0], name), f"debrief-{name}", self._writer(name, words), rows=5)
                for name, words in questions()
            ]
        )

    def _writer(self, name: str, words: str) -> Callable[[str], None]:
        def write(said: str) -> None:
            self.at.change(lambda copie: write_text(copie, WORK, name, said, where=words), typing=f"debrief-{name}")

        return write


def debrief_html(desk: Desk) -> str:
    """The questions and what the pupil wrote, for a notebook without its kernel."""
    parts = []
    for name, words in questions():
        said = text_of(desk.opened(), WORK[0], name) or _("Nothing written yet.")
        parts.append(f"<p><strong>{escaped(words)}</strong><br>{escaped(said)}</p>".replace("\n", "<br>"))
    return "".join(parts)
