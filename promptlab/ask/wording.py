"""Comparing prompts as people type them: what counts as the same, and which words differ."""

import re
import unicodedata
from collections.abc import Sequence
from difflib import SequenceMatcher

from promptlab.messages import _

_SIGNS = str.maketrans(
    {
        **dict.fromkeys("’‘ʼ`´′", "'"),
        **dict.fromkeys("«»“”„‟", '"'),
        **dict.fromkeys("‐‑‒–—−", "-"),
        "\u00ad": None,
        "\u200b": None,
    }
)


def normalised(prompt: str) -> str:
    """`prompt` without what keyboards and word processors decide: two prompts are the same where this is.

    Apostrophes, quotation marks and dashes of all shapes, all spaces, upper and lower case, and the punctuation at
    the end make no difference. Words, accents and punctuation inside do.
    """
    text = unicodedata.normalize("NFKC", prompt).translate(_SIGNS).casefold()
    text = re.sub(r"\s+", " ", unicodedata.normalize("NFC", text)).strip()
    text = re.sub(r' (?=[,;:.!?)\]])|(?<=[(\[]) |(?<=") | (?=")', "", text)
    return re.sub(r"[\s.,;:!?…]+$", "", text)


def without_accents(prompt: str) -> str:
    """`prompt` normalised, and without accents: how one hurried at a keyboard types it."""
    letters = unicodedata.normalize("NFD", normalised(prompt).replace("œ", "oe").replace("æ", "ae"))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def nearest(prompt: str, recorded: Sequence[str]) -> str | None:
    """The entry of `recorded` that is most like `prompt`; the first of equals, None where `recorded` is empty."""
    matcher = SequenceMatcher(autojunk=False)
    matcher.set_seq2(normalised(prompt))

    def likeness(candidate: str) -> float:
        matcher.set_seq1(normalised(candidate))
        return matcher.ratio()

    return max(recorded, key=likeness, default=None)


def differing_words(typed: str, recorded: str) -> str:
    """In words for the screen: how `typed` differs from `recorded`; empty where no word does."""
    old, new = normalised(recorded).split(), normalised(typed).split()
    said = []
    for kind, i, j, k, end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        wanted, given = " ".join(old[i:j]), " ".join(new[k:end])
        if kind == "replace":
            said.append(_("“{given}” in place of “{wanted}”", given=given, wanted=wanted))
        elif kind == "delete":
            said.append(_("“{wanted}” is missing", wanted=wanted))
        elif kind == "insert":
            said.append(_("“{given}” is too much", given=given))
    return ", ".join(said)
