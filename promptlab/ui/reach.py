"""Choosing a part of a text word by word, as the keyboard does, and mending what the mouse chose."""

import re

from promptlab.model.copie import Span

_WORD = re.compile(r"\S+")


def whole_words(text: str, span: Span) -> Span | None:
    """`span` widened to the words that it touches; None where it touches none."""
    touched = [word for word in _words(text) if word[0] < span[1] and span[0] < word[1]]
    return (touched[0][0], touched[-1][1]) if touched else None


def widened(text: str, span: Span | None, way: int) -> Span | None:
    """`span` with one more word at its end (`way` 1) or one less (-1); None where no word is left.

    Without a span, 1 begins with the first word and -1 with the last.
    """
    return _moved(text, span, way, at_start=False)


def moved_start(text: str, span: Span | None, way: int) -> Span | None:
    """`span` with its beginning one word later (`way` 1) or earlier (-1); None where no word is left."""
    return _moved(text, span, way, at_start=True)


def _moved(text: str, span: Span | None, way: int, *, at_start: bool) -> Span | None:
    words = _words(text)
    if not words:
        return None
    if span is None:
        return words[0] if way > 0 else words[-1]
    touched = [place for place, word in enumerate(words) if word[0] < span[1] and span[0] < word[1]]
    if not touched:
        return None
    first, last = touched[0], touched[-1]
    if at_start:
        first = max(first + way, 0)
    else:
        last = min(last + way, len(words) - 1)
    return (words[first][0], words[last][1]) if first <= last else None


def _words(text: str) -> list[Span]:
    return [found.span() for found in _WORD.finditer(text)]
