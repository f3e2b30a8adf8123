"""Conversations of a ChatGPT export: the branch that was on the screen, and what is told of the rest."""

import contextlib
import io
import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from promptlab.ask.imports import entries as entries_module
from promptlab.ask.imports.chatgpt import turns_of
from promptlab.ask.imports.exports import list_conversations, read_conversation
from promptlab.errors import BadInput
from tests.imports.builders import ANSWERS, PROMPTS, STEPS, Talk, chain, message, written


def read(talk):
    return turns_of(talk.values)


def told(turns):
    return " ".join(str(problem) for turn in turns for problem in turn.problems)


def test_turns_have_prompt_answer_model_and_day():
    turns, problems = read(chain())
    assert [turn.prompt for turn in turns] == list(PROMPTS)
    assert [turn.text for turn in turns] == list(ANSWERS)
    assert {turn.model for turn in turns} == {"gpt-5-mini"}
    assert {turn.date for turn in turns} == {"2026-03-20T09:46:40+00:00"}
    assert not problems
    assert not told(turns)


def test_edited_prompt_is_left_to_the_branch_that_was_on_the_screen():
    talk = Talk()
    first = talk.ask("Bonjour", "Salut")
    talk.add("user", "Ancienne question", at=first)
    talk.add("assistant", "Ancienne réponse")
    talk.add("user", "Nouvelle question", at=first)
    talk.add("assistant", "Nouvelle réponse")
    turns, _problems = read(talk)
    assert [(turn.prompt, turn.text) for turn in turns] == [
        ("Bonjour", "Salut"),
        ("Nouvelle question", "Nouvelle réponse"),
    ]
    assert not turns[0].problems
    assert "1 other version" in told(turns[1:])


def test_answer_generated_anew_is_told():
    talk = Talk()
    asked = talk.add("user", "Question")
    talk.add("assistant", "Un")
    talk.add("assistant", "Deux", at=asked)
    turns, _problems = read(talk)
    assert turns[0].text == "Deux"
    assert "1 other version" in told(turns)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"content": {"content_type": "thoughts", "thoughts": [{"content": "Je réfléchis"}]}}, "reasoning"),
        ({"content": {"content_type": "reasoning_recap", "content": "6 s"}}, "reasoning"),
        ({"content": {"content_type": "code", "text": "print(1)"}, "recipient": "python"}, "python"),
        ({"content": {"content_type": "code", "text": "{}"}, "recipient": "canmore.create_textdoc"}, "canmore"),
        ({"content": {"content_type": "code", "text": "print(1)"}}, "code"),
    ],
)
def test_what_was_no_part_of_the_answer_is_left_out_and_told(fields, said):
    talk = Talk()
    talk.add("user", "Question")
    talk.add("assistant", **fields)
    talk.add("assistant", STEPS)
    turns, _problems = read(talk)
    assert turns[0].text == STEPS
    assert said in told(turns)


def test_tools_are_left_out_and_told():
    talk = Talk()
    talk.add("user", "Question")
    talk.add("tool", name="web", content={"content_type": "tether_quote", "text": "page"})
    talk.add("assistant", STEPS)
    turns, _problems = read(talk)
    assert turns[0].text == STEPS
    assert "web" in told(turns)


def test_hidden_and_system_messages_are_no_turns():
    talk = Talk()
    talk.add("system", "Tu es utile", metadata={"is_visually_hidden_from_conversation": True})
    talk.add("user", "secret", metadata={"is_visually_hidden_from_conversation": True})
    talk.ask("Question")
    turns, _problems = read(talk)
    assert [turn.prompt for turn in turns] == ["Question"]


def test_personal_instructions_are_told():
    talk = Talk()
    talk.add("user", content={"content_type": "user_editable_context", "user_profile": "professeur"})
    talk.ask("Question")
    turns, problems = read(talk)
    assert len(turns) == 1
    assert "instructions" in str(problems[0])


def test_several_messages_of_one_answer_are_joined():
    talk = Talk()
    talk.add("user", "Question")
    talk.add("assistant", "Un instant.")
    talk.add("assistant", STEPS)
    assert read(talk)[0][0].text == f"Un instant.\n\n{STEPS}"


def test_pictures_and_files_are_told():
    talk = Talk()
    picture = {"content_type": "image_asset_pointer", "asset_pointer": "file-service://1"}
    talk.add(
        "user",
        content={"content_type": "multimodal_text", "parts": [picture, "Que vois-tu ?"]},
        metadata={"attachments": [{"name": "facture.pdf"}]},
    )
    talk.add("assistant", content={"content_type": "multimodal_text", "parts": ["Une facture", picture, picture]})
    turns, _problems = read(talk)
    assert (turns[0].prompt, turns[0].text) == ("Que vois-tu ?", "Une facture")
    assert all(fact in told(turns) for fact in ("prompt 1 : a picture (1)", "answer 1 : a picture (2)", "facture.pdf"))


def test_spoken_words_are_taken():
    talk = Talk()
    spoken = {"content_type": "audio_transcription", "text": "Bonjour à tous"}
    talk.ask("Question", content={"content_type": "multimodal_text", "parts": [spoken]})
    assert read(talk)[0][0].text == "Bonjour à tous"


@pytest.mark.parametrize(
    "fields",
    [
        {"metadata": {"finish_details": {"type": "max_tokens"}}},
        {"metadata": {"finish_details": {"type": "interrupted"}}},
        {"status": "in_progress"},
    ],
)
def test_answer_that_was_cut_is_truncated(fields):
    talk = Talk()
    talk.ask("Question", "1. Rece", **fields)
    assert read(talk)[0][0].status == "truncated"


def test_prompt_without_answer_is_an_empty_answer():
    talk = Talk()
    talk.add("user", "Question")
    assert [(turn.text, turn.status) for turn in read(talk)[0]] == [("", "empty")]


def test_without_current_node_the_newest_branch_is_taken_and_told():
    talk = Talk()
    asked = talk.add("user", "Question")
    talk.add("assistant", "Ancien", when=1.0)
    talk.add("assistant", "Nouveau", at=asked, when=2.0)
    del talk.values["current_node"]
    turns, problems = read(talk)
    assert turns[0].text == "Nouveau"
    assert problems


def test_circle_of_parents_ends():
    talk = Talk()
    name = talk.ask("Question")
    talk.values["mapping"]["root"]["parent"] = name
    assert len(read(talk)[0]) == 1


def test_names_are_kept_and_source_marks_taken_out_and_told():
    talk = Talk()
    name, source = '\ue200entity\ue202["organization","DGCCRF","x"]\ue201', "\ue200cite\ue202turn0search1\ue201"
    talk.ask("Question", f"La {name} le dit{source}.")
    turns, _problems = read(talk)
    assert turns[0].text == "La DGCCRF le dit."
    assert "turn0search1" in told(turns)


def test_numbers_between_brackets_are_marks_and_words_are_not():
    talk = Talk()
    talk.ask("Question", "【Étape 1】 Lire【12†source】")
    turns, _problems = read(talk)
    assert turns[0].text == "【Étape 1】 Lire"
    assert "12†source" in told(turns)


def test_alt_of_a_mark_is_what_the_screen_showed():
    talk = Talk()
    mark = "\ue200i18n\ue202x\ue201"
    references = [{"matched_text": mark, "alt": "Bordeaux"}]
    talk.ask("Question", f"À {mark}.", metadata={"content_references": references})
    assert read(talk)[0][0].text == "À Bordeaux."


# ---------------------------------------------------------------- the file


@pytest.mark.parametrize("name", ["conversations.json", "export.zip"])
def test_list_has_title_day_prompts_and_model(tmp_path, name):
    path = written(tmp_path / name, Talk("Vide", "a"), chain())
    assert [(each.number, each.title, each.prompts, each.model) for each in list_conversations(path)] == [
        (1, "Vide", 0, "auto"),
        (2, "Retours", 3, "gpt-5-mini"),
    ]


def test_byte_order_mark_does_no_harm(tmp_path):
    path = written(tmp_path / "conversations.json", chain())
    path.write_bytes(b"\xef\xbb\xbf \n" + path.read_bytes())
    assert len(list_conversations(path)) == 1


def test_one_conversation_on_its_own_is_read(tmp_path):
    path = written(tmp_path / "conversations.json", chain())
    path.write_bytes(path.read_bytes()[1:-1])
    assert len(list_conversations(path)) == 1


@pytest.mark.parametrize("wanted", ["Retours", "retours", "2", "conv-1"])
def test_conversation_is_chosen_by_title_number_or_id(tmp_path, wanted):
    path = written(tmp_path / "conversations.json", Talk("Vide", "a"), chain())
    assert len(read_conversation(path, wanted).turns) == 3


def test_only_conversation_with_the_chain_is_found(tmp_path):
    other = Talk("Autre", "b")
    other.ask("Bonjour")
    path = written(tmp_path / "conversations.json", other, chain())
    assert read_conversation(path, prompts=PROMPTS).turns[2].prompt == PROMPTS[2]


def test_misspelt_title_names_the_nearest(tmp_path):
    path = written(tmp_path / "conversations.json", Talk("Cuisine", "a"), chain("Réclamation retours"))
    with pytest.raises(BadInput, match=r"2\. Réclamation retours"):
        read_conversation(path, "Réclamations retour")


def test_two_conversations_of_one_title_are_told_with_their_numbers(tmp_path):
    path = written(tmp_path / "conversations.json", chain(identity="a"), chain(identity="b"))
    with pytest.raises(BadInput, match=r"(?s)1\. Retours.*2\. Retours"):
        read_conversation(path, "Retours")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "no JSON"),
        (b"bonjour", "bonjour"),
        (b"[]", "no conversation"),
        (b'[{"titre": 1}]', "entry 1"),
        (b"[1, 2]", "entry 1"),
        (b'[{"mapping": {"a": 3}, "title": [1]}', "stops too early"),
        (b"PK\x03\x04broken", "damaged"),
        (b'[{"mapping": {}, "title": "\xff\xfe"}]', "damaged"),
    ],
)
def test_what_is_no_export_is_refused_in_words(tmp_path, content, said):
    path = tmp_path / "conversations.json"
    path.write_bytes(content)
    with pytest.raises(BadInput, match=said):
        read_conversation(path)


def test_export_that_stops_says_how_far_it_could_be_read(tmp_path):
    path = written(tmp_path / "conversations.json", chain(identity="a"), chain(identity="b"))
    path.write_bytes(path.read_bytes()[:-50])
    with pytest.raises(BadInput, match="1 conversations could be read"):
        list_conversations(path)


def test_nesting_without_end_is_refused(tmp_path):
    path = tmp_path / "conversations.json"
    path.write_text('[{"mapping":' + "[" * 100_000 + "]" * 100_000 + "}]")
    with pytest.raises(BadInput, match="damaged"):
        list_conversations(path)


def test_half_a_character_is_told(tmp_path):
    talk = Talk("Retours \\ud83d")
    talk.ask("Question", "Un \\ud83d mot")
    path = written(tmp_path / "conversations.json", talk)
    path.write_bytes(path.read_bytes().replace(b"\\\\ud83d", b"\\ud83d"))
    turn = read_conversation(path).turns[0]
    assert turn.text == "Un \ufffd mot"
    assert "half a character" in str(turn.problems)


@pytest.mark.parametrize("chunk", [1, 2, 7, 64, 1000])
def test_entries_are_the_same_whatever_is_read_at_once(monkeypatch, chunk):
    talks = [Talk("Été 🙂 [a", "a").values, chain().values, {"n": -1.5e3, "t": True, "e": "🙂\n"}]
    content = json.dumps(talks).encode() + b"\n"
    monkeypatch.setattr(entries_module, "_CHUNK", chunk)
    assert list(entries_module.entries(io.BytesIO(content))) == json.loads(content)
    assert list(entries_module.entries(io.BytesIO(json.dumps(talks, ensure_ascii=False).encode()))) == talks


def test_zip_without_conversations_is_refused(tmp_path):
    import zipfile

    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("chat.html", "x")
    with pytest.raises(BadInput, match=r"conversations\.json"):
        list_conversations(tmp_path / "a.zip")


def test_missing_file_is_named(tmp_path):
    with pytest.raises(BadInput, match=r"rien\.json"):
        list_conversations(tmp_path / "rien.json")


def test_messages_of_odd_form_do_not_end_the_reading():
    talk = Talk()
    talk.ask("Question")
    for number, odd in enumerate(({}, {"author": None}, message("assistant", "x", content=None), {"content": 3})):
        talk.values["mapping"][f"odd{number}"] = {"message": odd, "parent": talk.values["current_node"], "children": []}
        talk.values["current_node"] = f"odd{number}"
    assert read(talk)[0][0].text.startswith(STEPS)


def test_zip_with_a_password_is_refused_in_words(tmp_path):
    path = written(tmp_path / "e.zip", chain())
    content = bytearray(path.read_bytes())
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = content.find(signature)
        while place >= 0:
            content[place + offset] |= 1
            place = content.find(signature, place + 4)
    path.write_bytes(content)
    with pytest.raises(BadInput, match="password"):
        list_conversations(path)


odd = st.deferred(lambda: st.none() | st.integers(-2, 2) | st.just("x") | st.lists(odd, max_size=1) | some_table)
some_table = st.dictionaries(st.just("a"), odd, max_size=1)


def places(values):
    """Every place inside `values` as (container, key)."""
    for key in list(values) if isinstance(values, dict) else range(len(values)):
        yield values, key
        if isinstance(values[key], dict | list):
            yield from places(values[key])


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_whatever_stands_in_an_export_is_read_or_refused_in_words(tmp_path, data):
    talk = Talk()
    talk.ask("Question", metadata={"content_references": [{"matched_text": "a", "alt": "b"}], "attachments": [{}]})
    for _change in range(data.draw(st.integers(1, 3))):
        container, key = data.draw(st.sampled_from(list(places(talk.values))))
        container[key] = data.draw(odd)
    path = written(tmp_path / "conversations.json", talk)
    with contextlib.suppress(BadInput):
        assert isinstance(read_conversation(path).turns, tuple)
