"""The function that a letter gives to a person of the case."""

import re
from collections.abc import Iterator

from promptlab.casefile.facts_text import fold, stem, words_of
from promptlab.letter.judgement import Ground, Judgement, Named
from promptlab.letter.people import People, Person
from promptlab.messages import _

_JOB = re.compile(
    r"(?:[ ]*[,(\n][ >*]*|[ ]+-[ ]+)(?:votre |notre |le |la )?(?P<job>(?:directeur|directrice|responsable|"
    r"attachee?|chargee?|gerante?|comptable|"
    r"assistante?|secretaire|commerciale?|presidente?|chef\w*|acheteu\w+|gestionnaire|vendeu\w+)"
    r"(?: (?:(?:de|des|du|d'|de la) ?)?[a-z]{3,}){0,2}?)(?=[ ]*(?:[,.)\n]|$))"
)
_SMALL = frozenset({"de", "des", "du", "la", "le", "votre", "notre"})


def functions(ground: Ground, people: People) -> Iterator[Named]:
    """The functions told right after the name of a person whose function the documents give."""
    text = ground.context.text
    for person in people.persons:
        if not person.function:
            continue
        for named in re.finditer(rf"\b{re.escape(fold(person.surname))}\b", text):
            found = _JOB.match(text, named.end())
            if found:
                yield Named(*found.span("job"), _judged(found["job"], person))


def _judged(job: str, person: Person) -> Judgement:
    said = _words(job)
    right = _words(person.function)
    if said <= right or right <= said:
        return Judgement(
            "proved", _("{source}: {name}", source=person.source, name=f"{person.said}, {person.function}")
        )
    return Judgement("contradicted", person.source, person.function)


def _words(text: str) -> set[str]:
    return {stem(word) for word in words_of(text) if word not in _SMALL and len(word) > 1}
