"""A recorded answer in another dress (line ends, bullets, lost markup) has the same steps and all its words."""

import re

import pytest

from promptlab.files.answers import read_answer
from promptlab.parse import parse_answer, to_json
from tests.parse.test_chains import counted
from tests.parse.words import in_order, lost_and_extra


def _without_markup(text):
    bare = re.sub(r"^#+ *|^> ?", "", text, flags=re.MULTILINE).replace("**", "")
    return re.sub(r"(?<!\w)\*(?=\S)([^*\n]+)\*", r"\1", bare)


def _without_blank_lines(text):
    return re.sub(r"\n\s*\n", "\n", text)


DRESSES = {
    "carriage returns": lambda text: text.replace("\n", "\r\n"),
    "other bullets": lambda text: re.sub(r"^(\s*)[-*] ", r"\1• ", text, flags=re.MULTILINE),
    "deeper headings": lambda text: re.sub(r"^#", "###", text, flags=re.MULTILINE),
    "bold headings": lambda text: re.sub(r"^(#+) ([^*\n]*)$", r"\1 **\2**", text, flags=re.MULTILINE),
    "a blank line after each line": lambda text: text.replace("\n", "\n\n"),
    "no blank line": _without_blank_lines,
    "all quoted": lambda text: "\n".join(f"> {line}" for line in text.split("\n")),
    "a title above": lambda text: f"# Procédure complète\n\n{text}",
    "every number 1": lambda text: re.sub(r"^((?:#+ *)?\**)\d+\.", r"\g<1>1.", text, flags=re.MULTILINE),
    "numbers escaped": lambda text: re.sub(r"^((?:#+ *)?\**\d+)\.", r"\1\\.", text, flags=re.MULTILINE),
    "markup lost": _without_markup,
    "markup and blank lines lost": lambda text: _without_blank_lines(_without_markup(text)),
}


@pytest.mark.parametrize("dress", DRESSES)
def test_steps_and_words_stay_in_another_dress(dress):
    wrong = []
    for path, steps in counted():
        text = DRESSES[dress](read_answer(path))
        found = to_json(parse_answer(text))
        if len(found["steps"]) != steps or lost_and_extra(text, found) != ({}, {}) or not in_order(text, found):
            wrong.append((path.parent.name, path.name, len(found["steps"]), steps))
    assert wrong == []
