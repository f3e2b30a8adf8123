"""Amounts that the verb before them moves: deducted, added, owed by us, brought from one total to another."""

import re
from collections.abc import Collection, Sequence
from decimal import Decimal
from itertools import product

from promptlab.casefile.amounts import amounts, euros
from promptlab.casefile.facts import AmountFact
from promptlab.letter.amount_words import is_unit_price
from promptlab.letter.judgement import Ground
from promptlab.letter.mentions import Mention

MINUS = "\u2212"
_FILLED = (
    r"(?: (?:donc|alors|ainsi|encore|ensuite|y|aussi|la somme de|un montant de|le montant de|la "
    r"difference de|un total de))* ?$"
)
_DEDUCTED = re.compile(rf"\b(?:dedui(?:sons|rons|re|rai|s|t)|retranch\w+|soustra\w+|retir(?:ons|erons|er)){_FILLED}")
_ADDED = re.compile(rf"\b(?:r?ajout(?:ons|erons|er|ant)|additionn\w+){_FILLED}")
_OURS = re.compile(
    rf"\b(?:nous vous (?:re)?dev(?:ons|rons)|(?:nous|on) (?:vous )?(?:sommes|serons|est) redevables?(?: envers vous)?"
    rf"(?: de)?|on vous doit){_FILLED}"
)
_YOURS = re.compile(rf"\bvous nous (?:re)?dev(?:ez|rez){_FILLED}")
# "De 4 699,02 €, votre dette passe à …".
_FIRST = re.compile(r"(?:^|[\n,;]) ?de $")
_BALANCE = re.compile(r"\b(?:solde|dette|montant|somme|facture)\b[^€\d;.]{0,30}\bde $")
_BROUGHT_TO = re.compile(r" ?(?:ttc|ht)?,? (?:sera|est|a ete|se trouve|passe|descend) (?:\w+ )?(?:ramene|redui)")
_PASSES = re.compile(
    r" ?(?:ttc|ht)?,? (?:votre|la|le|notre|il|elle) (?:\w+ ){1,3}(?:pass|descend|tomb|baiss|revien)\w*"
)
FROM = re.compile(r"\b(?:ramen|pass|baiss|dimin|redui|descen)\w*[^,;.\n]{0,30} de $")
# "… à 4 466,82 € au lieu de 4 699,02 €": what an invoice is brought to.
CORRECTED = re.compile(r" ?(?:h\.?t\.?|t\.?t\.?c\.?)?,? (?:au lieu d|et non|a la place d|contre)")
BILLED = re.compile(
    r"\b(?:avons|a ete|ete|ont) \w*factur|factur\w+ (?:etait|s'elevait)|factur(?:e|es|ee|ees) (?:par erreur|a tort)"
)
_INSTEAD = re.compile(r"\d[^;.\n]*(?:au lieu d|a la place d|plutot qu)(?:e(?:s)? |'|u )$")
_OUGHT = re.compile(
    r"\b(?:aur(?:ait|aient) du|dev(?:ait|aient|rait|raient)) (?:etre|s'elever a|comporter|indiquer|faire|"
    r"afficher)(?: de)? $"
)
_RESULT = re.compile(r"(?:\b(?:donn\w+|fait|soit|reste\w*|egal\w*|aboutit a)|=)[^€\d;\n]{0,25}$")
SHOULD = re.compile(r"\b(?:dev(?:ait|aient|iez|ions)|aur(?:ait|aient|iez|ions) du)\b")
_SOLD_OUT = re.compile(
    r"\b(?:rupture|epuise\w*|indisponib\w*|n'est (?:plus|pas) disponible|plus en stock|n'y en a plus|"
    r"n'avons plus|ne pouv\w+ (?:plus|pas) (?:vous )?(?:la |le |les )?(?:livr|fourn|exped|envoy)\w+|stock "
    r"(?:epuise|insuffisant))"
)
_OF_ONE_LINE = frozenset(("line", "computed", "difference", "unit"))


def of_move(mention: Mention, ground: Ground, facts: Sequence[AmountFact]) -> list[AmountFact] | None:
    """Those of `facts` that the verb before the amount allows; None where no such verb stands there."""
    context = ground.context
    said = context.text[max(context.sentence(mention.start).start, mention.start - 90) : mention.start]
    if _DEDUCTED.search(said) or _OURS.search(said):
        taken = {"credit", "difference", "return"}
        return [fact for fact in facts if fact.about & taken or fact.measure == "discount"]
    if _YOURS.search(said):
        whole = ("total", "due", "discount")
        return [fact for fact in facts if (fact.measure in whole and "credit" not in fact.about) or "new" in fact.about]
    if _ADDED.search(said):
        return [fact for fact in facts if "new" in fact.about and fact.measure != "total"]
    if SHOULD.search(said) and CORRECTED.match(context.text[mention.end : mention.end + 45]):
        return [fact for fact in facts if fact.about & {"order", "new", "after"}]
    if _INSTEAD.search(said) and BILLED.search(context.text, context.sentence(mention.start).start, mention.start):
        return [fact for fact in facts if fact.about & {"order", "new"}]
    if _OUGHT.search(said):
        return [fact for fact in facts if fact.about & {"order", "new"}]
    if FROM.search(said[-60:]) or _is_brought_down(said, mention, ground):
        billed = [fact for fact in facts if "invoice" in fact.about]
        return billed if not context.before(mention.start, ("order", "product", "complaint")) else list(facts)
    return None


def _is_brought_down(said: str, mention: Mention, ground: Ground) -> bool:
    """Whether the words after an amount bring it to another: "votre solde de 4 699,02 € sera ramené à …"."""
    text = ground.context.text
    if _FIRST.search(said) and _PASSES.match(text, mention.end):
        return True
    return bool(_BALANCE.search(said)) and _BROUGHT_TO.match(text, mention.end) is not None


def is_sold_out(mention: Mention, ground: Ground) -> bool:
    """Whether the sentence speaks of goods that cannot be delivered any more."""
    context = ground.context
    sentence = context.sentence(mention.start)
    return _SOLD_OUT.search(context.text, sentence.start, sentence.end) is not None


def of_unit_price(mention: Mention, ground: Ground, facts: Sequence[AmountFact]) -> list[AmountFact]:
    """Those of `facts` that a unit price told just before comes to: "150 m à 21,64 €, soit 3 245,85 €"."""
    before = ground.before
    if before is None or (not is_unit_price(before, ground) and not _priced(before, ground)):
        return list(facts)
    gap = ground.context.text[before.end : mention.start]
    joined = re.fullmatch(
        r"[ )]*(?:h\.?t\.?|t\.?t\.?c\.?)?(?: (?:le|du|par|l'|/) ?(?:metre|m))?[ ),]*(?:soit|=)(?: "
        r"[a-z]{1,8})?(?: de)? ?",
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


def sum_told(mention: Mention, ground: Ground, known: Collection[Decimal]) -> str:
    """How an amount is the result of those told before it in its sentence ("4 699,02 € moins 804 € donne …"); or ""."""
    context = ground.context
    start = context.sentence(mention.start).start
    if not _RESULT.search(context.text[start : mention.start]):
        return ""
    told = [one.value for one in amounts(context.text[start : mention.start])]
    if not 2 <= len(told) <= 4 or any(one not in known for one in told):
        return ""
    for signs in product((1, -1), repeat=len(told) - 1):
        total = sum((sign * one for sign, one in zip(signs, told[1:], strict=True)), told[0])
        if total == mention.value:
            parts = [f"{'+' if sign > 0 else MINUS} {euros(one)}" for sign, one in zip(signs, told[1:], strict=True)]
            return " ".join([euros(told[0]), *parts])
    return ""
