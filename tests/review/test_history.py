from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from promptlab.model.copie import DISCUSSION, REMARKS, TAGS, WORKS
from promptlab.review import history
from promptlab.review.history import last_edit, redo, undo
from promptlab.review.tagging import tag
from promptlab.review.writing import keep_work, set_task, write_discussion, write_remark
from tests.review.builders import a_case, a_copie, whole
from tests.review.doings import ON, check, do, doings

CASE = a_case()


def state(copie):
    return replace(copie, past=(), undone=())


def test_nothing_to_take_back_changes_nothing():
    copie = a_copie()
    assert undo(copie) is copie
    assert redo(copie) is copie


def test_undo_and_redo_go_one_change_back_and_forth():
    first = tag(a_copie(), ON, whole(), "relevant")
    second = write_remark(first, ON, 2, "vague")
    assert undo(second) == replace(first, undone=undo(second).undone)
    assert redo(undo(second)) == second


def test_undo_within_an_area_leaves_the_others():
    copie = set_task(tag(a_copie(), ON, whole(), "relevant"), CASE, 6)
    back = undo(copie, TAGS)
    assert (back.taggings, back.tasks) == ((), (6,))
    assert last_edit(back.past).what == "task"


def test_new_change_forgets_what_was_taken_back_in_its_area_only():
    copie = write_discussion(write_remark(a_copie(), ON, 1, "a"), ON, 1, "b")
    copie = write_remark(undo(undo(copie)), ON, 1, "c")
    copie = redo(copie, REMARKS, DISCUSSION)
    assert (copie.remarks, copie.discussion) == (("c",), ("b",))


def test_works_are_taken_back_one_by_one():
    copie = keep_work(keep_work(a_copie(), "letter", 1, "Madame,"), "flowchart", 1, {"nodes": []})
    assert [work.name for work in undo(copie, WORKS + "letter").works] == ["flowchart"]
    assert [work.name for work in undo(copie, WORKS).works] == ["letter"]


def test_history_is_bounded_in_changes_and_in_letters(monkeypatch):
    monkeypatch.setattr(history, "MOST_EDITS", 5)
    copie = a_copie()
    for number in range(9):
        copie = write_remark(copie, ON, 1, str(number))
    assert len(copie.past) == 5
    monkeypatch.setattr(history, "MOST_LETTERS", 100)
    for number in range(3):
        copie = write_remark(copie, ON, 1, f"{number}" * 90)
    assert [len(edit.before[0]) for edit in copie.past] == [90]


@settings(deadline=None)
@given(doings)
def test_undo_of_everything_gives_the_first_state(steps):
    first = copie = a_copie()
    for step in steps:
        copie = do(copie, step)
    changes = len(copie.past)
    last = copie
    while copie.past:
        copie = undo(copie)
    assert state(copie) == first
    for _ in range(changes):
        copie = redo(copie)
    assert state(copie) == state(last)


@settings(deadline=None)
@given(doings, st.lists(st.sampled_from([TAGS, REMARKS, WORKS, ""]), max_size=30))
def test_undo_area_by_area_gives_the_first_state_too(steps, areas):
    first = copie = a_copie()
    for step in steps:
        copie = do(copie, step)
    for area in areas:
        copie = undo(copie, *([area] if area else []))
    while copie.past:
        copie = undo(copie)
    assert state(copie) == first


@settings(deadline=None)
@given(doings)
def test_rules_of_the_highlighter_hold_after_every_change(steps):
    copie = a_copie()
    for step in steps:
        copie = do(copie, step)
        check(copie)
