"""What holds for every alignment by meaning, whatever the method finds."""

import json
import os
import subprocess
import sys
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from promptlab.align.as_json import to_json
from promptlab.align.compare import compare
from promptlab.align.order import in_process_order
from promptlab.align.steps import Bag, Bags
from promptlab.errors import BadInput
from promptlab.model.comparison import Column
from promptlab.parse import parse_answer
from tests.align.builders import column, columns, every_step_once, grouped, tables

FR = ("Enregistrer la réclamation", "Vérifier les faits", "Répondre au client", "Archiver le dossier")
EN = ("Record the complaint", "Check the facts", "Reply to the customer", "Archive the file")


@settings(max_examples=60, deadline=None)
@given(tables(), st.data())
def test_phases_are_the_same_for_every_order_of_the_answers(answers, data):
    shuffled = data.draw(st.permutations(answers))
    assert grouped(compare(answers)) == grouped(compare(shuffled))


@settings(max_examples=60, deadline=None)
@given(tables())
def test_every_step_is_in_exactly_one_phase_by_every_method(answers):
    assert every_step_once(compare(answers))
    assert every_step_once(compare(answers, by="rank"))


@settings(max_examples=30, deadline=None)
@given(tables())
def test_labels_and_their_order_do_not_depend_on_the_order_of_the_answers(answers):
    labels, turned = ([phase.label for phase in compare(table).phases] for table in (answers, answers[::-1]))
    assert labels == turned


@settings(max_examples=30, deadline=None)
@given(tables())
def test_equal_answers_share_all_their_phases(answers):
    table = compare((*answers, answers[0]))
    assert all(phase.cells[0] == phase.cells[-1] for phase in table.phases)


def test_same_answers_give_the_same_bytes_in_another_process():
    script = (
        "import json; from tests.align.test_meaning import FR, EN; from tests.align.builders import columns;"
        "from promptlab.align.compare import compare; from promptlab.align.as_json import to_json;"
        "print(json.dumps(to_json(compare(columns(FR, EN, FR[::-1])))))"
    )
    environment = {**os.environ, "PYTHONHASHSEED": "7", "PYTHONPATH": os.pathsep.join(sys.path)}
    said = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, env=environment)
    assert json.loads(said.stdout) == json.loads(json.dumps(to_json(compare(columns(FR, EN, FR[::-1])))))


@pytest.mark.parametrize("count", [2, 3, 30])
def test_two_to_thirty_answers_make_a_table(count):
    table = compare(columns(*[FR] * count))
    assert len(table.phases) == len(FR)
    assert all(len(phase.cells) == count for phase in table.phases)


@pytest.mark.parametrize("count", [0, 1, 31])
def test_fewer_or_more_answers_are_refused_with_their_count(count):
    with pytest.raises(BadInput, match=str(count)):
        compare(columns(*[FR] * count))


def test_unknown_method_is_refused_with_the_choices():
    with pytest.raises(BadInput, match=r"magic.*meaning, rank"):
        compare(columns(FR, EN), by="magic")


def test_identical_answers_are_kept_side_by_side_and_told():
    table = compare(columns(FR, FR))
    assert [phase.cells for phase in table.phases] == [((rank,), (rank,)) for rank in (1, 2, 3, 4)]
    assert any("prompt1.md" in problem.where and "prompt2.md" in problem.where for problem in table.problems)


def test_answer_without_steps_keeps_its_empty_column_and_is_told():
    table = compare(columns(FR, ()))
    assert all(phase.cells[1] == () for phase in table.phases)
    assert any(problem.where == "prompt2.md" for problem in table.problems)


def test_answers_without_any_step_give_an_empty_table_with_problems():
    table = compare(columns((), ()))
    assert table.phases == ()
    assert len(table.problems) == 2


def test_two_languages_are_aligned_and_told():
    answers = columns(
        [(title, "Noter la date et le nom du client dans le dossier, puis répondre à la lettre.") for title in FR],
        [(title, "Write the date and the name of the customer in the file, then reply to the letter.") for title in EN],
    )
    table = compare(answers)
    assert sum(all(phase.cells) for phase in table.phases) >= 2
    assert any("en" in problem.message and "fr" in problem.message for problem in table.problems)


def test_answers_on_different_subjects_stay_apart_and_are_told():
    table = compare(
        columns(
            [("Préchauffer le four", "À 180 degrés."), ("Casser les œufs", "Dans un saladier."), ("Pétrir la pâte",)],
            [("Changer la roue", "Placer le cric."), ("Gonfler les pneus", "À 2,4 bars."), ("Vidanger le moteur",)],
        )
    )
    assert every_step_once(table)
    if not any(all(phase.cells) for phase in table.phases):
        assert {problem.where for problem in table.problems} == {"prompt1.md", "prompt2.md"}


def test_answer_with_very_many_steps_is_told():
    table = compare(columns([f"{title} {number}" for number in range(20) for title in FR], FR))
    assert any("80" in problem.message and problem.where == "prompt1.md" for problem in table.problems)


def many_steps(count):
    """Two answers of `count` steps of many different words."""
    words = [f"{a}{b}{c}er" for a in "bcdfglmnprst" for b in "aeiou" for c in "bcdflmnprt"]
    return columns(
        *([f"{words[(at * 7 + shift) % 600]} {words[(at * 11) % 600]}" for at in range(count)] for shift in (0, 1))
    )


@pytest.mark.slow
def test_a_thousand_steps_take_little_more_than_the_square():
    def taken(count):
        answers = many_steps(count)
        start = time.process_time()
        assert every_step_once(compare(answers))
        return time.process_time() - start

    taken(50)
    assert taken(500) / taken(125) < 16 * 4  # four times the steps: sixteen times the time, and room for noise


@pytest.mark.slow
def test_a_thousand_steps_in_one_table_are_aligned():
    assert every_step_once(compare((*many_steps(450), column(*FR))))


def test_process_order_respects_what_the_answers_agree_on():
    # Steps 0 to 2 of the first answer, 3 to 5 of the second, which begins in the middle of the process.
    bags = Bags(tuple(Bag(answer, rank, "fr", (), ()) for answer in (0, 1) for rank in range(3)), ((0,), (1,)))
    assert in_process_order(bags, [(0,), (1, 3), (2, 4), (5,)]) == [(0,), (1, 3), (2, 4), (5,)]
    assert in_process_order(bags, [(5,), (2, 4), (1, 3), (0,)]) == [(0,), (1, 3), (2, 4), (5,)]


def test_work_of_one_answer_stands_before_what_this_answer_does_later():
    # "Listen" is step 2 of the first answer; its step 3 is step 1 of the second: it still comes before that.
    bags = Bags(
        (*(Bag(0, rank, "fr", (), ()) for rank in range(4)), *(Bag(1, rank, "fr", (), ()) for rank in range(6))),
        ((0,), (1,)),
    )
    order = in_process_order(bags, [(0,), (1,), (2, 4), (5,), (6,), (3, 9), (7,), (8,)])
    assert order.index((1,)) < order.index((2, 4))


NESTED = "1. Répondre :\n   - Ton :\n     - {word} après\n2. Archiver le dossier : au service.\n"


def nested(*words):
    texts = [NESTED.format(word=word) for word in words]
    return tuple(Column(number, f"{number}.md", parse_answer(text)) for number, text in enumerate(texts, 1))


def test_reason_names_words_as_they_are_written_in_items_below_items_too():
    why = compare(nested("courtois", "courtois")).phases[0].why
    other = compare(nested("courtois", "courtoise")).phases[0].why
    assert "word for word" in why
    assert "courtois" in other
    assert "courto”" not in other


def test_words_that_say_little_are_no_reason():
    assert "apr" not in compare(nested("courtois", "ferme")).phases[0].why
