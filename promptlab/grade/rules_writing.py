"""Rules about what the pupil writes: remarks, discussion, analyses, debrief."""

import re
from collections.abc import Iterable
from fractions import Fraction
from typing import Any

from promptlab.grade.ideas import holds, spoken_in, written
from promptlab.grade.subject import Judged, Rule, Subject, no_basis, share
from promptlab.messages import _
from promptlab.model.key import Idea
from promptlab.model.mark import Found
from promptlab.model.rubric import Criterion

_SENTENCE = re.compile(r"(?<=[.!?…])\s+|\n+")


def remarks(subject: Subject, criterion: Criterion) -> Judged:
    """The ideas of the key that are in the remarks and the discussion, by weight; `enough` makes the full score."""
    if subject.placed is None:
        return no_basis(_("there is no key for the answers that this copie is about."))
    ideas = subject.placed.key.ideas
    if not ideas:
        return no_basis(_("the key expects no idea in the remarks."))
    there = {idea.id: _place(subject, idea) for idea in ideas}
    expected = [idea for idea in ideas if not idea.optional]
    whole = sum((idea.weight for idea in expected), Fraction(0))
    score = share(sum((idea.weight for idea in ideas if there[idea.id]), Fraction(0)), whole)
    behind = tuple(_idea_found(idea, there[idea.id]) for idea in ideas if there[idea.id] or not idea.optional)
    given = sum(bool(there[idea.id]) for idea in expected)
    reason = _(
        "Expected ideas in the remarks and the discussion: {given} of {count}.", given=given, count=len(expected)
    )
    more = sum(bool(there[idea.id]) for idea in ideas if idea.optional)
    if more:
        reason += " " + _("Other good ideas: {count}.", count=more)
    advice = "" if score == 1 else _("Say for each answer what changed, and what still does not suit this customer.")
    return Judged(share(score, criterion.setting("enough")), reason, behind, advice)


def written_texts(subject: Subject, criterion: Criterion) -> Judged:
    """Whether each text of the work called `work` is written, with at least `words` words; `count` are expected.

    The works `remarks` and `discussion` are the rows of the table.
    """
    name, least, count = (criterion.setting(key) for key in ("work", "words", "count"))
    texts = _texts(subject, name)
    full = [(where, text) for where, text in texts if len(text.split()) >= least]
    behind = [Found("right", where, text) for where, text in full]
    behind += [Found("partly", where, text) for where, text in texts if 0 < len(text.split()) < least]
    reason = _(
        "Texts written: {given} of {count} (at least {words} words each).",
        given=len(full),
        count=count,
        words=least,
    )
    advice = "" if len(full) >= count else _("Finish the texts that are missing or too short.")
    return Judged(share(len(full), count), reason, tuple(behind), advice)


RULES = {
    "remarks": Rule(remarks, {"enough": Fraction(1)}),
    "texts": Rule(written_texts, {"work": "analysis", "words": 15, "count": 3}),
}


def _texts(subject: Subject, name: str) -> list[tuple[str, str]]:
    if name in ("remarks", "discussion"):
        rows: Iterable[str] = getattr(subject.copie, name)
        return [(_("PROMPT {number}", number=column), text) for column, text in enumerate(rows, 1)]
    content = subject.work(name)
    if not isinstance(content, dict):
        return []
    return [(str(key), text) for key, text in content.items() if isinstance(text, str)]


def _idea_found(idea: Idea, there: tuple[str, str] | None) -> Found:
    if there is None:
        return Found("missed", _expected(idea), idea.text, why=idea.why, column=idea.column)
    where, words = there
    return Found("right", where, idea.text, words, why=idea.why, column=idea.column)


def _place(subject: Subject, idea: Idea) -> tuple[str, str] | None:
    """Where the idea is written, and the pupil's sentence that says it, else all of the text; None where it is not."""
    language = spoken_in(subject.case)
    for area, name in (("remarks", _("remark on PROMPT {column}")), ("discussion", _("discussion of PROMPT {column}"))):
        if idea.where not in (area, "both"):
            continue
        rows: tuple[str, ...] = getattr(subject.copie, area)
        texts = [(column, text) for column, text in enumerate(rows, 1) if idea.column in (0, column) and text]
        for column, text in texts:
            if holds(_read(subject, text, language), idea, language):
                sentences = (one.strip() for one in _SENTENCE.split(text))
                one = next((one for one in sentences if holds(_read(subject, one, language), idea, language)), text)
                return name.format(column=column), one
    return None


def _read(subject: Subject, text: str, language: str) -> Any:
    """The words of `text`, worked out once for a copie."""
    key = f"written {text}"
    if key not in subject.kept:
        subject.kept[key] = written(text, language)
    return subject.kept[key]


def _expected(idea: Idea) -> str:
    return _("PROMPT {number}", number=idea.column) if idea.column else _("remarks and discussion")
