"""Finding personal data in what a user is about to send."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass
from typing import Any, Literal

from promptlab.ask.names import Names, folded
from promptlab.errors import PersonalDataFound
from promptlab.messages import _
from promptlab.model.case import Case

Kind = Literal["email", "iban", "siret", "siren", "phone", "name"]

_LABELS: dict[Kind, Callable[[], str]] = {
    "email": lambda: _("e-mail address"),
    "iban": lambda: _("bank account number (IBAN)"),
    "siret": lambda: _("SIRET number"),
    "siren": lambda: _("SIREN number"),
    "phone": lambda: _("telephone number"),
    "name": lambda: _("name on your list"),
}
_S = r"[ \u00a0\u202f\u2009.\-/]"  # what people put between the groups of a number
_EMAIL = re.compile(r"(?<![\w.+'\-])[\w.+'\-]{1,64}\s?@\s?(?:[\w\-]{1,63}\.){1,8}[^\W\d_]{2,24}(?![\w\-])")
_IBAN = re.compile(rf"(?<![A-Za-z0-9])[A-Za-z]{{2}}{_S}?[0-9]{{2}}(?:{_S}?[A-Za-z0-9]){{11,30}}")
_SIRET = re.compile(rf"(?<![0-9])(?:[0-9]{_S}?){{13}}[0-9](?![0-9])")
# Alone, or at the end of a French VAT number.
_SIREN = re.compile(
    rf"(?:\bFR{_S}?[0-9]{{2}}{_S}?|(?<![0-9])(?<![0-9],))[0-9]{{3}}({_S}?)[0-9]{{3}}\1[0-9]{{3}}(?![0-9]|,[0-9]|\s?(?:€|%|EUR\b|euros?\b))"
)
# Spaces may stand anywhere; other signs must be all the same, or dates with hours would be telephone numbers.
_FRENCH_PHONE = re.compile(
    rf"(?<![0-9A-Za-z+])(?:(?:\+|00){_S}?33{_S}?(?:\(0\){_S}?)?|0)[1-9]"
    r"(?:(?:[ \u00a0\u202f\u2009]{0,2}[0-9]{2}){4}|(?:(?P<sign>[./_\-])[0-9]{2})(?:(?P=sign)[0-9]{2}){3})(?![0-9])"
)
_OTHER_PHONE = re.compile(rf"(?<![0-9A-Za-z])(?:\+|00)(?!33|0)[1-9][0-9]{{0,2}}(?:{_S}?\(?[0-9]\)?){{6,13}}(?![0-9])")
# Lengths by country, from the IBAN registry (ISO 13616).
_IBAN_LENGTHS = {
    code[:2]: int(code[2:])
    for code in re.findall(
        r"[A-Z]{2}[0-9]{2}",
        "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 EG29 "
        "ES24 FI18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 "
        "LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 "
        "RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30",
    )
}
_LA_POSTE = "356000000"


@dataclass(frozen=True, slots=True)
class Finding:
    """One piece of personal data: the characters `start` to `end` of a text. `value` is its form for comparison."""

    kind: Kind
    text: str
    value: str
    start: int
    end: int

    @property
    def label(self) -> str:
        """The kind in words for the screen."""
        return _LABELS[self.kind]()

    @property
    def masked(self) -> str:
        """Enough of it to find it again, not enough to use it."""
        if self.kind == "email":
            local, _at, domain = self.text.partition("@")
            return f"{local[:1]}…@{domain.strip()[:1]}….{domain.rpartition('.')[2]}"
        if self.kind == "name":
            return " ".join(f"{word[:1]}…" for word in self.text.split())
        return f"{self.text[:2]}…{self.text[-2:]}"


def find_personal(text: str, *, names: Names | None = None, known: Iterable[str] = ()) -> tuple[Finding, ...]:
    """The personal data in `text`, in its order, no two overlapping.

    `names` are those of the pupils; `known` are texts (a case's fictional documents) whose data may be sent: what
    stands in one of them is not found.
    """
    known = tuple(known)
    allowed = {finding.value for entry in known for finding in _free_of_overlap(_numbers(entry))}
    allowed |= {value[:9] for value in allowed if len(value) == 14}  # the firm of a known establishment
    familiar = " ".join(f" {folded(entry)} " for entry in known) if names else ""
    found = [finding for finding in _numbers(text) if finding.value not in allowed]
    if names:
        found += [
            Finding("name", text[start:end], name, start, end)
            for start, end, name in names.find(text)
            if f" {name} " not in familiar
        ]
    return _free_of_overlap(found)


def check_before_sending(prompts: Sequence[str], *, names: Names | None = None, known: Iterable[str] = ()) -> None:
    """Let prompts without personal data through. Raises PersonalDataFound, which names all that was found, masked."""
    known = tuple(known)
    lines = [
        _(
            "prompt {number}, character {place}: {what} {masked}",
            number=number,
            place=finding.start + 1,
            what=finding.label,
            masked=finding.masked,
        )
        for number, prompt in enumerate(prompts, 1)
        for finding in find_personal(prompt, names=names, known=known)
    ]
    if lines:
        head = _(
            "Nothing was sent: your prompts hold personal data. Take it out or put something "
            "made up in its place, then ask again."
        )
        raise PersonalDataFound("\n".join([head, *(f"  - {line}" for line in lines)]))


def facts_of(case: Case) -> tuple[str, ...]:
    """Every text of a fictional case's company, customer and documents: facts that may be sent. None of a real case."""
    return tuple(_texts((case.company, case.customer, case.documents))) if case.fictional else ()


def _texts(noun: Any) -> Iterator[str]:
    if isinstance(noun, str):
        yield noun
    elif isinstance(noun, tuple | list):
        for entry in noun:
            yield from _texts(entry)
    elif is_dataclass(noun):
        for field in fields(noun):
            yield from _texts(getattr(noun, field.name))


def _numbers(text: str) -> list[Finding]:
    """All but names; overlaps are not sorted out yet. Kinds that hide others stand first."""
    found = [
        Finding("email", match[0], re.sub(r"\s", "", match[0]).casefold(), *match.span())
        for match in _EMAIL.finditer(text)
    ]
    found += _ibans(text)
    found += _matches("siret", _SIRET, text, _is_siret)
    found += _matches("phone", _FRENCH_PHONE, text, bool)
    found += _matches("phone", _OTHER_PHONE, text, bool)
    found += _matches("siren", _SIREN, text, _is_siren)
    return found


def _matches(kind: Kind, pattern: re.Pattern[str], text: str, holds: Callable[[str], bool]) -> Iterator[Finding]:
    for match in pattern.finditer(text):
        digits = re.sub(r"[^0-9]", "", match[0].replace("(0)", ""))
        if holds(digits):
            yield Finding(kind, match[0], _value(kind, digits), *match.span())


def _value(kind: Kind, digits: str) -> str:
    if kind == "phone":
        return re.sub(r"^(?:00)?33(?=[1-9][0-9]{8}$)", "0", digits)
    return digits[-9:] if kind == "siren" else digits


def _ibans(text: str) -> Iterator[Finding]:
    for match in _IBAN.finditer(text):
        length = _IBAN_LENGTHS.get(match[0][:2].upper(), 0)
        signs = [i for i, sign in enumerate(match[0]) if sign.isalnum()]
        if not 0 < length <= len(signs):
            continue
        end = match.start() + signs[length - 1] + 1
        value = "".join(match[0][i] for i in signs[:length]).upper()
        if not text[end : end + 1].isalnum() and _mod97(value) == 1:
            yield Finding("iban", text[match.start() : end], value, match.start(), end)


def _mod97(iban: str) -> int:
    """The remainder of ISO 7064 MOD 97-10; 1 for a right IBAN."""
    return int("".join(str(int(sign, 36)) for sign in iban[4:] + iban[:4])) % 97


def _luhn(digits: str) -> bool:
    doubled = (int(digit) * (2 if place % 2 else 1) for place, digit in enumerate(reversed(digits)))
    return sum(number - 9 if number > 9 else number for number in doubled) % 10 == 0


def _is_siren(digits: str) -> bool:
    return _luhn(digits[-9:]) and len(set(digits)) > 1


def _is_siret(digits: str) -> bool:
    """Luhn's rule; La Poste has too many establishments for it: their digits add up to a multiple of 5."""
    if digits.startswith(_LA_POSTE) and sum(map(int, digits)) % 5 == 0:
        return True
    return _luhn(digits) and len(set(digits)) > 1


def _free_of_overlap(found: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings in the order of the text; of two that overlap, the one that was found first."""
    kept: list[Finding] = []
    for finding in found:
        if all(finding.end <= other.start or finding.start >= other.end for other in kept):
            kept.append(finding)
    return tuple(sorted(kept, key=lambda finding: finding.start))
