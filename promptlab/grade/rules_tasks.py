"""Rules about what was done and kept: tasks, answers with where they come from, the table, nothing personal."""

from fractions import Fraction

from promptlab.grade.figures import figure
from promptlab.grade.subject import Judged, Rule, Subject, no_basis, share
from promptlab.messages import _, ngettext
from promptlab.model.mark import Found
from promptlab.model.rubric import Criterion


def tasks(subject: Subject, criterion: Criterion) -> Judged:
    """How many of the criterion's tasks, all of the case where it names none, the pupil says are done."""
    expected = [task for task in subject.case.tasks if not criterion.tasks or task.number in criterion.tasks]
    if not expected:
        return no_basis(_("the case has no task."))
    behind = tuple(
        Found(
            "right" if task.number in subject.copie.tasks else "missed",
            _("task {number}", number=task.number),
            task.text,
        )
        for task in expected
    )
    done = sum(one.verdict == "right" for one in behind)
    reason = ngettext(
        "{done} of {count} task is ticked as done.",
        "{done} of {count} tasks are ticked as done.",
        len(expected),
        done=done,
    )
    advice = "" if done == len(expected) else _("Tick each task in the dashboard when you have done it.")
    return Judged(share(done, len(expected)), reason, behind, advice)


def answers(subject: Subject, criterion: Criterion) -> Judged:  # noqa: ARG001 - rules are called alike
    """How many answers of the chain are kept: a half each, the other half where model and date stand with them.

    A table about a recorded run of the case has all of them, with where they come from.
    """
    expected = len(subject.case.prompts)
    copie = subject.copie
    recorded = {run.name: len(run.answers) for run in subject.case.runs}
    kept = {answer.number: answer for answer in copie.answers if answer.number <= expected}
    behind, score = [], Fraction(0)
    for number in range(1, expected + 1):
        where = _("prompt {number}", number=number)
        answer = kept.get(number)
        if answer is None:
            there = number <= recorded.get(copie.about.run, 0) and bool(copie.about.answers)
            score += there
            behind.append(Found("right" if there else "missed", where, copie.about.run if there else ""))
            continue
        sourced = bool(answer.provenance.model and answer.provenance.collected)
        score += 1 if sourced else Fraction(1, 2)
        expectation = "" if sourced else _("the name of the model and the date")
        behind.append(Found("right" if sourced else "partly", where, expected=expectation))
    reason = _("{given} of {count} answers are kept with where they come from.", given=figure(score), count=expected)
    advice = "" if score == expected else _("Save each answer, and note which AI gave it, and when.")
    return Judged(share(score, expected), reason, tuple(behind), advice)


def table(subject: Subject, criterion: Criterion) -> Judged:
    """Whether the comparison table is kept: it is about answers, and at least `tags` tags are in it."""
    copie, least = subject.copie, criterion.setting("tags")
    columns = len(copie.about.answers)
    score = Fraction(columns >= 2, 2) + share(len(copie.taggings), least) / 2
    reason = ngettext(
        "The table has {columns} columns and {count} tag (at least {least} expected).",
        "The table has {columns} columns and {count} tags (at least {least} expected).",
        len(copie.taggings),
        columns=columns,
        least=least,
    )
    advice = "" if score == 1 else _("Fill in the comparison table, tag its items, then save it.")
    return Judged(score, reason, (), advice)


def personal(subject: Subject, criterion: Criterion) -> Judged:  # noqa: ARG001 - rules are called alike
    """Whether nothing personal stands in the pupil's own words: e-mail address, telephone, account number."""
    from promptlab.review.privacy import personal_in

    found = personal_in(subject.copie, subject.case)
    behind = tuple(Found("wrong", problem.where, problem.message) for problem in found)
    reason = _("No personal data in the pupil's own words.")
    if found:
        reason = ngettext(
            "{count} piece of personal data in the pupil's own words.",
            "{count} pieces of personal data in the pupil's own words.",
            len(found),
        )
    return Judged(Fraction(not found), reason, behind, _("Put something made up in its place.") if found else "")


RULES = {
    "tasks": Rule(tasks, {}),
    "answers": Rule(answers, {}),
    "table": Rule(table, {"tags": 5}),
    "personal": Rule(personal, {}),
}
