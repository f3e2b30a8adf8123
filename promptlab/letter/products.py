"""Where a letter speaks of an article: by its reference, or by the words that tell it from the others."""

import re
from collections.abc import Iterator

from promptlab.casefile.facts import Facts
from promptlab.casefile.facts_text import stem, vocabulary
from promptlab.casefile.references import compact
from promptlab.letter.cues import Cue
from promptlab.letter.mentions import Mention
from promptlab.letter.near import same_thing

_COLOURS = vocabulary(
    """
    bleu bleue noir noire beige rouge vert verte jaune gris grise blanc blanche rose orange marron violet
    violette ecru ecrue bordeaux marine turquoise dore doree argente argentee mauve ivoire taupe creme kaki
    """
)
_PLAIN_NOUNS = vocabulary("tissu toile etoffe article produit modele coloris couleur version reference")
# Colours that are other things too: never read as such without a noun before them.
_AMBIGUOUS = vocabulary("bordeaux orange rose marine ivoire creme marron taupe or")
_BARE = re.compile(r"(?:\b(?:du|le|en|un|la)|\d ?(?:m|metres?) de|:) (?P<word>[a-zœæ]{4,})(?=[ ,.;)(!?\n]|$)")
_WORD = re.compile(r"[a-zœæ]{3,}")


def product_cues(folded: str, found: list[Mention], facts: Facts) -> Iterator[Cue]:
    """A cue `product` wherever a reference or a distinctive word names an article; `value` is its full reference."""
    for mention in found:
        if mention.kind == "article":
            reference = resolved(str(mention.value), facts)
            if reference:
                yield Cue(mention.start, mention.end, "product", reference)
    own = {word: product.reference for product in facts.products for word in product.words}
    spans = [(mention.start, mention.end) for mention in found if mention.kind in ("article", "contact", "number")]
    inside = bytearray(len(folded))
    for start, end in spans:
        inside[start:end] = b"\1" * (end - start)
    for word in _WORD.finditer(folded):
        reference = _own(word[0], own)
        if reference and not inside[word.start()]:
            yield Cue(word.start(), word.end(), "product", reference)


def resolved(written: str, facts: Facts) -> str:
    """The full reference of the article that `written` names, "" where it names none of the case."""
    name = compact(written)
    return next((product.reference for product in facts.products if name in product.names), "")


def designations(folded: str, facts: Facts) -> Iterator[tuple[int, int, str]]:
    """Where an article is named by a noun and its distinctive word ("toile bleue"): start, end, reference.

    The reference is "" where the noun fits and the colour is none of the case's articles.
    """
    shared = {word for product in facts.products for word in product.shared}
    own = {word: product.reference for product in facts.products for word in product.words}
    colours = bool(set(own) & _COLOURS)
    nouns = shared | _PLAIN_NOUNS if colours else shared
    seen: set[int] = set()
    for noun in _WORD.finditer(folded):
        if stem(noun[0]) not in nouns:
            continue
        following = re.match(
            r"(?: d'ameublement)?(?: de couleur| couleur)? ([a-zœæ]{3,})(?!\w)", folded[noun.end() : noun.end() + 45]
        )
        if following:
            reference = _own(following[1], own)
            if (reference and stem(noun[0]) in nouns) or (colours and not reference and stem(following[1]) in _COLOURS):
                seen.add(noun.end() + following.start(1))
                yield noun.start(), noun.end() + following.end(), reference
    for bare in _BARE.finditer(folded) if colours else ():
        word = stem(bare["word"])
        if word in _COLOURS - _AMBIGUOUS and not _own(bare["word"], own) and bare.start("word") not in seen:
            yield bare.start("word"), bare.end("word"), ""


def colour_before(start: int, folded: str, facts: Facts) -> bool:
    """Whether a colour that no article of the case has stands right before a reference: "tissu rouge réf. A52000"."""
    own = {word: product.reference for product in facts.products for word in product.words}
    if not set(own) & _COLOURS:
        return False
    found = re.search(
        r"([a-zœæ]{3,})(?P<gap>[^a-zœæ]{0,4}(?:(?:de |la |sous )?(?:ref\w*|article|produit|code))?[ .:n°(]*)$",
        folded[max(0, start - 45) : start],
    )
    if not found or not same_thing(found["gap"]):
        return False
    return stem(found[1]) in _COLOURS and not _own(found[1], own)


def _own(word: str, own: dict[str, str]) -> str:
    """The article that a word tells from the others, as it is written or without its ending; "" for none."""
    return own.get(stem(word)) or own.get(word, "")


def other_colour(folded: str, facts: Facts) -> bool:
    """Whether a text begins with "de" and a colour that no article of the case has: "de vert", "de tissu rouge"."""
    own = {word: product.reference for product in facts.products for word in product.words}
    found = re.match(r" ?(?:de|d')(?: tissu| toile| coloris)? ?([a-zœæ]{3,})(?!\w)", folded)
    return bool(found and set(own) & _COLOURS and stem(found[1]) in _COLOURS and not _own(found[1], own))
