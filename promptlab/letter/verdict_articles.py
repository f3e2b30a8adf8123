"""Whether an article of a letter is that of the event it is told of, by its reference and by its name."""

import re
from collections.abc import Sequence

from promptlab.casefile.facts_products import Product
from promptlab.casefile.references import compact
from promptlab.letter.context import Sentence
from promptlab.letter.cues import Cue
from promptlab.letter.judgement import Ground, Judgement
from promptlab.letter.mentions import Mention
from promptlab.letter.near import is_proposal, is_settled, similarity
from promptlab.letter.products import colour_before, resolved
from promptlab.letter.swaps import in_place_of
from promptlab.messages import _

EVENTS = ("order", "delivery", "invoice", "credit", "return", "new", "received")
_TOUCHES = re.compile(r"^(?!.*\bet\b)[^,.]*$|^[^,.]{0,30}, ?(?:qui |que nous |que vous )?(?:\w+ ){0,3}$")
# What stands right before a thing that is denied: "et non …".
STRUCK = re.compile(r"(?:\bet non(?: pas)?|\bnon|\bau lieu d[eu']|\bpas)(?: \w+'?){0,2}[ (:n°]*$")


def judge_article(mention: Mention, ground: Ground) -> Judgement:
    """The verdict on the reference of an article."""
    facts = ground.facts
    reference = resolved(str(mention.value), facts)
    product = facts.product(reference) if reference else None
    if product is None:
        near = _beside(mention.start, mention.end, ground) or _nearest_spelling(str(mention.value), facts.products)
        source = proof_of(near) if near else ""
        return Judgement("contradicted", source, near.reference if near else None)
    if colour_before(mention.start, ground.context.text, facts):
        return Judgement("contradicted", proof_of(product), product.designation)
    other = facts.product(_named_beside(mention, ground))
    if other is not None and other is not product:
        events = _bound_events(mention.start, mention.end, ground)
        # Of name and reference, the one that the event bears out is right.
        if not any(event in product.events for event in events) or any(event in other.events for event in events):
            return Judgement("contradicted", proof_of(other), other.reference)
    return judge_product(mention.start, mention.end, product, ground)


def judge_product(start: int, end: int, product: Product, ground: Ground) -> Judgement:
    """Whether the article named from `start` to `end` is one of the event that the sentence tells of."""
    place = next((cue.start for cue in ground.context.within(start, end, ("product",))), start)
    exchanged = in_place_of(place, ground)
    if exchanged is not None and product.reference not in exchanged:
        return Judgement("contradicted", proof_of(product), min(exchanged))
    events = _bound_events(start, end, ground)
    proved = Judgement("proved", proof_of(product))
    if not events or any(event in product.events for event in events):
        return proved
    right = [other for other in ground.facts.products if any(event in other.events for event in events)]
    if not right:
        return proved
    quantity = [other for other in right if _nearest_spelling(product.reference, [other])]
    wanted = next(
        (other for other in right if "new" in other.events or "return" in other.events), (quantity or right)[0]
    )
    return Judgement("contradicted", proof_of(product), wanted.reference)


def judge_designation(start: int, end: int, reference: str, ground: Ground) -> Judgement:
    """The verdict on an article named by its noun and its colour."""
    product = ground.facts.product(reference)
    if product is None:
        events = _bound_events(start, end, ground)
        right = [other for other in ground.facts.products if any(event in other.events for event in events)]
        beside = _beside(start, end, ground)
        wanted = beside or next(iter(right), None)
        return Judgement("contradicted", proof_of(wanted) if wanted else "", wanted.designation if wanted else None)
    found = judge_product(start, end, product, ground)
    if found.verdict == "contradicted" and found.expected:
        right_one = ground.facts.product(found.expected)
        return Judgement("contradicted", found.source, right_one.designation if right_one else None)
    return found


def proof_of(product: Product) -> str:
    """In which documents an article stands, in words."""
    names = {
        "order": _("the order"),
        "delivery": _("the delivery note"),
        "invoice": _("the invoice"),
        "complaint": _("the complaint"),
    }
    where = ", ".join(said for event, said in names.items() if event in product.events)
    return _(
        "{reference}, {designation}: {documents}",
        reference=product.reference,
        designation=product.designation,
        documents=where,
    )


def _nearest_spelling(written: str, products: Sequence[Product]) -> Product | None:
    name = compact(written)
    scored = [
        (max(similarity(name, other) for other in product.names), product) for product in products if product.names
    ]
    best = max(scored, key=lambda pair: pair[0], default=(0.0, None))
    return best[1] if best[0] >= 0.5 else None


def _beside(start: int, end: int, ground: Ground) -> Product | None:
    """The article named by its words just before or after a place."""
    context = ground.context
    before = [cue for cue in context.before(start, ("product",))[:1] if start - cue.end < 30]
    after = [cue for cue in context.after(end, ("product",))[:1] if cue.start - end < 25]
    return ground.facts.product((before or after)[0].value) if before or after else None


def _named_beside(mention: Mention, ground: Ground) -> str:
    """The article whose distinctive word stands right beside a reference: "toile noire (réf. A52000)"."""
    context, text = ground.context, ground.context.text
    sentence = context.sentence(mention.start)
    named = context.within(sentence.start, sentence.end, ("product",))
    words = [cue for cue in named if not re.search(r"\d", text[cue.start : cue.end])]
    for cue in words:
        if sentence.start <= cue.start < cue.end <= mention.start:
            gap = text[cue.end : mention.start]
            if re.fullmatch(
                r"[ ,;:(-]*(?:\d+ fils[ ,(]*)?(?:de |sous |portant |la |l'|a |au )*(?:ref\w*|article|produit|"
                r"code)?[ .:n°]*",
                gap,
            ):
                return cue.value
        elif mention.end <= cue.start < sentence.end:
            gap = text[mention.end : cue.start]
            if (
                re.fullmatch(
                    r"[ ,;:(/-]*(?:de |la |le |soit |une? )*(?:(?:article|couleur|coloris|"
                    r"[a-z]+)\b ?)?(?:de couleur |couleur )?",
                    gap,
                )
                and len(gap) < 30
                and not re.search(r"\b(?:et|ou|par|a|au|en|que|pour|contre)\b", gap)
            ):
                return cue.value
    return ""


def _bound_events(start: int, end: int, ground: Ground) -> tuple[str, ...]:
    """The events that an article is told of; none where the words deny, compare or say what ought to have been."""
    context = ground.context
    if (
        context.has(start, ("negation", "should"))
        or context.contrasted(start)
        or STRUCK.search(context.text[context.sentence(start).start : start])
    ):
        return ()
    clause_start, clause_end = context.clause(start)
    before = [cue for cue in context.within(clause_start, start, EVENTS)[::-1] if cue.tag != "received"]
    after = [cue for cue in context.within(end, clause_end, EVENTS) if cue.tag != "received"]
    after = [cue for cue in after[:1] if _TOUCHES.match(context.text[end : cue.start])]
    if not before and not after:
        return _intro_events(context.sentence(start).intro, ground)
    found: list[Cue] = before[:1] + after[:1]
    if before and after and re.search(r"\bet\b|,", context.text[end : after[0].start]):
        found = before[:1]
    if (
        before
        and after
        and re.search(r"\bet\b|,", context.text[before[0].end : start])
        and not re.search(r"\bet\b|,", context.text[end : after[0].start])
    ):
        found = [*after[:1], *before[:1]]
    if before and _said_of_paper(context.text[before[0].start : start]) and context.has(start, ("reported",)):
        return ()
    tags = dict.fromkeys(cue.tag for cue in found)
    trade = [cue for cue in found if cue.tag in ("delivery", "invoice")]
    if trade and (is_proposal(context, start) or not is_settled(context, ground.text, trade[0])):
        tags["new"] = None
    return tuple(tags)


def _intro_events(intro: Sentence | None, ground: Ground) -> tuple[str, ...]:
    if intro is None:
        return ()
    context = ground.context
    if context.within(intro.start, intro.end, ("negation", "should", "contrast")):
        return ()
    found = [cue for cue in context.within(intro.start, intro.end, EVENTS) if cue.tag != "received"]
    return tuple(dict.fromkeys(cue.tag for cue in found)) if len({cue.tag for cue in found}) <= 2 else ()


def _said_of_paper(text: str) -> bool:
    return "bon de livraison" in text
