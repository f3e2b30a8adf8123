"""The lines of all documents matched: which of them speak of the same article."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache

from promptlab.casefile.assignment import best_pairs
from promptlab.casefile.complaint import complaint_lines
from promptlab.casefile.figures import NOTHING
from promptlab.casefile.naming import Paper, Place, goods, papers
from promptlab.casefile.references import compact, likeness
from promptlab.model.case import Document, DocumentKind

_ABOUT_GOODS: tuple[DocumentKind, ...] = ("order", "delivery", "invoice", "credit_note", "return_slip")
_ALIKE_ENOUGH = 0.25  # of two articles, for one to have taken the place of the other


@dataclass(slots=True)
class Article:
    """The lines about one article in all documents, by kind of document; several lines of a document are added up."""

    lines: dict[DocumentKind, list[Place]] = field(default_factory=dict)
    announced: Decimal = NOTHING  # what a complaint says goes back, of what came beyond the order

    def of(self, kind: DocumentKind) -> list[Place]:
        """Its lines in the documents of that kind."""
        return self.lines.get(kind, [])

    def quantity(self, kind: DocumentKind) -> Decimal:
        """What the documents of that kind say of it in all; 0 where they have no line of it or no quantity."""
        return sum((place.line.quantity or NOTHING for place in self.of(kind)), Decimal(0))

    @property
    def places(self) -> list[Place]:
        """All its lines, in the order of a sale."""
        return [place for kind in _ABOUT_GOODS for place in self.of(kind)]

    @property
    def reference(self) -> str:
        """Its reference as the first document of the sale writes it."""
        return self.places[0].line.reference

    @property
    def unit(self) -> str:
        """The unit that it is counted in, "" where none is given."""
        return next((place.line.unit for place in self.places if place.line.unit), "")

    @property
    def kept(self) -> Decimal:
        """What was delivered and not sent back."""
        return self.quantity("delivery") - self.quantity("return_slip")

    @property
    def goes_back(self) -> Decimal:
        """What does not stay with the buyer: sent back with a return slip, or beyond the order and to be sent back."""
        surplus = max(self.kept - self.quantity("order"), NOTHING)
        return self.quantity("return_slip") + min(self.announced, surplus)

    @property
    def charged(self) -> Decimal:
        """What was invoiced and not credited."""
        return self.quantity("invoice") - self.quantity("credit_note")


@dataclass(frozen=True, slots=True)
class Swap:
    """An article that was ordered, and the one that was delivered or invoiced in its place."""

    ordered: Article
    sent: Article


@dataclass(frozen=True, slots=True)
class Matched:
    """The documents of a case, those of them that hold, the articles that they speak of, and what complaints say."""

    papers: tuple[Paper, ...]
    holding: tuple[Paper, ...]
    articles: tuple[Article, ...]
    swaps: tuple[Swap, ...]
    claims: tuple[tuple[Place, Article | None], ...]

    def live(self, kind: DocumentKind) -> list[Paper]:
        """The documents of that kind that hold."""
        return [paper for paper in self.holding if paper.document.kind == kind]


def _holding(named: Sequence[Paper]) -> list[Paper]:
    """The documents to be matched: none that another replaces, and no order or delivery note that stands there twice.

    Two with one number may be two pages: the second is left out only where it has an article of the first.
    """
    replaced = {compact(paper.document.replaces) for paper in named if paper.document.replaces}
    seen: dict[tuple[str, str], set[str]] = {}
    found = []
    for paper in named:
        kind, number = paper.document.kind, compact(paper.document.number)
        held = set(_bundles(goods(paper)))
        before = seen.setdefault((kind, number), set()) if number else set()
        twin = kind in ("order", "delivery") and bool(before & held)
        before |= held
        if not twin and not (kind == "invoice" and number and number in replaced):
            found.append(paper)
    return found


def match(documents: Sequence[Document]) -> Matched:
    """The lines of the documents by article, what was sent in place of what, and what the complaint says of them."""
    named = papers(documents)
    articles: list[Article] = []
    holding = _holding(named)
    for kind in _ABOUT_GOODS:
        for paper in holding:
            if paper.document.kind == kind:
                _place(goods(paper), articles, kind)
    kinds = {paper.document.kind for paper in holding}
    claimed = [
        place for paper in named if paper.document.kind == "complaint" for place in complaint_lines(paper, holding)
    ]
    swaps, claims = tuple(_swaps(articles, kinds)), _claims(claimed, articles)
    swapped = {id(article) for swap in swaps for article in (swap.ordered, swap.sent)}
    for place, meant in claims:
        if meant and place.line.returned and id(meant) not in swapped:
            meant.announced = max(meant.announced, place.line.returned)
    return Matched(named, tuple(holding), tuple(articles), swaps, tuple(claims))


def _bundles(places: Iterable[Place]) -> dict[str, list[Place]]:
    """The lines by reference."""
    found: dict[str, list[Place]] = {}
    for place in places:
        found.setdefault(compact(place.line.reference) or place.line.reference, []).append(place)
    return found


def _place(places: Sequence[Place], articles: list[Article], kind: DocumentKind) -> None:
    """Put the lines of one document to the articles that they are about, new articles where there is none."""
    known = {key: article for article in articles for key in _bundles(article.places)}
    bundles = _bundles(places)
    exact = {id(known[key]) for key in bundles if key in known}
    open_articles = [article for article in articles if id(article) not in exact]
    rest = [key for key in bundles if key not in known]
    worth = [[_worth(bundles[key], article, loose=False) for article in open_articles] for key in rest]
    short = {rest[row]: open_articles[column] for row, column in best_pairs(worth)}
    for key, bundle in bundles.items():
        article = known.get(key) or short.get(key)
        if article is None:
            article = Article()
            articles.append(article)
        article.lines.setdefault(kind, []).extend(bundle)


def _worth(bundle: Sequence[Place], article: Article, *, loose: bool) -> float:
    """How well lines of one reference fit an article: 0 where the references differ."""
    said = bundle[0].line
    likes = {likeness(said.reference, place.line.reference, loose=loose) for place in article.places}
    if likes == {"different"}:
        return 0.0
    quantities = {place.line.quantity for place in article.places}
    fits = any(place.line.quantity in quantities or place.line.ordered in quantities for place in bundle)
    named = max(same_words(said.designation, place.line.designation) for place in article.places)
    return (4.0 if "same" in likes else 2.0) + named + (0.5 if fits else 0.0)


def _swaps(articles: Sequence[Article], kinds: set[DocumentKind]) -> list[Swap]:
    """What was ordered and did not come, paired with what came and was not ordered."""
    if "order" not in kinds:
        return []
    lacking = [article for article in articles if article.of("order") and _lacks(article, kinds)]
    extra = [article for article in articles if not article.of("order") and (article.kept > 0 or article.charged > 0)]
    worth = [[_alike(wanted, sent, kinds) for sent in extra] for wanted in lacking]
    return [Swap(lacking[row], extra[column]) for row, column in best_pairs(worth, _ALIKE_ENOUGH)]


def _lacks(article: Article, kinds: set[DocumentKind]) -> bool:
    wanted = article.quantity("order")
    return ("delivery" in kinds and article.kept < wanted) or ("invoice" in kinds and article.charged < wanted)


def _alike(wanted: Article, sent: Article, kinds: set[DocumentKind]) -> float:
    """How likely `sent` came in place of `wanted`: by quantity, designation and reference."""
    missing = wanted.quantity("order") - (wanted.kept if "delivery" in kinds else wanted.charged)
    if "delivery" in kinds and "invoice" in kinds and missing <= 0:
        missing = wanted.quantity("order") - wanted.charged
    came = max(sent.kept, sent.charged)
    one, other = wanted.places[0].line, sent.places[0].line
    letters = _same_signs(compact(one.reference), compact(other.reference))
    named = max(same_words(one.designation, said) for said in {place.line.designation for place in sent.places})
    return 0.1 + 0.4 * named + 0.2 * letters + (0.3 if came == missing else 0.0)


def _same_signs(one: str, other: str) -> float:
    """The share of signs that stand at the same place, counted from the front or from the back, from 0 to 1."""
    front = sum(map(str.__eq__, one, other))
    back = sum(map(str.__eq__, reversed(one), reversed(other)))
    return max(front, back) / max(len(one), len(other), 1)


def _claims(places: Sequence[Place], articles: Sequence[Article]) -> list[tuple[Place, Article | None]]:
    """Each line of a complaint with the article that it means, None where no document knows it."""
    found: list[tuple[Place, Article | None]] = []
    for bundles in (_bundles(group) for group in _by_paper(places)):
        keys = list(bundles)
        worth = [[_worth(bundles[key], article, loose=True) for article in articles] for key in keys]
        meant = {keys[row]: articles[column] for row, column in best_pairs(worth)}
        found += [(place, meant.get(key)) for key in keys for place in bundles[key]]
    return sorted(found, key=lambda claim: (claim[0].paper.name, claim[0].number))


def _by_paper(places: Sequence[Place]) -> list[list[Place]]:
    found: dict[str, list[Place]] = {}
    for place in places:
        found.setdefault(place.paper.name, []).append(place)
    return list(found.values())


def same_words(one: str, other: str) -> float:
    """The share of the words of the shorter text that the longer one has too, from 0 to 1."""
    first, second = _words(one), _words(other)
    return len(first & second) / min(len(first), len(second)) if first and second else 0.0


@cache
def _words(text: str) -> frozenset[str]:
    return frozenset(word for word in map(compact, re.split(r"[\W_]+", text)) if len(word) > 1)
