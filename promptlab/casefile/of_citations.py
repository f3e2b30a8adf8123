"""Findings about the documents that others name: numbers and days that do not fit, documents that are missing."""

from collections.abc import Iterator, Sequence
from typing import get_args

from promptlab.casefile.articles import Matched
from promptlab.casefile.complaint import Citation, citations
from promptlab.casefile.dates import read_day
from promptlab.casefile.naming import Paper, kind_said
from promptlab.casefile.references import compact, same_number
from promptlab.casefile.wording import listed, sentence
from promptlab.messages import _
from promptlab.model.case import DocumentKind
from promptlab.model.finding import Finding


def findings_of_citations(matched: Matched) -> Iterator[Finding]:
    """Each number and day of a document that another one names, against that document; then what is not in the file."""
    absent: dict[DocumentKind, list[Citation]] = {}
    seen: set[tuple[str, str, str, str]] = set()
    for citation in (each for paper in matched.papers for each in citations(paper)):
        kind = next((known for known in get_args(DocumentKind) if known == citation.kind), None)
        meant = [paper for paper in matched.papers if paper.document.kind == kind and paper is not citation.paper]
        if kind is None:
            continue
        if not meant:
            absent.setdefault(kind, []).append(citation)
            continue
        for finding in (*_number(citation, meant), *_day(citation, meant)):
            key = (finding.kind, citation.paper.name, citation.kind, compact(finding.values[0]))
            if key not in seen:
                seen.add(key)
                yield finding
    yield from _absent(matched, absent)


def _number(citation: Citation, meant: Sequence[Paper]) -> Iterator[Finding]:
    numbered = [paper for paper in meant if paper.document.number]
    if (
        not citation.number
        or not numbered
        or any(same_number(citation.number, one.document.number) for one in numbered)
    ):
        return
    said = _(
        "{document} cites {kind} no. {number}; the one in the file is no. {real}.",
        document=sentence(citation.paper.said),
        kind=kind_said(meant[0].document.kind),
        number=citation.number,
        real=listed(paper.document.number for paper in numbered),
    )
    where = (citation.where, *(paper.at("number") for paper in numbered))
    values = (citation.number, *(paper.document.number for paper in numbered))
    yield Finding("reference_mismatch", where, values, said)


def _day(citation: Citation, meant: Sequence[Paper]) -> Iterator[Finding]:
    if citation.day is None:
        return
    named = [one for one in meant if citation.number and same_number(citation.number, one.document.number)] or meant
    days = [(paper, day) for paper in named if (day := read_day(paper.document.date))]
    if not days or any(citation.day.same(day) for _paper, day in days):
        return
    said = _(
        "{document} says that {kind} is of {day}; it is of {real}.",
        document=sentence(citation.paper.said),
        kind=named[0].said if len(named) == 1 else kind_said(named[0].document.kind),
        day=citation.day,
        real=listed(str(day) for _paper, day in days),
    )
    where = (citation.where, *(paper.at("date") for paper, _day in days))
    yield Finding("date", where, (str(citation.day), *(str(day) for _paper, day in days)), said)


def _absent(matched: Matched, cited: dict[DocumentKind, list[Citation]]) -> Iterator[Finding]:
    """The documents without which the file cannot be matched, and those that are named and not there."""
    kinds = {paper.document.kind for paper in matched.papers}
    wanted: list[DocumentKind] = []
    if "order" not in kinds:
        wanted.append("order")
    if "delivery" not in kinds and "invoice" in kinds:
        wanted.append("delivery")
    for kind in dict.fromkeys([*wanted, *cited]):
        sources = cited.get(kind, [])
        numbers = tuple(dict.fromkeys(one.number for one in sources if one.number))
        said = _("{document} is not in the file.", document=sentence(kind_said(kind)))
        if sources:
            named = listed(dict.fromkeys(one.paper.said for one in sources))
            said = _(
                "{document} that {named} cites ({numbers}) is not in the file.",
                document=sentence(kind_said(kind)),
                named=named,
                numbers=", ".join(numbers) or "?",
            )
        said += " " + _("Ask for it: without it, what depends on it cannot be checked.")
        where = tuple(dict.fromkeys((kind, *(one.where for one in sources))))
        yield Finding("missing", where, numbers, said)
