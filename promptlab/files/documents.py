"""Reading the documents of a case file from their TOML files."""

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import cast, get_args

from promptlab.files.faults import Table
from promptlab.messages import _
from promptlab.model.case import Document, DocumentKind, DocumentLine, LineKind, Party

_TOTALS = ("ht", "vat", "ttc", "paid")
_MOST = Decimal(10) ** 9
_QUANTITIES = ("ordered", "quantity", "unit_price", "returned", "kept")
# A line that names itself so is a fee, which no delivery note holds; `kind` says otherwise where it is not.
_FEE = re.compile(
    r"(?:frais|transport|livraison|emballage|port(?:\s+(?:payé|forfait\w*|et emballage))?\s*$)\b", re.IGNORECASE
)
_RATES = ("vat_rate", "discount_rate")
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
    amounts = {key: _amount(totals, key) if totals else None for key in _TOTALS}
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
        replaces=table.text("replaces", required=False),
        paid=amounts["paid"],
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
    reference, designation = table.text("reference"), table.text("designation", required=False)
    usual: LineKind = "fee" if _FEE.match(designation or reference) else "goods"
    line = DocumentLine(
        reference=reference,
        designation=designation,
        unit=table.text("unit", required=False),
        amount=_amount(table, "amount"),
        kind=cast(LineKind, table.text("kind", required=False, among=get_args(LineKind)) or usual),
        **{key: _number(table, key) for key in _QUANTITIES},
        **{key: _rate(table, key) for key in _RATES},
    )
    table.finish()
    return line


def _number(table: Table, key: str, *, sign: str = "€") -> Decimal | None:
    """A quantity or a price: not negative, and no larger than a trade document can hold."""
    number = table.decimal(key, sign=sign)
    if number is None:
        return None
    if number < 0:
        said = _(
            "“{value}” is negative: write it without the sign. What is taken off stands in a line with "
            'kind = "discount", what is credited in a document with kind = "credit_note".',
            value=number,
        )
        table.fault(key, said)
        return None
    if number >= _MOST:
        table.fault(key, _("“{value}” is too large for a document: write a number below one billion.", value=number))
        return None
    return number


def _amount(table: Table, key: str) -> Decimal | None:
    """An amount in euros: it has cents and nothing below, so that "3,245" is not taken for three euros."""
    number = _number(table, key)
    if number is not None and number != round(number, 2):
        said = _(
            "“{value}” has more than two decimals, and an amount ends with the cents: write it as “3245.00”, "
            "without a sign between the thousands.",
            value=table.raw(key),
        )
        table.fault(key, said)
        return None
    return number


def _rate(table: Table, key: str) -> Decimal | None:
    """A rate in per cent, from 0 to 100: "20" or "20 %"."""
    number = _number(table, key, sign="%")
    if number is not None and number > 100:
        table.fault(key, _("“{value}” is no rate: write the per cent, such as “20” for 20 %.", value=number))
        return None
    return number
