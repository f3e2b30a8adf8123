"""Marks by the key, statistics of a class, and what pupils see."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from promptlab.model.quiz import Choice
from promptlab.quiz.marking import mark_question, mark_quiz
from promptlab.quiz.pupils import for_pupils
from promptlab.quiz.statistics import class_statistics
from tests.quiz.builders import matching, numeric, ordering, question, quiz, quizzes, single, true_false

SEVERAL = question(kind="multiple", choices=(Choice("a", True), Choice("b", True), Choice("c"), Choice("d")))
WORD = question(kind="short", variants=("un avoir", "Facture d’avoir"))


@pytest.mark.parametrize(
    ("asked", "response", "share"),
    [
        (single(), "Un litige", 1),
        (single(), "Une commande", 0),
        (true_false(), True, 1),
        (true_false(), "true", 1),
        (true_false(truth=False), True, 0),
        (SEVERAL, ["b", "a"], 1),
        (SEVERAL, ["a"], Fraction(1, 2)),
        (SEVERAL, ["a", "c"], 0),
        (SEVERAL, ["a", "b", "c"], Fraction(1, 2)),
        (SEVERAL, ["c", "d"], 0),
        (SEVERAL, ["a", "b", "c", "d"], 0),
        (matching(), {"un": "1", "deux": "2", "trois": "3"}, 1),
        (matching(), {"un": "1", "deux": "4"}, Fraction(1, 3)),
        (ordering(), ["un", "deux", "trois", "quatre"], 1),
        (ordering(), ["deux", "trois", "quatre", "un"], Fraction(2, 3)),
        (ordering(), ["quatre", "trois", "deux", "un"], 0),
        (WORD, "  UN  AVOIR. ", 1),
        (WORD, "facture d'avoir", 1),
        (WORD, "une facture", 0),
        (question(kind="short", variants=("Été",), accents=True), "ete", 0),
        (question(kind="short", variants=("TVA",), case=True), "tva", 0),
        (numeric(), "804", 1),
        (numeric(), "804,00 € TTC", 1),
        (numeric(), "804.01€", 1),
        (numeric(), "804,02", 0),
        (numeric(), 804, 1),
        (numeric(), "huit cent quatre euros", 1),
        (numeric("n", "3245.85"), "3\u202f245,85\u00a0€", 1),
        (numeric("n", "-193.50"), "-193,50", 1),
    ],
)
def test_share_of_the_points(asked, response, share):
    assert mark_question(asked, response) == share


@pytest.mark.parametrize(
    ("asked", "response"),
    [
        (single(), "Un choix inconnu"),
        (single(), ["Un litige"]),
        (single(), 3),
        (SEVERAL, "a"),
        (SEVERAL, ["z"]),
        (matching(), ["1"]),
        (matching(), {"un": "9"}),
        (ordering(), ["un", "un"]),
        (WORD, {"a": 1}),
        (numeric(), "beaucoup"),
        (numeric(), "804 € HT"),
        (numeric(), float("inf")),
    ],
)
def test_response_that_is_not_understood_is_told_and_gives_nothing(asked, response):
    result = mark_quiz(quiz(asked), {asked.id: response})
    assert result.points == 0
    assert [problem.where for problem in result.problems] == [asked.id]


@pytest.mark.parametrize("response", [None, "", [], {}])
def test_no_response_is_no_problem(response):
    result = mark_quiz(quiz(single()), {"q": response})
    assert (result.points, result.problems, result.marks[0].answered) == (0, (), False)


def test_points_add_up_and_unknown_answers_are_told():
    result = mark_quiz(quiz(single(points=Decimal(2)), SEVERAL.__class__(**_fields(SEVERAL, id="m"))), _answers())
    assert (result.points, result.out_of) == (Decimal("2.50"), Decimal(3))
    assert [problem.where for problem in result.problems] == ["zzz"]


def _fields(asked, **changed):
    return {name: getattr(asked, name) for name in asked.__slots__} | changed


def _answers():
    return {"q": "Un litige", "m": ["a"], "zzz": 1}


def test_feedback_is_that_of_the_choice_and_the_justification():
    (mark,) = mark_quiz(quiz(single()), {"q": "Une commande"}).marks
    assert mark.feedback == ("Non.", single().justification)
    assert mark.right == "Un litige"


@given(quizzes(), st.dictionaries(st.text(max_size=4), st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=6,
), max_size=3))  # fmt: skip
@settings(max_examples=80, deadline=None)
def test_any_json_can_be_marked(made, given_answers):
    answers = {
        **given_answers,
        **{q.id: value for q, value in zip(made.questions, given_answers.values(), strict=False)},
    }
    result = mark_quiz(made, answers)
    assert 0 <= result.points <= result.out_of
    class_statistics(made, [answers, {}])


@given(quizzes())
@settings(max_examples=80, deadline=None)
def test_key_itself_earns_all_the_points(made):
    def key(asked):
        right = [choice.text for choice in asked.choices if choice.right]
        return {
            "single": right[:1] and right[0],
            "true_false": right[:1] and right[0],
            "multiple": right,
            "matching": {pair.left: pair.right for pair in asked.pairs},
            "ordering": list(asked.items),
            "short": next(iter(asked.variants), ""),
            "numeric": str(asked.value),
        }[asked.kind]

    unique = all(len({pair.left for pair in q.pairs}) == len(q.pairs) for q in made.questions)
    unique &= all(len(set(q.items)) == len(q.items) for q in made.questions)
    unique &= all(len({choice.text for choice in q.choices}) == len(q.choices) for q in made.questions)
    result = mark_quiz(made, {asked.id: key(asked) for asked in made.questions})
    assert not unique or result.points == result.out_of


# ---------------------------------------------------------------- pupils


@given(quizzes())
@settings(max_examples=40, deadline=None)
def test_pupils_see_every_text_to_choose_from_and_the_same_order_each_time(made):
    shown = for_pupils(made, "copie-1")
    assert shown == for_pupils(made, "copie-1")
    for asked, seen in zip(made.questions, shown, strict=True):
        texts = (
            {choice.text for choice in asked.choices}
            | {pair.right for pair in asked.pairs}
            | {*asked.decoys, *asked.items}
        )
        assert {option.value for option in seen.options} == texts


def test_nothing_that_pupils_get_tells_the_answer():
    hidden = ("Oui.", "Non.", single().justification, "resources/fiche.md")
    shown = repr(for_pupils(quiz(single(), numeric(), true_false()), "c"))
    assert not [text for text in hidden if text in shown]
    assert "804" not in shown


def test_neighbours_have_other_orders():
    asked = single(wrong=tuple(f"Choix {number}" for number in range(6)))
    orders = {tuple(option.value for option in for_pupils(quiz(asked), f"c{n}")[0].options) for n in range(6)}
    assert len(orders) > 1


def test_texts_to_put_in_order_are_never_in_the_right_one():
    for number in range(20):
        (shown,) = for_pupils(quiz(ordering()), f"c{number}")
        assert tuple(option.value for option in shown.options) != ordering().items


# ---------------------------------------------------------------- the class


def test_statistics_of_a_class():
    made = quiz(single("a"), single("b"), numeric("n"))
    good = {"a": "Un litige", "b": "Un litige", "n": "804,00"}
    bad = {"a": "Une commande", "b": "Un contrat", "n": "670"}
    first, second, number = class_statistics(made, [good, good, good, bad, bad, {"b": "Un litige"}])
    assert (first.copies, first.answered, first.facility) == (6, 5, 0.5)
    assert first.discrimination > 0.5
    assert second.facility == pytest.approx(4 / 6)
    assert [(found.text, found.count, found.right) for found in first.chosen] == [
        ("Un litige", 3, True),
        ("Une commande", 2, False),
        ("Un contrat", 0, False),
    ]
    assert (number.chosen[0].count, number.chosen[0].right, number.chosen[1].text) == (3, True, "670")


def test_few_copies_give_no_discrimination():
    (found,) = class_statistics(quiz(single()), [{"q": "Un litige"}])
    assert (found.facility, found.discrimination) == (1.0, None)
    (nobody,) = class_statistics(quiz(single()), [])
    assert nobody.facility is None
