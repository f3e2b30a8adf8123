"""A document opened: what it says of itself, before its texts are looked for."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from promptlab.model.alignment import SavedAnswer
from promptlab.word import contract
from promptlab.word.reading.archive import Archive
from promptlab.word.reading.flow import read_flow
from promptlab.word.reading.nouns import Flow


@dataclass(frozen=True, slots=True)
class Opened:
    """A document and its custom properties.

    `case` is the name of its case, "" where it says none; `answers` are those of its columns, `by` how its rows were
    made, `phases` their labels with the ranks of the steps in each cell. `copie` is the file of the copie that the
    document holds, None where there is none; `damaged` where there was one. `digest` stands for the bytes of the file.
    """

    name: str
    flow: Flow
    digest: str
    ours: bool = False
    case: str = ""
    by: str = ""
    answers: tuple[SavedAnswer, ...] = ()
    phases: tuple[tuple[str, tuple[tuple[int, ...], ...]], ...] = ()
    outside: frozenset[str] = frozenset()
    copie: bytes | None = None
    damaged: bool = False

    @property
    def anchored(self) -> bool:
        """Whether promptlab made the document, as far as its properties, bookmarks or references still say so."""
        lines = self.flow.lines
        return (
            self.ours
            or any(line.bookmarks for line in lines)
            or sum(bool(contract.REFERENCE_TEXT.match(line.text)) for line in lines) > 2
        )


def open_document(name: str, data: bytes) -> Opened:
    """The .docx file called `name`. Raises BadInput where it cannot be read, with what to do."""
    flow = read_flow(Archive(name, data))
    digest = hashlib.sha256(data).hexdigest()[:16]
    said = contract.from_properties(flow.properties)
    if said is None:
        return Opened(name, flow, digest, ours=contract.PROPERTY in flow.properties)
    pieces = said.get("copie")
    pieces = pieces if isinstance(pieces, int) and 0 < pieces < 200_000 else 0
    copie = contract.copie_from_properties(flow.properties, pieces) if pieces else None
    return Opened(
        name,
        flow,
        digest,
        ours=True,
        case=_text(said.get("case")),
        by=_text(said.get("by")),
        answers=_answers(said.get("answers")),
        phases=_phases(said.get("phases")),
        outside=contract.known_digests(said.get("outside")),
        copie=copie,
        damaged=bool(pieces) and copie is None,
    )


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _answers(values: Any) -> tuple[SavedAnswer, ...]:
    return tuple(
        SavedAnswer(*value)
        for value in (values if isinstance(values, list) else ())
        if isinstance(value, list) and [type(each) for each in value] == [int, str, int]
    )


def _phases(values: Any) -> tuple[tuple[str, tuple[tuple[int, ...], ...]], ...]:
    found = []
    for value in values if isinstance(values, list) else ():
        if isinstance(value, Mapping) and isinstance(value.get("cells"), list):
            cells = tuple(
                tuple(rank for rank in cell if isinstance(rank, int)) if isinstance(cell, list) else ()
                for cell in value["cells"]
            )
            found.append((_text(value.get("label")), cells))
    return tuple(found)
