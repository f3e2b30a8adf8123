"""Numbers and amounts as people write them in French, and as they ought to be written."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")
_SMALL = {
    "zero": 0, "un": 1, "une": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "sept": 7, "huit": 8,
    "neuf": 9, "dix": 10, "onze": 11, "douze": 12, "treize": 13, "quatorze": 14, "quinze": 15, "seize": 16,
    "vingt": 20, "vingts": 20, "trente": 30, "quarante": 40, "cinquante": 50, "soixante": 60, "septante": 70,
    "huitante": 80, "octante": 80, "nonante": 90,
}  # fmt: skip
_WORD = "|".join(sorted((*_SMALL, "cents?", "mille"), key=len, reverse=True))
# A number in digits, groups of three apart or not, comma or point; folded text, so that every space is plain.
DIGITS = (
    r"(?<![\w/.,])(?:\d{1,3}(?:[ .']\d{3})+(?:,\d{1,4}|\.\d{1,2}(?!\d))?|\d{1,3}(?:,\d{3})+\.\d{1,2}|"
    r"\d+(?:[.,]\d+)?)(?!\d)"
)
WORDS = rf"(?<![\w-])(?:{_WORD})(?:(?:[ -]et)?[ -](?:{_WORD})){{0,12}}(?![\w-])"
NUMBER = rf"(?:{DIGITS}|{WORDS})"


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount in euros found in a text, from `start` to `end` (the euro sign included)."""

    start: int
    end: int
    value: Decimal


def cents(value: Decimal) -> Decimal:
    """`value` rounded half-up to the cent, as French invoices are."""
    return value.quantize(CENT, ROUND_HALF_UP)


def euros(value: Decimal) -> str:
    """`value` in euros as a French letter writes it, whatever the language of the screen: 3 245,85 €.

    Its spaces do not break; a negative one has a true minus sign.
    """
    return f"{plain_number(cents(value), decimals=2)}\u00a0€"


def plain_number(value: Decimal, *, decimals: int | None = None) -> str:
    """`value` with a decimal comma and no-break spaces between thousands; without `decimals`, as many as it has."""
    text = f"{abs(value):,.{decimals}f}" if decimals is not None else f"{abs(value.normalize()):,f}"
    sign = "\u2212" if value < 0 else ""
    return sign + text.replace(",", "\u00a0").replace(".", ",")


def to_number(written: str) -> Decimal | None:
    """The number that folded text says, in digits ("3 245,85", "3,245.85", "3245.85") or French words; else None."""
    text = written.strip()
    if not any(sign.isdigit() for sign in text):
        whole = words_to_number(text)
        return None if whole is None else Decimal(whole)
    text = text.replace(" ", "").replace("'", "")
    if "," in text and "." in text:
        decimal = max(text.rfind(","), text.rfind("."))
        text = re.sub(r"[.,]", "", text[:decimal]) + "." + text[decimal + 1 :]
    elif "," in text:
        text = text.replace(",", ".")
    elif re.fullmatch(r"\d{1,3}(?:\.\d{3})+", text):
        text = text.replace(".", "")
    return Decimal(text) if re.fullmatch(r"\d+(?:\.\d+)?", text) else None


def words_to_number(words: str) -> int | None:
    """The whole number that French words say ("huit cent quatre", "quatre-vingt-dix"), None where they say none."""
    total = current = 0
    found = False
    for word in re.split(r"[ -]+", words.strip()):
        if word == "et" or not word:
            continue
        if word in ("cent", "cents"):
            current = max(current, 1) * 100
        elif word == "mille":
            total, current = total + max(current, 1) * 1000, 0
        elif word in ("vingt", "vingts") and current % 100 == 4:
            current += 76
        elif word in _SMALL:
            current += _SMALL[word]
        else:
            return None
        found = True
    return total + current if found else None


_EURO = r"(?:€|euros?\b|eur\b|e(?= ?(?:ht|ttc)\b))"
_NATURE = r"(?:h\.?t\.?|t\.?t\.?c\.?|hors[ -]taxes?|toutes taxes)(?!\w)"
_AMOUNT = re.compile(
    rf"(?P<first>{NUMBER}) ?{_EURO} ?(?:(?:et )?(?P<cents>\d\d?|{WORDS}) ?centimes?"
    rf"|(?P<rest>\d\d?(?![\w/%]|[.,]\d)|(?!une?\b){WORDS})(?! ?(?:m|metres?|jours?|%)(?!\w)| ?[a-z]+ ?€))"
    rf"|(?P<only>{NUMBER}) ?centimes?\b"
    rf"|(?P<plain>{NUMBER}) ?{_EURO}"
    rf"|€ ?(?P<after>{DIGITS})"
    rf"|(?P<bare>{DIGITS})(?= ?{_NATURE})"
    rf"|(?P<naked>(?<![\w/.,-])(?:\d{{1,3}}(?:[ .']\d{{3}})+|\d+)[.,]\d\d)(?![\d%/]|[.,]\d| ?(?:%|m\b|metres?\b|"
    rf"ml\b|kg\b|pour ?cent))"
)


def amounts(folded: str) -> Iterator[Amount]:
    """The amounts of a folded text: with a euro sign or word, with HT or TTC, or with two decimals and no unit."""
    for found in _AMOUNT.finditer(folded):
        written = next((found[name] for name in ("first", "plain", "after", "bare", "naked") if found[name]), "0")
        value = to_number(written)
        told = found["cents"] or found["rest"] or found["only"]
        part = to_number(told) if told else Decimal(0)
        if value is not None and part is not None:
            yield Amount(found.start(), found.end(), value + part / 100)
