"""What became of a draft: the words that the final version keeps, takes out and adds."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

DifferenceKind = Literal["kept", "added", "removed"]
_TOKEN = re.compile(r"\n+|\w+(?:[.,/@'’-]\w+)*|[^\S\n]+|[^\w\s]")
_MOST_WORDS = 4_000  # beyond, whole lines are compared first, so that the time stays in proportion
_MOST_LINES = 6_000  # beyond, lines that stand there very often are passed over


@dataclass(frozen=True, slots=True)
class Difference:
    """A stretch of text that both versions have (`kept`), or only the final one (`added`) or the draft (`removed`)."""

    kind: DifferenceKind
    text: str


@dataclass(frozen=True, slots=True)
class Share:
    """How much of a draft is left: counts of words."""

    kept: int
    added: int
    removed: int


def differences(draft: str, final: str) -> tuple[Difference, ...]:
    """The stretches of both versions in the order of reading, a removed one before what stands in its place.

    Kept and removed stretches together are `draft`, kept and added ones are `final`, sign by sign.
    """
    old, new = _TOKEN.findall(draft), _TOKEN.findall(final)
    if len(old) + len(new) <= _MOST_WORDS:
        return tuple(_joined(_between(old, new)))
    return tuple(_joined(_by_lines(draft, final)))


def share_of(found: tuple[Difference, ...]) -> Share:
    """How many words are kept, added and removed."""
    counts = {"kept": 0, "added": 0, "removed": 0}
    for one in found:
        counts[one.kind] += len(re.findall(r"\w+(?:[.,/@'’-]\w+)*", one.text))
    return Share(**counts)


def _between(old: list[str], new: list[str]) -> Iterator[Difference]:
    for kind, i, j, k, end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            yield Difference("kept", "".join(old[i:j]))
            continue
        if j > i:
            yield Difference("removed", "".join(old[i:j]))
        if end > k:
            yield Difference("added", "".join(new[k:end]))


def _by_lines(draft: str, final: str) -> Iterator[Difference]:
    """Line by line, word by word only within lines that stand in each other's place and are short enough."""
    old, new = draft.splitlines(keepends=True), final.splitlines(keepends=True)
    for kind, i, j, k, end in SequenceMatcher(None, old, new, autojunk=len(old) + len(new) > _MOST_LINES).get_opcodes():
        before, after = "".join(old[i:j]), "".join(new[k:end])
        if kind == "equal":
            yield Difference("kept", before)
        elif len(before) + len(after) < 5 * _MOST_WORDS and before and after:
            yield from _between(_TOKEN.findall(before), _TOKEN.findall(after))
        else:
            yield from (one for one in (Difference("removed", before), Difference("added", after)) if one.text)


def _joined(found: Iterator[Difference]) -> Iterator[Difference]:
    """The stretches with neighbours of one kind put together."""
    waiting: Difference | None = None
    for one in found:
        if waiting is not None and waiting.kind == one.kind:
            waiting = Difference(one.kind, waiting.text + one.text)
            continue
        if waiting is not None:
            yield waiting
        waiting = one
    if waiting is not None:
        yield waiting
