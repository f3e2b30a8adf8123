"""Each pair of files in cases/ says what the parser makes of one style of answer."""

import json
from pathlib import Path

import pytest

from promptlab.files.answers import read_answer
from promptlab.parse import parse_answer, to_json
from tests.parse.words import in_order, lost_and_extra
from tests.parse.write_expected import compared

CASES = Path(__file__).parent / "cases"
NAMES = sorted(path.stem for path in CASES.glob("*.json"))


@pytest.mark.parametrize("name", NAMES)
def test_answer_is_taken_apart_as_its_case_says(name):
    expected = json.loads((CASES / f"{name}.json").read_text(encoding="utf-8"))
    found = compared(read_answer(CASES / f"{name}.md"))
    assert {key: found[key] for key in expected} == expected


@pytest.mark.parametrize("name", NAMES)
def test_every_word_of_a_case_is_kept_once_and_in_order(name):
    text = read_answer(CASES / f"{name}.md")
    found = to_json(parse_answer(text))
    assert lost_and_extra(text, found) == ({}, {})
    assert in_order(text, found)


def test_every_answer_in_the_folder_has_its_expected_file():
    answers = {path.stem for path in CASES.glob("*.md")} - {"README"}
    assert answers == set(NAMES)
    assert len(NAMES) >= 30
