"""The pupil's own words, as they are kept."""

import re

from promptlab.errors import BadInput
from promptlab.messages import _

MOST_LETTERS = 20_000
# What neither Word nor a web page can show: control signs but tab and line feed, halves of a pair, noncharacters.
_UNSHOWABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def cleaned(text: str, *, where: str, most: int = MOST_LETTERS) -> str:
    """`text` with line feeds only, without signs that cannot be shown and without spaces at its ends.

    Emoji, right-to-left text and combining marks stay as they are. Raises BadInput, naming `where`, above `most`
    characters: nothing is cut off.
    """
    plain = _UNSHOWABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()
    if len(plain) > most:
        raise BadInput(too_long(where, len(plain), most))
    return plain


def too_long(where: str, count: int, most: int) -> str:
    """What to say of a text of `count` characters where `most` are allowed."""
    return _("{where}: {count} characters are too many; write at most {most}.", where=where, count=count, most=most)


def joined(*texts: str) -> str:
    """Texts one under the other; one that already stands in another is not said twice."""
    kept: list[str] = []
    for text in texts:
        if text and not any(text in other for other in kept):
            kept = [*(other for other in kept if other not in text), text]
    return "\n".join(kept)
