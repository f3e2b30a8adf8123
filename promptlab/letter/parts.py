"""The parts that a business letter or e-mail must have, and which of them a text lacks."""

import re
from collections import deque
from dataclasses import dataclass
from typing import Literal

from promptlab.casefile.dates import Day, dates
from promptlab.casefile.facts_text import fold
from promptlab.letter.near import similarity
from promptlab.letter.people import People

Medium = Literal["letter", "email"]
SENDER, ADDRESSEE, DATE, SUBJECT = "expéditeur", "destinataire", "date", "objet"
REFERENCES, ENCLOSURES, OPENING, CLOSING, SIGNATURE = (
    "références", "pièces jointes", "appel", "formule de politesse", "signature",
)  # fmt: skip
_PROSE = 60  # a line at least this long is no line of an address
_MOST_SIGNED = 4  # lines of a signature
_SIGNATURE = 45  # the longest line that is read as a name below an e-mail
_LINE = r"(?m)^[ >#*-]*"
_HEADERS = re.compile(_LINE + r"(?:de|from|expediteur|a|to|pour|destinataire|cc|cci|envoye(?: le)?) ?: ?\S")
_MAIL_HEAD = re.compile(_LINE + r"(?:de|from|expediteur|a|to|destinataire|cc|cci) ?: ?.*@")
_SUBJECT = re.compile(_LINE + r"(?:objet|sujet|subject|obj\.?) ?:[ ]*\S")
_REFERENCES = re.compile(
    _LINE
    + r".{0,40}?(?:\b[vn] ?/ ?ref|\b(?:vos|nos|votre|notre) ref(?:erence)?s?\b|\bref(?:erence)?s?\.? ?:|\b[vn]\. ?ref)"
    r"|(?m:^[ >#*-]*ref(?:erence)?s?\.? (?:n ?° ?)?[\w/-]*\d)"
)
_OPENING = re.compile(
    _LINE + r"(?:(?:chere?s? |bonjour,? ?|bonsoir,? ?|bjr,? ?|bsr,? ?)?(?:mesdames|messieurs|madame|monsieur|"
    r"mademoiselle|mme|mr|"
    r"m\.)(?: \w[\w'-]*){0,3}(?: ?[,/] ?(?:madame|monsieur|messieurs)| et monsieur| ou monsieur)? ?[,!]? *$|"
    r"(?:bonjour|bonsoir|bjr|bsr)\b(?:.{0,40}$| (?:madame|mme|monsieur|m\.)(?: \w[\w'-]*){0,2},)|cher(?:e|s)? "
    r"client\w*.{0,30}$)"
)
_CLOSING = re.compile(
    r"\b(?:agreer|recevoir,|recevez,|veuillez (?:recevoir|accepter|croire|trouver ici)|prions? (?:d'|de "
    r")(?:agreer|recevoir|accepter|croire)[^.\n]{0,80}(?:salutation|sentiment|consideration|expression|"
    r"assurance)|"
    r"(?:bien |tres )?cordialement|sinceres? salutations|salutations (?:distinguees|respectueuses|les "
    r"meilleures|cordiales)|meilleures salutations|respectueusement|sincerement|bien a vous|cordiales "
    r"salutations|(?:croyez|adress\w+)\b[^.\n]{0,80}\b(?:sentiments|salutations|consideration|devouement))"
)
# What closes an e-mail as well: a line of its own that wishes a good day.
_WISH = re.compile(
    r"(?m)^[ ]*(?:[a-z' ]{0,30}, ?)?(?:(?:je vous souhaite |nous vous souhaitons |en vous souhaitant )?(?:une "
    r")?(?:tres )?bonn?e (?:fin de )?"
    r"(?:journee|soiree|semaine|reception)(?: a vous)?|a (?:bientot|votre disposition)) ?[,.!]? *$"
)
# "Cordialement, Mme Duvalier": the name on the line of the closing words.
_NAMED_BESIDE = re.compile(
    r"[ ,!.–-]{1,4}(?!Madame|Monsieur|Mesdames|Messieurs|Mme,)(?:[A-ZÀ-Ý]|l[ae] )[^,.]{1,30}(?:$|[,–-])"
)
_SIGNED = re.compile(r"[A-ZÀ-Ý][\w'’-]+ (?:[A-ZÀ-Ý][\w'’-]*\.?)(?: [A-ZÀ-Ý][\w'’-]*)?|\[[^\]\n]{2,40}\]")
_LIST = re.compile(
    _LINE + r"(?:p\.? ?j\.?|pieces? jointes?|annexes?|piece ?\(s\) jointe ?\(s\)|documents? joints?)(?: ?\(\d+\))? "
    r"?[:;,-]|^[ ]*p\.?j\.? *$|(?m:^[ ]*p\.? ?j\.? +\S)"
)
_ENCLOSED = re.compile(
    r"ci[ -]?joint\w*|en (?:piece|annexe)s? ?(?:jointe?s?)?(?= |,|\.|:)(?: jointes?)?|joignons|joint\w* a "
    r"(?:ce|cet|cette|la presente|notre)|trouverez (?:egalement )?(?:en annexe|joint)|je joins|sont joints?|"
    r"est jointe?|avec ce (?:courrier|message|courriel)"
)


@dataclass(frozen=True, slots=True)
class Parts:
    """Which parts a text has, and where: `body` is the place of the opening words, `closing` of the closing ones.

    `opening_words` and `closing_words` are folded; a place is 0 where the part is missing.
    """

    medium: Medium
    present: frozenset[str]
    needed: tuple[str, ...]
    body: int = 0
    closing: int = 0
    opening_words: str = ""
    closing_words: str = ""
    subject: str = ""


def parts_of(text: str, folded: str, people: People, medium: Medium | None = None) -> Parts:
    """The parts of a letter or an e-mail; `folded` is its folded text."""
    kind: Medium = medium or medium_of(folded)
    closing = _last(_CLOSING, folded) or (_last(_WISH, folded) if kind == "email" else None)
    opening = _opening(folded[: closing.start()] if closing else folded)
    body = max(1, opening.start()) if opening else _first_paragraph(folded)
    subject = _SUBJECT.search(folded)
    head = folded[: body or len(folded) // 3]
    present = set()
    if opening:
        present.add(OPENING)
    if closing:
        present.add(CLOSING)
        if _signed(text, closing.end()):
            present.add(SIGNATURE)
    elif _ends_signed(folded, people) or _ends_named(text):
        present.add(SIGNATURE)
    if subject:
        present.add(SUBJECT)
    subject_line = _line(folded, subject.start()) if subject else ""
    if _has_references(kind, folded, head, subject_line):
        present.add(REFERENCES)
    if _LIST.search(folded):
        present.add(ENCLOSURES)
    present |= _head_parts(head, folded[closing.end() :] if closing else "", people)
    needed = [SUBJECT, REFERENCES, OPENING, CLOSING, SIGNATURE]
    if kind == "letter":
        needed = [SENDER, ADDRESSEE, DATE, *needed]
    if _announces(folded):
        needed.insert(needed.index(REFERENCES) + 1, ENCLOSURES)
    return Parts(
        kind, frozenset(present), tuple(needed), body if opening else 0, closing.start() if closing else 0,
        opening[0].strip() if opening else "", _line(folded, closing.start()) if closing else "", subject_line,
    )  # fmt: skip


def missing_parts(parts: Parts) -> tuple[str, ...]:
    """The names of the parts that are needed and not there, in the order of a letter."""
    return tuple(part for part in parts.needed if part not in parts.present)


def medium_of(folded: str) -> Medium:
    """An e-mail has header lines ("De :", "À :", "Cc :") in its first lines; anything else is a letter."""
    head = "\n".join([line for line in folded.split("\n") if line.strip()][:8])
    if _MAIL_HEAD.search(head) or len(_HEADERS.findall(head)) >= 2:
        return "email"
    return "letter"


def _opening(folded: str) -> re.Match[str] | None:
    """The opening words: the last such line before the first long paragraph, so that an address is not taken for it."""
    best = None
    for found in _OPENING.finditer(folded):
        line = found[0].strip()
        following = folded[found.end() + 1 :].partition("\n")[0]
        if not line.endswith((",", "!")) and 0 < len(following.strip()) < _PROSE:
            continue  # a line of an address
        if best is None or (line.endswith(",") and not best[0].strip().endswith(",")):
            best = found
        if line.endswith((",", "!")):
            break
    return best


def _first_paragraph(folded: str) -> int:
    """Where the first line of prose begins, for a letter without opening words."""
    for found in re.finditer(r"(?m)^.{60,}$", folded):
        if not re.match(r" *(?:objet|sujet|v ?/ ?ref|n ?/ ?ref|p\.?j)", found[0]):
            return found.start()
    return 0


def _last(pattern: re.Pattern[str], folded: str) -> re.Match[str] | None:
    return next(iter(deque(pattern.finditer(folded), maxlen=1)), None)


def _line(folded: str, place: int) -> str:
    end = folded.find("\n", place + 1)
    return folded[folded.rfind("\n", 0, place + 1) + 1 : end if end >= 0 else len(folded)].strip()


def _signed(text: str, place: int) -> bool:
    """Whether a name, a function or a firm stands below the closing words."""
    end = text.find("\n", place)
    if _NAMED_BESIDE.match(text[place : end if end >= 0 else len(text)]):
        return True
    if end < 0:
        return (
            bool(re.search(r"\w{3}", text[place:].lstrip(" ,.!*")))
            and len(text[place:].split()) <= 12
            and "," in text[place:]
        )
    for line in text[end:].split("\n"):
        plain = fold(line).strip(" *_-–.")
        if (
            plain
            and not _LIST.match(plain)
            and not re.match(r"(?:p\.? ?s|copie|cc|pieces?) ?[:.]", plain)
            and re.search(r"[a-z]{2}", plain)
        ):
            return True
    return False


def _ends_signed(folded: str, people: People) -> bool:
    """Whether a text without closing words ends in the name of one of ours, alone on its line."""
    lines = [line.strip(" *_-.,") for line in folded.split("\n") if line.strip()]
    own = {fold(person.surname) for person in people.persons if person.role == "seller"}
    firms = {fold(name) for name, role, _source in people.firms if role == "seller"}
    for line in lines[1:][-4:]:
        if len(line) < _SIGNATURE and (
            line in firms or own & set(line.split()) or re.match(r"(?:le |la )?(?:service|direction)\b", line)
        ):
            return not re.match(r"(?:a|de|pour|objet|cc) ?:", line)
    return False


def _ends_named(text: str) -> bool:
    """Whether the last lines, apart from the text above, begin with a forename and a name."""
    block = re.split(r"\n[ \t]*\n", text.rstrip())[1:][-1:]
    lines = [line.strip(" *_") for line in block[0].split("\n")] if block else []
    short = bool(lines) and len(lines) <= _MOST_SIGNED and all(len(line) < _SIGNATURE for line in lines)
    return short and _SIGNED.fullmatch(lines[0].rstrip(",")) is not None


def _has_references(kind: Medium, folded: str, head: str, subject: str) -> bool:
    number = r"(?:facture|commande|livraison|\bbl\b|dossier|n ?°|no\b|ref)[^\n]{0,25}\d"
    if _REFERENCES.search(head) or re.search(number, subject):
        return True
    return kind == "email" and bool(
        re.search(r"(?:n ?°|numero|no\.?|ref\.?|reference|commande|facture|\bcde|\bbl|\bfact\.?) ?[\w/-]*\d", folded)
    )


def _announces(folded: str) -> bool:
    for found in _ENCLOSED.finditer(folded):
        around = folded[max(0, found.start() - 60) : found.end() + 40]
        if re.search(
            r"(?:joint\w*|annexe\w*) (?:a|dans) (?:votre|vos)|vous (?:avez )?(?:nous )?(?:joint|joign)", around
        ):
            continue
        line = _line(folded, found.start())
        if not _LIST.match(line):
            return True
    return False


def _head_parts(head: str, tail: str, people: People) -> set[str]:
    found = set()
    labelled = re.compile(r"[ *_>#-]*(?:objet|sujet|[vn] ?/ ?ref|(?:vos|nos) ref|ref|p\.? ?j|pieces?)\b")
    blocks = "\n".join(line for line in head.split("\n") if not labelled.match(line))
    flat = re.sub(r"\s+", " ", blocks)
    lines = [line.strip(" *_>#") for line in blocks.split("\n")]
    for role, part in (("seller", SENDER), ("buyer", ADDRESSEE)):
        names = [fold(name) for name, whose, _source in people.firms if whose == role]
        streets = [place.street for place in people.places if place.role == role]
        towns = [f"{place.code} {place.town}" for place in people.places if place.role == role]
        persons = [fold(p.surname) for p in people.persons if p.role == role]
        if (
            any(one in flat for one in (*names, *towns))
            or any(one in re.sub(r"[,'-]", " ", flat) for one in streets)
            or any(similarity(line, name) >= 0.75 for line in lines for name in names if line)
            or (part == ADDRESSEE and any(re.search(rf"\b{re.escape(one)}\b", flat) for one in persons))
        ):
            found.add(part)
    if any(isinstance(one.value, Day) and _dates_the_letter(head, one.start) for one in dates(head)) or any(
        re.match(r"[a-z' -]{2,25}, le ", line) for line in tail.split("\n")
    ):
        found.add(DATE)
    return found


def _dates_the_letter(head: str, place: int) -> bool:
    """Whether a date in the head is that of the letter: not one of a subject or reference line."""
    line = head[head.rfind("\n", 0, place) + 1 : place]
    return bool(
        re.fullmatch(
            r" *(?:[a-z' -]{0,40},? ?(?:le|ce)?|date ?:?|le) *(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|"
            r"dimanche)? *",
            line,
        )
    ) and not re.search(r"ref|objet|commande|facture|livraison|courriel|reclamation|mail\b", line)
