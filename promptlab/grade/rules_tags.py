"""Rules about the tags: the right items with the right tags, why, and what proves it."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from promptlab.grade.figures import figure
from promptlab.grade.matching import Matching, Pair, matching
from promptlab.grade.subject import Judged, Rule, Subject, no_basis, share
from promptlab.messages import _, ngettext
from promptlab.model.copie import Tagging
from promptlab.model.mark import Found
from promptlab.model.rubric import Criterion
from promptlab.review.counts import UNSUITABLE

HALF = Fraction(1, 2)


def tags(subject: Subject, criterion: Criterion) -> Judged:
    """Recall and precision of the tags against the key, in one figure (their harmonic mean).

    `enough` is the part of what was expected that makes full recall; `other_tag` what the right item earns with another
    tag of the same side.
    """
    if why := _without_key(subject):
        return no_basis(why)
    found = matching(subject, criterion.setting("other_tag"))
    recall, precision = found.recall(), found.precision()
    if recall is None:
        return no_basis(_("the key expects no tag in this table."))
    reached = share(recall, criterion.setting("enough"))
    score = 2 * reached * precision / (reached + precision) if precision and reached else Fraction(0)
    return Judged(score, _told(subject, found), _behind(subject, found), _advice(found))


def rationale(subject: Subject, criterion: Criterion) -> Judged:
    """Whether the tags are explained: half for a right reason, half for a sentence of at least `words` words.

    Counted on the tags of the kinds `tags`, on at least `least` of them.
    """
    if why := _without_key(subject):
        return no_basis(why)
    pairs = {pair.tagging: pair for pair in _matching(subject).pairs if pair.tagging}
    asked = [tagging for tagging in subject.copie.taggings if tagging.tag in criterion.setting("tags")]
    scores, behind = Fraction(0), []
    for tagging in asked:
        pair = pairs.get(tagging)
        accepted = pair.item.reasons if pair else ()
        right = bool(tagging.reason) and (not accepted or tagging.reason in accepted)
        written = len(tagging.rationale.split()) >= criterion.setting("words")
        scores += HALF * right + HALF * written
        if not (right and written):
            behind.append(_unexplained(subject, tagging, pair, right=right, written=written))
    whole = max(len(asked), criterion.setting("least"))
    reason = ngettext(
        "{count} tag asks for an explanation; {given} of {whole} points for the reasons and the sentences.",
        "{count} tags ask for an explanation; {given} of {whole} points for the reasons and the sentences.",
        len(asked),
        given=figure(scores),
        whole=whole,
    )
    advice = _("Say for each tag why, in a sentence of your own, and choose the reason.") if behind or not asked else ""
    return Judged(share(scores, whole), reason, tuple(behind), advice)


def evidence(subject: Subject, criterion: Criterion) -> Judged:
    """Whether the tags are proved from the case file, where the key knows a proof: the right line, else the document.

    Counted on the items found, on at least `least` of those that can be proved.
    """
    if why := _without_key(subject):
        return no_basis(why)
    provable = [pair for pair in _matching(subject).pairs if pair.item.evidence]
    if not provable:
        return no_basis(_("the key names no proof for this table."))
    found = [pair for pair in provable if pair.tagging and pair.score]
    scores, behind = Fraction(0), []
    for pair in found:
        score = _proved(pair)
        scores += score
        verdict: Any = "right" if score == 1 else "partly" if score else "missed"
        behind.append(_found(subject, pair, verdict, evidence=True))
    whole = max(len(found), min(criterion.setting("least"), len(provable)))
    reason = _("{given} of {whole} tags proved by a document of the case file.", given=figure(scores), whole=whole)
    advice = "" if scores == whole else _("Name the document, and its line, that proves what you say.")
    return Judged(share(scores, whole), reason, tuple(behind), advice)


RULES = {
    "tags": Rule(tags, {"enough": Fraction(1), "other_tag": HALF}),
    "rationale": Rule(rationale, {"words": 3, "least": 5, "tags": UNSUITABLE}),
    "evidence": Rule(evidence, {"least": 4}),
}


def _without_key(subject: Subject) -> str:
    if subject.placed is None:
        return _("there is no key for the answers that this copie is about.")
    return ""


def _matching(subject: Subject) -> Matching:
    return matching(subject, HALF)


def _told(subject: Subject, found: Matching) -> str:
    """Recall and precision of each tag in words."""
    parts = []
    for tag in dict.fromkeys(pair.item.tag for pair in found.pairs):
        expected = [pair for pair in found.pairs if pair.item.tag == tag and (pair.score or not pair.item.optional)]
        counted = [earned for tagging, earned in found.earned if earned is not None and tagging.tag == tag]
        parts.append(
            _(
                "{tag}: {found} of {expected} found, {right} of {given} right",
                tag=subject.label(tag),
                found=sum(bool(pair.score) for pair in expected),
                expected=len(expected),
                right=sum(bool(earned) for earned in counted),
                given=len(counted),
            )
        )
    return " · ".join(parts) + "."


def _behind(subject: Subject, found: Matching) -> tuple[Found, ...]:
    behind = [
        _found(subject, pair, pair.verdict)
        for pair in found.pairs
        if pair.tagging is not None or not pair.item.optional
    ]
    told = {pair.tagging for pair in found.pairs if pair.tagging}
    for tagging, earned in found.earned:
        if tagging not in told:
            verdict: Any = "aside" if earned is None else "wrong" if not earned else "right"
            behind.append(
                Found(
                    verdict,
                    _where(tagging.column, tagging.item),
                    tagging.words,
                    _said(subject, tagging),
                    column=tagging.column,
                    item=tagging.item,
                )
            )
    return tuple(behind)


def _found(subject: Subject, pair: Pair, verdict: Any, *, evidence: bool = False) -> Found:
    item = pair.item
    expected: Sequence[str] = item.evidence if evidence else [one.tag for one in item.accepted]
    return Found(
        verdict,
        _where(item.column, item.item),
        item.words,
        _said(subject, pair.tagging) if pair.tagging else "",
        _(" or ").join(subject.label(one) for one in expected),
        item.why,
        item.column,
        item.item,
    )


def _unexplained(subject: Subject, tagging: Tagging, pair: Pair | None, *, right: bool, written: bool) -> Found:
    missing = [
        *([] if right else [_("another reason") if tagging.reason else _("a reason")]),
        *([] if written else [_("a sentence that says why")]),
    ]
    return Found(
        "partly" if right or written else "missed",
        _where(tagging.column, tagging.item),
        tagging.words,
        _said(subject, tagging),
        ", ".join(missing),
        pair.item.why if pair else "",
        tagging.column,
        tagging.item,
    )


def _proved(pair: Pair) -> Fraction:
    given = pair.tagging.evidence if pair.tagging else None
    if not given:
        return Fraction(0)
    if given in pair.item.evidence:
        return Fraction(1)
    return HALF if given.split(":")[0] in {one.split(":")[0] for one in pair.item.evidence} else Fraction(0)


def _said(subject: Subject, tagging: Tagging) -> str:
    named = [subject.label(one) for one in (tagging.tag, tagging.reason, tagging.evidence) if one]
    return " · ".join([*named, *([tagging.rationale] if tagging.rationale else [])])


def _advice(found: Matching) -> str:
    missed = sum(not pair.score and not pair.item.optional for pair in found.pairs)
    wrong = sum(earned == 0 for _tagging, earned in found.earned)
    if wrong > missed:
        return _("Read each tagged item again with the case file beside it: does it really not suit this customer?")
    if missed:
        return _("Read the answers once more, item by item, with the e-mail and the invoice beside them.")
    return ""


def _where(column: int, item: str) -> str:
    return _("PROMPT {column}, {item}", column=column, item=item)
