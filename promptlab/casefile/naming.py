"""What the documents of a case file are called: `invoice-2` in a place, “the invoice no. 879” in a sentence."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from promptlab.messages import _
from promptlab.model.case import Document, DocumentKind, DocumentLine

_BARE: dict[DocumentKind, Callable[[], str]] = {
    "complaint": lambda: _("the complaint"),
    "order": lambda: _("the order"),
    "delivery": lambda: _("the delivery note"),
    "invoice": lambda: _("the invoice"),
    "credit_note": lambda: _("the credit note"),
    "return_slip": lambda: _("the return slip"),
}


@dataclass(frozen=True, slots=True)
class Paper:
    """A document and its name in `where` of a finding: its kind, with its rank from the second of a kind on."""

    name: str
    document: Document

    @property
    def said(self) -> str:
        """The document within a sentence: “the invoice no. 879”."""
        bare, number = kind_said(self.document.kind), self.document.number
        return _("{document} no. {number}", document=bare, number=number) if number else bare

    def at(self, place: str) -> str:
        """The name of a place in it: `invoice:total`."""
        return f"{self.name}:{place}"


@dataclass(frozen=True, slots=True)
class Place:
    """One line of a document; `number` counts its lines from 1, and is 0 for what its running text says."""

    paper: Paper
    number: int
    line: DocumentLine

    @property
    def where(self) -> str:
        """The name of the line: `order:line 1`."""
        return self.paper.at(f"line {self.number}" if self.number else "body")


def kind_said(kind: DocumentKind) -> str:
    """A kind of document within a sentence: “the delivery note”."""
    return _BARE[kind]()


def papers(documents: Sequence[Document]) -> tuple[Paper, ...]:
    """The documents with their names, in the order given."""
    seen: dict[str, int] = {}
    named = []
    for document in documents:
        seen[document.kind] = rank = seen.get(document.kind, 0) + 1
        named.append(Paper(document.kind if rank == 1 else f"{document.kind}-{rank}", document))
    return tuple(named)


def goods(paper: Paper) -> tuple[Place, ...]:
    """The lines of `paper` that are goods: neither a discount nor a fee."""
    return tuple(
        Place(paper, number, line) for number, line in enumerate(paper.document.lines, 1) if line.kind == "goods"
    )
