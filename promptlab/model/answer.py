"""What a model answered: prompt, text, and where the text comes from."""

from dataclasses import dataclass, field
from typing import Literal

Status = Literal["complete", "truncated", "refused", "empty", "malformed"]


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where an answer comes from; shown with it wherever it goes.

    `collected` is an ISO 8601 date or date-time, or words where nobody knows it; `modified` tells whether a person has
    touched the text; `settings` are the request's settings as they were sent ("temperature" → "0.7"). `model` is what
    the server says answered; `asked_model` is what was asked for, where that differs. `provider` is a name or a host,
    never a URL.
    """

    model: str
    provider: str
    collected: str
    modified: bool = False
    settings: tuple[tuple[str, str], ...] = ()
    note: str = ""
    asked_model: str = ""

    @property
    def day(self) -> str:
        """The ISO 8601 date of `collected`; its words as they are where nobody knows it."""
        return self.collected[:10] if self.collected[:4].isdecimal() else self.collected


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer of a chain: the `number`-th prompt (from 1) and the text that came back, to the letter.

    `finish_reason` is the server's own word for why it stopped; `usage` counts tokens ("prompt_tokens" → 12);
    `seconds` is how long the answer took, None where nobody measured it.
    """

    number: int
    prompt: str
    text: str
    provenance: Provenance
    status: Status = "complete"
    finish_reason: str = ""
    usage: tuple[tuple[str, int], ...] = ()
    seconds: float | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """One conversation: the answers to a chain of prompts, in order. A chain that was cut has fewer answers."""

    name: str
    answers: tuple[Answer, ...] = field(default=())
