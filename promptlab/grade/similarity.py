"""Whether two copies hold the same sentences: a hint for the teacher, and no more than that."""

import re
import zlib
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, groupby
from typing import Any

from promptlab.align.words import plain
from promptlab.model.copie import Copie

_RUN = 5  # words in a row that are compared
_SKETCH = 200  # of these runs, the ones with the lowest digests stand for a text
_FEWEST = 12  # runs that a text must have: a few words in common say nothing
_COMMON = 4  # a run that stands in more copies than this part of the class comes from the consigne
_MOST_SHARING = 40  # copies; more than that do not copy from one another
_LEAST_SHARED = 3  # digests of two sketches: fewer happen by chance
LEAST = 0.3
MOST_PAIRS = 40
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Alike:
    """Two copies with much text in common: `share` of the shorter one, 0 to 1, and the longest passage."""

    one: str
    other: str
    share: float
    passage: str


def own_words(copie: Copie) -> str:
    """All that the pupil wrote: remarks, discussion, rationales, and the texts of works."""
    texts = [*copie.remarks, *copie.discussion, *(tagging.rationale for tagging in copie.taggings)]
    for work in copie.works:
        texts += _texts(work.content.value)
    return "\n".join(text for text in texts if text)


def alike(texts: Mapping[str, str], given: Iterable[str] = ()) -> tuple[Alike, ...]:
    """The pairs of `texts` (name → what was written) that have most in common, at least LEAST of the shorter one.

    What stands in `given` (answers, prompts, documents) counts for nothing, nor does what many copies have.
    """
    known = {digest for text in given for digest in _digests(text)}
    names = list(texts)
    pairs = []
    for one, other in _candidates([_sketch(texts[name], known) for name in names]):
        first, second = ({*_digests(texts[names[at]])} - known for at in (one, other))
        share = len(first & second) / min(len(first), len(second))
        if share >= LEAST:
            pairs.append((share, names[one], names[other]))
    pairs.sort(key=lambda pair: (-pair[0], pair[1], pair[2]))
    return tuple(
        Alike(one, other, share, longest_common(texts[one], texts[other])) for share, one, other in pairs[:MOST_PAIRS]
    )


def _sketch(text: str, known: set[int]) -> "array[int]":
    """The lowest digests of a text, none where it is too short to say anything."""
    found = set(_digests(text)) - known
    return array("Q", sorted(found)[:_SKETCH] if len(found) >= _FEWEST else ())


def _candidates(sketches: Sequence["array[int]"]) -> list[tuple[int, int]]:
    """The pairs of places whose sketches have enough digests in common, among those that few others have."""
    most = min(_MOST_SHARING, max(2, sum(bool(sketch) for sketch in sketches) // _COMMON))
    # One sorted list of digest and place in one number: a table of lists would need many times the memory.
    spots = array("Q", (digest << 32 | place for place, sketch in enumerate(sketches) for digest in sketch))
    found: Counter[tuple[int, int]] = Counter()
    for _digest, group in groupby(sorted(spots), key=lambda spot: spot >> 32):
        places = [spot & 0xFFFFFFFF for spot in group]
        if 2 <= len(places) <= most:
            found.update(combinations(places, 2))
    return sorted(
        pair
        for pair, both in found.items()
        if both >= max(_LEAST_SHARED, LEAST / 3 * min(len(sketches[place]) for place in pair))
    )


def longest_common(one: str, other: str) -> str:
    """The longest run of words that stands in both texts, as the first writes it."""
    from difflib import SequenceMatcher

    spots = list(_WORD.finditer(one))[:2000]
    first = [plain(spot[0].lower()) for spot in spots]
    second = [plain(word.lower()) for word in _WORD.findall(other)][:2000]
    found = SequenceMatcher(None, first, second, autojunk=False).find_longest_match()
    if not found.size:
        return ""
    return " ".join(one[spots[found.a].start() : spots[found.a + found.size - 1].end()].split())


def _digests(text: str) -> Iterator[int]:
    words = [plain(word) for word in _WORD.findall(text.lower())]
    for at in range(len(words) - _RUN + 1):
        yield zlib.crc32(" ".join(words[at : at + _RUN]).encode())


def _texts(value: Any) -> Iterator[str]:
    """The sentences in a work: texts of at least four words."""
    if isinstance(value, str):
        if value.count(" ") >= 3:
            yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)
