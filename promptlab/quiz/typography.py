"""French typography of a text: what a printer of the Imprimerie nationale would mark."""

import re
from collections.abc import Callable

from promptlab.messages import _

_RULES: tuple[tuple[re.Pattern[str], Callable[[], str]], ...] = (
    (re.compile(r"(?<=[^\W\d_])'(?=[^\W\d_])"), lambda: _("a straight apostrophe: write ’")),
    (re.compile(r"\.\.\."), lambda: _("three dots: write …")),
    (
        re.compile(r"(?<![\u00a0\u202f\s:;!?»(])[;!?](?=[\s)»…]|$)| [;!?](?=[\s)»…]|$)"),
        lambda: _("no fine space before ; ! or ?"),
    ),
    (
        re.compile(r"(?<![\u00a0\u202f\s\d:])(?:(?<!http)(?<!https)):(?=\s|$)| :(?=\s|$)"),
        lambda: _("no no-break space before :"),
    ),
    (re.compile(r"«(?![\u00a0\u202f])|(?<![\u00a0\u202f])»"), lambda: _("no no-break space inside « »")),
    (re.compile(r'(?<!\w)"[^"\n]*"(?!\w)'), lambda: _("straight quotation marks: write « »")),
    (re.compile(r"\d(?: )?€|\d\.\d\d(?=\s?€)"), lambda: _("an amount is written 1 234,50 €, with no-break spaces")),
    (re.compile(r"\w[·•]\w"), lambda: _("a point médian: write both forms")),
)


def typography_faults(text: str) -> tuple[str, ...]:
    """What is wrong with the typography of a French text: each fault once, with the words where it stands first."""
    found = []
    for pattern, said in _RULES:
        if place := pattern.search(text):
            around = text[max(place.start() - 12, 0) : place.end() + 8].replace("\n", " ").strip()
            found.append(_("{fault}: “{words}”", fault=said(), words=around))
    return tuple(found)
