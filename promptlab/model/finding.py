"""A Finding: something that does not match in the documents of a case file, with its proof."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

FindingKind = Literal[
    "wrong_reference",
    "quantity",
    "price",
    "arithmetic",
    "vat",
    "total",
    "double_invoicing",
    "reference_mismatch",
    "missing",
    "identity",
    "date",
    "terms",
    "law",
]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a careful reader of the documents must look at.

    `where` names the places that prove it ("order:line 1", "invoice-2:total", "delivery:footer"), in the order of a
    sale; `values` are what stands there. `amount_ht` and `amount_ttc` are the euros at stake, without a sign: None
    where no money is. `message` says it in a sentence.
    """

    kind: FindingKind
    where: tuple[str, ...]
    values: tuple[str, ...]
    message: str
    amount_ht: Decimal | None = None
    amount_ttc: Decimal | None = None
