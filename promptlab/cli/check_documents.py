"""The command `promptlab check-documents`: order, delivery note, invoice and complaint matched line by line."""

import json
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

import click

from promptlab.messages import _, ngettext

if TYPE_CHECKING:
    from promptlab.model.finding import Finding, FindingKind

KINDS: "dict[FindingKind, Callable[[], str]]" = {
    "wrong_reference": lambda: _("References"),
    "quantity": lambda: _("Quantities"),
    "price": lambda: _("Prices and discounts"),
    "arithmetic": lambda: _("Arithmetic of the lines"),
    "vat": lambda: _("VAT"),
    "total": lambda: _("Totals"),
    "double_invoicing": lambda: _("Invoiced twice"),
    "reference_mismatch": lambda: _("Numbers and references that documents cite"),
    "missing": lambda: _("What is missing"),
    "identity": lambda: _("Names and addresses"),
    "date": lambda: _("Dates"),
    "terms": lambda: _("Terms of payment and carriage"),
    "law": lambda: _("Articles of law (to be checked)"),
}


@click.command(help=_("Match the documents of CASE line by line: what differs, where, and the euros at stake."))
@click.argument("case", metavar=_("CASE"))
@click.option("--json", "as_json", is_flag=True, help=_("Print one JSON document."))
def command(case: str, *, as_json: bool) -> int:
    """Check the documents and print what was found; 1 where something was, 0 where all is well."""
    from promptlab.casefile.check import check_documents, to_json
    from promptlab.cli.show import show_text
    from promptlab.files.cases import load_case

    findings = check_documents(load_case(case))
    said = json.dumps(to_json(findings), ensure_ascii=False, indent=1) if as_json else "\n".join(_shown(findings))
    show_text(said)
    return 1 if findings else 0


def _shown(findings: "Sequence[Finding]") -> Iterator[str]:
    """The findings by kind, each with its places and the euros at stake."""
    from promptlab.casefile.places import place_said
    from promptlab.casefile.wording import euros

    if not findings:
        yield _("The documents agree: nothing was found.")
        return
    yield ngettext("{count} thing to look at:", "{count} things to look at:", len(findings))
    for kind, group in groupby(findings, lambda finding: finding.kind):
        yield f"\n{KINDS[kind]()}"
        for finding in group:
            yield f"  • {finding.message}"
            amounts = ((finding.amount_ht, _("HT")), (finding.amount_ttc, _("TTC")))
            stake = " / ".join(f"{euros(amount)} {name}" for amount, name in amounts if amount)
            stake = " " + _("at stake: {amounts}", amounts=stake) if stake else ""
            yield f"    [{' · '.join(map(place_said, finding.where))}]{stake}"
