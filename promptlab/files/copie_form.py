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
from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any, cast, get_args

from promptlab.files.faults import Table
from promptlab.messages import _
from promptlab.model.alignment import SavedAnswer
from promptlab.model.answer import Answer, Provenance, Status
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
    Comment,
    Contrast,
    Copie,
    Edit,
    Plain,
    Return,
    Settings,
    Tagging,
    Work,
)

MARK = "copie"
_HEAD = ("id", "case", "pupils", "session", "revision", "saved_at", "writer")
_SOURCE_TEXTS = ("model", "provider", "collected", "note", "asked_model")


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
        **{area: write(getattr(copie, area)) for area, (write, _read) in _AREAS.items()},
        "works": [_work(work) for work in copie.works],
        "settings": {key: getattr(copie.settings, key) for key in ("font_size", "spacing", "contrast", "stacked")},
        "return": _returned(copie.returned) if copie.returned else None,
        "history": history,
    }


def from_table(table: Table) -> Copie:
    """The copie in `table`; what is wrong goes to the faults of the table."""
    table.text("promptlab", among=(MARK,))
    table.whole("format")
    about, settings, returned, history = (
        table.table(key, required=False) if table.values.get(key) is not None else None
        for key in ("about", "settings", "return", "history")
    )
    copie = Copie(
        id=table.text("id"),
        case=table.text("case"),
        pupils=table.texts("pupils", required=False),
        session=_optional_whole(table, "session"),
        revision=table.whole("revision", required=False),
        saved_at=table.text("saved_at", required=False),
        writer=table.text("writer", required=False),
        about=_read_about(about) if about else About(),
        taggings=_sorted(_read_taggings(table, "tags")),
        remarks=_read_texts(table, REMARKS),
        discussion=_read_texts(table, DISCUSSION),
        tasks=_read_numbers(table, TASKS),
        corrections=_read_plains(table, CORRECTIONS),
        answers=_read_answers(table, ANSWERS),
        works=tuple(_read_work(entry) for entry in table.tables("works", required=False)),
        settings=_read_settings(settings) if settings else Settings(),
        returned=_read_return(returned) if returned else None,
        past=_read_edits(history, "past") if history else (),
        undone=_read_edits(history, "undone") if history else (),
    )
    for expected in ("return", "session"):
        if table.values.get(expected, 0) is None:
            table.allow(expected)
    table.finish()
    return copie
