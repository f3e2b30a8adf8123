"""The words of a business letter that tell what a sentence speaks of: documents, events, contrast, hearsay."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

DOCUMENTS = ("order", "delivery", "invoice", "complaint", "credit", "return", "new", "due", "difference")


@dataclass(frozen=True, slots=True)
class Cue:
    """A word or group of words, from `start` to `end` of the folded text; `value` is what it names, for articles."""

    start: int
    end: int
    tag: str
    value: str = ""


_FUTURE = (
    r"(?:sera|seront|serez|allons|allez|va|vont|pour|afin de|d'ici|souhait\w+|pouvons|devons|(?<!avons "
    r")(?<!avez )(?<!ete )bien|nous vous|"
    r"de vous|de nous|de|sommes prets a|engageons a)"
)
# One alternation per tag, on folded text. The order matters: of two that begin at one place, the first wins.
_PATTERNS: tuple[tuple[str, str], ...] = (
    (
        "reported",
        r"vous (?:nous |m'|nous y |y |avez |nous avez |m'avez |nous en |en )?(?:indiqu|signal|precis|ecriv|"
        r"ecrit|affirm|mentionn|"
        r"cit(?:ez|e)\b|evoqu|contest|reclam|demand|invoqu|expos|expliqu|rappel(?:ez|e)\b|dit(?:es)?\b|dites|"
        r"declar|joint|joign|refer|faites (?:reference|etat|"
        r"part|valoir|remarquer)|parl|estim|annonc|inform|fait part|faites|relev)\w*"
        r"|(?:selon|d'apres) (?:vous|votre|vos)|votre (?:courriel|e-?mail|mail|message|courrier|lettre|"
        r"reclamation) (?:du [\w /]+ )?(?:mentionn|indiqu|cit|precis|evoqu|signal|port|fait|parl)\w*"
        r"|(?:dans|par|a) votre (?:courriel|e-?mail|mail|message|courrier|lettre|reclamation|demande)"
        r"|(?:que|dont|auquel|a laquelle) vous|mentionnee?s? par vous|par vos soins|votre bon de livraison|"
        r"(?:sur|dans) vos documents",
    ),
    (
        "proposal",
        r"propos\w*|nous (?:allons|proced\w+|ferons|faisons|nous engageons)|on va\b|solutions?\b|voici (?:ce "
        r"que|comment|les)|mesures?\b|suite (?:a donner|donnee)|immediatement|des que possible|plus (?:vite|"
        r"tot) possible|dans les (?:plus brefs|meilleurs) delais",
    ),
    (
        "contrast",
        r"au lieu d|a la place d|en lieu et place d|en remplacement d|plutot qu|et non(?: pas)?\b|non pas|et "
        r"pas\b|alors qu|tandis qu|contrairement a|"
        r"en echange d|contre (?=la|les|le|\d)|et pas |n'est pas\b|differe\w* d|ne correspond\w* pas",
    ),
    (
        "should",
        r"aur(?:ait|aient|iez|ions) du|dev(?:ait|aient|iez|ions)\b|aur(?:ait|aient|iez|ions)\b|(?<!facture "
        r")initial\w*|prevu\w*|attendu\w*|comme convenu|theori\w+|normal\w*|"
        r"correct\w*|exact\w*|conforme\w*|manquant\w*|absent\w*|bon(?:ne)? (?:article|reference|prix|montant|"
        r"tarif|marchandise|produit)|\bsi (?:la|le|les|l'|elle|cette|cet|votre|vous)\b|au cas ou|en cas d|"
        r"rupture|epuise\w*|indisponib\w*",
    ),
    (
        "wall",
        r";|\bmais\b|\bor\b|\bcar\b|\bpuis\b|\bainsi que\b|\bensuite\b|\btoutefois\b|\bcependant\b|\ben "
        r"revanche\b|\bpar ailleurs\b|\bd'autre part\b|\bparallelement\b"
        r"|,? et (?=nous|vous|on v|l[ea] debit|la facture|l'avoir|une? |le bon|un avoir|(?:y )?(?:r?ajout|dedui|"
        r"retir)\w*ons\b)",
    ),
    (
        "negation",
        r"\bn'(?:a|ai|est|av\w+|ont|y|etai\w+|ayant|etant|auri\w+|aura\w+)\b|\bne\b|\bnon (?:livr|recu|"
        r"command|factur|conform)\w*|\baucune?\b|\bjamais\b|\bsans\b",
    ),
    (
        "new",
        rf"(?:nouvelle|prochaine|seconde|2e|deuxieme|bonne) (?:livraison|expedition|facture|facturation)|"
        rf"livraison (?:de remplacement|complementaire|conforme|correcte|de la bonne)"
        rf"|factur\w+ (?:rectificative|corrigee|rectifiee|de remplacement|correcte|complementaire)|"
        rf"(?:re)?(?:livr|expedi|factur)\w*(?:rons|rez|ra|ront)\b|enver(?:rons|ra|ront)\b|renver(?:rons|ra)\b"
        rf"|{_FUTURE} (?:(?:vous |etre |donc |alors |egalement |ensuite |bien )+)?(?:re)?(?:livrer|expedier|"
        rf"envoyer|facturer|(?<!\bde )(?<!\bpour )factur(?:ee?s?)|faire parvenir|livree?s?|expediee?s?|"
        rf"envoyee?s?|adresser la)\b|(?:ferons|"
        rf"fera|feront|faisons) parvenir|parviendr\w+"
        r"|(?<!nous )(?<!vous )(?<!vs )\ba (?:vous )?(?:re)?(?:livrer|expedier|envoyer|facturer|faire parvenir|"
        r"adresser la)\b"
        r"|(?:livrons|expedions|envoyons|reexpedions|renvoyons|facturons)\b|(?:nous|on|je) (?:vous |allons |va "
        r"|vais )+(?:r?env(?:oie|oyer|oyons|errons)|re(?:livr|exped)\w+|retourn\w+|exped\w+|livr(?:e|ons|er)|"
        r"adress\w+ (?=la|les|25|\d))\b|reexpedi\w*|relivr\w*|refactur\w*|debit(?:ons|er|erons|era|ee?s?)\b|"
        r"recevrez|vous (?:parviendra|"
        r"recevrez)|en cours (?:de livraison|d'expedition|d'acheminement)|(?:est|sont) (?:expediee?s?|"
        r"prepare\w*) (?:ce jour|aujourd'hui)|remplacement",
    ),
    (
        "difference",
        r"differen(?:ce|tiel)\w*|ecarts?\b|trop[- ](?:percu|facture|paye|verse|facturation)\w*|surfactur\w*|en "
        r"trop\b|de trop\b|surcout|sur-?facturation|majoration|indument|effet net|supplementaires?|surplus|"
        r"excedent\w*",
    ),
    (
        "credit",
        r"notes? de credit\b|(?:notes? d'|factures? d'|bons? d'|\bun |\bcet |\bnotre |\bvotre |\bdeux "
        r")avoirs?\b|\bavoirs?(?= ?(?:$|[,.;:()\n]|n°|no\b|num|de (?:\d|la |"
        r"l'|regul|total|credit|ce|facture|factur|meme|votre|notre|[a-z]*\d)|d'un|d'une|du|sur|"
        r"pour|total|partiel|correspond|qui|que|sera|est\b|a votre|a hauteur|en votre|en date|en cours|vous|"
        r"client|relatif|concern|portant|compren|couvr|repren|retire|efface|port|vaut|fait\b|se (?:mont|chiffr)|part\b|"
        r"annul|representant|commercial|ttc|ht|soit|s'eleve|date|et|ou|\d|\())",
    ),
    ("refund", r"rembours\w*|credite\w*|creditons"),
    (
        "return",
        r"retour(?:n\w*|s|)\b|renvo(?:yer|i|yez|ye|yee|is)\b|reprise|reprendr\w*|repren\w+|restitu\w*|"
        r"recuper\w*|des (?:la |leur )?reception d(?:es|e la|u) (?=(?:\d|toile|tissu|marchandise|"
        r"article)[^.\n]{0,60}\bavoir\b)|enlevement|enlever\w*|bon de retour",
    ),
    ("discount", r"escompt\w*"),
    (
        "novel",
        r"geste(?: commercial)?|prime|echantillon\w*|catalogue|abonnement|prochaine? (?:commande|achat)|"
        r"bons?(?= de \d)|remise|ristourne|rabais|reduction|bon d'achat|cadeau|frais|indemni\w*|dedommag\w*|"
        r"compensation|penalit\w*|acompte|dommages|capital|sarl au|s\.?a\.?s|port\b|cheque|offr\w+|offert\w*|"
        r"supplement\w* de",
    ),
    (
        "due",
        r"echeances?|dettes?\b|rest(?:e|era|ant|erait|ez|eront)? (?:a|du|redevable|a payer|a regler|a "
        r"charge)\w*|nets? a "
        r"payer|net a regler|soldes?|redevables?|somme(?:s)? dues?|montants? dus?|\bdu\b(?= au titre)|a "
        r"(?:nous )?(?:regler|payer|acquitter)|devez|devrez|serez redevable|payables?|reglements?|paiements?|"
        r"payer\w*|exigib\w*|doi(?:t|vent) (?:nous )?etre (?:paye|regle|verse|acquitte)\w*|regl(?:er\w*|ez|"
        r"ons)\b|virements?|verser|a votre charge|compte client|ramene\w*|ramener",
    ),
    (
        "after",
        r"apres|desormais|deduction|dedui\w*|passe(?:ra)? a|ramene\w*|corrige\w*|rectifi\w*|regularis\w*|"
        r"nouveau|nouvelle|definitif|finale?\b|final\b|remplac\w*|reel\w*|reste\w*|au total|soit\b|annul\w*|"
        r"totalite",
    ),
    (
        "complaint",
        r"(?:votre|vos|present\w*|ladite|la|une|cette|de|d'une|l'objet de la)? ?reclamations?|contestations?|"
        r"(?:votre|vos|de votre|du) (?:courriel|e-?mail|mail|message|courrier|lettre|ecrit|requete|demande|"
        r"correspondance)s?|(?:courriel|e-?mail|mail|message|courrier|lettre)s?(?= (?:recue?|electronique|du|"
        r"de reclamation|en date|date|de contestation))|v ?/ ?ref[\w.]*|nous avez (?:ecrit|contact\w*|adresse|"
        r"signal\w*)|nous a(?:vez|) (?:fait part|alert\w*)|\bmail du|vos references",
    ),
    (
        "ours",
        r"(?:notre|nos|ce|cette|la presente|le present|present\w*) (?:courriel|e-?mail|mail|message|courrier|"
        r"lettre|reponse|entretien|appel)|n ?/ ?ref",
    ),
    ("law", r"\barticle|\bart\."),
    (
        "order",
        r"(?:bons? de )?command(?:e|es|ee|ees|er|iez|ions|ez|ait|aient|ai|ons)\b|votre achat|acheter|achete\w*|"
        r"acquis\w*|paniers?\b|\bcdes?\b|\bcmde?s?\b",
    ),
    (
        "delivery",
        r"(?:bons?|bordereaux?) (?:de livraison|d'expedition)|\bb\.?l\.?(?= ?(?:n|w|\d|:))|\bbl\b|livr(?:e|es|"
        r"ee|ees|aisons?|er|ions|ons|ait|"
        r"ant)\b|expedi(?:e|es|ee|ees|tion|tions|er|ions)\b|envois?\b|envoy(?:e|es|ee|ees)\b|recept(?:ion|"
        r"ionn\w*) (?:de la |des |du |de votre )?(?:marchandises?|commande|colis|livraison)|vous avez "
        r"(?:bien |effectivement |pourtant |donc |en effet |alors |egalement )?re[cu]\w*|re(?:cue?s?) (?:par "
        r"vous|a la place|a tort|en)|(?:avoir|ayant) recu|parvenue?s?|recevoir|receptionn\w*|prepar(?:e|ee|es|"
        r"ees|ation)\b|\b(?:a|avons|ai) mi[st]?(?= (?:du|de|la|le|un|\d))|\bremis\b(?! (?:en|a) )|parti(?:e|s|"
        r"es)? (?=de nos|de chez|le |hier)|expediteur",
    ),
    ("received", r"re(?:cue?s?)\b"),
    ("invoice", r"factur(?:e|es|ee|ees|ation|er|ions|ait|ant|ons|iez)\b|\bfact\.?(?= ?(?:n|\d))"),
    (
        "total",
        r"(?:montant |somme )?tota(?:l|ux|le)\w*|global\w*|montant de (?:la|votre|cette|l'|notre) (?:factur|"
        r"command)\w*",
    ),
    (
        "unit",
        r"prix unitaires?|p\.?u\.?\b|(?:le|du|par|au|/) ?(?:metre|m\b|piece|unite)|l'unite|l'une?\b|a l'unite|chacune?",
    ),
    ("ht", r"\bh\.?t\.?\b|\bhors[ -]tax\w*"),
    ("ttc", r"\bt\.?t\.?c\.?\b|\btoutes? tax\w* compris\w*|taxes comprises"),
    ("vat", r"\bt\.?v\.?a\.?\b|taxe sur la valeur"),
    (
        "planned",
        r"\bd'ici\b|au plus tard|avant le|a partir du|a compter du|des le\b|\bprochain\w*|jusqu'au|entre le|"
        r"\bsous\b|dans un delai|dans les|\w+(?:erons|irons|drons|errons|ferez|sera|seront|iendra|evra|assera|"
        r"assera|assera)\b|aura lieu|semaine",
    ),
)
_AND = re.compile(r" ?(?:,|et|puis|,? et)(?: (?:vous|sera|seront|ensuite|donc|egalement))* $")
_COMPILED = tuple(
    (tag, re.compile(rf"(?<![\w-])(?:{pattern})" if tag not in ("wall", "negation") else pattern))
    for tag, pattern in _PATTERNS
)
_DOC_TAGS = frozenset(DOCUMENTS) | {"ours", "refund", "received", "discount"}


def cues_of(folded: str) -> Iterator[Cue]:
    """The cues of a folded text; of two overlapping cues for documents, the one of the earlier pattern stands."""
    taken = bytearray(len(folded))
    future: set[int] = set()
    for tag, pattern in _COMPILED:
        for found in pattern.finditer(folded):
            if found.end() == found.start():
                continue
            if tag in _DOC_TAGS:
                if any(taken[found.start() : found.end()]):
                    continue
                taken[found.start() : found.end()] = b"\1" * (found.end() - found.start())
            start = found.start() + (len(found[0]) - len(found[0].lstrip()))
            ahead = tag == "new" or (tag in ("delivery", "invoice") and _goes_on(folded, start, future))
            if ahead:
                future.add(found.end())
            yield Cue(start, found.end(), "new" if ahead else tag)


def _goes_on(folded: str, start: int, future: set[int]) -> bool:
    """Whether a verb goes on from one of things to come: "sera livrée et facturée"."""
    joint = _AND.search(folded[max(0, start - 30) : start])
    return joint is not None and start - len(joint[0]) in future
