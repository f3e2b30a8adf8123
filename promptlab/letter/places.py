"""The streets and towns of a letter, found and judged."""

import re
from collections.abc import Iterator

from promptlab.casefile.facts_text import fold
from promptlab.letter.judgement import UNSUPPORTED, Ground, Judgement, Named
from promptlab.letter.near import similarity
from promptlab.letter.people import People, Place, normal_street
from promptlab.messages import _

_STREET = re.compile(
    r"(?<![\w/])\d{1,4}(?: ?(?:bis|ter|b))?,? ?(?:rue|cours|avenue|av\.?|boulevard|bd\.?|place|chemin|impasse|"
    r"allees?|quai|route|square|passage|zone|za|zi|faubourg|esplanade|promenade)\b[^,;\n()|0-9]{2,45}"
)
_TOWN = re.compile(r"(?<!\d)(?<!\d )(?P<code>\d{5}|\d{2} \d{3})[ ]+(?P<town>[a-z][a-z' -]{2,30})(?: cedex)?")
_PLACED = re.compile(
    r"(?:^|\n)[ ]*(?:fait a |a )?(?P<town>[a-z][a-z'-]+(?: [a-z'-]+){0,3}?), ?le (?=\d|1er|lundi|mardi|"
    r"mercredi|jeudi|vendredi|samedi|dimanche|\[|x)"
)


def streets(ground: Ground, people: People) -> Iterator[Named]:
    """The streets of the letter."""
    text = ground.context.text
    for found in _STREET.finditer(text):
        end = found.start() + len(
            re.sub(r" (?:a|-|et|dans|pour|ou|afin|que|cs|bp)(?: .*)?$", "", found[0].rstrip(' .-"'))
        )
        written = normal_street(text[found.start() : end])
        yield Named(found.start(), end, _street(written, found.start(), ground, people))


def _street(written: str, start: int, ground: Ground, people: People) -> Judgement:
    same = [place for place in people.places if place.street == written or written.startswith(f"{place.street} ")]
    if same:
        firm = _firm_above(start, ground, people)
        if firm and all(place.role and place.role != firm for place in same):
            right = next((place for place in people.places if place.role == firm), None)
            return Judgement("contradicted", same[0].source, right.printed if right else None)
        return Judgement("proved", _("{source}: {address}", source=same[0].source, address=same[0].printed))
    scored = [(similarity(written, place.street), place) for place in people.places]
    best = max(scored, key=lambda pair: pair[0], default=None)
    if best and (best[0] >= 0.7 or _in_head(start, ground)):
        near_firm = _firm_above(start, ground, people)
        right = (
            next((place for place in people.places if place.role == near_firm), best[1]) if best[0] < 0.7 else best[1]
        )
        return Judgement("contradicted", right.source, right.printed)
    return UNSUPPORTED


def _firm_above(start: int, ground: Ground, people: People) -> str:
    """The role of the firm whose name stands on one of the three lines above, or before it on the same line."""
    text = ground.context.text
    above = "\n".join(text[max(0, start - 400) : start].rsplit("\n", 4)[-4:])
    best, place = "", -1
    for name, role, _source in people.firms:
        at = above.rfind(fold(name))
        if at > place and role in ("seller", "buyer"):
            best, place = role, at
    return best


def _in_head(start: int, ground: Ground) -> bool:
    return start < ground.body


def towns(ground: Ground, people: People) -> Iterator[Named]:
    """The towns of the letter that have a postal code."""
    for found in _TOWN.finditer(ground.context.text):
        code = found["code"].replace(" ", "")
        town = re.sub(
            r" (?:cedex|france|le|tel|siret|rcs|et|a|avec|par|pour|dans|depuis|est)\b.*$", "", found["town"]
        ).strip(" -'")
        end = found.start("town") + len(town)
        yield Named(found.start(), end, _town(code, town, found.start(), ground, people))


def _town(code: str, town: str, start: int, ground: Ground, people: People) -> Judgement:
    for place in people.places:
        if place.code == code and place.town == town:
            firm = _firm_above(start, ground, people)
            towns = {(other.code, other.town) for other in people.places if other.role == firm}
            if firm and towns and (code, town) not in towns:
                right = next(other for other in people.places if other.role == firm)
                return Judgement("contradicted", right.source, f"{right.code} {right.town.upper()}")
            return Judgement("proved", _("{source}: {address}", source=place.source, address=place.printed))
    near: list[Place] = [p for p in people.places if p.town == town] or [p for p in people.places if p.code == code]
    near = near or [p for p in people.places if similarity(p.town, town) >= 0.75]
    if not near and _in_head(start, ground):
        firm = _firm_above(start, ground, people)
        near = [p for p in people.places if p.role == firm]
    return Judgement("contradicted", near[0].source, f"{near[0].code} {near[0].town.upper()}") if near else UNSUPPORTED


def written_at(ground: Ground, people: People) -> Iterator[Named]:
    """The town at the head of the letter: that of the sender."""
    for found in _PLACED.finditer(ground.context.text):
        if ground.body and found.start() > ground.body:
            return
        own = [place for place in people.places if place.role == "seller"]
        town = found["town"].strip()
        if any(place.town == town for place in own):
            yield Named(*found.span("town"), Judgement("proved", own[0].source))
        elif own and town not in ("date", "lieu", "ville"):
            yield Named(*found.span("town"), Judgement("contradicted", own[0].source, own[0].town.capitalize()))
