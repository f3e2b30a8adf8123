"""What questions may rest on: the teacher's resources, and the documents of the case put into words."""

from collections.abc import Iterator
from decimal import Decimal

from promptlab.files.resources import read_resources
from promptlab.model.case import Case, Document, DocumentLine, Party
from promptlab.model.quiz import Resource
from promptlab.quiz.texts import shown_number

# The words of the documents' files in French; a word that is not here stands as it is.
_FRENCH = {
    "order": "commande",
    "delivery": "bon de livraison",
    "invoice": "facture",
    "credit_note": "avoir",
    "complaint": "réclamation",
    "payment": "règlement",
    "cash_discount": "escompte (en %)",
    "carriage": "port",
    "carrier": "transporteur",
}


def corpus_of(case: Case) -> tuple[Resource, ...]:
    """The resources of `case`, then its documents, each under the name that sources cite it by.

    Raises BadInput for a resource that cannot be read.
    """
    documents = tuple(Resource(document.source, document_text(document)) for document in case.documents)
    return (*read_resources(case.folder), *documents)


def document_text(document: Document) -> str:
    """A document in lines of French text, all it says and nothing more; amounts as people write them."""
    return "\n".join(_lines(document)) + "\n"


def _lines(document: Document) -> Iterator[str]:
    yield document.title + (f" n° {document.number}" if document.number else "")
    if document.date:
        yield f"Date : {document.date} {document.time}".rstrip()
    for label, party in (("Vendeur", document.seller), ("Client", document.buyer), ("Pied de page", document.footer)):
        if party:
            yield f"{label} : {_party(party)}"
    if document.subject:
        yield f"Objet : {document.subject}"
    yield from (f"Cite : {_FRENCH.get(kind, kind)} {number}" for kind, number in document.cites)
    yield from map(_line, document.lines)
    totals = (("HT", document.total_ht), ("TVA", document.total_vat), ("TTC", document.total_ttc))
    yield from (f"Total {label} : {_euros(amount)}" for label, amount in totals if amount is not None)
    yield from (f"Conditions, {_FRENCH.get(name, name)} : {value}" for name, value in document.terms)
    if document.body:
        yield document.body.strip()
    if document.enclosures:
        yield f"Pièces jointes : {' ; '.join(document.enclosures)}"


def _party(party: Party) -> str:
    said = (party.name, party.contact, party.address, party.phone, party.email, party.siret, party.ape)
    return " – ".join(part for part in said if part)


def _line(line: DocumentLine) -> str:
    parts = [f"{line.reference} {line.designation}".strip()]
    for label, figure in (("quantité commandée", line.ordered), ("quantité", line.quantity)):
        if figure is not None:
            parts.append(f"{label} {shown_number(figure)} {line.unit}".rstrip())
    if line.unit_price is not None:
        parts.append(f"prix unitaire {_euros(line.unit_price)} HT")
    if line.discount_rate is not None:
        parts.append(f"remise {shown_number(line.discount_rate)} %")
    if line.vat_rate is not None:
        parts.append(f"TVA {shown_number(line.vat_rate)} %")
    if line.amount is not None:
        taken_off = "à déduire, " if line.kind in ("discount", "cash_discount") else ""
        parts.append(f"{taken_off}montant {_euros(line.amount)} HT")
    return " | ".join(parts)


def _euros(amount: Decimal) -> str:
    return shown_number(amount, "€")
