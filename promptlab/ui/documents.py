"""The documents of a case as HTML that looks like them: an e-mail, an order, a delivery note, an invoice.

Styles stand inline: Jupyter takes a style sheet out of a notebook that it does not trust. The sheets are white with
dark ink on a light screen and on a dark one, as paper is.
"""

from collections.abc import Callable, Iterable
from decimal import Decimal

from promptlab.align.wording import colon
from promptlab.casefile.wording import unit_of
from promptlab.messages import _, language
from promptlab.model.case import Case, Document, DocumentLine, Party
from promptlab.table.markup import text

_PAPER = (
    "background:#fff;color:#1b1b1b;border:1px solid #767676;max-width:52rem;padding:1.5rem;margin:0 0 1.5rem;"
    "font-family:Arial,Helvetica,sans-serif;font-size:15px;line-height:1.5;text-align:left"
)
_CELL = "border:1px solid #767676;padding:.35rem .5rem;text-align:left;color:#1b1b1b;background:#fff;white-space:normal"
_HEAD = _CELL.replace("background:#fff", "background:#e9eef2;font-weight:bold")
_FIGURE = _CELL.replace("text-align:left", "text-align:right;white-space:nowrap")
_TITLE = "font-size:1.15em;font-weight:bold;margin:0 0 .5rem;color:#1b1b1b"
_SMALL = "font-size:.85em;color:#454545;border-top:1px solid #767676;margin:1rem 0 0;padding:.5rem 0 0"
_PLAIN = "margin:0 0 .75rem"

_Cell = tuple[str, Callable[[DocumentLine], str], bool]  # head, its text, whether it is a figure


def documents_html(case: Case) -> str:
    """All documents of `case`, one after the other, each under its title."""
    return "".join(document_html(document) for document in case.documents)


def document_html(document: Document) -> str:
    """One document as an article with a heading of level 3. What stands in it is text, never HTML."""
    body = _mail(document) if document.kind == "complaint" else _sheet(document)
    label = text(document.title)
    return f'<h3>{label}</h3><article aria-label="{label}" style="{_PAPER}">{body}</article>'


def scenario_html(case: Case) -> str:
    """What the pupil is there for: the situation, the company, the customer."""
    about = _pairs(
        [
            (_("Your company"), _party_line(case.company)),
            (_("What it does"), case.company.about),
            (_("The customer"), _party_line(case.customer)),
            (_("About the customer"), case.customer.about),
        ]
    )
    fictional = _("The companies, people and figures of this case are fictional.") if case.fictional else ""
    note = f'<p style="{_PLAIN}"><em>{text(fictional)}</em></p>' if fictional else ""
    return f'<section><p style="{_PLAIN}">{text(case.summary.strip())}</p>{about}{note}</section>'


def money(amount: Decimal) -> str:
    """An amount in euros in the way of the screen's language: 3 245,85 €."""
    from babel.numbers import format_currency

    return format_currency(amount, "EUR", locale=language())


def figure(number: Decimal) -> str:
    """A number in the way of the screen's language, without zeros that say nothing."""
    from babel.numbers import format_decimal

    return format_decimal(number, locale=language())


def kind_of(document: Document) -> str:
    """What stands in large letters at the head of a document."""
    return {
        "complaint": _("E-mail"),
        "order": _("Order form"),
        "delivery": _("Delivery note"),
        "invoice": _("Invoice"),
        "credit_note": _("Credit note"),
        "return_slip": _("Return slip"),
    }[document.kind]


def _mail(document: Document) -> str:
    sender, receiver = document.seller, document.buyer
    if document.kind == "complaint":
        sender, receiver = document.buyer, document.seller
    head = _pairs(
        [
            (_("From"), _mail_address(sender)),
            (_("To"), _mail_address(receiver)),
            (_("Date"), document.date),
            (_("Subject"), document.subject),
            (_("Attached"), " · ".join(document.enclosures)),
        ]
    )
    return f'{head}<div style="border-top:1px solid #767676;padding-top:1rem">{_written(document.body)}</div>'


def _mail_address(party: Party | None) -> str:
    if party is None:
        return ""
    who = ", ".join(part for part in (party.contact, party.name) if part)
    return f"{who} <{party.email}>" if party.email else who


def _sheet(document: Document) -> str:
    number = _("No. {number}", number=document.number) if document.number else ""
    title = " ".join(part for part in (kind_of(document).upper(), number) if part)
    facts = _pairs(
        [
            (_("Date"), " ".join(part for part in (document.date, document.time) if part)),
            *((_cited(kind), number) for kind, number in document.cites),
        ]
    )
    parts = [
        f'<p style="{_TITLE}">{text(title)}</p>',
        _parties(document),
        facts,
        _lines(document),
        _totals(document),
        _pairs([(_term(name), _term_value(name, value)) for name, value in document.terms]),
        f'<p style="{_SMALL}">{text(_footer(document.footer))}</p>' if document.footer else "",
    ]
    return "".join(parts)


def _parties(document: Document) -> str:
    def block(party: Party | None, what: str) -> str:
        if party is None:
            return ""
        lines = [party.name, party.address, party.contact, party.phone and _("tel. {number}", number=party.phone)]
        words = "<br>".join(text(line) for line in lines if line)
        return f'<p style="margin:0 0 1rem;flex:1 1 14rem"><strong>{text(what)}</strong><br>{words}</p>'

    both = block(document.seller, _("Supplier")) + block(document.buyer, _("Customer"))
    return f'<div style="display:flex;flex-wrap:wrap;gap:1rem">{both}</div>'


def _lines(document: Document) -> str:
    columns = [column for column in _columns(document) if any(column[1](line) for line in document.lines)]
    if not columns:
        return ""
    head = "".join(f'<th scope="col" style="{_HEAD}">{text(name)}</th>' for name, _value, _figure in columns)
    rows = "".join(f"<tr>{_row(line, columns)}</tr>" for line in document.lines)
    caption = text(_("Lines of the document"))
    return (
        f'<div style="overflow-x:auto"><table style="border-collapse:collapse;width:100%;margin:0 0 1rem">'
        f'<caption style="text-align:left;color:#454545">{caption}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _row(line: DocumentLine, columns: list[_Cell]) -> str:
    cells = []
    for place, (_name, value, is_figure) in enumerate(columns):
        words = text(value(line))
        if place == 0:
            cells.append(f'<th scope="row" style="{_CELL}">{words}</th>')
        else:
            cells.append(f'<td style="{_FIGURE if is_figure else _CELL}">{words}</td>')
    return "".join(cells)


def _columns(document: Document) -> list[_Cell]:
    def quantity(number: Decimal | None, line: DocumentLine) -> str:
        return "" if number is None else f"{figure(number)} {unit_of(number, line.unit)}".strip()

    return [
        (_("Reference"), lambda line: line.reference, False),
        (_("Designation"), lambda line: line.designation, False),
        (_("Ordered"), lambda line: quantity(line.ordered, line), True),
        (
            _("Delivered") if document.kind == "delivery" else _("Quantity"),
            lambda line: quantity(line.quantity, line),
            True,
        ),
        (_("Unit price HT"), lambda line: "" if line.unit_price is None else money(line.unit_price), True),
        (_("Discount"), lambda line: _percent(line.discount_rate), True),
        (_("VAT"), lambda line: _percent(line.vat_rate), True),
        (_("Amount HT"), _amount, True),
    ]


def _percent(rate: Decimal | None) -> str:
    return "" if rate is None else f"{figure(rate)}\u00a0%"


def _amount(line: DocumentLine) -> str:
    """The amount as it counts: the file has none of the signs, a discount is taken off."""
    if line.amount is None:
        return ""
    return f"−{money(line.amount)}" if line.kind in ("discount", "cash_discount") else money(line.amount)


def _totals(document: Document) -> str:
    wanted = [
        (_("Total HT"), document.total_ht),
        (_("VAT"), document.total_vat),
        (_("Total due TTC"), document.total_ttc),
    ]
    rows = "".join(
        f'<tr><th scope="row" style="{_HEAD}">{text(name)}</th><td style="{_FIGURE}">{text(money(amount))}</td></tr>'
        for name, amount in wanted
        if amount is not None
    )
    caption = text(_("Totals"))
    return rows and (
        f'<table style="border-collapse:collapse;margin:0 0 1rem auto">'
        f'<caption style="text-align:left;color:#454545">{caption}</caption><tbody>{rows}</tbody></table>'
    )


def _cited(kind: str) -> str:
    names = {"order": _("Your order"), "delivery": _("Delivery note"), "invoice": _("Invoice")}
    return names.get(kind, kind)


def _term(name: str) -> str:
    names = {
        "payment": _("Payment"),
        "cash_discount": _("Cash discount for immediate payment"),
        "carriage": _("Carriage"),
        "carrier": _("Carrier"),
    }
    return names.get(name, name)


def _term_value(name: str, value: str) -> str:
    return f"{figure(Decimal(value))}\u00a0%" if name == "cash_discount" and _is_number(value) else value


def _is_number(value: str) -> bool:
    return value.replace(".", "", 1).isdecimal()


def _footer(party: Party) -> str:
    facts = [
        party.name,
        party.address,
        party.phone and _("tel. {number}", number=party.phone),
        party.siret and f"SIRET {party.siret}",
        party.ape and f"APE {party.ape}",
    ]
    return " – ".join(fact for fact in facts if fact)


def _party_line(party: Party) -> str:
    return ", ".join(part for part in (party.name, party.address, party.contact) if part)


def _pairs(pairs: Iterable[tuple[str, str]]) -> str:
    lines = [f"<strong>{text(name + colon())}</strong> {text(value)}" for name, value in pairs if value]
    return f'<p style="{_PLAIN}">{"<br>".join(lines)}</p>' if lines else ""


def _written(words: str) -> str:
    """Paragraphs and "- " lists of a plain text."""
    blocks = []
    for block in words.strip().split("\n\n"):
        lines = block.splitlines()
        if lines and all(line.startswith("- ") for line in lines):
            entries = "".join(f"<li>{text(line[2:])}</li>" for line in lines)
            blocks.append(f'<ul style="{_PLAIN}">{entries}</ul>')
        else:
            blocks.append(f'<p style="{_PLAIN}">{"<br>".join(text(line) for line in lines)}</p>')
    return "".join(blocks)
