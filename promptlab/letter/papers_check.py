"""A paper of the solution checked: its figures, the documents it goes with, the mentions that the law asks for."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from promptlab.casefile.amounts import cents, to_number
from promptlab.casefile.dates import read_day
from promptlab.casefile.facts_text import fold
from promptlab.casefile.figures import NOTHING, share
from promptlab.casefile.of_dates import before
from promptlab.casefile.of_parties import side_of
from promptlab.casefile.references import compact, likeness, same_number
from promptlab.casefile.solution import Solution, solve
from promptlab.casefile.wording import euros, number, percent, price
from promptlab.letter.papers_form import FIGURES, LINES, PaperKind, columns, entries, first_of, lines_of
from promptlab.messages import _
from promptlab.model.case import Case, DocumentLine
from promptlab.model.problem import Problem

MOST_LINES = 200
_MEASURED = ("quantity", "unit_price")  # asked for where the line is one of goods
_FIGURES = ("quantity", "unit_price", "discount_rate", "vat_rate", "amount")


@dataclass(frozen=True, slots=True)
class _Row:
    """One line of a paper as filled in, its figures read; `rank` counts from 1."""

    rank: int
    texts: Mapping[str, str]
    figures: Mapping[str, Decimal]

    @property
    def where(self) -> str:
        return _("line {rank}", rank=self.rank)

    @property
    def right(self) -> Decimal | None:
        """Quantity × unit price less the discount, to the cent; None where one is missing."""
        count, unit_price = self.figures.get("quantity"), self.figures.get("unit_price")
        if count is None or unit_price is None:
            return None
        return cents(count * unit_price - share(count * unit_price, self.figures.get("discount_rate")))


def check_paper(kind: PaperKind, values: Mapping[str, Any], case: Case) -> tuple[Problem, ...]:
    """What is missing or wrong on a paper that a pupil filled in; empty where all is right.

    `values` are those of `papers.blank`, texts as typed; keys not known are ignored and told. A rule that the law makes
    is named with its source, to be checked. Raises BadInput for a kind of paper that there is not.
    """
    found = [*_unknown(kind, values), *_required(kind, values)]
    rows, problems = _rows(kind, values)
    solution = solve(case)
    found += problems
    if kind != "return_slip":
        sums = [*_arithmetic(rows, lines_of(kind, case, solution)), *_totals(values, rows)]
        found += sums
        if not any(problem.where == _("Total TTC") for problem in sums):
            found += _against_figure(kind, values, solution)
    found += _against_lines(kind, rows, case, solution)
    found += _against_documents(kind, values, case, solution)
    return tuple(found)


def text_of(values: Mapping[str, Any], name: str) -> str:
    """The text of one field, without spaces around it; "" for anything that is no text."""
    value = values.get(name, "")
    return value.strip() if isinstance(value, str) else ""


def _unknown(kind: PaperKind, values: Mapping[str, Any]) -> Iterator[Problem]:
    known = {LINES, *(entry.name for entry in entries(kind))}
    for name in values:
        if name not in known:
            yield Problem(_("this paper has no such field: it was not read."), str(name))


def _required(kind: PaperKind, values: Mapping[str, Any]) -> Iterator[Problem]:
    for entry in entries(kind):
        if entry.required and not text_of(values, entry.name):
            yield Problem(_missing(entry.source), entry.label)


def _missing(source: str) -> str:
    if source:
        return _("this mention is missing: fill it in ({source}, to be checked on Légifrance).", source=source)
    return _("this is missing: fill it in.")


def _rows(kind: PaperKind, values: Mapping[str, Any]) -> tuple[list[_Row], list[Problem]]:
    """The lines that hold something, and what of them cannot be read."""
    given = values.get(LINES)
    lines = given if isinstance(given, Sequence) and not isinstance(given, str) else ()
    rows, problems = [], []
    for rank, line in enumerate(lines[:MOST_LINES], 1):
        texts = {
            column.name: text_of(line, column.name) if isinstance(line, Mapping) else "" for column in columns(kind)
        }
        if not any(texts.values()):
            continue
        figures = {}
        for column in columns(kind):
            place = _("line {rank}, {column}", rank=rank, column=column.label)
            said = texts[column.name]
            if column.required and not said and column.name not in _MEASURED:
                problems.append(Problem(_missing(column.source), place))
            elif said and column.name in _FIGURES:
                value = figure(said)
                if value is None:
                    problems.append(Problem(_("“{said}” is no number: write it as 476,50.", said=said), place))
                else:
                    figures[column.name] = value
        rows.append(_Row(rank, texts, figures))
    if len(lines) > MOST_LINES:
        problems.append(Problem(_("only the first {count} lines were read.", count=MOST_LINES), LINES))
    if not rows:
        problems.append(Problem(_("no line is filled in: write the goods concerned."), LINES))
    return rows, problems


def figure(said: str) -> Decimal | None:
    """The number that a pupil typed ("1 670,00 €", "20 %", "-193,50"); None where it is none."""
    plain = re.sub(r"(?:\s*(?:€|%|[a-z]{1,6}))+$", "", fold(said).strip()).strip()
    negative = plain.startswith("-")
    value = to_number(plain.removeprefix("-").strip()) if any(sign.isdigit() for sign in plain) else None
    return None if value is None else -value if negative else value


def _arithmetic(rows: Sequence[_Row], wanted: Sequence[DocumentLine]) -> Iterator[Problem]:
    agreed = {line.amount for line in wanted}  # printed on the order, where its price is rounded
    for row in rows:
        right, said = row.right, row.figures.get("amount")
        if right is not None and said is not None and abs(said) != right and abs(said) not in agreed:
            product = f"{number(row.figures['quantity'])} × {price(row.figures['unit_price'])}"
            if rate := row.figures.get("discount_rate"):
                product += f" − {percent(rate)}"
            names = {"product": product, "right": euros(right), "said": euros(said)}
            yield Problem(_("{product} = {right}, and not {said}: calculate the line again.", **names), row.where)


def _totals(values: Mapping[str, Any], rows: Sequence[_Row]) -> Iterator[Problem]:
    """Each total against what stands above it."""
    read = {}
    for name, label in (("total_ht", _("Total HT")), ("total_vat", _("VAT")), ("total_ttc", _("Total TTC"))):
        said = text_of(values, name)
        read[name] = figure(said) if said else None
        if said and read[name] is None:
            yield Problem(_("“{said}” is no number: write it as 476,50.", said=said), label)
    ht, vat, ttc = (None if each is None else abs(each) for each in read.values())
    lines, foot = _lines_sum(rows), _foot(values)
    if ht is not None and lines is not None and ht != lines + foot:
        yield Problem(
            _("the lines make {total}, and not {said}.", total=euros(lines + foot), said=euros(ht)), _("Total HT")
        )
    if vat is not None and (right := _vat(rows, foot)) is not None and vat != right:
        yield Problem(
            _(
                "the VAT of the lines is {right}, and not {said}: {how}.",
                right=euros(right),
                said=euros(vat),
                how=_how(rows, foot),
            ),
            _("VAT"),
        )
    if ht is not None and vat is not None and ttc is not None and ttc != ht + vat:
        names = {"ht": euros(ht), "vat": euros(vat), "right": euros(ht + vat), "said": euros(ttc)}
        yield Problem(_("{ht} + {vat} = {right}, and not {said}.", **names), _("Total TTC"))


def _lines_sum(rows: Sequence[_Row]) -> Decimal | None:
    amounts = [abs(row.figures["amount"]) for row in rows if "amount" in row.figures]
    return sum(amounts, NOTHING) if amounts else None


def _foot(values: Mapping[str, Any]) -> Decimal:
    """What the foot of the paper adds to its lines (fees) less what it takes off."""
    fees, off = (figure(text_of(values, name)) or NOTHING for name in ("fees", "foot_discount"))
    return abs(fees) - abs(off)


def _bases(rows: Sequence[_Row], foot: Decimal) -> dict[Decimal, Decimal] | None:
    """The amount HT of each rate, `foot` spread over them; None where a line lacks amount or rate."""
    found: dict[Decimal, Decimal] = {}
    for row in rows:
        if "amount" not in row.figures or "vat_rate" not in row.figures:
            return None
        rate = row.figures["vat_rate"]
        found[rate] = found.get(rate, NOTHING) + abs(row.figures["amount"])
    whole = sum(found.values(), NOTHING)
    return {rate: amount + foot * amount / whole for rate, amount in found.items()} if whole else None


def _vat(rows: Sequence[_Row], foot: Decimal) -> Decimal | None:
    bases = _bases(rows, foot)
    return None if not bases else sum((cents(share(amount, rate)) for rate, amount in bases.items()), NOTHING)


def _how(rows: Sequence[_Row], foot: Decimal) -> str:
    return " + ".join(f"{euros(amount)} × {percent(rate)}" for rate, amount in (_bases(rows, foot) or {}).items())


# ---------------------------------------------------------------- against the case


def _against_figure(kind: PaperKind, values: Mapping[str, Any], solution: Solution) -> Iterator[Problem]:
    right = solution.figure(FIGURES[kind])
    if right is None:
        return
    said = figure(text_of(values, "total_ttc")) if text_of(values, "total_ttc") else None
    if said is not None and abs(said) != right.ttc:
        message = _(
            "this total does not settle the case: it should be {right} TTC. {how}",
            right=euros(right.ttc),
            how=right.how,
        )
        yield Problem(message, _("Total TTC"))


def _against_lines(kind: PaperKind, rows: Sequence[_Row], case: Case, solution: Solution) -> Iterator[Problem]:
    wanted = lines_of(kind, case, solution)
    if not wanted:
        yield Problem(_("the documents of this case give no reason for this paper."), LINES)
        return
    met: set[int] = set()
    for row in rows:
        rank = _meant(row, wanted, met)
        if rank is None:
            names = {"reference": row.texts["reference"], "wanted": ", ".join(line.reference for line in wanted)}
            yield Problem(_("“{reference}” does not belong on this paper; expected: {wanted}.", **names), row.where)
            continue
        met.add(rank)
        yield from _against_line(row, wanted[rank])
    for rank, line in enumerate(wanted):
        if rank not in met and rows:
            name = line.reference or line.designation
            yield Problem(_("{reference} is missing on this paper.", reference=name), LINES)


def _meant(row: _Row, wanted: Sequence[DocumentLine], met: set[int]) -> int | None:
    said = row.texts["reference"]
    for rank, line in enumerate(wanted):
        same = likeness(said, line.reference) != "different" if line.reference else not said
        if rank not in met and same:
            return rank
    return None


def _against_line(row: _Row, line: DocumentLine) -> Iterator[Problem]:
    labels = {column.name: column for column in columns("credit_note")}
    for name in ("quantity", "unit_price", "vat_rate"):
        said, right = row.figures.get(name), getattr(line, name)
        place = f"{row.where}, {labels[name].label}"
        if right is not None and name in _MEASURED and name in row.texts and not row.texts[name]:
            yield Problem(_missing(labels[name].source), place)
        if said is not None and right is not None and said != right:
            show = price if name == "unit_price" else number
            message = _(
                "{said} does not agree with the documents, which give {right} for {reference}.",
                said=show(said),
                right=show(right),
                reference=line.reference,
            )
            yield Problem(message, place)


def _against_documents(kind: PaperKind, values: Mapping[str, Any], case: Case, solution: Solution) -> Iterator[Problem]:
    labels = {entry.name: entry.label for entry in entries(kind)}
    order, delivery, invoice = first_of(case, "order"), first_of(case, "delivery"), solution.invoice
    for name, document in (("order_number", order), ("delivery_number", delivery), ("invoice_number", invoice)):
        said = text_of(values, name)
        if said and document and document.number and not same_number(said, document.number):
            right = document.number
            yield Problem(
                _("“{said}” is not its number: the document says {right}.", said=said, right=right), labels[name]
            )
    yield from _dates(values, case, solution, labels)
    yield from _names(values, case, labels)
    own = text_of(values, "number")
    if own and invoice and compact(own) == compact(invoice.number):
        yield Problem(_("this is the number of the invoice concerned: a new paper has a new number."), labels["number"])
    mention = text_of(values, "mention")
    if kind == "corrected_invoice" and mention and not re.search(r"annule.*remplace|cancels.*replaces", fold(mention)):
        yield Problem(_("write “Annule et remplace la facture n° … du …”."), labels["mention"])
    carriage = fold(text_of(values, "carriage"))
    if carriage and re.search(r"client|acheteur|customer|buyer", carriage) and not _seller_pays(carriage):
        yield Problem(_("the error is the supplier’s: the return is at the supplier’s expense."), labels["carriage"])


def _seller_pays(carriage: str) -> bool:
    return bool(re.search(r"vendeur|fournisseur|nos frais|notre charge|supplier|seller|our expense", carriage))


def _dates(values: Mapping[str, Any], case: Case, solution: Solution, labels: Mapping[str, str]) -> Iterator[Problem]:
    for name in ("date", "invoice_date"):
        said = text_of(values, name)
        if said and read_day(fold(said)) is None:
            yield Problem(_("“{said}” is no date: write it as 28/11/N.", said=said), labels[name])
    own, cited = read_day(fold(text_of(values, "date"))), read_day(fold(text_of(values, "invoice_date")))
    invoiced = read_day(solution.invoice.date) if solution.invoice else None
    if cited and invoiced and not cited.same(invoiced):
        yield Problem(
            _("the invoice is of {right}, not of {said}.", right=invoiced, said=cited), labels["invoice_date"]
        )
    for document in case.documents:
        day = read_day(document.date)
        if own and day and document.kind in ("invoice", "complaint") and own.year and before(own, day):
            yield Problem(
                _("this paper follows from a document of {day}: its date comes after.", day=day), labels["date"]
            )
            return


def _names(values: Mapping[str, Any], case: Case, labels: Mapping[str, str]) -> Iterator[Problem]:
    sides = (("seller", case.company, "seller"), ("buyer", case.customer, "buyer"))
    for side, party, role in sides:
        parties = [party, *(getattr(one, role) for one in case.documents if getattr(one, role))]
        parties += [one.footer for one in case.documents if one.footer and side_of(one.footer, one) == role]
        for what in ("name", "address", "siret"):
            name = f"{side}_{what}"
            said, known = text_of(values, name), [getattr(each, what) for each in parties if getattr(each, what)]
            if (
                said
                and known
                and not any(compact(each) in compact(said) or compact(said) in compact(each) for each in known)
            ):
                yield Problem(
                    _("“{said}” stands on no document: expected {right}.", said=said, right=known[0]), labels[name]
                )
