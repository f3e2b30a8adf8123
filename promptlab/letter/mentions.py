"""Finding the figures of a letter: amounts, dates, references, quantities, percentages."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from promptlab.casefile.amounts import DIGITS, NUMBER, WORDS, amounts, to_number
from promptlab.casefile.dates import Day, Span, dates, spans
from promptlab.casefile.facts import Facts
from promptlab.casefile.facts_text import fold, words_of
from promptlab.casefile.references import compact

MentionKind = Literal["amount", "day", "span", "article", "number", "law", "contact", "quantity", "percentage"]


@dataclass(frozen=True, slots=True)
class Mention:
    """A figure of the letter, from `start` to `end` of the folded text.

    `value` is what it says. For a reference, `what` is the kind of document or of contact that its words name ("" where
    they name none) and `value` is the number as written; for a quantity, `what` is its unit.
    """

    kind: MentionKind
    start: int
    end: int
    value: Decimal | Day | Span | str
    what: str = ""
    weekday: int | None = None


_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64}){1,4}")
_PHONE = re.compile(r"(?<![\w.])(?:\+33 ?(?:\(0\))?|0)[1-9](?:[ .-]?\d\d){4}(?!\w)")
_LONG = re.compile(r"(?<![\w/.,-])\d{3}[ .]?\d{3}[ .]?\d{3}(?:[ .]?\d{3}[ .]?\d{2}|[ .]?\d{5})?(?![\w,]|[.,]\d| ?€)")
_APE = re.compile(r"(?<!\w)\d{4} ?[a-z](?!\w)")
_LAW = re.compile(
    r"\b(?:articles?|art\.?) ?(?:n° ?)?(?P<number>(?:[lrd]\.? ?)?\d{3,}(?:-\d+)*|\d+(?= (?:du|de la|c\.))|"
    r"[lrd]\.? ?\d+(?:-\d+)*)"
)
_MARK = r"(?:n ?°s?|n[o0]\.?(?= ?[\w/]*\d)|n(?= ?\d)|numeros?|num\.?|ref(?:erences?|s)?\.?|#|:)"
# What may be numbered -> the kind of document that it is.
_NOUNS: tuple[tuple[str, str], ...] = (
    ("credit_note", r"avoirs?(?: de regularisation| client)?"),
    ("return_slip", r"bons? de retour|autorisation de retour|etiquette(?: de retour)?"),
    ("delivery", r"(?:bons? de )?livraisons?|bordereaux? (?:de livraison|d'expedition)|b\.?l\.?"),
    ("order", r"(?:bons? de )?commandes?|cde|bc"),
    ("invoice", r"factures?|fact\.?|fac"),
    ("complaint", r"reclamations?|dossiers?|litiges?|sav|tickets?"),
    ("customer", r"(?:comptes? |code )?clients?"),
)
_WRITTEN = r"(?P<token>(?:[a-z]{1,4}[ -]?)?[\w/.-]{0,20}\d[\w/-]{0,20}(?:\.[\w/-]{0,20}\d[\w/-]{0,20}){0,3})"
_WHOLE = r"(?![ .,']?\d| ?(?:€|euros?|%|m\b|metres?))"
_MARKED = re.compile(
    rf"\b(?P<noun>{'|'.join(f'(?:{noun})' for _kind, noun in _NOUNS)})\b(?P<between>(?: (?!ref|num|"
    rf"n°|livraison|factur|command|bons?\b|avoir)[a-z']+){{0,3}}?[ (,]*(?:{_MARK} ?)+){_WRITTEN}{_WHOLE}"
)
_DIRECT = re.compile(
    rf"\b(?P<noun>{'|'.join(f'(?:{noun})' for _kind, noun in _NOUNS)})(?: (?:client|initiale?|litigieuse|"
    rf"erronee|concernee|d'origine|citee?))? ?\(?"
    r"(?P<token>[a-z]{0,6}[/-]?[\w/-]{0,20}\d[\w/-]{0,20})(?![\w,.]{0,9}\d| ?(?:€|euros?|%|m\b|metres?|jours?|h\b))"
)
_ASIDE = re.compile(r", (?:que|qui|dont) [^,\n]*,")  # "celui-ci, que rappelle la facture n° 879, porte le n° …"
_ANY_NOUN = "|".join(f"(?:{noun})" for _kind, noun in _NOUNS)
_ANNOUNCED = re.compile(
    rf"\bnumero (?:de |du )(?:la |l'|votre |notre |cette )?(?P<noun>{_ANY_NOUN})"
    rf" (?:est|etait) (?:bien )?(?:le )?(?:n ?° ?)?{_WRITTEN}{_WHOLE}"
)
_VERB = re.compile(r"\b(?:avons|avez|ete|ont|(?:ete|avons|avez) \w+e(?:s|e|es)? et) $")
_BRACKETED = re.compile(
    rf"\b(?P<noun>{'|'.join(f'(?:{noun})' for _kind, noun in _NOUNS[:5])})\b[^.;:\n\d()]{{0,40}}"
    r"\((?P<token>[\w/-]{0,12}\d{2,}[\w/-]{0,12})\)"
)
_ALONE = re.compile(rf"(?<![\w/])(?:n ?° ?|numero ?|references? ?(?:n° ?|: ?)?|ref\.? ?:? ?){_WRITTEN}{_WHOLE}")


def mentions(folded: str, facts: Facts) -> list[Mention]:
    """All figures of a folded text, in order; none overlaps another: the surer reading of a place wins."""
    taken = bytearray(len(folded))
    kept: list[Mention] = []
    for finder in (
        _contacts,
        _days,
        _laws,
        _articles,
        _marked,
        _numbers,
        _money,
        _rates,
        _spans,
        _quantities,
        _announced,
        _direct,
        _bracketed,
    ):
        for mention in finder(folded, facts):
            if not any(taken[mention.start : mention.end]):
                taken[mention.start : mention.end] = b"\1" * (mention.end - mention.start)
                kept.append(mention)
    return sorted(kept, key=lambda mention: mention.start)


def _contacts(folded: str, facts: Facts) -> Iterator[Mention]:
    for found in _EMAIL.finditer(folded):
        yield Mention("contact", found.start(), found.end(), found[0].rstrip("."), "email")
    for found in _PHONE.finditer(folded):
        yield Mention("contact", found.start(), found.end(), found[0], "phone")
    for found in _LONG.finditer(folded):
        yield Mention("contact", found.start(), found.end(), found[0], "siret")
    known = {compact(fact.value) for fact in facts.numbers if fact.what == "ape"}
    for found in _APE.finditer(folded):
        if compact(found[0]) in known or re.search(
            r"\b(?:ape|naf)\b.{0,6}$", folded[max(0, found.start() - 14) : found.start()]
        ):
            yield Mention("contact", found.start(), found.end(), found[0], "ape")


def _days(folded: str, _facts: Facts) -> Iterator[Mention]:
    for found in dates(folded, impossible=True):
        if isinstance(found.value, Day):
            yield Mention("day", found.start, found.end, found.value, weekday=found.weekday)


def _laws(folded: str, _facts: Facts) -> Iterator[Mention]:
    for found in _LAW.finditer(folded):
        if re.match(
            r"[^.;\n]{0,30}?\b(?:code|c\. ?civ|c\. ?com|loi|civil)", folded[found.end() : found.end() + 60]
        ) or _bare_law(folded, found):
            yield Mention("law", found.start(), found.end(), re.sub(r"[. ]", "", found["number"]))


def _bare_law(folded: str, found: re.Match[str]) -> bool:
    """Whether an article cited without its code is one of law: a number that is no amount and no quantity."""
    return len(found["number"]) >= 3 and not re.match(
        r" ?(?:[\d€%]|[.,]\d|euros?|ht\b|ttc\b|m\b)", folded[found.end() : found.end() + 60]
    )


def _articles(folded: str, facts: Facts) -> Iterator[Mention]:
    """References of articles: those of the case, and what has the same shape (letters and digits in the same order)."""
    names = {name for product in facts.products for name in product.names}
    if not names:
        return
    shapes = {_shape(name) for name in names}
    documents = {compact(fact.value) for fact in facts.numbers}
    written = {one for product in facts.products for one in product.written if not compact(one).isdigit()}
    spaced = sorted(map(_spaced, written), key=len, reverse=True)
    pattern = re.compile(
        rf"(?<![\w/-])(?:{'|'.join(spaced) or '(?!)'}"
        r"|[a-z]{1,5}-?\d{2,}(?:[-/]\w{1,20}){0,4}|\d{1,9}[a-z]{1,9}\d{0,9}(?:-\w{1,20}){0,4}"
        r"|\w{1,20}-[\w-]{0,20}\d[\w-]{0,20})(?![\w/])"
    )
    for found in pattern.finditer(folded):
        name = compact(found[0])
        if name in names or (_looks_like_one(name, shapes, documents) and not _prefixed(folded, found.start())):
            yield Mention("article", found.start(), found.end(), found[0])
    for name in names:
        if name.isdigit():  # a bare number is a reference only where its words say so
            marked = rf"(?:ref(?:erences?|s)?\.?|articles?|produits?) ?(?:n° ?|: ?)?(?P<token>{name})(?!\w)"
            for found in re.finditer(marked, folded):
                yield Mention("article", found.start("token"), found.end("token"), found["token"])


def _spaced(reference: str) -> str:
    """A pattern for a known reference, with a space, a dash or a point where letters meet digits or a sign stands."""
    parts = re.findall(r"[a-z]+|\d+", fold(reference))
    return "[ ./-]?".join(map(re.escape, parts))


def _looks_like_one(name: str, shapes: set[str], documents: set[str]) -> bool:
    """Whether an unknown `name` has the shape of an article's reference and is no number of a document."""
    if name.isdigit() or _shape(name) not in shapes or name in documents:
        return False
    if re.match(r"(?:bl|fa|cde|no|art|rcs|tva|page|fax|tel)\d", name):
        return False
    return not (name.startswith("n") and name[1:] in documents) and not re.search(r"\d(?:m|ml|h|j|e|kg)$", name)


def _prefixed(folded: str, start: int) -> bool:
    """Whether a document's noun stands just before: then this is its number, whatever it looks like."""
    return bool(
        re.search(
            r"(?:commande|facture|livraison|\bbl|avoir|retour|dossier|client) ?(?:n ?° ?|numero |: ?)?$",
            folded[max(0, start - 24) : start],
        )
    )


def _shape(name: str) -> str:
    return re.sub(r"\d+", "9", re.sub(r"[a-z]", "a", name))


def _kind_of(noun: str) -> str:
    return next(kind for kind, pattern in _NOUNS if re.fullmatch(pattern, noun))


def _marked(folded: str, _facts: Facts) -> Iterator[Mention]:
    for found in _MARKED.finditer(folded):
        yield Mention(
            "number", found.start("token"), _trimmed(found), found["token"].rstrip(".-/"), _kind_of(found["noun"])
        )


def _trimmed(found: re.Match[str]) -> int:
    return found.start("token") + len(found["token"].rstrip(".-/"))


def _numbers(folded: str, facts: Facts) -> Iterator[Mention]:
    """Numbers of documents that cannot be anything else (letters or signs in them), and numbers after "n°"."""
    for fact in facts.numbers:
        if fact.what in ("siret", "phone", "email", "ape", "law") or fact.value.isdigit():
            continue
        for found in re.finditer(rf"(?<![\w/-]){re.escape(fact.value.lower())}(?![\w/])", folded):
            yield Mention("number", found.start(), found.end(), found[0], _noun_before(folded, found.start()))
    for found in _ALONE.finditer(folded):
        yield Mention(
            "number",
            found.start("token"),
            _trimmed(found),
            found["token"].rstrip(".-/"),
            _noun_before(folded, found.start()),
        )


def _bracketed(folded: str, _facts: Facts) -> Iterator[Mention]:
    """Numbers in brackets after a document: "le bon de livraison que vous citez (658)"."""
    for found in _BRACKETED.finditer(folded):
        yield Mention("number", *found.span("token"), found["token"], _kind_of(found["noun"]))


def _noun_before(folded: str, start: int) -> str:
    """The kind of the last document named in the few words before a number, "" where there is none."""
    far = re.search(r"(?:notre|celui-ci|celle-ci|porte|est)\b[^.\n]{0,20}$", folded[max(0, start - 45) : start])
    words = folded[max(0, start - (120 if far else 45)) : start]
    words = words[max(words.rfind("\n"), -1 if far else words.rfind(";"), words.rfind(". ")) + 1 :]
    words = _ASIDE.sub(lambda found: " " * len(found[0]), words)
    best = ""
    place = -1
    for kind, noun in _NOUNS[:6]:
        for found in re.finditer(rf"\b(?:{noun})\b", words):
            if found.end() > place:
                best, place = kind, found.end()
    return best


def _announced(folded: str, _facts: Facts) -> Iterator[Mention]:
    """Numbers told after their document: "le numéro de votre bon de commande est le 11-024"."""
    for found in _ANNOUNCED.finditer(folded):
        yield Mention("number", found.start("token"), _trimmed(found), found["token"], _kind_of(found["noun"]))


def _direct(folded: str, _facts: Facts) -> Iterator[Mention]:
    for found in _DIRECT.finditer(folded):
        if _VERB.search(folded[max(0, found.start() - 20) : found.start()]):
            continue  # "nous avons livré et facturé 60": a verb, once its accent is folded away
        yield Mention("number", found.start("token"), found.end("token"), found["token"], _kind_of(found["noun"]))


def _money(folded: str, _facts: Facts) -> Iterator[Mention]:
    for found in amounts(folded):
        yield Mention("amount", found.start, found.end, found.value)


def _rates(folded: str, _facts: Facts) -> Iterator[Mention]:
    for found in re.finditer(rf"({NUMBER}) ?(?:%|pour[ -]?cents?\b|p\. ?100)", folded):
        if (value := to_number(found[1])) is not None:
            yield Mention("percentage", found.start(), found.end(), value)


def _spans(folded: str, _facts: Facts) -> Iterator[Mention]:
    for found in spans(folded):
        yield Mention("span", found.start, found.end, found.value)


def _quantities(folded: str, facts: Facts) -> Iterator[Mention]:
    units = {"m", "ml", "m.l.", "metre", "metres", "metre lineaire", "metres lineaires", *_generic_units()}
    units |= {form for product in facts.products if product.unit for form in _forms(product.unit)}
    units |= set(_printed_units(facts))
    written = "|".join(sorted(map(re.escape, units), key=len, reverse=True))
    for found in re.finditer(rf"({DIGITS}|{WORDS})[ -]?({written})(?![\w])(?!\. ?[a-z]+@)", folded):
        value = to_number(found[1])
        if value is not None and found[1] not in ("un", "une"):
            yield Mention("quantity", found.start(), found.end(), value, found[2])
    for found in re.finditer(
        r"(?:\bquantites?|\bqtes?)(?: \w+)? ?:? ?(\d+(?:,\d+)?)(?![\w/%])|(?<![\w/,.])(\d+(?:,\d+)?)(?= ?x "
        r"?\d+[.,]\d\d)",
        folded,
    ):
        written_number = found[1] or found[2]
        place = found.start(1 if found[1] else 2)
        yield Mention("quantity", place, place + len(written_number), to_number(written_number) or Decimal(0))


def _generic_units() -> Iterable[str]:
    return (
        "rouleau", "rouleaux", "piece", "pieces", "carton", "cartons", "unite", "unites", "kg", "kilos", "litres",
        "palette", "palettes", "colis", "boites", "boite", "paquets", "paquet", "exemplaires", "lots", "fils",
    )  # fmt: skip


def _forms(unit: str) -> Iterator[str]:
    plain = fold(unit)
    yield plain
    if len(plain) > 2:
        yield f"{plain.rstrip('s')}s"
        yield plain.rstrip("s")


def _printed_units(facts: Facts) -> Iterator[str]:
    """The nouns of the articles: "40 chaises" is a quantity where the designation says “Chaise pliante”."""
    for product in facts.products:
        head = words_of(product.designation)[:1]
        if head and len(head[0]) > 3:
            noun = head[0].rstrip("sx")
            yield from (noun, f"{noun}s", f"{noun}x")
