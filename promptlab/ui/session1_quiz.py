"""The quiz as pupils answer it: kept in the copie, told right or wrong once handed in."""

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

from promptlab.align.wording import colon
from promptlab.errors import BadInput
from promptlab.files.quizzes import load_quiz
from promptlab.messages import _, ngettext
from promptlab.model.copie import Copie
from promptlab.model.quiz import Quiz
from promptlab.quiz.acceptance import accepted_only
from promptlab.quiz.answering import given_text
from promptlab.quiz.marking import WORK
from promptlab.quiz.pupils import PupilQuestion, for_pupils
from promptlab.review.texts import cleaned
from promptlab.table.markup import text as escaped
from promptlab.table.markup import unordered
from promptlab.ui.classroom import QUIZ_TRIES, read_classroom
from promptlab.ui.desk import Desk
from promptlab.ui.documents import figure
from promptlab.ui.session1_tries import (
    Told,
    answer_question,
    answers_of,
    hand_in_answers,
    is_handed_in,
    left_of,
    result_of,
    told_of,
    tries_of,
    try_again,
)
from promptlab.ui.view import (
    Node,
    bar,
    button,
    checkbox,
    choice,
    fieldset,
    group,
    items,
    notice,
    progress,
    radios,
    sign,
    strong,
    text,
    text_field,
)
from promptlab.ui.work import WorkPanel


def moved(texts: list[str], place: int, by: int) -> list[str]:
    """`texts` with the one at `place` moved by `by` places."""
    kept = [*texts]
    one = kept.pop(place)
    kept.insert(min(max(place + by, 0), len(kept)), one)
    return kept


class QuizPanel(WorkPanel):
    """One box for each question."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, _("Quiz"))

    def body(self, copie: Copie) -> Node:
        """The questions in their order, and how many are answered."""
        path = self.at.case.folder / "quiz.toml"
        if not path.is_file():
            return notice("info", text(_("There is no quiz for this case yet.")))
        try:
            quiz = _quiz(path, path.stat().st_mtime_ns)
        except BadInput as error:
            return notice("error", text(str(error)))
        questions, given = for_pupils(quiz, copie.id), answers_of(copie)
        count = sum(question.id in given for question in questions)
        said = _("{count} of {all} questions answered", count=count, all=len(questions))
        if is_handed_in(copie):
            boxes = self._corrected(quiz, questions, copie)
        else:
            boxes = [self._box(quiz.title, rank, one, given.get(one.id)) for rank, one in enumerate(questions, 1)]
        score = self._score(copie)
        return group(
            [
                score,
                progress(count, max(1, len(questions)), said),
                *boxes,
                None if is_handed_in(copie) else self._foot(quiz, copie),
            ]
        )

    @property
    def most(self) -> int:
        """How often the quiz may be handed in, 0 for no end."""
        try:
            return read_classroom(self.at.home).quiz_tries
        except BadInput:  # the first panel of the notebook says what is wrong with the file
            return QUIZ_TRIES

    def _score(self, copie: Copie) -> Node | None:
        tries = tries_of(copie)
        if not tries:
            return None
        told = [
            _("Try {rank}: {points} of {out_of} points", rank=rank, points=figure(points), out_of=figure(out_of))
            for rank, (points, out_of) in enumerate(tries, 1)
        ]
        parts: list[Node | None] = [text(line) for line in told]
        if is_handed_in(copie):
            left = left_of(copie, self.most)
            if left == 0:
                parts.append(text(_("The right answers stand below each question, with their reasons.")))
            else:
                parts.append(text(_("Read what is said below, then try again if you want to do better.")))
                parts.append(button(_("Try again"), "quiz-again", self.again, tone="main"))
        return notice("ok", *parts, key="quiz-score")

    def _foot(self, quiz: Quiz, copie: Copie) -> Node:
        left = left_of(copie, self.most)
        if left is None:
            said = _("You may hand your answers in as often as you like.")
        else:
            said = ngettext(
                "You can hand your answers in {count} more time.",
                "You can hand your answers in {count} more times.",
                left,
            )
        hand_in = button(_("Hand in my answers"), "quiz-hand-in", lambda: self.hand_in(quiz), tone="main")
        # Once a try is handed in, undoing would take the try back too.
        steps = () if tries_of(copie) else self.undo_redo(copie, WORK, "quiz")
        return group([text(said, tone="soft"), bar([hand_in, *steps])])

    def hand_in(self, quiz: Quiz) -> None:
        """Have the answers marked. BadInput where nothing is answered."""
        changed = self.at.change(lambda copie: hand_in_answers(copie, quiz))
        points, out_of = tries_of(changed)[-1]
        self.say(_("{points} of {out_of} points", points=figure(points), out_of=figure(out_of)))
        self.focus("quiz-again")

    def again(self) -> None:
        """Begin another try with the same answers. BadInput where none is left."""
        self.at.change(lambda copie: try_again(copie, self.most))

    def _corrected(self, quiz: Quiz, questions: tuple[PupilQuestion, ...], copie: Copie) -> list[Node]:
        last = left_of(copie, self.most) == 0
        marks = {mark.question: mark for mark in result_of(copie, quiz).marks}
        made = []
        for rank, question in enumerate(questions, 1):
            mark = marks[question.id]
            told = told_of(mark, quiz.question(question.id).justification, last=last)
            points = _("{points} of {out_of} points", points=figure(mark.points), out_of=figure(mark.out_of))
            made.append(_told(rank, question, told, (mark.given, points)))
        return made

    def _box(self, quiz: str, rank: int, question: PupilQuestion, given: Any) -> Node:
        make = {
            "single": self._one,
            "true_false": self._one,
            "multiple": self._several,
            "matching": self._matching,
            "ordering": self._ordering,
        }.get(question.kind, self._written)
        answer = self._answerer(quiz, question.id)
        head = [text(strong(question.text)), text(question.how, tone="soft")]
        legend = _("Question {rank}", rank=rank)
        return fieldset(legend, [*head, *make(question, given, answer)], key=f"q-{question.id}")

    def _one(self, question: PupilQuestion, given: Any, answer: Callable[[Any], None]) -> list[Node]:
        value = str(given).lower() if isinstance(given, bool) else given if isinstance(given, str) else ""
        places = {option.value: str(place) for place, option in enumerate(question.options)}
        options = [(places[option.value], option.label) for option in question.options]

        def choose(place: str) -> None:
            picked = question.options[int(place)].value
            answer(picked == "true" if question.kind == "true_false" else picked)

        return [radios(_("Your answer"), places.get(value, ""), options, f"q-{question.id}-one", choose)]

    def _several(self, question: PupilQuestion, given: Any, answer: Callable[[Any], None]) -> list[Node]:
        chosen = [one for one in given if isinstance(one, str)] if isinstance(given, list) else []

        def ticker(value: str) -> Callable[[bool], None]:
            def tick(ticked: bool) -> None:
                rest = [one for one in chosen if one != value]
                answer([*rest, value] if ticked else rest)

            return tick

        return [
            checkbox(option.label, option.value in chosen, f"q-{question.id}-{place}", ticker(option.value))
            for place, option in enumerate(question.options)
        ]

    def _matching(self, question: PupilQuestion, given: Any, answer: Callable[[Any], None]) -> list[Node]:
        paired = given if isinstance(given, dict) else {}
        options = [("", _("(choose)")), *((str(place), one.label) for place, one in enumerate(question.options))]
        places = {option.value: str(place) for place, option in enumerate(question.options)}

        def pairer(left: str) -> Callable[[str], None]:
            def pair(place: str) -> None:
                rest = {name: known for name, known in paired.items() if name != left}
                answer({**rest, left: question.options[int(place)].value} if place else rest)

            return pair

        return [
            choice(left, places.get(paired.get(left, ""), ""), options, f"q-{question.id}-{place}", pairer(left))
            for place, left in enumerate(question.lefts)
        ]

    def _ordering(self, question: PupilQuestion, given: Any, answer: Callable[[Any], None]) -> list[Node]:
        known = [option.value for option in question.options]
        order = given if isinstance(given, list) and sorted(map(str, given)) == sorted(known) else known

        def mover(place: int, by: int) -> Callable[[], None]:
            return lambda: answer(moved(order, place, by))

        lines = []
        for place, words in enumerate(order):
            key, name = f"q-{question.id}-{known.index(words)}", words[:60]
            up = button("↑", f"{key}-up", mover(place, -1), says=_("{text}: up", text=name))
            down = button("↓", f"{key}-down", mover(place, 1), says=_("{text}: down", text=name))
            lines.append(bar([up, down, text(words)], key=key))
        keep = button(_("This order is right"), f"q-{question.id}-keep", lambda: answer(order))
        return [items(lines, ordered=True), keep]

    def _written(self, question: PupilQuestion, given: Any, answer: Callable[[Any], None]) -> list[Node]:
        label = _("Your answer in {unit}", unit=question.unit) if question.unit else _("Your answer")

        def write(words: str) -> None:
            answer(cleaned(words, where=label, most=500))

        return [text_field(label, given_text(given) if given is not None else "", f"q-{question.id}-text", write)]

    def _answerer(self, quiz: str, question: str) -> Callable[[Any], None]:
        def answer(response: Any) -> None:
            self.at.change(lambda copie: answer_question(copie, quiz, question, response), typing=f"quiz-{question}")

        return answer


@lru_cache(maxsize=4)
def _quiz(path: Path, changed: int) -> Quiz:  # noqa: ARG001 - a file that was changed is read again
    return accepted_only(load_quiz(path))


def _told(rank: int, question: PupilQuestion, told: Told, said: tuple[str, str]) -> Node:
    """One question with its answer (`said`: the answer, the points) and what is told of it."""
    given, points = said
    lines = [
        text(strong(question.text)),
        text(_("Your answer{colon} {answer}", colon=colon(), answer=given)) if given else None,
        text(sign(f"{told.sign} "), strong(told.verdict), f" – {points}"),
        text(_("Right answer{colon} {answer}", colon=colon(), answer=told.right)) if told.right else None,
        *(text(line) for line in told.sentences),
    ]
    return fieldset(_("Question {rank}", rank=rank), lines, key=f"q-{question.id}-told")


def quiz_html(desk: Desk) -> str:
    """The responses in words, for a notebook without its kernel."""
    given = answers_of(desk.opened())
    if not given:
        nothing = escaped(_("No answer yet."))
        return f"<p>{nothing}</p>"
    lines = [
        escaped(f"{name}{colon()} {given_text(response)}").replace("\n", "<br>") for name, response in given.items()
    ]
    tries = [
        escaped(_("Try {rank}: {points} of {out_of} points", rank=rank, points=figure(points), out_of=figure(out_of)))
        for rank, (points, out_of) in enumerate(tries_of(desk.opened()), 1)
    ]
    return unordered(lines) + (unordered(tries) if tries else "")
