"""What GIFT and Moodle XML have no place for, carried in comments so that a quiz comes back as it went out.

An export holds `promptlab {JSON}` in a comment before the first question (title, language, case, origin) and before
each question (difficulty, source …). Other programs pass over comments. What comes back is checked like any file;
acceptance does not travel: what was imported is to be read and accepted again.
"""

import json
from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

from promptlab.files.faults import Table
from promptlab.files.quiz_writing import question_values
from promptlab.files.quizzes import read_question, showable
from promptlab.messages import _
from promptlab.model.problem import Problem
from promptlab.model.quiz import Question, Quiz
from promptlab.quiz.texts import words
from promptlab.quiz.variants import distinct

MARK = "promptlab"
_HEAD = ("title", "language", "case", "origin")


def head_note(quiz: Quiz) -> str:
    """The comment that stands before the first question."""
    return _note({name: getattr(quiz, name) for name in _HEAD if getattr(quiz, name)})


def question_note(question: Question, carried: Collection[str]) -> str:
    """The comment that stands before a question: those of its values that its format has no place for.

    An ordering question, which travels as matching, says so.
    """
    values = question_values(replace(question, accepted=None))
    note = {name: values[name] for name in carried if name in values}
    if question.kind == "ordering":
        note["kind"] = question.kind
    return _note(note)


def read_note(comment: str) -> Mapping[str, Any]:
    """What a comment carries; nothing where it is none of ours."""
    name, _space, rest = comment.strip().partition(" ")
    if name != MARK:
        return {}
    try:
        values = json.loads(rest)
    except (ValueError, RecursionError):
        return {}
    return values if isinstance(values, dict) else {}


def with_note(question: Question, note: Mapping[str, Any], problems: list[Problem]) -> Question:
    """`question` as it was before it went out, by what its comment carries; a comment that does not fit is told."""
    if not note:
        return distinct(question)
    values = question_values(question)
    if note.get("kind") == "ordering" and question.kind == "matching":
        values |= {"kind": "ordering", "items": _items(question)}
        for name in ("pairs", "decoys"):
            values.pop(name, None)
    category = str(note.get("category", ""))
    if category and (not question.category or words(category) == words(question.category)):
        values["category"] = category
    values |= {name: value for name, value in note.items() if name not in ("kind", "category")}
    faults: list[Problem] = []
    found = read_question(Table(values, question.id, faults))
    if faults:
        problems.append(Problem(_("Its comment “promptlab” does not fit: it was passed over."), question.id))
        return distinct(question)
    return distinct(found)


def with_head(quiz: Quiz, note: Mapping[str, Any]) -> Quiz:
    """`quiz` with the title, language, case and origin that the first comment carries."""
    texts = {name: showable(note[name]) for name in _HEAD if isinstance(note.get(name), str) and showable(note[name])}
    if texts.get("language") not in ("fr", "en", "es"):
        texts.pop("language", None)
    return Quiz(
        title=texts.get("title", quiz.title),
        questions=quiz.questions,
        language=texts.get("language", quiz.language),
        case=texts.get("case", quiz.case),
        origin=texts.get("origin", quiz.origin),
    )


def _items(question: Question) -> list[str]:
    """The texts of an ordering question by the places that stand beside them; none where those are no places."""
    places = {int(pair.left): pair.right for pair in question.pairs if pair.left.isdecimal()}
    fits = sorted(places) == list(range(1, len(question.pairs) + 1)) and not question.decoys
    return [places[place] for place in sorted(places)] if fits else []


def _note(values: Mapping[str, Any]) -> str:
    """One line without "--", which XML does not allow in a comment."""
    text = json.dumps(values, ensure_ascii=False, sort_keys=True).replace("-", "\\u002d")
    return f"{MARK} {text}"
