"""The number that a line prints before its title: `1.`, `Étape 1 :`, `1️⃣`, `①`, `II.`, `Phase 1`, `Premièrement`."""

import re
import unicodedata
from typing import NamedTuple

from promptlab.parse.inline import Rich

# The words for "step" that number a title and are no part of it; Étape, Step and Paso are named by the contract.
_STEP_WORDS = (
    "étapes?|etapes?|steps?|pasos?|etapas?|schritt|passo|passaggio|krok|stap|steg|trin|vaihe|adım|lépés"
    "|шаг|крок|βήμα|الخطوة|خطوة|שלב|步骤|步驟|ステップ|단계"
)
# Words that number a stretch of the work but also say something: they stay in the title.
_KEPT_WORDS = (
    "phases?|fases?|stages?|parties?|parts?|partes?|volets?|temps|moments?|jours?|days?|días?|semaines?|weeks?|teil|tag"
)
_ROMAN = {
    "i": 1,
    "ii": 2,
    "iii": 3,
    "iv": 4,
    "v": 5,
    "vi": 6,
    "vii": 7,
    "viii": 8,
    "ix": 9,
    "x": 10,
    "xi": 11,
    "xii": 12,
}
_SPELT = {
    word: number
    for number, words in enumerate(
        (
            "un une one uno una eins",
            "deux two dos zwei due dois",
            "trois three tres drei tre três",
            "quatre four cuatro vier quattro quatro",
            "cinq five cinco fünf cinque",
            "six seis sechs sei",
            "sept seven siete sieben sette sete",
            "huit eight ocho acht otto oito",
            "neuf nine nueve neun nove",
            "dix ten diez zehn dieci dez",
        ),
        1,
    )
    for word in words.split()
}
_ORDINALS = {
    word: number
    for number, words in enumerate(
        (
            "premièrement première premier primo 1re 1ère 1er first firstly primero primer primera erstens primeiro",
            "deuxièmement deuxième secondement seconde 2e 2ème secundo second secondly segundo segunda zweitens",
            "troisièmement troisième tertio 3e 3ème third thirdly tercero tercer tercera drittens terceiro",
            "quatrièmement quatrième quarto 4e 4ème fourth fourthly cuarto cuarta viertens quarto",
            "cinquièmement cinquième quinto 5e 5ème fifth quinto quinta fünftens",
            "sixièmement sixième 6e 6ème sixth sexto sexta",
            "septièmement septième 7e 7ème seventh séptimo séptima",
            "huitièmement huitième 8e 8ème eighth octavo octava",
            "neuvièmement neuvième 9e 9ème ninth noveno novena",
            "dixièmement dixième 10e 10ème tenth décimo décima",
        ),
        1,
    )
    for word in words.split()
}
_SEP = (
    r"[ \t\u00a0\u202f]*(?:[:：.)\]/,|]+[ \t\u00a0\u202f]*[-–—]?|[-–—−·•|→➜]+)"
    r"(?=[ \t\u00a0\u202f]|$|[^\W\d_]|[«“\"'(\[])"
)
_GAP = r"[ \t\u00a0\u202f]+"
# "Étape 3 (facultative) : Mixer": the bracket is part of the title.
_BRACKETED = r"[ \t\u00a0\u202f]+(?=\([^()]{1,40}\)[ \t\u00a0\u202f]*[:：–—-])"
_COUNT = r"(?:[ \t\u00a0]*/[ \t\u00a0]*\d{1,3})?"
_WORD = re.compile(
    rf"(?P<w>{_STEP_WORDS})(?:{_GAP}|[-–#])?(?:#[ \t]*)?(?P<n>\d{{1,3}})\ufe0f?\u20e3?{_COUNT}"
    rf"(?P<s>{_SEP}|$|{_BRACKETED})?",
    re.IGNORECASE,
)
_TWICE = re.compile(rf"[ \t\u00a0\u202f]*{_WORD.pattern}", re.IGNORECASE)
_CJK = re.compile(r"第[ ]?(?P<n>\d{1,2}|[一二三四五六七八九十])[ ]?(?:步|步骤|歩|ステップ|단계)(?P<s>[:：、.]?)")
_KEPT = re.compile(
    rf"(?P<w>{_STEP_WORDS}|{_KEPT_WORDS}){_GAP}(?:n[°ºo]\.?[ \t\u00a0]*)?"
    rf"(?P<n>\d{{1,3}}|[ivx]{{1,5}}|[^\W\d_]+)(?P<s>{_SEP}|$)",
    re.IGNORECASE,
)
_ORDINAL = re.compile(
    r"(?P<n>\w+)(?:[ \t\u00a0]+(?:étape|etape|step|paso|etapa|phase|fase|schritt|passo))?"
    r"(?P<s>[ \t\u00a0]*[:,：.–—-]|$)",
    re.IGNORECASE,
)
_DIGITS = re.compile(
    rf"[(\[]?[#№]?[ ]?(?P<n>\d{{1,2}})(?P<o>[°º])?(?P<s>[)\]]{_SEP}|[)\]]|{_SEP}|(?P<bare>{_GAP}(?=\S)|$))"
)
_DECIMAL = re.compile(rf"\d{{1,2}}\.(?P<n>\d{{1,2}})[.)]?(?P<s>{_SEP}|{_GAP}(?=[^\W\d_]))")
_KEYCAP = re.compile(rf"(?P<k>(?:\d\ufe0f?\u20e3|🔟)+)(?:{_SEP})?")
_CIRCLED = re.compile(rf"(?P<k>[①-⑳⓪⓵-⓾❶-❿➀-➓⑴-⒇⒈-⒛㉑-㉟Ⅰ-Ⅻ])(?:{_SEP})?")
_LETTER = re.compile(rf"(?P<n>[ivx]{{1,5}}|[a-zA-Z]|[IVX]{{1,5}})(?P<s>[.)/]|{_SEP})(?=[ \t\u00a0]+\S)")
_SIGNS = re.compile(r"[^\w(\[#№«“\"'‘¿¡$€£<&@/\\`…+🔟-]+")


class Number(NamedTuple):
    """A printed number: its value, how it is written, and how many characters of the text it takes.

    `end` is where the title begins; a number that holds words of its own ("Phase 1 :", "II.") leaves them in the
    title, and `body` is then where the title proper begins behind them.
    """

    value: int
    style: str
    end: int
    body: int
    parted: bool


def skip_signs(text: str) -> int:
    """Where the text begins behind emoji and other signs that are no words ("🎯 1. Définir" gives 2)."""
    found = _SIGNS.match(text)
    if not found:
        return 0
    end = found.end()
    # A keycap's own digit comes first, so only signs before it are skipped here.
    return end if end < len(text) else 0


def read_number(rich: Rich) -> Number | None:
    """The number at the start of a text, or None."""
    text = rich.text
    start = skip_signs(text)
    for style, pattern in (
        ("keycap", _KEYCAP),
        ("circled", _CIRCLED),
        ("word", _WORD),
        ("word", _CJK),
        ("decimal", _DECIMAL),
        ("digit", _DIGITS),
    ):
        found = pattern.match(text, start)
        if found and (number := _stripped(style, found)):
            return number
    return _kept(text, start)


def _stripped(style: str, found: re.Match[str]) -> Number | None:
    groups = found.groupdict()
    written = groups.get("n") or groups.get("k") or ""
    value = _value(written)
    if value is None:
        return None
    sure = style in ("keycap", "circled", "decimal") or bool(groups.get("o"))
    parted = sure or bool(groups.get("s")) or found.end() == len(found.string)
    if style == "digit":
        style = _digit_style(found)
    end = found.end()
    if style not in ("word", "decimal") and (again := _TWICE.match(found.string, end)) and _value(again["n"]) == value:
        # "1️⃣ Étape 1 :" prints its number twice.
        end = again.end()
    return Number(value, style, end, end, parted)


def _digit_style(found: re.Match[str]) -> str:
    if found["o"]:
        return "digit°"
    if found["bare"] is not None:
        return "bare"
    sign = found["s"].strip()[:1]
    return {".": "digit.", ")": "digit)", "]": "digit)"}.get(sign, "digit-")


def _value(written: str) -> int | None:
    if written.isdecimal():
        return int(written)
    digits = "".join("10" if char == "🔟" else char for char in written if char.isdecimal() or char == "🔟")
    if digits:
        return int(digits) if len(digits) <= 3 else None
    try:
        return int(unicodedata.numeric(written[:1]))
    except (TypeError, ValueError):
        return None


def _kept(text: str, start: int) -> Number | None:
    """A number written with words or letters, which stay in the title."""
    if found := _KEPT.match(text, start):
        written = found["n"].lower()
        value = int(written) if written.isdecimal() else _ROMAN.get(written) or _SPELT.get(written)
        style = "word-" if re.fullmatch(_STEP_WORDS, found["w"], re.IGNORECASE) else "phase"
        if value:
            return Number(value, style, start, found.end(), True)
    if found := _ORDINAL.match(text, start):
        value = _ORDINALS.get(found["n"].lower())
        if value:
            return Number(value, "ordinal", start, found.end(), found["s"][:1] != ",")
    if found := _LETTER.match(text, start):
        return _lettered(found, start)
    return None


def _lettered(found: re.Match[str], start: int) -> Number | None:
    written = found["n"]
    if written.lower() in _ROMAN and (len(written) > 1 or written in "IVX"):
        return Number(_ROMAN[written.lower()], "roman", start, found.end(), True)
    if len(written) == 1:
        style = "LETTER" if written.isupper() else "letter"
        return Number(ord(written.lower()) - ord("a") + 1, style, start, found.end(), True)
    return None
