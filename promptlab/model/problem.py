"""A Problem: something that was not understood, where it stands, and what to do."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that a person must look at.

    `where` names the place in words ("prompt2.md, line 12"; "order.toml, lines[0].price"); `line` is its line in the
    answer, counted from 1, where there is one.
    """

    message: str
    where: str = ""
    line: int | None = None

    def __str__(self) -> str:
        place = self.where or (f"l. {self.line}" if self.line else "")
        return f"{place} : {self.message}" if place else self.message
