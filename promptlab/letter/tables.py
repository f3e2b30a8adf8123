"""The columns of a table in a letter: what the cells above a figure say that it is of."""

import re
from collections.abc import Iterable, Iterator

from promptlab.letter.context import Context
from promptlab.letter.cues import Cue

_MOST_ROWS = 60
_RULE = re.compile(r"[; :.-]*")


def column_cues(context: Context, place: int, tags: Iterable[str]) -> list[Cue]:
    """The cues with one of `tags` in the cells above `place`, the nearest first; none where it stands in no table."""
    wanted = frozenset(tags)
    return [cue for start, end in _above(context.text, place) for cue in context.within(start, end, wanted)[::-1]]


def column_article(context: Context, place: int) -> str:
    """The article that the cells above `place` name, where its own row names none; "" where they name none or several.

    "| Référence | A52000 | N52000 |" over "| Prix unitaire | 19,06 | 26,80 |".
    """
    start, end = _line(context.text, place)
    if context.within(start, end, ("product",)):
        return ""
    named = {cue.value for cue in column_cues(context, place, ("product",))}
    return named.pop() if len(named) == 1 else ""


def _line(text: str, place: int) -> tuple[int, int]:
    start = text.rfind("\n", 0, place) + 1
    end = text.find("\n", place)
    return start, end if end >= 0 else len(text)


def _above(text: str, place: int) -> Iterator[tuple[int, int]]:
    """The cells over that of `place` in its table, the nearest first; bars are semicolons in folded text."""
    start, end = _line(text, place)
    if not text[start:end].lstrip().startswith(";"):
        return
    column = text.count(";", start, place)
    for _row in range(_MOST_ROWS):
        if start == 0:
            return
        start, end = _line(text, start - 1)
        if not text[start:end].lstrip().startswith(";"):
            return
        if _RULE.fullmatch(text, start, end):
            continue
        bars = [found.start() for found in re.finditer(";", text[start:end])] + [end - start]
        if column < len(bars):
            yield start + bars[column - 1] + 1, start + bars[column]
