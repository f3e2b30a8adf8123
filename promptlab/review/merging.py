"""Two copies of one case made one; where they disagree, the first stands and the second is told."""

from dataclasses import dataclass, replace
from itertools import combinations

from promptlab.errors import BadInput
from promptlab.messages import _
from promptlab.model.copie import (
    ANSWERS,
    CORRECTIONS,
    DISCUSSION,
    REMARKS,
    TASKS,
    WORKS,
    Copie,
    Tagging,
)
from promptlab.model.problem import Problem
from promptlab.model.pseudonym import MOST_PUPILS
from promptlab.review.correcting import said_corrections
from promptlab.review.exercise import Exercise
from promptlab.review.fitting import Fitted, column_map
from promptlab.review.history import with_field, with_tags
from promptlab.review.tagging import contradict, laid, overlap
from promptlab.review.texts import joined


def merge(first: Copie, second: Copie, exercise: Exercise) -> Fitted:
    """`first` with all of `second` that does not contradict it; undo brings `first` back, area by area.

    Each contradiction is a Problem that says, in the words of the case, what the second copie has: another tag on the
    same words, another reason or evidence, another answer, other corrections, another work. Remarks and rationales
    of both are kept.
    Raises BadInput for copies of different cases and for too many pupils.
    """
    if first.case != second.case:
        said = _("These copies are about two cases, “{one}” and “{other}”.", one=first.case, other=second.case)
        raise BadInput(said + " " + _("Merge copies of one case."))
    pupils = tuple(dict.fromkeys((*first.pupils, *second.pupils)))
    if len(pupils) > MOST_PUPILS:
        said = _("{pupils}: a copie is shared by at most {most} pupils.", pupils=", ".join(pupils), most=MOST_PUPILS)
        raise BadInput(said)
    problems: list[Problem] = []
    columns = column_map(second.about.answers, first.about.answers) if first.about.answers else {}
    about = first.about if first.about.answers else second.about
    copie = replace(first, pupils=pupils, about=about, returned=first.returned or second.returned)
    theirs = [replace(tagging, column=columns.get(tagging.column, tagging.column)) for tagging in second.taggings]
    copie = with_tags(copie, "merge", _tags(list(copie.taggings), theirs, _Judge(exercise, problems)))
    for area in (REMARKS, DISCUSSION):
        copie = with_field(copie, area, "merge", _texts(getattr(copie, area), getattr(second, area), columns))
    copie = with_field(copie, TASKS, "merge", tuple(sorted({*copie.tasks, *second.tasks})))
    copie = _answers(copie, second, problems)
    copie = _corrections(copie, second, problems)
    return Fitted(_works(copie, second, problems), tuple(problems))


def _tags(ours: list[Tagging], theirs: list[Tagging], judge: "_Judge") -> list[Tagging]:
    for other in theirs:
        rivals = [tagging for tagging in ours if overlap(tagging, other)]
        apart = any(contradict(one, two) for one, two in combinations(rivals, 2))
        if apart or any(tagging.tag != other.tag for tagging in rivals):
            judge.tell(other)
            continue
        reason = next((tagging.reason for tagging in rivals if tagging.reason), other.reason)
        evidence = next((tagging.evidence for tagging in rivals if tagging.evidence), other.evidence)
        if other.reason not in (None, reason) or other.evidence not in (None, evidence):
            judge.tell(other)
        ours = laid(ours, replace(other, reason=reason, evidence=evidence))
    return ours


@dataclass(frozen=True, slots=True)
class _Judge:
    """Tells the disagreements in the words of the case."""

    exercise: Exercise
    problems: list[Problem]

    def tell(self, other: Tagging) -> None:
        named = [self.exercise.label(each) for each in (other.tag, other.reason, other.evidence) if each]
        told = ", ".join([*named, *([other.rationale] if other.rationale else [])])
        said = _(
            "the two copies disagree about “{text}”; the second says: {told}. Choose together.",
            text=other.words,
            told=told,
        )
        self.problems.append(Problem(said, _("PROMPT {column}, {item}", column=other.column, item=other.item)))


def _texts(ours: tuple[str, ...], theirs: tuple[str, ...], columns: dict[int, int]) -> tuple[str, ...]:
    placed = {columns.get(column, column): text for column, text in enumerate(theirs, 1) if text}
    last = max(len(ours), max(placed, default=0))
    return tuple(
        joined(ours[column - 1] if column <= len(ours) else "", placed.get(column, "")) for column in range(1, last + 1)
    )


def _answers(copie: Copie, second: Copie, problems: list[Problem]) -> Copie:
    mine = {answer.number: answer for answer in copie.answers}
    problems += [
        _other(_("the answer to prompt {number}", number=answer.number), answer.text)
        for answer in second.answers
        if mine.setdefault(answer.number, answer).text != answer.text
    ]
    return with_field(copie, ANSWERS, "merge", tuple(mine[number] for number in sorted(mine)))


def _corrections(copie: Copie, second: Copie, problems: list[Problem]) -> Copie:
    """Where one copie has just gone on correcting, its corrections hold the other's; else the first stands."""
    ours, theirs = copie.corrections, second.corrections
    if theirs[: len(ours)] == ours:
        return with_field(copie, CORRECTIONS, "merge", theirs)
    if ours[: len(theirs)] != theirs:
        problems.append(_other(_("the corrections of the table"), "\n".join(said_corrections(second))))
    return copie


def _works(copie: Copie, second: Copie, problems: list[Problem]) -> Copie:
    for work in second.works:
        mine = copie.work(work.name)
        if mine and mine != work:
            problems.append(_other(_("the work “{name}”", name=work.name), work.content.text))
        copie = with_field(copie, WORKS + work.name, "merge", mine or work)
    return copie


def _other(what: str, text: str) -> Problem:
    return Problem(_("both copies have their own; this is that of the second: {text}", text=text), what)
