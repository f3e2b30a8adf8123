"""Whether a reference of a letter is that of the document, the article or the firm it is told of."""

import re
from collections.abc import Sequence

from promptlab.casefile.facts import NumberFact
from promptlab.casefile.facts_products import Product
from promptlab.casefile.facts_text import fold
from promptlab.casefile.references import compact, same_number
from promptlab.letter.judgement import UNSUPPORTED, Ground, Judgement
from promptlab.letter.mentions import Mention
from promptlab.letter.near import same_thing, similarity
from promptlab.letter.verdict_articles import STRUCK, proof_of

_DOCUMENTS = frozenset({"order", "delivery", "invoice", "complaint", "credit_note", "return_slip"})
_TWO_OF_THREE = 0.66
_OURS = re.compile(r"\b(?:notre|nos)\b[^,;.\n]{0,30}$")
# An article of law is proved as what the complaint cites; the writer's own reliance on it is not.
_CITED_BY_THEM = re.compile(
    r"\b(?:vous|votre|vos|reclamation|courriel|mail|message|cit\w+|invoqu\w+|evoqu\w+|mentionn\w+)\b"
)
_QUOTED = re.compile(r"\b(?:que vous|dont vous|cite|indique par vous|mentionne)")
_THEIRS = re.compile(r"\b(?:votre|vos)\b[^,;.\n]{0,30}$")


# ---------------------------------------------------------------- numbers of documents


def judge_number(mention: Mention, ground: Ground) -> Judgement:
    """The verdict on the number of a document."""
    written = str(mention.value)
    every = [fact for fact in ground.facts.numbers if fact.what in _DOCUMENTS]
    same = [fact for fact in every if _names(written, fact.value)]
    if not mention.what:
        article = None if same else _article_beside(mention, ground)
        if article is not None:
            return Judgement("contradicted", proof_of(article), article.reference)
        if not same and STRUCK.search(ground.context.text[max(0, mention.start - 30) : mention.start]):
            same_length = [fact for fact in every if len(compact(fact.value)) == len(compact(written))]
            near = [fact for fact in same_length if similarity(compact(written), compact(fact.value)) >= _TWO_OF_THREE]
            return Judgement("contradicted", near[0].source, near[0].value) if near else UNSUPPORTED
        return _number_of_nothing(written, same, every)
    kind = [fact for fact in same if fact.what == mention.what]
    own = [fact for fact in kind if not fact.by]
    ahead = ground.context.before(mention.start, ("new",))[:1]
    if not same and ahead and mention.start - ahead[0].end < 12:
        return UNSUPPORTED  # the number of a document still to come
    if own:
        return Judgement("proved", own[0].source)
    right = next((fact for fact in every if fact.what == mention.what and not fact.by), None)
    if kind:
        return _cited(mention, ground, kind, right)
    if right is None:
        elsewhere = [fact for fact in same if not fact.by]
        if elsewhere and mention.what not in ("complaint", "customer"):
            return Judgement("contradicted", elsewhere[0].source)
        return Judgement("proved", same[0].source) if same else UNSUPPORTED
    return Judgement("contradicted", right.source, right.value)


def _names(written: str, number: str) -> bool:
    return same_number(written, number) or compact(written) == compact(number)


def _number_of_nothing(written: str, same: Sequence[NumberFact], every: Sequence[NumberFact]) -> Judgement:
    if same:
        return Judgement("proved", same[0].source)
    near = [fact for fact in every if len(written) > 3 and _near_number(written, fact.value)]
    if near:
        return Judgement("contradicted", near[0].source, near[0].value)
    return UNSUPPORTED


def _near_number(written: str, number: str) -> bool:
    """Whether a number is a misspelling of another: nearly the same signs, or the same form with the same beginning."""
    one, other = compact(written), compact(number)
    same_form = re.sub(r"\d", "9", fold(written)) == re.sub(r"\d", "9", fold(number)) and len(one) > 4
    return similarity(one, other) >= (0.7 if same_form else 0.85)


def _article_beside(mention: Mention, ground: Ground) -> Product | None:
    """The article whose words stand right before a reference that is none of the case."""
    before = ground.context.before(mention.start, ("product",))[:1]
    if before and same_thing(ground.context.text[before[0].end : mention.start]):
        return ground.facts.product(before[0].value)
    return None


def _cited(mention: Mention, ground: Ground, cited: Sequence[NumberFact], right: NumberFact | None) -> Judgement:
    """The verdict on a number that only another document gives: right as what that document says."""
    context = ground.context
    sentence = context.sentence(mention.start)
    before = context.text[sentence.start : mention.start]
    proved = Judgement("proved", cited[0].source)
    wrong = Judgement("contradicted", right.source, right.value) if right else proved
    if right is None or STRUCK.search(before):
        return proved
    if any(fact.by == "complaint" for fact in cited):
        ours = _OURS.search(before)
        quoted = context.reported(mention.start) and not (ours and not _QUOTED.search(ours[0]))
        if quoted or (_THEIRS.search(before) and not ours):
            return proved
        aside = re.match(
            r"[^.;\n]{0,60}\b(?:que vous (?:cit|mentionn|indiqu|evoqu|joi)|erron|inexact|ne correspond|n'est "
            r"pas|incorrect|n'existe|ne figure)",
            context.text[mention.end : mention.end + 120],
        )
        return proved if aside else wrong
    said = {cue.tag for cue in context.within(sentence.start, sentence.end, ("delivery", "invoice", "ours"))}
    named = {fact.by for fact in cited}
    internal = re.search(
        r"intern|systeme|logiciel|n ?/ ?ref|nos ref|notre ref|porte|mentionne|indique|renvo|affirm|\bcite|"
        r"rattach|designe",
        before,
    )
    internal = internal or re.match(
        r"[ ,)(]*(?:qui est |est )?(?:notre|un) (?:numero|code)", context.text[mention.end :]
    )
    return proved if named & said or internal else wrong


# ---------------------------------------------------------------- law, telephone, mail, SIRET


def judge_law(mention: Mention, ground: Ground) -> Judgement:
    """The verdict on an article of law: right as what the complaint cites, else no document speaks of it."""
    known = [fact for fact in ground.facts.numbers if fact.what == "law"]
    same = next((fact for fact in known if _same_article(fact.value, str(mention.value))), None)
    if same:
        told = same.by != "complaint" or _CITED_BY_THEM.search(_sentence(mention, ground))
        return Judgement("proved", same.source) if told else Judgement("unsupported", same.source)
    if known and re.search(
        r"vous (?:cit|invoqu|mentionn|evoqu|rappel|faites|vous appuy)\w*|votre (?:courriel|reclamation|message)",
        _sentence(mention, ground),
    ):
        return Judgement("contradicted", known[0].source, known[0].value)
    return UNSUPPORTED


def _same_article(one: str, other: str) -> bool:
    """Whether two articles of law are one, where a writer leaves out the letter of its part ("L221-18")."""
    first, second = compact(one), compact(other)
    bare = first.lstrip("lrd"), second.lstrip("lrd")
    return first == second or (bare[0] == bare[1] and bare != (first, second) and (first in bare or second in bare))


def _sentence(mention: Mention, ground: Ground) -> str:
    sentence = ground.context.sentence(mention.start)
    return ground.context.text[sentence.start : sentence.end]


def judge_contact(mention: Mention, ground: Ground) -> Judgement:
    """The verdict on a telephone number, a mail address, a SIRET or SIREN, an APE code."""
    written = _plain(str(mention.value), mention.what)
    known = [fact for fact in ground.facts.numbers if fact.what == mention.what]
    for fact in known:
        other = _plain(fact.value, fact.what)
        if written == other or (mention.what == "siret" and (other.startswith(written) or written.startswith(other))):
            return Judgement("proved", fact.source)
    most = {"phone": 0.55, "email": 0.8, "siret": 0.7, "ape": 0.5}[mention.what]
    scored = [(_likeness(written, _plain(fact.value, fact.what), mention.what), fact) for fact in known]
    best = max(scored, key=lambda pair: pair[0], default=None)
    if best and (best[0] >= most or _in_place_of(mention, ground)):
        return Judgement("contradicted", best[1].source, best[1].value)
    return UNSUPPORTED


def _in_place_of(mention: Mention, ground: Ground) -> bool:
    """Whether an unknown contact stands where a known one belongs: our telephone, the customer's mail address."""
    written = str(mention.value)
    if mention.what == "phone":
        return not re.match(r"(?:0|\+33 ?)[67]", written)
    line = ground.context.text[ground.context.text.rfind("\n", 0, mention.start) + 1 : mention.start]
    return mention.what == "email" and bool(re.match(r"\s*(?:a|to|destinataire|pour) ?:", line))


def _plain(written: str, what: str) -> str:
    if what == "email":
        return fold(written)
    digits = re.sub(r"\D", "", written) if what != "ape" else compact(written)
    return f"0{digits[2:].removeprefix('0')}" if what == "phone" and digits.startswith("33") else digits


def _likeness(one: str, other: str, what: str) -> float:
    if what == "phone":
        return sum(a == b for a, b in zip(one, other, strict=False)) / 10 if len(one) == len(other) else 0.0
    if what == "email" and one.split("@")[0] == other.split("@")[0]:
        return 1.0
    return similarity(one, other)
