"""What the table of the sessions starts from: the checked rows of the case where they are about just these answers."""

from dataclasses import replace

import pytest

from promptlab.align.compare import compare
from promptlab.align.recorded import saved_from
from promptlab.files.alignments import write_alignments
from promptlab.review.starting import start
from tests.align.builders import columns
from tests.review.builders import a_case

COLUMNS = columns(["Enregistrer la demande", "Répondre"], ["Enregistrer la demande", "Répondre au client"])
BY_MEANING = [phase.cells for phase in compare(COLUMNS).phases]
APART = [((1,), ()), ((2,), ()), ((), (1,)), ((), (2,))]


def checked(who="A. Prof", about=COLUMNS, **more):
    """Rows in which no step stands beside another."""
    table = compare(about, by="rank")
    alone = [replace(phase, cells=cells) for phase, cells in zip([*table.phases] * 2, APART, strict=True)]
    return replace(saved_from(replace(table, phases=tuple(alone))), checked=who, **more)


def started(folder, *kept, about=COLUMNS, content=None):
    """The start in a case that keeps these alignments."""
    case = replace(a_case(), folder=folder)
    path = write_alignments(folder / "comparison.json", {f"run-{number}": one for number, one in enumerate(kept)})
    if content:
        path.write_text(content, encoding="utf-8")
    return start(case, about, folder / "exports")


def cells(begun):
    return [phase.cells for phase in begun.table.phases]


def test_checked_rows_of_just_these_answers_are_taken_and_named(tmp_path):
    begun = started(tmp_path, checked())
    assert cells(begun) == APART
    assert (begun.table.by, begun.table.title) == ("checked", "Un cas")
    assert "A. Prof" in begun.table.origin
    assert begun.why_not == ""


def test_checked_rows_hold_in_another_order_of_the_columns(tmp_path):
    begun = started(tmp_path, checked(), about=COLUMNS[::-1])
    assert begun.table.by == "checked"
    assert sorted(cells(begun)) == sorted(tuple(cell[::-1]) for cell in APART)


def test_rows_by_meaning_stand_where_the_case_keeps_none(tmp_path):
    begun = start(replace(a_case(), folder=tmp_path), COLUMNS, tmp_path / "exports")
    assert (cells(begun), begun.table.by, begun.why_not) == (BY_MEANING, "meaning", "")


@pytest.mark.parametrize(
    "kept",
    [
        checked(who=""),
        checked(about=(COLUMNS[0], *columns(["Autre", "Répondre"]))),
        replace(saved_from(compare((*COLUMNS, *columns(["Trois", "Quatre"])), by="rank")), checked="A. Prof"),
    ],
    ids=["nobody has checked them", "other answers", "more answers"],
)
def test_other_rows_are_not_taken(tmp_path, kept):
    begun = started(tmp_path, kept)
    assert (begun.table.by, begun.why_not) == ("meaning", "")


def test_rows_are_found_by_their_answers_whatever_their_run_is_called(tmp_path):
    other = checked(about=columns(["Un", "Deux"], ["Trois", "Quatre"]))
    assert cells(started(tmp_path, other, checked())) == APART


def test_rows_kept_among_the_results_go_before_those_that_came_with_a_shipped_case(tmp_path, monkeypatch):
    monkeypatch.setattr("promptlab.files.kept.is_shipped", lambda _case: True)
    folder = tmp_path / "exports" / "answers" / "reclamation"
    folder.mkdir(parents=True)
    write_alignments(folder / "comparison.json", {"run-a": checked(who="B. Prof")})
    assert "B. Prof" in started(tmp_path, checked()).table.origin


def test_file_with_a_fault_stops_nothing_and_is_told(tmp_path):
    begun = started(tmp_path, content="{")
    assert cells(begun) == BY_MEANING
    assert "comparison.json" in begun.why_not


def test_rows_that_leave_a_step_out_stop_nothing_and_are_told(tmp_path):
    short = checked()
    begun = started(tmp_path, replace(short, phases=short.phases[:-1]))
    assert cells(begun) == BY_MEANING
    assert begun.why_not
