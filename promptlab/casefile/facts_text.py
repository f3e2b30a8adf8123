"""Folding text so that spellings which differ only in typing habits compare equal, place by place."""

import re
import unicodedata

_SIGNS = {
    **dict.fromkeys("\u00a0\u202f\u2007\u2009\u200a\u2002\u2003\u2005\u2006\t*`", " "),
    **dict.fromkeys("’‘ʼ´′", "'"),
    **dict.fromkeys("‐‑‒–—−", "-"),
    **dict.fromkeys("«»“”„", '"'),
    "\u2028": "\n",
    "\u000b": "\n",
    "|": ";",
    "º": "°",
    "×": "x",
}
_DRESS = frozenset("*`\u200b\u200c\u200d\u2060\ufeff\u00ad")
_SPACES = frozenset(" \t\u00a0\u202f\u2007\u2009\u200a\u2002\u2003\u2005\u2006")
_PLAIN: dict[str, str] = {}


def fold(text: str) -> str:
    """`text` in lower case, without accents, with plain spaces, apostrophes and dashes; as long as `text`.

    Marks of emphasis become spaces and the bars of a Markdown table become semicolons, so that places stay the same.
    """
    return "".join(map(_folded, text))


def _folded(sign: str) -> str:
    plain = _PLAIN.get(sign)
    if plain is None:
        plain = _SIGNS.get(sign) or unicodedata.normalize("NFD", sign)[0].lower()
        _PLAIN[sign] = plain = plain if len(plain) == 1 else sign
    return plain


def readable(text: str) -> tuple[str, list[int]]:
    """`text` without signs that only dress it, and for each sign left its place in `text`.

    Marks of emphasis, signs without width and all but the first of several spaces go; line feeds stay.
    """
    kept: list[str] = []
    places: list[int] = []
    spaced = False
    for place, sign in enumerate(text):
        if sign in _DRESS:
            continue
        space = sign in _SPACES
        if not (space and spaced):
            kept.append(sign)
            places.append(place)
        spaced = space
    return "".join(kept), places


def stem(word: str) -> str:
    """A folded word without the endings of gender and number: "bleues" and "bleu" are the same colour."""
    return re.sub(r"(?:e?s|e|x)$", "", word) if len(word) > 3 else word


def vocabulary(words: str) -> frozenset[str]:
    """The words of a list written in one text, as they are and as their stems."""
    return frozenset(form for word in words.split() for form in (word, stem(word)))


def words_of(text: str) -> list[str]:
    """The folded words and numbers of `text`."""
    return re.findall(r"[a-z0-9œæ]+", fold(text))
