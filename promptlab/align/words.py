"""The words of a step as the aligner counts them: language, stop words, stems."""

import re
import unicodedata
from functools import lru_cache

LANGUAGES = ("fr", "en", "es")

# Words that say nothing about the work. One list for the three languages: answers mix them.
_NOTHING_SAID = """
    de la le les des du un une et à a au aux en pour par sur dans avec que qui ce cette ces son sa ses leur leurs vous
    votre vos nous est sont être il elle ou ne pas plus si se
    the of to and in for on with your you is are it that this or be an as at by from
    el los las una y para con su sus es del al lo
"""
STOP_WORDS = frozenset(_NOTHING_SAID.split())

# Endings that inflection and derivation add (vérifier, vérifiez, vérification), the longest first; a stem keeps four
# letters.
_ENDINGS = {
    "fr": """
        issements issement issaient issante issants issant atrices atrice ateurs ateur ations ation itions ition
        utions ution ements ement ments ment eraient erait erons eront erez eries erie euses euse eurs eur ables able
        ibles ible ences ence ances ance ages age aisons aison aient ait ais ants antes ante ant ees ee irez ira iront
        irent ites ite ives ive ifs if es er ez ent ons ont ir is it e s x
    """,
    "en": """
        izations ization ations ation itions ition ements ement ments ment nesses ness ingly ings ing edly ed ers er ors
        or ies ied ily ly able ible ances ance ences ence als al ity ities ive ives es e s y
    """,
    "es": """
        aciones acion uciones ucion iciones icion imientos imiento amientos amiento adores adora ador adoras mente ables
        able ibles ible ancias ancia encias encia ando iendo ados adas ado ada idos idas ido ida aron ieron aran eran
        iran amos emos imos ar er ir an en as es os a e o s
    """,
}
_BY_LENGTH = {
    lang: sorted(set(text.split()), key=lambda ending: (-len(ending), ending)) for lang, text in _ENDINGS.items()
}
_WORD = re.compile(r"[^\W\d_]+")
_JOINER = "\u2060"  # the parser's mark between two runs of letters that Markdown had parted

_LITTLE_WORDS = {
    "fr": "le la les des du un une et au aux en pour par sur dans avec que qui ce cette vous votre vos est ou",
    "en": "the of to and in for on with your you is are it that this or be an as at by from what",
    "es": "el la los las una y en para por con que su sus se es son del al lo un como",
}
_SIGNS_OF = {language: frozenset(words.split()) for language, words in _LITTLE_WORDS.items()}


def words_in(text: str) -> list[str]:
    """The words of `text`, in lower case, stop words and single letters left out."""
    found = _letters(text)
    return [word for word in found if len(word) > 1 and word not in STOP_WORDS]


def language_of(text: str, otherwise: str = "fr") -> str:
    """`fr`, `en` or `es`, whichever has most of its little words in `text`; `otherwise` where no one has most."""
    words = _letters(text)
    counts = {lang: sum(word in signs for word in words) for lang, signs in _SIGNS_OF.items()}
    most = [lang for lang in LANGUAGES if counts[lang] == max(counts.values())]
    return most[0] if len(most) == 1 else otherwise


def _letters(text: str) -> list[str]:
    """Runs of letters, in lower case; an accent that was typed as a sign of its own is part of its letter."""
    return _WORD.findall(unicodedata.normalize("NFC", text.replace(_JOINER, "")).lower())


def plain(word: str) -> str:
    """`word` without accents, ligatures undone."""
    parted = unicodedata.normalize("NFD", word.replace("œ", "oe").replace("æ", "ae"))
    return "".join(sign for sign in parted if not unicodedata.combining(sign))


@lru_cache(maxsize=50_000)
def stem(word: str, language: str) -> str:
    """The stem that the forms of a word share: two endings at most are taken off."""
    short = plain(word)
    for _turn in range(2):
        short = _without_ending(short, language)
    return short


def _without_ending(word: str, language: str) -> str:
    for ending in _BY_LENGTH[language]:
        if len(word) - len(ending) >= 4 and word.endswith(ending):
            return word[: -len(ending)]
    return word


def stems(text: str, language: str) -> list[str]:
    """The stems of the words of `text`, in order."""
    return [stem(word, language) for word in words_in(text)]
