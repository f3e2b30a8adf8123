"""One conversation of a ChatGPT export: the branch that was on the screen, without what was never shown."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from promptlab.ask.imports.marks import without_marks
from promptlab.ask.imports.turn import Turn
from promptlab.messages import _, ngettext
from promptlab.model.answer import Status
from promptlab.model.problem import Problem

TOOL = "ChatGPT"
_TEXTS = ("text", "multimodal_text")
_REASONING = ("thoughts", "reasoning_recap")
_CONTEXTS = ("user_editable_context", "model_editable_context")
_CUT = ("max_tokens", "interrupted")
_UNFINISHED = ("in_progress", "finished_partial_completion")


def is_chatgpt(conversation: Mapping[str, Any]) -> bool:
    """Whether it has the form that ChatGPT exports: messages in a `mapping`."""
    return isinstance(conversation.get("mapping"), Mapping)


def branch(conversation: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The nodes from the first to `current_node`, as the parents link them; the newest leaf where none is current."""
    mapping = conversation["mapping"]
    name = conversation.get("current_node")
    if name not in mapping:
        name = _newest_leaf(mapping)
    path: list[Mapping[str, Any]] = []
    seen: set[str] = set()
    while isinstance(name, str) and name not in seen and isinstance(mapping.get(name), Mapping):
        seen.add(name)
        path.append(mapping[name])
        name = mapping[name].get("parent")
    return path[::-1]


def count_prompts(conversation: Mapping[str, Any]) -> int:
    """How many prompts of the person stand on its branch."""
    return sum(_role(message) == "user" and _is_shown(message) for message in _messages(branch(conversation)))


def model_of(conversation: Mapping[str, Any]) -> str:
    """The model of its last answer, else its default; "" where neither is told."""
    for message in reversed(list(_messages(branch(conversation)))):
        slug = _metadata(message).get("model_slug")
        if _role(message) == "assistant" and isinstance(slug, str) and slug:
            return slug
    slug = conversation.get("default_model_slug")
    return slug if isinstance(slug, str) else ""


def day_of(seconds: Any) -> str:
    """A time in seconds since 1970 as an ISO 8601 date-time in UTC; "" for what is none."""
    if not isinstance(seconds, int | float) or isinstance(seconds, bool):
        return ""
    try:
        return datetime.fromtimestamp(float(seconds), UTC).isoformat(timespec="seconds")
    except (OverflowError, ValueError, OSError):
        return ""


def turns_of(conversation: Mapping[str, Any]) -> tuple[tuple[Turn, ...], tuple[Problem, ...]]:
    """The turns of its branch, and what concerns the whole conversation.

    Told with each turn: pictures, marks of sources, tools, reasoning left out, other versions, an answer that was cut.
    """
    problems = []
    if conversation.get("current_node") not in conversation["mapping"]:
        said = _("the export does not say which branch was on the screen: the newest one was taken.")
        problems.append(Problem(said, _("conversation")))
    drafts: list[_Draft] = []
    for node in branch(conversation):
        message = node.get("message")
        if not isinstance(message, Mapping):
            continue
        if _content(message).get("content_type") == "user_editable_context":
            said = _("personal instructions of the account were active: the answers may depend on them.")
            problems.append(Problem(said, _("conversation")))
        elif _is_shown(message) and _role(message) == "user":
            drafts.append(_Draft(len(drafts) + 1))
            drafts[-1].asked(message)
            drafts[-1].versions += _versions(node, conversation["mapping"])
        elif drafts:
            drafts[-1].take(message)
            if _is_shown(message) and _role(message) == "assistant":
                drafts[-1].versions += _versions(node, conversation["mapping"])
    fallback = model_of(conversation)
    return tuple(draft.turn(fallback, conversation) for draft in drafts), tuple(dict.fromkeys(problems))


@dataclass(slots=True)
class _Draft:
    """A turn while its messages come."""

    number: int
    prompt: str = ""
    texts: list[str] = field(default_factory=list)
    model: str = ""
    date: str = ""
    status: Status = "complete"
    versions: int = 0
    left: Counter[str] = field(default_factory=Counter)
    problems: list[Problem] = field(default_factory=list)

    def asked(self, message: Mapping[str, Any]) -> None:
        """Take the prompt of the person."""
        self.prompt = self._words(message, _("prompt {number}", number=self.number))
        for file in _metadata(message).get("attachments") or ():
            name = file.get("name") if isinstance(file, Mapping) else ""
            self._tell(_("the file “{name}” went with the prompt: it is not in the export.", name=name or "?"))

    def take(self, message: Mapping[str, Any]) -> None:
        """Take what was shown of a message after the prompt, and count what was not."""
        kind, recipient = _content(message).get("content_type"), message.get("recipient") or "all"
        if kind in _REASONING:
            self.left[_("reasoning")] += 1
        elif recipient != "all":
            self.left[_("call of the tool {name}", name=recipient)] += 1
        elif _role(message) == "tool":
            self.left[_("result of the tool {name}", name=(message.get("author") or {}).get("name") or "?")] += 1
        elif _role(message) == "assistant" and _is_shown(message):
            text = self._words(message, _("answer {number}", number=self.number))
            self.texts += [text] if text.strip() else []
            self.model = str(_metadata(message).get("model_slug") or self.model)
            self.date = day_of(message.get("create_time")) or self.date
            self._finish(message)
        elif _role(message) == "assistant" and not _hidden(message) and kind not in _CONTEXTS:
            self.left[_("content of the kind {kind}", kind=kind)] += 1

    def turn(self, model: str, conversation: Mapping[str, Any]) -> Turn:
        """The turn, with what must be told of it."""
        if self.versions:
            said = ngettext(
                "{count} other version (edited prompt, answer generated anew) was not on the screen: not taken.",
                "{count} other versions (edited prompt, answers generated anew) were not on the screen: not taken.",
                self.versions,
            )
            self._tell(said)
        for what, count in self.left.items():
            self._tell(_("not taken, as it is no part of the answer: {what} ({count}).", what=what, count=count))
        text = "\n\n".join(self.texts)
        status: Status = self.status if text else "empty"
        date = self.date or day_of(conversation.get("update_time")) or day_of(conversation.get("create_time"))
        return Turn(self.number, self.prompt, text, self.model or model, date, status, tuple(self.problems))

    def _finish(self, message: Mapping[str, Any]) -> None:
        details = _metadata(message).get("finish_details")
        kind = details.get("type") if isinstance(details, Mapping) else ""
        cut = kind in _CUT or message.get("status") in _UNFINISHED
        self.status = "truncated" if cut else "complete"

    def _words(self, message: Mapping[str, Any], where: str) -> str:
        parts, others = [], Counter[str]()
        for part in _content(message).get("parts") or ():
            if isinstance(part, str):
                parts.append(part)
            elif isinstance(part, Mapping) and isinstance(part.get("text"), str):
                parts.append(part["text"])  # what was said aloud, written down by the chat
            else:
                others[_kind(part)] += 1
        for kind, count in others.items():
            said = _("{kind} ({count}) is not in the text: look at it in the chat.", kind=kind, count=count)
            self.problems.append(Problem(said, where))
        references = _metadata(message).get("content_references")
        text = "\n\n".join(part for part in parts if part)
        plain, told = without_marks(text, references if isinstance(references, list) else (), where)
        self.problems += told
        return plain

    def _tell(self, message: str) -> None:
        self.problems.append(Problem(message, _("turn {number}", number=self.number)))


def _kind(part: Any) -> str:
    kind = str(part.get("content_type") if isinstance(part, Mapping) else type(part).__name__)
    return _("a picture") if kind.startswith("image") else _("content of the kind {kind}", kind=kind)


def _newest_leaf(mapping: Mapping[str, Any]) -> str:
    leaves = [name for name, node in mapping.items() if isinstance(node, Mapping) and not node.get("children")]
    return max(leaves, key=lambda name: (_time(mapping[name]), name), default="")


def _time(node: Mapping[str, Any]) -> float:
    message = node.get("message")
    seconds = message.get("create_time") if isinstance(message, Mapping) else None
    return float(seconds) if isinstance(seconds, int | float) else 0.0


def _versions(node: Mapping[str, Any], mapping: Mapping[str, Any]) -> int:
    """How many other messages of the same role stand beside that of `node`: edited prompts, other answers."""
    parent = mapping.get(node.get("parent") or "")
    names = parent.get("children") if isinstance(parent, Mapping) else None
    role = _role(node["message"])
    others = (mapping.get(name) for name in names or () if name != node.get("id"))
    messages = (other.get("message") for other in others if isinstance(other, Mapping) and other is not node)
    return sum(isinstance(message, Mapping) and _role(message) == role for message in messages)


def _messages(nodes: list[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    return (node["message"] for node in nodes if isinstance(node.get("message"), Mapping))


def _role(message: Mapping[str, Any]) -> str:
    author = message.get("author")
    return str(author.get("role")) if isinstance(author, Mapping) else ""


def _metadata(message: Mapping[str, Any]) -> Mapping[str, Any]:
    found = message.get("metadata")
    return found if isinstance(found, Mapping) else {}


def _content(message: Mapping[str, Any]) -> Mapping[str, Any]:
    found = message.get("content")
    return found if isinstance(found, Mapping) else {}


def _hidden(message: Mapping[str, Any]) -> bool:
    return bool(_metadata(message).get("is_visually_hidden_from_conversation"))


def _is_shown(message: Mapping[str, Any]) -> bool:
    """Whether the person saw it as a message of the conversation."""
    addressed = (message.get("recipient") or "all") == "all"
    return addressed and not _hidden(message) and _content(message).get("content_type", "text") in _TEXTS
