"""The words by which headings and closing sentences are known, in French, English, Spanish and their neighbours."""

import re
from functools import lru_cache
from typing import Literal

Kind = Literal["key_points", "template", "summary", "note", "conclusion", "steps", "group"]

_ARTICLE = (
    r"(?:(?:les?|la|une?|des?|du|mes|nos|vos|quelques|autres|petite?s?|grande?s?|principa(?:ux|les?)|dernier(?:s|e|es)?"
    r"|the|an?|some|my|your|few|other|main|final|suggested|quick|extra|additional|more|bonus|pro|top"
    r"|los|las|el|algunos|algunas|unos|otros|mis|tus|die|der|das|einige|i|gli|alcuni|os|as|algumas?|\d{1,2})\s+|l['’])*"
)

_KEY_POINTS = r"""
    points?\s+(?:clés?|clefs?|importants?|essentiels?|forts?|d['’]attention|de\s+vigilance|à\s+(?:retenir
      |surveiller|vérifier|ne\s+pas\s+oublier)|sensibles?|pratiques?)
  | (?:ce\s+qu['’]il\s+faut\s+|choses\s+|idées?\s+|règles?\s+|essentiel\s+)?à\s+(?:retenir|éviter|noter|savoir
    |ne\s+pas\s+(?:oublier|faire))
  | à\s+(?:garder|avoir)\s+(?:en\s+tête|à\s+l['’]esprit)
  | (?:ce\s+qu['’]il\s+faut|faut)\s+(?:retenir|éviter) | bon(?:ne)?s?\s+à\s+savoir
  | (?!\w+(?:er|ir|re)\b)(?:\w+\s+){1,3}à\s+(?:éviter|retenir|ne\s+pas\s+oublier)\s*$
  | (?:\w+\s+){1,2}to\s+(?:avoid|remember)\s*$
  | conseils?\b | astuces?\b | bonnes?\s+pratiques | bons\s+(?:réflexes|conseils) | recommandations?\b
    | précautions?\b
  | (?:erreurs?|pièges?|fautes?)(?:\s+(?:fréquente?s?|courante?s?|classiques?))?(?:\s+à\s+(?:éviter|ne\s+pas).*|\s*$)
  | essentiel\b | clés?\s+(?:de\s+(?:la\s+)?(?:réussite|succès)|du\s+succès) | facteurs?\s+(?:clés?
    |de\s+(?:réussite|succès))
  | règles?\s+d['’]or | idées?\s+clés? | principes?\s+clés? | repères?\b | vigilance\b | en\s+pratique\s*$
  | (?:attention|important|rappels?|remarques?(?:\s+importantes?)?|nota\s+bene|n\.?b\.?|limites?
    |délais?\s+à\s+retenir|bonus)\s*(?:!|$)
  | key\s+(?:points?|takeaways?|tips?|reminders?|principles?|considerations?|advice|success\s+factors|notes?
    |things.*|rules)
  | takeaways?\b | tips?\b | pro\s+tips?\b | advice\b | best\s+practices? | quick\s+wins? | golden\s+rules?
  | (?:common\s+|frequent\s+)?(?:mistakes?|pitfalls?|errors?)(?:\s+to\s+avoid.*|\s*$) | things\s+to\s+(?:remember
    |avoid|keep|watch|note).*
  | (?:what|how)?\s*(?:not\s+to|to\s+avoid)\b.* | (?:don['’]t|do\s+not|never)\b.* | do['’]?s\s+and\s+don['’]?ts?
  | (?:remember|reminders?|hints?|warnings?|cautions?|good\s+to\s+know|keep\s+in\s+mind
    |points?\s+to\s+remember)\s*(?:!|$)
  | consejos?\b | puntos?\s+(?:clave|importantes?|esenciales) | claves?\b | recomendaciones?\b
    | buenas\s+prácticas | trucos?\b
  | (?:errores|fallos)(?:\s+(?:comunes|frecuentes|habituales))?(?:\s+(?:que|a)\s+.*|\s*$) | (?:a\s+tener
    |ten)\s+en\s+cuenta
  | (?:qué\s+evitar|recuerda|recuerde|recordatorio|importante|atención|ideas\s+clave|lo\s+esencial)\s*(?:!|$)
  | (?:tipps?|hinweise?|wichtig(?:e\s+punkte)?|merke|empfehlungen|häufige\s+fehler)\b
  | (?:consigli|punti\s+chiave|suggerimenti|errori\s+da\s+evitare|da\s+ricordare|raccomandazioni)\b
  | (?:dicas?|pontos?[\s-]+(?:chave|importantes?)|conselhos|erros\s+(?:comuns|a\s+evitar)|recomendações)\b
"""
_TEMPLATE = r"""
    modèles?\b | (?:lettre|mail|e-?mail|courriel|message|réponse|courrier|script|trame)s?[\s-]+(?:types?
      |modèles?)\b | trame\b
  | exemples?\s+(?:concrets?\s+|complets?\s+)?(?:de|d['’])\s*(?:lettre|réponse|mail|e-?mail|courriel|message
    |courrier|sms|script|dialogue|appel|compte)
  | exemples?\s+(?:rédigés?|complets?|concrets?)\s*$
  | (?:sample|model|example|draft|suggested)\s+(?:e-?mail|letter|message|reply|response|script|text|agenda|template
    |wording) | templates?\b
  | (?:e-?mail|letter|message|reply|response)\s+(?:template|example|sample) | script\b
  | plantillas?\b | modelos?\s+de\b | ejemplos?\s+(?:de\s+)?(?:carta|correo|mensaje|respuesta|e-?mail|guion)
  | (?:vorlage|muster|musterbrief)\b | modello\b | modelo\b
"""
_SUMMARY = r"""
    en\s+(?:résumé|bref|synthèse|un\s+coup\s+d['’]œil) | résumé\b | récap(?:itulatif|itulation)?s?\b | synthèse\b
      | vue\s+d['’]ensemble
  | tableau\s+(?:récapitulatif|de\s+synthèse|de\s+bord|résumé) | (?:rétro)?planning\b | calendrier\b
    | check-?list\b | schéma\b | frise\b
  | summary\b | recap\b | in\s+(?:short|summary|brief|a\s+nutshell) | overview\b | at\s+a\s+glance | tl;?\s?dr\b
    | quick\s+(?:reference|recap|summary|checklist)
  | timeline\b | to\s+sum\s+up
  | resumen\b | en\s+resumen | tabla\s+resumen | cuadro\s+resumen | de\s+un\s+vistazo | lista\s+de\s+(?:control
    |verificación) | cronograma\b
  | (?:zusammenfassung|überblick|übersicht|checkliste)\b | (?:riepilogo|sintesi|in\s+sintesi|in\s+breve)\b
    | (?:resumo|em\s+resumo)\b
"""
_NOTE = r"""
    sources?\b | références?\s*$ | bibliographie\b | pour\s+aller\s+plus\s+loin | ressources?\s+utiles
      | liens?\s+utiles | notes?\s*$ | faq\b
  | references?\s*$ | citations?\s*$ | further\s+reading | useful\s+(?:links|resources) | footnotes?\b
    | learn\s+more\b
  | fuentes\b | referencias\b | recursos\s+útiles | quellen\b | fonti\b | fontes\b
"""
_CONCLUSION = r"""
    (?:en\s+)?conclusions?\s*(?:!|$) | pour\s+(?:conclure|finir|terminer)\s*$ | mot\s+de\s+la\s+fin
      | in\s+conclusion | final\s+(?:thoughts?|words?|note)
  | closing(?:\s+thoughts)?\s*$ | wrap(?:ping)?[\s-]*up\s*$ | (?:en\s+)?conclusión\s*$ | para\s+(?:concluir
    |terminar)\s*$ | fazit\s*$ | conclusione\s*$ | conclusão\s*$
  | (?:la\s+)?suite\s*\?*$ | besoin\s+d['’]aide.* | next\s+steps?\s*\?*$ | prochaines?\s+étapes?\s*\?*$
"""
_STEPS = r"""
    (?:différentes\s+|grandes\s+|\d+\s+|key\s+|main\s+)*(?:étapes|etapes|steps|pasos|schritte|passi|passaggi|passos
      |etapas)\b
  | (?:processus|procédure|démarche|marche\s+à\s+suivre|déroulement|déroulé|méthode|mode\s+opératoire
    |plan\s+d['’]action|parcours)\b
  | process(?:\s+(?:for|of|in|overview|to|steps?)\b.*|\s*$)
  | (?:step[\s-]by[\s-]step|procedure|how\s+to|method|instructions|walkthrough|action\s+plan)\b
  | (?:proceso|procedimiento|método|cómo|instrucciones|anleitung|vorgehen|ablauf|procedura|processo)\b
"""
_GROUP = r"""
    (?:(?:du\s+)?côté|avant|pendant|après|en\s+amont|en\s+aval|le\s+jour\s+[jJ]|durant
    |au\s+cours)\b | (?:phase|partie|temps|volet
      |bloc|stade)\b
  | (?:before|during|after|on\s+the\s+day|follow[\s-]?up\s*$)\b | (?:part|stage|section)\s+[\divx]
  | (?:antes|durante|después|fase|parte|etapa)\b | (?:vor|während|nach)\b.{0,30}$ | (?:prima|dopo)\b | (?:depois)\b
"""


_PREAMBLE = r"""
    introduction | contexte | objectifs? | pré-?requis | définitions? | ingrédients | fournitures | principes?
  | (?:matériel|outils|documents|pièces|éléments|informations)(?:\s+(?:nécessaires?|requise?s?|utiles?|indispensables?
    |à\s+(?:prévoir|préparer|réunir|rassembler|fournir|avoir)))?
  | (?:ce\s+qu['’]il|ce\s+dont)\s+(?:vous\s+|te\s+|tu\s+)?(?:faut|avez\s+besoin|as\s+besoin)
  | avant\s+(?:de\s+(?:commencer|débuter|démarrer)|toute?\s+chose|tout) | pourquoi\b.*
  | context | background | objectives? | goals? | prerequisites | requirements | definitions? | ingredients
  | (?:materials?|tools|supplies|documents)(?:\s+(?:needed|required|you(?:['’]ll)?\s+need))?
  | what\s+you(?:['’]ll|\s+will)?\s+need | before\s+you\s+(?:start|begin) | why\b.*
  | introducción | contexto | objetivos? | requisitos(?:\s+previos)? | ingredientes | antes\s+de\s+empezar
  | (?:materiales?|herramientas|documentos)(?:\s+necesari[oa]s?)? | lo\s+que\s+necesitas?
  | einleitung | voraussetzungen | benötigtes\s+material | introduzione | obiettiv[oi] | materiale\s+necessario
"""
_FIRST = (
    r"(?:tout\s+d['’]abord|d['’]abord|pour\s+commencer|en\s+premier\s+lieu|first(?:ly)?|to\s+(?:begin|start)"
    r"|primero|en\s+primer\s+lugar|zuerst|zunächst|prima\s+di\s+tutto|per\s+prima|primeiro)\b"
)
_NEXT = (
    r"(?:ensuite|puis|après\s+(?:cela|ça|quoi)|enfin|finalement|pour\s+finir|pour\s+terminer|en\s+dernier\s+lieu|next|then|after\s+(?:that|this)|finally|lastly"
    r"|luego|después|a\s+continuación|por\s+último|finalmente|dann|danach|anschließend|schließlich|zum\s+schluss|poi|infine|depois|em\s+seguida|por\s+fim)\b"
)
_SEQUENCE_FIRST = re.compile(rf"^\W*{_FIRST}", re.IGNORECASE)
_SEQUENCE = re.compile(rf"^\W*(?:{_FIRST}|{_NEXT})", re.IGNORECASE)


def _compiled(source: str) -> re.Pattern[str]:
    return re.compile(rf"^\W*{_ARTICLE}(?:{_flat(source)})", re.IGNORECASE)


def _flat(source: str) -> str:
    return re.sub(r"\s+", "", source.strip())


_KINDS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("conclusion", _compiled(_CONCLUSION)),
    ("steps", _compiled(_STEPS)),
    ("key_points", _compiled(_KEY_POINTS)),
    ("template", _compiled(_TEMPLATE)),
    ("summary", _compiled(_SUMMARY)),
    ("note", _compiled(_NOTE)),
)
_GROUPS = _compiled(_GROUP)
_ANNOUNCES = re.compile(
    r"\b(?:voici|suivante?s?|suive[zr]|suivre|étapes|here|follow\w*|steps|siguientes?|pasos|folgende\w*)\b",
    re.IGNORECASE,
)
_BEFORE = re.compile(rf"^\W*{_ARTICLE}(?:{_flat(_PREAMBLE)})\W*$", re.IGNORECASE)
_LOOSE: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    (
        "template",
        re.compile(
            r"\b(?:modèle|lettre|courrier|mail|courriel|message|exemple|template|sample|example|letter|script|ejemplo|plantilla|carta|correo|mensaje|vorlage|modello)\b",
            re.I,
        ),
    ),
    (
        "key_points",
        re.compile(
            r"\b(?:retenir|conseils?|astuces?|clés?|clefs?|éviter|erreurs?|pièges?|importants?|essentiels?|vigilance|oublier|réflexes"
            r"|tips?|takeaways?|avoid|mistakes?|remember|pitfalls?|wins|key|advice|corners"
            r"|consejos?|claves?|evitar|errores|recuerd\w+|importantes|tipps|consigli|dicas)\b",
            re.I,
        ),
    ),
    (
        "summary",
        re.compile(
            r"\b(?:résumé|récap\w*|synthèse|tableau|planning|calendrier|summary|recap|overview|timeline|checklist|table|resumen|tabla|calendario)\b",
            re.I,
        ),
    ),
)


@lru_cache(maxsize=4096)
def kind_of(title: str) -> Kind | None:
    """What a heading announces by its first words, or None."""
    bare = title.strip().rstrip(":： ")[:200]
    if len(bare.split()) > 12:
        return None
    return next((kind for kind, pattern in _KINDS if pattern.search(bare)), None)


def is_group(title: str) -> bool:
    """Whether a heading names a stretch of time or a phase ("Avant", "Phase 1")."""
    return bool(_GROUPS.search(title[:100]))


def is_preamble(title: str) -> bool:
    """Whether a heading stands over what comes before the steps ("Matériel nécessaire", "Contexte")."""
    return bool(_BEFORE.search(title[:100]))


def is_announcement(text: str) -> bool:
    """Whether a line says that something follows ("Voici la marche à suivre :")."""
    return bool(_ANNOUNCES.search(text[:300]))


def is_sequence_word(text: str, *, first: bool = False) -> bool:
    """Whether a paragraph begins with a word of sequence ("Ensuite"), or with one that opens it ("D'abord")."""
    return bool((_SEQUENCE_FIRST if first else _SEQUENCE).search(text[:60]))


def section_kind(title: str) -> Kind:
    """The kind of a section that is known to be one, also by a word inside its title."""
    found = kind_of(title)
    if found and found != "steps":
        return found
    return next((kind for kind, pattern in _LOOSE if pattern.search(title[:200])), "note")
