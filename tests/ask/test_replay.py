"""A recorded run played back: exact up to typography, and a clear word where it is not."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from promptlab.ask.chain import run_chain
from promptlab.ask.replay import ReplaySource
from promptlab.ask.wording import differing_words, nearest, normalised
from promptlab.errors import NotRecorded
from promptlab.model.answer import Answer, Provenance, Run

SOURCE = Provenance("m", "p", "2026-11-21")
CHAIN = ("Quelles sont les étapes d’un prêt ?", "Dans le cadre d'un prêt écrit", "pour un livre perdu")
RUN = Run("a", tuple(Answer(n, prompt, f"Réponse {n}", SOURCE) for n, prompt in enumerate(CHAIN, 1)))


def refusal(*prompts, run=RUN):
    with pytest.raises(NotRecorded) as caught:
        run_chain(ReplaySource(run), prompts)
    return str(caught.value)


def test_recorded_prompts_give_the_recorded_answers():
    assert run_chain(ReplaySource(RUN), CHAIN).answers == RUN.answers


@pytest.mark.parametrize(
    "typed",
    [
        "quelles sont les étapes d'un prêt?",
        "Quelles sont les e\u0301tapes d'un prêt\u202f?",
        "  QUELLES  SONT les étapes d‘un\u00a0prêt ",
        "Quelles sont les étapes d'un prêt ?!…",
        "Quelles\nsont les étapes d’un prêt.",
    ],
)
def test_typography_makes_no_difference(typed):
    assert run_chain(ReplaySource(RUN), [typed]).answers[0].text == "Réponse 1"


@pytest.mark.parametrize("typed", ["Quelles sont les etapes d’un prêt ?", "Quelles sont les étapes, d’un prêt ?", ""])
def test_words_accents_and_inner_punctuation_do(typed):
    assert normalised(typed) != normalised(CHAIN[0])


def test_unrecorded_prompt_names_the_nearest_and_the_words_that_differ():
    said = refusal(CHAIN[0], "Dans le cadre d'un prêt oral urgent")
    assert "Prompt 2" in said
    assert CHAIN[1] in said
    assert "“oral urgent”" in said
    assert "“écrit”" in said
    assert "--live" in said


def test_recorded_prompt_at_another_place_is_another_question():
    assert "prompt 2" in refusal(CHAIN[1])


def test_other_prompt_earlier_in_the_chain_is_a_miss_too():
    assert "Prompt 1" in refusal("pour un livre rendu", CHAIN[1])


def test_run_that_was_cut_misses_its_last_prompt():
    assert "Prompt 3" in refusal(*CHAIN, run=Run("a", RUN.answers[:2]))


def test_empty_run_says_so():
    assert "no answer" in refusal(CHAIN[0], run=Run("a"))


def test_missing_and_surplus_words_are_told_apart():
    said = differing_words("Dans le cadre précis d'un écrit", CHAIN[1])
    assert "“précis” is too much" in said
    assert "“prêt” is missing" in said


@settings(deadline=None)
@given(st.text(max_size=80))
def test_normalising_twice_changes_nothing_more(text):
    assert normalised(normalised(text)) == normalised(text)


@settings(deadline=None)
@given(st.lists(st.text(max_size=20), min_size=1, max_size=5), st.integers(0, 4))
def test_nearest_to_a_recorded_prompt_is_itself(recorded, pick):
    prompt = recorded[pick % len(recorded)]
    assert normalised(nearest(prompt, recorded)) == normalised(prompt)


@settings(deadline=None)
@given(st.text("ab '", max_size=30), st.text("ab '", max_size=30))
def test_words_differ_exactly_where_prompts_do(typed, recorded):
    assert bool(differing_words(typed, recorded)) == (normalised(typed).split() != normalised(recorded).split())
