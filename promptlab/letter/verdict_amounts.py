"""Whether an amount of a letter is what the documents say, of the right thing, HT or TTC."""

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from promptlab.casefile.amounts import euros
from promptlab.casefile.facts import AmountFact, Nature
from promptlab.letter.amount_context import DOCUMENTS, MEANS, articles_told, of_article, of_document, of_pair
from promptlab.letter.amount_moves import of_unit_price, sum_told
from promptlab.letter.amount_words import is_unit_price, nature_of
from promptlab.letter.cues import Cue
from promptlab.letter.judgement import UNSUPPORTED, Ground, Judgement
from promptlab.letter.mentions import Mention
from promptlab.letter.near import linked, similarity
from promptlab.messages import _

_ALIKE = 0.8
_LEAST = 10  # euros: smaller amounts are alike by chance


def judge_amount(mention: Mention, ground: Ground) -> Judgement:
    """The verdict on one amount."""
    value = Decimal(str(mention.value))
    nature = nature_of(mention, ground)
    same = [fact for fact in ground.facts.amounts if fact.value == value]
    if not same:
        return _unknown(mention, ground, nature)
    fitting = [fact for fact in same if not nature or fact.nature == nature]
    if not fitting:
        return _misnamed(mention, ground, nature, same)
    if how := sum_told(mention, ground, {fact.value for fact in ground.facts.amounts}):
        return Judgement("proved", how)
    if is_unit_price(mention, ground):
        units = [fact for fact in fitting if fact.measure == "unit"]
        if not units:
            return _wrong(mention, ground, nature, (), fitting[0].source, measure="unit")
        fitting = units
    better = of_article(mention, ground, fitting)
    if not better:
        return _wrong(mention, ground, nature, (), fitting[0].source)
    better = of_unit_price(mention, ground, of_pair(mention, ground, better))
    best = of_document(mention, ground, better) if better else []
    if not best:
        return _wrong(mention, ground, nature, (), fitting[0].source)
    return Judgement("proved", _proving(mention, ground, best).source)


def _proving(mention: Mention, ground: Ground, facts: Sequence[AmountFact]) -> AmountFact:
    """The fact that proves best: one told of the nearest document and of nothing else that it need not be."""
    chain = linked(ground.context, mention.start, DOCUMENTS)
    tags = MEANS.get(chain[0].tag, {chain[0].tag}) if chain else set()
    derived = bool(tags & {"credit", "return", "new", "difference"})
    return max(facts, key=lambda fact: (bool(fact.about & tags), fact.measure == "total", derived * facts.index(fact)))


def _misnamed(mention: Mention, ground: Ground, nature: Nature, same: Sequence[AmountFact]) -> Judgement:
    """Contradicted: HT called TTC or the like; what the amount is, and what has the name that it was given."""
    amount = euros(Decimal(str(mention.value)))
    natures = _natures(same)
    found = _wrong(mention, ground, nature, same, _("{amount} is {natures}", amount=amount, natures=natures))
    said = {fact.nature for fact in same} - {"vat"}
    if len(said) != 1:
        return found
    right = f"{amount} {said.pop().upper()}"
    return replace(found, expected=f"{right} ({found.expected})" if found.expected else right)


def _natures(facts: Sequence[AmountFact]) -> str:
    names = {"ht": "HT", "ttc": "TTC", "vat": _("the VAT"), "": ""}
    return ", ".join(dict.fromkeys(names[fact.nature] for fact in facts))


# ---------------------------------------------------------------- what no document gives


def _unknown(mention: Mention, ground: Ground, nature: Nature) -> Judgement:
    """The verdict on an amount that is none of the case: wrong where its words bind it to a fact, else unsupported."""
    value, context = Decimal(str(mention.value)), ground.context
    novel = [*context.before(mention.start, ("novel",), clause=True)[:1], *context.after(mention.end, ("novel",))[:1]]
    bound = linked(context, mention.start, DOCUMENTS)
    # What is due in the end is known: not any sum will do for it.
    owed = bool(bound) and bound[0].tag == "due" and any("due" in fact.about for fact in ground.facts.amounts)
    if not owed and (proof := _computed(value, nature, ground)):
        return Judgement("proved", proof)
    if novel and not _nearer(bound, novel, mention) and not _agreed_discount(mention, ground):
        return UNSUPPORTED
    if bound or novel or nature == "vat" or articles_told(mention, ground) or is_unit_price(mention, ground):
        return _wrong(mention, ground, nature, (), "")
    following = context.after(mention.end, (*DOCUMENTS, "product"))[:1]
    following = following or context.before(mention.start, (*DOCUMENTS, "product"))[:1]
    exact = value >= _LEAST and value % 1 != 0  # nobody gives a round sum to the cent: it is meant as one of the case
    if exact or nature or context.has(mention.start, ("total",)) or following or _almost(value, ground):
        return _wrong(mention, ground, nature, (), "")
    return UNSUPPORTED


def _agreed_discount(mention: Mention, ground: Ground) -> bool:
    """Whether the sentence tells of the discount that the documents agree upon and that was forgotten."""
    if not any(fact.what == "discount" for fact in ground.facts.rates):
        return False
    sentence = ground.context.sentence(mention.start)
    said = ground.context.text[sentence.start : sentence.end]
    return bool(
        re.search(r"\b(?:remise|ristourne|rabais|reduction)", said)
        and re.search(r"oubli|omis|manqu|prevu|convenu|appliqu", said)
    )


def _nearer(bound: Sequence[Cue], novel: Sequence[Cue], mention: Mention) -> bool:
    """Whether a document stands between the invented thing and the amount: then the amount is the document's."""
    if not bound:
        return False
    before = [cue.start for cue in novel if cue.end <= mention.start]
    return bool(before) and bound[0].start > max(before) and bound[0].tag in ("invoice", "order", "credit")


def _almost(value: Decimal, ground: Ground) -> bool:
    """Whether an amount is nearly one of the case: like it, or the same figures in another order."""
    written = f"{value:.2f}"
    return any(
        similarity(written, f"{fact.value:.2f}") >= _ALIKE or _same_frame(written, f"{fact.value:.2f}")
        for fact in ground.facts.amounts
        if fact.value >= _LEAST
    )


def _same_frame(one: str, other: str) -> bool:
    """Whether two amounts have the same figures in another order, or the same cents and the same first figure."""
    if len(one) != len(other):
        return False
    return sorted(one) == sorted(other) or (one[0] == other[0] and one[-3:] == other[-3:] != ".00")


def _computed(value: Decimal, nature: Nature, ground: Ground) -> str:
    """How an amount follows from two others of the case by one addition or subtraction; "" where it does not."""
    main = [
        fact
        for fact in ground.facts.amounts
        if fact.measure in ("line", "total", "difference", "due")
        and fact.nature in ("ht", "vat", "ttc")
        and (not nature or fact.nature == nature)
    ]
    seen = {(fact.nature, fact.value): fact for fact in main}
    for (kind, one), fact in seen.items():
        other = seen.get((kind, value - one))
        if other is not None:
            return _(
                "{one} + {other} ({source}; {more})",
                one=euros(one),
                other=euros(other.value),
                source=fact.source,
                more=other.source,
            )
        other = seen.get((kind, one - value))
        if other is not None and one > value:
            return _(
                "{one} − {other} ({source}; {more})",
                one=euros(one),
                other=euros(other.value),
                source=fact.source,
                more=other.source,
            )
    return ""


def _wrong(
    mention: Mention,
    ground: Ground,
    nature: Nature,
    same: Sequence[AmountFact],
    source: str,
    *,
    measure: str = "",
) -> Judgement:
    """Contradicted, with the amount that fits the words best: of the same thing, else of what the sentence names."""
    right = _right(mention, ground, nature, same, measure)
    if right is None:
        return Judgement("contradicted", source)
    told = {"ht": " HT", "ttc": " TTC"}.get(right.nature, "")
    return Judgement("contradicted", source or right.source, euros(right.value) + told)


def _right(
    mention: Mention, ground: Ground, nature: Nature, same: Sequence[AmountFact], measure: str
) -> AmountFact | None:
    if same:
        twins = [
            fact
            for fact in ground.facts.amounts
            if fact.nature == nature
            and any(
                fact.source.startswith(s.source.split(" : ")[0][:25])
                and fact.measure == s.measure
                and fact.about == s.about
                and fact.products == s.products
                for s in same
            )
        ]
        if twins:
            return twins[0]
    tags = {tag for cue in linked(ground.context, mention.start, DOCUMENTS) for tag in MEANS.get(cue.tag, {cue.tag})}
    articles = {cue.value for cue in articles_told(mention, ground)[:1]}
    written = f"{Decimal(str(mention.value)):.2f}"
    total = ground.context.has(mention.start, ("total",))
    unit = measure == "unit" or is_unit_price(mention, ground)

    def score(fact: AmountFact) -> float:
        points = 3.0 * (bool(nature) and fact.nature == nature) + 3.0 * bool(articles & fact.products)
        points += 2.0 * bool(tags & fact.about) + 2.0 * similarity(written, f"{fact.value:.2f}")
        points += (fact.measure == "unit") * (4 if unit else -2) + (total and fact.measure == "total") * 1.5
        points -= (fact.measure == "computed") * 3
        return points - (fact.measure == "discount" and "discount" not in tags) * 2

    other = [fact for fact in ground.facts.amounts if fact.value != mention.value or (nature and fact.nature != nature)]
    return max(other, key=score, default=None)
