"""Texts of answers as HTML that holds nothing but text: every sign of theirs is escaped."""

import re
from html import escape

from promptlab.align.lines import shown
from promptlab.files.cells import legal

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")


def text(words: str) -> str:
    """`words` escaped for an element or a quoted attribute; nothing in them is taken for HTML."""
    return escape(legal(words))


def prose(words: str) -> str:
    """`words` of an answer: `<br>` and line feeds break the line, `&nbsp;` and `&amp;` are signs, all else is text."""
    return text(shown(words)).replace("\n", "<br>")


def partly_bold(words: str, spans: tuple[tuple[int, int], ...]) -> str:
    """`prose` of `words`, bold between the (start, end) of `spans`; a span outside the text is cut to it."""
    pieces, done = [], 0
    for start, end in sorted(spans):
        first, last = max(start, done), min(end, len(words))
        if first < last:
            pieces += [prose(words[done:first]), f"<strong>{prose(words[first:last])}</strong>"]
            done = last
    return "".join(pieces) + prose(words[done:])


def lang(language: str) -> str:
    """A `lang` attribute with a space before it; nothing where `language` is no language tag."""
    return f' lang="{language}"' if _LANGUAGE.fullmatch(language) else ""


def hidden(words: str) -> str:
    """Words for the ear only."""
    return f'<span class="ear">{text(words)}</span>'


def unordered(entries: list[str], style: str = "") -> str:
    """A list of ready HTML entries; nothing where there are none."""
    if not entries:
        return ""
    name = f' class="{style}"' if style else ""
    return f"<ul{name}>{''.join(f'<li>{entry}</li>' for entry in entries)}</ul>"
