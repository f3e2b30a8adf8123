"""Which turns are the chain of the case."""

import pytest

from promptlab.ask.imports.chain import holds_chain, taken
from promptlab.ask.imports.turn import Turn
from promptlab.errors import BadInput
from promptlab.model.problem import Problem

PROMPTS = ("Quelles sont les étapes ?", "Dans le cadre d'une réclamation écrite", "pour un retour facturé à tort")


def talk(*prompts):
    return tuple(Turn(number, prompt, f"réponse {number}") for number, prompt in enumerate(prompts, 1))


def numbers(turns, wanted=()):
    return [turn.number for turn in taken(turns, PROMPTS, wanted=wanted)[0]]


def told(turns, wanted=()):
    return " ".join(map(str, taken(turns, PROMPTS, wanted=wanted)[1]))


def test_chain_alone_is_taken_without_a_word():
    assert numbers(talk(*PROMPTS)) == [1, 2, 3]
    assert told(talk(*PROMPTS)) == ""


def test_chain_inside_a_longer_conversation_is_found_and_said():
    turns = talk("Bonjour", *PROMPTS, "Merci")
    assert numbers(turns) == [2, 3, 4]
    assert "2, 3, 4 of 5" in told(turns)


def test_questions_between_the_prompts_are_told():
    turns = talk(PROMPTS[0], "Explique", *PROMPTS[1:])
    assert numbers(turns) == [1, 3, 4]
    assert "between" in told(turns)


def test_chain_asked_twice_is_taken_the_last_time():
    assert numbers(talk(*PROMPTS, *PROMPTS)) == [4, 5, 6]


def test_typing_of_the_prompt_does_not_matter_and_another_word_is_told():
    turns = talk(PROMPTS[0].upper(), PROMPTS[1].replace("'", "’") + ".", "pour un retour facturé par erreur à tort")
    assert numbers(turns) == [1, 2, 3]
    assert "par erreur" in told(turns)


def test_prompt_that_was_not_asked_is_named_and_the_turns_listed():
    with pytest.raises(BadInput, match=r"(?s)retour facturé.*1\. Quelles.*--turns"):
        taken(talk(*PROMPTS[:2]), PROMPTS)


def test_other_order_is_not_the_chain():
    assert not holds_chain(talk(*PROMPTS[::-1]), PROMPTS)
    with pytest.raises(BadInput, match="order"):
        taken(talk(*PROMPTS[::-1]), PROMPTS)


def test_turns_are_taken_by_number_whatever_was_asked():
    turns = talk("Un", "Deux", "Trois", "Quatre")
    assert numbers(turns, (2, 4)) == [2, 4]
    assert "2 answers to the 3 prompts" in told(turns, (2, 4))


@pytest.mark.parametrize("wanted", [(9,), (1, 1), (0,)])
def test_turn_that_is_not_there_lists_those_there_are(wanted):
    with pytest.raises(BadInput, match=r"1\. Quelles"):
        taken(talk(*PROMPTS), PROMPTS, wanted=wanted)


def test_answers_without_prompts_get_those_of_the_case():
    turns = (Turn(1, "", "a"), Turn(2, "", "b"))
    assert [turn.prompt for turn in taken(turns, PROMPTS)[0]] == list(PROMPTS[:2])


def test_more_answers_than_prompts_are_refused():
    with pytest.raises(BadInput, match="4 answers"):
        taken(tuple(Turn(number, "", "x") for number in range(1, 5)), PROMPTS)


def test_only_what_is_taken_is_told():
    doubt = Problem("étrange")
    turns = (Turn(1, "Bonjour", "x", problems=(doubt,)), *talk("", *PROMPTS)[1:])
    assert "étrange" not in told(turns)
