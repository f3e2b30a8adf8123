"""What a person typed in the look of what the view adds: beside a reference, in a label, behind a sign.

Word processors give what is typed the look of what stands before it. So the look of a reference says only that
something *may* be one: all but the reference itself, the signs and the view's own words was typed by a person.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from promptlab.word.reading.nouns import Piece
from promptlab.word.reading.originals import Original
from promptlab.word.reading.placing import Stretch, pieces_of
from promptlab.word.reading.spans import squeezed

BESIDE = ("reference", "sign")  # the roles in which signs of tags stand
_EMOJI = "\ufe0f"  # asks for a sign in colours
_WORD = re.compile(r"\w+")
_BETWEEN = ":.—–-|"
OURS = ("step", "étape", "example", "exemple", "conclusion")  # the view's own words, in all languages of the screen


class Noted(NamedTuple):
    """A sign that a person typed: the tag that it stands for, the reason of its code, the words around it."""

    tag: str
    reason: str | None
    words: str


def settled(stretch: Stretch, original: Original, signs: Sequence[str]) -> tuple[list[tuple[int, Piece]], str]:
    """The pieces of a stretch, each in its true role; and what stands beside its reference, from a sign on.

    `signs` are those of the tags. What a person typed in the look of the view becomes a piece without a role.
    """
    pieces = list(pieces_of(stretch))
    beside = added = ""
    for _at, piece in pieces:
        if piece.role == "added":
            added += piece.text
        elif piece.role:
            beside += piece.text
    reference = f"{original.key.column}·{original.key.id}"
    if added and added != original.added and squeezed(added) != squeezed(original.added):
        pieces = _split(pieces, ("added",), _known(added, original.added))
    left = beside.strip()
    if not left or left == reference:
        return pieces, ""
    before, after = _around(beside, reference)
    rest = before + after
    if not rest.strip() or rest.strip() in reference:
        return pieces, ""
    if holds(rest, signs):
        return pieces, rest.strip()
    typed = [False] * len(before) + [True] * (len(beside) - len(rest)) + [False] * len(after)
    return _split(pieces, BESIDE, typed), ""


def _known(added: str, before: str) -> list[bool]:
    """For each letter in the look of what the view adds whether the view wrote it, in whatever language it was."""
    left = Counter([*_WORD.findall(before.casefold()), *OURS])
    known = [sign.isspace() or sign in _BETWEEN for sign in added]
    for found in _WORD.finditer(added):
        word = found[0].casefold()
        if left[word]:
            left[word] -= 1
            known[found.start() : found.end()] = [True] * (found.end() - found.start())
    for at in range(1, len(known)):
        if added[at].isspace() and not known[at - 1]:
            known[at] = False  # the space behind a typed word was typed with it
    return known


def _around(text: str, reference: str) -> tuple[str, str]:
    """What stands before a reference and behind it; all of `text` is before it where it holds none."""
    found = _pattern(reference).search(text)
    return (text[: found.start()], text[found.end() :]) if found else (text, "")


@lru_cache(maxsize=4096)
def _pattern(reference: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\d){re.escape(reference)}(?!\.?\d)")


def _split(pieces: Sequence[tuple[int, Piece]], roles: Sequence[str], ours: Sequence[bool]) -> list[tuple[int, Piece]]:
    """`pieces`, those in `roles` cut where their letters, one after the other, are the view's own or not."""
    found: list[tuple[int, Piece]] = []
    done = 0
    for at, piece in pieces:
        if piece.role not in roles:
            found.append((at, piece))
            continue
        start = 0
        mine = ours[done : done + len(piece.text)]
        for end in range(1, len(mine) + 1):
            if end == len(mine) or mine[end] != mine[start]:
                role = piece.role if mine[start] else ""
                found.append((at + start, piece._replace(text=piece.text[start:end], role=role)))
                start = end
        done += len(piece.text)
    return found


def holds(text: str, signs: Sequence[str]) -> bool:
    """Whether one of the signs of tags stands in `text`."""
    return any(sign in text for sign in signs)


def noted(text: str, tags: Mapping[str, str], codes: Mapping[str, str]) -> list[Noted]:
    """The signs in a text with what is said beside them; `tags` are tags by sign, `codes` reasons by code.

    Words before the first sign are said of it. Without any sign there is nothing.
    """
    either = "|".join(re.escape(sign) for sign in sorted(tags, key=len, reverse=True))
    letters = "|".join(re.escape(code) for code in sorted(codes, key=len, reverse=True))
    code = rf"(?:\s*({letters})(?![\w'’]))?" if letters else "()"
    found = list(re.finditer(rf"({either}){_EMOJI}?{code}", text)) if either else []
    ends = [*(one.start() for one in found[1:]), len(text)]
    return [
        Noted(
            tags[one[1]],
            codes.get(one[2] or ""),
            " ".join(filter(None, (text[: one.start()].strip() if at == 0 else "", _words(text[one.end() : end])))),
        )
        for at, (one, end) in enumerate(zip(found, ends, strict=False))
    ]


def _words(text: str) -> str:
    """What is said behind a sign, without the colon or dash that leads to it."""
    return text.strip().lstrip(":–—-").strip()
