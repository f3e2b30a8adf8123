"""The parts of a letter's text, apart: what stands above the opening words, the body, the closing."""

import re
from dataclasses import dataclass

from promptlab.casefile.facts import facts_of
from promptlab.casefile.facts_text import fold
from promptlab.letter.parts import parts_of
from promptlab.letter.people import People, people_of
from promptlab.model.case import Case

_LABELS = (
    ("references", r"[vn] ?/ ?ref|(?:vos|nos|votre|notre)? ?ref(?:erence)?s?\.? ?:|[vn]\. ?ref"),
    ("subject", r"(?:objet|sujet|subject) ?:"),
    ("enclosures", r"p\.? ?j\.? ?:|pieces? jointes?(?: ?\(\d+\))? ?:|annexes? ?:"),
    ("mail", r"(?:de|a|from|to|cc|cci|date|envoye(?: le)?) ?:"),
)
_DATED = re.compile(
    r"(?:[a-z' -]{2,30},? )?(?:le |ce )(?:\w+ )?(?:\d|1er|vingt|trente|premier|deux|trois|\[).*|date ?:.*"
)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A letter taken apart, every line of it in exactly one field, in the order of the text.

    `body` are its paragraphs, the closing words included; `signature` is what stands below them.
    """

    sender: tuple[str, ...] = ()
    addressee: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    subject: tuple[str, ...] = ()
    enclosures: tuple[str, ...] = ()
    dated: tuple[str, ...] = ()
    mail: tuple[str, ...] = ()
    opening: str = ""
    body: tuple[str, ...] = ()
    signature: tuple[str, ...] = ()


def taken_apart(text: str, case: Case) -> Sheet:
    """The parts of `text`; what is missing is empty, for nothing is made up."""
    people = people_of(facts_of(case))
    plain = text.replace("\u2028", "\n")
    parts = parts_of(plain, fold(plain), people)
    cut = parts.body
    while cut and plain[cut : cut + 1] in "\n ":
        cut += 1
    opening_end = plain.find("\n", cut) if parts.opening_words else cut
    opening_end = len(plain) if opening_end < 0 else opening_end
    closing_end = plain.find("\n", parts.closing) if parts.closing else len(plain)
    closing_end = len(plain) if closing_end < 0 else closing_end
    found = _head(plain[:cut], people)
    below, enclosed = _below(plain[closing_end:] if parts.closing else "")
    return Sheet(
        **{key: tuple(found.get(key, ())) for key in ("sender", "addressee", "references", "subject", "dated", "mail")},
        enclosures=(*found.get("enclosures", ()), *enclosed),
        opening=_clean(plain[cut:opening_end]),
        body=tuple(_paragraphs(plain[opening_end:closing_end])),
        signature=tuple(below),
    )


def _clean(line: str) -> str:
    return re.sub(r"\*\*|__|^#+ ", "", line).strip()


def _head(head: str, people: People) -> dict[str, list[str]]:
    """The lines above the opening words by what they are: unlabelled ones are the sender's until the addressee's."""
    found: dict[str, list[str]] = {}
    theirs = False
    for line in head.split("\n"):
        plain = fold(_clean(line))
        if not plain:
            continue
        key = next((name for name, pattern in _LABELS if re.match(pattern, plain)), "")
        if not key and _DATED.fullmatch(plain):
            key = "dated"
        if not key:
            theirs = theirs or _is_addressee(plain, people)
            key = "addressee" if theirs else "sender"
        found.setdefault(key, []).append(_clean(line))
    return found


def _is_addressee(plain: str, people: People) -> bool:
    named = [fold(name) for name, role, _source in people.firms if role == "buyer"]
    named += [fold(person.surname) for person in people.persons if person.role == "buyer"]
    return "attention" in plain or any(name in plain for name in named)


def _below(tail: str) -> tuple[list[str], list[str]]:
    """The lines of the signature, and those that list enclosures below it."""
    signature: list[str] = []
    enclosed: list[str] = []
    for line in tail.split("\n"):
        plain = _clean(line)
        if plain:
            listed = re.match(r"p\.? ?j\.? ?:|pieces? jointes?|annexes? ?:", fold(plain)) or enclosed
            (enclosed if listed else signature).append(plain)
    return signature, enclosed


def _paragraphs(text: str) -> list[str]:
    """The paragraphs of the body; lines of a list stay apart, wrapped lines come together."""
    found: list[str] = []
    fresh = True
    for line in text.split("\n"):
        plain = _clean(line)
        if not plain:
            fresh = True
        elif fresh or re.match(r"(?:[-•–*·]|\d+[.)]|\|)\s*", plain) or len(found[-1].split("\n")[-1]) < 60:
            found.append(plain)
            fresh = False
        else:
            found[-1] += f" {plain}"
    return found
