"""When to ask again, and how long to wait before."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from promptlab.messages import _


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why an attempt failed, in words for the screen; whether another may do better; seconds the server asks for."""

    message: str
    again: bool = False
    retry_after: float | None = None

    def final(self) -> str:
        """What to say where no other attempt follows."""
        said = [self.message]
        if self.retry_after:
            said.append(_("It asks to wait {seconds} seconds.", seconds=round(self.retry_after)))
        if self.again:
            said.append(_("Give the same command later; it goes on from there."))
        return " ".join(said)


@dataclass(frozen=True, slots=True)
class Patience:
    """How often and how long to try; all times in seconds.

    Waits double from `first_wait` to `longest_wait`; `jitter`, 0 to 1, spreads them so that a class does not come back
    all at once. A server that asks for more than `longest_asked` is not waited for. `connect`: to reach the server.
    `stall`: without a sign from it. `whole`: for one answer.
    """

    attempts: int = 5
    first_wait: float = 1.0
    longest_wait: float = 30.0
    longest_asked: float = 90.0
    connect: float = 10.0
    stall: float = 120.0
    whole: float = 1200.0
    jitter: Callable[[], float] = random.random

    def wait(self, attempt: int, trouble: Trouble) -> float | None:
        """Seconds to wait after the failed `attempt` (from 1), None where another would be in vain."""
        if not trouble.again or attempt >= self.attempts:
            return None
        if trouble.retry_after is not None:
            return trouble.retry_after if trouble.retry_after <= self.longest_asked else None
        return min(self.longest_wait, self.first_wait * 2.0 ** (attempt - 1)) * (0.5 + self.jitter() / 2)


def retry_after(header: str | None, *, now: datetime | None = None) -> float | None:
    """The seconds that a Retry-After header asks for: a number, or a date (RFC 9110 §10.2.3). None for neither."""
    if not header:
        return None
    try:
        seconds = float(header)
    except ValueError:
        try:
            moment = parsedate_to_datetime(header)
        except ValueError:
            return None
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=UTC)
        seconds = (moment - (now or datetime.now(UTC))).total_seconds()
    return max(0.0, seconds) if seconds < float("inf") else None
