"""Reading the form of a copie's file: plain values to nouns, every fault with its place."""

import math
from collections.abc import Callable
from decimal import Decimal
from typing import Any, cast, get_args

from promptlab.files.copie_form import MARK, SOURCE_TEXTS
from promptlab.files.faults import Table
from promptlab.messages import _
from promptlab.model.alignment import SavedAnswer
from promptlab.model.answer import Answer, Provenance, Status
from promptlab.model.copie import (
    ANSWERS,
    CORRECTIONS,
    DISCUSSION,
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
from promptlab.model.pseudonym import MOST_LETTERS, has_shape


def from_table(table: Table) -> Copie:
    """The copie in `table`; what is wrong goes to the faults of the table."""
    table.text("promptlab", among=(MARK,))
    table.whole("format")
    about, settings, returned, history = (_part(table, key) for key in ("about", "settings", "return", "history"))
    copie = Copie(
        id=table.text("id"),
        case=table.text("case"),
        pupils=_pupils(table),
        session=table.whole("session") if table.raw("session") is not None else None,
        revision=table.whole("revision", required=False),
        saved_at=table.text("saved_at", required=False),
        writer=table.text("writer", required=False),
        about=_read_about(about) if about else About(),
        taggings=_taggings(table, "tags"),
        **{area: read(table, area) for area, read in _AREAS.items()},
        works=tuple(_read_work(entry) for entry in table.tables("works", required=False)),
        settings=_read_settings(settings) if settings else Settings(),
        returned=_read_return(returned) if returned else None,
        past=tuple(_read_edit(entry) for entry in history.tables("past", required=False)) if history else (),
        undone=tuple(_read_edit(entry) for entry in history.tables("undone", required=False)) if history else (),
    )
    for entry in (table, history):
        if entry:
            entry.finish()
    return copie


def _part(table: Table, key: str) -> Table | None:
    return table.table(key) if table.raw(key) is not None else None


def _texts(table: Table, key: str) -> tuple[str, ...]:
    """The list of texts at `key`, empty ones too."""
    values = table.raw(key)
    if values is not None and not (isinstance(values, list) and all(isinstance(value, str) for value in values)):
        table.fault(key, _("“{value}” stands here; expected: {expected}.", value=values, expected=_("a list of texts")))
        return ()
    return tuple(values or ())


def _pupils(table: Table) -> tuple[str, ...]:
    pupils = _texts(table, "pupils")
    for word in pupils:
        if not has_shape(word):
            advice = _(
                "Choose a code such as P07, or one word of 2 to {most} letters that is not your name.",
                most=MOST_LETTERS,
            )
            table.fault("pupils", _("“{word}” is no pseudonym.", word=word) + " " + advice)
    return pupils


def _numbers(table: Table, key: str) -> tuple[int, ...]:
    return table.wholes(key) if table.raw(key) is not None else ()


def _span(table: Table, text: str) -> tuple[int, int] | None:
    if table.raw("span") is None:
        return None
    found = table.wholes("span")
    if len(found) != 2 or not 0 <= found[0] < found[1] <= len(text):
        said = _(
            "“{value}” is no span of this text, which has {count} characters.", value=table.raw("span"), count=len(text)
        )
        table.fault("span", said)
        return None
    return found[0], found[1]


def _read_tagging(table: Table) -> Tagging:
    text = table.text("text", required=False)
    reason, evidence = (_optional_text(table, key) for key in ("reason", "evidence"))
    tagging = Tagging(
        column=table.whole("column"),
        item=table.text("item"),
        text=text,
        span=_span(table, text),
        tag=table.text("tag"),
        reason=reason,
        rationale=table.text("rationale", required=False),
        evidence=evidence,
    )
    if tagging.column < 1:
        table.fault("column", _("“{value}” is no column: the first is 1.", value=tagging.column))
    table.finish()
    return tagging


def _optional_text(table: Table, key: str) -> str | None:
    return table.text(key) if table.raw(key) is not None else None


def _taggings(table: Table, key: str) -> tuple[Tagging, ...]:
    found = {_read_tagging(entry) for entry in table.tables(key, required=False)}
    return tuple(sorted(found, key=lambda tagging: tagging.key))


def _read_about(table: Table) -> About:
    answers = []
    for entry in table.tables("answers", required=False):
        answers.append(SavedAnswer(entry.whole("prompt"), entry.text("answer"), entry.whole("steps")))
        entry.finish()
    about = About(table.text("run", required=False), table.text("by", required=False), tuple(answers))
    table.finish()
    return about


def _pairs(table: Table, key: str, kind: type) -> tuple[tuple[str, Any], ...]:
    pairs = table.raw(key) or []
    right = isinstance(pairs, list) and all(
        isinstance(pair, list) and len(pair) == 2 and isinstance(pair[0], str) and type(pair[1]) is kind
        for pair in pairs
    )
    if not right:
        expected = _("pairs of a name and a value")
        table.fault(key, _("“{value}” stands here; expected: {expected}.", value=pairs, expected=expected))
        return ()
    return tuple((name, value) for name, value in pairs)


def _read_source(table: Table | None) -> Provenance:
    if table is None:
        return Provenance("", "", "")
    texts = {key: table.text(key, required=False) for key in SOURCE_TEXTS}
    modified, settings = table.flag("modified", default=False), _pairs(table, "settings", str)
    table.finish()
    return Provenance(**texts, modified=modified, settings=settings)


def _read_answer(table: Table) -> Answer:
    seconds = table.raw("seconds")
    if seconds is not None and not (type(seconds) in (int, float) and math.isfinite(seconds)):
        table.fault("seconds", _("“{value}” stands here; expected: {expected}.", value=seconds, expected=_("a number")))
        seconds = None
    answer = Answer(
        number=table.whole("number"),
        prompt=table.text("prompt", required=False),
        text=table.text("text", required=False),
        provenance=_read_source(_part(table, "provenance")),
        status=cast(Status, table.text("status", required=False, among=get_args(Status), default="complete")),
        finish_reason=table.text("finish_reason", required=False),
        usage=_pairs(table, "usage", int),
        seconds=seconds,
    )
    table.finish()
    return answer


def _answers(table: Table, key: str) -> tuple[Answer, ...]:
    return tuple(_read_answer(entry) for entry in table.tables(key, required=False))


def _plains(table: Table, key: str) -> tuple[Plain, ...]:
    values = table.raw(key) or []
    if not isinstance(values, list):
        table.fault(key, _("“{value}” stands here; expected: {expected}.", value=values, expected=_("a list")))
        return ()
    return tuple(_plain(table, key, value) for value in values)


def _plain(table: Table, key: str, value: Any) -> Plain:
    try:
        return Plain.of(value)
    except (ValueError, RecursionError) as error:
        table.fault(key, _("this cannot be kept in a copie: {reason}.", reason=error))
        return Plain("null")


def _read_work(table: Table) -> Work:
    work = Work(table.text("name"), table.whole("version"), _plain(table, "content", table.raw("content")))
    table.finish()
    return work


def _read_settings(table: Table) -> Settings:
    usual = Settings()
    settings = Settings(
        font_size=table.whole("font_size", required=False, default=usual.font_size),
        spacing=table.whole("spacing", required=False, default=usual.spacing),
        contrast=cast(
            Contrast,
            table.text("contrast", required=False, default=usual.contrast, among=get_args(Contrast)),
        ),
        stacked=table.flag("stacked", default=usual.stacked),
    )
    table.finish()
    return settings


def _read_return(table: Table) -> Return:
    comments = []
    for entry in table.tables("comments", required=False):
        comments.append(Comment(entry.text("text"), entry.text("where", required=False)))
        entry.finish()
    marks: dict[str, Decimal | None] = {key: table.decimal(key) for key in ("mark", "out_of")}
    returned = Return(
        validated=_numbers(table, "validated"),
        **marks,
        comments=tuple(comments),
        revision=table.whole("revision", required=False),
        returned_at=table.text("returned_at", required=False),
    )
    table.finish()
    return returned


def _read_edit(table: Table) -> Edit:
    area, what = table.text("area"), table.text("what", required=False)
    edit = Edit(area, what)
    if area == TAGS:
        edit = Edit(area, what, _taggings(table, "added"), _taggings(table, "removed"))
    elif area.startswith(WORKS):
        before = _part(table, "before")
        edit = Edit(area, what, before=_read_work(before) if before else None)
    elif area in _AREAS:
        edit = Edit(area, what, before=_AREAS[area](table, "before"))
    else:
        table.fault("area", _("“{value}” is not one of: {choices}.", value=area, choices=", ".join((TAGS, *_AREAS))))
    table.finish()
    return edit


# How the areas that are one field each are read from a key of a table.
_AREAS: dict[str, Callable[[Table, str], tuple[Any, ...]]] = {
    REMARKS: _texts,
    DISCUSSION: _texts,
    TASKS: _numbers,
    CORRECTIONS: _plains,
    ANSWERS: _answers,
}
