"""Tagging as with a highlighter: a text has one tag as a whole, and each of its characters at most one more."""

from collections.abc import Iterable
from dataclasses import replace

from promptlab.errors import BadInput
from promptlab.messages import _
from promptlab.model.copie import Copie, Span, Spot, Tagging
from promptlab.review.exercise import Exercise, spot_of
from promptlab.review.history import with_tags
from promptlab.review.texts import cleaned, joined


def tag(
    copie: Copie,
    exercise: Exercise,
    spot: Spot,
    tag: str,
    *,
    reason: str | None = None,
    rationale: str = "",
    evidence: str | None = None,
) -> Copie:
    """`copie` with `tag` set at `spot`.

    Overlapping parts with the same tag join, and keep what was said of each. Where both name a reason, or an evidence,
    and not the same, they do not join: the first keeps its part and the new one takes the rest of its words. Another
    tag takes the characters from those that had them, and on a whole text replaces the other whole one.
    Raises BadInput that names the allowed values for a tag, a reason, an evidence, a column or an item that there is
    not; for a span outside the text; and where no words are left for a new reason or evidence: see `laid`.
    """
    passage = exercise.passage(spot.column, spot.item)
    spot = spot_of(passage, spot)
    new = Tagging(
        spot.column,
        spot.item,
        passage.text,
        spot.span,
        exercise.checked_tag(tag),
        exercise.checked_reason(reason),
        cleaned(rationale, where=passage.where),
        exercise.checked_evidence(evidence),
    )
    return with_tags(copie, "tag", laid(copie.taggings, new))


def retag(copie: Copie, exercise: Exercise, spot: Spot, tag: str) -> Copie:
    """`copie` with another tag at `spot`; what was said of it stays.

    Raises BadInput where nothing is tagged, and where no words are left for it: see `laid`.
    """
    old = tagging_at(copie, spot)
    new = replace(old, tag=exercise.checked_tag(tag))
    return with_tags(copie, "retag", laid((other for other in copie.taggings if other != old), new))


def explain(
    copie: Copie,
    exercise: Exercise,
    spot: Spot,
    *,
    reason: str | None = None,
    rationale: str = "",
    evidence: str | None = None,
) -> Copie:
    """`copie` with just these reason, rationale and evidence for the tag at `spot`. Raises BadInput."""
    old = tagging_at(copie, spot)
    where = exercise.passage(spot.column, spot.item).where
    new = replace(
        old,
        reason=exercise.checked_reason(reason),
        rationale=cleaned(rationale, where=where),
        evidence=exercise.checked_evidence(evidence),
    )
    return with_tags(copie, "explain", [new if other == old else other for other in copie.taggings])


def untag(copie: Copie, exercise: Exercise, spot: Spot, *, tag: str = "") -> Copie:
    """`copie` with `spot` rubbed out: all tags of a text, or those of the characters of a span; only `tag` if given.

    A text that has no parts (a table) is rubbed out as a whole.
    """
    passage = exercise.passages.get((spot.column, spot.item))
    away = None if passage and not passage.divisible else spot.span
    kept: list[Tagging] = []
    for tagging in copie.taggings:
        if not _same_text(tagging, spot) or (tag and tagging.tag != tag):
            kept.append(tagging)
        elif away is not None:
            kept += _cut(tagging, away)
    return with_tags(copie, "untag", kept)


def remove(copie: Copie, *taggings: Tagging) -> Copie:
    """`copie` without exactly these taggings, wherever they stand; those it does not hold change nothing."""
    return with_tags(copie, "untag", set(copie.taggings) - set(taggings))


def tagging_at(copie: Copie, spot: Spot) -> Tagging:
    """The tagging at exactly `spot`. Raises BadInput where there is none."""
    for tagging in copie.taggings:
        if tagging.spot == spot:
            return tagging
    said = _("PROMPT {column}, {item}: nothing is tagged there; set a tag first.", column=spot.column, item=spot.item)
    raise BadInput(said)


def laid(taggings: Iterable[Tagging], new: Tagging) -> list[Tagging]:
    """`taggings` with `new` among them, so that the rule of the highlighter holds for its text.

    Raises BadInput where the same tag stands there with another reason or evidence and leaves `new` no words of its
    own, or where one of the two is on the whole text.
    """
    here: list[Tagging] = []
    kept: list[Tagging] = []
    for tagging in taggings:
        same = _same_text(tagging, new.spot) and tagging.text == new.text
        (here if same else kept).append(tagging)
    joining, rivals = _alike([tagging for tagging in here if tagging.tag == new.tag and _meet(tagging, new)], new)
    another_whole = new.span is not None and any(each.span is None and each.tag != new.tag for each in here)
    pieces = _rest(_joined(joining, new, may_be_whole=not another_whole), new, rivals)
    whole = any(piece.span is None for piece in pieces)
    for tagging in here:
        if tagging in rivals or (tagging not in joining and whole != (tagging.span is None)):
            kept.append(tagging)
        elif tagging not in joining and not whole:
            kept += _without(tagging, pieces)
    return [*kept, *pieces]


def contradict(one: Tagging, other: Tagging) -> bool:
    """Whether both name a reason, or both an evidence, and not the same: joined, one of the two would be lost."""
    pairs = ((one.reason, other.reason), (one.evidence, other.evidence))
    return any(mine and theirs and mine != theirs for mine, theirs in pairs)


def overlap(one: Tagging, other: Tagging) -> bool:
    """Whether both cannot stand: one of them would have to give way, or they would join."""
    if (one.column, one.item, one.text) != (other.column, other.item, other.text):
        return False
    if (one.span is None) != (other.span is None):
        return one.tag == other.tag
    return _meet(one, other)


def _same_text(tagging: Tagging, spot: Spot) -> bool:
    return (tagging.column, tagging.item) == (spot.column, spot.item)


def _meet(one: Tagging, other: Tagging) -> bool:
    """Whether both stand on one character; a whole text meets every part of it."""
    if one.span is None or other.span is None:
        return True
    return one.span[0] < other.span[1] and other.span[0] < one.span[1]


def _alike(before: list[Tagging], new: Tagging) -> tuple[list[Tagging], list[Tagging]]:
    """Those of `before` that can join `new` and one another, and those that contradict one of these."""
    joining: list[Tagging] = []
    rivals: list[Tagging] = []
    for tagging in before:
        rival = any(contradict(tagging, other) for other in (new, *joining))
        (rivals if rival else joining).append(tagging)
    return joining, rivals


def _joined(before: list[Tagging], new: Tagging, *, may_be_whole: bool) -> Tagging:
    """One tagging for all, none of which contradicts another: its span covers them, what was said of each is kept."""
    if not before:
        return new
    spans = [tagging.span for tagging in (*before, new)]
    parts = [span for span in spans if span is not None]
    covered = (
        (min(start for start, _end in parts), max(end for _start, end in parts)) if len(parts) == len(spans) else None
    )
    return replace(
        new,
        span=None if covered is None or (may_be_whole and _is_whole(new.text, covered)) else covered,
        reason=new.reason or next((tagging.reason for tagging in before if tagging.reason), None),
        rationale=joined(*(tagging.rationale for tagging in (*before, new))),
        evidence=new.evidence or next((tagging.evidence for tagging in before if tagging.evidence), None),
    )


def _rest(covering: Tagging, new: Tagging, rivals: list[Tagging]) -> list[Tagging]:
    """What is left of `covering`, which `new` became, beside `rivals`. Raises BadInput: see `laid`."""
    pieces = _without(covering, rivals)
    if rivals and (new.span is None or not pieces):
        said = _(
            "PROMPT {column}, {item}: “{text}” has this tag already, with another reason or evidence. Change what is "
            "said of it, or take it out first.",
            column=new.column,
            item=new.item,
            text=rivals[0].words,
        )
        raise BadInput(said)
    return pieces


def _without(tagging: Tagging, others: Iterable[Tagging]) -> list[Tagging]:
    """What is left of `tagging` beside `others`, tags of the same text."""
    left = [tagging]
    for other in others:
        left = [part for each in left for part in _cut(each, other.span or (0, len(other.text)))]
    return left


def _is_whole(text: str, span: Span) -> bool:
    return not text[: span[0]].strip() and not text[span[1] :].strip()


def _cut(tagging: Tagging, away: Span) -> list[Tagging]:
    """What is left of `tagging` without the characters of `away` (none where it ends before it begins)."""
    start, end = tagging.span or (0, len(tagging.text))
    if away[0] >= away[1] or away[0] >= end or away[1] <= start:
        return [tagging]
    left = []
    for first, last in ((start, min(end, away[0])), (max(start, away[1]), end)):
        words = tagging.text[first:last]
        if words.strip():
            lead, tail = len(words) - len(words.lstrip()), len(words) - len(words.rstrip())
            left.append(replace(tagging, span=(first + lead, last - tail)))
    return left
