"""The carrier that a letter names, against the one of the documents' terms."""

import re
from collections.abc import Iterator

from promptlab.casefile.facts_text import fold, words_of
from promptlab.letter.judgement import UNSUPPORTED, Ground, Judgement, Named
from promptlab.letter.near import similarity, swapped
from promptlab.letter.people import People
from promptlab.messages import _

_UP = r"[A-ZÀ-ÖØ-Þ]"
_NAMED = re.compile(
    rf"(?i:transporteur|transports)[ \u00a0]+(?:habituel[ ]+)?(?P<name>{_UP}[\w&-]+(?:[ ]+(?:{_UP}[\w&-]+|"
    rf"(?i:transports?|express)))*)"
)
_FIRM = re.compile(
    rf"(?<!\w)(?!(?:Les?|La|Nos|Vos|Notre|Votre|Ces?|Une?|Des|Frais|Bons?) )(?P<name>{_UP}[\w&-]+(?:"
    rf"[ ]{_UP}[\w&-]+)?)[ ](?i:transports|express|logisti(?:que|cs))(?!\w)"
)
# The carriers that parcels in France go with: named in a letter, they are meant as the carrier.
_COMMON = re.compile(
    r"(?<!\w)(?:chronopost|dhl|ups|fedex|tnt|gls|dpd|colissimo|la poste|mondial relay|relais colis|geodis|"
    r"db schenker|schenker|kuehne|heppner|dachser|ciblex|calberson|xpo|colis prive)(?!\w)"
)
_BROUGHT = re.compile(r",? (?:qui )?(?:vous )?(?:a|avait) (?:\w+ )?(?:livr|achemin|transport|exped|apport|remis)")
_ALIKE = 0.8
_GENERIC = frozenset({"transports", "transport", "express", "les", "logistique", "logistics"})


def carriers(ground: Ground, people: People) -> Iterator[Named]:
    """The carriers of the letter, each judged."""
    known = [(name, source) for name, role, source in people.firms if role == "carrier"]
    for found in _NAMED.finditer(ground.text):
        start, end = found.span("name")
        same = _same(found["name"], known)
        if same:
            yield Named(start, end, _proved(same))
        elif known and found[0].casefold().startswith("transporteur"):
            yield Named(start, end, Judgement("contradicted", known[0][1], known[0][0]))
    for found in _FIRM.finditer(ground.text):
        same = _same(found["name"], known)
        if same:
            yield Named(found.start(), found.end(), _proved(same))
        elif known and not _is_party(found["name"], people):
            yield Named(found.start(), found.end(), Judgement("contradicted", known[0][1], known[0][0]))
    yield from _short(ground, known)
    for found in _COMMON.finditer(ground.context.text):
        if not known or _same(found[0], known):
            continue
        own = ground.context.has(found.start(), ("return", "new"), sentence=True)  # the writer's own choice
        own = own and not _BROUGHT.match(ground.context.text, found.end())
        wrong = Judgement("contradicted", known[0][1], known[0][0])
        yield Named(found.start(), found.end(), UNSUPPORTED if own else wrong)


def _same(written: str, known: list[tuple[str, str]]) -> tuple[str, str] | None:
    words = set(words_of(written)) - _GENERIC
    return next((pair for pair in known if words & (set(words_of(pair[0])) - _GENERIC)), None)


def _is_party(written: str, people: People) -> bool:
    words = set(words_of(written))
    return any(words & set(words_of(name)) for name, role, _source in people.firms if role != "carrier")


def _proved(pair: tuple[str, str]) -> Judgement:
    return Judgement("proved", _("{source}: {name}", source=pair[1], name=pair[0]))


def _short(ground: Ground, known: list[tuple[str, str]]) -> Iterator[Named]:
    """The carrier's own word alone ("DGS"), and the same with a letter wrong."""
    for name, source in known:
        for word in set(words_of(name)) - _GENERIC:
            for found in re.finditer(rf"(?<![\w@]){_UP}[\w&-]{{1,}}(?![\w@])", ground.text):
                said = fold(found[0])
                if said == word:
                    yield Named(found.start(), found.end(), _proved((name, source)))
                elif (
                    found[0].isupper()
                    and len(said) == len(word)
                    and (swapped(said, word) or (len(word) > 4 and similarity(said, word) >= _ALIKE))
                ):
                    yield Named(found.start(), found.end(), Judgement("contradicted", source, name))
