"""Whether a percentage of a letter is that of the tax or the terms it is told of, or follows from its two amounts."""

import re
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

from promptlab.casefile.amounts import amounts, plain_number
from promptlab.casefile.facts import AmountFact
from promptlab.letter.judgement import UNSUPPORTED, Ground, Judgement
from promptlab.letter.mentions import Mention
from promptlab.letter.near import linked
from promptlab.messages import _

# What makes a percentage a comparison: "30 % de plus", "un écart de 5 %", "soit 5 % de la commande".
_MORE = re.compile(r" ?(?:de |en )(?:plus|moins|trop)\b| ?(?:plus|moins) cher|[^.;\n]{0,12}d'(?:ecart|augmentation)")
_SHARE = re.compile(r" ?(?:du|de la|de votre|de notre|de ce|de cette) (?:montant|total|prix|commande|facture)")
_GAP = re.compile(
    r"(?:ecart|difference|hausse|augmentation|surcout|baisse|represente\w*|correspond\w*)[^.;\n\d%]{0,30}$"
)
_AT_ONCE = re.compile(r"(?:paiement|reglement|paye\w*|regl\w*|virement) (?:\w+ )?(?:immediat|comptant|anticip)")
_ABOUT = re.compile(r"(?:environ|pres de|a peu pres|quasiment|presque) $")


def judge_rate(mention: Mention, ground: Ground) -> Judgement:
    """The verdict on one percentage: VAT and cash discount are the case's, other ones are looked up as discounts."""
    value, context = Decimal(str(mention.value)), ground.context
    if (measured := _compared(value, mention, ground)) is not None:
        return measured
    tags = ("vat", "discount", "novel")
    start, end = context.clause(mention.start)
    cues = [*context.within(start, mention.start, tags)[-1:], *context.within(mention.end, end, tags)[:1]]
    cues = cues or context.before(mention.start, tags)[:1] or linked(context, mention.start, tags)[:1]
    cues.sort(key=lambda cue: mention.start - cue.end if cue.end <= mention.start else cue.start - mention.end)
    what = {"vat": "vat", "discount": "cash_discount", "novel": "discount"}.get(cues[0].tag, "") if cues else ""
    if what == "discount" and _AT_ONCE.search(context.text[context.sentence(mention.start).start : mention.start]):
        what = "cash_discount"
    known = [fact for fact in ground.facts.rates if not what or fact.what == what]
    found = next((fact for fact in known if fact.value == value), None)
    if found:
        return Judgement("proved", found.source)
    if not known or not what:
        near = re.search(r"taux|tax", context.text[start:end]) is not None
        vat = [fact for fact in ground.facts.rates if fact.what == "vat"]
        if near and not what and vat:
            return Judgement("contradicted", vat[0].source, f"{plain_number(vat[0].value)}\u00a0%")
        return UNSUPPORTED
    if what == "discount" and not context.has(mention.start, ("order", "invoice"), sentence=True):
        return UNSUPPORTED
    return Judgement("contradicted", known[0].source, f"{plain_number(known[0].value)}\u00a0%")


def _compared(value: Decimal, mention: Mention, ground: Ground) -> Judgement | None:
    """The verdict on a percentage that compares two amounts; None where the words make it no comparison."""
    text = ground.context.text
    sentence = ground.context.sentence(mention.start)
    after, before = text[mention.end : mention.end + 45], text[sentence.start : mention.start]
    more = _MORE.match(after)
    if not (more or _SHARE.match(after) or _GAP.search(before)) or re.search(r"tva|escompte|remise", before + after):
        return None
    slack = Decimal(1) if _ABOUT.search(before) else Decimal(0)
    found: Judgement | None = None
    for one, other, how in _pairs(mention, ground):
        for part, whole in ((abs(one - other), other), (abs(one - other), one), (min(one, other), max(one, other))):
            rate = part * 100 / whole
            if abs(rate.quantize(value, ROUND_HALF_UP) - value) <= slack:
                return Judgement("proved", f"{how}: {plain_number(value)}\u00a0%")
        first = abs(one - other) * 100 / other
        said = plain_number(first.quantize(Decimal("0.1"), ROUND_HALF_UP))
        found = found or Judgement("contradicted", how, f"{said}\u00a0%")
    between = _GAP.search(before) and re.match(r" (?:entre|d'ecart entre)\b", after)
    return found if more or between else None


def _pairs(mention: Mention, ground: Ground) -> Iterator[tuple[Decimal, Decimal, str]]:
    """The amounts that a percentage may compare: two told in its sentence, else the prices of its two articles.

    Last come the totals of the invoice, of the order and their difference.
    """
    context = ground.context
    sentence = context.sentence(mention.start)
    told = [one.value for one in amounts(context.text[sentence.start : sentence.end]) if one.value]
    for place, one in enumerate(told):
        for other in told[place + 1 :]:
            if one != other:
                yield one, other, f"{plain_number(one, decimals=2)} / {plain_number(other, decimals=2)}"
    references = dict.fromkeys(cue.value for cue in context.within(sentence.start, sentence.end, ("product",)))
    for measure in ("unit", "line"):
        prices = [_price(reference, measure, ground) for reference in references]
        known = [fact for fact in prices if fact is not None]
        if len(known) == 2 and known[0].value != known[1].value:
            first, second = known
            yield first.value, second.value, _("{source} / {other}", source=first.source, other=second.source)
    if not told and len(references) < 2:
        totals = [fact for fact in ground.facts.amounts if fact.measure == "total" and fact.nature == "ht"]
        for bill in totals:
            for asked in totals:
                if "invoice" in bill.about and "order" in asked.about and bill.value != asked.value:
                    yield bill.value, asked.value, _("{source} / {other}", source=bill.source, other=asked.source)


def _price(reference: str, measure: str, ground: Ground) -> AmountFact | None:
    """The price HT of an article, None where no document gives one."""
    return next(
        (
            fact
            for fact in ground.facts.amounts
            if fact.products == {reference} and fact.measure == measure and fact.nature == "ht"
        ),
        None,
    )
