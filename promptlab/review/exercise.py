"""What a copie is judged by: the table with the ids of its texts, and the closed lists of its case."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches

from promptlab.errors import BadInput
from promptlab.files.nearest import nearest_hint
from promptlab.messages import _
from promptlab.model.alignment import SavedAnswer, fingerprint
from promptlab.model.case import Case, Document
from promptlab.model.comparison import Comparison
from promptlab.model.copie import Spot
from promptlab.model.parsed import Item, ParsedAnswer

TOTAL = "total"


@dataclass(frozen=True, slots=True)
class Passage:
    """One text of the table that can be tagged.

    `id` is that of an item ("3.2", "S1.2"), of a step's title ("3"), a section's ("S1"), a group's ("G1"), or `I`, `C`,
    `T` for the opening, the closing and the thinking. `statement` tells the items from the rest: they are counted.
    """

    column: int
    id: str
    text: str
    statement: bool = True
    divisible: bool = True

    @property
    def where(self) -> str:
        """The place in words for the screen."""
        return _("PROMPT {column}, {item}", column=self.column, item=self.id)


@dataclass(frozen=True, slots=True)
class Evidence:
    """Something of the case file that can prove a tag: "order" or "order:A52000", and its name for the screen."""

    id: str
    label: str


@dataclass(frozen=True)
class Exercise:
    """A case and a table of answers to it. Make it once for a table, with `exercise`."""

    case: Case
    comparison: Comparison
    passages: Mapping[tuple[int, str], Passage]
    answers: tuple[SavedAnswer, ...]
    evidences: Mapping[str, Evidence]
    tags: tuple[str, ...] = field(default=())
    reasons: tuple[str, ...] = field(default=())

    def passage(self, column: int, item: str) -> Passage:
        """The text `item` of `column`. Raises BadInput that names the nearest ids."""
        if found := self.passages.get((column, item)):
            return found
        ids = [identity for at, identity in self.passages if at == column]
        if not ids:
            columns = len(self.comparison.columns)
            raise BadInput(_("There is no column {column}: the table has {count}.", column=column, count=columns))
        near = ", ".join(get_close_matches(item, ids, 3, 0.3) or ids[:3])
        said = _("Column {column} holds no item “{item}”. Near it: {near}.", column=column, item=item, near=near)
        raise BadInput(said)

    def label(self, identity: str) -> str:
        """The name on the screen of a tag, a reason or an evidence; what it is called where the case has none."""
        if evidence := self.evidences.get(identity):
            return evidence.label
        labels = {tag.id: tag.label for tag in self.case.tags} | {one.id: one.label for one in self.case.reasons}
        return labels.get(identity, identity)

    def checked_tag(self, tag: str) -> str:
        """`tag`, where it is one of the case. Raises BadInput that names the allowed ones."""
        return _among(tag, self.tags, _("tag"))

    def checked_reason(self, reason: str | None) -> str | None:
        """`reason`, where it is one of the case or none. Raises BadInput that names the allowed ones."""
        return _among(reason, self.reasons, _("reason")) if reason else None

    def checked_evidence(self, evidence: str | None) -> str | None:
        """`evidence`, where a document of the case has it, or none. Raises BadInput that names the allowed ones."""
        return _among(evidence, tuple(self.evidences), _("evidence")) if evidence else None

    def checked_column(self, column: int) -> int:
        """`column`, where the table has it. Raises BadInput."""
        count = len(self.comparison.columns)
        if not 1 <= column <= count:
            raise BadInput(_("There is no column {column}: the table has {count}.", column=column, count=count))
        return column


def exercise(case: Case, comparison: Comparison) -> Exercise:
    """The lists and ids of a case and its table, worked out once."""
    passages: dict[tuple[int, str], Passage] = {}
    for number, column in enumerate(comparison.columns, 1):
        passages |= {(number, passage.id): passage for passage in _passages(number, column.answer)}
    answers = tuple(
        SavedAnswer(column.prompt, fingerprint(column.answer), len(column.answer.steps))
        for column in comparison.columns
    )
    return Exercise(
        case,
        comparison,
        passages,
        answers,
        {evidence.id: evidence for evidence in evidences(case)},
        tuple(tag.id for tag in case.tags),
        tuple(reason.id for reason in case.reasons),
    )


def evidences(case: Case) -> tuple[Evidence, ...]:
    """All that the documents of `case` can prove with: each document, its lines by reference, its total.

    The second document of a kind is called `order-2`, and so on.
    """
    found: dict[str, Evidence] = {}
    seen: dict[str, int] = {}
    for document in case.documents:
        seen[document.kind] = rank = seen.get(document.kind, 0) + 1
        name = document.kind if rank == 1 else f"{document.kind}-{rank}"
        for evidence in _evidences(name, document):
            found.setdefault(evidence.id, evidence)
    return tuple(found.values())


def spot_of(passage: Passage, spot: Spot) -> Spot:
    """`spot` with its span as it is kept: without spaces at its ends; the whole text is no span.

    Raises BadInput for a span outside the text, an empty one, or one of a text that has no parts (a table).
    """
    if spot.span is None:
        return spot
    start, end = spot.span
    if not passage.divisible:
        raise BadInput(_("{where}: this text can only be tagged as a whole.", where=passage.where))
    if not 0 <= start < end <= len(passage.text):
        said = _(
            "{where}: characters {start} to {end} are not in this text, which has {count}.",
            where=passage.where,
            start=start,
            end=end,
            count=len(passage.text),
        )
        raise BadInput(said)
    words = passage.text[start:end]
    start, end = start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip())
    if start >= end:
        raise BadInput(_("{where}: only spaces are selected; select at least one word.", where=passage.where))
    whole = passage.text[:start].strip() == "" == passage.text[end:].strip()
    return Spot(spot.column, spot.item, None if whole else (start, end))


def _among(value: str, allowed: tuple[str, ...], what: str) -> str:
    if value in allowed:
        return value
    choices = ", ".join(allowed) or "–"
    said = _("“{value}” is no {what} of this case. Allowed: {choices}.", value=value, what=what, choices=choices)
    raise BadInput(said + nearest_hint(value, allowed))


def _passages(column: int, answer: ParsedAnswer) -> Iterator[Passage]:
    for identity, text in (("I", answer.intro), ("C", answer.conclusion), ("T", answer.thinking)):
        if text:
            yield Passage(column, identity, text, statement=False)
    for number, group in enumerate(answer.groups, 1):
        yield Passage(column, f"G{number}", group.title, statement=False)
    for step in answer.steps:
        yield Passage(column, str(step.rank), step.title, statement=False)
        yield from _items(column, step.items)
    for number, section in enumerate(answer.sections, 1):
        if section.title:
            yield Passage(column, f"S{number}", section.title, statement=False)
        yield from _items(column, section.items)


def _items(column: int, items: tuple[Item, ...]) -> Iterator[Passage]:
    for item in items:
        if item.text:
            yield Passage(column, item.id, item.text)
        else:
            stand_in = item.label or "\n".join(" | ".join(row) for row in item.rows)
            yield Passage(column, item.id, stand_in, divisible=False)
        yield from _items(column, item.items)


def _evidences(name: str, document: Document) -> Iterator[Evidence]:
    yield Evidence(name, document.title)
    for line in document.lines:
        label = _("{document}, line {reference}", document=document.title, reference=line.reference)
        yield Evidence(f"{name}:{line.reference}", f"{label} ({line.designation})" if line.designation else label)
    if document.total_ttc is not None or document.total_ht is not None:
        yield Evidence(f"{name}:{TOTAL}", _("{document}, total", document=document.title))
