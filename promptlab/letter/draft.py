"""The AI's draft of the reply: the exact prompt, asked live or played back from its recording."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from promptlab.ask.chain import run_chain
from promptlab.ask.replay import ReplaySource
from promptlab.ask.source import AnswerSource, Listener, unheard
from promptlab.casefile.amounts import euros, plain_number
from promptlab.errors import AskFailed, BadInput
from promptlab.files.runs import MANIFEST, read_run
from promptlab.letter.parts import Medium
from promptlab.messages import _
from promptlab.model.answer import Answer
from promptlab.model.case import Case, Document, DocumentLine, Party

FOLDER = "letter"  # of a case: prompt.txt, and the recorded draft as a run of one answer in draft/
# The prompt is French, whatever the screen is: it is asked about a French case, and what is recorded is recorded so.
_TITLES = {
    "complaint": "Réclamation reçue", "order": "Commande", "delivery": "Bon de livraison", "invoice": "Facture",
    "credit_note": "Avoir", "return_slip": "Bon de retour",
}  # fmt: skip
_MEDIA = {"letter": "une lettre commerciale française", "email": "un courriel professionnel"}
_TERMS = {
    "payment": "Paiement",
    "cash_discount": "Escompte pour paiement comptant (%)",
    "carriage": "Port",
    "carrier": "Transporteur",
}


def draft_prompt(case: Case, phases: Sequence[str] = (), *, medium: Medium = "letter") -> str:
    """The prompt for the draft: the role, the documents of `case` as they stand, the phases of the class's table.

    The errors of the documents are left in: finding them is the pupil's work.
    """
    blocks = [
        f"Tu travailles chez {case.company.name} ; tu suis les réclamations des clients professionnels.",
        f"Rédige {_MEDIA[medium]} en réponse à la réclamation ci-dessous, pour {case.customer.name}. "
        "Appuie-toi seulement sur les documents : n’invente ni date, ni montant, ni référence, ni remise, ni "
        "article de loi. "
        "Compare les documents entre eux avant d’écrire. Présente la réponse prête à envoyer, sans commentaire.",
        *(
            (
                "Suis les phases que la classe a retenues :\n"
                + "\n".join(f"{rank}. {phase}" for rank, phase in enumerate(phases, 1)),
            )
            if phases
            else ()
        ),
        "Entreprise : " + _party(case.company),
        "Client : " + _party(case.customer),
        *(_document(document) for document in case.documents),
    ]
    return "\n\n".join(blocks) + "\n"


def _party(party: Party) -> str:
    return (
        ", ".join(part for part in (party.name, party.contact, party.address, party.phone, party.email) if part) + "."
    )


def _document(document: Document) -> str:
    return "\n".join(_lines(document))


def _lines(document: Document) -> Iterator[str]:
    number = f" n° {document.number}" if document.number else ""
    yield f"--- {_TITLES.get(document.kind, document.title)}{number}" + (
        f" du {document.date}" if document.date else ""
    )
    if document.cites:
        yield "Cite : " + ", ".join(f"{_TITLES.get(kind, kind).lower()} {cited}" for kind, cited in document.cites)
    if document.body:
        yield f"Objet : {document.subject}" if document.subject else ""
        yield document.body.strip()
        return
    yield from (_line(line) for line in document.lines)
    totals = (("Total HT", document.total_ht), ("TVA", document.total_vat), ("Total TTC", document.total_ttc))
    if any(value is not None for _name, value in totals):
        yield " ; ".join(f"{name} : {euros(value)}" for name, value in totals if value is not None)
    yield from (
        f"{_TERMS.get(name, name)} : {said.replace('.', ',') if name == 'cash_discount' else said}"
        for name, said in document.terms
    )


def _line(line: DocumentLine) -> str:
    said = [line.reference, line.designation]
    if line.ordered is not None and line.quantity is not None:
        said.append(
            f"commandé {plain_number(line.ordered)} {line.unit}, livré {plain_number(line.quantity)} {line.unit}"
        )
    elif line.quantity is not None:
        said.append(f"{plain_number(line.quantity)} {line.unit}")
    if line.unit_price is not None:
        said.append(f"prix unitaire HT {euros(line.unit_price)}")
    if line.discount_rate is not None:
        said.append(f"remise {plain_number(line.discount_rate)} %")
    if line.vat_rate is not None:
        said.append(f"TVA {plain_number(line.vat_rate)} %")
    if line.amount is not None:
        taken_off = "à déduire, " if line.kind in ("discount", "cash_discount") else ""
        said.append(f"{taken_off}montant HT {euros(line.amount)}")
    return " | ".join(part.strip() for part in said if part.strip())


def ask_draft(source: AnswerSource, prompt: str, *, on_progress: Listener = unheard) -> Answer:
    """The draft that `source` gives to `prompt`. Raises what the source raises, AskFailed where nothing usable came."""
    run = run_chain(source, (prompt,), name=FOLDER, on_progress=on_progress)
    if not run.answers or not run.answers[0].text.strip():
        raise AskFailed(_("No draft came back: ask again, or write the reply yourself."))
    return run.answers[0]


def draft_folder(case: Case) -> Path:
    """Where the recorded draft of a case stands: a run of one answer (`run.toml`, `prompt1.md`)."""
    return case.folder / FOLDER / "draft"


def recorded_draft(case: Case) -> Answer:
    """The draft recorded with the case, to the letter, with its provenance. Raises BadInput where there is none."""
    folder = draft_folder(case)
    if not (folder / MANIFEST).is_file():
        raise BadInput(
            _("{folder} holds no recorded draft: ask an AI live, or write the reply yourself.", folder=folder)
        )
    run = read_run(folder)
    if not run.answers:
        raise BadInput(
            _("{folder} holds no recorded draft: ask an AI live, or write the reply yourself.", folder=folder)
        )
    return ask_draft(ReplaySource(run), run.answers[0].prompt)
