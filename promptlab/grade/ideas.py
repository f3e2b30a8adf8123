"""Whether an idea is in what a pupil wrote: words in any form, by rules."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from promptlab.align.words import LANGUAGES, plain, stem
from promptlab.model.case import Case
from promptlab.model.key import Idea

_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Written:
    """A text as words without accents and in lower case, and as the stems of these words."""

    words: tuple[str, ...]
    stems: tuple[str, ...]


def written(text: str, language: str) -> Written:
    """`text` taken apart; `language` is one that stems are known of: see `spoken_in`."""
    words = tuple(plain(word) for word in _WORD.findall(text.lower()))
    return Written(words, tuple(_root(word, language) for word in words))


def spoken_in(case: Case) -> str:
    """The language that pupils of `case` write."""
    return case.language if case.language in LANGUAGES else LANGUAGES[0]


def holds(text: Written, idea: Idea, language: str) -> bool:
    """Whether each group of words of `idea` has one in `text`, and nothing that spoils it is there."""
    if any(_stands(word, text, language) for word in idea.without):
        return False
    return all(any(_stands(word, text, language) for word in group) for group in idea.words)


def standing(text: Written, words: Iterable[str], language: str) -> tuple[str, ...]:
    """Those of `words` (words, beginnings with `*`, phrases) that stand in `text`."""
    return tuple(word for word in words if _stands(word, text, language))


def _stands(word: str, text: Written, language: str) -> bool:
    signs = _signs(word, language)
    for start in range(len(text.words) - len(signs) + 1):
        if all(_same(sign, text.words[start + at], text.stems[start + at]) for at, sign in enumerate(signs)):
            return True
    return False


@lru_cache(maxsize=5000)
def _signs(word: str, language: str) -> tuple[tuple[str, bool], ...]:
    """The words of a phrase as (beginning, True) or (stem, False)."""
    found = []
    for piece in re.findall(r"[^\W_]+\*?", word.lower()):
        begins = piece.endswith("*")
        short = plain(piece.rstrip("*"))
        found.append((short, True) if begins else (_root(short, language), False))
    return tuple(found)


def _root(word: str, language: str) -> str:
    """The stem of `word`; of a short word, which has none, the singular."""
    found = stem(word, language)
    return found[:-1] if len(found) in (3, 4) and found[-1] in "sx" else found


def _same(sign: tuple[str, bool], word: str, stemmed: str) -> bool:
    text, begins = sign
    return word.startswith(text) if begins else stemmed == text
