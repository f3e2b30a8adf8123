"""Pointing at the name that somebody probably meant."""

from collections.abc import Iterable
from difflib import get_close_matches

from promptlab.messages import _


def nearest_hint(asked: str, known: Iterable[str]) -> str:
    """A sentence with the name of `known` that is nearest to `asked`, a space before it; "" where none is near."""
    near = get_close_matches(asked, list(known), 1)
    return " " + _("Did you mean “{name}”?", name=near[0]) if near else ""
