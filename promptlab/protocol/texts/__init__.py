"""The French texts of documents for teachers, as Markdown with names in braces to be filled in."""

import re
from pathlib import Path

_FOLDER = Path(__file__).parent
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~])")


def filled(name: str, **values: str) -> str:
    """The Markdown text of that name with `values` in place of its {names}; no sign of a value is taken for Markdown.

    KeyError where the text asks for a value that is not given.
    """
    text = (_FOLDER / f"{name}.md").read_text(encoding="utf-8")
    return text.format_map({key: _escaped(value) for key, value in values.items()})


def _escaped(value: str) -> str:
    return _SPECIAL.sub(r"\\\1", " ".join(value.split()))
