"""Findings about dates: documents that bear a date before that of what they follow from."""

from collections.abc import Iterator

from promptlab.casefile.articles import Matched
from promptlab.casefile.dates import Day, read_day
from promptlab.casefile.naming import Paper
from promptlab.casefile.wording import sentence
from promptlab.messages import _
from promptlab.model.case import DocumentKind
from promptlab.model.finding import Finding

_AFTER: tuple[tuple[DocumentKind, DocumentKind], ...] = (
    ("delivery", "order"),
    ("invoice", "order"),
    ("invoice", "delivery"),
    ("return_slip", "delivery"),
    ("credit_note", "invoice"),
    ("complaint", "order"),
    ("complaint", "delivery"),
)


def before(one: Day, other: Day) -> bool:
    """Whether `one` comes before `other`; False where one has a real year and the other the year N."""
    if one.year[:1].isdigit() != other.year[:1].isdigit():
        return False
    return one.calendar() < other.calendar()


def findings_of_dates(matched: Matched) -> Iterator[Finding]:
    """Each document against the kind that it follows from: an order comes before its delivery, and so on."""
    for later, earlier in _AFTER:
        dated = [(paper, day) for paper in matched.live(earlier) if (day := read_day(paper.document.date))]
        for paper in matched.live(later):
            day = read_day(paper.document.date)
            if day is None or not dated:
                continue
            if all(before(day, other) for _paper, other in dated):
                yield _reversed(dated[0], (paper, day))


def _reversed(first: tuple[Paper, Day], second: tuple[Paper, Day]) -> Finding:
    (one, day), (other, early) = first, second
    said = _(
        "{document} bears the date {early}, before {one} ({day}).",
        document=sentence(other.said),
        early=early,
        one=one.said,
        day=day,
    )
    return Finding("date", (one.at("date"), other.at("date")), (str(day), str(early)), said)
