"""The message catalogue: English in the code, French on the screen.

The language is French unless the environment variable PROMPTLAB_LANG says `en`.
"""

import gettext
import os
from functools import cache
from pathlib import Path

LANGUAGES = ("fr", "en")
DOMAIN = "promptlab"
CATALOGUES = Path(__file__).parent / "locale"


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    if language == "en":
        return gettext.NullTranslations()
    return gettext.translation(DOMAIN, str(CATALOGUES), languages=[language])


def language() -> str:
    """The language of the screen: `fr`, or `en` where PROMPTLAB_LANG asks for it."""
    asked = os.environ.get("PROMPTLAB_LANG", "fr")[:2].lower()
    return asked if asked in LANGUAGES else "fr"


def _(message: str, /, **values: object) -> str:
    """`message` in the language of the screen, its `{names}` filled in from `values`."""
    text = _catalogue(language()).gettext(message)
    return text.format(**values) if values else text


def percent(figure: object) -> str:
    """`figure` per cent, as the language of the screen writes it: “50 %”, “50%”."""
    return f"{figure}%" if language() == "en" else f"{figure}\u00a0%"


def ngettext(one: str, many: str, count: int, /, **values: object) -> str:
    """The form of a message that fits `count`, with `{count}` and `values` filled in."""
    return _catalogue(language()).ngettext(one, many, count).format(count=count, **values)
