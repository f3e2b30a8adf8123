"""Cells cut into portions that a spreadsheet can show."""

from collections.abc import Iterable, Iterator

from promptlab.align.lines import Line

TALLEST = 26  # lines: Excel shows no row taller than 409 points
LONGEST = 30_000  # letters: Excel keeps 32 767 in a cell
WIDTH = 42  # of a column of the table, in digits
LETTERS = 44  # that a line of such a column holds at least


def portions(lines: Iterable[Line]) -> list[list[Line]]:
    """Lines in portions that a cell can show."""
    portions: list[list[Line]] = []
    used = letters = TALLEST * LONGEST
    for line in _bounded(lines):
        words = str(line)
        height = sum(1 + len(part) // LETTERS for part in words.split("\n"))
        if used + height > TALLEST or letters + len(words) > LONGEST:
            portions.append([])
            used = letters = 0
        portions[-1].append(line)
        used, letters = used + height, letters + len(words) + 1
    return portions


def _bounded(lines: Iterable[Line]) -> Iterator[Line]:
    """Lines none of which is taller than a row: a long text is cut at its line feeds, else at a space."""
    most = TALLEST * LETTERS // 2
    for line in lines:
        leads, texts = list(_cut(line.lead, most)) or [""], list(_cut(line.text, most)) or [""]
        for lead in leads[:-1]:
            yield Line(line.kind, line.depth, "", lead)
        yield Line(line.kind, line.depth, line.mark, leads[-1], texts[0])
        yield from (Line(line.kind, line.depth, "", "", text) for text in texts[1:])


def _cut(text: str, most: int) -> Iterator[str]:
    piece = ""
    for line in text.split("\n"):
        if piece and (len(piece) + len(line) > most or piece.count("\n") > TALLEST // 2):
            yield piece
            piece = ""
        piece = f"{piece}\n{line}" if piece else line
        while len(piece) > most:
            at = piece.rfind(" ", most // 2, most)
            end = at if at > 0 else most
            yield piece[:end]
            piece = piece[end:].removeprefix(" ")
    if piece:
        yield piece
