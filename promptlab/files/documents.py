"""Reading the documents of a case file from their TOML files."""

from collections.abc import Sequence
from typing import cast

from promptlab.files.faults import Table
from promptlab.model.case import Document, DocumentKind, DocumentLine, Party

_TOTALS = ("ht", "vat", "ttc")


def read_party(table: Table) -> Party:
    """A firm or a person; every field but the name may be left out."""
    party = Party(
        name=table.text("name"),
        **{
            key: table.text(key, required=False)
            for key in ("address", "role", "contact", "phone", "email", "siret", "ape", "about")
        },
    )
    table.finish()
    return party


def read_document(table: Table, kinds: Sequence[str], *, source: str) -> Document:
    """One document, as it is printed. `kinds` are the kinds that may stand in `kind`; `source` is its file.

    A complaint names its author and addressee `from` and `to`; other documents have `seller` and `buyer`.
    """
    kind = cast(DocumentKind, table.text("kind", among=kinds, default=kinds[0]))
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
        date=table.text("date", required=False),
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
    table.finish()
    return document


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
