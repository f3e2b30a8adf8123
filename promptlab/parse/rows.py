"""Steps that an answer gives as the rows of a table, as blocks that read like a list."""

import re
from collections.abc import Sequence

from promptlab.parse.blocks import Block
from promptlab.parse.inline import Rich
from promptlab.parse.numbering import read_number

_STEP_HEADER = re.compile(r"\W*(?:étapes?|etapes?|steps?|pasos?|schritte?|passi?|passos?|etapas?)\W*$", re.IGNORECASE)


def rows_as_steps(blocks: Sequence[Block]) -> list[Block] | None:
    """The blocks with the first table whose rows are the steps taken apart; None where there is no such table.

    Its rows are numbered from 1, or its first header calls them steps.
    """
    for at, block in enumerate(blocks):
        if len(block.rows) > 2 and (_numbered(block.rows[1:]) or _has_step_column(block.rows)):
            return [*blocks[:at], *_taken_apart(block), *blocks[at + 1 :]]
    return None


def _has_step_column(rows: Sequence[tuple[str, ...]]) -> bool:
    """Whether a table says in its first header that each of its rows is a step."""
    named = bool(rows[0]) and bool(_STEP_HEADER.match(rows[0][0]))
    return named and len(rows) > 3 and all(len(row) > 1 and row[0].strip() for row in rows[1:])


def _numbered(rows: Sequence[tuple[str, ...]]) -> bool:
    numbers = [read_number(Rich(row[0])) if row and len(row) > 1 else None for row in rows]
    return all(number is not None and number.value == rank for rank, number in enumerate(numbers, 1))


def _taken_apart(table: Block) -> list[Block]:
    blocks = [_block(table, "plain", " | ".join(table.rows[0]))]
    for rank, (first, *rest) in enumerate(table.rows[1:], 1):
        number = read_number(Rich(first))
        title = first[number.end if number else 0 :].strip()
        cells = [cell for cell in ([title, *rest] if title else rest) if cell]
        head = _block(table, "ordered", cells[0] if cells else "")
        head.value, head.mark = rank, "."
        blocks += [head, *(_block(table, "plain", cell, 3) for cell in cells[1:])]
    return blocks


def _block(table: Block, kind: str, text: str, indent: int = 0) -> Block:
    block = Block(kind, text, table.first, table.last, indent)  # type: ignore[arg-type]
    # The cells are plain already; reading them once more could take marks out that are meant.
    block.__dict__["rich"] = Rich(text)
    return block
