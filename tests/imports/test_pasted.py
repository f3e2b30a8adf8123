"""What a pupil or a teacher pastes: one answer, or more than was meant."""

import pytest

from promptlab.ask.imports.pasted import answer_from_paste
from promptlab.parse import parse_answer
from tests.imports.builders import ANSWERS, PROMPTS, STEPS


def steps_in(text):
    return len(parse_answer(text).steps)


def paste(content, number=1):
    return answer_from_paste(content, prompts=PROMPTS, number=number, count_steps=steps_in)


@pytest.mark.parametrize("answer", ANSWERS)
def test_answer_alone_is_kept_to_the_letter(answer):
    found = paste(answer)
    assert (found.text, found.problems) == (answer, ())


def test_html_of_the_clipboard_becomes_markdown():
    found = paste("<meta charset='utf-8'><ol><li><b>Recevoir</b> : noter</li><li><b>Répondre</b> : écrire</li></ol>")
    assert found.text == "1. **Recevoir** : noter\n2. **Répondre** : écrire"
    assert not found.problems


@pytest.mark.parametrize("content", ["", " \n\t", "<div><p></p></div>"])
def test_nothing_pasted_is_told(content):
    found = paste(content)
    assert found.text == ""
    assert len(found.problems) == 1


def test_text_without_steps_is_told():
    found = paste("Bonjour, que voulez-vous ?")
    assert found.text
    assert "steps" in str(found.problems)


def test_prompt_pasted_with_the_answer_is_taken_off():
    found = paste(f"{PROMPTS[1]}\n\n{STEPS}", 2)
    assert found.text == STEPS.rstrip("\n")
    assert found.turns[0].prompt == PROMPTS[1]


def test_prompt_in_place_of_the_answer_is_told():
    found = paste(PROMPTS[0] + "\n")
    assert found.text == ""
    assert found.problems


@pytest.mark.parametrize(
    ("person", "ai"),
    [
        ("You said:", "ChatGPT said:"),
        ("Vous avez dit :", "ChatGPT a dit :"),
        ("**User**", "**Assistant**"),
        ("## Vous", "## Claude"),
        ("##### You said:", "###### ChatGPT said:"),
    ],
)
def test_whole_conversation_gives_the_answer_to_this_prompt(person, ai):
    talk = "\n\n".join(f"{person}\n{p}\n\n{ai}\n{a}" for p, a in zip(PROMPTS, ANSWERS, strict=True))
    found = paste(talk, 2)
    assert found.text == ANSWERS[1].rstrip("\n")
    assert [turn.prompt for turn in found.turns] == list(PROMPTS)
    assert "3 answers" in str(found.problems)


@pytest.mark.parametrize("label", ["", "Prompt 3 : ", "**Vous :** ", "Question : "])
def test_lines_that_are_the_prompts_part_a_conversation_too(label):
    talk = "\n\n".join(f"**{label}{p}**\n\n{a}" for p, a in zip(PROMPTS, ANSWERS, strict=True))
    assert paste(talk, 3).text == ANSWERS[2].rstrip("\n")


def test_answer_that_repeats_the_prompt_after_a_long_text_is_not_parted():
    answer = f"{ANSWERS[0]}\n\n{PROMPTS[0]}\n\nVoilà."
    assert paste(answer).text == answer


def test_title_of_the_page_before_the_first_prompt_is_told():
    found = paste(f"Mon chat\n\nYou said:\nBonjour\n\nChatGPT said:\n{STEPS}")
    assert found.text == STEPS.rstrip("\n")
    assert "Mon chat" in str(found.problems)


def test_source_marks_are_taken_out_and_told():
    found = paste("1. **Lire** : le courriel【3†source】\n2. **Répondre**\n")
    assert "†" not in found.text
    assert "3†source" in str(found.problems)
