"""What a person meant to say in a document and no copie can hold: told, each with its place."""

from collections.abc import Iterable, Iterator, Mapping

from promptlab.messages import _, ngettext
from promptlab.model.problem import Problem
from promptlab.word.colours import spoken
from promptlab.word.marking import Words
from promptlab.word.reading.layout import HEAD, TO_WRITE, Grid, in_words
from promptlab.word.reading.marks import Seen
from promptlab.word.reading.nouns import Cell, Piece
from promptlab.word.reading.opened import Opened
from promptlab.word.reading.palette import Palette


def doubts(one: Seen, words: Words) -> Iterator[Problem]:
    """What is marked on a text of an answer and is no tag, or not on just these words."""
    where = one.original.passage.where
    if one.marked:
        said = _(
            "“{text}” is in coloured letters, underlined or struck through: only what is highlighted gets a tag.",
            text=_joined(one.marked),
        )
        yield Problem(said, where)
    if one.cells and (one.bare or len(one.beside) > 1):
        said = _(
            "only “{text}” is highlighted here: this text has no parts, the tag is on all of it.",
            text=_joined(one.cells),
        )
        yield Problem(said, where)
    for text in one.strange:
        colours = ", ".join(f"{spoken(tag.colour)} ({tag.label})" for tag in words.tags.values())
        said = _(
            "“{text}” is highlighted in a colour that no tag has; the colours are: {colours}.",
            text=text,
            colours=colours,
        )
        yield Problem(said, where)
    for text in one.typed:
        said = _("“{text}” is highlighted, but it does not stand in the answer: no tag was read.", text=text)
        yield Problem(said, where)


def _joined(texts: Iterable[str]) -> str:
    return " … ".join(dict.fromkeys(texts))


def heads_marked(grids: Mapping[int, Grid], palette: Palette) -> Iterator[Problem]:
    """What is highlighted in heads and in the column of the phases: no tag can stand there."""
    for grid in grids.values():
        for row, kind in zip(grid.table.rows, grid.rows, strict=True):
            for cell in row:
                if kind != HEAD and not grid.heads(cell):
                    continue
                text = "".join(piece.text for line in cell.lines for piece in line.pieces if _lit(piece, cell, palette))
                if text.strip():
                    said = _("“{text}” is highlighted, but it is no text of an answer: no tag was read.",
                             text=" ".join(text.split()))  # fmt: skip
                    yield Problem(said, in_words(grid, cell))


def _lit(piece: Piece, cell: Cell, palette: Palette) -> bool:
    """Whether a person highlighted it: the view has colours of its own in cells, but none that a tag has."""
    if not piece.colour:
        return False
    return bool(palette.tag(piece.colour)) or (piece.colour != cell.colour and palette.strange(piece.colour))


def unread(opened: Opened, grids: Mapping[int, Grid]) -> Iterator[Problem]:
    """What the document holds beside text: notes on the answers, pictures, embedded documents."""
    for line in opened.flow.lines:
        if not (line.notes or line.pictures):
            continue
        grid = grids.get(line.cell.table) if line.cell else None
        where = in_words(grid, line.cell) if grid and line.cell else _("outside the table")
        if not (grid and line.cell and grid.rows[line.cell.row] in TO_WRITE):
            yield from (Problem(_("note “{text}”: it was not read further.", text=note), where) for note in line.notes)
        if line.pictures:
            seen_there = ngettext(
                "{count} picture stands here: look at it in the document.",
                "{count} pictures stand here: look at them in the document.",
                line.pictures,
            )
            yield Problem(seen_there, where)
    yield from (Problem(said, opened.name) for said in opened.flow.strange)
