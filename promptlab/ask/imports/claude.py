"""One conversation of a Claude export: `chat_messages`, in their order or along the newest branch."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from promptlab.ask.imports.turn import Turn
from promptlab.messages import _
from promptlab.model.problem import Problem

TOOL = "Claude"
_NO_PARENT = "00000000-0000-4000-8000-000000000000"


def is_claude(conversation: Mapping[str, Any]) -> bool:
    """Whether it has the form that Claude exports."""
    return isinstance(conversation.get("chat_messages"), list)


def count_prompts(conversation: Mapping[str, Any]) -> int:
    """How many prompts of the person it holds."""
    return sum(message.get("sender") == "human" for message in _branch(conversation))


def turns_of(conversation: Mapping[str, Any]) -> tuple[tuple[Turn, ...], tuple[Problem, ...]]:
    """Its turns, and what concerns the whole of it. The export does not name the model."""
    turns: list[Turn] = []
    asked: Mapping[str, Any] | None = None
    answers: list[Mapping[str, Any]] = []
    for message in [*_branch(conversation), None]:
        if message is None or message.get("sender") == "human":
            if asked is not None:
                turns.append(_turn(len(turns) + 1, asked, answers))
            asked, answers = message, []
        else:
            answers.append(message)
    left = len(conversation["chat_messages"]) - len(_branch(conversation))
    said = _("{count} messages of other branches (edited prompts, answers generated anew) were not taken.", count=left)
    return tuple(turns), (Problem(said, _("conversation")),) if left else ()


def _turn(number: int, asked: Mapping[str, Any], answers: Sequence[Mapping[str, Any]]) -> Turn:
    problems: list[Problem] = []
    for kind in ("attachments", "files"):
        for file in asked.get(kind) or ():
            name = file.get("file_name") if isinstance(file, Mapping) else ""
            said = _("the file “{name}” went with the prompt: it is not taken over.", name=name or "?")
            problems.append(Problem(said, _("turn {number}", number=number)))
    left: Counter[str] = Counter()
    text = "\n\n".join(found for answer in answers if (found := _words(answer, left)).strip())
    for what, count in left.items():
        said = _("not taken, as it is no part of the answer: {what} ({count}).", what=what, count=count)
        problems.append(Problem(said, _("turn {number}", number=number)))
    date = str(answers[-1].get("created_at") or "") if answers else ""
    prompt = _words(asked, Counter())
    return Turn(number, prompt, text, "", date, "complete" if text else "empty", tuple(problems))


def _words(message: Mapping[str, Any], left: Counter[str]) -> str:
    """The text blocks of a message; blocks of other kinds are counted in `left`. Older exports have only `text`."""
    blocks = message.get("content")
    if not isinstance(blocks, list) or not blocks:
        return str(message.get("text") or "")
    texts = []
    for block in blocks:
        kind = block.get("type") if isinstance(block, Mapping) else type(block).__name__
        if kind == "text":
            texts.append(str(block.get("text") or ""))
        else:
            left[_("content of the kind {kind}", kind=kind)] += 1
    return "\n\n".join(text for text in texts if text)


def _branch(conversation: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The messages from the first to the current one, where they name their parents; else all, in order."""
    messages = [message for message in conversation["chat_messages"] if isinstance(message, Mapping)]
    by_id = {message.get("uuid"): message for message in messages}
    if not messages or not all(message.get("parent_message_uuid") for message in messages):
        return messages
    current = by_id.get(conversation.get("current_leaf_message_uuid"), messages[-1])
    path: list[Mapping[str, Any]] = []
    while current is not None and current not in path:
        path.append(current)
        parent = current.get("parent_message_uuid")
        if parent != _NO_PARENT and parent not in by_id:
            return messages  # a link is missing: rather all messages than half a conversation
        current = by_id.get(parent)  # type: ignore[assignment]
    return path[::-1]
