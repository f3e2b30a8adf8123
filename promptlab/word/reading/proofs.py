"""Which document of a case a person names in their own words: "facture 879", "A52000 sur la commande"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from promptlab.model.case import Case, Document
from promptlab.review.exercise import TOTAL, evidences
from promptlab.word.reading.spans import squeezed

# What says by itself that a document is meant, in French and in English.
_NAMES = {
    "complaint": ("courriel de réclamation", "mail de réclamation", "lettre de réclamation", "complaint e-mail"),
    "order": ("bon de commande", "purchase order", "order form"),
    "delivery": ("bon de livraison", "bordereau de livraison", "delivery note"),
    "invoice": (),
    "credit_note": ("facture d'avoir", "note de crédit", "note d'avoir", "credit note"),
    "return_slip": ("bon de retour", "return slip"),
}
# What may be anything of its kind: it needs a number, or a word such as "the" before it.
_WORDS = {
    "complaint": ("courriel", "e-mail", "email", "mail"),
    "order": ("commande", "order"),
    "delivery": ("bl", "delivery"),
    "invoice": ("facture", "invoice"),
    "credit_note": ("avoir",),
    "return_slip": (),
}
_THE = r"(?:l[ea]|du|au|cette|cet?|s(?:on|a)|notre|votre|leur|the|this|their|our|your)\s+(?:\w+\s+)?|l'"
# A number behind such a word: of a document, not an amount or a quantity.
_NUMBER = re.compile(
    r"\s*(?:n°|n[o.]|numéro|number|no\.)?\s*:?\s*((?=[\w/-]*\d)\w(?:[\w/-]*\w)?)"
    r"(?![.,]\d|\s*(?:€|%|euros?\b|m\b|mètres?\b))(?![\w/-])"
)
_DATE = re.compile(r"\d{1,2}/\d{1,2}(?:/\w+)?$")


@dataclass(frozen=True, slots=True)
class _Known:
    """One document: what its evidence is called, how it is named, the numbers and references that prove it."""

    id: str
    named: re.Pattern[str]
    numbers: tuple[str, ...]
    number: re.Pattern[str] | None
    references: tuple[tuple[str, str], ...]


class Proofs:
    """Finds the documents of a case in the words of a person."""

    def __init__(self, known: tuple[_Known, ...] = (), total: frozenset[str] = frozenset()) -> None:
        """Without documents nothing is found; `proofs_of` gives those of a case."""
        self._known, self._totals = known, total

    def evidence(self, text: str) -> str | None:
        """The evidence ("order:A52000") that a text names first and that the case has; None where it names none."""
        said = squeezed(text).casefold()
        if not said or not self._known:
            return None
        places = [(at, rank) for rank, one in enumerate(self._known) if (at := _named(one, said)) is not None]
        if places:
            one = self._known[min(places)[1]]
            line = min(_lines(one, said), default=None)
            if line is None and f"{one.id}:{TOTAL}" in self._totals and re.search(r"\btotal\b", said):
                return f"{one.id}:{TOTAL}"
            return line[1] if line else one.id
        # A complaint only says what its writer believes: the same line of another document proves more.
        lines = [
            (one.id.startswith("complaint"), at, rank, found)
            for rank, one in enumerate(self._known)
            for at, found in _lines(one, said)
        ]
        return min(lines)[3] if lines else None


def proofs_of(case: Case) -> Proofs:
    """The documents of `case`, under the names that its evidences have."""
    ids = [evidence.id for evidence in evidences(case)]
    seen: dict[str, int] = {}
    known = []
    for document in case.documents:
        seen[document.kind] = rank = seen.get(document.kind, 0) + 1
        alone = sum(other.kind == document.kind for other in case.documents) == 1
        name = document.kind if rank == 1 else f"{document.kind}-{rank}"
        known.append(_known(name, document, alone=alone))
    return Proofs(tuple(known), frozenset(identity for identity in ids if identity.endswith(f":{TOTAL}")))


def _known(name: str, document: Document, *, alone: bool) -> _Known:
    heading, _colon, noun = squeezed(document.title).casefold().partition(":")
    names = [*_NAMES[document.kind], noun.strip() if " " in noun.strip() else "", heading.strip() if noun else ""]
    words = [*_WORDS[document.kind], noun.strip() if noun.strip() and " " not in noun.strip() else ""]
    short = heading.strip().replace("document", "doc") if noun else ""
    named = _either([*names, short])
    either = rf"(?P<name>{named})" if alone else rf"(?P<name>{_either([heading.strip(), short]) if noun else '(?!)'})"
    pattern = rf"(?<!\w)(?:{either}|(?P<the>{_THE})?(?P<word>{_either([*words, *names])}))(?!\w)"
    number = squeezed(document.number).casefold()
    numbers = tuple(dict.fromkeys(filter(None, (number, number.rpartition("/")[2]))))
    # Figures alone may be an amount: such a number counts only behind the word of its document.
    alone_number = re.compile(rf"(?<![\w/-]){re.escape(number)}(?![\w/-])") if re.search(r"\W|[a-z]", number) else None
    references = tuple(
        (line.reference.casefold(), f"{name}:{line.reference}") for line in document.lines if line.reference
    )
    return _Known(name, re.compile(pattern), numbers, alone_number, references)


def _either(words: list[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(filter(None, set(words)), key=len, reverse=True)) or "(?!)"


def _named(one: _Known, said: str) -> int | None:
    """Where a document is named; None where it is not, or with the number of another one."""
    places = [found.start() for found in one.named.finditer(said) if _proved(one, found, said)]
    if one.number and (found := one.number.search(said)):
        places.append(found.start())
    return min(places, default=None)


def _proved(one: _Known, found: re.Match[str], said: str) -> bool:
    told = _NUMBER.match(said, found.end())
    if told and not _DATE.match(told[1]) and told[1] not in dict(one.references):
        return told[1] in one.numbers
    return bool(found["name"] or found["the"])


def _lines(one: _Known, said: str) -> Iterator[tuple[int, str]]:
    """Where lines of a document are named, by their references."""
    for reference, evidence in one.references:
        if found := re.search(rf"(?<![\w-]){re.escape(reference)}(?![\w-])", said):
            yield found.start(), evidence
