"""Answers written in advance, for tests and for lessons that try something out."""

from collections.abc import Iterable

from promptlab.ask.source import Conversation, Listener, Progress, unheard
from promptlab.errors import AskFailed
from promptlab.messages import _
from promptlab.model.answer import Answer, Provenance, Status

SCRIPT = Provenance(model="script", provider="promptlab", collected="2026-01-01")


class ScriptedSource:
    """Gives the texts of a queue one after the other, or raises the errors that stand in it.

    `asked` holds every conversation that came, in order.
    """

    def __init__(self, script: Iterable[str | Answer | BaseException], *, provenance: Provenance = SCRIPT) -> None:
        self._script = iter(script)
        self._provenance = provenance
        self.asked: list[Conversation] = []

    def ask(self, conversation: Conversation, *, on_progress: Listener = unheard) -> Answer:
        """The next answer of the script. Raises the error that stands there, and AskFailed after its end."""
        self.asked.append(conversation)
        number = conversation.number
        on_progress(Progress(number, "asking"))
        entry = next(self._script, None)
        if entry is None:
            raise AskFailed(_("The script holds no answer to prompt {number}: add one.", number=number))
        if isinstance(entry, BaseException):
            raise entry
        if isinstance(entry, str):
            status: Status = "complete" if entry.strip() else "empty"
            entry = Answer(number, conversation.prompt, entry, self._provenance, status)
        on_progress(Progress(number, "text", characters=len(entry.text), text=entry.text))
        return entry

    def close(self) -> None:
        """Nothing is open."""
