"""Rules about what was done and kept: tasks, answers with where they come from, the table, nothing personal."""

from collections import Counter
from fractions import Fraction

from promptlab.grade.figures import figure
from promptlab.grade.similarity import own_words
from promptlab.grade.subject import Judged, Rule, Subject, no_basis, share
from promptlab.messages import _, ngettext
from promptlab.model.mark import Found
from promptlab.model.rubric import Criterion

_MOST_ALIKE = Fraction(3, 4)  # of the items of a table may have the same tag


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
    reason = _("Tasks ticked as done: {done} of {count}.", done=done, count=len(expected))
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
    """Whether the comparison table is kept and worked on: three quarters for `tags` tags, one for the remarks.

    A table that nobody touched earns nothing, and one without two answers half of it. Where one tag stands on most
    items alike, nothing was chosen: the tags earn nothing.
    """
    copie, least = subject.copie, criterion.setting("tags")
    columns = len(copie.about.answers)
    remarks = sum(bool(text.strip()) for text in copie.remarks)
    painted = _painted(subject)
    chosen = Fraction(0) if painted else share(len(copie.taggings), least)
    score = chosen * 3 / 4 + share(remarks, max(columns, 1)) / 4
    score = score if columns >= 2 else score / 2
    reason = _(
        "Tags in the table: {count} (at least {least} expected); remarks: {remarks} of {columns}.",
        count=len(copie.taggings),
        least=least,
        remarks=remarks,
        columns=columns,
    )
    if painted:
        reason += " " + _("The same tag stands nearly everywhere: nothing was chosen.")
    advice = "" if score == 1 else _("Fill in the comparison table, tag its items, then save it.")
    return Judged(score, reason, (), advice)


def _painted(subject: Subject) -> bool:
    """Whether one tag stands on most items of the table, whatever they say."""
    if subject.placed is None:
        return False
    statements = {place for place, one in subject.placed.exercise.passages.items() if one.statement}
    spots = {(one.tag, one.column, one.item) for one in subject.copie.taggings if (one.column, one.item) in statements}
    counts = Counter(tag for tag, _column, _item in spots)
    return bool(counts) and max(counts.values()) > len(statements) * _MOST_ALIKE


def personal(subject: Subject, criterion: Criterion) -> Judged:  # noqa: ARG001 - rules are called alike
    """Whether nothing personal stands in the pupil's own words: e-mail address, telephone, account number.

    Where nothing is written there is nothing to look after yet.
    """
    from promptlab.review.privacy import personal_in

    if not own_words(subject.copie).strip():
        return Judged(Fraction(0), _("The pupil has not written anything yet."), (), _("Write your own texts."))
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
