"""The nouns of the parser's first hop: an answer as a flat list of blocks with their place and marker."""

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from promptlab.parse.inline import Rich, plain

BlockKind = Literal["heading", "bullet", "check", "ordered", "plain", "quote", "table", "fence", "rule"]


@dataclass
class Block:
    """A run of lines that belong together.

    `source` is its inline Markdown without marker. `indent` counts columns (a tab goes to the next multiple of 4).
    `level` is a heading's level, `mark` a bullet's character, an ordered marker or a fence's language, `value` the
    number that an ordered marker prints. `apart` tells whether a blank line or a rule stands before it.
    """

    kind: BlockKind
    source: str
    first: int
    last: int
    indent: int = 0
    level: int = 0
    mark: str = ""
    value: int | None = None
    apart: bool = True
    rows: tuple[tuple[str, ...], ...] = ()

    @cached_property
    def rich(self) -> Rich:
        """The text without marks."""
        return Rich(self.source.strip("\n")) if self.kind == "fence" else plain(self.source)

    @property
    def text(self) -> str:
        """The plain text; a table's cells, one row a line."""
        return "\n".join(" | ".join(row) for row in self.rows) if self.rows else self.rich.text

    @property
    def listed(self) -> bool:
        """Whether it is an element of a list."""
        return self.kind in ("bullet", "check", "ordered")
