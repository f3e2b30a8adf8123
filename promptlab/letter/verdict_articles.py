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
from promptlab.letter.tables import column_cues
from promptlab.messages import _

EVENTS = ("order", "delivery", "invoice", "credit", "return", "new", "received")
_TOUCHES = re.compile(r"^(?!.*\bet\b)[^,.]*$|^[^,.]{0,30}, ?(?:qui |que nous |que vous )?(?:\w+ ){0,3}$")
_WANTED = re.compile(
    r"\bvous (?:nous )?(?:demandez|souhaitez|reclamez|voulez|desirez|vouliez|attendiez|souhaitiez)"
    r"(?:(?!repri|retour|renvo|rembours|avoir|annul|recuper|credit|pourquoi|echang|remplac|garder|"
    r"conserv)[^.;,\n]){0,45}$"
)
_CONFUSED = re.compile(
    r"\b(?:tromp|confon|confus|invers|melang|interver)\w*(?:(?!livr|factur|expedi|envoy|recu|command)[^.;\n]){0,45}$"
)
_DENIED = re.compile(
    r"(?:[ ,(]{0,3}(?:ref\w*\.?|no?°?)?[ :]*[a-z]{1,4}-?\d[\w-]*\)?,?)? (?:n'(?:a|ont|avait|avaient)|ne (?:vous|"
    r"nous) (?:a|ont|avait)) "
    r"(?:pas|jamais)(?: encore)? ete (?P<verb>command|livr|factur|expedi|envoy)\w+(?! (?:en (?:entier|totalite)|"
    r"conforme))"
)
_DENIED_BEFORE = re.compile(
    r"\b(?:ne (?:vous |nous )?(?:a|ont|avons|avez)|n'(?:a|ont|avons|avez|aviez|avions))(?: vous| nous)? (?:pas|jamais)"
    r"(?: encore)? (?:ete )?(?P<verb>command|livr|factur|expedi|recu)\w*(?: (?:de|d'|des|du|la|le|les|l'|\d+ "
    r"?(?:m|metres?)"
    r"|cette|ce|reference|ref\.?|toile|tissu|article|n ?°))*[ :']*$"
)
# A colour without a noun right before a reference, which is then the only thing to accuse: "le noir A52000".
_BARE_NAME = re.compile(r"\b(?:le|la|du|de|en|un|une|:|\() ?[a-zœæ]{4,12} \(?$")
_AFFIRMED = re.compile(
    r"\b(?:ne (?:vous |nous )?(?:a|ont|avons|avez)|n'(?:a|ont|avons|avez|aviez|avions))(?: vous| nous)? (?:pas|jamais)"
    r"(?: encore)? (?:ete )?(?P<verb>command|livr|factur|expedi|recu)[^.;\n]{3,70}\bmais (?:bien |bel et bien |"
    r"plutot )?"
    r"(?:(?:de|d'|des|du|la|le|les|l'|\d+ ?(?:m|metres?)|reference|ref\.?|toile|tissu|article)[ :']*)*$"
)
# What a delivery note states, right or wrong: "il affirme que vous avez commandé …".
_NOTED = re.compile(
    r"\b(?:(?:bon|bordereau) de livraison|b\.?l\.?|ce bon|le bon(?! de commande)|ce document|celui-ci|il|"
    r"document)\b(?:(?!\balors\b|\btandis\b|\bmais\b)[^.;\n]){0,40}?"
    r"\b(?:affirm|pretend|soutien|indiqu|mentionn|declar|fait croire|laisse (?:croire|penser)|note|dit)\w*"
    r"(?:(?!\balors\b|\btandis\b|\bmais\b|\bor\b)[^.;\n]){0,45}$"
)
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
        if _BARE_NAME.search(ground.context.text[max(0, mention.start - 45) : mention.start]):
            return Judgement("contradicted", proof_of(other), other.reference)
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
    denied = _denied(end, ground) or _denied_before(start, ground)
    if denied and denied in product.events:
        other = next((one for one in ground.facts.products if denied not in one.events), None)
        return Judgement("contradicted", proof_of(product), other.reference if other else None)
    affirmed = _affirmed(start, ground)
    events = (affirmed,) if affirmed else _bound_events(start, end, ground)
    proved = Judgement("proved", proof_of(product))
    if "delivery" in product.events and _NOTED.search(
        ground.context.text[ground.context.sentence(start).start : start]
    ):
        return proved
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


def _denied(end: int, ground: Ground) -> str:
    """The event that the words right after an article deny of it: "n'a pas été livrée"; "" for none."""
    text = ground.context.text
    found = _DENIED.match(text, end)
    if not found:
        return ""
    return {"com": "order", "fac": "invoice"}.get(found["verb"][:3], "delivery")


def _denied_before(start: int, ground: Ground) -> str:
    """The event that the words before an article deny of it: "nous ne vous avons pas livré la toile"; "" for none."""
    said = ground.context.text[ground.context.sentence(start).start : start]
    found = _DENIED_BEFORE.search(said)
    if not found or re.match(
        r"[^.;\n]{0,40}\b(?:en (?:entier|totalite)|conforme|complet|mais \d)", ground.context.text[start:]
    ):
        return ""
    return {"com": "order", "fac": "invoice"}.get(found["verb"][:3], "delivery")


def _affirmed(start: int, ground: Ground) -> str:
    """The event of an article in place of a denied one: "vous n'avez pas commandé X, mais bien Y"; "" for none."""
    found = _AFFIRMED.search(ground.context.text[ground.context.sentence(start).start : start])
    if not found:
        return ""
    return {"com": "order", "fac": "invoice"}.get(found["verb"][:3], "delivery")


def _tells_itself(start: int, ground: Ground) -> bool:
    """Whether a contrast is a whole clause with an event of its own: "alors que la commande indique …"."""
    context = ground.context
    wall = context.before(start, ("contrast", "wall"))[0]
    whole = context.text.startswith(("alors", "tandis"), wall.start)
    return whole and bool(context.within(wall.end, start, ("order", "invoice", "delivery")))


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
                r"[ ,;:(-]*(?:\d+ fils[ ,(]*)?(?:de |sous |portant |porte |est |la |l'|a |au )*(?:ref\w*|"
                r"article|produit|"
                r"code)?[ .:n°]*",
                gap,
            ):
                return cue.value
        elif mention.end <= cue.start < sentence.end:
            gap = text[mention.end : cue.start]
            if (
                re.fullmatch(
                    r"[ ,;:(/-]*(?:de |la |le |soit |est |designe |une? )*(?:(?:article|couleur|coloris|"
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
        or (context.contrasted(start) and not _tells_itself(start, ground))
        or STRUCK.search(context.text[context.sentence(start).start : start])
    ):
        return ()
    if _CONFUSED.search(context.text[context.sentence(start).start : start]):
        return ()
    if _WANTED.search(context.text[context.sentence(start).start : start]):
        return ("order", "new")
    clause_start, clause_end = context.clause(start)
    before = [cue for cue in context.within(clause_start, start, EVENTS)[::-1] if cue.tag != "received"]
    after = [cue for cue in context.within(end, clause_end, EVENTS) if cue.tag != "received"]
    after = [cue for cue in after[:1] if _TOUCHES.match(context.text[end : cue.start])]
    if not before and not after:
        return _column_events(start, ground) or _intro_events(context.sentence(start).intro, ground)
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


def _column_events(start: int, ground: Ground) -> tuple[str, ...]:
    """The event that heads the column of a table in which an article stands."""
    return tuple(cue.tag for cue in column_cues(ground.context, start, EVENTS)[:1])


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
