"""The comparison table itself: phases in rows, answers in columns, then the rows that pupils fill in."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from promptlab.align.wording import column_head
from promptlab.messages import _
from promptlab.model.comparison import Column, Comparison
from promptlab.word import contract
from promptlab.word.cell import Cell
from promptlab.word.contract import Anchor
from promptlab.word.markup import paragraph, run
from promptlab.word.sheet import Sheet
from promptlab.word.table import HEAD_FILL, UNCUT, Frame, even, row, table

MOST_COLUMNS = 4  # answers side by side on one A4 page in a size that can be read
# A page holds about 33 lines. A row up to this long is moved to the next page rather than cut; LibreOffice would lose
# the end of an uncut row that is longer than a page.
UNSPLIT_LINES = 28
# Between two tables: LibreOffice knows no page break before a row. The paragraph is as good as invisible.
_NEW_PAGE = paragraph(
    contract.EMPTY, "", '<w:pageBreakBefore/><w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'
)
WRITING_SPACE = 1900  # height of a row to write in, in twentieths of a point
PHASES_WIDTH = 1900


@dataclass(frozen=True, slots=True)
class Part:
    """One table of the document: the answers from `first` (from 0) on that stand side by side in it."""

    number: int
    first: int
    columns: tuple[Column, ...]


def parts(columns: tuple[Column, ...]) -> list[Part]:
    """The columns in as few tables as can be read, as equal as possible."""
    count = -(-len(columns) // MOST_COLUMNS)
    cuts = [rank * len(columns) // count for rank in range(count + 1)]
    return [Part(number, cuts[number - 1], columns[cuts[number - 1] : cuts[number]]) for number in range(1, count + 1)]


def widest(columns: tuple[Column, ...]) -> int:
    """The most answers that stand side by side."""
    return max(len(part.columns) for part in parts(columns))


def letters(width: int, answers: int) -> int:
    """About how many letters stand on a line of a cell of that width."""
    return max(8, width // (96 if answers <= 3 else 88))


@dataclass(frozen=True, slots=True)
class _Row:
    """One row written, and whether it may be longer than a page."""

    xml: str
    long: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """One part of the comparison being written."""

    comparison: Comparison
    part: Part
    sheet: Sheet

    def xml(self) -> str:
        """The whole table; a row longer than a page begins a table of its own, on a new page, and is cut by its end."""
        heads = [column_head(column, self.part.first + at) for at, column in enumerate(self.part.columns, 1)]
        frame = Frame(
            even(PHASES_WIDTH, len(heads)),
            _("Comparison of {columns}", columns=", ".join(heads)),
            _("One row for each phase, one column for each answer. Then come the key points, and rows to write in."),
        )
        pages: list[list[str]] = [[]]
        for line in self._rows(frame):
            if line.long and pages[-1]:
                pages.append([])
            pages[-1].append(line.xml)
        return _NEW_PAGE.join(table(frame, (row_titles()["head"], *heads), page, style=contract.HEAD) for page in pages)

    def _rows(self, frame: Frame) -> Iterator[_Row]:
        titles = row_titles()
        if any(column.answer.intro for column in self.part.columns):
            yield self._texts(frame, "intro", titles["intro"], _introduction)
        for number in range(1, len(self.comparison.phases) + 1):
            yield self._phase(frame, number)
        yield self._texts(frame, "key_points", titles["key_points"], _key_points)
        for name in (contract.REMARK, contract.DISCUSSION):
            yield self._writing(frame, name, titles[name])

    def _phase(self, frame: Frame, number: int) -> _Row:
        phase = self.comparison.phases[number - 1]
        head = self.sheet.marked(contract.phase_bookmark(number, self.part.number), run(numbered(number, phase.label)))
        cells = []
        for column, cell in self._cells(frame):
            for step in self.comparison.steps_at(phase, cell.column - 1):
                cell.group(column.answer, step.rank)
                cell.step(step)
            cells.append(cell)
        return _row(frame, head, cells, nothings()[0])

    def _texts(self, frame: Frame, name: str, title: str, fill: Callable[[Column, Cell], None]) -> _Row:
        """A row of what stands around the steps."""
        head = self.sheet.marked(contract.row_bookmark(name, self.part.number), run(title))
        cells = []
        for column, cell in self._cells(frame):
            fill(column, cell)
            cells.append(cell)
        return _row(frame, head, cells, nothings()[1])

    def _writing(self, frame: Frame, name: str, title: str) -> _Row:
        """A row of empty cells, one for each answer, in which pupils write."""
        head = paragraph(contract.PHASE, self.sheet.marked(contract.row_bookmark(name, self.part.number), run(title)))
        places = [Anchor(self.part.first + at, name) for at in range(1, len(self.part.columns) + 1)]
        cells = [self._written(place) for place in places]
        height = f'{UNCUT}<w:trHeight w:val="{WRITING_SPACE}" w:hRule="atLeast"/>'
        return _Row(row(frame, [head, *cells], height, fills=(HEAD_FILL,)))

    def _written(self, place: Anchor) -> str:
        """What the pupil wrote in a cell of a row to write in, a paragraph for each line."""
        text = self.sheet.marking.written(place) if self.sheet.marking else ""
        first, *others = text.split("\n")
        lines = [self.sheet.marked(place.bookmark, run(first)), *map(run, others)]
        return "".join(paragraph(contract.WRITE, line) for line in lines)

    def _cells(self, frame: Frame) -> Iterator[tuple[Column, Cell]]:
        width = letters(frame.widths[1], len(self.part.columns))
        for at, column in enumerate(self.part.columns, 1):
            yield column, Cell(self.sheet, self.part.first + at, width)


def nothings() -> tuple[str, str]:
    """What stands in a cell without a step, and in one without a text."""
    return _("— no step"), _("— nothing")


def row_titles() -> dict[str, str]:
    """What stands in the first cell of the rows that are no phases, and of the head."""
    return {
        "head": _("PHASES"),
        "intro": _("Introduction"),
        "key_points": _("Key points"),
        contract.REMARK: _("Remarks on the results and on the differences"),
        contract.DISCUSSION: _("Exchange on the highlighted items"),
    }


def numbered(number: int, label: str) -> str:
    """The number and the name of a phase; a name that is no more than the number stands alone."""
    return label if label == _("Step {rank}", rank=number) else f"{number}. {label}".rstrip()


def _row(frame: Frame, head: str, cells: list[Cell], nothing: str) -> _Row:
    long = max(cell.lines for cell in cells) > UNSPLIT_LINES
    contents = [paragraph(contract.PHASE, head), *(cell.content(nothing) for cell in cells)]
    return _Row(row(frame, contents, "" if long else UNCUT, fills=(HEAD_FILL,)), long)


def _introduction(column: Column, cell: Cell) -> None:
    cell.text(contract.INTRO, column.answer.intro)


def _key_points(column: Column, cell: Cell) -> None:
    for number, section in enumerate(column.answer.sections, 1):
        cell.section(number, section)
    cell.text(contract.CONCLUSION, column.answer.conclusion, name=_("Conclusion"))
