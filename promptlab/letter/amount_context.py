"""What an amount of a letter is told of: the article, the document, the amount just before."""

import re
from collections.abc import Sequence

from promptlab.casefile.facts import AmountFact
from promptlab.letter.amount_moves import BILLED, CORRECTED, SHOULD, is_sold_out, of_move
from promptlab.letter.amount_words import nature_of
from promptlab.letter.cues import Cue
from promptlab.letter.judgement import Ground
from promptlab.letter.mentions import Mention
from promptlab.letter.near import antecedent, is_proposal, is_settled, linked, same_thing
from promptlab.letter.tables import column_article

DOCUMENTS = (
    "order",
    "invoice",
    "credit",
    "new",
    "due",
    "difference",
    "return",
    "complaint",
    "delivery",
    "refund",
    "discount",
)
_ABOVE_ARTICLES = ("credit", "return", "due", "difference", "refund", "complaint")
# What an amount told of the cue on the left may be an amount of.
MEANS = {"refund": {"credit", "difference"}, "discount": {"order", "invoice", "after", "due", "credit", "new"}}
_JOINED = re.compile(
    r"[ .()]*(?:h\.?t\.?|t\.?t\.?c\.?|hors taxes?|de tva)?[ )]*(?:soit|\+|\(|,|et|donc|=|;|\n|ou|c'est-a-dire|plus|-|$)"
)
_NEXT = re.compile(r"\bet (?:la|le|l'|une?) \w+ (?:de|d'un)")
_WHOLE = re.compile(r"\b(?:le tout|l'ensemble|en tout|au total|total)\b[^;.\n€]*$")
_WAS_BILLED = re.compile(r" ?(?:h\.?t\.?|t\.?t\.?c\.?|hors taxes?)? ?(?:vous )?(?:a|ont) (?:bien )?ete (?:bien )?")
_WITHOUT = re.compile(r"\bsans (?:le |la |l'|les )?(?:toile |tissu )?$")
_BECOMES = re.compile(r" ?(?:€|euros?)?,? (?:devenus?|deviennent|transformee?s?)\b")
_RENEWED = re.compile(r"\bnouve(?:au|lle|l) (?:montant|total|solde|net|somme)\b[^;.\n€]*$")
_NAMED_NEXT = re.compile(r" ?(?:€|euros?)?(?: (?:ht|ttc))? ?(?:sur|pour|au titre de) (?:la |votre |notre |l'|cette )?$")
_OPERATED = re.compile(r" ?(?:€|euros?)?(?: (?:ht|ttc))? ?(?:[-+=x/]|de moins|en moins|de plus|\()")
_OWED = re.compile(
    r"rest|dette|net|solde|ramen|redevable|somme|montant|devrez|devez|regl|a (?:nous )?(?:regler|payer)|payer"
)
_BRACKET = re.compile(r"(?: ?n ?° ?[\w/-]+)? ?\( ?")
_SPLIT = ("order", "invoice", "credit", "new", "due", "difference", "delivery", "product", "contrast", "discount")
_BROUGHT = re.compile(r"\b(?:ramen|pass|redui|descen|abaiss)\w* (?:donc |ainsi |alors )?a\b")
_NOT_DUE = re.compile(r"\b(?:n'y a pas lieu|n'avez (?:pas|plus) a|ne dev\w+ (?:pas|plus))\b")
_UNPAID = re.compile(r"\bne (?:pas (?:nous )?(?:regler|payer|verser|virer)|(?:regl|pay|vers)ez pas)\b[^;.\n]*$")
_SO_FAR = re.compile(
    r"\b(?:a ce jour|actuel\w*|aujourd'hui|pour (?:le moment|l'instant)|debiteur|avant (?:correction|regul)|"
    r"avec (?:la|cette) facture|"
    r"aur(?:ait|ai[et]nt|iez) (?:coute|paye|regle|verse))"
)
# "le bleu est à …", and what stands between a credit note and its amount.
_COSTS = re.compile(
    r"(?:\b(?:le|la|les|du|de la) |\d )[\w ]{3,30}?\b(?:est|etait|vaut|valait|coute|coutait|revient|reste) "
    r"(?:actuellement |bien )?(?:vendue? |proposee? )?a? ?$"
)
_VALUED = re.compile(
    r"(?: ?n ?° ?[\w/-]+)?,?(?: (?:(?:ttc|ht|total|d'un montant|de|d'une valeur|a hauteur|pour un montant|d'un "
    r"total|est|"
    r"sera|s'elev\w+|se mont\w+|se chiffr\w+|s'etabli\w+|atteint|atteindra|comprend|comprendra|vaut|vaudra|fait|"
    r"a|porte sur|portera sur|soit|"
    r"du montant|partiel|complet|global|alors|donc|ainsi|egal)(?= |$))){0,6} ?:? ?"
    r"(?:\d[\d .,]* ?(?:€|euros?)? ?(?:ht|ttc|hors taxes?)?,? ?(?:soit|donc|\(|=) ?)?"
)
_LESS = re.compile(r" ?(?:€|euros?)?(?: ?(?:ht|ttc))? (?:de|en) (?:moins|plus|trop)\b")
_OF = re.compile(
    r"[ )]*(?:€|euros?|h\.?t\.?|t\.?t\.?c\.?|hors taxes?)*[ )]*(?:(?:reclam|compt|demand|pay|regl)\w* )?(?:au "
    r"titre|correspond\w*|concern\w*|pour|de|d'|"
    r"des|du|sur|\()"
)


def _following(mention: Mention, ground: Ground) -> list[Cue]:
    """The article named right after an amount: "670 € pour la toile noire"."""
    context, text = ground.context, ground.context.text
    end = context.clause(mention.start)[1]
    found: list[Cue] = []
    for cue in context.within(mention.end, end, ("product",))[:1]:
        gap = text[mention.end : cue.start]
        if (
            len(gap) < 70
            and _OF.match(gap)
            and not re.search(r"[,;\d€]|\bet\b|\bpar\b", re.sub(r"\d+ ?(?:m|metres?)\b|n ?°|,? ref\w*\.?", "", gap))
        ):
            found.append(cue)
    return found


def articles_told(mention: Mention, ground: Ground) -> list[Cue]:
    """The articles that an amount may be told of, the surest first: the one after "pour", those before it."""
    context = ground.context
    start, _end = context.clause(mention.start)
    before = [
        cue
        for cue in context.within(start, mention.start, ("product",))[::-1]
        if not _WITHOUT.search(context.text[max(start, cue.start - 16) : cue.start])
    ]
    if before and (
        _NEXT.search(context.text[before[0].end : mention.start])
        or _WHOLE.search(context.text[before[0].end : mention.start])
        or _BECOMES.match(context.text, mention.end)
    ):
        before = []
    return _following(mention, ground) + (before or antecedent(context, mention.start))


def of_article(mention: Mention, ground: Ground, facts: Sequence[AmountFact]) -> list[AmountFact]:
    """Those of `facts` that fit the article beside the amount; all of them where it is told of none."""
    if above := column_article(ground.context, mention.start):
        return [fact for fact in facts if above in fact.products or not fact.products]
    told = articles_told(mention, ground)
    if told and _is_of_one_article(mention, ground, told[0]):
        facts = [fact for fact in facts if fact.products or "difference" in fact.about or fact.measure == "discount"]
    if not told or any(not fact.products for fact in facts):
        return list(facts)
    context = ground.context
    nearest = told[0]
    if nearest.end <= mention.start and context.within(nearest.end, mention.start, _ABOVE_ARTICLES):
        between = {cue.tag for cue in context.within(nearest.end, mention.start, _ABOVE_ARTICLES)}
        if any(between & fact.about for fact in facts):
            return list(facts)
    if nearest.end <= mention.start and re.fullmatch(r" ?[(:=] ?", context.text[nearest.end : mention.start]):
        beside = [cue for cue in told[1:2] if same_thing(context.text[cue.end : nearest.start])]
        return [fact for fact in facts if fact.products & {cue.value for cue in (nearest, *beside)}]
    open_ = {nearest.value} | {
        cue.value for cue in told[1:2] if nearest.start > mention.end or _paired(cue, nearest, ground)
    }
    return [fact for fact in facts if fact.products & open_]


def _is_of_one_article(mention: Mention, ground: Ground, article: Cue) -> bool:
    """Whether an amount can only be one of the article named before it, no total: nothing else stands between."""
    context = ground.context
    if article.end > mention.start:
        return False
    start, _end = context.clause(mention.start)
    money = context.text.rfind("€", start, article.start)
    here = context.within(max(start, money), mention.start, ("product",))
    if not here or len({cue.value for cue in here}) > 1:
        return False
    gap = context.text[article.end : mention.start]
    row = context.text[start : article.start].lstrip(" \n").startswith(";") or context.text[start] == ";"
    if row:
        return True
    return len(gap) < 60 and not context.within(
        article.end, mention.start, (*_ABOVE_ARTICLES, "total", "order", "after")
    )


def of_pair(mention: Mention, ground: Ground, facts: Sequence[AmountFact]) -> list[AmountFact]:
    """Those of `facts` that belong with the amount told just before: "476,50 € HT, soit 571,80 € TTC"."""
    before = ground.before
    nature = nature_of(mention, ground)
    if before is None or not nature:
        return list(facts)
    gap = ground.context.text[before.end : mention.start]
    kind = nature_of(before, ground)
    if (
        len(gap) > 60
        or not _JOINED.match(gap)
        or kind in ("", nature)
        or ground.context.within(before.end, mention.start, _SPLIT)
    ):
        return list(facts)
    groups = {fact.group for fact in ground.facts.amounts if fact.value == before.value and fact.nature == kind}
    if not groups:
        return list(facts)
    return [fact for fact in facts if fact.group in groups]


def _paired(one: Cue, other: Cue, ground: Ground) -> bool:
    """Whether two mentions of articles stand side by side as one thing, or one in place of the other."""
    first, second = sorted((one, other), key=lambda cue: cue.start)
    gap = ground.context.text[first.end : second.start]
    return "€" not in gap and bool(
        re.search(r"\bet\b|\bou\b|\bpar\b|place|lieu|contre|remplac", gap) or same_thing(gap)
    )


def of_document(mention: Mention, ground: Ground, facts: Sequence[AmountFact]) -> list[AmountFact]:
    """Those of `facts` that fit the document or event beside the amount; all of them where none is told."""
    context = ground.context
    said = context.text[context.sentence(mention.start).start : mention.start]
    if (moved := of_move(mention, ground, facts)) is not None:
        return moved
    chain, after = _documents_told(mention, ground)
    if (told := _of_words_beside(mention, ground, facts, chain)) is not None:
        return told
    tags = _tags_of(chain or after)
    if not tags:
        return _about(facts, {"after", "due"}) if _RENEWED.search(said) else list(facts)
    if context.reported(mention.start):
        tags |= {"complaint"}
    trade = [cue for cue in chain or after if cue.tag in ("invoice", "delivery")]
    if trade and (is_proposal(context, mention.start) or not is_settled(context, ground.text, trade[0])):
        tags |= {"new"}
    if chain and _BRACKET.fullmatch(context.text[chain[0].end : mention.start]):
        return _about(facts, _tags_of(chain[:1]) | (tags & {"new"}))
    if _told_so_far(mention, ground):
        tags |= {"invoice"} if "due" in tags else set()
    fitting = _about(facts, tags)
    invoiced = all("invoice" in fact.about and fact.measure in ("total", "discount") for fact in facts)
    if (measured := _of_measure(mention, ground, facts, chain)) is not None:
        return measured
    if fitting or not (tags & {"order", "invoice", "credit", "new"} or (invoiced and "due" in tags)):
        return _whole(mention, ground, fitting or list(facts), tags)
    return _about(facts, tags | _tags_of(after) | _turned(mention, ground, tags))


def _of_words_beside(
    mention: Mention, ground: Ground, facts: Sequence[AmountFact], chain: Sequence[Cue]
) -> list[AmountFact] | None:
    """Those of `facts` that the words right before allow: "un avoir de 804 €", "le bleu est à 476,50 €"."""
    said = ground.context.text[ground.context.sentence(mention.start).start : mention.start]
    if _COSTS.search(said) and not (chain and chain[0].tag in ("credit", "return")):
        return list(facts)  # the price of an article, on whatever document
    if _UNPAID.search(said):
        return list(facts)  # "merci de ne pas régler 4 699,02 €": what is not to be paid
    if not chain or chain[0].tag != "credit" or chain[0].end > mention.start:
        return None
    gap = ground.context.text[chain[0].end : mention.start]
    if _LESS.match(ground.context.text, mention.end) or not _VALUED.fullmatch(gap):
        return None
    return [fact for fact in facts if "credit" in fact.about and fact.measure != "difference"]


def _told_so_far(mention: Mention, ground: Ground) -> bool:
    """Whether the sentence tells of what is due before the correction, up to the words that bring it to another sum."""
    text, start = ground.context.text, ground.context.sentence(mention.start).start
    brought = [found.end() for found in _BROUGHT.finditer(text, start, mention.start)]
    return _SO_FAR.search(text, brought[-1] if brought else start, mention.end + 40) is not None


def _of_measure(
    mention: Mention, ground: Ground, facts: Sequence[AmountFact], chain: Sequence[Cue]
) -> list[AmountFact] | None:
    """Those of `facts` that are a difference, a cash discount, what is due, where the words right before say so."""
    if not chain or chain[0].end > mention.start:
        return None
    context = ground.context
    gap = context.text[chain[0].end : mention.start]
    plain = re.sub(r"(?<=\d)[.,](?=\d)", "", gap)
    operated = _OPERATED.match(context.text[mention.end : mention.end + 30])
    if chain[0].tag == "difference" and re.fullmatch(r"(?!.*\bentre\b)[^,;(=\n]{0,45}", plain) and not operated:
        return [fact for fact in facts if "difference" in fact.about and fact.measure != "total"]
    if chain[0].tag == "discount" and len(plain) < 25 and not re.search(r"% (?:de|sur) (?:la |les )?$", plain):
        return [fact for fact in facts if fact.measure == "discount"]
    owed = _OWED.match(context.text[chain[0].start : chain[0].end])
    alone = not context.has(mention.start, ("product", "new", "contrast", "difference"))
    alone = alone and not _told_so_far(mention, ground)
    alone = alone and not _NOT_DUE.search(context.text[context.clause(mention.start)[0] : mention.start])
    alone = alone and not SHOULD.search(context.text[context.clause(mention.start)[0] : mention.start])
    if chain[0].tag == "due" and owed and is_sold_out(mention, ground) and len(plain) < 60 and not operated:
        return [fact for fact in facts if fact.measure in ("due", "discount")]
    if (
        chain[0].tag == "due"
        and owed
        and alone
        and {cue.tag for cue in chain} == {"due"}
        and len(plain) < 60
        and not operated
    ):
        return [
            fact for fact in facts if fact.about & {"due", "after"} and fact.measure in ("total", "due", "discount")
        ]
    return None


def _documents_told(mention: Mention, ground: Ground) -> tuple[list[Cue], list[Cue]]:
    """The documents named before an amount, and the one named right after it."""
    context = ground.context
    chain = linked(context, mention.start, DOCUMENTS)
    after = []
    for cue in context.after(mention.end, DOCUMENTS)[:1]:
        gap = context.text[mention.end : cue.start]
        billed = cue.tag == "invoice" and _WAS_BILLED.fullmatch(gap)
        if billed or (len(gap) < 45 and (_OF.match(gap) or (cue.tag == "due" and len(gap) < 15))):
            after.append(cue)
        if chain and after and "€" in context.text[chain[0].end : mention.start] and _NAMED_NEXT.match(gap):
            chain = []
    return chain, after


def _tags_of(cues: Sequence[Cue]) -> set[str]:
    return {tag for cue in cues for tag in MEANS.get(cue.tag, {cue.tag})}


def _about(facts: Sequence[AmountFact], tags: set[str]) -> list[AmountFact]:
    return [fact for fact in facts if fact.about & tags]


def _turned(mention: Mention, ground: Ground, tags: set[str]) -> set[str]:
    """What an amount may be told of besides, where the sentence speaks of what changes or ought to have been."""
    context = ground.context
    start = context.sentence(mention.start).start
    renewed = context.within(start, mention.start, ("new",))  # "nouvelle facture": it has amounts of its own
    corrected = CORRECTED.match(context.text[mention.end : mention.end + 45])
    if corrected and not BILLED.search(context.text[start : mention.start]):
        return {"after", "difference", "order"}
    turning = {
        cue.tag
        for cue in context.within(start, mention.start, ("after", "should", "contrast", "due", "difference"))
        if not (cue.tag in ("after", "due") and _deducted(cue, context.text))
        and not (cue.tag == "after" and any(one.start <= cue.start < one.end for one in renewed))
    }
    found = {"after", "difference"} if turning else set()
    found |= {"order"} if turning & {"should", "contrast"} else set()
    cancelled = "credit" in tags and re.search(r"annul|total", context.text[start : mention.start])
    return found | ({"invoice"} if "contrast" in turning or cancelled else set())


def _deducted(cue: Cue, text: str) -> bool:
    """Whether a word of deduction only says from what: "en déduction de la facture n° 879, d'un montant de …"."""
    if text.startswith("regl", cue.start):
        return True
    following = re.match(r" (?:de|sur) (?:la|votre|notre|cette)\b", text[cue.end : cue.end + 20])
    return text.startswith("dedu", cue.start) and following is not None


def _whole(mention: Mention, ground: Ground, facts: list[AmountFact], tags: set[str]) -> list[AmountFact]:
    """`facts` without amounts of single lines where the words say that it is the total of a document."""
    context = ground.context
    sentence = context.sentence(mention.start)
    if not tags & {"invoice", "order"} or tags & {"credit", "difference", "new", "due", "return"}:
        return facts
    if context.within(sentence.start, sentence.end, ("product",)) or sentence.intro is not None:
        return facts
    if column_article(context, mention.start):
        return facts
    if not context.before(mention.start, ("total",), clause=True)[:1]:
        return facts
    whole = [fact for fact in facts if fact.measure not in ("line", "unit")]
    printed = [fact for fact in whole if fact.measure == "total" and fact.about & tags]
    return printed or whole
