"""Whether a quantity or a percentage of a letter is that of the article, the tax or the terms it is told of."""

import re
from collections.abc import Iterable
from decimal import Decimal

from promptlab.casefile.amounts import plain_number
from promptlab.casefile.facts_products import Product
from promptlab.casefile.facts_text import fold, stem, words_of
from promptlab.casefile.wording import unit_of
from promptlab.letter.cues import Cue
from promptlab.letter.judgement import UNSUPPORTED, Ground, Judgement
from promptlab.letter.mentions import Mention
from promptlab.letter.near import linked, same_thing
from promptlab.letter.products import other_colour
from promptlab.messages import _

_EVENTS = ("order", "delivery", "invoice", "credit", "return", "new")
_IN_EXCESS = re.compile(r"[^.;,\n\d]{0,40}\b(?:de trop|en trop|excedent\w*|en surplus|en exces)\b")
_FREE = re.compile(r"echantillon|largeur|longueur|nuancier|coupon|metres? carre")


def judge_quantity(mention: Mention, ground: Ground) -> Judgement:
    """The verdict on one quantity."""
    value = Decimal(str(mention.value))
    printed = _in_designation(value, mention.what, ground)
    if printed is not None:
        return printed
    if not value or other_colour(ground.context.text[mention.end : mention.end + 40], ground.facts):
        return UNSUPPORTED
    if _counts_articles(value, mention.what, ground):
        return UNSUPPORTED
    told = _article(mention, ground)
    events = _events(mention, ground)
    if told is not None:
        return _of_article(value, mention, told, events, ground)
    every = ground.facts.products
    fitting = [product for product in every if value in _quantities(product, events)]
    if fitting:
        return Judgement("proved", _source(fitting[0], value, events))
    if (total := _total(value, events, ground)) is not None:
        return total
    if not _measured(mention.what, every):
        return UNSUPPORTED
    anywhere = [product for product in every if value in product.all_quantities]
    if anywhere and not events:
        return Judgement("proved", _source(anywhere[0], value, ()))
    context = ground.context
    sentence = context.sentence(mention.start)
    spoken = any(word in words_of(context.text[sentence.start : sentence.end]) for word in _nouns(every))
    meant = _unit(mention.what) == "m" and not context.has(mention.start, ("novel",))
    if (events or spoken or meant) and not _FREE.search(context.text[sentence.start : sentence.end]):
        return Judgement("contradicted", "", _expected(every, events))
    return UNSUPPORTED


def _counts_articles(value: Decimal, noun: str, ground: Ground) -> bool:
    """Whether a number tells how many articles there are ("les deux toiles"), where they are sold by measure."""
    every = ground.facts.products
    if noun not in _nouns(every) or value > len(every):
        return False
    return all(_unit(product.unit) in ("m", "kg", "litre") for product in every)


def _of_article(
    value: Decimal, mention: Mention, product: Product, events: tuple[str, ...], ground: Ground
) -> Judgement:
    open_ = _quantities(product, events) or product.all_quantities
    if value in open_:
        return Judgement("proved", _source(product, value, events))
    if not _measured(mention.what, (product,)) or _FREE.search(
        ground.context.text[max(0, mention.start - 30) : mention.end + 30]
    ):
        return UNSUPPORTED
    if not open_:
        return UNSUPPORTED
    # A quantity of the same article in another document is right where the words leave the event open.
    if value in product.all_quantities and not _strict(product, events):
        return Judgement("proved", _source(product, value, ()))
    return Judgement("contradicted", _source(product, min(open_), events), _said(min(open_), product.unit))


def _strict(product: Product, events: tuple[str, ...]) -> bool:
    """Whether the documents give the article a quantity for one of `events`."""
    return any(product.quantity(event) for event in events)


def _quantities(product: Product, events: Iterable[str]) -> frozenset[Decimal]:
    """The quantities of an article that fit `events`, all of them where no event is told."""
    named = tuple(events)
    if not named:
        return product.all_quantities
    return frozenset(value for event in named for value in product.quantity(event))


def _article(mention: Mention, ground: Ground) -> Product | None:
    """The article that a quantity is one of: the one after "de", else the one named before it."""
    context, text = ground.context, ground.context.text
    counted = [product for product in ground.facts.products if stem(mention.what) in product.words]
    if counted:
        return counted[0]
    start, end = context.clause(mention.start)
    for cue in context.within(mention.end, end, ("product",))[:1]:
        gap = text[mention.end : cue.start]
        if (
            len(gap) < 45
            and re.match(r"[ .)]*(?:d'|de |du |des |en |ref|x |[(:,-])", gap)
            and not re.search(r"\d ?(?:m\b|metres?|€)|;|\bet\b", gap)
        ):
            return ground.facts.product(cue.value)
        if len(gap) < 25 and not re.search(r"[\d,;]|\bet\b|\bpour\b", gap):
            return ground.facts.product(cue.value)
    before = context.within(start, mention.start, ("product",))
    if not before and ";" in text[max(0, start - 2) : start]:  # a row of a table
        sentence = context.sentence(mention.start)
        row = context.within(sentence.start, mention.start, ("product",))
        before = row if len({cue.value for cue in row}) == 1 else []
    if not before:
        return None
    if len(before) > 1 and before[-2].value != before[-1].value and same_thing(text[before[-2].end : before[-1].start]):
        return None  # name and reference contradict one another
    return ground.facts.product(before[-1].value)


def _events(mention: Mention, ground: Ground) -> tuple[str, ...]:
    """The events that a quantity is told of: the nearest before it, and one close behind."""
    context = ground.context
    if _IN_EXCESS.match(context.text, mention.end):
        return ("return", "credit")
    if context.has(mention.start, ("negation", "should")) or context.contrasted(mention.start):
        return ()
    before: list[Cue] = linked(context, mention.start, _EVENTS)[:1]
    after = [cue for cue in context.after(mention.end, _EVENTS)[:1] if cue.start - mention.end < 60]
    if context.reported(mention.start):
        return tuple(dict.fromkeys([*(cue.tag for cue in (*before, *after)), "complaint"])) if before or after else ()
    return tuple(dict.fromkeys(cue.tag for cue in (*before, *after)))


def _in_designation(value: Decimal, unit: str, ground: Ground) -> Judgement | None:
    """The verdict on a figure that designations hold ("120 fils"); None where they hold none of that unit."""
    if not unit or unit in ("m", "metres", "metre"):
        return None
    printed = [
        (Decimal(found[1]), product)
        for product in ground.facts.products
        for found in re.finditer(rf"(\d+) ?{re.escape(unit)}\b", fold(product.designation))
    ]
    if not printed:
        return None
    for number, product in printed:
        if number == value:
            return Judgement("proved", product.designation)
    return Judgement("contradicted", printed[0][1].designation, f"{plain_number(printed[0][0])} {unit}")


def _total(value: Decimal, events: tuple[str, ...], ground: Ground) -> Judgement | None:
    """Proved where the quantity is the sum of all articles of a document."""
    for event in events or ("order", "delivery", "invoice"):
        parts = [max(product.quantity(event)) for product in ground.facts.products if product.quantity(event)]
        if len(parts) > 1 and sum(parts) == value:
            return Judgement("proved", " + ".join(plain_number(part) for part in parts))
    return None


def _measured(unit: str, products: Iterable[Product]) -> bool:
    """Whether a quantity in `unit` may be one of these articles: the same unit, a metre for m, or none said."""
    if not unit:
        return True
    kind = _unit(unit)
    return any(_unit(product.unit) == kind or not product.unit or unit in _nouns((product,)) for product in products)


def _unit(unit: str) -> str:
    plain = fold(unit).replace(".", "")
    if plain in ("ml", "m") or plain.startswith("metre"):
        return "m"
    return {"pieces": "piece", "unites": "piece", "unite": "piece", "pce": "piece", "pces": "piece", "u": "piece"}.get(
        plain, plain.rstrip("sx")
    )


def _nouns(products: Iterable[Product]) -> set[str]:
    heads = {words_of(product.designation)[0] for product in products if words_of(product.designation)}
    return {form for head in heads for form in (head, f"{head}s", head.rstrip("s"))}


def _said(value: Decimal, unit: str) -> str:
    return f"{plain_number(value)}\u00a0{unit_of(value, unit)}".strip()


def _expected(products: Iterable[Product], events: tuple[str, ...]) -> str | None:
    values = {(value, product.unit) for product in products for value in _quantities(product, events)}
    return " / ".join(_said(value, unit) for value, unit in sorted(values)) or None


def _source(product: Product, value: Decimal, events: Iterable[str]) -> str:
    names = {
        "order": _("on the order"),
        "delivery": _("on the delivery note"),
        "invoice": _("on the invoice"),
        "return": _("to be returned"),
        "new": _("still to be delivered"),
        "credit": _("to be credited"),
        "complaint": _("according to the complaint"),
    }
    told = [event for event in events if value in product.quantity(event)]
    where = told or [event for event, values in product.quantities if value in values]
    said = ", ".join(names[event] for event in where if event in names)
    return _(
        "{reference}: {quantity} {events}",
        reference=product.reference,
        quantity=_said(value, product.unit),
        events=said,
    )
