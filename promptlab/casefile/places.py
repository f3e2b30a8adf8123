"""The places that a finding names, in words: `order:line 1` is “the order, line 1”."""

import re
from collections.abc import Callable
from typing import cast

from promptlab.casefile.naming import kind_said
from promptlab.messages import _
from promptlab.model.case import DocumentKind

_PARTS: dict[str, Callable[[], str]] = {
    "number": lambda: _("number"),
    "date": lambda: _("date"),
    "body": lambda: _("text"),
    "lines": lambda: _("lines"),
    "total": lambda: _("totals"),
    "footer": lambda: _("foot of the page"),
    "seller": lambda: _("heading, supplier"),
    "buyer": lambda: _("heading, customer"),
    "discount": lambda: _("discount"),
    "cash_discount": lambda: _("cash discount"),
    "fee": lambda: _("fees"),
    "terms": lambda: _("terms"),
    "terms.payment": lambda: _("terms of payment"),
    "terms.cash_discount": lambda: _("terms of the cash discount"),
    "terms.discount": lambda: _("terms of the discount"),
    "terms.carriage": lambda: _("terms of carriage"),
    "cites.order": lambda: _("order cited"),
    "cites.delivery": lambda: _("delivery note cited"),
    "cites.invoice": lambda: _("invoice cited"),
    "cites.credit_note": lambda: _("credit note cited"),
    "cites.return_slip": lambda: _("return slip cited"),
    "enclosures": lambda: _("enclosures"),
    "replaces": lambda: _("invoice replaced"),
}
_FIRMS: dict[str, Callable[[], str]] = {
    "case:company": lambda: _("the firm's description in the case"),
    "case:customer": lambda: _("the customer's description in the case"),
}
_PAPER = re.compile(r"(complaint|order|delivery|invoice|credit_note|return_slip)(?:-(\d+))?")


def place_said(where: str) -> str:
    """A place of a finding in words; a place that has none comes back as it is."""
    if where in _FIRMS:
        return _FIRMS[where]()
    name, _colon, part = where.partition(":")
    paper = _PAPER.fullmatch(name)
    if paper is None:
        return where
    document = kind_said(cast(DocumentKind, paper[1]))
    if paper[2]:
        document = _("{document} ({rank})", document=document, rank=paper[2])
    if not part:
        return document
    line = re.fullmatch(r"line (\d+)", part)
    at = _("line {rank}", rank=line[1]) if line else _PARTS[part]() if part in _PARTS else part
    return _("{document}, {place}", document=document, place=at)
