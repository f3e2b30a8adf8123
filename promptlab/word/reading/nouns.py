"""What a document is made of once its XML is gone: lines, cells, tables, notes."""

from dataclasses import dataclass, field
from typing import NamedTuple


class Piece(NamedTuple):
    """A stretch of one line: its text, the colour behind it (RRGGBB or ""), and its role.

    `role` is "" for what belongs to the text, "reference", "added" or "sign" for what the view adds. `marked` says that
    it was marked otherwise than by a colour behind it: coloured letters, underlined, struck through.
    """

    text: str
    colour: str
    role: str
    marked: bool = False


@dataclass(eq=False)
class Cell:
    """One cell: the grid columns from `start` to `end` (not included) of row `row` in the document's table `table`.

    `below` says that it goes on a cell above it (vertical merge).
    """

    table: int
    row: int
    start: int
    end: int
    colour: str = ""
    below: bool = False
    lines: "list[Line]" = field(default_factory=list)

    @property
    def text(self) -> str:
        """All that stands in it, a line for each paragraph, without empty lines at its ends."""
        return "\n".join(line.text for line in self.lines).strip("\n")


@dataclass(eq=False)
class Line:
    """One paragraph: its pieces, and the bookmarks that start in it as (place in the text, name).

    `deleted` are texts struck out by tracked changes; `notes` are footnotes and endnotes; `pictures` counts images.
    """

    cell: Cell | None = None
    style: str = ""
    pieces: list[Piece] = field(default_factory=list)
    bookmarks: list[tuple[int, str]] = field(default_factory=list)
    deleted: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    pictures: int = 0
    length: int = 0
    joined: bool = False
    _text: str | None = None

    @property
    def text(self) -> str:
        """All that is read in it; asked for when the line is whole."""
        if self._text is None:
            self._text = "".join([piece.text for piece in self.pieces])
        return self._text


@dataclass(eq=False)
class Table:
    """One table: the widths of its grid columns, and its rows of cells."""

    number: int
    widths: list[float] = field(default_factory=list)
    rows: list[list[Cell]] = field(default_factory=list)


class Place(NamedTuple):
    """A place in the document: the line, by its number from 0, and the character in it."""

    line: int
    at: int


@dataclass(slots=True)
class Comment:
    """One comment: its text, without its author, and what it stands on."""

    text: str
    start: Place | None = None
    end: Place | None = None


@dataclass(slots=True)
class Flow:
    """A whole document, in the order in which it is read."""

    lines: list[Line]
    tables: list[Table]
    comments: list[Comment]
    around: list[Line]  # of headers and footers
    properties: dict[str, str]
    strange: list[str] = field(default_factory=list)  # embedded documents and the like, in words
