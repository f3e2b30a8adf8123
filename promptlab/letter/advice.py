"""Advice on a letter, never a verdict: plan, tone, typography, promises, law."""

import re
from collections.abc import Iterator, Sequence

from promptlab.casefile.facts_text import fold
from promptlab.letter.judgement import Ground
from promptlab.letter.parts import Parts
from promptlab.messages import _
from promptlab.model.claim import Claim

_PLAN: tuple[tuple[str, str], ...] = (
    (
        "accuse",
        r"accus\w+ (?:bonne )?reception|nous avons bien recu|avons (?:bien )?pris (?:bonne )?(?:note|"
        r"connaissance)|suite a votre|votre (?:courriel|reclamation|message|mail|courrier)|faisons suite|"
        r"remerci",
    ),
    ("facts", r"livr|factur|command"),
    ("excuses", r"excus|desol|regrett|navr"),
    ("solution", r"avoir|remplac|expedi|livrer|rembours|regularis|rectifi|echang|retour"),
    (
        "next",
        r"vous (?:pouvez|recevrez|voudrez|n'avez|trouverez)|merci de|nous vous (?:prions|remercions|invitons|"
        r"demandons|laissons)|restons? a votre|transporteur|enlev|contact",
    ),
)
_FAMILIAR = re.compile(
    r"\b(?:salut\b|coucou|a \+|bisous?|t'inquiete|ok\b|super\b|cool\b|tkt|pas de souci|y'a|ca va|bonne journee "
    r"!)|\b(?:tu|ton|tes|te)\b (?!\w*-)|!!+"
)
_BLAME = re.compile(
    r"(?:c'est |de )?la faute (?:de|du|a)|n'(?:est|sommes) pas responsable|vous (?:auriez du|n'aviez qu'a|vous "
    r"trompez|avez tort)"
)
_BEYOND = re.compile(
    r"rembourser\w* (?:integralement|immediatement|la totalite)|sans (?:aucun )?delai|(?:des )?demain|sous 24 "
    r"?h|garantiss\w+ que|plus jamais|geste commercial|\bremise\b|bon d'achat|gratuit\w*|dedommag\w*|"
    r"indemnis\w*"
)
_ME = re.compile(r"\b(?:je m'excuse|on s'excuse|nous nous excusons)\b")
_SUBJECT_SHIFT = re.compile(
    r"\b(?:en|dans l'attente|restant|esperant|vous (?:remerciant|souhaitant))\b[^.\n]{3,120}?, (?:veuillez|"
    r"recevez|merci)\b"
)
_SURNAME = re.compile(
    r"(?:agreer|recevoir|accepter|croire)[^.\n]{0,25}?,? (?:madame|monsieur|mme) (?!l'|la |le )[a-z][\w'-]+ ?,"
)
_AT_YOUR_COST = re.compile(r"\ba (?:vos (?:propres )?frais|votre (?:charge|compte))\b")
_LONG = 700  # words: what fits on one page


def advice_on(ground: Ground, parts: Parts, claims: Sequence[Claim]) -> Iterator[str]:
    """Advice on the letter, in the language of the screen."""
    folded = ground.context.text
    if not folded.strip():
        yield _("The letter is empty: write it, then check again.")
        return
    yield from _typing(ground.text, claims)
    yield from _plan(folded, parts)
    yield from _closing(folded, parts)
    yield from _tone(ground.text, folded)
    yield from _law(claims)
    yield from _carriage(ground)
    agreed = any(rate.what == "discount" for rate in ground.facts.rates)  # then it is no promise: it was ordered so
    if beyond := next((one for one in _BEYOND.finditer(folded) if not (agreed and one[0] == "remise")), None):
        words = ground.text[beyond.start() : beyond.end()]
        yield _("“{words}”: may you promise this? Check who decides it, or leave it out.", words=words)
    if len(folded.split()) > _LONG:
        yield _("The letter has {count} words: one page is enough.", count=len(folded.split()))
    if (
        ground.facts.payment_days
        and re.search(r"rembours", folded)
        and not any(p.document.paid for p in ground.facts.papers)
    ):
        yield _("A refund supposes that the invoice is paid; here a credit note is deducted from what is due.")


def _typing(text: str, claims: Sequence[Claim]) -> Iterator[str]:
    sloppy = [claim for claim in claims if claim.kind == "amount" and not _well_typed(text[claim.start : claim.end])]
    for claim in sloppy[:3]:
        yield _(
            "Line {line}: “{text}” is understood; write it as {right}.",
            line=claim.line,
            text=claim.text,
            right=_typed(claim.text),
        )
    for claim in [
        claim for claim in claims if claim.kind == "date" and re.search(r"\d\.\d|-\d\d-|\d/\d{1,2}$", claim.text)
    ][:2]:
        yield _(
            "Line {line}: write the date “{text}” with the month in letters and the year.",
            line=claim.line,
            text=claim.text,
        )
    if re.search(r"\*\*|^#+ |^\s*\* |__", text, re.MULTILINE):
        yield _("Take out the signs of Markdown (stars, #): a letter has none.")
    if found := re.search(r"\[[^\]\n]{2,40}\]|<[A-Za-zÀ-ÿ ]{3,30}>|X{3,}|\(à compléter\)", text):
        yield _("“{text}” is still to be filled in.", text=found[0])


def _well_typed(written: str) -> bool:
    return bool(re.fullmatch(r"\d{1,3}(?:[ \u00a0\u202f]\d{3})*(?:,\d\d)?(?:[ \u00a0\u202f](?:€|euros?))?", written))


def _typed(written: str) -> str:
    from promptlab.casefile.amounts import amounts, euros

    found = next(iter(amounts(fold(written) + ("" if "€" in written or "eur" in written.lower() else " €"))), None)
    return euros(found.value) if found else written


def _plan(folded: str, parts: Parts) -> Iterator[str]:
    body = folded[parts.body : parts.closing or len(folded)]
    said = {
        "accuse": _("Begin by acknowledging the complaint, with its date."),
        "facts": _("Recall the facts: what was ordered, delivered and invoiced."),
        "excuses": _("Apologise for the error: “Nous vous prions d’accepter nos excuses”."),
        "solution": _("State the solution: who does what, with amounts."),
        "next": _("Say what the customer has to do next, and what you will do."),
    }
    for name, pattern in _PLAN:
        if not re.search(pattern, body):
            yield said[name]
    if _ME.search(folded):
        yield _("“Je m’excuse” excuses yourself: write “Nous vous prions d’accepter nos excuses”.")


def _closing(folded: str, parts: Parts) -> Iterator[str]:
    start = folded.rfind("\n", 0, parts.closing) + 1
    end = folded.find("\n\n", parts.closing)
    closing = folded[start : end if end >= 0 else len(folded)].replace("\n", " ")
    if not parts.closing:
        return
    title = re.search(r"\b(mesdames|madame|messieurs|monsieur)\b", parts.opening_words)
    repeated = re.findall(r"\b(?:mesdames|madame|messieurs|monsieur)\b", closing)
    if (
        title
        and repeated
        and (title[1] not in repeated or ("monsieur" in repeated) != ("monsieur" in parts.opening_words))
    ) or (title and not repeated and re.search(r"agreer|prions", closing)):
        yield _("The closing words do not repeat the opening “{words}”.", words=parts.opening_words.strip(" ,"))
    if _SURNAME.search(closing):
        yield _("The closing words never hold the surname: write “Madame” alone.")
    if "l'expression de" in closing and "salutations" in closing:
        yield _("One expresses sentiments, not salutations: write “agréer nos salutations distinguées”.")
    if _SUBJECT_SHIFT.search(closing):
        yield _("“En …, veuillez” changes its subject: write “En …, nous vous prions …”.")


def _tone(text: str, folded: str) -> Iterator[str]:
    if found := _FAMILIAR.search(folded):
        yield _("“{words}” is too familiar for a business letter.", words=text[found.start() : found.end()].strip())
    if found := _BLAME.search(folded):
        yield _("“{words}” blames someone: explain briefly without blaming.", words=text[found.start() : found.end()])
    if re.search(r"(?m)^ *chere? client", folded):
        yield _("“Cher client” is a formula of advertising: address the person.")


def _law(claims: Sequence[Claim]) -> Iterator[str]:
    for claim in claims:
        if claim.kind == "reference" and re.match(r"(?i)art", claim.text):
            yield _(
                "Line {line}: a reply that solves the problem quotes no article of law; check “{text}” on Légifrance.",
                line=claim.line,
                text=claim.text,
            )
            return


def _carriage(ground: Ground) -> Iterator[str]:
    """Advice where the customer is told to pay what the terms say that we pay, or sends back at our mistake."""
    folded = ground.context.text
    for found in _AT_YOUR_COST.finditer(folded):
        said = ground.context.sentence(found.start())
        free = any(
            name == "carriage" and "franco" in fold(terms)
            for paper in ground.facts.papers
            for name, terms in paper.document.terms
        )
        if free and re.search(r"retour|renvo|transport|port\b|livraison|expedi|repri", folded[said.start : said.end]):
            words = ground.text[found.start() : found.end()]
            yield _("“{words}”: the documents say carriage paid, and the error is ours: we pay.", words=words)
            return
