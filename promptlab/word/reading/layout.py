"""The tables of a document: which ones compare answers, which column is which answer, what each row is for."""

import re
from collections import Counter
from dataclasses import dataclass, field
from itertools import accumulate

from promptlab.messages import _
from promptlab.word import contract
from promptlab.word.contract import anchor, row_of
from promptlab.word.grid import row_titles
from promptlab.word.reading.nouns import Cell, Flow, Line, Table
from promptlab.word.reading.spans import squeezed

REMARK, DISCUSSION = contract.REMARK, contract.DISCUSSION
HEAD = "head"
TO_WRITE = (REMARK, DISCUSSION)
_PROMPT = re.compile(r"\bprompt\s*(?:n[°o]\s*)?(\d{1,2})\b", re.IGNORECASE)
_NUMBER = re.compile(r"(?:étape|etape|phase|step)?\s*(\d{1,3})\b", re.IGNORECASE)
# How the rows are called, in the documents of promptlab and in those that teachers make themselves.
_ROW_WORDS = (
    (REMARK, re.compile(r"remarque|remark|observation|commentaires?\b|comments\b", re.IGNORECASE)),
    (DISCUSSION, re.compile(r"[ée]change|exchange|discussion", re.IGNORECASE)),
    ("key_points", re.compile(r"points?[ -]cl|key points|conclusion", re.IGNORECASE)),
    ("intro", re.compile(r"introduction", re.IGNORECASE)),
    (HEAD, re.compile(r"phases?$", re.IGNORECASE)),
)
_LEAST_SHARE = 0.5  # of the width of a column that a cell must cover to be over it


@dataclass(frozen=True, slots=True)
class Extent:
    """A column of a table: from `left` to `right`, and the answer that stands in it, None where none does."""

    left: float
    right: float
    column: int | None
    head: bool = False  # the column of the phases


@dataclass(eq=False)
class Grid:
    """One table of answers: its columns, and what each row is for ("3", "remark", "" where it is not known)."""

    table: Table
    extents: list[Extent]
    rows: list[str]
    edges: list[float] = field(default_factory=list)
    _over: dict[tuple[int, int], list[Extent]] = field(default_factory=dict)

    def over(self, cell: Cell) -> list[Extent]:
        """The columns that a cell covers."""
        found = self._over.get((cell.start, cell.end))
        if found is None:
            found = self._over[cell.start, cell.end] = self._covered(cell.start, cell.end)
        return found

    def _covered(self, start: int, end: int) -> list[Extent]:
        left, right = _edge(self.edges, start), _edge(self.edges, end)
        covered = []
        best, most = None, 0.0
        for extent in self.extents:
            shared = min(right, extent.right) - max(left, extent.left)
            if shared >= _LEAST_SHARE * (extent.right - extent.left):
                covered.append(extent)
            if shared > most:
                best, most = extent, shared
        return covered or ([best] if best else [])

    def columns(self, cell: Cell) -> list[int]:
        """The answers that a cell stands under."""
        return [extent.column for extent in self.over(cell) if extent.column]

    def heads(self, cell: Cell) -> bool:
        """Whether a cell stands in the column of the phases, and in no other."""
        return all(extent.head for extent in self.over(cell)) and bool(self.over(cell))


def grids(flow: Flow) -> dict[int, Grid]:
    """The tables that compare answers, by number.

    They have the bookmarks or the references of promptlab. Where no table has any, a person made the document, or
    copied it into another: then they are those with a column for each prompt, else all that are wide enough.
    """
    for ours in (_marked, _headed, _wide):
        found = {table.number: _grid(table, by_hand=ours is not _marked) for table in flow.tables if ours(table)}
        if found:
            return found
    return {}


def _marked(table: Table) -> bool:
    lines = [line for row in table.rows for cell in row for line in cell.lines]
    return any(_places(line) or _rows(line) for line in lines) or _refers(table)


def _headed(table: Table) -> bool:
    first = table.rows[0] if table.rows else []
    return sum(bool(_PROMPT.search(cell.text)) for cell in first) >= 2


def _wide(table: Table) -> bool:
    return len(table.rows) >= 2 and max(len(row) for row in table.rows) >= 3


def _refers(table: Table) -> bool:
    """Whether visible references stand in the table: the bookmarks are gone, as in Google Docs."""
    lines = [line for row in table.rows for cell in row for line in cell.lines]
    return sum(bool(contract.REFERENCE_TEXT.match(line.text)) for line in lines) >= 2


def _places(line: Line) -> list[contract.Anchor]:
    return [place for _at, name in line.bookmarks if (place := anchor(name))]


def _rows(line: Line) -> list[str]:
    return [row for _at, name in line.bookmarks if (row := row_of(name))]


def _grid(table: Table, *, by_hand: bool) -> Grid:
    edges = [0.0, *accumulate(table.widths)]
    grid = Grid(table, [], [], edges)
    model = max(table.rows, key=len, default=[])
    grid.extents = [Extent(_edge(edges, cell.start), _edge(edges, cell.end), None) for cell in model]
    named = _named(grid, by_hand=by_hand)
    grid = Grid(table, named, [], edges)
    grid.rows = _kinds(grid)
    return grid


def _edge(edges: list[float], at: int) -> float:
    """The left edge of grid column `at`; tables say less of their grid than they use."""
    usual = edges[-1] / (len(edges) - 1) if len(edges) > 1 else 1.0
    return edges[at] if at < len(edges) else edges[-1] + (at - len(edges) + 1) * usual


def _named(grid: Grid, *, by_hand: bool) -> list[Extent]:
    """The extents with their answers: by the anchors in their cells, else by their head, else by their place."""
    votes: list[Counter[int]] = [Counter() for _extent in grid.extents]
    heads = [False] * len(grid.extents)
    for row in grid.table.rows:
        for cell in row:
            places = [grid.extents.index(extent) for extent in grid.over(cell)]
            if len(places) != 1:
                continue
            for line in cell.lines:
                if not line.bookmarks and not line.pieces:
                    continue
                if said := _places(line):
                    votes[places[0]].update([place.column for place in said])
                elif quoted := contract.REFERENCE_TEXT.match(line.text):
                    votes[places[0]][int(quoted[1])] += 1
                heads[places[0]] = heads[places[0]] or (not said and bool(_rows(line)))
    first = grid.table.rows[0] if grid.table.rows else []
    told = {
        grid.extents.index(extent): int(number[1])
        for cell in first
        for extent in grid.over(cell)[:1]
        if (number := _PROMPT.search(cell.text))
    }
    named = []
    for at, extent in enumerate(grid.extents):
        column = votes[at].most_common(1)[0][0] if votes[at] else told.get(at)
        if column is None and by_hand and not told and at:
            column = at
        head = heads[at] or (at == 0 and column is None)
        named.append(Extent(extent.left, extent.right, None if heads[at] and not votes[at] else column, head))
    return named


def _kinds(grid: Grid) -> list[str]:
    kinds: list[str] = []
    for row in grid.table.rows:
        kind = next((said for cell in row for line in cell.lines for said in _rows(line)), "")
        kind = kind or next(
            (place.id for cell in row for line in cell.lines for place in _places(line) if place.id in TO_WRITE), ""
        )
        kind = kind or _by_words(grid, row)
        if not kind and kinds and kinds[-1] in TO_WRITE and _goes_on(grid, row):
            kind = kinds[-1]
        kinds.append(kind)
    return kinds


def _by_words(grid: Grid, row: list[Cell]) -> str:
    if any(_places(line) for cell in row for line in cell.lines):
        return ""  # a row of the answers whose first cell was rewritten
    if sum(bool(_PROMPT.search(cell.text)) for cell in row) >= 2 and not any(map(_long, row)):
        return HEAD
    label = squeezed(row[0].text) if row and grid.heads(row[0]) else ""
    for kind, words in _ROW_WORDS:
        if words.match(label):
            return kind
    number = _NUMBER.match(label)
    return number[1] if number else ""


def _long(cell: Cell) -> bool:
    return len(cell.text) > 60


def _goes_on(grid: Grid, row: list[Cell]) -> bool:
    """Whether a row is a further line of the one above: nothing in its first cell, and no text of an answer."""
    first = row[0] if row else None
    return first is not None and (first.below or not first.text.strip() or not grid.heads(first))


def in_words(grid: Grid, cell: Cell) -> str:
    """The place of a cell for a person: "row 3, PROMPT 2", by the number of the phase where it has one."""
    kind = grid.rows[cell.row]
    row = row_titles().get(kind) or (
        _("row {row}", row=kind) if kind.isdecimal() else _("line {row} of the table", row=cell.row + 1)
    )
    columns = grid.columns(cell)
    if columns:
        return ", ".join([row, *(_("PROMPT {number}", number=column) for column in columns)])
    return ", ".join([row, _("PHASES")]) if grid.heads(cell) else row
