"""One article in place of another: which of the two came, which was ordered."""

import re

from promptlab.casefile.facts_products import Product
from promptlab.letter.cues import Cue
from promptlab.letter.judgement import Ground
from promptlab.letter.near import is_proposal

_TRADE = ("delivery", "invoice", "received")
_INSTEAD = re.compile(r"au lieu d|a la place d|en lieu et place d|en remplacement d|plutot qu")
_NEAR = re.compile(r"[^€;.]{0,60}")


def in_place_of(start: int, ground: Ground) -> frozenset[str] | None:
    """The articles that may stand at `start` of "X … in place of Y", of what was delivered or invoiced.

    X is one that came without being ordered, Y one that was ordered and did not come. None where the words make no
    such sentence, or the case knows no such exchange.
    """
    wrong = frozenset(one.reference for one in ground.facts.products if _came(one))
    lacking = frozenset(one.reference for one in ground.facts.products if _lacks(one))
    if not wrong or not lacking:
        return None
    context = ground.context
    sentence = context.sentence(start)
    here = (sentence.start, sentence.end)
    if not context.within(*here, _TRADE) or is_proposal(context, start):
        return None
    if context.within(*here, ("new", "should", "negation", "return", "credit", "refund", "due")):
        return None
    contrasts = [cue for cue in context.within(*here, ("contrast",)) if _INSTEAD.match(context.text, cue.start)]
    if len(contrasts) != 1:
        return None
    first, second = _sides(contrasts[0], here, ground)
    if start in first:
        return wrong
    return lacking if start in second else None


def _came(product: Product) -> bool:
    return "order" not in product.events and bool(product.events & {"delivery", "invoice"})


def _lacks(product: Product) -> bool:
    return "order" in product.events and not product.events & {"delivery", "invoice"}


def _sides(contrast: Cue, here: tuple[int, int], ground: Ground) -> tuple[set[int], set[int]]:
    """Where the article in place and the one replaced are named, each by its reference or its words or both."""
    context = ground.context
    before = context.within(here[0], contrast.start, ("product",))[::-1]
    after = context.within(contrast.end, here[1], ("product",))
    if not after or not _NEAR.fullmatch(context.text[contrast.end : after[0].start]):
        return set(), set()
    replaced = _group(after, ground)
    if before:
        gap = context.text[before[0].end : contrast.start]
        in_place = (
            _group(before, ground) if _NEAR.fullmatch(gap) and not _ordered(here[0], before[0], ground) else set()
        )
    else:
        in_place = _group([cue for cue in after if cue.start not in replaced], ground)
        in_place = in_place if in_place and context.within(max(replaced), min(in_place), _TRADE) else set()
    return (in_place, replaced) if in_place else (set(), set())


def _ordered(start: int, article: Cue, ground: Ground) -> bool:
    """Whether the event told last before an article is the order: "vous avez commandé X"."""
    told = ground.context.within(start, article.start, (*_TRADE, "order"))
    return bool(told) and told[-1].tag == "order"


def _group(cues: list[Cue], ground: Ground) -> set[int]:
    """The places of the first of `cues` and of those that stand right beside it."""
    if not cues:
        return set()
    found = {cues[0].start}
    last = cues[0]
    for cue in cues[1:]:
        one, other = sorted((last, cue), key=lambda each: each.start)
        gap = ground.context.text[one.end : other.start]
        if len(gap) > 25 or re.search(r"\bet\b|,|;|\bpar\b|€|recu|livr|factur", gap):
            break
        found.add(cue.start)
        last = cue
    return found
