"""A key put onto the table that it is about: every item found, or told."""

from dataclasses import dataclass, replace

from promptlab.files.faults import refuse
from promptlab.messages import _
from promptlab.model.copie import About, Copie, Tagging
from promptlab.model.key import Key, KeyItem
from promptlab.model.problem import Problem
from promptlab.review.counts import fits
from promptlab.review.exercise import Exercise
from promptlab.review.fitting import fit


@dataclass(frozen=True, slots=True)
class Placed:
    """A key whose items stand in the table of `exercise`, and what a person must look at."""

    key: Key
    exercise: Exercise
    problems: tuple[Problem, ...] = ()


def place(key: Key, exercise: Exercise) -> Placed:
    """`key` on the table of `exercise`: items are found by id and text, columns by their answers, as for a copie.

    An item whose text stands nowhere is left out and told, as is an evidence that the case does not have.
    """
    taggings = [Tagging(item.column, item.item, item.text, item.span, item.tag) for item in key.items]
    problems = list(_strange(key, exercise))
    placed: list[KeyItem] = []
    for item, tagging in zip(key.items, taggings, strict=True):
        # One by one: two items of a key may share words, which `fit` would keep apart.
        copie = Copie(id=key.run, case=exercise.case.name, about=About(key.run, "", key.answers), taggings=(tagging,))
        found = fit(copie, exercise).copie.taggings[0]
        where = _("PROMPT {column}, {item}", column=item.column, item=item.item)
        if not fits(found, exercise):
            said = _("“{text}” is not in this table: copy the text of the item again.", text=item.text)
            problems.append(Problem(said, where))
            continue
        for evidence in item.evidence:
            if evidence not in exercise.evidences:
                choices = ", ".join(exercise.evidences) or "–"
                said = _("“{value}” is not one of: {choices}.", value=evidence, choices=choices)
                problems.append(Problem(said, where))
        placed.append(replace(item, column=found.column, item=found.item, text=found.text, span=found.span))
    return Placed(replace(key, items=tuple(placed)), exercise, tuple(problems))


def checked(key: Key, exercise: Exercise) -> Placed:
    """The same, but raises BadInput that lists everything that does not fit."""
    placed = place(key, exercise)
    if placed.problems:
        raise refuse(_("Key of the run “{run}”", run=key.run), placed.problems)
    return placed


def _strange(key: Key, exercise: Exercise) -> tuple[Problem, ...]:
    held = {answer.answer for answer in key.answers}
    here = {answer.answer for answer in exercise.answers}
    if held <= here:
        return ()
    said = _("this key is about other answers than those of the run: make it anew with “promptlab key”.")
    return (Problem(said, _("key of {run}", run=key.run)),)
