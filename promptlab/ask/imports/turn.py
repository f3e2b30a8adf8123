"""One turn of a conversation from elsewhere: what was asked, what came back, and what is known of it."""

from dataclasses import dataclass

from promptlab.model.answer import Status
from promptlab.model.problem import Problem


@dataclass(frozen=True, slots=True)
class Turn:
    """The `number`-th turn (from 1) of a conversation.

    `prompt` is "" where the file does not say what was asked. `model` and `date` (ISO 8601) are "" where nobody knows.
    `problems` are what was not taken over, or is doubtful; told only where the turn is taken.
    """

    number: int
    prompt: str
    text: str
    model: str = ""
    date: str = ""
    status: Status = "complete"
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Gathered:
    """All turns that a file holds. `tool` is the chat it comes from, "" where the file does not say.

    `origin` says in a few words what was read ("conversation “Retours” of conversations.json").
    """

    turns: tuple[Turn, ...]
    origin: str
    tool: str = ""
    problems: tuple[Problem, ...] = ()
