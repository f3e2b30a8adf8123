"""What lets a pupil guess without knowing: the length and the place of the right answers."""

from collections import Counter
from collections.abc import Iterator, Sequence
from math import comb

from promptlab.messages import _
from promptlab.model.quiz import Question, Quiz
from promptlab.quiz.faults import Fault

MUCH_LONGER = 1.6  # times the mean of the wrong ones …
LETTERS_MORE = 25  # … and by this many letters
FEWEST = 6  # questions: a pattern in fewer is chance
CHANCE = 0.05  # what would happen by chance in one quiz of twenty is told
LONGEST_RUN = 4


def in_question(question: Question) -> Iterator[Fault]:
    """A right answer that stands out by its length alone."""
    if question.kind != "single":
        return
    right = [len(choice.text) for choice in question.choices if choice.right]
    wrong = [len(choice.text) for choice in question.choices if not choice.right]
    if len(right) != 1 or not wrong:
        return
    mean = sum(wrong) / len(wrong)
    if right[0] > MUCH_LONGER * mean and right[0] - max(wrong) > LETTERS_MORE:
        said = _("The right answer is much longer than the others: shorten it, or lengthen them.")
        yield Fault(question.id, "length_gives_away", said)


def in_quiz(quiz: Quiz) -> Iterator[Fault]:
    """A habit of the whole quiz that tells the answers: longest or shortest, always at the same place, mostly true."""
    single = [
        question
        for question in quiz.questions
        if question.kind == "single" and sum(choice.right for choice in question.choices) == 1
    ]
    yield from _by_length(single)
    yield from _by_place([_place(question) for question in single], [len(question.choices) for question in single])
    truths = [question.choices[0].right for question in quiz.questions if question.kind == "true_false"]
    if len(truths) >= FEWEST - 2 and not len(truths) / 5 <= sum(truths) <= len(truths) * 4 / 5:
        said = _("{true} of {all} true or false questions are true: mix them.", true=sum(truths), all=len(truths))
        yield Fault("", "position_gives_away", said)


def _by_length(questions: Sequence[Question]) -> Iterator[Fault]:
    if len(questions) < FEWEST:
        return
    chance = sum(1 / len(question.choices) for question in questions) / len(questions)
    longest = sum(_stands_out(question, 1) for question in questions)
    shortest = sum(_stands_out(question, -1) for question in questions)
    for count, said in (
        (
            longest,
            _(
                "The right answer is the longest in {count} of {all} questions: even them out.",
                count=longest,
                all=len(questions),
            ),
        ),
        (
            shortest,
            _(
                "The right answer is the shortest in {count} of {all} questions: even them out.",
                count=shortest,
                all=len(questions),
            ),
        ),
    ):
        if _by_chance(count, len(questions), chance) < CHANCE:
            yield Fault("", "length_gives_away", said)


def _stands_out(question: Question, sign: int) -> bool:
    right = max(sign * len(choice.text) for choice in question.choices if choice.right)
    return all(sign * len(choice.text) < right for choice in question.choices if not choice.right)


def _by_place(places: Sequence[int], sizes: Sequence[int]) -> Iterator[Fault]:
    if len(places) < FEWEST:
        return
    chance = sum(1 / size for size in sizes) / len(sizes)
    place, count = Counter(places).most_common(1)[0]
    # Any of the places could be the favourite: so many times the chance of one.
    if _by_chance(count, len(places), chance) / chance < CHANCE:
        said = _(
            "The right answer is choice {place} in {count} of {all} questions: move some.",
            place=place,
            count=count,
            all=len(places),
        )
        yield Fault("", "position_gives_away", said)
    run = _longest_run(places)
    if run > LONGEST_RUN:
        said = _("The right answer stands at the same place {count} times in a row: move some.", count=run)
        yield Fault("", "position_gives_away", said)


def _place(question: Question) -> int:
    return next(place for place, choice in enumerate(question.choices, 1) if choice.right)


def _longest_run(places: Sequence[int]) -> int:
    longest = run = 0
    last = 0
    for place in places:
        run, last = (run + 1 if place == last else 1), place
        longest = max(longest, run)
    return longest


def _by_chance(count: int, of: int, chance: float) -> float:
    """How likely it is to have `count` or more of `of` by chance alone (binomial)."""
    return sum(comb(of, k) * chance**k * (1 - chance) ** (of - k) for k in range(count, of + 1))
