"""A GIFT text as tokens: single signs, and signs that a backslash has made plain."""

import re
from collections.abc import Sequence
from decimal import Decimal

from promptlab.files.quizzes import showable
from promptlab.quiz.html_text import from_html

_TOKEN = re.compile(r"\\.|.", re.DOTALL)
_FORMAT = re.compile(r"\[(html|plain|moodle|markdown)\]")
_WEIGHT = re.compile(r"%(-?\d+(?:\.\d*)?)%")
Tokens = Sequence[str]


def tokens_of(text: str) -> list[str]:
    """`text` sign by sign, a backslash together with the sign after it: only bare signs can be operators."""
    return _TOKEN.findall(text)


def entries(tokens: Tokens) -> list[tuple[str, list[str]]]:
    """The answers that begin with = or ~, without that sign."""
    starts = [place for place, token in enumerate(tokens) if token in ("=", "~")]
    return [
        (tokens[start], list(tokens[start + 1 : end]))
        for start, end in zip(starts, [*starts[1:], len(tokens)], strict=True)
    ]


def weight_of(tokens: list[str]) -> tuple[Decimal | None, list[str]]:
    """The weight in percent that stands before an answer (None where none does), and the answer without it."""
    bare = stripped(tokens)
    found = _WEIGHT.match("".join(bare))
    return (Decimal(found[1]), bare[found.end() :]) if found else (None, bare)


def split(tokens: Tokens, sign: str, most: int = -1) -> list[list[str]]:
    """The parts between the bare signs `sign`, cut at most `most` times."""
    parts: list[list[str]] = [[]]
    for token in tokens:
        if token == sign and (most < 0 or len(parts) <= most):
            parts.append([])
        else:
            parts[-1].append(token)
    return parts


def find(tokens: Tokens, signs: str, start: int = 0) -> int:
    """Where the bare signs stand one after the other, -1 where they do not."""
    wanted = list(signs)
    for at in range(start, len(tokens) - len(wanted) + 1):
        if list(tokens[at : at + len(wanted)]) == wanted:
            return at
    return -1


def stripped(tokens: Tokens) -> list[str]:
    """`tokens` without the spaces at their ends."""
    start, end = 0, len(tokens)
    while start < end and tokens[start].isspace():
        start += 1
    while end > start and tokens[end - 1].isspace():
        end -= 1
    return list(tokens[start:end])


_ESCAPED = {f"\\{sign}": sign for sign in "~=#{}:\\"} | {"\\n": "\n"}


def plain_text(tokens: Tokens) -> str:
    """The text that tokens stand for."""
    return showable("".join(_ESCAPED.get(token, token) for token in tokens))


def formatted(tokens: Tokens, form: str) -> tuple[str, tuple[str, ...]]:
    """The words of a text that may say its format, and what was left out of it."""
    text = plain_text(tokens)
    said = _FORMAT.match(text)
    if said:
        form, text = said[1], text[said.end() :]
    if form in ("plain", "markdown"):
        return text.strip(), ()
    words, left_out = from_html(text.replace("\n", "<br>") if form == "moodle" else text)
    return showable(words), left_out
