"""What a complaint says: of the goods, in its lines or else in its text, and of the documents that it names."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from promptlab.casefile.amounts import DIGITS, amounts, to_number
from promptlab.casefile.dates import Day, dates
from promptlab.casefile.facts_text import fold
from promptlab.casefile.naming import Paper, Place, goods
from promptlab.casefile.references import likeness
from promptlab.model.case import DocumentKind, DocumentLine

_TOKEN = re.compile(r"(?<![\w/-])[a-z]*[\w/-]*\d[\w/-]*", re.IGNORECASE)
_SENTENCE_END = re.compile(r"(?<=[.!?;])(?<!\br[ée]f\.)(?<!\bart\.)(?<!\bno\.)(?<!\bL\.)\s+|\n", re.IGNORECASE)
_UNIT = r"(?:m|metres?|ml|kg|g|l|litres?|pieces?|rouleaux?|cartons?|unites?|exemplaires?|articles?)\b"
_QUANTITY = re.compile(rf"({DIGITS}) ?{_UNIT}")
_CAME = re.compile(r"\b(?:livr|recu|receptionn|a (?:s|l)a place|factur|trouv|parvenu|arriv)")
_SENT_BACK = re.compile(r"\b(?:retourn|renvoy|renvoi)")
_NOUNS: tuple[tuple[DocumentKind, str], ...] = (
    ("delivery", r"(?:bon|bordereau|note) de livraison|\bbl\b"),
    ("credit_note", r"(?:facture |note )d'avoir|\bavoir\b(?= n)"),
    ("invoice", r"facture\b"),
    ("order", r"(?:bon de )?commande\b"),
)
_ANY = r"[\w/-]*\d[\w/-]*"
_NO_NUMBER = rf"[\w/-]| ?(?:{_UNIT}|€|euro|%|[.,]\d)"  # what follows a quantity or an amount
_NUMBER = rf"(?: ?n(?:°|o\.?|umero) ?(?P<number>{_ANY})| (?P<bare>{_ANY})(?!{_NO_NUMBER}))"
_DAY = r"(?:,? ?(?:du|datee? du|en date du) )"


@dataclass(frozen=True, slots=True)
class Citation:
    """A document that another one names: its kind, its number and its day as far as they are said."""

    paper: Paper
    place: str
    kind: str
    number: str = ""
    day: Day | None = None

    @property
    def where(self) -> str:
        """The name of the place that cites."""
        return self.paper.at(self.place)


def complaint_lines(paper: Paper, others: Sequence[Paper]) -> tuple[Place, ...]:
    """The goods that a complaint speaks of: its lines where it has some, else what its text says.

    References are looked for in the text by those of the `others`.
    """
    if lines := goods(paper):
        return lines
    known = {place.line.reference for other in others if other.document.kind != "complaint" for place in goods(other)}
    said: dict[tuple[str, bool], DocumentLine] = {}
    for part in _SENTENCE_END.split(paper.document.body):
        for line in _lines_of(part, known):
            key = (line.reference, line.ordered is not None)
            said[key] = _joined(said[key], line) if key in said else line
    return tuple(Place(paper, 0, line) for line in said.values())


def _lines_of(part: str, known: set[str]) -> Iterator[DocumentLine]:
    """The lines that one sentence says; figures only where it names one article, for else whose they are is open."""
    tokens = [token.strip("-/") for token in _TOKEN.findall(part)]
    named = [token for token in tokens if any(likeness(token, one, loose=True) != "different" for one in known)]
    named = [token for token in dict.fromkeys(named) if not token.isdigit() or token in known]
    folded = fold(part)
    figures = len(named) == 1
    counts = [to_number(found[1]) for found in _QUANTITY.finditer(folded)]
    quantity = counts[0] if figures and len(counts) == 1 else None
    sums = [one.value for one in amounts(folded) if not folded[one.end :].lstrip().startswith("ttc")]
    amount = sums[0] if figures and len(sums) == 1 else None
    for token in named:
        if _SENT_BACK.search(folded):
            yield DocumentLine(token, "", returned=quantity)
        elif _CAME.search(folded):
            yield DocumentLine(token, "", quantity=quantity, amount=amount)
        else:
            yield DocumentLine(token, "", ordered=quantity, amount=amount)


def _joined(one: DocumentLine, other: DocumentLine) -> DocumentLine:
    """Two sayings about one article as one line; the first word counts."""

    def first(a: Decimal | None, b: Decimal | None) -> Decimal | None:
        return b if a is None else a

    return replace(
        one,
        ordered=first(one.ordered, other.ordered),
        quantity=first(one.quantity, other.quantity),
        returned=first(one.returned, other.returned),
        amount=first(one.amount, other.amount),
    )


def citations(paper: Paper) -> Iterator[Citation]:
    """The documents that `paper` names: in its own fields, among its enclosures, in its text."""
    document = paper.document
    for kind, number in document.cites:
        yield Citation(paper, f"cites.{kind}", kind, number)
    if document.replaces:
        yield Citation(paper, "replaces", "invoice", document.replaces)
    for rank, enclosure in enumerate(document.enclosures, 1):
        yield from _cited(paper, f"enclosure {rank}", enclosure)
    yield from _cited(paper, "body", document.body)


def _cited(paper: Paper, place: str, text: str) -> Iterator[Citation]:
    folded = fold(text)
    found_days = {found.start: found.value for found in dates(folded) if isinstance(found.value, Day)}
    for kind, noun in _NOUNS:
        for found in re.finditer(rf"(?P<noun>{noun})(?:{_NUMBER})?", folded):
            if text[found.start("noun") : found.end("noun")].endswith(("é", "É")):  # “commandé”, “facturé”: no noun
                continue
            number, end = found["number"] or found["bare"] or "", found.end()
            linked = re.compile(_DAY).match(folded, end)
            day = found_days.get(linked.end()) if linked else None
            if number or day:
                yield Citation(paper, place, kind, number.upper(), day)
