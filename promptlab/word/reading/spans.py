"""Which letter of one text is which letter of another, where a person has changed a few."""

import re
import unicodedata
from difflib import SequenceMatcher

MOST_PAIRS = 3_000_000  # letters × letters that are compared one by one
_WORD = re.compile(r"\w+|\s+|[^\w\s]")
# One sign for one sign, so that places stay: what word processors put in place of what was typed.
_PLAIN = str.maketrans(
    {
        **dict.fromkeys("\u00a0\u202f\u2007\u2009\u200a\t\n\r\v", " "),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"),
        **dict.fromkeys("\u2018\u2019\u201a\u2032", "'"),
        **dict.fromkeys("\u201c\u201d\u201e\u00ab\u00bb\u2033", '"'),
    }
)


def plain(text: str) -> str:
    """`text` with one kind of space, hyphen and quotation mark, as many signs as before."""
    return text.translate(_PLAIN)


def squeezed(text: str) -> str:
    """`text` as it is compared with another: `plain`, composed, with single spaces and without soft hyphens."""
    if text.isascii():
        return " ".join(plain(text).split())
    return " ".join(plain(unicodedata.normalize("NFC", text)).replace("\u00ad", "").split())


def words_of(text: str) -> frozenset[str]:
    """The words of `text`, whatever their capitals."""
    return frozenset(word for word in _WORD.findall(text.casefold()) if word[0].isalnum())


def alikeness(one: str, other: str) -> float:
    """How much two texts have in common, 0 to 1."""
    if one == other:
        return 1.0
    if len(one) * len(other) > MOST_PAIRS:
        mine, its = words_of(one), words_of(other)
        return 2 * len(mine & its) / max(1, len(mine) + len(its))
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def letters_of(before: str, now: str) -> list[int | None]:
    """For each letter of `now`, the place of the same letter in `before`; None for one that was not there."""
    old, new = plain(before), plain(now)
    if old == new:
        return list(range(len(new)))
    found: list[int | None] = [None] * len(new)
    start = _common(old, new)
    tail = _common(old[start:][::-1], new[start:][::-1])
    for at in range(start):
        found[at] = at
    for back in range(1, tail + 1):
        found[-back] = len(old) - back
    middle, changed = old[start : len(old) - tail], new[start : len(new) - tail]
    if middle and changed:
        for mine, its, size in _blocks(middle, changed):
            for step in range(size):
                found[start + its + step] = start + mine + step
    return found


def _common(one: str, other: str) -> int:
    """How many letters both begin with."""
    most = min(len(one), len(other))
    return next((at for at in range(most) if one[at] != other[at]), most)


def _blocks(old: str, new: str) -> list[tuple[int, int, int]]:
    """Equal stretches as (place in old, place in new, length), letter by letter or, in long texts, word by word."""
    if len(old) * len(new) <= MOST_PAIRS:
        blocks = SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
        # A letter here and there that happens to be the same is no trace of the old text.
        return [(*block,) for block in blocks if block.size > 2 or block.size * 3 >= len(old)]
    mine, its = _WORD.findall(old), _WORD.findall(new)
    if len(mine) * len(its) > MOST_PAIRS:
        return []
    starts, others = _starts(mine), _starts(its)
    return [
        (starts[block.a], others[block.b], starts[block.a + block.size] - starts[block.a])
        for block in SequenceMatcher(None, mine, its, autojunk=False).get_matching_blocks()
        if block.size
    ]


def _starts(words: list[str]) -> list[int]:
    places = [0]
    for word in words:
        places.append(places[-1] + len(word))
    return places
