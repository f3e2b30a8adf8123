"""Pseudonyms: what a pupil is called in a copie, where no name may stand."""

import re
import unicodedata
from collections.abc import Iterable

from promptlab.ask.names import Names
from promptlab.errors import BadInput
from promptlab.messages import _
from promptlab.model.pseudonym import MOST_LETTERS, MOST_PUPILS, has_shape

_CODE = re.compile(r"[A-Za-z]{1,3}[0-9]{1,4}")


def pseudonym(text: str, *, names: Names | None = None) -> str:
    """`text` as a pseudonym: a code such as P07 (in capitals), or one short word of letters, digits, - and _.

    `names` are those of the class, kept in memory only. Raises BadInput for an empty text, more than MOST_LETTERS
    characters, spaces, slashes or other signs, an e-mail address, and a name of the list.
    """
    word = unicodedata.normalize("NFC", text.strip())
    advice = _(
        "Choose a code such as P07, or one word of 2 to {most} letters that is not your name.", most=MOST_LETTERS
    )
    if not word:
        raise BadInput(_("The pseudonym is empty.") + " " + advice)
    if len(word) > MOST_LETTERS:
        start = f"{word[:MOST_LETTERS]}…"
        raise BadInput(_("“{start}” has {count} characters.", start=start, count=len(word)) + " " + advice)
    if "@" in word:
        raise BadInput(_("“{word}” looks like an e-mail address.", word=word) + " " + advice)
    if not has_shape(word):
        bad = "".join(dict.fromkeys(sign for sign in word if not (sign.isalnum() or sign.isspace() or sign in "-_")))
        said = _("“{word}” is no pseudonym.", word=word)
        if bad:
            said = _("“{word}” is no pseudonym: take out “{signs}”.", word=word, signs=bad)
        elif any(sign.isspace() for sign in word):
            said = _("“{word}” is no pseudonym: it holds a space.", word=word)
        raise BadInput(said + " " + advice)
    if names and any(names.find(word.replace("_", " ").replace("-", " ").title())):
        raise BadInput(_("“{word}” is a name of the class: a copie holds no name.", word=word) + " " + advice)
    return word.upper() if _CODE.fullmatch(word) else word


def pseudonyms(texts: Iterable[str], *, names: Names | None = None) -> tuple[str, ...]:
    """The pseudonyms of those who share a copie, each once. Raises BadInput: see `pseudonym`, and for too many."""
    found = tuple(dict.fromkeys(pseudonym(text, names=names) for text in texts))
    if len(found) > MOST_PUPILS:
        said = _("{pupils}: a copie is shared by at most {most} pupils.", pupils=", ".join(found), most=MOST_PUPILS)
        raise BadInput(said)
    return found
