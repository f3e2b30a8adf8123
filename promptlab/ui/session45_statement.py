"""The statement on the use of AI: what promptlab has recorded, and what the pupil says."""

from collections.abc import Callable

from promptlab.messages import _
from promptlab.model.copie import Copie
from promptlab.review.statement import STATEMENT, statement_of
from promptlab.table.markup import text as escaped
from promptlab.table.markup import unordered
from promptlab.ui.desk import Desk
from promptlab.ui.texts import text_of, write_text
from promptlab.ui.view import Node, details, group, items, text, text_area
from promptlab.ui.work import WorkPanel

WORK = (STATEMENT, 1)


def questions() -> tuple[tuple[str, str, str], ...]:
    """What the pupil says: (id, words, help)."""
    return (
        ("kept", _("What we kept of the answers"), _("For example: the phases, the words of thanks.")),
        (
            "corrected",
            _("What we corrected or set aside, and why"),
            _("Give one example of your own, with what was wrong."),
        ),
        ("documents", _("Documents that we checked with"), _("For example: order, delivery note, invoice.")),
    )


class StatementPanel(WorkPanel):
    """One field for each thing to say, and what is recorded."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, _("Statement on the use of AI"))

    def body(self, copie: Copie) -> Node:
        """The fields with what is written so far."""
        fields = [
            text_area(words, text_of(copie, STATEMENT, name), f"statement-{name}", writer, rows=3, help=hint)
            for name, words, hint in questions()
            for writer in [self._writer(name, words)]
        ]
        recorded = [text(line) for line in statement_of(self.at.run.answers, copie)]
        whole = details(_("The whole statement, as it stands in your documents"), [items(recorded)])
        return group([*fields, whole])

    def _writer(self, name: str, words: str) -> Callable[[str], None]:
        def write(said: str) -> None:
            self.at.change(lambda copie: write_text(copie, WORK, name, said, where=words), typing=f"statement-{name}")

        return write


def statement_html(desk: Desk) -> str:
    """The whole statement, for a notebook without its kernel."""
    return unordered([escaped(line) for line in statement_of(desk.run.answers, desk.opened())])
