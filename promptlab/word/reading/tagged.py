"""The tags that a text shows, with what was said of them before."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from promptlab.model.copie import Span, Tagging
from promptlab.word.marking import painted
from promptlab.word.reading.marks import Seen


def taggings(found: Seen, kept: Sequence[Tagging]) -> tuple[Tagging, ...]:
    """The tags that a text shows; `kept` are those of it in the copie that the document holds.

    A tag of `kept` that still shows as it was written stays to the letter; one whose words were changed keeps what was
    said of it; one that does not show any more is gone.
    """
    passage = found.original.passage
    if not kept and not found.beside and not any(found.tags):
        return ()
    if kept and _shows(found, kept):
        return tuple(kept)
    parts = _regions(found) if found.original.letters else []
    whole = _whole(found, parts, bool(kept))
    made: list[Tagging] = []
    for tag, span in ([(whole, None)] if whole else []) + [part for part in parts if part[0] != whole]:
        base = Tagging(passage.column, passage.id, passage.text, span, tag)
        made += _inherited(base, [old for old in kept if old.tag == tag])
    return tuple(made)


def _shows(found: Seen, kept: Sequence[Tagging]) -> bool:
    """Whether the text shows exactly the tags of `kept`."""
    text = found.original.passage.text
    if not found.original.letters or not text.strip():
        return {tagging.tag for tagging in kept} == set(found.beside)
    wanted = painted(len(text), kept)
    return all(want == tag for want, tag, sign in zip(wanted, found.tags, text, strict=True) if sign.strip())


def _regions(found: Seen) -> list[tuple[str, Span]]:
    """The stretches of one tag, without spaces at their ends; only spaces lie inside one without its colour."""
    text = found.original.passage.text
    made: list[tuple[str, Span]] = []
    for at, (sign, tag) in enumerate(zip(text, found.tags, strict=True)):
        if not tag or not sign.strip():
            continue
        if made and made[-1][0] == tag and not text[made[-1][1][1] : at].strip():
            made[-1] = (tag, (made[-1][1][0], at + 1))
        else:
            made.append((tag, (at, at + 1)))
    return made


def _whole(found: Seen, parts: Sequence[tuple[str, Span]], known: bool) -> str | None:
    """The tag of the text as a whole, None where there is none."""
    text = found.original.passage.text
    if len(parts) == 1 and not text[: parts[0][1][0]].strip() and not text[parts[0][1][1] :].strip():
        return parts[0][0]
    beside = max(found.beside, key=lambda tag: found.beside[tag], default=None)
    if not parts:
        # Only the reference or the label is highlighted: the item is meant. Left over of a tag taken out, it is not.
        return None if known and found.original.letters and text.strip() else beside
    covered = all(tag or not sign.strip() for sign, tag in zip(text, found.tags, strict=True))
    return beside if covered and any(tag == beside for tag, _span in parts) else None


def _inherited(base: Tagging, olds: Sequence[Tagging]) -> list[Tagging]:
    """`base` with what was said of the tags of the same kind in its words; cut where two of them meet."""
    if base.span is None:
        old = next((old for old in olds if old.span is None), olds[0] if olds else None)
        return [_said(base, old)]
    start, end = base.span
    inside = sorted(
        (old for old in olds if old.span and old.span[0] < end and old.span[1] > start), key=lambda old: old.key
    )
    if not inside:
        return [_said(base, next((old for old in olds if old.span is None), None))]
    cuts = [start, *(max(start, old.span[0]) for old in inside[1:] if old.span), end]
    pieces = []
    for old, first, last in zip(inside, cuts, cuts[1:], strict=False):
        words = base.text[first:last]
        if words.strip():
            span = (first + len(words) - len(words.lstrip()), last - len(words) + len(words.rstrip()))
            pieces.append(_said(replace(base, span=span), old))
    return pieces


def _said(tagging: Tagging, old: Tagging | None) -> Tagging:
    if old is None:
        return tagging
    return replace(tagging, reason=old.reason, rationale=old.rationale, evidence=old.evidence)


def by_place(taggings_: Iterable[Tagging]) -> Mapping[tuple[int, str], tuple[Tagging, ...]]:
    """Taggings by column and id of their text."""
    found: dict[tuple[int, str], tuple[Tagging, ...]] = {}
    for tagging in taggings_:
        place = (tagging.column, tagging.item)
        found[place] = (*found.get(place, ()), tagging)
    return found
