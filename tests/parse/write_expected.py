"""Writes the expected file of parser cases from what the parser makes of them now: read it before you keep it.

usage: python tests/parse/write_expected.py [NAME…]    (without names: the cases that have no expected file yet)
"""

import json
import sys
from pathlib import Path

from promptlab.files.answers import read_answer
from promptlab.parse import parse_answer, to_json

CASES = Path(__file__).parent / "cases"


def compared(text):
    """What a case compares: the JSON of an answer, its problems by line only."""
    found = to_json(parse_answer(text))
    lines = [problem["line"] for problem in found.pop("problems")]
    return {**found, "problem_lines": lines}


def main(names):
    answers = [CASES / f"{name}.md" for name in names] or [
        path
        for path in sorted(CASES.glob("*.md"))
        if path.name != "README.md" and not path.with_suffix(".json").exists()
    ]
    for path in answers:
        expected = json.dumps(compared(read_answer(path)), ensure_ascii=False, indent=1)
        path.with_suffix(".json").write_text(expected + "\n", encoding="utf-8")
        print(f"written, now read it: {path.with_suffix('.json')}")


if __name__ == "__main__":
    main(sys.argv[1:])
