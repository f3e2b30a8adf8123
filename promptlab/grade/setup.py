"""All that copies are marked by: the case, its rubric, its keys on their tables, what the teacher decided."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from promptlab.align.columns import columns_of
from promptlab.errors import BadInput
from promptlab.files.faults import refuse
from promptlab.files.keys import read_keys
from promptlab.files.nearest import nearest_hint
from promptlab.files.rubrics import case_rubric
from promptlab.grade.figures import figure
from promptlab.grade.keyed import Placed, place
from promptlab.grade.material import case_material
from promptlab.grade.rules import forms
from promptlab.messages import _
from promptlab.model.case import Case
from promptlab.model.comparison import Comparison
from promptlab.model.copie import Copie
from promptlab.model.mark import Override, Overrides
from promptlab.model.problem import Problem
from promptlab.model.rubric import Rubric
from promptlab.review.exercise import exercise

NOTHING_DECIDED = Overrides()


@dataclass(frozen=True)
class Setup:
    """What a class is marked by; the same for every copie of it.

    `sessions` are those asked for, none where each copie says its own. `material` is what other rooms mark with.
    """

    case: Case
    rubric: Rubric
    keys: tuple[Placed, ...] = ()
    overrides: Overrides = NOTHING_DECIDED
    sessions: tuple[int, ...] = ()
    material: Mapping[str, Any] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    def key_for(self, copie: Copie) -> Placed | None:
        """The key of the answers that `copie` is about: by their digests, else by the name of the run."""
        about = {answer.answer for answer in copie.about.answers}
        for placed in self.keys:
            if about and about <= {answer.answer for answer in placed.exercise.answers}:
                return placed
        if about:
            return None
        wanted = copie.about.run or self.case.default_run
        return next((placed for placed in self.keys if placed.key.run == wanted), None)


def prepare(
    case: Case,
    *,
    overrides: Overrides = NOTHING_DECIDED,
    sessions: Sequence[int] = (),
) -> Setup:
    """What the copies of `case` are marked by.

    Raises BadInput where the rubric or a key cannot be used, and for a session or a decision that the rubric does not
    know.
    """
    rubric = case_rubric(case, forms())
    placed: list[Placed] = []
    faults: list[Problem] = []
    for key in read_keys(case):
        columns = columns_of(case.run(key.run))
        found = place(key, exercise(case, Comparison("rank", columns, ())))
        placed.append(found)
        faults += found.problems
    if faults:
        raise refuse(_("Keys of {case}", case=case.name), faults)
    known = sorted({number for task in case.tasks for number in task.sessions})
    for session in sessions:
        if session not in known:
            numbers = ", ".join(map(str, known)) or "–"
            said = _("There is no session {session}: the case has {numbers}.", session=session, numbers=numbers)
            raise BadInput(said)
    check_overrides(overrides, rubric, case)
    material, problems = case_material(case)
    if not placed:
        problems = (*problems, Problem(_("no key: tags and remarks are not marked. Make one with “promptlab key”.")))
    return Setup(case, rubric, tuple(placed), overrides, tuple(sessions), material, problems)


def check_overrides(overrides: Overrides, rubric: Rubric, case: Case) -> None:
    """Raises BadInput that lists every decision which names no criterion, level or task, or gives too many points."""
    told = [(entry.pupil, _fault(entry, rubric, case)) for entry in overrides.entries]
    faults = [Problem(fault, pupil) for pupil, fault in told if fault]
    if faults:
        raise refuse(_("The teacher's decisions"), faults)


def _fault(entry: Override, rubric: Rubric, case: Case) -> str:
    if entry.task is not None:
        return _among(str(entry.task), [str(task.number) for task in case.tasks])
    if entry.criterion and (fault := _among(entry.criterion, [one.id for one in rubric.criteria])):
        return fault
    if entry.level and not entry.criterion:
        return _("a level goes with a criterion: name one, or give points.")
    if entry.level and (fault := _among(entry.level, [level.id for level in rubric.levels])):
        return fault
    most = rubric.criterion(entry.criterion).weight if entry.criterion else rubric.scale
    if entry.points is not None and entry.points > most:
        return _("{points} points are too many: at most {most}.", points=figure(entry.points), most=figure(most))
    return ""


def _among(value: str, allowed: Sequence[str]) -> str:
    if value in allowed:
        return ""
    hint = nearest_hint(value, allowed)
    return _("“{value}” is not one of: {choices}.", value=value, choices=", ".join(allowed)) + hint
