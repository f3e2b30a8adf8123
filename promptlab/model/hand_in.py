"""What came back from a pupil: a copie, what differs from the file handed out, and what was not understood."""

from dataclasses import dataclass

from promptlab.model.copie import Copie
from promptlab.model.problem import Problem


@dataclass(frozen=True, slots=True)
class Changed:
    """One text that the pupil added (`was` is ""), changed or deleted (`now` is ""); `where` is in words."""

    where: str
    was: str
    now: str


@dataclass(frozen=True, slots=True)
class HandIn:
    """One file handed in, as read: `source` is its name, `copie` what the pupil did, nothing dropped silently.

    `changed` compares it with the file handed out; `problems` are the things that could not be placed, with
    their text. `seen` is how the copie travelled: "docx", "ipynb" or "json".
    """

    source: str
    copie: Copie
    changed: tuple[Changed, ...] = ()
    problems: tuple[Problem, ...] = ()
    seen: str = ""
