"""Conversations of a Claude export."""

import json

from promptlab.ask.imports.claude import turns_of
from promptlab.ask.imports.exports import list_conversations, read_conversation
from tests.imports.builders import STEPS, claude


def test_turns_have_prompt_answer_and_day_and_no_model():
    turns, problems = turns_of(claude(("Un ?", "A"), ("Deux ?", "B")))
    assert [(turn.prompt, turn.text, turn.model) for turn in turns] == [("Un ?", "A", ""), ("Deux ?", "B", "")]
    assert turns[1].date == "2026-03-21T08:00:00Z"
    assert not problems


def test_thinking_and_tools_are_left_out_and_told():
    values = claude(("Un ?", "A"))
    values["chat_messages"][1]["content"][:0] = [{"type": "thinking", "thinking": "hm"}, {"type": "tool_use"}]
    turn = turns_of(values)[0][0]
    assert turn.text == "A"
    assert all(kind in str(turn.problems) for kind in ("thinking", "tool_use"))


def test_older_export_has_the_text_only():
    values = claude(("Un ?", STEPS))
    for message in values["chat_messages"]:
        del message["content"]
    assert turns_of(values)[0][0].text == STEPS


def test_files_of_a_prompt_are_told():
    values = claude(("Un ?", "A"))
    values["chat_messages"][0]["attachments"] = [{"file_name": "bon.pdf"}]
    assert "bon.pdf" in str(turns_of(values)[0][0].problems)


def test_branch_follows_the_parents_where_they_are_named():
    values = claude(("Un ?", "A"), ("Ancien ?", "B"), ("Nouveau ?", "C"))
    parents = ["00000000-0000-4000-8000-000000000000", "m0", "m1", "m2", "m1", "m4"]
    for message, parent in zip(values["chat_messages"], parents, strict=True):
        message["parent_message_uuid"] = parent
    turns, problems = turns_of(values)
    assert [turn.prompt for turn in turns] == ["Un ?", "Nouveau ?"]
    assert "2" in str(problems[0])


def test_export_is_listed_and_read(tmp_path):
    path = tmp_path / "conversations.json"
    path.write_text(json.dumps([claude(("Un ?", "A"))]), "utf-8")
    heads = [(each.title, each.prompts, each.tool) for each in list_conversations(path)]
    assert heads == [("Réclamation", 1, "Claude")]
    assert read_conversation(path).tool == "Claude"
