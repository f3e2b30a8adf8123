"""Whether the right answer of a question stands in what its source cites."""

import re
from collections.abc import Iterator, Sequence

from promptlab.messages import _
from promptlab.model.quiz import Question, Resource, Source
from promptlab.quiz.answering import right_answer
from promptlab.quiz.faults import Fault
from promptlab.quiz.passages import SHORTEST, Found, find, find_anywhere, nearest
from promptlab.quiz.texts import words

_EMPTY_WORDS = """
le la les l un une des du de d au aux et ou a en dans par pour sur avec sans ce cet cette ces se s il elle ils elles on
qui que qu quoi dont est sont ne n pas plus y son sa ses leur leurs nous vous
the an of to and or in for with is are it this that
"""
_EMPTY = frozenset(_EMPTY_WORDS.split())
_DIGITS = re.compile(r"\d+(?:[ \u00a0\u202f]\d{3})*(?:[.,]\d+)?")


def proof_faults(question: Question, corpus: Sequence[Resource]) -> Iterator[Fault]:
    """What is wrong with the source of a question: none, not there, or silent about the answer."""
    if question.source is None:
        said = _("No source: cite the resource or the document, and the passage, that proves the answer.")
        yield Fault(question.id, "no_source", said)
        return
    found = find(question.source, corpus)
    if found is None:
        yield Fault(question.id, "passage_not_found", _not_found(question.source, corpus))
    elif not _supports(question, found):
        said = _(
            "The passage says nothing of the right answer: “{passage}”. Cite the one that proves it, or say in the "
            "justification how it follows.",
            passage=found.excerpt,
        )
        yield Fault(question.id, "answer_not_in_passage", said)


def _not_found(source: Source, corpus: Sequence[Resource]) -> str:
    names = [resource.name for resource in corpus]
    if source.document not in names:
        where = find_anywhere(source.passage, corpus)
        if where:
            return _(
                "There is no “{document}”; the passage stands in {name}: cite that.",
                document=source.document,
                name=where.document,
            )
        return _(
            "There is no “{document}” (invented?): there are {names}.",
            document=source.document,
            names=", ".join(names) or "–",
        )
    if len(words(source.passage)) < SHORTEST:
        return _("The passage “{passage}” is too short to prove anything: cite more of it.", passage=source.passage)
    near = nearest(source.passage, corpus)
    hint = _(" The nearest is: “{passage}” ({name}).", passage=near.excerpt, name=near.document) if near else ""
    return (
        _("“{passage}” does not stand in {document} (invented?).", passage=source.passage, document=source.document)
        + hint
    )


def _supports(question: Question, found: Found) -> bool:
    """Whether the passage shares something with the answer: its words, its figures, or those that it follows from."""
    if question.kind == "numeric":
        return bool(_figures(found.excerpt) & _figures(f"{question.justification} {right_answer(question)}"))
    said = question.text if question.kind == "true_false" else right_answer(question)
    wanted, given = _content(said), _content(found.excerpt)
    if not wanted:
        return True
    if question.kind in ("true_false", "multiple", "matching", "ordering"):
        return len(_shared(wanted, given)) >= min(2, len(wanted))
    return bool(_shared(wanted | _content(question.justification), given))


def _content(text: str) -> set[str]:
    return {word for word in words(text) if word not in _EMPTY and (len(word) > 2 or word.isdigit())}


def _shared(wanted: set[str], given: set[str]) -> set[str]:
    """The words of `wanted` that stand in `given` in the same form or nearly (the same first five letters)."""
    stems = {word[:5] for word in given}
    return {word for word in wanted if word[:5] in stems}


def _figures(text: str) -> set[str]:
    return {re.sub(r"[ \u00a0\u202f]", "", figure).replace(".", ",") for figure in _DIGITS.findall(text)}
