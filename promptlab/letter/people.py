"""The firms, persons and places that a case's documents name."""

import re
from dataclasses import dataclass
from typing import Literal

from promptlab.casefile.facts import Facts
from promptlab.casefile.facts_stated import parties_of
from promptlab.casefile.facts_text import fold, vocabulary

Gender = Literal["f", "m", ""]
_CIVIL = re.compile(r"\b(mme|madame|mlle|mademoiselle|melle|m\.|mr\.?|monsieur)(?= |$)")
# First names whose gender French spelling does not give away: the commonest of them.
_MEN = vocabulary(
    """
    jean pierre philippe antoine alexandre guillaume maxime jerome stephane christophe etienne eugene gilles
    jules luc marc paul david thomas nicolas julien sebastien laurent frederic olivier eric pascal bruno
    thierry vincent patrick michel alain bernard didier daniel jacques francois yves hugo lucas louis arthur
    gabriel raphael adam karim mehdi mohamed ahmed youssef omar ali rachid samir kevin anthony romain mathieu
    matthieu benjamin fabien arnaud cedric denis herve joel noel rene andre serge xavier yann gael loic
    basile come achille anatole aristide ambroise theodore
    """
)
_WOMEN = vocabulary(
    """
    cecile marie sophie julie anne claire isabelle nathalie catherine christine valerie sandrine celine
    audrey camille emma lea chloe manon ines sarah laura karine carine veronique florence helene agnes muriel
    ines fatima nadia samira amina leila lucie elise louise alice juliette pauline charlotte mathilde margaux
    marion estelle edith ingrid solene maelys carmen nour
    """
)


@dataclass(frozen=True, slots=True)
class Person:
    """A person of the case: how documents name her or him, of which firm, and how she or he is to be addressed."""

    surname: str
    first: str
    gender: Gender
    role: str
    function: str
    source: str

    @property
    def said(self) -> str:
        """The name as a letter may write it."""
        title = {"f": "Mme", "m": "M.", "": ""}[self.gender]
        return " ".join(part for part in (title, self.first, self.surname) if part)


@dataclass(frozen=True, slots=True)
class Place:
    """An address of the case, in folded parts: "32 rue saint-basile", "13001", "marseille"."""

    street: str
    code: str
    town: str
    firm: str
    role: str
    source: str
    printed: str


@dataclass(frozen=True, slots=True)
class People:
    """Everyone and every place of a case; `firms` are (name, role, source), the carrier's role is "carrier"."""

    persons: tuple[Person, ...]
    firms: tuple[tuple[str, str, str], ...]
    places: tuple[Place, ...]

    def addressee(self) -> Person | None:
        """The person of the customer to whom the reply goes."""
        return next((person for person in self.persons if person.role == "buyer"), None)


def people_of(facts: Facts) -> People:
    """The firms, persons and places that the documents of the case name, each once."""
    persons: dict[tuple[str, str, str], Person] = {}
    firms: dict[str, tuple[str, str, str]] = {}
    places: dict[str, Place] = {}
    for party, where in parties_of(facts.case, facts.papers):
        for part in re.split(r"\s+[–—]\s+|\s+-\s+", party.name):
            firms.setdefault(fold(part).strip(), (part.strip(), party.role, where))
        firms.setdefault(fold(party.name), (party.name, party.role, where))
        person = person_of(party.contact, party.role, where)
        if person:
            known = persons.get((fold(person.surname), person.role, ""))
            if known is None or (not known.first and person.first):
                persons[(fold(person.surname), person.role, "")] = person
        place = place_of(party.address, party.name, party.role, where)
        if place:
            places.setdefault(place.street + place.code, place)
    for paper in facts.papers:
        for name, said in paper.document.terms:
            if name == "carrier":
                firms.setdefault(fold(said), (said, "carrier", paper.said))
    return People(tuple(persons.values()), tuple(firms.values()), tuple(places.values()))


def person_of(contact: str, role: str, source: str) -> Person | None:
    """The person that a document's contact names: "Mme Duvalier, commerciale", "Cécile HARRIVAS, directrice"."""
    name, _comma, function = contact.partition(",")
    civil = _CIVIL.search(fold(name))
    bare = (name[: civil.start()] + name[civil.end() :]).strip() if civil else name.strip()
    words = [word for word in bare.split() if word[:1].isalpha() and not word[:1].islower()]
    if not words:
        return None
    upper = [word for word in words if len(word) > 1 and word.isupper()]
    surname = " ".join(upper) if upper and len(upper) < len(words) else words[-1]
    first = " ".join(word for word in words if word not in surname.split())
    gender: Gender = _gender_of_title(civil[0]) if civil else gender_of(first, function)
    return Person(surname, first, gender, role, function.strip(), source)


def _gender_of_title(title: str) -> Gender:
    return "f" if title.startswith(("mme", "mad", "ml", "mel")) else "m"


def gender_of(first: str, function: str = "") -> Gender:
    """The gender that a first name or a function gives away, "" where neither does."""
    name = fold(first).split("-")[0].split(" ")[0]
    if name in _WOMEN:
        return "f"
    if name in _MEN:
        return "m"
    job = fold(function).split()
    if job and re.search(r"(?:ee|trice|iere|euse|ante|ienne|ale|ive)$", job[0]):
        return "f"
    if (
        job
        and re.search(r"(?:teur|eur|ier|ien|ant|al|if|e)$", job[0])
        and not re.search(r"(?:able|aire|iste|logue|gue)$", job[0])
    ):
        return "m" if not job[0].endswith("e") or job[0] in ("attache", "charge", "delegue", "employe") else ""
    if name.endswith(("a", "ine", "ette", "elle", "ie")):
        return "f"
    return ""


def place_of(address: str, firm: str, role: str, source: str) -> Place | None:
    """The parts of a printed address, None where it has no postal code."""
    found = re.search(r"^(?P<street>.*?)[,\n ]+(?P<code>\d{5}) +(?P<town>[^,\n]+)", address, re.DOTALL)
    if not found:
        return None
    return Place(
        normal_street(fold(found["street"])), found["code"], fold(found["town"]).strip(), firm, role, source, address
    )


def normal_street(folded: str) -> str:
    """A folded street without commas and dashes: "32, rue saint-basile" and "32 rue Saint Basile" are one."""
    plain = re.sub(r"[,\-'.]+", " ", folded)
    plain = re.sub(r"\bst\b", "saint", re.sub(r"\bav\b", "avenue", re.sub(r"\b(?:bd|bld|bvd)\b", "boulevard", plain)))
    return re.sub(r"\s+", " ", plain).strip()
