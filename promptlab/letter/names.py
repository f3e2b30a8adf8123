"""The names of a letter, found and judged: persons, firms, places."""

import re
from collections.abc import Iterator

from promptlab.casefile.facts_text import fold, words_of
from promptlab.letter.carriers import carriers
from promptlab.letter.functions import functions
from promptlab.letter.judgement import UNSUPPORTED, Ground, Judgement, Named
from promptlab.letter.near import similarity
from promptlab.letter.people import People, gender_of
from promptlab.letter.places import streets, towns, written_at
from promptlab.messages import _

_UP = r"[A-ZÀ-ÖØ-Þ]"
_NAME = rf"{_UP}[\w’'-]+"
_TITLED = re.compile(
    rf"(?<![\w])(?P<title>Mesdames|Messieurs|Madame|Monsieur|Mademoiselle|Mme|MME|Mlle|M\.|Mr\.?|MR|MADAME|"
    rf"MONSIEUR)(?P<name>(?:[ \u00a0\u202f]+{_NAME}){{1,3}})"
)
_ALONE = re.compile(
    rf"(?m)(?:^|À l[’']attention de |A l[’']attention de |De : ?|À : ?|signé :? ?)[ "
    rf"\t*]*(?P<first>{_UP}[a-zà-öø-ÿ]+(?:-{_UP}[a-zà-öø-ÿ]+)?)[ "
    rf"\u00a0](?P<last>{_UP}[{_UP[1:-1]}'’-]{{2,}})(?=[ ,.*]|$)"
)
_CIVILITY = re.compile(
    r"(?:(?P<open>(?:^|\n)[ ]*(?:cher |chere |bonjour |bonsoir )?)|(?P<close>(?:agreer|recevoir|accepter|"
    r"croire|saluer|assurer)[^.\n]{0,25}?, ?))(?P<title>madame|monsieur|mademoiselle|mme|mr)(?= *[,.!\n]|"
    r"$)(?!, ?(?:madame|monsieur))"
)
_CAPS = re.compile(rf"(?<![\w@.])(?:{_UP}[\w’'&-]*)(?:[ \u00a0]+(?:(?:de|du|des|la|le|et|&)[ ]+)?{_UP}[\w’'&-]*)+")
_NO_SURNAME = frozenset(
    ["madame", "monsieur", "le", "la", "les", "mme", "service", "client", "directeur", "directrice", "responsable"]
)
_NO_FIRST = frozenset(["les", "nos", "vos", "des", "une", "notre", "votre", "montant", "total", "prix", "art"])
_PROSE = 60  # a line at least this long above a name makes it no opening words
_HEADER = re.compile(r"(?:objet|de|a|cc|ref\w*|[vn] ?/ ?ref\w*|p\.?j\.?) ?[.:]")
_SPEAKS_FOR_US = re.compile(
    r",? (?:est joignable|(?:reste|se tient) a (?:votre|disposition)|prendra contact|"
    r"vous (?:contacter|rappeller|appeller)a)"
)
_JOBS = re.compile(r"\b(commercial\w*|vendeu\w+|attachee? de gestion|interlocut\w+|contact|collegue|collaborat\w+)\b")


def names(ground: Ground, people: People) -> Iterator[Named]:
    """The names of the letter, each judged; none stands within another."""
    taken = bytearray(len(ground.text))
    for finder in (_titled, _alone, _civilities, streets, towns, written_at, functions, carriers, _firms):
        for found in finder(ground, people):
            if not any(taken[found.start : found.end]):
                taken[found.start : found.end] = b"\1" * (found.end - found.start)
                yield found


# ---------------------------------------------------------------- persons


def _titled(ground: Ground, people: People) -> Iterator[Named]:
    for found in _TITLED.finditer(ground.text):
        words = found["name"].split()
        while words and fold(words[-1]) in _NO_SURNAME:
            words.pop()
        if not words or fold(words[0]) in _NO_SURNAME:
            continue
        end = ground.text.index(words[-1], found.start("name")) + len(words[-1])
        title = "f" if found["title"].casefold()[:3] in ("mad", "mme", "mll") else "m"
        yield Named(found.start(), end, _person(found.start(), end, words, title, ground, people))


def _person(start: int, end: int, words: list[str], title: str, ground: Ground, people: People) -> Judgement:
    surname, first = fold(words[-1]), fold(" ".join(words[:-1]))
    known = [person for person in people.persons if fold(person.surname) in (surname, fold(" ".join(words)))]
    role = _role_told(start, end, ground, people)
    wanted = next((person for person in people.persons if person.role == role), None)
    if not known:
        near = [p for p in people.persons if similarity(surname, fold(p.surname)) >= 0.75 and len(surname) > 3]
        same_first = [p for p in people.persons if first and fold(p.first) == first]
        right = next(iter([*near, *([wanted] if wanted else []), *same_first]), None)
        return Judgement("contradicted", right.source, right.said) if right else UNSUPPORTED
    person = known[0]
    if wanted is not None and wanted not in known and fold(wanted.surname) != fold(person.surname):
        return Judgement("contradicted", wanted.source, wanted.said)
    if title and person.gender and title != person.gender:
        return Judgement("contradicted", person.source, person.said)
    if first and person.first and first != fold(person.first) and not fold(person.first).startswith(first.rstrip(".")):
        return Judgement("contradicted", person.source, person.said)
    if first and not person.first and person.gender and gender_of(first) not in ("", person.gender):
        return Judgement("contradicted", person.source, person.said)
    return Judgement("proved", _("{source}: {name}", source=person.source, name=person.said))


def _role_told(start: int, end: int, ground: Ground, people: People) -> str:
    """Whom the words make of a person: "buyer" for the one addressed, "seller" for one of ours, "" for nobody."""
    text = ground.context.text
    line = text[text.rfind("\n", 0, start) + 1 : start].strip()
    rest = text[end : end + 3]
    if (
        re.fullmatch(r"(?:chere? |bonjour |bonsoir )?", f"{line} ".lstrip())
        and rest.startswith((",", " ,", "\n"))
        and (line or _opens(start, ground))
    ):
        return "buyer"
    if re.search(r"(?:agreer|recevoir|accepter|croire)[^.\n]{0,30}$", text[max(0, start - 45) : start]):
        return "buyer"
    if line.endswith(("attention de", "attention")) or re.match(r"(?:a|destinataire|to) ?:", line):
        return "buyer"
    if _SPEAKS_FOR_US.match(text[end : end + 40]):
        return "seller"
    if re.search(
        r"\b(?:interlocut\w+|commercial\w*|vendeu\w+)(?: (?:chez|dans|au sein|de) \w+(?: \w+)?)?(?:,| est| sera|"
        r" reste) $",
        text[max(0, start - 60) : start],
    ):
        return "seller"
    ours = re.search(r"\b(notre|nos|votre)\b[^.;\n]{0,35}$", text[max(0, start - 50) : start])
    if ours and _JOBS.search(ours[0]):
        own = {person.function for person in people.persons if person.role == "seller" and person.function}
        job = _JOBS.search(ours[0])
        if ours[1] != "votre" or (job and any(fold(one).startswith(job[1][:7]) for one in own)):
            return "seller" if (job and job[1][:5] in ("comme", "vende")) or ours[1] != "votre" else ""
    return ""


def _opens(start: int, ground: Ground) -> bool:
    """Whether a line is the opening words: where the body begins, or anywhere above the closing."""
    text = ground.context.text
    if ground.body:
        return start <= ground.body or not text[ground.body : start].strip(" >-*\n")
    before = [line.strip() for line in text[:start].split("\n")]
    return not any(len(line) >= _PROSE and not _HEADER.match(line) for line in before)


def _alone(ground: Ground, people: People) -> Iterator[Named]:
    for found in _ALONE.finditer(ground.text):
        start, end = found.start("first"), found.end("last")
        first, last = fold(found["first"]), fold(found["last"])
        known = next((p for p in people.persons if fold(p.surname) == last), None)
        near = next((p for p in people.persons if similarity(last, fold(p.surname)) >= 0.75), None)
        same_first = next((p for p in people.persons if p.first and fold(p.first) == first), None)
        lead = fold(ground.text[max(0, start - 24) : start])
        if _is_firm(found[0], people) or len(first) < 3 or first in _NO_FIRST:
            continue
        if known is not None and (not known.first or fold(known.first) == first):
            yield Named(start, end, Judgement("proved", _("{source}: {name}", source=known.source, name=known.said)))
        elif (right := known or near or same_first) is not None:
            yield Named(start, end, Judgement("contradicted", right.source, right.said))
        elif "attention" in lead or lead.rstrip().endswith("a :"):
            wanted = people.addressee()
            yield Named(start, end, Judgement("contradicted", wanted.source, wanted.said) if wanted else UNSUPPORTED)
        else:
            yield Named(start, end, UNSUPPORTED)


def _is_firm(written: str, people: People) -> bool:
    words = set(words_of(written))
    return any(words <= set(words_of(name)) for name, _role, _source in people.firms)


def _civilities(ground: Ground, people: People) -> Iterator[Named]:
    """The bare "Madame," of opening and closing words, against the person who wrote the complaint."""
    addressee = people.addressee()
    for found in _CIVILITY.finditer(ground.context.text):
        if found["open"] is not None and not _opens(found.start("title"), ground):
            continue
        title = "m" if found["title"] in ("monsieur", "mr") else "f"
        start, end = found.span("title")
        if addressee is None or not addressee.gender:
            yield Named(start, end, UNSUPPORTED)
        elif title == addressee.gender:
            yield Named(
                start, end, Judgement("proved", _("{source}: {name}", source=addressee.source, name=addressee.said))
            )
        else:
            right = "Madame" if addressee.gender == "f" else "Monsieur"
            yield Named(start, end, Judgement("contradicted", addressee.said, right))


# ---------------------------------------------------------------- firms


def _firms(ground: Ground, people: People) -> Iterator[Named]:
    """Firms as documents write them, in any case; names in capitals that share a word with one of them are misspelt."""
    text = ground.context.text
    spellings = sorted(
        {(fold(name), name, source) for name, _role, source in people.firms}, key=lambda one: -len(one[0])
    )
    for folded_name, name, source in spellings:
        for found in re.finditer(rf"(?<![\w@.-]){re.escape(folded_name)}(?![\w@-]|\.\w)", text):
            yield Named(
                found.start(), found.end(), Judgement("proved", _("{source}: {name}", source=source, name=name))
            )
    for found in _CAPS.finditer(ground.text):
        near = _near_firm(found[0], people)
        if near:
            yield Named(found.start(), found.end(), Judgement("contradicted", near[1], near[0]))


def _near_firm(written: str, people: People) -> tuple[str, str] | None:
    """The firm that a name was meant for: alike in spelling, or with a capital word in common and one besides."""
    said = [word for word in words_of(written) if len(word) > 2]
    for name, _role, source in people.firms:
        whole = [word for word in words_of(name) if len(word) > 2]
        if len(whole) < 2 or len(said) < 2 or set(said) >= set(whole) or set(said) <= set(whole):
            continue
        alike = similarity(" ".join(said), " ".join(whole))
        plain = {word.rstrip("s") for word in said} & {word.rstrip("s") for word in whole}
        share = any(len(word) > 3 for word in plain) and len(said) == len(whole)
        loud = sum(word.isupper() for word in written.split() if len(word) > 2) >= len(said) - 1
        if alike >= 0.82 or (share and loud and alike >= 0.5):
            return name, source
    return None
