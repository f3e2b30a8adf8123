"""What the first characters of a line say: heading, bullet, number, checkbox, quote, rule, fence or table row."""

import re
from typing import NamedTuple

# Bullets that need a space after them because they also begin ordinary text, and those that never do.
_SPACED = r"(?:[-*+–—·‣⁃∙➢➤►▶→]|o(?=\t| [ \t]|\u00a0))"
_FREE = r"[•●○◦▪▫■□◆◇⚫⚪]"
# Signs that assistants set before each line of a list in place of a bullet.
_EMOJI = r"(?:[✅✔☑✓❌✖✗👉➡🔹🔸🔷🔶🔘🔵🔴🟢🟡🟠⭐✨📌💡⚠❗➕➖▸▹⟶➔➜]\ufe0f?)"
_BOX = re.compile(r"(?:\[(?P<x>[ xX✓✔]?)\]|(?P<sign>[☐☑☒⬜🔲✓]\ufe0f?))[ \t\u00a0]+(?=\S)")
_BULLET = re.compile(
    rf"(?:(?P<a>{_SPACED})(?:[ \t\u00a0\u2003\u2002]+|$)|(?P<b>{_FREE})\ufe0f?[ \t\u00a0\u2003\u2002]*)"
)
_LETTERED = re.compile(r"(?:[a-z]\)|\d{1,2}(?:\.\d{1,2})+[.)]?)[ \t\u00a0]+(?=[^\W\d_]|\*\*)")
_EMOJI_BULLET = re.compile(rf"(?P<e>{_EMOJI})[ \t\u00a0]*(?=\S)")
_ORDERED = re.compile(r"(?P<n>\d{1,3})(?P<d>[.)])(?:[ \t\u00a0]+(?=\S)|$|(?=[^\W\d_]|\*\*|__))")
_HEADING = re.compile(r"(?P<h>#{1,6})(?:[ \t\u00a0]+|(?=[^\s#\w])|(?=\d+[.)])|(?<=##)(?=\w)|$)")
_RULE = re.compile(r"(?:[-_*─━—=~⸻][ \t]*){3,}$|⸻+$")
_FENCE = re.compile(r"(?P<f>`{3,}|~{3,})(?P<info>[^`]*)$")
_DELIMITER = re.compile(r"\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")
_PIPE = re.compile(r"(?<!\\)\|")


class Mark(NamedTuple):
    """A line's marker: its kind, its sign, its number or level, and the text behind it."""

    kind: str
    sign: str
    value: int | None
    text: str


def width(space: str) -> int:
    """Columns of leading space; a tab goes to the next multiple of 4."""
    if "\t" not in space:
        return len(space)
    return len(space.expandtabs(4))


def read_mark(text: str) -> Mark:
    """The marker of a line whose leading space is removed; kind `plain` where there is none."""
    first = text[:1]
    if first == "#" and (found := _HEADING.match(text)):
        return Mark("heading", found["h"], len(found["h"]), _without_hashes(text[found.end() :]))
    if first in "-_*─━—=~⸻" and _RULE.match(text):
        return Mark("rule", first, None, "")
    if first in "`~" and (found := _FENCE.match(text)):
        return Mark("fence", found["f"], None, found["info"].strip())
    if first == ">":
        return Mark("quote", ">", None, re.sub(r"^>[ \t]?", "", text))
    if first.isascii() and first.isdigit() and (found := _ORDERED.match(text)):
        return Mark("ordered", found["d"], int(found["n"]), text[found.end() :])
    return _list_mark(text)


def _without_hashes(text: str) -> str:
    """A heading's text without the optional closing hashes."""
    text = text.strip()
    bare = text.rstrip("#")
    return bare.rstrip() if bare[-1:] in ("", " ", "\t") else text


def _list_mark(text: str) -> Mark:
    if box := _BOX.match(text):
        return Mark("check", "[]", None, text[box.end() :])
    if _LETTERED.match(text):
        # "a)" or "1.2": a letter is a word to whoever counts words, and a number of two parts has no field of its own.
        return Mark("bullet", "a)", None, text)
    found = _BULLET.match(text)
    if not found:
        return Mark("plain", "", None, text)
    rest = text[found.end() :]
    if box := _BOX.match(rest):
        return Mark("check", found["a"] or found["b"], None, rest[box.end() :])
    return Mark("bullet", found["a"] or found["b"], None, rest)


def emoji_bullet(text: str) -> Mark | None:
    """The line read as one whose first sign stands for a bullet ("✅ Vérifier…"), or None."""
    found = _EMOJI_BULLET.match(text)
    return Mark("bullet", found["e"], None, text[found.end() :]) if found else None


def is_delimiter(text: str) -> bool:
    """Whether a line is the `|---|:-:|` row of a table."""
    return "|" in text and bool(_DELIMITER.match(text))


def has_pipe(text: str) -> bool:
    """Whether a line has a pipe that is not escaped."""
    return "|" in text and bool(_PIPE.search(text))


def split_row(text: str) -> list[str]:
    """The cells of a table row, with or without outer pipes, still with their marks."""
    cells = [cell.replace("\\|", "|").strip() for cell in _PIPE.split(text.strip())]
    if cells and not cells[0]:
        cells = cells[1:]
    if cells and not cells[-1]:
        cells = cells[:-1]
    return cells
