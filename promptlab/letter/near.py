"""How near two spellings are, and which documents a place of the letter is told of."""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from promptlab.letter.context import Context
from promptlab.letter.cues import Cue
from promptlab.letter.tables import column_cues

_LINK = 60  # characters between two nouns of one group: "la facture n° 879 du 26/11/N relative à votre commande"
_BACK = re.compile(
    r"\b(?:cette (?!erreur|command|factur|livraison|situation|somme|date|differ|reclam|demande|lettre|annee|"
    r"anomal|regul|remise)\w+|cet article|ce (?:produit|tissu|modele|materiel|meuble)|celle-ci|celui-ci|elle|"
    r"ce dernier|ces articles)\b"
)
# What "elle" may stand for as well.
_OTHER_NOUN = re.compile(r"\b(?:facture|commande|livraison|reclamation|somme|tva|taxe|echeance|erreur)\b")
_PAST = re.compile(
    r"\b(?:avons|avez|ont|aviez|avions|avait|avaient|ete|etait|etaient|figur\w+|mention\w+|indiqu\w+|montr\w+|"
    r"porte|portait|comport\w+|"
    r"apparait\w*|constat\w+|s'eleve|a (?:remis|mis|livre|envoye|expedie|facture|prepare|recu|place|joint))\b"
)
_NUMBERED = re.compile(
    r" ?(?:(?:n ?° ?|no\.? ?|numero )\w|[a-z]{0,5}[/-]?\d[\w/-]*\b(?! ?[.,]\d| ?(?:€|euros?|%|m\b|metres?|ht\b|"
    r"ttc\b|\d))|"
    r"initiale|d'origine|erronee|litigieuse|contestee)"
)
_THE = re.compile(r"\b(?:la|notre|votre|cette) $")
_PRESENT = re.compile(r"\bvous (?:est|sont) $")  # "le tissu bleu vous est livré franco": of what is to come as well
_AFTERWARDS = re.compile(r"\bapres (?:la |une |notre )?$")
_FOR_ONE = re.compile(r" (?:du|de la) (?!\d)[a-z]")
_ISSUED = re.compile(
    r"\b(?:adress|envo|etabli|joign|joint|parv|emett|recev|trouv|transm|ainsi que|editer|fourni|propos|r?envoy)"
)
_QUOTED = re.compile(
    r"[\W\d]*(?:(?:notre |votre |le |la )?(?:bons? de livraison|factures?|bl|livre\w*|expedie\w*)\b(?! (?:sera|"
    r"a venir))[^:]{0,40}:)"
)
_APART = re.compile(r"[,;:(]|\b(?:avez|avons|est|sont|a|ont|ete|que|qui|et|nous|vous|afin|pour)\b")


def similarity(one: str, other: str) -> float:
    """How like two spellings are, from 0 to 1; two signs that changed places count as near."""
    if one == other:
        return 1.0
    ratio = SequenceMatcher(None, one, other, autojunk=False).ratio()
    return max(ratio, 0.9) if swapped(one, other) else ratio


def swapped(one: str, other: str) -> bool:
    """Whether two spellings have the same signs but for two that changed places."""
    if len(one) != len(other):
        return False
    different = [place for place in range(len(one)) if one[place] != other[place]]
    return len(different) == 2 and sorted(one) == sorted(other)


def is_proposal(context: Context, place: int) -> bool:
    """Whether a sentence, or what introduces it, says what is going to be done."""
    sentence = context.sentence(place)
    around = [sentence] if sentence.intro is None else [sentence, sentence.intro]
    return any(context.within(one.start, one.end, ("proposal",)) for one in around)


def is_settled(context: Context, text: str, cue: Cue) -> bool:
    """Whether a delivery or an invoice is told of as past: a participle, a past tense, a document that is quoted."""
    sentence = context.sentence(cue.start)
    if _NUMBERED.match(context.text, cue.end) and not context.within(cue.end, cue.end + 25, ("product",)):
        return True
    if _AFTERWARDS.search(context.text[max(sentence.start, cue.start - 12) : cue.start]) and _FOR_ONE.match(
        context.text, cue.end
    ):
        return False  # "après la facture du tissu bleu": one that is still to come
    if text[cue.start : cue.end].casefold().rstrip("es").endswith("é"):
        present = _PRESENT.search(context.text[max(sentence.start, cue.start - 14) : cue.start])
        return not present and not context.within(sentence.start, cue.start, ("new",))
    said = context.text[sentence.start : sentence.end]
    if _THE.search(context.text[max(sentence.start, cue.start - 8) : cue.start]) and not _ISSUED.search(said):
        return True
    quoted = _QUOTED.match(said)
    return bool(_PAST.search(said)) or (quoted is not None and cue.start < sentence.start + quoted.end())


def same_thing(gap: str) -> bool:
    """Whether what stands between two names of articles makes them one: "toile bleue, réf. A52000"."""
    return bool(
        re.fullmatch(
            r"[ ,;:(/)-]*(?:\d+ fils[ ,(]*)?(?:(?:de|sous|portant|la|le|l'|a|au|couleur|coloris) "
            r"?)*(?:ref\w*|article|produit|code)?[ .:n°(]*",
            gap,
        )
    )


def antecedent(context: Context, place: int) -> list[Cue]:
    """The article that "cette toile", "cet article" or "elle" stands for: the first that the sentence before names."""
    sentence = context.sentence(place)
    clause = context.clause(place)[0]
    back = _BACK.search(context.text[sentence.start : place])
    if not back:
        return []
    if clause > sentence.start and back.start() >= clause - sentence.start:
        named = context.within(sentence.start, clause, ("product",))
        named = [cue for cue in named if not context.contrasted(cue.start)]
        if named:
            gap = context.text[named[-1].end : sentence.start + back.start()]
            return [] if _OTHER_NOUN.search(gap) else named[-1:]
    before = context.sentence(max(0, sentence.start - 1))
    named = [cue for cue in context.within(before.start, before.end, ("product",)) if not context.contrasted(cue.start)]
    return named[-1:] if len({cue.value for cue in named}) == 1 else []


def linked(context: Context, place: int, tags: Sequence[str]) -> list[Cue]:
    """The cues before `place` that its noun group may speak of: the nearest, and those it hangs on.

    A list item without a cue of its own is told of what its introduction names.
    """
    start, _end = context.clause(place)
    found = context.within(start, place, tags)[::-1]
    if not found:
        return column_cues(context, place, tags)[:1] or _from_intro(context, place, tags)
    chain = [found[0]]
    for cue in found[1:]:
        gap = context.text[cue.end : chain[-1].start]
        if len(gap) > _LINK or _APART.search(gap):
            break
        chain.append(cue)
    return chain


def _from_intro(context: Context, place: int, tags: Sequence[str]) -> list[Cue]:
    sentence = context.sentence(place)
    if sentence.intro is None:
        return []
    return context.within(sentence.intro.start, sentence.intro.end, tags)[-1:]
