"""Questions on their way in, from GIFT, Moodle XML or an AI: checked like those of a file, and given ids."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from promptlab.files.faults import Table
from promptlab.files.quizzes import MOST_QUESTIONS, read_question
from promptlab.messages import _
from promptlab.model.problem import Problem
from promptlab.model.quiz import Question, Quiz
from promptlab.quiz.extras import with_note
from promptlab.quiz.naming import id_of


@dataclass(frozen=True, slots=True)
class Reading:
    """A quiz from elsewhere, and what was not understood of it: each thing with its place."""

    quiz: Quiz
    problems: tuple[Problem, ...] = ()


@dataclass(slots=True)
class Incoming:
    """The questions read so far, the category that the next ones belong to, and the problems."""

    category: str = ""
    questions: list[Question] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def add(self, values: Mapping[str, Any], *, name: str, where: str, note: Mapping[str, Any] | None = None) -> None:
        """Take in the question that `values` are (as in a quiz file, without id). One that cannot be used is told.

        A question without kind is left out, for the reason that stands in `why`.
        """
        if not values.get("kind"):
            self.leave_out(str(values.get("why", "")), where)
            return
        if len(self.questions) >= MOST_QUESTIONS:
            self.leave_out(_("a quiz holds at most {most} questions: split it.", most=MOST_QUESTIONS), where)
            return
        taken = {question.id for question in self.questions}
        whole = {key: value for key, value in values.items() if value not in ("", None)}
        whole |= {"id": id_of(name or str(values.get("text", "")), taken, len(self.questions) + 1)}
        if self.category:
            whole["category"] = self.category
        faults: list[Problem] = []
        question = read_question(Table(whole, where, faults))
        if faults:
            self.problems += faults
            self.leave_out(_("this question was left out."), where)
            return
        if not (
            question.choices or question.pairs or question.items or question.variants or question.value is not None
        ):
            self.leave_out(_("no answer of it can be used: it was left out."), where)
            return
        found = with_note(question, note or {}, self.problems)
        self.questions.append(replace(found, id=question.id) if found.id in taken else found)

    def leave_out(self, why: str, where: str) -> None:
        """Tell that something was not taken in."""
        self.problems.append(Problem(why, where))

    def reading(self, quiz: Quiz) -> Reading:
        """All that was read, as the questions of `quiz`."""
        return Reading(replace(quiz, questions=tuple(self.questions)), tuple(self.problems))
