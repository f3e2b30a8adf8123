"""Amounts that the verb before them moves: deducted, added, owed by us, brought from one total to another."""

import re
from collections.abc import Sequence

from promptlab.casefile.facts import AmountFact
from promptlab.letter.amount_words import is_unit_price
from promptlab.letter.judgement import Ground
from promptlab.letter.mentions import Mention

_FILLED = r"(?: (?:donc|alors|ainsi|encore|ensuite|y|aussi|la somme de|un montant de|le montant de|la difference de|un total de))* ?$"
_DEDUCTED = re.compile(rf"\b(?:dedui(?:sons|rons|re|rai|s|t)|retranch\w+|soustra\w+|retir(?:ons|erons|er)){_FILLED}")
_ADDED = re.compile(rf"\b(?:r?ajout(?:ons|erons|er|ant)|additionn\w+){_FILLED}")
_OURS = re.compile(
    rf"\b(?:nous vous (?:re)?dev(?:ons|rons)|(?:nous|on) (?:vous )?(?:sommes|serons|est) redevables?(?: envers vous)?"
    rf"(?: de)?|on vous doit){_FILLED}"
)
FROM = re.compile(r"\b(?:ramen|pass|baiss|dimin|redui|descen)\w*[^,;.\n]{0,30} de $")
# "… à 4 466,82 € au lieu de 4 699,02 €": what an invoice is brought to.
CORRECTED = re.compile(r" ?(?:h\.?t\.?|t\.?t\.?c\.?)?,? (?:au lieu d|et non|a la place d|contre)")
SHOULD = re.compile(r"\b(?:dev(?:ait|aient|iez|ions)|aur(?:ait|aient|iez|ions) du)\b")
_SOLD_OUT = re.compile(
    r"\b(?:rupture|epuise\w*|indisponib\w*|n'est (?:plus|pas) disponible|plus en stock|n'y en a plus|"
    r"(?:ne|n') ?(?:pouv|pourr|av|dispos)\w+ (?:plus|pas)|stock (?:epuise|insuffisant))"
)
_OF_ONE_LINE = frozenset(("line", "computed", "difference"))


def of_move(mention: Mention, ground: Ground, facts: Sequence[AmountFact]) -> list[AmountFact] | None:
    """Those of `facts` that the verb before the amount allows; None where no such verb stands there."""
    context = ground.context
    said = context.text[max(context.sentence(mention.start).start, mention.start - 90) : mention.start]
    if _DEDUCTED.search(said) or _OURS.search(said):
        taken = {"credit", "difference", "return"}
        return [fact for fact in facts if fact.about & taken or fact.measure == "discount"]
    if _ADDED.search(said):
        return [fact for fact in facts if "new" in fact.about and fact.measure != "total"]
    if SHOULD.search(said) and CORRECTED.match(context.text[mention.end : mention.end + 45]):
        return [fact for fact in facts if fact.about & {"order", "new", "after"}]
    if FROM.search(said[-60:]):
        billed = [fact for fact in facts if "invoice" in fact.about]
        return billed if not context.before(mention.start, ("order", "product", "complaint")) else list(facts)
    return None


def is_sold_out(mention: Mention, ground: Ground) -> bool:
    """Whether the sentence speaks of goods that cannot be delivered any more."""
    context = ground.context
    sentence = context.sentence(mention.start)
    return _SOLD_OUT.search(context.text, sentence.start, sentence.end) is not None


def of_unit_price(mention: Mention, ground: Ground, facts: Sequence[AmountFact]) -> list[AmountFact]:
    """Those of `facts` that a unit price told just before comes to: "150 m à 21,64 €, soit 3 245,85 €"."""
    before = ground.before
    if before is None or not is_unit_price(before, ground) and not _priced(before, ground):
        return list(facts)
    gap = ground.context.text[before.end : mention.start]
    joined = re.fullmatch(
        r"[ )]*(?:h\.?t\.?|t\.?t\.?c\.?)?(?: (?:le|du|par|l'|/) ?(?:metre|m))?[ ),]*(?:soit|=)(?: [a-z]{1,8})?(?: de)? ?",
        gap,
    )
    units = {fact.products for fact in ground.facts.amounts if fact.value == before.value and fact.measure == "unit"}
    if not joined or not units:
        return list(facts)
    return [fact for fact in facts if fact.products in units and fact.measure in _OF_ONE_LINE]


def _priced(before: Mention, ground: Ground) -> bool:
    """Whether a quantity times this amount is told: "150 m à 21,64 €", "150 x 21,64"."""
    return bool(
        re.search(
            r"\d ?(?:m|metres?)?,? ?(?:a|x|au prix de) $", ground.context.text[max(0, before.start - 30) : before.start]
        )
    )
