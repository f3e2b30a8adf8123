"""Finding a cited passage in the resources, whatever its spaces, apostrophes, accents and Markdown marks."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from promptlab.model.quiz import Resource, Source
from promptlab.quiz.texts import words

SHORTEST = 3  # words: less would be found anywhere
_SENTENCE = re.compile(r"[^.!?\n]+[.!?]?")
_WORD_PLACES = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Found:
    """A passage where it stands: the name of its document, and the words as the document has them."""

    document: str
    excerpt: str


def find(source: Source, corpus: Sequence[Resource]) -> Found | None:
    """Where the passage of `source` stands in the document that it names; None where that document lacks it."""
    for resource in corpus:
        if resource.name == source.document:
            return _in(source.passage, resource)
    return None


def find_anywhere(passage: str, corpus: Sequence[Resource]) -> Found | None:
    """The first place of `corpus` where `passage` stands, None where it stands nowhere."""
    return next((found for found in (_in(passage, resource) for resource in corpus) if found), None)


def nearest(passage: str, corpus: Sequence[Resource]) -> Found | None:
    """The sentence of `corpus` that shares most words with `passage`, None where none shares half of them."""
    wanted = set(words(passage))
    best: tuple[float, Found | None] = (0.5, None)
    for resource in corpus:
        for sentence in _SENTENCE.findall(resource.text):
            share = len(wanted & set(words(sentence))) / max(len(wanted), 1)
            if share > best[0]:
                best = (share, Found(resource.name, " ".join(sentence.split())))
    return best[1]


def _in(passage: str, resource: Resource) -> Found | None:
    wanted = words(passage)
    if len(wanted) < SHORTEST:
        return None
    found, places = _indexed(resource)
    run = " ".join(wanted)
    at = f" {found} ".find(f" {run} ")
    if at < 0:
        return None
    first = found[:at].count(" ")
    start, end = places[first][0], places[first + len(wanted) - 1][1]
    return Found(resource.name, " ".join(resource.text[start:end].replace("**", "").split()))


@lru_cache(maxsize=64)
def _indexed(resource: Resource) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The words of a resource in one string, and where each stands in its text."""
    spelt, places = [], []
    for word in _WORD_PLACES.finditer(resource.text):
        for part in words(word[0]):
            spelt.append(part)
            places.append(word.span())
    return " ".join(spelt), tuple(places)
