"""The words beside an amount that say whether it is HT, TTC or VAT, or the price of one unit."""

import re

from promptlab.casefile.facts import Nature
from promptlab.letter.judgement import Ground
from promptlab.letter.mentions import Mention

_RIGHT: tuple[tuple[Nature, str], ...] = (
    (
        "ttc",
        r"(?! ?,[^\d;\n]{0,12}\d)[ (,]*(?:montant )?"
        r"(?:t\.?t\.?c\b|(?:toutes? )?taxes? comprises?|toutes? taxes|tva (?:comprise|incluse)|tout compris|"
        r"(?:sur le|en) (?:montant )?t\.?t\.?c\b|"
        r"avec (?:la )?tva\b)(?! ?[=:])",
    ),
    (
        "ht",
        r"(?! ?,[^\d;\n]{0,12}\d)[ (,]*(?:montant )?(?:(?:sur le |en )?(?:montant )?h\.?t\b|hors[ -]tax|hors "
        r"tva)(?! ?[=:])",
    ),
    ("vat", r" ?(?:(?:de|d'|au titre de|sur|en) ?(?:la )?\(?(?:t\.?v\.?a\b|taxe\b)|\(?t\.?v\.?a\b(?! ?[:=(\d]))"),
)
_LEFT = re.compile(
    r"(?P<nature>\bh\.?t\b\.?|\bhors[ -]taxes?\b|\bt\.?t\.?c\b\.?|\btoutes taxes(?: comprises)?\b|\bt\.?v\.?a\b\.?)"
    r"(?: ?\(?(?:a |de |au taux de )?\d+(?:[.,]\d+)? ?%\)?)?(?:(?!\bh\.?t\b|\bt\.?t\.?c\b|"
    r"\bt\.?v\.?a\b)[^\d;.\n]){0,30}$"
)
# "Le montant TTC de la toile … s'élève à 804 €, contre 571,80 €": said once, of both.
_HEADED = re.compile(
    r"\b(?:montant|prix|total|somme)s? (?P<nature>h\.?t|t\.?t\.?c)\b(?:(?!\bh\.?t\b|\bt\.?t\.?c\b|"
    r"\btva\b)[^;:\n€(]){0,80}"
    r"(?:\d ?€?,? ?(?:contre|au lieu de|et non) )?$"
)
_UNIT_RIGHT = re.compile(r"[^,;.\n\d]{0,14}?(?:\b(?:le|du|par|au|l'|la)|/) ?(?:metre|m\b|ml\b|piece|unite)")
_UNIT_LEFT = re.compile(
    r"(?:prix unitaires?|\bp\.?u\.?(?!\w)|prix (?:au|du) metre)(?:(?!arrondi)[^\d;\n]){0,30}$|(?<=x )$|\d ?x ?$"
)


def nature_of(mention: Mention, ground: Ground) -> Nature:
    """Whether the words beside an amount call it HT, TTC or VAT; "" where they call it nothing."""
    text = ground.context.text
    for nature, pattern in _RIGHT:
        if re.match(pattern, text[mention.end : mention.end + 40]):
            return nature
    if headed := _HEADED.search(text[ground.context.sentence(mention.start).start : mention.start]):
        return "ttc" if headed["nature"].startswith("t") else "ht"
    start = max(ground.context.sentence(mention.start).start, mention.start - 60)
    left = _LEFT.search(text[start : mention.start])
    if left is None or re.search(
        r"(?:\d|€|euros?)[ )]*(?:(?:de|d'|en|sur|avec|pour|hors|au titre de)[ ']?(?:la |le )?)?\Z",
        text[max(start, start + left.start() - 20) : start + left.start()],
    ):
        return ""
    word = left["nature"].replace(".", "").strip()
    if word == "tva":
        after = text[start + left.end("nature") : mention.start]
        return "" if re.search(r"compris|inclus|intra", after) else "vat"
    return "ht" if word.startswith("h") else "ttc"


def is_unit_price(mention: Mention, ground: Ground) -> bool:
    """Whether the words beside an amount make it the price of one unit: "le mètre", "prix unitaire"."""
    text = ground.context.text
    right = re.sub(r"^[ (]*(?:h\.?t\.?|t\.?t\.?c\.?|hors taxes?)\)?", "", text[mention.end : mention.end + 40])
    left = text[max(ground.context.sentence(mention.start).start, mention.start - 50) : mention.start]
    return bool(_UNIT_RIGHT.match(right) or _UNIT_LEFT.search(left))
