"""The articles of a case: how documents call them, and in which of them they stand, with which quantities."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from promptlab.casefile.facts_text import stem, vocabulary, words_of
from promptlab.casefile.naming import Paper, goods
from promptlab.casefile.references import compact, likeness
from promptlab.model.case import DocumentLine

# Words of a designation that tell no article from another, and that letters are full of.
_COMMON = vocabulary(
    """
    vendu vendue metre metres piece pieces lot unite avec sans pour par les des une dans sur petit petite
    grand grande carton cartons boite boites qualite standard article produit ref reference haut gamme modele
    type
    """
)


@dataclass(slots=True)
class _Gathered:
    reference: str
    names: set[str]
    written: set[str] = field(default_factory=set)
    designations: list[str] = field(default_factory=list)
    quantities: dict[str, set[Decimal]] = field(default_factory=dict)
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Product:
    """An article: its full `reference`, all the ways documents write it (`written`; `names`, letters and digits only).

    `words` tell it from the other articles ("bleu"), `shared` are the words it has in common with them ("toile").
    `events` are the documents in which it stands, with the rest that follows: `credit` and `return` for what is to be
    taken back, `new` for what is still to be delivered. `quantities` are its quantities by event.
    """

    reference: str
    names: frozenset[str]
    written: frozenset[str]
    designation: str
    words: frozenset[str]
    shared: frozenset[str]
    events: frozenset[str]
    quantities: tuple[tuple[str, frozenset[Decimal]], ...]
    unit: str = ""

    def quantity(self, event: str) -> frozenset[Decimal]:
        """The quantities that the documents give for `event`, empty where they give none."""
        return next((values for name, values in self.quantities if name == event), frozenset())

    @property
    def all_quantities(self) -> frozenset[Decimal]:
        """The quantities of all events together."""
        return frozenset(value for _event, values in self.quantities for value in values)


def products_of(papers: Sequence[Paper]) -> tuple[Product, ...]:
    """The articles of all documents, each once; short references of a complaint are told to the article they mean."""
    found: list[_Gathered] = []
    trade = [paper for paper in papers if paper.document.kind != "complaint"]
    letters = [paper for paper in papers if paper.document.kind == "complaint"]
    for paper in (*trade, *letters):
        for place in goods(paper):
            _gather(found, place.line, paper.document.kind)
    used = Counter(word for one in found for word in {w for text in one.designations for w in _stems(text)})
    return tuple(_product(one, used, len(found)) for one in found if one.reference)


def _gather(found: list[_Gathered], line: DocumentLine, kind: str) -> None:
    one = _known(found, line, loose=kind == "complaint")
    if one is None:
        one = _Gathered(line.reference, set())
        found.append(one)
    if line.reference:
        one.names.add(compact(line.reference))
        one.written.add(line.reference)
    one.designations.append(line.designation)
    one.unit = one.unit or line.unit
    event = "credit" if kind == "credit_note" else "return" if kind == "return_slip" else kind
    values = one.quantities.setdefault(event, set())
    values |= {value for value in (line.quantity, line.ordered) if value is not None}
    if kind == "delivery" and line.ordered is not None and line.quantity is not None:
        values.discard(line.ordered) if line.ordered != line.quantity else None
    for value in (line.returned, line.kept):
        if value is not None:
            one.quantities.setdefault("return" if value is line.returned else "kept", set()).add(value)


def _known(found: Iterable[_Gathered], line: DocumentLine, *, loose: bool) -> _Gathered | None:
    candidates = list(found)
    for likely in ("same", "short"):
        for one in candidates:
            if likeness(line.reference, one.reference, loose=loose) == likely:
                return one
    if loose and not line.reference:
        wanted = set(_stems(line.designation))
        scored = [(len(wanted & {w for text in one.designations for w in _stems(text)}), one) for one in candidates]
        best = max((score for score, _one in scored), default=0)
        named = [one for score, one in scored if score == best]
        return named[0] if best and len(named) == 1 else None
    return None


def _stems(text: str) -> list[str]:
    return [stem(word) for word in words_of(text) if len(word) > 2 and not word.isdigit() and stem(word) not in _COMMON]


def _product(one: _Gathered, used: Counter[str], count: int) -> Product:
    every = {word for text in one.designations for word in _stems(text)}
    own = {word for word in every if used[word] == 1} if count > 1 else every
    quantities = dict(one.quantities)
    ordered, invoiced = quantities.get("order", set()), quantities.get("invoice", set())
    delivered = quantities.get("delivery", set())
    events = set(quantities)
    received = delivered or invoiced
    _follow(events, quantities, ordered, received, invoiced)
    return Product(
        reference=one.reference,
        names=frozenset(one.names),
        written=frozenset(one.written),
        designation=one.designations[0],
        words=frozenset(own),
        shared=frozenset(every - own),
        events=frozenset(events),
        quantities=tuple((event, frozenset(values)) for event, values in quantities.items()),
        unit=one.unit,
    )


def _follow(
    events: set[str],
    quantities: dict[str, set[Decimal]],
    ordered: set[Decimal],
    received: set[Decimal],
    invoiced: set[Decimal],
) -> None:
    """Add to `events` and `quantities` what follows: goods to take back, to credit and to deliver still."""
    wanted, came, billed = sum(ordered), sum(received), sum(invoiced)
    too_much, too_little = came - wanted, wanted - came
    if too_much > 0:
        quantities.setdefault("return", set()).add(Decimal(too_much))
    if billed > min(wanted, came):
        quantities.setdefault("credit", set()).update(
            {Decimal(billed - value) for value in (wanted, came) if billed > value}
        )
    if too_little > 0:
        quantities.setdefault("new", set()).add(Decimal(too_little))
    events |= {event for event in ("return", "credit", "new") if event in quantities}
