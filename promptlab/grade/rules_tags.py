"""Rules about the tags: the right items with the right tags, why, and what proves it."""

from collections.abc import Sequence
from fractions import Fraction

from promptlab.grade.figures import figure
from promptlab.grade.matching import Matching, Pair, matching
from promptlab.grade.subject import Judged, Rule, Subject, no_basis, share
from promptlab.messages import _
from promptlab.model.copie import Tagging
from promptlab.model.key import KeyItem
from promptlab.model.mark import Found, Verdict
from promptlab.model.rubric import Criterion
from promptlab.review.counts import UNSUITABLE

HALF = Fraction(1, 2)
_PROOFS = 2  # named of those that the key takes


def tags(subject: Subject, criterion: Criterion) -> Judged:
    """Recall and precision of the tags against the key, in one figure (their harmonic mean).

    `enough` is the part of what was expected that makes full recall. `chance` is the precision that guessing has: up to
    there it earns nothing, so that tagging everything does not pay. `other_tag` is what the right item earns with
    another tag of the same side.
    """
    if why := _without_key(subject):
        return no_basis(why)
    found = matching(subject, criterion.setting("other_tag"))
    recall = found.recall()
    if recall is None:
        return no_basis(_("the key expects no tag in this table."))
    reached = share(recall, criterion.setting("enough"))
    precise = _beyond(found.precision() or Fraction(0), criterion.setting("chance"))
    score = 2 * reached * precise / (reached + precise) if precise and reached else Fraction(0)
    return Judged(score, _told(subject, found), _behind(subject, found), _advice(found))


def rationale(subject: Subject, criterion: Criterion) -> Judged:
    """Whether the tags are explained: half for a right reason, half for a sentence of at least `words` words.

    Counted on the tags of the kinds `tags`, on at least `least` of them.
    """
    if why := _without_key(subject):
        return no_basis(why)
    items = {one.tagging: one.item for one in _matching(subject).judged}
    asked = [tagging for tagging in subject.copie.taggings if tagging.tag in criterion.setting("tags")]
    reasons, sentences, behind = 0, 0, []
    for tagging in asked:
        item = items.get(tagging)
        accepted = item.reasons if item else ()
        right = bool(tagging.reason) and (not accepted or tagging.reason in accepted)
        written = len(tagging.rationale.split()) >= criterion.setting("words")
        reasons, sentences = reasons + right, sentences + written
        if not (right and written):
            behind.append(_unexplained(subject, tagging, item, right=right, written=written))
    least = criterion.setting("least")
    reason = _(
        "Tags to explain: {count} (at least {least} expected). With a right reason: {reasons}; with a sentence: "
        "{sentences}.",
        count=len(asked),
        least=least,
        reasons=reasons,
        sentences=sentences,
    )
    advice = _("Say for each tag why, in a sentence of your own, and choose the reason.") if behind or not asked else ""
    return Judged(share(HALF * (reasons + sentences), max(len(asked), least)), reason, tuple(behind), advice)


def evidence(subject: Subject, criterion: Criterion) -> Judged:
    """Whether tags are proved from the case file, where the key knows a proof: the right line, half for the document.

    `least` proofs are expected, fewer where the key knows fewer; a wrong one beyond these counts against them.
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
        verdict: Verdict = "right" if score == 1 else "partly" if score else "missed"
        behind.append(_found(subject, pair.item, pair.tagging, verdict, expected=pair.item.evidence[:_PROOFS]))
    given = sum(bool(pair.tagging and pair.tagging.evidence) for pair in found)
    least = min(criterion.setting("least"), len(provable))
    reason = _(
        "Proofs given for passages found: {given} ({least} expected). Right: {right}.",
        given=given,
        least=least,
        right=figure(scores),
    )
    score = share(scores, max(given, least))
    advice = "" if score == 1 else _("Name the document, and its line, that proves what you say.")
    return Judged(score, reason, tuple(behind), advice)


RULES = {
    "tags": Rule(tags, {"enough": Fraction(1), "other_tag": HALF, "chance": Fraction(1, 3)}),
    "rationale": Rule(rationale, {"words": 3, "least": 5, "tags": UNSUITABLE}),
    "evidence": Rule(evidence, {"least": 4}),
}


def _without_key(subject: Subject) -> str:
    if subject.placed is None:
        return _("there is no key for the answers that this copie is about.")
    return ""


def _matching(subject: Subject) -> Matching:
    return matching(subject, HALF)


def _beyond(precision: Fraction, chance: Fraction) -> Fraction:
    """The part of the way from guessing to being always right that `precision` has gone."""
    return max(Fraction(0), precision - chance) / (1 - chance) if chance < 1 else Fraction(precision == 1)


def _told(subject: Subject, found: Matching) -> str:
    """In words what was found of what every pupil is expected to find, and how the tags are."""
    parts = []
    for tag in dict.fromkeys(pair.item.tag for pair in found.expected):
        expected = [pair for pair in found.expected if pair.item.tag == tag]
        there = sum(bool(pair.score) for pair in expected)
        parts.append(
            _("{tag} {found} of {expected}", tag=subject.label(tag), found=there, expected=len(expected)),
        )
    lines = [_("Expected passages found: {parts}.", parts=", ".join(parts))]
    more = sum(bool(pair.score) for pair in found.pairs if pair.item.optional)
    if more:
        lines.append(_("Other passages well seen: {count}.", count=more))
    scores = [one.score for one in found.judged if one.score is not None]
    lines.append(
        _(
            "Tags that count: {count} (right: {right}, partly: {partly}, to look at again: {wrong}).",
            count=len(scores),
            right=scores.count(Fraction(1)),
            partly=sum(0 < score < 1 for score in scores),
            wrong=scores.count(Fraction(0)),
        )
    )
    return " ".join(lines)


def _behind(subject: Subject, found: Matching) -> tuple[Found, ...]:
    """Each tag with what became of it, then the expected passages that no tag found, the weightiest first."""
    behind = []
    for one in found.judged:
        verdict: Verdict = "aside"
        if one.score is not None:
            verdict = "right" if one.score == 1 else "partly" if one.score else "wrong"
        behind.append(_found(subject, one.item, one.tagging, verdict))
    missed = sorted((pair.item for pair in found.expected if pair.tagging is None), key=lambda item: -item.weight)
    return (*behind, *(_found(subject, item, None, "missed") for item in missed))


def _found(
    subject: Subject, item: KeyItem | None, tagging: Tagging | None, verdict: Verdict, *, expected: Sequence[str] = ()
) -> Found:
    """What became of a passage: in the pupil's words where there are any, with what the key says of it."""
    at = tagging or item
    assert at  # noqa: S101 - one of them is given
    labels = expected or ([one.tag for one in item.accepted] if item else ())
    wanted = _(" or ").join(subject.label(one) for one in labels)
    if item is None and verdict == "wrong":
        wanted = _("no unfavourable tag: the key has nothing against this passage")
    said = _said(subject, tagging) if tagging else ""
    why = item.why if item else ""
    return Found(verdict, _where(at.column, at.item), at.words, said, wanted, why, at.column, at.item)


def _unexplained(subject: Subject, tagging: Tagging, item: KeyItem | None, *, right: bool, written: bool) -> Found:
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
        item.why if item else "",
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
    missed = sum(not pair.score for pair in found.expected)
    wrong = sum(one.score == 0 for one in found.judged)
    if wrong > missed:
        return _("Read each tagged item again with the case file beside it: does it really not suit this customer?")
    if missed:
        return _("Read the answers once more, item by item, with the e-mail and the invoice beside them.")
    return ""


def _where(column: int, item: str) -> str:
    return _("PROMPT {column}, {item}", column=column, item=item)
