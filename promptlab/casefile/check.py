"""The documents of a case file checked: everything that a careful reader finds, with its proof."""

from collections.abc import Iterator, Sequence
from typing import Any, get_args

from promptlab.casefile.articles import Matched, match
from promptlab.casefile.of_citations import findings_of_citations
from promptlab.casefile.of_claims import findings_of_claims
from promptlab.casefile.of_dates import findings_of_dates
from promptlab.casefile.of_lines import findings_of_lines
from promptlab.casefile.of_parties import findings_of_parties
from promptlab.casefile.of_sums import findings_of_sums
from promptlab.casefile.of_terms import findings_of_terms
from promptlab.errors import BadInput
from promptlab.messages import _
from promptlab.model.case import Case
from promptlab.model.finding import Finding, FindingKind

_KINDS = get_args(FindingKind)
_MONEY = {"wrong_reference", "quantity", "price", "vat", "total", "double_invoicing"}


def check_documents(case: Case) -> tuple[Finding, ...]:
    """What does not match in the documents of `case`, by kind; empty where all is well.

    Raises BadInput where the case has no documents.
    """
    if not case.documents:
        said = _(
            "The case {name} has no documents: put them into {folder}.",
            name=case.name,
            folder=case.folder / "documents",
        )
        raise BadInput(said)
    found = list(_findings(case, match(case.documents)))
    return tuple(sorted(found, key=lambda finding: _KINDS.index(finding.kind)))


def _findings(case: Case, matched: Matched) -> Iterator[Finding]:
    money = [
        *findings_of_lines(matched),
        *(finding for paper in matched.papers for finding in findings_of_sums(paper)),
    ]
    yield from money
    on_invoices = [one for one in money if any(place.startswith("invoice") for place in one.where)]
    disputed = any(one.kind in _MONEY for one in on_invoices)
    yield from findings_of_claims(matched)
    yield from findings_of_citations(matched)
    yield from findings_of_dates(matched)
    yield from findings_of_terms(matched, disputed=disputed)
    yield from findings_of_parties(case, matched)


def to_json(findings: Sequence[Finding]) -> dict[str, Any]:
    """The findings as plain values, in the shape of `promptlab check-documents --json`; amounts as in "193.50"."""
    return {
        "findings": [
            {
                "kind": finding.kind,
                "where": list(finding.where),
                "values": list(finding.values),
                "amount_ht": None if finding.amount_ht is None else f"{finding.amount_ht:.2f}",
                "amount_ttc": None if finding.amount_ttc is None else f"{finding.amount_ttc:.2f}",
                "message": finding.message,
            }
            for finding in findings
        ]
    }
