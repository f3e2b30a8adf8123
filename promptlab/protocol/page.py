"""A document to print as blocks: headings, paragraphs, lists, tables, pictures; the same for Word and for the web."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it.token import Token


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text, bold or slanted or neither."""

    text: str
    bold: bool = False
    slanted: bool = False


Words = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 to 3."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; `letter`: one of a letter, set apart from what is said about it."""

    words: Words
    letter: bool = False


@dataclass(frozen=True, slots=True)
class Points:
    """A list, with numbers or bullets; each entry has its level from 0."""

    entries: tuple[tuple[int, Words], ...]
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A table under its head; `about` says what it is to who cannot see it, `widths` are parts of the page."""

    head: tuple[Words, ...]
    rows: tuple[tuple[Words, ...], ...]
    about: str = ""
    widths: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG, and what it shows in words."""

    png: bytes
    text: str

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels, as the head of the file says."""
        return int.from_bytes(self.png[16:20]), int.from_bytes(self.png[20:24])

    @property
    def wide(self) -> bool:
        """Whether it is wider than high."""
        return self.size[0] > self.size[1]


@dataclass(frozen=True, slots=True)
class NewPage:
    """What follows begins on a new page, of A4 landscape where `turned`."""

    turned: bool = False


Block = Heading | Paragraph | Points | Grid | Picture | NewPage


@dataclass(frozen=True, slots=True)
class Page:
    """A whole document; `language` of its texts ("fr"), `compact` where it has to fit one sheet."""

    title: str
    blocks: tuple[Block, ...]
    language: str = "fr"
    compact: bool = False


def plain(text: str) -> Words:
    """`text` as it is: no sign in it means anything."""
    return (Run(text),) if text else ()


def said(*texts: str, letter: bool = False) -> tuple[Paragraph, ...]:
    """A paragraph for each of the texts, as they are."""
    return tuple(Paragraph(plain(text), letter) for text in texts if text)


def bullets(texts: Sequence[str]) -> tuple[Points, ...]:
    """A list of the texts, as they are; nothing where there are none."""
    return (Points(tuple((0, plain(text)) for text in texts)),) if texts else ()


def from_markdown(text: str) -> tuple[Block, ...]:
    """The blocks of a Markdown text of this project: headings, paragraphs, lists, tables; a rule is a new page."""
    from markdown_it import MarkdownIt

    tokens = MarkdownIt("commonmark", {"html": False}).enable("table").parse(text)
    return tuple(_blocks(tokens))


def _blocks(tokens: "Sequence[Token]") -> Iterator[Block]:
    at = 0
    while at < len(tokens):
        token = tokens[at]
        end = _end(tokens, at)
        inside = tokens[at + 1 : end]
        if token.type == "heading_open":
            yield Heading("".join(run.text for run in _words(inside[0])), min(int(token.tag[1:]), 3))
        elif token.type == "paragraph_open":
            yield Paragraph(_words(inside[0]))
        elif token.type in ("bullet_list_open", "ordered_list_open"):
            yield Points(tuple(_entries(inside)), token.type.startswith("ordered"))
        elif token.type == "table_open":
            yield _grid(inside)
        elif token.type == "hr":
            yield NewPage()
        at = end + 1


def _end(tokens: "Sequence[Token]", start: int) -> int:
    """Where the block that begins at `start` ends."""
    depth = 0
    for place in range(start, len(tokens)):
        depth += tokens[place].nesting
        if depth <= 0:
            return place
    return len(tokens) - 1


def _entries(tokens: "Sequence[Token]", level: int = 0) -> Iterator[tuple[int, Words]]:
    depth = level
    for token in tokens:
        if token.type in ("bullet_list_open", "ordered_list_open"):
            depth += 1
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            depth -= 1
        elif token.type == "inline":
            yield depth, _words(token)


def _grid(tokens: "Sequence[Token]") -> Grid:
    rows: list[list[Words]] = []
    for token in tokens:
        if token.type == "tr_open":
            rows.append([])
        elif token.type == "inline":
            rows[-1].append(_words(token))
    return Grid(tuple(rows[0]), tuple(map(tuple, rows[1:])))


def _words(token: "Token") -> Words:
    found: list[Run] = []
    bold = slanted = 0
    for child in token.children or ():
        if child.type in ("strong_open", "strong_close"):
            bold += child.nesting
        elif child.type in ("em_open", "em_close"):
            slanted += child.nesting
        elif child.type in ("softbreak", "hardbreak"):
            found.append(Run(" " if child.type == "softbreak" else "\n", bool(bold), bool(slanted)))
        elif child.content:
            found.append(Run(child.content, bool(bold), bool(slanted)))
    return tuple(found)
