"""What is odd about a table: answers without steps, equal answers, two languages, two subjects."""

from collections import Counter
from collections.abc import Iterator, Sequence

from promptlab.align.steps import Bags
from promptlab.messages import _
from promptlab.model.comparison import Column
from promptlab.model.problem import Problem

MANY_STEPS = 60
FEW = 0.15  # answers about the same work share more of their steps than this


def doubts_of_answers(columns: Sequence[Column]) -> list[Problem]:
    """What the parser was unsure of in each answer, with the answer's name and the line."""
    return [
        Problem(problem.message, f"{column.source}, l. {problem.line}" if problem.line else column.source, problem.line)
        for column in columns
        for problem in column.answer.problems
    ]


def oddities(columns: Sequence[Column], bags: Bags, groups: Sequence[Sequence[int]]) -> Iterator[Problem]:
    """The Problems of a table as a whole, in words that say what to do."""
    for column in columns:
        count = len(column.answer.steps)
        if not count:
            yield Problem(_("no step was found in this answer: its column stays empty. Check the file."), column.source)
        elif count > MANY_STEPS:
            said = _("this answer has {count} steps: is it one answer? Check the file.", count=count)
            yield Problem(said, column.source)
    for places in bags.answers:
        if len(places) > 1 and columns[places[0]].answer.steps:
            sources = ", ".join(columns[place].source for place in places)
            yield Problem(_("these answers have the same steps, word for word."), sources)
    languages = sorted({step.language for step in bags.steps})
    if len(languages) > 1:
        said = _("the answers are in several languages ({languages}): check each row.", languages=", ".join(languages))
        yield Problem(said, _("table"))
    yield from _strangers(columns, bags, groups)


def _strangers(columns: Sequence[Column], bags: Bags, groups: Sequence[Sequence[int]]) -> Iterator[Problem]:
    """Answers that share hardly any row with another: they may be about something else."""
    linked = {place for group in groups if len({bags.steps[place].column for place in group}) > 1 for place in group}
    counts = Counter(bags.steps[place].column for place in linked)
    for number, places in enumerate(bags.answers):
        steps = len(columns[places[0]].answer.steps)
        if len(bags.answers) < 2 or not steps or counts[number] > steps * FEW:
            continue
        said = (
            _(
                "of {steps} steps of this answer, only {count} match another answer: is it about the same subject?",
                steps=steps,
                count=counts[number],
            )
            if counts[number]
            else _("no step of this answer matches another: is it about the same subject?")
        )
        yield from (Problem(said, columns[place].source) for place in places)
