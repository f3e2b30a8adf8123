"""Whether a text begins with a verb in the infinitive: by its ending, less the words that only look like one."""

import re
import unicodedata

# What may stand before the verb: numbers and signs, a negation, a reflexive pronoun ("1.", "•", "ne pas", "s’", "en").
_BEFORE = {
    "fr": re.compile(r"[\W\d_]+|(?:(?:ne|pas|plus|jamais|bien|se|y|en)\s|[ns]['’])", re.IGNORECASE),
    "es": re.compile(r"[\W\d_]+|(?:no|bien)\s", re.IGNORECASE),
}
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
# The third group is closed in French: most words in -re are forms of other verbs ("compare") or nouns ("facture").
_THIRD_GROUP = """
    [a-z]*(?:[aeio]nd|oud|erd|tord|mord)re [a-z]*(?:m|b)[ea]ttre [a-z]*(?:conn|par|rep)aitre (?:re)?naitre [a-z]*croitre
    etre [a-z]*(?:suivre|vivre) (?:re|pre|contre|inter|me)?dire (?:re|e|ree)?lire [a-z]*crire [a-z]*faire [a-z]*uire
    [a-z]*traire suffire (?:sou)?rire [a-z]*plaire taire croire boire (?:en|e|de)?clore (?:con|in|ex)clure [a-z]*rompre
    (?:con)?vaincre
"""
_ENDINGS = {
    "fr": re.compile("[a-z-]*(?:er|ir)|" + "|".join(_THIRD_GROUP.split())),
    "es": re.compile("[a-z]*[aei]r(?:se|se?l[aeo]s?|l[aeo]s?)?"),
}
# Nouns, adjectives and adverbs that end like an infinitive, without accents.
_LIKE_VERBS = {
    "fr": """
        hiver dossier papier courrier atelier chantier metier quartier cahier clavier calendrier courtier
        ouvrier premier dernier particulier regulier entier leger cher fier amer hier fer ver mer cancer
        policier financier hotelier panier loyer foyer danger etranger berger boulanger usager messager passager
        leader manager newsletter flyer huissier greffier banquier routier escalier fichier janvier fevrier
        creancier revolver poster super charter container sanglier palier pilier tablier sentier gravier
        singulier plaisir desir avenir soupir noir espoir soir miroir couloir tiroir comptoir trottoir manoir
        reservoir cuir tir rasoir terroir parloir moindre cendre gendre affaire contraire
    """,
    "es": """
        par mar lugar hogar azucar ejemplar titular celular familiar particular similar escolar mujer ayer papel taller
        alquiler caracter primer tercer porvenir
    """,
}
LANGUAGES = tuple(_ENDINGS)
_NO_VERBS = {language: frozenset(words.split()) for language, words in _LIKE_VERBS.items()}


def begins_with_a_verb(text: str, language: str) -> bool:
    """Whether `text` begins with an infinitive; True where `language` has no ending to tell it by (English)."""
    lang = language[:2].lower()
    if lang not in _ENDINGS:
        return True
    word = _first_word(text, lang)
    return bool(_ENDINGS[lang].fullmatch(word)) and len(word) > 2 and word not in _NO_VERBS[lang]


def _first_word(text: str, language: str) -> str:
    """The first word that is no number, negation or pronoun, in small letters without accents."""
    at = 0
    while found := _BEFORE[language].match(text, at):
        at = found.end()
    word = _WORD.match(text, at)
    return _plain(word.group()) if word else ""


def _plain(word: str) -> str:
    parted = unicodedata.normalize("NFD", word.casefold().replace("œ", "oe"))
    return "".join(sign for sign in parted if not unicodedata.combining(sign))
