"""Closing sentences and offers to the reader: by which words they are known."""

import re

_OFFER = re.compile(
    r"""
    ^(?:\W*)(?:
      souhait(?:ez|es)[\s-]+(?:vous|tu) | (?:voulez|veux)[\s-]+(?:vous|tu) | (?:désirez)[\s-]+vous
        | dites?[\s-]+moi | dis[\s-]+moi
    | (?:je\s+peux|je\s+pourrais|puis-je|je\s+reste|je\s+suis\s+(?:à\s+votre|là|disponible)) | besoin\s+(?:d['’]|de\s)
    | si\s+(?:vous|tu)\s+(?:le\s+)?(?:souhait|voul|veux|désir|me\s|m['’]|avez\s+(?:besoin|des\s+questions
      |d['’]autres)|préfér|as\s+besoin)
    | n['’]hésite[sz]?\s+pas | indiquez[\s-]+moi | précisez[\s-]+moi | faites[\s-]+moi | (?:voulez
      |aimeriez)[\s-]+vous | est-ce\s+que\s+vous
    | (?:would|do)\s+you\s+(?:like|want|need) | want\s+me\s+to | if\s+you(?:['’]d|\s+would)?\s+(?:like|want|need
      |prefer|tell|let|share|have\s+(?:any|more))
    | let\s+me\s+know | (?:just\s+)?tell\s+me | (?:shall|should|can|may)\s+i\b | i\s+can\s+(?:also\s+)?(?:help
      |draft|write|prepare|adapt|provide|create|give|turn)
    | i['’]?(?:d|m|\s+am|\s+would)\s+(?:be\s+)?(?:happy|glad) | feel\s+free | need\s+(?:help|more|a) | happy\s+to
    | ¿\s*(?:quieres|quiere|te|le|deseas|desea|prefieres|necesitas|puedo|hay\s+algo|a\s+qué|qué) | si\s+(?:quieres
      |quiere|lo\s+deseas|necesitas|me\s|te\s)
    | dime\b | puedo\s+(?:ayudar|prepar|adaptar|hacer|redactar) | avísame | no\s+dudes
    | (?:möchten|wollen|soll|brauchen|wünschen)\s+(?:sie|du|ich) | wenn\s+(?:sie|du)\s+(?:möchte|will|mir)
      | sag(?:en)?\s+(?:sie\s+)?mir | gerne?\s+(?:kann|helfe)
    | (?:vuoi|desideri|vuole)\b | se\s+(?:vuoi|vuole|desideri|mi)\b | fammi\s+sapere | posso\b
    | (?:quer|deseja|gostaria)\b | se\s+(?:quiser|precisar|desejar|me)\b | me\s+(?:diga|avise)
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_READER = re.compile(
    r"\b(?:je\s+peux|je\s+pourrai[st]?|je\s+vous|vous\s+aide|i\s+can|i['’]ll|i['’]d|puedo|así\s+puedo|kann\s+ich|posso)\b",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    r"""
    ^\W*(?:
      en\s+(?:résumé|conclusion|définitive|somme|bref|suivant|respectant|appliquant|procédant|gérant|anticipant
        |préparant|résumant|combinant|adoptant)
    | pour\s+(?:conclure|résumer|finir) | au\s+final | finalement | bref\b | ainsi,\s | en\s+fin\s+de\s+compte
    | tout\s+au\s+long | enfin,\s+n['’]oubli
    | j['’]espère | bon(?:ne)?\s+(?:courage|chance|continuation|réussite|préparation|vente|lecture|journée|travail
      |organisation)s?\b | à\s+vous\s+de\s+jouer | voilà\b
    | by\s+(?:following|taking|keeping|using|planning|handling|applying) | in\s+(?:summary|short|conclusion
      |the\s+end|brief) | to\s+(?:sum\s+up|conclude|summari[sz]e)
    | overall\b | ultimately\b | following\s+(?:these|this) | good\s+luck | (?:i\s+)?hope\s+this | happy\s+\w+ing
    | that['’]s\s+it | and\s+(?:that['’]s|remember) | throughout\b
    | en\s+(?:resumen|conclusión|definitiva|síntesis) | siguiendo\s+est | para\s+(?:concluir|resumir|terminar)
      | espero\s+que | (?:buena\s+suerte|mucha\s+suerte|buen\s+viaje|ánimo)
    | zusammenfassend | insgesamt\b | viel\s+(?:erfolg|glück|spaß) | in\s+(?:sintesi|conclusione)
      | seguendo\s+quest | buona?\s+(?:fortuna|lavoro)
    | em\s+(?:resumo|conclusão|suma) | seguindo\s+est | boa\s+sorte | espero\s+ter
    )""",
    re.IGNORECASE | re.VERBOSE,
)
# These look back on the whole even as the only paragraph below the last step.
_SUMMING = re.compile(
    r"^\W*(?:en\s+(?:résumé|conclusion|définitive|somme)|pour\s+(?:conclure|résumer)|in\s+(?:summary|conclusion)"
    r"|to\s+(?:sum\s+up|conclude|summari[sz]e)|en\s+(?:resumen|conclusión)|para\s+(?:concluir|resumir)"
    r"|zusammenfassend|in\s+(?:sintesi|conclusione)|em\s+(?:resumo|conclusão))\b",
    re.IGNORECASE,
)
# These end an answer where nothing follows, but also stand in the middle of a step.
_LAST = re.compile(
    r"^\W*(?:(?:grâce\s+à|avec)\s+(?:ces|cette|ce|un|une|des)|with\s+(?:these|this|an?|some|clear|the|good)|thanks\s+to|con\s+(?:est[aoe]s?|una?)"
    r"|gracias\s+a|mit\s+(?:diese[rnm]|einem|einer)|un(?:e)?\s+bon(?:ne)?\s|an?\s+(?:well|good)|ne\s+(?:perdez|oubliez)|remember|il\s+est\s+(?:important|recommandé|essentiel))\b",
    re.IGNORECASE,
)
_WHOLE = re.compile(
    r"\b(?:ces|chacune\s+de\s+ces|cette|ce|these|this|estos|este|esta|diese[rsn]?|quest[oaie]|estes?)\s+(?:\w+\s+){0,2}?"
    r"(?:étapes|démarche|processus|procédure|méthode|approche|organisation|steps|process|approach|procedure|method|routine"
    r"|pasos|proceso|procedimiento|método|schritte|prozess|passaggi|passi|processo|passos|etapas)\b"
    r"|\b(?:à\s+chaque\s+étape|at\s+(?:every|each)\s+(?:step|stage)|en\s+cada\s+paso|tout\s+au\s+long\s+d)",
    re.IGNORECASE,
)
_OF_STEP = re.compile(
    r"^\W*(?:profite[zs]?-en|à\s+(?:cette|ce)\s+(?:étape|stade)|cette\s+étape|c['’]est\s+(?:l['’]étape|aussi|à\s+ce)"
    r"|(?:at\s+)?this\s+(?:step|stage|point)\b|en\s+est[ea]\s+(?:paso|etapa|punto)|est[ea]\s+(?:paso|etapa)\b)",
    re.IGNORECASE,
)
_SALUTATION = re.compile(
    r"^\W*(?:bonjour|bonsoir|madame|monsieur|mesdames|cher|chère|salut|objet\b|dear\b|hi\b|hello\b|subject\b|good\s+(?:morning|afternoon)"
    r"|hola\b|estimad|buen[oa]s\s|querid|asunto\b|sehr\s+geehrt|liebe[rs]?\b|betreff\b|hallo\b|gentile\b|egregio|oggetto\b|prezad|car[oa]\b|assunto\b|\[)",
    re.IGNORECASE,
)
_POLITE = re.compile(r"\b(?:salutations|yours\s+(?:sincerely|faithfully)|saluda\s+atentamente)\b", re.IGNORECASE)
_FAREWELL = re.compile(
    r"^\W*(?:(?:très|bien|with|my|un|con|mit)\s+)?(?:cordialement|salutations|à\s+(?:vous|toi)\b|bien\s+à\s+(?:vous|toi)|respectueusement|à\s+(?:très\s+)?(?:bientôt|vite|lundi)|(?:kind|best|warm)\s+(?:regards|wishes)"
    r"|regards|sincerely|faithfully|thank\s+you|thanks|cheers|atentamente|saludos?|cordialmente|un\s+saludo|mit\s+freundlichen|viele\s+grüße"
    r"|cordiali\s+saluti|distinti\s+saluti|atenciosamente|cumprimentos)\b",
    re.IGNORECASE,
)


def is_offer(text: str) -> bool:
    """Whether a paragraph offers more help or asks the reader something."""
    if _OFFER.search(text):
        return True
    bare = text.rstrip(" *_😊🙂👍🌟🚀🙌!.)")
    return (
        _READER.search(text) is not None
        and ("?" in text or re.search(r"(?:^|[.!]\s)\W{0,3}(?:si|if|wenn|se)\b", text, re.IGNORECASE) is not None)
    ) or (
        bare.endswith("?")
        and len(text) < 300
        and re.search(r"\b(?:vous|votre|tu|you|your|usted|tú|tu|viajas|sie|ihr)\b", text, re.IGNORECASE) is not None
    )


def is_asked(text: str) -> bool:
    """Whether a text begins like an offer ("Souhaitez-vous…"): enough for a heading or a line in bold."""
    return _OFFER.search(text) is not None


def is_closing(text: str) -> bool:
    """Whether a paragraph looks back on the whole answer, or offers more."""
    return _CLOSING.search(text) is not None or _WHOLE.search(text) is not None or is_offer(text)


def is_summing(text: str) -> bool:
    """Whether a paragraph begins by summing up ("En résumé, …"), wherever it stands."""
    return _SUMMING.search(text) is not None


def is_last_word(text: str) -> bool:
    """Whether a paragraph can be a closing sentence, provided that nothing follows it."""
    return _LAST.search(text) is not None


def is_of_step(text: str) -> bool:
    """Whether a paragraph speaks of the step it stands in ("Profitez-en pour…", "À cette étape…")."""
    return _OF_STEP.search(text) is not None


def is_salutation(text: str) -> bool:
    """Whether a paragraph begins a letter or message."""
    return _SALUTATION.search(text) is not None


def is_farewell(text: str) -> bool:
    """Whether a paragraph ends a letter or message."""
    return _POLITE.search(text) is not None or (len(text.split()) <= 9 and _FAREWELL.search(text) is not None)
