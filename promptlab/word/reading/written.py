"""What a person wrote in the rows to write in and in the statement."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from promptlab.errors import BadInput
from promptlab.messages import _
from promptlab.model.copie import Copie, Plain, Work
from promptlab.model.problem import Problem
from promptlab.model.pseudonym import MOST_PUPILS
from promptlab.review.pseudonyms import pseudonyms
from promptlab.review.texts import cleaned
from promptlab.review.writing import trimmed
from promptlab.word.contract import REMARK, STATEMENT_WORK, STATEMENTS, anchor, statement_of
from promptlab.word.reading.layout import TO_WRITE, Grid, in_words
from promptlab.word.reading.nouns import Cell, Flow, Line
from promptlab.word.reading.spans import squeezed

MOST_COLUMNS = 60
_CODE = re.compile(r"\b[A-Za-z]{1,3}\d{1,4}\b")
_UNLIMITED = 10**9


@dataclass(eq=False)
class Written:
    """The texts of the rows to write in: kind ("remark", "discussion") and column to the lines there."""

    texts: dict[tuple[str, int], list[str]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def add(self, kind: str, column: int, text: str) -> None:
        """One more text in a cell."""
        self.texts.setdefault((kind, column), []).append(text)

    def of(self, kind: str, before: tuple[str, ...]) -> tuple[str, ...]:
        """The texts of a row, column by column; `before` is what the copie held, kept where it reads the same."""
        columns = [column for name, column in self.texts if name == kind and column <= MOST_COLUMNS]
        found = []
        for column in range(1, max([*columns, len(before)], default=0) + 1):
            lines = self.texts.get((kind, column), [])
            now = cleaned("\n".join(lines).strip("\n"), where="", most=_UNLIMITED)
            old = before[column - 1] if column <= len(before) else ""
            found.append(old if squeezed(old) == squeezed(now) else now)
        return trimmed(found)


def cells_to_write(grids: dict[int, Grid]) -> Iterator[tuple[str, Grid, Cell]]:
    """The cells of the rows to write in, with their row's kind."""
    for grid in grids.values():
        for row, kind in zip(grid.table.rows, grid.rows, strict=True):
            if kind in TO_WRITE:
                for cell in row:
                    if not grid.heads(cell):
                        yield kind, grid, cell


def written(grids: dict[int, Grid]) -> Written:
    """All that stands in the rows to write in."""
    found = Written()
    for kind, grid, cell in cells_to_write(grids):
        text = "\n".join([cell.text, *(note for line in cell.lines for note in line.notes)]).strip("\n")
        columns = places_of(grid, cell, kind)
        if not text.strip():
            continue
        if not columns:
            said = _("“{text}” stands beside the answers: it belongs to none of them.", text=text)
            found.problems.append(Problem(said, in_words(grid, cell)))
            continue
        if len(columns) > 1:
            said = _(
                "“{text}” stands in one cell for several answers: it was read for PROMPT {number}.",
                text=text,
                number=columns[0],
            )
            found.problems.append(Problem(said, in_words(grid, cell)))
        found.add(kind, columns[0], text)
    return found


def places_of(grid: Grid, cell: Cell, kind: str) -> list[int]:
    """The answers that a cell of a row to write in is about."""
    covered = grid.columns(cell)
    marked = [
        place.column
        for line in cell.lines
        for _at, name in line.bookmarks
        if (place := anchor(name)) and place.id == kind
    ]
    return sorted(dict.fromkeys(covered or marked))


# ------------------------------------------------------------ the statement


def statement_cells(flow: Flow) -> dict[str, list[Line]]:
    """The lines that answer each question of the statement."""
    found: dict[str, list[Line]] = {}
    for line in flow.lines:
        for _at, name in line.bookmarks:
            if question := statement_of(name):
                found.setdefault(question, list(line.cell.lines) if line.cell else [line])
    return found


def with_statement(copie: Copie, cells: dict[str, list[Line]], problems: list[Problem]) -> Copie:
    """`copie` with what the statement says: its texts as a work, the pupil's code as pseudonym.

    A name is not kept; it becomes a Problem.
    """
    said = {
        question: cleaned("\n".join(line.text for line in cells[question]), where="", most=_UNLIMITED)
        for question in STATEMENTS
        if question in cells
    }
    pupil = said.pop("pupil", "")
    if pupil and squeezed(pupil) != squeezed("+".join(copie.pupils)):
        copie = _signed(copie, pupil, problems)
    work = copie.work(STATEMENT_WORK)
    values = work.content.value if work else {}
    before = values if isinstance(values, dict) else {}
    kept = {question: text for question, text in said.items() if text}
    same = all(squeezed(str(before.get(question, ""))) == squeezed(text) for question, text in said.items())
    if same or (not kept and not before):
        return copie
    others = tuple(other for other in copie.works if other.name != STATEMENT_WORK)
    rest = {name: value for name, value in before.items() if name not in said}
    return replace(copie, works=(*others, Work(STATEMENT_WORK, 1, Plain.of(rest | kept))))


def _signed(copie: Copie, text: str, problems: list[Problem]) -> Copie:
    codes = list(dict.fromkeys(_CODE.findall(text)))
    where = _("statement, code of the pupil")
    try:
        found = pseudonyms(codes[:MOST_PUPILS] if codes else [text])
    except BadInput:
        said = _("“{text}” is no code of a pupil: write who handed this in, by a code such as P07.", text=text)
        problems.append(Problem(said, where))
        return copie
    if copie.pupils and set(found) != set(copie.pupils):
        said = _("“{text}” is not whose copie this is ({pupils}).", text=text, pupils=", ".join(copie.pupils))
        problems.append(Problem(said, where))
        return copie
    rest = _CODE.sub("", text) if codes else ""
    if any(letter.isalpha() for letter in rest):
        problems.append(Problem(_("“{text}” says more than a code: a copie holds no name.", text=text), where))
    return replace(copie, pupils=found)


def in_row(kind: str, column: int) -> str:
    """The place of a written text for a person."""
    if kind == REMARK:
        return _("remark on PROMPT {column}", column=column)
    return _("discussion of PROMPT {column}", column=column)
