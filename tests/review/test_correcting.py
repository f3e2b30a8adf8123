"""The corrections that a copie keeps: made, replayed, taken back; what no longer fits is told and kept."""

from dataclasses import replace

import pytest

from promptlab.align.corrections import merge_phases, move_steps, rename_phase, reorder_phase, split_phase
from promptlab.errors import BadInput
from promptlab.model.comparison import Column, Phase
from promptlab.model.copie import CORRECTIONS, Plain
from promptlab.review.correcting import (
    MOST_CORRECTIONS,
    correct_alignment,
    corrections_of,
    replay,
    said_corrections,
    take_out,
)
from promptlab.review.history import redo, undo
from tests.align.builders import columns
from tests.review.builders import a_copie, a_table, an_answer

TABLE = replace(
    a_table(),
    columns=columns(["A", "B"], ["C", "D"]),
    phases=(Phase("un", ((1,), (1,))), Phase("deux", ((2,), (2,)))),
)


def cells(table):
    return [phase.cells for phase in table.phases]


def corrected(*corrections):
    copie = a_copie()
    for correction in corrections:
        copie = correct_alignment(copie, correction)
    return copie


def test_corrections_of_the_table_come_back_as_they_were():
    made = (split_phase(TABLE, 1, [(2, 1)], label="à part"), rename_phase(TABLE, 2, "fin"))
    assert corrections_of(corrected(*made)) == made


def test_table_is_rebuilt_with_the_corrections_of_the_copie():
    replayed = replay(TABLE, corrected(merge_phases(TABLE, 1, 2)))
    assert cells(replayed.table) == [((1, 2), (1, 2))]
    assert replayed.table.by == "meaning+corrections"
    assert replayed.problems == ()


def test_copie_without_corrections_leaves_the_table_as_it_is():
    assert replay(TABLE, a_copie()).table == TABLE


def test_corrections_find_their_steps_in_another_order_of_the_columns():
    turned = replace(TABLE, columns=TABLE.columns[::-1])
    replayed = replay(turned, corrected(split_phase(TABLE, 2, [(1, 2)])))
    assert cells(replayed.table) == [((1,), (1,)), ((2,), ()), ((), (2,))]


def test_correction_that_no_longer_fits_is_told_and_kept_and_the_others_hold():
    copie = corrected(rename_phase(TABLE, 1, "début"), merge_phases(TABLE, 1, 2))
    changed = replace(TABLE, columns=(Column(1, "prompt 1", an_answer("x", title="Autre")), TABLE.columns[1]))
    replayed = replay(replace(changed, phases=(Phase("un", ((1,), (1, 2))),)), copie)
    assert [bool(entry.why_not) for entry in replayed.entries] == [True, True]
    assert [problem.where for problem in replayed.problems] == ["correction 1", "correction 2"]
    assert replayed.table.problems == replayed.problems
    assert len(copie.corrections) == 2
    assert cells(replay(TABLE, copie).table) == [((1, 2), (1, 2))]  # they hold again where their steps are back


def test_correction_that_is_not_understood_is_told_and_kept_and_the_others_hold():
    good = corrected(merge_phases(TABLE, 1, 2)).corrections
    for strange in ({"kind": "paint", "steps": []}, 3, "x", {"kind": "rename", "steps": [{"answer": "a", "rank": 1}]}):
        copie = replace(a_copie(), corrections=(Plain.of(strange), *good))
        replayed = replay(TABLE, copie)
        assert [problem.where for problem in replayed.problems] == ["correction 1"]
        assert len(replayed.table.phases) == 1
        assert correct_alignment(copie, rename_phase(TABLE, 1, "x")).corrections[:2] == copie.corrections


def test_corrections_are_taken_back_and_made_again():
    copie = corrected(rename_phase(TABLE, 1, "début"), merge_phases(TABLE, 1, 2))
    once = undo(copie, CORRECTIONS)
    assert len(once.corrections) == 1
    assert undo(once, CORRECTIONS).corrections == ()
    assert redo(once, CORRECTIONS).corrections == copie.corrections


def test_one_correction_is_taken_out_and_the_others_stay():
    copie = corrected(rename_phase(TABLE, 1, "début"), merge_phases(TABLE, 1, 2))
    assert take_out(copie, 1).corrections == copie.corrections[1:]
    assert undo(take_out(copie, 1), CORRECTIONS).corrections == copie.corrections


def test_copie_keeps_no_endless_number_of_corrections():
    copie = replace(a_copie(), corrections=corrected(rename_phase(TABLE, 1, "x")).corrections * MOST_CORRECTIONS)
    with pytest.raises(BadInput, match=str(MOST_CORRECTIONS)):
        correct_alignment(copie, rename_phase(TABLE, 1, "y"))


def test_every_correction_is_told_in_words_with_the_titles_of_its_steps():
    copie = corrected(
        merge_phases(TABLE, 1, 2),
        split_phase(TABLE, 1, [(1, 1)]),
        move_steps(TABLE, [(1, 1)], 2),
        move_steps(TABLE, [(1, 1)]),
        rename_phase(TABLE, 1, "début"),
        reorder_phase(TABLE, 1, 2),
        reorder_phase(TABLE, 2, 1),
    )
    said = said_corrections(copie)
    assert said[0] == "Made one row: “A”, “C”, 2 more steps"
    assert said[2] == "Put on the row of “B”, “D”: “A”"
    assert said[3] == said[1] == "Given a row of their own: “A”"
    assert said[4] == "The row of “A”, “C” is now called “début”"
    assert said[5].endswith("comes after that of “B”, “D”")
    assert said[6].endswith("comes first")
