"""A reply letter against the documents of its case: every fact of it with its verdict, and what it lacks."""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from promptlab.casefile.dates import Day
from promptlab.casefile.facts import Facts, facts_of
from promptlab.casefile.facts_text import fold, readable
from promptlab.letter.advice import advice_on
from promptlab.letter.context import Context
from promptlab.letter.judgement import UNSUPPORTED, Ground, Judgement
from promptlab.letter.mentions import Mention, mentions
from promptlab.letter.names import names
from promptlab.letter.parts import Medium, missing_parts, parts_of
from promptlab.letter.people import People, people_of
from promptlab.letter.products import designations, product_cues
from promptlab.letter.verdict_amounts import judge_amount
from promptlab.letter.verdict_articles import judge_article, judge_designation
from promptlab.letter.verdict_dates import judge_day
from promptlab.letter.verdict_quantities import judge_quantity
from promptlab.letter.verdict_rates import judge_rate
from promptlab.letter.verdict_references import judge_contact, judge_law, judge_number
from promptlab.letter.verdict_spans import judge_span
from promptlab.messages import _
from promptlab.model.case import Case
from promptlab.model.claim import Claim, ClaimKind
from promptlab.model.problem import Problem

MOST_CHARACTERS = 1_000_000
_JUDGES: dict[str, tuple[ClaimKind, Callable[[Mention, Ground], Judgement]]] = {
    "amount": ("amount", judge_amount),
    "day": ("date", judge_day),
    "span": ("date", judge_span),
    "article": ("reference", judge_article),
    "number": ("reference", judge_number),
    "law": ("reference", judge_law),
    "contact": ("reference", judge_contact),
    "quantity": ("quantity", judge_quantity),
    "percentage": ("percentage", judge_rate),
}


@dataclass(frozen=True, slots=True)
class LetterCheck:
    """What was found in a letter: its `claims` in the order of the text, the `missing` parts by their French names.

    `advice` is never a verdict; `problems` tell what could not be checked.
    """

    medium: Medium
    claims: tuple[Claim, ...]
    missing: tuple[str, ...]
    advice: tuple[str, ...]
    problems: tuple[Problem, ...] = ()

    @property
    def contradicted(self) -> tuple[Claim, ...]:
        """The claims that the documents contradict."""
        return tuple(claim for claim in self.claims if claim.verdict == "contradicted")


def check_letter(text: str, case: Case, *, medium: Medium | None = None) -> LetterCheck:
    """The letter or e-mail `text` (lines separated by line feeds) checked against the documents of `case`.

    `medium` is recognised by the header lines where it is not given. A text beyond MOST_CHARACTERS is checked up
    to there, and a Problem says so.
    """
    problems = []
    if len(text) > MOST_CHARACTERS:
        problems.append(
            Problem(_("the letter is longer than {count} characters: the rest was not checked.", count=MOST_CHARACTERS))
        )
        text = text[:MOST_CHARACTERS]
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    facts, people = _known(case)
    if not case.documents:
        problems.append(Problem(_("the case has no documents: nothing in the letter can be proved.")))
    plain, places = readable(text)
    plain = plain.replace("\u2028", "\n").replace("\x0b", "\n")
    folded = fold(plain)
    found = mentions(folded, facts)
    parts = parts_of(plain, folded, people, medium)
    context = Context(folded, product_cues(folded, found, facts))
    ground = Ground(facts, context, plain, _year_of(found), parts.body)
    judged = sorted(_claims(ground, found, people), key=lambda claim: (claim.start, claim.end))
    lines = _Lines(text)
    claims = tuple(_in_text(claim, text, places, lines) for claim in judged)
    if not claims and text.strip():
        problems.append(
            Problem(_("the letter holds no fact that could be checked: no amount, date, reference, quantity or name."))
        )
    return LetterCheck(
        parts.medium,
        claims,
        missing_parts(parts),
        tuple(advice_on(replace(ground, text=text), parts, claims)),
        tuple(problems),
    )


def _in_text(claim: Claim, text: str, places: list[int], lines: "_Lines") -> Claim:
    """`claim` with its place in the text as it was given."""
    start, end = places[claim.start], places[claim.end - 1] + 1
    return replace(claim, text=text[start:end], start=start, end=end, line=lines.of(start))


@lru_cache(maxsize=8)
def _known(case: Case) -> tuple[Facts, People]:
    facts = facts_of(case)
    return facts, people_of(facts)


def _year_of(found: list[Mention]) -> str:
    """The year that stands for N in the letter: the one that most of its dates have."""
    years = Counter(mention.value.year for mention in found if isinstance(mention.value, Day) and mention.value.year)
    figures = {year: count for year, count in years.items() if year.isdigit()}
    if not figures or max(figures.values()) < sum(years[year] for year in years if not year.isdigit()):
        return "N" if years else ""
    return max(figures, key=lambda year: (figures[year], year))


def _claims(ground: Ground, found: list[Mention], people: People) -> Iterator[Claim]:
    taken = bytearray(len(ground.text) + 1)
    before: Mention | None = None
    articles = list(_articles(ground, found))
    yield from articles
    wrong = [(claim.start, claim.end) for claim in articles if claim.verdict == "contradicted"]
    ground = replace(ground, context=ground.context.without(wrong))
    for mention in found:
        kind, judge = _JUDGES[mention.kind]
        taken[mention.start : mention.end] = b"\1" * (mention.end - mention.start)
        if mention.kind == "article":
            continue
        judgement = judge(mention, replace(ground, before=before))
        if mention.kind == "amount":
            before = mention if judgement.verdict == "proved" else None
        yield _claim(ground, kind, mention.start, mention.end, judgement)
    for named in names(ground, people):
        if not any(taken[named.start : named.end]):
            yield _claim(ground, "name", named.start, named.end, named.judgement)


def _articles(ground: Ground, found: list[Mention]) -> Iterator[Claim]:
    """The articles of the letter, by reference and by name: judged first, for figures are told of them."""
    for mention in found:
        if mention.kind == "article":
            yield _claim(ground, "reference", mention.start, mention.end, judge_article(mention, ground))
    for start, end, reference in designations(ground.context.text, ground.facts):
        yield _claim(ground, "name", start, end, judge_designation(start, end, reference, ground))


class _Lines:
    """The line of a place, counted once for the whole text."""

    def __init__(self, text: str) -> None:
        self._ends = [found.start() for found in re.finditer("\n", text)]

    def of(self, place: int) -> int:
        from bisect import bisect_left

        return bisect_left(self._ends, place) + 1


def _claim(ground: Ground, kind: ClaimKind, start: int, end: int, found: Judgement) -> Claim:
    if found.verdict == "contradicted" and not ground.facts.papers:
        found = UNSUPPORTED  # without documents nothing can contradict
    return Claim(ground.text[start:end], kind, 0, found.verdict, found.source, found.expected, start, end)
