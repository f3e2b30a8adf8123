"""A copie as the JSON that `promptlab read` promises."""

from collections.abc import Iterable
from typing import Any

from promptlab.model.copie import Copie, Tagging
from promptlab.model.hand_in import Changed
from promptlab.model.problem import Problem
from promptlab.review.correcting import said_corrections


def to_json(copie: Copie, problems: Iterable[Problem] = (), changed: Iterable[Changed] = ()) -> dict[str, Any]:
    """What a person did, as plain values; see the contract of `promptlab read --json`.

    Two pupils who share a copie stand in `pupil` as "P07+P12", and one by one in `pupils`. `text` holds the words that
    are tagged, `item_text` the whole text in which `span` counts. `corrections` says in words what was done to rows.
    """
    columns = max(len(copie.about.answers), len(copie.remarks), len(copie.discussion))
    return {
        "copie": copie.id,
        "pupil": "+".join(copie.pupils) or None,
        "case": copie.case,
        "session": copie.session,
        "tags": [_tag(tagging) for tagging in copie.taggings],
        "remarks": _padded(copie.remarks, columns),
        "discussion": _padded(copie.discussion, columns),
        "changed": [{"where": one.where, "was": one.was, "is": one.now} for one in changed],
        "problems": [{"where": problem.where, "message": problem.message} for problem in problems],
        "pupils": list(copie.pupils),
        "tasks": list(copie.tasks),
        "corrections": list(said_corrections(copie)),
        "revision": copie.revision,
        "saved_at": copie.saved_at or None,
    }


def _tag(tagging: Tagging) -> dict[str, Any]:
    return {
        "column": tagging.column,
        "item": tagging.item,
        "text": tagging.words,
        "span": list(tagging.span) if tagging.span else None,
        "tag": tagging.tag,
        "reason": tagging.reason,
        "rationale": tagging.rationale,
        "evidence": tagging.evidence,
        "item_text": tagging.text,
    }


def _padded(texts: tuple[str, ...], columns: int) -> list[str]:
    return [*texts, *[""] * (columns - len(texts))]
