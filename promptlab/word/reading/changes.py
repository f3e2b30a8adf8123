"""What differs between a document that came back and the one that was handed out."""

from collections.abc import Iterator, Mapping

from promptlab.messages import _
from promptlab.model.hand_in import Changed
from promptlab.model.problem import Problem
from promptlab.word.contract import digest
from promptlab.word.grid import numbered
from promptlab.word.reading.layout import HEAD, TO_WRITE, Grid, in_words
from promptlab.word.reading.marks import Seen
from promptlab.word.reading.nouns import Cell, Line
from promptlab.word.reading.opened import Opened
from promptlab.word.reading.originals import Key, Originals
from promptlab.word.reading.placing import Placed
from promptlab.word.reading.spans import squeezed


def texts_changed(seen: Mapping[Key, Seen]) -> Iterator[Changed]:
    """The texts of answers that read otherwise."""
    for key, one in seen.items():
        if one.changed:
            yield Changed(where_of(one, key), one.original.own.strip(), one.now.strip())


def where_of(one: Seen, key: Key) -> str:
    """The place of a text for a person."""
    place = one.original.passage.where
    return _("{place}, line {row} of the table", place=place, row=key.row) if key.row else place


def texts_gone(originals: Originals, placed: Placed) -> Iterator[Changed]:
    """The texts of answers that are not there any more; those of one step together."""
    gone: dict[tuple[int, str], list[str]] = {}
    for key, one in originals.lines.items():
        if key not in placed.found and one.squeezed:
            gone.setdefault((key.column, key.id.partition(".")[0]), []).append(one.own.strip())
    for (column, identity), texts in gone.items():
        yield Changed(_("PROMPT {column}, {item}", column=column, item=identity), "\n".join(texts), "")


def texts_added(placed: Placed, grids: Mapping[int, Grid], problems: list[Problem]) -> Iterator[Changed]:
    """Lines in cells of answers that are no text of theirs; one beside the answers is a Problem too."""
    for cell, text in _by_cell(placed):
        grid = grids[cell.table]
        where = in_words(grid, cell)
        yield Changed(where, "", text)
        if not grid.columns(cell):
            said = _("“{text}” stands beside the answers: it belongs to none of them.", text=text)
            problems.append(Problem(said, where))


def _by_cell(placed: Placed) -> Iterator[tuple[Cell, str]]:
    texts: dict[Cell, list[str]] = {}
    for _number, line in placed.extra:
        if line.cell:
            texts.setdefault(line.cell, []).append(line.text.strip())
    for cell, lines in texts.items():
        yield cell, "\n".join(lines)


def heads_changed(opened: Opened, grids: Mapping[int, Grid], problems: list[Problem]) -> Iterator[Changed]:
    """First cells and head cells that say something else."""
    if not opened.outside:
        return
    for grid in grids.values():
        for row, kind in zip(grid.table.rows, grid.rows, strict=True):
            for cell in row:
                if not (kind == HEAD or grid.heads(cell)) or cell.below:
                    continue
                new = [line.text.strip() for line in cell.lines if not _known(opened, line)]
                if new:
                    was = _label(opened, kind)
                    if not any(_known(opened, line) and line.text.strip() for line in cell.lines):
                        yield Changed(in_words(grid, cell), was, "\n".join(new))
                    else:
                        yield Changed(in_words(grid, cell), "", "\n".join(new))
                    if kind in TO_WRITE:
                        said = _("“{text}” stands beside the answers: it belongs to none of them.", text="\n".join(new))
                        problems.append(Problem(said, in_words(grid, cell)))


def _known(opened: Opened, line: Line) -> bool:
    text = line.text.strip()
    return not text or digest(text) in opened.outside or _joined(opened, text)


def _joined(opened: Opened, text: str) -> bool:
    """Whether a text is one of the labels with another kind of space or hyphen."""
    return any(squeezed(text) == squeezed(numbered(at, label)) for at, (label, _c) in enumerate(opened.phases, 1))


def _label(opened: Opened, kind: str) -> str:
    at = int(kind) if kind.isdecimal() else 0
    return numbered(at, opened.phases[at - 1][0]) if 0 < at <= len(opened.phases) else ""


def rows_changed(opened: Opened, grids: Mapping[int, Grid]) -> Iterator[Changed]:
    """Rows that stand in another order, and rows that are gone."""
    if not opened.phases or not grids:
        return
    order = [int(kind) for grid in grids.values() for kind in grid.rows if kind.isdecimal()]
    # Each part of a table with many answers has its own rows, from the first on.
    runs: list[list[int]] = []
    for number in order:
        if runs and number not in runs[-1]:
            runs[-1].append(number)
        elif not runs or number == min(order):
            runs.append([number])
    for run in runs:
        if run != sorted(run):
            yield Changed(_("order of the rows"), ", ".join(map(str, sorted(run))), ", ".join(map(str, run)))
    for number in range(1, len(opened.phases) + 1):
        if order and number not in order:
            yield Changed(_("row {row}", row=number), _label(opened, str(number)), "")


def texts_moved(
    opened: Opened, seen: Mapping[Key, Seen], placed: Placed, grids: Mapping[int, Grid]
) -> Iterator[Changed]:
    """Texts that stand under another answer, or in the row of another phase, than in the document handed out."""
    rows = {
        (column, rank): number
        for number, (_label_, cells) in enumerate(opened.phases, 1)
        for column, ranks in enumerate(cells, 1)
        for rank in ranks
    }
    for key, one in seen.items():
        cell = next((stretch.line.cell for stretch in placed.found[key]), None)
        grid = grids.get(cell.table) if cell else None
        if cell is None or grid is None or key.row:
            continue
        columns = grid.columns(cell)
        if columns and key.column not in columns:
            was, now = (_("PROMPT {number}", number=number) for number in (key.column, columns[0]))
            yield Changed(where_of(one, key), was, now)
        first, kind = key.id.partition(".")[0], grid.rows[cell.row]
        row = rows.get((key.column, int(first))) if first.isdecimal() and len(first) < 7 else None
        if row and kind.isdecimal() and int(kind) != row:
            yield Changed(where_of(one, key), _("row {row}", row=row), _("row {row}", row=kind))


def outside_changed(opened: Opened, lines: Iterator[Line], problems: list[Problem], where: str) -> Iterator[Changed]:
    """Texts outside the tables of answers that were not handed out: each is a Problem too, for it has no place."""
    if not opened.outside:
        return
    new = [line.text.strip() for line in lines if line.text.strip() and digest(line.text) not in opened.outside]
    for text in dict.fromkeys(new):
        yield Changed(where, "", text)
        problems.append(Problem(_("“{text}” stands outside the table: it was not read further.", text=text), where))
