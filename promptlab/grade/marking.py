"""One copie marked: every criterion by its rule, then as the teacher decided."""

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from promptlab.grade.figures import decimal, figure, rounded
from promptlab.grade.keyed import Placed
from promptlab.grade.rules import RULES
from promptlab.grade.setup import Setup
from promptlab.grade.subject import Judged, Subject
from promptlab.messages import _
from promptlab.model.copie import Copie
from promptlab.model.hand_in import HandIn
from promptlab.model.mark import Mark, Override, Result
from promptlab.model.problem import Problem
from promptlab.model.rubric import MANUAL, Criterion, Rubric
from promptlab.review.counts import fits
from promptlab.review.fitting import fit

_OF_TABLE = ("table", "tags")  # the rules that mark a comparison table


def mark_hand_in(hand_in: HandIn, setup: Setup) -> tuple[Mark, Copie]:
    """What the rules say of a file handed in, and its copie as it stands on the table of its key."""
    copie, problems = hand_in.copie, list(hand_in.problems)
    placed = setup.key_for(copie)
    if placed is not None and not _stands(copie, placed):
        fitted = fit(copie, placed.exercise)
        copie = fitted.copie
        problems += [problem for problem in fitted.problems if problem not in problems]
    elif placed is None and setup.keys:
        problems.append(_without_key(copie))
    subject = Subject(copie, setup.case, placed, setup.material)
    sessions, assumed = _sessions(hand_in, setup)
    results = tuple(_result(subject, criterion, setup.rubric) for criterion in criteria_in(setup.rubric, sessions))
    blank = replace(_blank(hand_in, copie, placed, sessions), assumed=assumed)
    return _totalled(replace(blank, results=results, problems=tuple(problems)), setup.rubric, copie.tasks), copie


def _sessions(hand_in: HandIn, setup: Setup) -> tuple[tuple[int, ...], bool]:
    """The sessions that a file is marked for, and whether they are only assumed.

    A comparison document names none where it was filled in by hand: it is work on the table, and marked as that.
    """
    if setup.sessions:
        return setup.sessions, False
    if hand_in.copie.session is not None:
        return (hand_in.copie.session,), False
    if hand_in.seen != "docx":
        return (), False
    found = {session for one in setup.rubric.criteria if one.rule in _OF_TABLE for session in one.sessions}
    return tuple(sorted(found)), bool(found)


def criteria_in(rubric: Rubric, sessions: Iterable[int]) -> tuple[Criterion, ...]:
    """The criteria that count in `sessions`, all of them where none is given."""
    asked = set(sessions)
    return tuple(one for one in rubric.criteria if not asked or not one.sessions or asked & set(one.sessions))


def decided(mark: Mark, pupil: str, setup: Setup, done: tuple[int, ...]) -> Mark:
    """`mark` of one of its pupils as the teacher decided; `done` are the tasks that the pupil says are done."""
    entries = setup.overrides.of(pupil)
    mark = replace(mark, pupils=(pupil,))
    if not entries:
        return mark
    results = tuple(_overridden(result, entries, setup.rubric) for result in mark.results)
    total = _totalled(replace(mark, results=results), setup.rubric, done)
    whole = [entry for entry in entries if not entry.criterion and entry.task is None]
    comments = tuple(comment for entry in whole for comment in entry.comments)
    points = [entry.points for entry in whole if entry.points is not None]
    tasks = {entry.task: entry.validated for entry in entries if entry.task is not None}
    validated = {number for number in total.validated if tasks.get(number, True)}
    validated |= {number for number, right in tasks.items() if right}
    final = replace(total, comments=comments, validated=tuple(sorted(validated)))
    return replace(final, mark=decimal(points[-1]), by_hand=True) if points else final


def _stands(copie: Copie, placed: Placed) -> bool:
    """Whether the copie is on the table of the key already, to the letter."""
    on = placed.exercise
    return copie.about.answers == on.answers and all(fits(tagging, on) for tagging in copie.taggings)


def _without_key(copie: Copie) -> Problem:
    said = _("there is no key for the answers that this copie is about (run {run}).", run=copie.about.run or "–")
    return Problem(said, _("copie {id}", id=copie.id))


def _blank(hand_in: HandIn, copie: Copie, placed: Placed | None, sessions: tuple[int, ...]) -> Mark:
    return Mark(
        copie=copie.id,
        case=copie.case,
        pupils=copie.pupils,
        source=hand_in.source,
        seen=hand_in.seen,
        revision=copie.revision,
        saved_at=copie.saved_at,
        sessions=sessions,
        run=placed.key.run if placed else "",
        results=(),
        points=Fraction(0),
        out_of=Fraction(0),
        mark=None,
        scale=Decimal(0),
    )


def _result(subject: Subject, criterion: Criterion, rubric: Rubric) -> Result:
    blank = Result(criterion.id, criterion.title, criterion.weight, None, competence=criterion.competence)
    if criterion.rule == MANUAL:
        return replace(blank, reason=_("Marked by the teacher."), by="nobody")
    judged: Judged = RULES[criterion.rule].judge(subject, criterion)
    blank = replace(blank, reason=judged.reason, found=judged.found, advice=judged.advice)
    if judged.score is None:
        return blank
    level = rubric.level_of(judged.score)
    points = criterion.weight * (level.ratio if rubric.points == "level" else judged.score)
    return replace(blank, score=judged.score, level=level.id, points=points, rule_points=points)


def _overridden(result: Result, entries: tuple[Override, ...], rubric: Rubric) -> Result:
    for entry in entries:
        if entry.criterion != result.criterion:
            continue
        if entry.level:
            points = result.out_of * rubric.level(entry.level).ratio
            result = replace(result, level=entry.level, points=points, by="teacher")
        if entry.points is not None:
            share = entry.points / result.out_of if result.out_of else Fraction(0)
            level = entry.level or _level_by_ratio(rubric, share)
            result = replace(result, points=entry.points, level=level, by="teacher")
        if entry.comments:
            result = replace(result, comments=(*result.comments, *entry.comments))
    if result.by == "teacher" and result.rule_points is not None and result.points != result.rule_points:
        said = _("The teacher decided; the rule gave {points}.", points=figure(result.rule_points))
        result = replace(result, reason=f"{said} {result.reason}")
    return result


def _level_by_ratio(rubric: Rubric, share: Fraction) -> str:
    """The level that earns `share` of the weight, or the highest one that earns less."""
    return [level for level in rubric.levels if level.ratio <= share or level is rubric.levels[0]][-1].id


def _totalled(mark: Mark, rubric: Rubric, done: tuple[int, ...]) -> Mark:
    counted = [result for result in mark.results if result.points is not None]
    points = sum((result.points or Fraction(0) for result in counted), Fraction(0))
    out_of = sum((result.out_of for result in counted), Fraction(0))
    exact = min(rounded(points / out_of * rubric.scale, rubric.step, rubric.rounding), rubric.scale) if out_of else None
    return replace(
        mark,
        points=points,
        out_of=out_of,
        mark=None if exact is None else decimal(exact),
        scale=decimal(rubric.scale),
        waiting=tuple(result.criterion for result in mark.results if result.by == "nobody"),
        left_out=tuple(one.criterion for one in mark.results if one.points is None and one.by == "rule"),
        validated=_validated(mark.results, rubric, done),
    )


def _validated(results: tuple[Result, ...], rubric: Rubric, done: tuple[int, ...]) -> tuple[int, ...]:
    """The tasks done whose criteria, at least one marked, all reach the level from which tasks are validated."""
    if not rubric.validated:
        return ()
    order = [level.id for level in rubric.levels]
    reached: dict[int, list[bool]] = {}
    for result in results:
        if result.points is not None:
            for task in rubric.criterion(result.criterion).tasks:
                reached.setdefault(task, []).append(order.index(result.level) >= order.index(rubric.validated))
    return tuple(sorted(task for task, levels in reached.items() if all(levels) and task in done))
