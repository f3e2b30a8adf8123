"""The form of a copie's file: nouns to plain values and back.

Format 1 is one JSON object, with `tags`, `answers` and `history` entry by entry on lines of their own:

    {"promptlab": "copie", "format": 1, "id": "…", "case": "reclamation", "pupils": ["P07"], "session": 2,
     "revision": 12, "saved_at": "2026-11-21T10:04:05+01:00", "writer": "…",
     "about": {"run": "run-a", "by": "meaning", "answers": [{"prompt": 1, "answer": "fingerprint", "steps": 7}]},
     "tags": [{"column": 2, "item": "3.2", "text": "…", "span": [0, 14], "tag": "inappropriate", "reason": "channel",
               "rationale": "…", "evidence": "order:A52000"}],
     "remarks": ["…"], "discussion": ["…"], "tasks": [1, 3], "corrections": [{…}], "answers": [{…}],
     "works": [{"name": "letter", "version": 1, "content": …}], "settings": {…}, "return": {…},
     "history": {"past": [{"area": "tags", "what": "tag", "added": [TAG], "removed": []},
                          {"area": "remarks", "what": "write", "before": ["…"]}], "undone": []}}

What is empty may be left out.
"""

import json
from collections.abc import Callable
from typing import Any

from promptlab.model.answer import Answer
from promptlab.model.copie import (
    ANSWERS,
    CORRECTIONS,
    DISCUSSION,
    FORMAT,
    REMARKS,
    TAGS,
    TASKS,
    WORKS,
    About,
    Copie,
    Edit,
    Return,
    Tagging,
    Work,
)

MARK = "copie"
SOURCE_TEXTS = ("model", "provider", "collected", "note", "asked_model")
_HEAD = ("id", "case", "pupils", "session", "revision", "saved_at", "writer")
_SETTINGS = ("font_size", "spacing", "contrast", "stacked")


def to_text(copie: Copie) -> str:
    """The whole file: one line for each tag, answer and change."""
    lines = [f"{json.dumps(key)}: {_lines(value)}" for key, value in to_values(copie).items()]
    return "{" + ",\n ".join(lines) + "}\n"


def to_values(copie: Copie) -> dict[str, Any]:
    """The copie as plain values, in the order of the file."""
    history = {"past": [_edit(edit) for edit in copie.past], "undone": [_edit(edit) for edit in copie.undone]}
    return {
        "promptlab": MARK,
        "format": FORMAT,
        **{key: getattr(copie, key) for key in _HEAD},
        "about": _about(copie.about),
        "tags": [_tagging(tagging) for tagging in copie.taggings],
        **{area: write(getattr(copie, area)) for area, write in _AREAS.items()},
        "works": [_work(work) for work in copie.works],
        "settings": {key: getattr(copie.settings, key) for key in _SETTINGS},
        "return": _returned(copie.returned) if copie.returned else None,
        "history": history,
    }


def _lines(value: Any) -> str:
    """JSON with the entries of a list of tables on lines of their own."""
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return "[\n  " + ",\n  ".join(_json(entry) for entry in value) + "]"
    if isinstance(value, dict) and any(isinstance(entry, list) for entry in value.values()):
        return "{" + ",\n  ".join(f"{_json(key)}: {_lines(entry)}" for key, entry in value.items()) + "}"
    return _json(value)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def _given(values: dict[str, Any]) -> dict[str, Any]:
    """`values` without those that say nothing."""
    return {key: value for key, value in values.items() if value not in (None, "", ())}


def _about(about: About) -> dict[str, Any]:
    answers = [{"prompt": one.prompt, "answer": one.answer, "steps": one.steps} for one in about.answers]
    return {"run": about.run, "by": about.by, "answers": answers}


def _tagging(tagging: Tagging) -> dict[str, Any]:
    return {
        "column": tagging.column,
        "item": tagging.item,
        "text": tagging.text,
        "span": list(tagging.span) if tagging.span else None,
        "tag": tagging.tag,
        "reason": tagging.reason,
        "rationale": tagging.rationale,
        "evidence": tagging.evidence,
    }


def _answer(answer: Answer) -> dict[str, Any]:
    source = answer.provenance
    provenance = {key: getattr(source, key) for key in SOURCE_TEXTS}
    provenance |= {"modified": source.modified, "settings": [list(pair) for pair in source.settings]}
    return {
        "number": answer.number,
        "prompt": answer.prompt,
        "text": answer.text,
        "status": answer.status,
        "provenance": provenance,
        **_given(
            {
                "finish_reason": answer.finish_reason,
                "usage": [list(pair) for pair in answer.usage] or None,
                "seconds": answer.seconds,
            }
        ),
    }


def _work(work: Work) -> dict[str, Any]:
    return {"name": work.name, "version": work.version, "content": work.content.value}


def _returned(returned: Return) -> dict[str, Any]:
    return {
        "validated": list(returned.validated),
        **{key: str(mark) for key in ("mark", "out_of") if (mark := getattr(returned, key)) is not None},
        "comments": [{"where": comment.where, "text": comment.text} for comment in returned.comments],
        "revision": returned.revision,
        "returned_at": returned.returned_at,
    }


def _edit(edit: Edit) -> dict[str, Any]:
    head = {"area": edit.area, "what": edit.what}
    if edit.area == TAGS:
        return head | {key: [_tagging(each) for each in getattr(edit, key)] for key in ("added", "removed")}
    if edit.area.startswith(WORKS):
        return head | {"before": _work(edit.before) if edit.before else None}
    return head | {"before": _AREAS[edit.area](edit.before)}


# How the areas that are one field each are written.
_AREAS: dict[str, Callable[[Any], list[Any]]] = {
    REMARKS: list,
    DISCUSSION: list,
    TASKS: list,
    CORRECTIONS: lambda plains: [plain.value for plain in plains],
    ANSWERS: lambda answers: [_answer(answer) for answer in answers],
}
