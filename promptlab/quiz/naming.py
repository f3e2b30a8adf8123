"""Ids of questions made of their names, and the paths of Moodle's categories."""

import re

from promptlab.quiz.texts import words

LONGEST = 80
_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,79}")
_SLASH = re.compile(r"(?<!/)/(?!/)")


def id_of(name: str, taken: set[str], number: int) -> str:
    """An id for the question called `name`, the `number`-th of its quiz, unlike all of `taken`."""
    spelt = "-".join(re.findall(r"[a-z0-9]+", "-".join(words(name))))[:LONGEST].strip("-")
    stem = name if _ID.fullmatch(name) else spelt or f"question-{number}"
    found, count = stem, 2
    while found in taken:
        found, count = f"{stem}-{count}", count + 1
    return found


def category_path(title: str, category: str) -> str:
    """Where Moodle puts the questions of a category: below the course, in a category of the quiz."""
    parts = [title, category] if category else [title]
    return "/".join(["$course$", "top", *map(_part, parts)])


def _part(name: str) -> str:
    """One name of a path: its own slashes doubled, and apart from the slash beside it, which Moodle trims."""
    doubled = name.replace("/", "//").replace("\n", " ")
    return f"{' ' * name.startswith('/')}{doubled}{' ' * name.endswith('/')}"


def category_of(path: str, title: str = "") -> tuple[str, str]:
    """(title, category) that a path names; "" for what it does not name. `title` is that of the quiz, where known."""
    parts = [part.strip().replace("//", "/") for part in _SLASH.split(path)]
    named = [part for part in parts if part and part != "top" and not re.fullmatch(r"\$\w+\$", part)]
    if len(named) == 1 and words(named[0]) != words(title):
        return "", named[0]
    return (named[0], " / ".join(named[1:])) if named else ("", "")
