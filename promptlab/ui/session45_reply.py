"""The reply to the customer as the copie keeps it: the work "letter"."""

from typing import Any

from promptlab.letter.parts import Medium
from promptlab.messages import _
from promptlab.model.copie import WORKS, Copie
from promptlab.review.texts import cleaned
from promptlab.review.writing import keep_work
from promptlab.ui.texts import values_of

WORK, VERSION = "letter", 1
AREA = WORKS + WORK
MEDIA: tuple[Medium, ...] = ("letter", "email")


def letter_of(copie: Copie) -> dict[str, Any]:
    """The letter as the copie keeps it: medium, why, draft, text; what is not there yet is empty."""
    found = values_of(copie, WORK)
    texts = {name: found[name] if isinstance(found.get(name), str) else "" for name in ("medium", "why", "text")}
    draft = found.get("draft")
    return {**found, **texts, "draft": draft if isinstance(draft, dict) else None}


def medium_of(copie: Copie) -> Medium | None:
    """The medium that was chosen, None where none is."""
    return next((known for known in MEDIA if known == letter_of(copie)["medium"]), None)


def draft_text(copie: Copie) -> str:
    """The text of the AI's draft, "" where there is none."""
    said = (letter_of(copie)["draft"] or {}).get("text")
    return said if isinstance(said, str) else ""


def write_letter(copie: Copie, name: str, value: str) -> Copie:
    """`copie` with `value` as the `medium`, `why` or `text` of the letter. BadInput where it is too long."""
    return keep_work(copie, WORK, VERSION, {**letter_of(copie), name: cleaned(value, where=_("reply to the customer"))})


def keep_draft(copie: Copie, draft: dict[str, Any]) -> Copie:
    """`copie` with the draft of an AI: its text, the model, the day, whether it is a recorded one."""
    return keep_work(copie, WORK, VERSION, {**letter_of(copie), "draft": draft})
