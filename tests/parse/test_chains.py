"""The recorded answers: the number of steps their readers counted, and not a word lost."""

import json
from pathlib import Path

import pytest

from promptlab.files.answers import read_answer
from promptlab.parse import parse_answer, to_json
from tests.parse.words import in_order, lost_and_extra

ROOT = Path(__file__).parents[2]
CHAINS = ROOT / "tests" / "benchmarks" / "chains"
CASE = ROOT / "data" / "reclamation" / "answers"
CASE_STEPS = {"run-a": (7, 7, 8), "run-b": (8, 8, 8), "run-c": (9, 8, 8)}
SEEN_STEPS = {
    "banquet-fr": (9, 8, 7),
    "complaint-hotel-en": (7, 7, 7),
    "contrat-vente-fr": (9, 9, 7),
    "courrier-fr": (8, 9, 9),
    "customer-return-en": (8, 8, 8),
    "deplacement-fr": (10, 9, 10),
    "inventaire-fr": (9, 8, 8),
    "nouveau-salarie-fr": (7, 8, 8),
    "recrutement-fr": (9, 8, 6),
    "relance-facture-fr": (8, 9, 9),
    "reunion-fr": (9, 8, 7),
    "viaje-negocios-es": (8, 8, 9),
}


def counted():
    given = json.loads((CHAINS / "given" / "gold_a.json").read_text(encoding="utf-8"))
    folders = [(CASE / run, steps) for run, steps in CASE_STEPS.items()]
    folders += [(CHAINS / "given" / slug, gold["steps"]) for slug, gold in given.items()]
    folders += [(CHAINS / "seen" / slug, steps) for slug, steps in SEEN_STEPS.items()]
    return [(folder / f"prompt{rank}.md", count) for folder, steps in folders for rank, count in enumerate(steps, 1)]


@pytest.mark.parametrize(
    ("path", "steps"),
    counted(),
    ids=lambda value: "-".join(value.parts[-2:]) if isinstance(value, Path) else str(value),
)
def test_recorded_answer_has_the_steps_its_readers_counted_and_all_its_words(path, steps):
    text = read_answer(path)
    found = to_json(parse_answer(text))
    assert len(found["steps"]) == steps
    assert lost_and_extra(text, found) == ({}, {})
    assert in_order(text, found)


def test_titles_are_those_that_two_readers_wrote_down():
    gold = json.loads((CHAINS / "given" / "gold_a.json").read_text(encoding="utf-8"))
    for slug, chain in gold.items():
        for rank, titles in enumerate(chain["titles"], 1):
            parsed = parse_answer(read_answer(CHAINS / "given" / slug / f"prompt{rank}.md"))
            assert [step.title for step in parsed.steps] == titles


def test_closing_question_under_the_last_step_goes_to_the_conclusion():
    parsed = parse_answer(read_answer(CASE / "run-a" / "prompt2.md"))
    assert parsed.conclusion.startswith("Si vous me précisez")
    assert "préciser" not in str(parsed.steps[-1])


def test_model_letter_after_the_steps_is_a_template():
    parsed = parse_answer(read_answer(CASE / "run-a" / "prompt3.md"))
    assert [(section.kind, section.items[0].kind) for section in parsed.sections] == [("template", "example")]
