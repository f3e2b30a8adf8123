"""The plug that answers come through: a conversation in, an Answer out."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, Protocol

from promptlab.model.answer import Answer

ProgressKind = Literal["asking", "text", "thinking", "retry", "answered", "failed"]


@dataclass(frozen=True, slots=True)
class Message:
    """One turn of a conversation as a chat server knows it."""

    role: Literal["user", "assistant"]
    content: str


@dataclass(frozen=True, slots=True)
class Conversation:
    """A chain on its way: all its prompts, and the answers to the first of them."""

    prompts: tuple[str, ...]
    answers: tuple[Answer, ...] = ()

    @property
    def number(self) -> int:
        """The number, from 1, of the prompt to ask now."""
        return len(self.answers) + 1

    @property
    def prompt(self) -> str:
        """The prompt to ask now."""
        return self.prompts[len(self.answers)]

    def messages(self) -> tuple[Message, ...]:
        """What to send: the earlier prompts with their answers, then the prompt to ask now."""
        earlier = [
            message
            for answer in self.answers
            for message in (Message("user", answer.prompt), Message("assistant", answer.text))
        ]
        return (*earlier, Message("user", self.prompt))


@dataclass(frozen=True, slots=True)
class Progress:
    """What happens while a prompt is asked.

    asking: a request goes out. text: `text` has come, `characters` in all. thinking: the model reasons apart from its
    answer (`characters` so far; this text is not kept). retry: what had come is void, the request goes out again after
    `wait_seconds`, because of `message`. answered: the answer is there; `message` says what is wrong with it, if
    anything. failed: there will be none, because of `message`. `attempt` counts from 1; `run` names the run where
    several go on at once.
    """

    number: int
    kind: ProgressKind
    characters: int = 0
    text: str = ""
    attempt: int = 1
    wait_seconds: float = 0.0
    message: str = ""
    run: str = ""


Listener = Callable[[Progress], None]


def unheard(progress: Progress) -> None:
    """The listener that does nothing."""


class AnswerSource(Protocol):
    """Whatever answers prompts: a server, a recorded run, a script."""

    def ask(self, conversation: Conversation, *, on_progress: Listener = unheard) -> Answer:
        """The answer to the next prompt of `conversation`.

        Raises AskFailed where none came, NotRecorded where a recorded run does not hold the prompt,
        PersonalDataFound where the prompts may not be sent.
        """
        ...

    def close(self) -> None:
        """Let go of what the source holds open."""
        ...
