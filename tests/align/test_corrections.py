"""Corrections by hand: what each does, that they survive another order of the columns, what no longer fits."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from promptlab.align.compare import compare
from promptlab.align.corrections import (
    correct,
    merge_phases,
    misfits,
    move_steps,
    phase_refs,
    rename_phase,
    reorder_phase,
    rows_of,
    split_phase,
)
from promptlab.errors import BadInput
from promptlab.model.alignment import Correction, History, StepRef
from tests.align.builders import column, columns, every_step_once, grouped, tables

ANSWERS = columns(["A", "B", "C"], ["D", "E", "F"])


def by_rank(answers=ANSWERS):
    return compare(answers, by="rank")


def cells(table):
    return [phase.cells for phase in table.phases]


def test_merged_phases_are_one_in_the_place_of_the_first():
    table = correct(by_rank(), [merge_phases(by_rank(), 1, 3)])
    assert cells(table) == [((1, 3), (1, 3)), ((2,), (2,))]
    assert table.phases[0].label == by_rank().phases[0].label


def test_split_steps_make_a_phase_of_their_own_after_it():
    table = correct(by_rank(), [split_phase(by_rank(), 2, [(2, 2)])])
    assert cells(table) == [((1,), (1,)), ((2,), ()), ((), (2,)), ((3,), (3,))]
    assert table.phases[2].label == "E"


def test_moved_step_goes_to_its_new_phase_and_an_emptied_phase_goes():
    table = correct(by_rank(), [move_steps(by_rank(), [(1, 2), (2, 2)], 3)])
    assert cells(table) == [((1,), (1,)), ((2, 3), (2, 3))]


def test_step_moved_to_nowhere_makes_a_new_phase():
    table = correct(by_rank(), [move_steps(by_rank(), [(1, 2)])])
    assert cells(table) == [((1,), (1,)), ((), (2,)), ((2,), ()), ((3,), (3,))]


def test_renamed_phase_keeps_its_steps():
    table = correct(by_rank(), [rename_phase(by_rank(), 2, " Vérifier  tout ")])
    assert [phase.label for phase in table.phases][1] == "Vérifier tout"
    assert cells(table) == cells(by_rank())


@pytest.mark.parametrize(("number", "place", "order"), [(3, 1, [3, 1, 2]), (1, 3, [2, 3, 1]), (1, 2, [2, 1, 3])])
def test_reordered_phase_stands_in_the_row_asked_for(number, place, order):
    table = correct(by_rank(), [reorder_phase(by_rank(), number, place)])
    assert [phase.cells[0][0] for phase in table.phases] == order


def test_corrections_build_on_one_another_and_changes_follow():
    first = merge_phases(by_rank(), 1, 2)
    once = correct(by_rank(), [first])
    table = correct(by_rank(), [first, split_phase(once, 1, [(2, 1)])])
    assert cells(table)[:2] == [((1, 2), (2,)), ((), (1,))]
    assert [change.kind for change in table.changes] == ["merged", "new", "kept"]


def test_corrected_table_says_so_and_an_uncorrected_one_does_not():
    assert correct(by_rank(), [merge_phases(by_rank(), 1, 2)]).by == "rank+corrections"
    assert correct(by_rank(), []) == by_rank()


def test_corrections_survive_another_order_of_the_columns():
    made = [merge_phases(by_rank(), 1, 2), move_steps(by_rank(), [(2, 3)], 1)]
    table, turned = correct(by_rank(), made), correct(by_rank(ANSWERS[::-1]), made)
    assert grouped(table) == grouped(turned)
    assert turned.problems == ()


def test_correction_of_an_answer_that_has_changed_is_told_and_not_applied():
    made = merge_phases(by_rank(), 1, 2)
    other = (ANSWERS[0], column("D", "E changé", "F", prompt=2))
    table = correct(by_rank(other), [made])
    assert cells(table) == cells(by_rank(other))
    assert table.by == "rank"
    assert "“D”" in table.problems[-1].message
    assert "1" in table.problems[-1].where


def test_correction_whose_phase_fell_apart_is_told_and_the_next_one_still_applied():
    table = by_rank()
    renamed = rename_phase(table, 2, "Neuf")
    parted = correct(table, [split_phase(table, 2, [(1, 2)]), renamed, merge_phases(table, 1, 3)])
    assert len(parted.problems) == 1
    assert "“B”" in parted.problems[0].message
    assert ((1, 3), (1, 3)) in cells(parted)


def test_unknown_step_in_a_kept_correction_is_a_problem():
    table = correct(by_rank(), [Correction("merge", (StepRef("0" * 16, 1, "Perdu"),))])
    assert "Perdu" in table.problems[0].message


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda table: merge_phases(table, 2), "two"),
        (lambda table: merge_phases(table, 1, 9), "9"),
        (lambda table: merge_phases(table, 0, 1), "0"),
        (lambda table: split_phase(table, 1, [(1, 2)]), "“B”"),
        (lambda table: split_phase(table, 1, [(1, 1), (2, 1)]), "phase 1"),
        (lambda table: split_phase(table, 1, []), "2:5"),
        (lambda table: move_steps(table, [(3, 1)], 1), "column 3"),
        (lambda table: move_steps(table, [(1, 7)], 1), "step 7"),
        (lambda table: move_steps(table, [(1, 1), (2, 1)], 1), "Phase 1"),
        (lambda table: rename_phase(table, 1, "  "), "name"),
        (lambda table: reorder_phase(table, 1, 4), "4"),
    ],
)
def test_correction_that_makes_no_sense_is_refused_with_what_it_names(make, said):
    with pytest.raises(BadInput, match=said):
        make(by_rank())


def test_equal_answers_are_corrected_together():
    table = compare(columns(["A", "B"], ["A", "B"], ["C", "D"]), by="rank")
    corrected = correct(table, [move_steps(table, [(1, 1)], 2)])
    assert cells(corrected) == [((), (), (1,)), ((1, 2), (1, 2), (2,))]


def test_history_takes_back_and_makes_again():
    one, two = Correction("rename", (), label="un"), Correction("rename", (), label="deux")
    history = History().add(one).add(two)
    assert history.undo().done == (one,)
    assert history.undo().redo() == history
    assert history.undo().add(one).undone == ()
    assert History().undo() == History().redo() == History()


@st.composite
def corrected(draw):
    """A table and some corrections made on it one after the other, as a person would."""
    start = compare(draw(tables(most=3)), by=draw(st.sampled_from(("rank", "meaning"))))
    made, table = [], start
    for _turn in range(draw(st.integers(1, 5))):
        if not table.phases:
            break
        row = st.integers(1, len(table.phases))
        places = [(at, rank) for at, one in enumerate(table.columns, 1) for rank in range(1, len(one.answer.steps) + 1)]
        steps = draw(st.lists(st.sampled_from(places), min_size=1, max_size=3))
        number, other = draw(row), draw(row)
        makers = (
            lambda: merge_phases(table, number, other),  # noqa: B023
            lambda: split_phase(table, number, steps),  # noqa: B023
            lambda: move_steps(table, steps, number),  # noqa: B023
            lambda: move_steps(table, steps),  # noqa: B023
            lambda: rename_phase(table, number, "Neuf"),  # noqa: B023
            lambda: reorder_phase(table, number, other),  # noqa: B023
        )
        try:
            made.append(draw(st.sampled_from(makers))())
        except BadInput:
            continue
        table = correct(start, made)
        assert table.problems == start.problems
    return start, made, table


@settings(max_examples=80, deadline=None)
@given(corrected())
def test_any_corrections_leave_every_step_in_exactly_one_phase(drawn):
    _start, _made, table = drawn
    assert every_step_once(table)
    assert len(table.changes) >= len({change.phase for change in table.changes})


@settings(max_examples=50, deadline=None)
@given(corrected())
def test_any_corrections_give_the_same_phases_in_another_order(drawn):
    start, made, table = drawn
    turned = correct(compare(table.columns[::-1], by=start.by), made)
    if start.by == "rank" or not made:  # row numbers of `meaning` may differ, those of `rank` never do
        assert grouped(turned) == grouped(table)
    assert every_step_once(turned)


@settings(max_examples=50, deadline=None)
@given(tables())
def test_rows_name_every_different_step_once(answers):
    refs = [ref for row in rows_of(compare(answers)) for ref in row.steps]
    assert len(refs) == len(set(refs))


def test_correction_that_changes_nothing_is_no_correction():
    same = Correction("reorder", phase_refs(by_rank(), 2), phase_refs(by_rank(), 1))
    assert correct(by_rank(), [same]) == by_rank()
    for make in (lambda: reorder_phase(by_rank(), 2, 2), lambda: move_steps(by_rank(), [(1, 2)], 2)):
        with pytest.raises(BadInput, match=r"2 (stands|already)"):
            make()


def test_corrections_that_do_not_fit_are_named():
    lost = Correction("merge", (StepRef("0" * 16, 1, "Perdu"),))
    assert misfits(by_rank(), [merge_phases(by_rank(), 1, 2), lost]) == (lost,)
