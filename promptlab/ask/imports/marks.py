"""The marks that a chat puts into its texts for its own screen: sources, names, pictures."""

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from promptlab.messages import _, ngettext
from promptlab.model.problem import Problem

# U+E200 … U+E201 hold a mark, U+E202 parts it; they are private characters, which no font shows.
_PRIVATE = re.compile("\ue200([^\ue200\ue201]*)\ue201")
_STRAY = re.compile("[\ue200-\ue2ff]")
# A dagger or nothing but numbers: other texts between such brackets are words of the answer.
_BRACKETS = re.compile(r"【(?:[^【】\n]{0,200}†[^【】\n]{0,200}|\d+(?::\d+)?)】")
_MOST_QUOTED = 3


def without_marks(text: str, references: Sequence[Any] = (), where: str = "") -> tuple[str, tuple[Problem, ...]]:
    """`text` as the chat showed it, and what was taken out.

    `references` are the chat's own notes on its marks, each with `matched_text` and `alt`. A mark that stood for words
    (a name) is replaced by them; one that stood for a source is taken out and told, with its text.
    """
    shown = {
        str(entry.get("matched_text")): str(entry.get("alt") or "")
        for entry in references
        if isinstance(entry, Mapping) and entry.get("matched_text")
    }
    taken: list[str] = []

    def replaced(found: re.Match[str]) -> str:
        words = _words_of(found[1]) or _plain(shown.get(found[0], ""))
        if not words:
            taken.append(found[0])
        return words

    plain = _PRIVATE.sub(replaced, text)
    taken += [*_BRACKETS.findall(plain), *_STRAY.findall(plain)]
    plain = _STRAY.sub("", _BRACKETS.sub("", plain))
    return (plain, (_told(taken, where),)) if taken else (text if plain == text else plain, ())


def _words_of(mark: str) -> str:
    """The words on the screen of a mark for a name: `entity` and a list whose second entry is the name; else ""."""
    kind, _sign, rest = mark.partition("\ue202")
    if kind != "entity":
        return ""
    try:
        values = json.loads(rest)
    except ValueError:
        return ""
    return values[1] if isinstance(values, list) and len(values) > 1 and isinstance(values[1], str) else ""


def _plain(alt: str) -> str:
    """The words for a mark as the chat's notes give them; links to sources are no words of the answer."""
    return "" if "](" in alt or alt.lstrip().startswith(("http:", "https:")) else alt


def _told(taken: Sequence[str], where: str) -> Problem:
    quoted = ", ".join(_STRAY.sub(" ", mark).strip() or "?" for mark in taken[:_MOST_QUOTED])
    message = ngettext(
        "{count} mark of a source was taken out ({quoted}): look up in the chat what it pointed to.",
        "{count} marks of sources were taken out ({quoted}…): look up in the chat what they pointed to.",
        len(taken),
        quoted=quoted,
    )
    return Problem(message, where or _("answer"))
