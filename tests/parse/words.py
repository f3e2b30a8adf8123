"""Words as the contract counts them: runs of letters, but for numbering."""

import re
import unicodedata
from collections import Counter

# "Étape 1 :" and its like are numbering; so are ① and the x of a ticked box; a think tag is markup.
NUMBERING = re.compile(
    r"\b(?:étapes?|etapes?|steps?|pasos?|etapas?|schritt|шаг|第.步|[①-⑳]+)\b|</?think>|(?<=\[)x(?=\])", re.IGNORECASE
)
KEYS = ("intro", "groups", "title", "label", "text", "items", "rows", "steps", "sections", "conclusion", "thinking")


def words(text):
    return re.findall(r"[^\W\d_]+", NUMBERING.sub(" ", unicodedata.normalize("NFC", text)).lower())


def strings(node):
    """All texts of a parsed answer in JSON, in order."""
    if isinstance(node, str):
        yield node
    elif isinstance(node, list):
        for one in node:
            yield from strings(one)
    elif isinstance(node, dict):
        for key in KEYS:
            yield from strings(node.get(key))


def lost_and_extra(text, found):
    want, got = Counter(words(text)), Counter(words(" ".join(strings(found))))
    return dict(want - got), dict(got - want)


def in_order(text, found):
    """Whether introduction, each step, each section and conclusion follow the answer."""
    parts = [found["intro"], found["conclusion"], found["thinking"], *found["steps"], *found["sections"]]
    return all(_follows(words(" ".join(strings(part))), words(text)) for part in [*parts, found["steps"]])


def _follows(some, whole):
    rest = iter(whole)
    return all(word in rest for word in some)
