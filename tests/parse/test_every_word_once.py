"""Whatever the text, no word is lost, doubled or moved, and the parser comes back quickly."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from promptlab.parse import parse_answer, to_json
from tests.parse.words import in_order, lost_and_extra

WORDS = st.sampled_from(
    ["alpha", "béta", "Madame", "étape", "step", "Conseils", "retenir", "Avant", "vous", "fin", "Exemple", "résumé"]
)
HEADS = [
    "# ",
    "## ",
    "## 1. ",
    "## 2. ",
    "**",
    "**1. ",
    "**Étape 1 : ",
    "Étape 2 - ",
    "Step 3: ",
    "1️⃣ ",
    "II. ",
    "Phase 1 : ",
]
LISTS = [
    "- ",
    "* ",
    "  - ",
    "\t- ",
    "1. ",
    "2. ",
    "3. ",
    "4) ",
    "a) ",
    "• ",
    "○ ",
    "- [ ] ",
    "☐ ",
    "✅ ",
    "💡 ",
    "\u00a0\u00a0",
]
OTHERS = [
    "",
    "> ",
    "| ",
    "|---|---|",
    "```",
    "---",
    "«\u00a0",
    "Points clés",
    "[^1]: ",
    "<br>",
    "\\",
    "[a](b) ",
    "<think>",
]
STARTS = st.sampled_from([*HEADS, *LISTS, *OTHERS])
MIDDLES = st.sampled_from(
    [" ", " : ", ":", " **", "** ", "*", "_", "`", "|", "\t", "](", "[", "(", " – ", ". ", "\\*", "~~", "&amp;"]
)
ENDS = st.sampled_from(["", ":", ".", "**", " |", "?", "»", "`", "  ", "\\", ";", ","])
LINES = st.builds(
    lambda start, pairs, end: start + "".join(word + middle for word, middle in pairs) + end,
    STARTS,
    st.lists(st.tuples(WORDS, MIDDLES), max_size=6),
    ENDS,
)
ANSWERS = st.builds(
    lambda lines, newline: newline.join(lines), st.lists(LINES, max_size=25), st.sampled_from(["\n", "\r\n", "\n\n"])
)


@settings(max_examples=300, deadline=None)
@given(ANSWERS)
def test_every_word_is_kept_once_and_in_order(text):
    found = to_json(parse_answer(text))
    bare = text.replace("<think>", "")
    assert lost_and_extra(bare, found) == ({}, {})
    assert in_order(bare, found)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=300))
def test_any_text_at_all_is_parsed_without_a_crash(text):
    parsed = parse_answer(text)
    assert [step.rank for step in parsed.steps] == list(range(1, len(parsed.steps) + 1))


@settings(max_examples=150, deadline=None)
@given(ANSWERS)
def test_ids_are_unique_and_lines_lie_in_the_answer(text):
    parsed = parse_answer(text)
    last = text.count("\n") + 1
    seen = []

    def visit(items):
        for item in items:
            seen.append(item.id)
            assert 1 <= item.lines[0] <= item.lines[1] <= last
            assert all(0 <= start < end <= len(item.text) for start, end in item.bold)
            visit(item.items)

    for part in (*parsed.steps, *parsed.sections):
        visit(part.items)
    assert len(seen) == len(set(seen))


HUGE = {
    "stars": "*" * 100_000,
    "open bold": "**a " * 25_000,
    "numbered lines": "\n".join(f"{number}. ligne" for number in range(10_000)),
    "same headings": "## 1. a\n" * 5_000,
    "deep list": "\n".join(" " * depth + "- x" for depth in range(1_500)),
    "deep quote": ">" * 20_000 + " x",
    "open fences": "```a\n" * 10_000,
    "pipes": "a|b\n" * 10_000,
    "brackets": "[" * 30_000 + "](" * 10_000,
    "keycaps": "1️⃣" * 20_000,
    "spaces": "# a" + " " * 50_000 + ": b",
    "closings": "1. a\n2. b\n\n" + "En suivant ces étapes.\n\n" * 3_000,
    "one paragraph": "un texte assez long pour remplir une ligne entière sans aucun point\n" * 10_000,
}


@pytest.mark.parametrize("name", HUGE)
@pytest.mark.timeout(60)
def test_hostile_text_does_not_hang(name):
    # The limit of the runner is the test: a quadratic step would take minutes here.
    assert parse_answer(HUGE[name]) is not None
