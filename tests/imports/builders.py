"""Exports of chats and documents, as small as they can be."""

import io
import json
import zipfile
from pathlib import Path

from promptlab.files.cases import load_case, shipped_cases

PROMPTS = load_case("reclamation").prompts
ANSWERS = tuple(
    (shipped_cases() / "reclamation" / "answers" / "run-b" / f"prompt{n}.md").read_text("utf-8") for n in (1, 2, 3)
)
SPRING = 1_774_000_000.0  # 20 March 2026, in seconds since 1970
STEPS = "1. **Recevoir** : noter la demande.\n2. **Répondre** : écrire au client.\n"


def message(role, text, *, when=SPRING, **fields):
    """One message as ChatGPT exports it; `fields` take the place of the usual ones."""
    metadata = fields.pop("metadata", {"model_slug": "gpt-5-mini"} if role == "assistant" else {})
    content = fields.pop("content", {"content_type": "text", "parts": [text]})
    return {
        "author": {"role": role, "name": fields.pop("name", None), "metadata": {}},
        "create_time": when,
        "content": content,
        "status": "finished_successfully",
        "recipient": "all",
        "metadata": metadata,
        **fields,
    }


class Talk:
    """A ChatGPT conversation while it is written: messages go below the last one, or below `at`."""

    def __init__(self, title="Retours", identity="conv-1"):
        self.values = {
            "title": title,
            "conversation_id": identity,
            "create_time": SPRING,
            "default_model_slug": "auto",
            "mapping": {"root": {"id": "root", "message": None, "parent": None, "children": []}},
            "current_node": "root",
        }

    def add(self, role, text="", *, at=None, **fields):
        """Add a message and give the name of its node."""
        mapping = self.values["mapping"]
        name, parent = f"n{len(mapping)}", at or self.values["current_node"]
        mapping[name] = {"id": name, "message": message(role, text, **fields), "parent": parent, "children": []}
        mapping[parent]["children"].append(name)
        self.values["current_node"] = name
        return name

    def ask(self, prompt, answer=STEPS, **fields):
        """Add a prompt and its answer."""
        self.add("user", prompt)
        return self.add("assistant", answer, **fields)


def chain(title="Retours", identity="conv-1", answers=ANSWERS):
    """A conversation that holds just the chain of the shipped case."""
    talk = Talk(title, identity)
    for prompt, answer in zip(PROMPTS, answers, strict=True):
        talk.ask(prompt, answer)
    return talk


def written(path: Path, *talks) -> Path:
    """The export of these conversations, in the file `path`: .json, or a ZIP that holds it."""
    content = json.dumps([talk.values for talk in talks], ensure_ascii=False).encode()
    if path.suffix == ".zip":
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("user.json", "{}")
            archive.writestr("export/conversations.json", content)
    else:
        path.write_bytes(content)
    return path


def claude(*turns, title="Réclamation", **fields):
    """A conversation as Claude exports it, of (prompt, answer) pairs."""
    messages = []
    for number, (prompt, answer) in enumerate(turns):
        for sender, text in (("human", prompt), ("assistant", answer)):
            messages.append(
                {
                    "uuid": f"m{len(messages)}",
                    "sender": sender,
                    "text": text,
                    "content": [{"type": "text", "text": text}],
                    "created_at": f"2026-03-2{number}T08:00:00Z",
                    "attachments": [],
                    "files": [],
                }
            )
    return {"uuid": "c-1", "name": title, "created_at": "2026-03-20T08:00:00Z", "chat_messages": messages, **fields}


def docx_of(*paragraphs, extra=None):
    """A .docx file of plain paragraphs; `extra` is XML put before the last one."""
    import docx
    from lxml import etree

    document, target = docx.Document(), io.BytesIO()
    for text in paragraphs:
        made = document.add_paragraph(text)
    if extra:
        made._p.addprevious(etree.fromstring(extra))
    document.save(target)
    return target.getvalue()
