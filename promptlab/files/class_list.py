"""The teacher's list of a class: who stands behind each pseudonym. It is read, and never written into a copie."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from promptlab.errors import BadInput
from promptlab.files.csv_rows import read_csv
from promptlab.messages import _

MOST_PUPILS = 20_000
_COLUMNS = {
    "pseudonym": ("pseudonyme", "pseudonym", "pseudo", "code", "copie", "code anonyme"),
    "last": ("nom", "nom de famille", "last name", "surname", "lastname"),
    "first": ("prénom", "prenom", "first name", "firstname"),
    "name": (
        "élève",
        "eleve",
        "nom complet",
        "name",
        "full name",
        "pupil",
        "nom et prénom",
        "nom prénom",
        "prénom nom",
    ),
    "email": ("adresse de courriel", "courriel", "e-mail", "email", "email address", "mail", "adresse mail"),
    "number": (
        "numéro d'identification",
        "numéro d’identification",
        "id number",
        "idnumber",
        "identifiant",
        "username",
    ),
}


@dataclass(frozen=True, slots=True)
class Pupil:
    """One line of the list. `name` is first name and last name; what the list does not say is empty."""

    pseudonym: str
    name: str = ""
    email: str = ""
    number: str = ""


def read_class(path: Path) -> tuple[Pupil, ...]:
    """The pupils in the CSV file `path`, in its order.

    The first line names the columns (pseudonyme, nom, prénom, courriel, numéro d’identification…); without such a line
    the first column is the pseudonym and the next two the name. Raises BadInput for a list without pseudonyms and for
    one that has the same pseudonym twice.
    """
    file = read_csv(path)
    places = _places(file.heads)
    first = 1 if places else 0
    places = places or {"pseudonym": 0, "last": 1, "first": 2}
    if "pseudonym" not in places:
        said = _(
            "{path}: no column is called “pseudonyme”; the columns are: {heads}.",
            path=path,
            heads="; ".join(file.heads),
        )
        raise BadInput(said)
    pupils = [_pupil(file.texts(number), places) for number in range(first, len(file.records))]
    pupils = [pupil for pupil in pupils if pupil.pseudonym]
    seen: set[str] = set()
    for pupil in pupils:
        if pupil.pseudonym.casefold() in seen:
            raise BadInput(_("{path}: “{code}” stands twice: give each pupil a code.", path=path, code=pupil.pseudonym))
        seen.add(pupil.pseudonym.casefold())
    if not pupils or len(pupils) > MOST_PUPILS:
        raise BadInput(_("{path}: this list holds {count} pupils.", path=path, count=len(pupils)))
    return tuple(pupils)


def _places(heads: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for place, head in enumerate(heads):
        for column, names in _COLUMNS.items():
            if head.strip().casefold() in names:
                found.setdefault(column, place)
    return found


def _pupil(texts: Sequence[str], places: dict[str, int]) -> Pupil:
    said = {column: texts[place] if place < len(texts) else "" for column, place in places.items()}
    parts = (said.get("first", ""), said.get("last", ""))
    name = said.get("name", "") or " ".join(part for part in parts if part)
    return Pupil(said["pseudonym"], name, said.get("email", ""), said.get("number", ""))
