"""Comments made rationales, where they stand on tagged words; the rest is told."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from promptlab.model.copie import Span, Tagging
from promptlab.word.marking import Words
from promptlab.word.reading.beside import Noted, noted
from promptlab.word.reading.marks import Seen
from promptlab.word.reading.nouns import Comment
from promptlab.word.reading.originals import Key
from promptlab.word.reading.proofs import Proofs
from promptlab.word.reading.spans import squeezed

_CODE = re.compile(r"\[?([A-Za-z]{1,2})\]?\s*(?:[:–—-]\s*|$)")


@dataclass(frozen=True, slots=True)
class On:
    """What of one text a comment stands on: letters from `span[0]` to `span[1]` of its passage, None for the whole."""

    key: Key
    span: Span | None


Extents = Mapping[int, Sequence[tuple[int, int, Key]]]  # for each line the texts in it: start, end, which


def touched(comment: Comment, texts: Mapping[Key, Seen], extents: Extents) -> list[On]:
    """The texts that a comment stands on."""
    if comment.start is None or comment.end is None:
        return []
    start, end = sorted((comment.start, comment.end))
    found: dict[Key, On] = {}
    for number in sorted(line for line in extents if start.line <= line <= end.line):
        first = start.at if number == start.line else 0
        last = end.at if number == end.line else 10**9
        end_of_line = max(right for _left, right, _key in extents[number])
        for left, right, key in extents[number]:
            point = first == last and (left <= first < right or first == right == end_of_line)
            if point or (first < right and last > left):
                on = On(Key(key.column, key.id), _span(texts[key], number, first, last))
                found.setdefault(on.key, on)
    return list(found.values())


def _span(seen: Seen, number: int, first: int, last: int) -> Span | None:
    last = max(last, first + 1)
    spans = [
        (one.place + max(first, one.at) - one.at, one.place + min(last, one.at + one.length) - one.at)
        for one in seen.matches
        if one.number == number and first < one.at + one.length and last > one.at
    ]
    return (min(start for start, _end in spans), max(end for _start, end in spans)) if spans else None


def chosen(on: On, taggings: Sequence[Tagging]) -> Tagging | None:
    """The tag that a comment is about: the one with most of its words, the only one, or that of the whole."""
    if not taggings:
        return None
    if on.span is None:
        return next((tagging for tagging in taggings if tagging.span is None), taggings[0])
    start, end = on.span

    def shared(tagging: Tagging) -> tuple[int, int]:
        first, last = tagging.span or (0, len(tagging.text))
        apart = abs(first - start) + abs(last - end)
        return min(last, end) - max(first, start), -apart

    best = max(taggings, key=shared)
    return best if shared(best)[0] > 0 or len(taggings) == 1 else None


def explained(tagging: Tagging, said: Sequence[str], words: Words, proofs: Proofs, *, lossless: bool) -> Tagging:
    """`tagging` with what its comments say.

    Where they say just what the view wrote for it, or the document keeps no comments (`lossless` is False), it stays
    as it is. The first line that the view wrote is no part of the rationale; a reason that a comment begins with, by
    its name or its code, is taken where the tag has none; so is the document of the case that its words name.
    """
    written = words.comment(tagging)
    if squeezed("\n".join(said)) == squeezed(written) or (not said and not lossless):
        return tagging
    reason, evidence = tagging.reason, tagging.evidence
    kept = []
    for text in said:
        head, _end, rest = text.partition("\n")
        told = _head(head, words)
        if told is None:
            reason = reason or _reason(text, words)
            kept.append(text.strip())
        else:
            reason, evidence = told[0] or reason, told[1] or evidence
            kept.append(rest.strip())
    rationale = "\n".join(dict.fromkeys(text for text in kept if text))
    return replace(tagging, reason=reason, evidence=evidence or proofs.evidence(rationale), rationale=rationale)


def _head(line: str, words: Words) -> tuple[str | None, str | None] | None:
    """The reason and the evidence that the first line of a comment of the view names; None for another line."""
    start, *parts = [squeezed(part) for part in line.split(" · ")]
    labels = {squeezed(f"{tag.sign} {tag.label}") for tag in words.tags.values()}
    if start not in labels:
        return None
    ids = {squeezed(label): identity for identity, label in words.labels.items()}
    found = [ids[part] for part in parts if part in ids]
    if len(found) != len(parts):
        return None
    reason = next((identity for identity in found if identity in words.codes), None)
    return reason, next((identity for identity in found if identity not in words.codes), None)


def _reason(text: str, words: Words) -> str | None:
    """The reason that a text begins with: its name, or its code before a colon or alone."""
    start = squeezed(text).casefold()
    for identity in words.codes:
        label = squeezed(words.labels.get(identity, "")).casefold()
        if label and start.startswith(label) and not start[len(label) : len(label) + 1].isalnum():
            return identity
    found = _CODE.match(text.strip())
    codes = {code.casefold(): identity for identity, code in words.codes.items() if code}
    return codes.get(found[1].casefold()) if found else None


def typed_signs(signs: Sequence[str], kept: Sequence[Tagging], words: Words) -> list[Noted]:
    """What a person typed as signs of tags beside a reference or a text, as the legend says for paper.

    What the view wrote there for `kept` says nothing new.
    """
    ours = squeezed(" ".join(filter(None, map(words.sign, kept))))
    tags = {tag.sign: tag.id for tag in words.tags.values() if tag.sign}
    codes = {code: identity for identity, code in words.codes.items() if code}
    known = [(tagging.tag, tagging.reason) for tagging in kept]
    return [
        one
        for text in dict.fromkeys(signs)
        if squeezed(text) != ours
        for one in noted(text, tags, codes)
        if one.words or (one.tag, one.reason) not in known
    ]
