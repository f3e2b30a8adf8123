"""Reading the documents of a case file from their TOML files."""

import re
from collections.abc import Sequence
from datetime import date
from typing import cast

from promptlab.files.faults import Table
from promptlab.messages import _
from promptlab.model.case import Document, DocumentKind, DocumentLine, Party

_TOTALS = ("ht", "vat", "ttc")
ROLES = ("seller", "buyer", "carrier")


def read_party(table: Table) -> Party:
    """A firm or a person; every field but the name may be left out."""
    party = Party(
        name=table.text("name"),
        role=table.text("role", required=False, among=ROLES),
        **{
            key: table.text(key, required=False)
            for key in ("address", "contact", "phone", "email", "siret", "ape", "about")
        },
    )
    table.finish()
    return party


def read_document(table: Table, kinds: Sequence[str], *, source: str) -> Document:
    """One document, as it is printed. `kinds` are the kinds that may stand in `kind`; `source` is its file.

    A complaint names its author and addressee `from` and `to`; other documents have `seller` and `buyer`.
    """
    said = table.text("kind", among=kinds)
    kind = cast(DocumentKind, said or kinds[0])
    writer, reader = ("to", "from") if kind == "complaint" else ("seller", "buyer")
    parties = {
        role: table.table(key, required=False)
        for role, key in (("seller", writer), ("buyer", reader), ("footer", "footer"))
    }
    totals = table.table("totals", required=False)
    amounts = {key: totals.decimal(key) if totals else None for key in _TOTALS}
    if totals:
        totals.finish()
    document = Document(
        kind=kind,
        title=table.text("title"),
        number=table.text("number", required=False),
        date=_date(table),
        time=table.text("time", required=False),
        seller=read_party(parties["seller"]) if parties["seller"] else None,
        buyer=read_party(parties["buyer"]) if parties["buyer"] else None,
        footer=read_party(parties["footer"]) if parties["footer"] else None,
        cites=table.pairs("cites"),
        lines=tuple(_line(entry) for entry in table.tables("lines", required=False)),
        total_ht=amounts["ht"],
        total_vat=amounts["vat"],
        total_ttc=amounts["ttc"],
        terms=table.pairs("terms"),
        subject=table.text("subject", required=False),
        body=table.text("body", required=False),
        enclosures=table.texts("enclosures", required=False),
        source=source,
    )
    if said:  # which other keys are known depends on the kind
        table.finish()
    return document


def _date(table: Table) -> str:
    """The date as printed: 20/11/N, 20/11/2026 or 2026-11-20."""
    said = table.text("date", required=False)
    if said and not _is_date(said):
        table.fault("date", _("“{value}” is not a date: write it as 20/11/N, 20/11/2026 or 2026-11-20.", value=said))
    return said


def _is_date(said: str) -> bool:
    found = re.fullmatch(r"(\d{1,2})/(\d{1,2})/(N(?:[+-]\d)?|\d{4})|(\d{4})-(\d{2})-(\d{2})", said)
    if not found:
        return False
    day, month, year, iso_year, iso_month, iso_day = found.groups()
    number = int(iso_year or year) if (iso_year or year).isdigit() else 2000  # N may be a leap year
    try:
        date(number, int(iso_month or month), int(iso_day or day))
    except ValueError:
        return False
    return True


def _line(table: Table) -> DocumentLine:
    line = DocumentLine(
        reference=table.text("reference"),
        designation=table.text("designation", required=False),
        ordered=table.decimal("ordered"),
        quantity=table.decimal("quantity"),
        unit=table.text("unit", required=False),
        unit_price=table.decimal("unit_price"),
        vat_rate=table.decimal("vat_rate"),
        amount=table.decimal("amount"),
    )
    table.finish()
    return line
