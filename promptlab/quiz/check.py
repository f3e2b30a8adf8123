"""Everything that a teacher should look at before a quiz goes out: all faults at once, by rules, without AI."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from promptlab.messages import _
from promptlab.model.quiz import Question, Quiz, Resource
from promptlab.quiz import giveaways
from promptlab.quiz.faults import Fault
from promptlab.quiz.passages import Found, find
from promptlab.quiz.proofs import proof_faults
from promptlab.quiz.reading_level import HARD, LONGEST_SENTENCE, reading_level
from promptlab.quiz.texts import plain, words
from promptlab.quiz.typography import typography_faults
from promptlab.quiz.weights import MOST_RIGHT

_NEGATION = re.compile(r"\b(?:n[’']|ne\b|sauf\b|excepté\b|not\b|except\b|never\b)")
_ALL = re.compile(
    r"\b(?:toutes?|tous|aucune?) (?:de |d'|des |les |ces )?(?:ces )?(?:reponses|propositions|choix)\b"
    r"|\b(?:all|none) of the above"
)
_RANGE = re.compile(r"(\d+)\s*(?:a|et|-|to)\s*(\d+)")


@dataclass(frozen=True, slots=True)
class Report:
    """All the faults of a quiz, and for each question the passage that proves it, where it stands."""

    faults: tuple[Fault, ...]
    passages: tuple[tuple[str, Found], ...]

    def of(self, name: str) -> tuple[Fault, ...]:
        """The faults of the question whose id is `name`."""
        return tuple(fault for fault in self.faults if fault.question == name)


def check_quiz(quiz: Quiz, corpus: Sequence[Resource]) -> Report:
    """The faults of `quiz`, question by question, then those of the whole; `corpus` is what its sources may cite."""
    faults = [fault for question in quiz.questions for fault in question_faults(question, corpus, quiz.language)]
    faults += _whole(quiz)
    found = ((question.id, find(question.source, corpus)) for question in quiz.questions if question.source)
    return Report(tuple(faults), tuple((name, passage) for name, passage in found if passage))


def question_faults(question: Question, corpus: Sequence[Resource], language: str = "fr") -> Iterator[Fault]:
    """The faults of one question."""
    yield from _answer_faults(question)
    yield from _choice_faults(question)
    yield from giveaways.in_question(question)
    yield from proof_faults(question, corpus)
    yield from _wording_faults(question, language)


def _whole(quiz: Quiz) -> Iterator[Fault]:
    if not quiz.questions:
        yield Fault("", "no_question", _("The quiz has no question."))
    first: dict[tuple[str, str], str] = {}
    for question in quiz.questions:
        same = first.setdefault((question.kind, plain(question.text)), question.id)
        if same != question.id:
            said = _("It asks the same as “{id}”: change or remove one.", id=same)
            yield Fault(question.id, "duplicate_question", said)
    yield from giveaways.in_quiz(quiz)


# ---------------------------------------------------------------- the answer


def _answer_faults(question: Question) -> Iterator[Fault]:
    right = sum(choice.right for choice in question.choices)
    if question.kind in ("single", "true_false") and right > 1:
        said = _("{count} right answers: keep one, or make it a question of kind multiple.", count=right)
        yield Fault(question.id, "several_right_answers", said)
    if not _has_answer(question):
        yield Fault(question.id, "no_right_answer", _("No right answer: say which one is right."))
    if question.kind == "multiple" and question.choices and right == len(question.choices):
        yield Fault(question.id, "too_many_right_answers", _("Every choice is right: add a wrong one."))
    if question.kind == "multiple" and right > MOST_RIGHT:
        said = _("{count} right choices: Moodle knows at most {most}.", count=right, most=MOST_RIGHT)
        yield Fault(question.id, "too_many_right_answers", said)
    count, least = _offered(question)
    if count < least:
        said = _("{count} to choose from: write at least {least}.", count=count, least=least)
        yield Fault(question.id, "too_few_choices", said)
    if not question.justification:
        yield Fault(question.id, "no_justification", _("No justification: say why the answer is right."))


def _has_answer(question: Question) -> bool:
    if question.kind == "matching":
        return bool(question.pairs)
    if question.kind == "ordering":
        return bool(question.items)
    if question.kind == "short":
        return any(text.strip() for text in question.variants)
    if question.kind == "numeric":
        return question.value is not None
    return any(choice.right for choice in question.choices)


def _offered(question: Question) -> tuple[int, int]:
    """(how many there are to choose from, how many there should be)."""
    if question.kind in ("single", "multiple"):
        return len(question.choices), 3
    if question.kind == "matching":
        return len(question.pairs), 3
    return (len(question.items), 3) if question.kind == "ordering" else (1, 1)


# ---------------------------------------------------------------- the choices


def _choice_faults(question: Question) -> Iterator[Fault]:
    lists = {
        "choices": [choice.text for choice in question.choices],
        "lefts": [pair.left for pair in question.pairs],
        "items": list(question.items),
        "variants": list(question.variants),
    }
    for texts in lists.values():
        for one, other in combinations(texts, 2):
            if plain(one, case=question.case, accents=question.accents) == plain(
                other, case=question.case, accents=question.accents
            ):
                yield Fault(question.id, "duplicate_choices", _("“{text}” stands twice: remove one.", text=other))
    rights = {plain(pair.right) for pair in question.pairs}
    for text in question.decoys:
        if plain(text) in rights:
            said = _("“{text}” is a right answer and a decoy: remove one.", text=text)
            yield Fault(question.id, "duplicate_choices", said)
    if question.kind in ("single", "multiple"):
        yield from _overlaps(question)
        yield from _all_of_them(question)


def _overlaps(question: Question) -> Iterator[Fault]:
    for one, other in combinations(question.choices, 2):
        first, second = words(one.text), words(other.text)
        if first == second or one.right == other.right == (question.kind == "multiple"):
            continue
        short, long = sorted((first, second), key=len)
        if (short and len(short) * 2 >= len(long) and _within(short, long)) or _ranges_meet(one.text, other.text):
            said = _("“{one}” and “{other}” overlap: both could be right.", one=one.text, other=other.text)
            yield Fault(question.id, "overlapping_choices", said)


def _within(short: list[str], long: list[str]) -> bool:
    return any(long[at : at + len(short)] == short for at in range(len(long) - len(short) + 1))


def _ranges_meet(one: str, other: str) -> bool:
    first, second = _RANGE.search(plain(one)), _RANGE.search(plain(other))
    if not first or not second or plain(one)[first.end() :] != plain(other)[second.end() :]:
        return False
    low, high = sorted((int(first[1]), int(first[2]))), sorted((int(second[1]), int(second[2])))
    return max(low[0], high[0]) <= min(low[1], high[1])


def _all_of_them(question: Question) -> Iterator[Fault]:
    for choice in question.choices:
        if _ALL.search(plain(choice.text)):
            said = _("“{text}” says nothing of its own: write a choice, or ask for several.", text=choice.text)
            yield Fault(question.id, "all_of_the_above", said)


# ---------------------------------------------------------------- the wording


def _wording_faults(question: Question, language: str) -> Iterator[Fault]:
    if _NEGATION.search(question.text):
        said = _("A negation in the question is easily overlooked: ask it the other way, or write it in capitals.")
        yield Fault(question.id, "negative_wording", said)
    texts = [question.text, *(choice.text for choice in question.choices if question.kind != "true_false")]
    texts += [text for pair in question.pairs for text in (pair.left, pair.right)]
    texts += [*question.items, *question.decoys]
    level = reading_level("\n".join(texts))
    if level.longest_sentence > LONGEST_SENTENCE:
        said = _(
            "A sentence of {count} words: cut it below {most}.", count=level.longest_sentence, most=LONGEST_SENTENCE
        )
        yield Fault(question.id, "reading_level", said)
    if level.lix is not None and level.lix > HARD:
        said = _(
            "Hard to read (LIX {lix}, above {hard}): write shorter sentences and plainer words.",
            lix=level.lix,
            hard=round(HARD),
        )
        yield Fault(question.id, "reading_level", said)
    if language == "fr":
        told = [*texts, question.justification, *(choice.feedback for choice in question.choices)]
        for fault in dict.fromkeys(fault for text in told for fault in typography_faults(text)):
            yield Fault(question.id, "typography", fault)
