"""The pandas tables of a comparison."""

from hypothesis import given, settings

from promptlab.align.frame import items_frame, to_frame
from promptlab.align.lines import shown
from promptlab.model.comparison import Comparison, Phase
from promptlab.model.parsed import Item, Section
from tests.table import builders
from tests.table.builders import bullet, column, comparison, step


def test_frame_has_a_row_for_each_phase_and_a_column_for_each_answer():
    frame = to_frame(comparison())
    assert list(frame.columns) == ["PROMPT 1", "PROMPT 2"]
    assert frame.loc["Phase 1", "PROMPT 1"].endswith("Recevoir\n• Lire la lettre.")


def test_cell_without_a_step_is_an_empty_text():
    assert to_frame(comparison(column(step("T")), column(prompt=2))).loc["Phase 1", "PROMPT 2"] == ""


def test_label_that_stands_twice_or_is_empty_is_told_apart():
    table = comparison()
    phases = tuple(Phase(label, ((), ())) for label in ("A", "A", "", "A (2)"))
    labels = list(to_frame(Comparison("rank", table.columns, phases)).index)
    assert labels[3] == "A (2)"
    assert len(set(labels)) == 4
    assert all(labels)


def test_answers_to_the_same_prompt_have_columns_of_their_own():
    names = list(to_frame(comparison(column(), column(), column())).columns)
    assert names[0] == "PROMPT 1"
    assert len(set(names)) == 3


def test_comparison_without_phases_gives_an_empty_frame():
    frame = to_frame(comparison(column(), column(prompt=2)))
    assert frame.shape == (0, 2)
    assert items_frame(comparison(column(), column(prompt=2))).empty


def test_items_come_with_their_place_and_children_after_them():
    nested = bullet("mère", label="Note", items=(bullet("fille", "1.1.1"),))
    frame = items_frame(comparison(column(step("Recevoir", nested))))
    assert list(frame["id"]) == ["1.1", "1.1.1"]
    assert list(frame["depth"]) == [0, 1]
    assert frame.loc[0, ["phase", "column", "step", "title", "kind", "label", "text"]].tolist() == [
        "Phase 1",
        "PROMPT 1",
        1,
        "Recevoir",
        "bullet",
        "Note",
        "mère",
    ]


def test_items_of_sections_have_no_step():
    section = Section("key_points", "À retenir", (bullet("vite", "S1.1"),))
    frame = items_frame(comparison(column(step("T"), sections=(section,))))
    assert frame["step"].isna().tolist() == [True]
    assert frame.loc[0, "title"] == "À retenir"


def test_rows_of_a_table_are_in_its_text():
    frame = items_frame(comparison(column(step("T", Item("1.1", "table", rows=(("a", "b"), ("c", "d")))))))
    assert frame.loc[0, "text"] == "a | b\nc | d"


@settings(max_examples=40, deadline=None)
@given(builders.comparisons())
def test_frame_holds_every_word_of_the_steps_in_their_order(table):
    frame = to_frame(table)
    assert frame.index.is_unique
    for place, one in enumerate(table.columns):
        told = iter(builders.words(" ".join(frame.iloc[:, place])))
        strings = builders.strings(tuple((one.title, _in_order(one.items)) for one in one.answer.steps))
        assert all(word in told for word in builders.words(" ".join(map(shown, strings))))


def _in_order(items):
    return tuple((item.label or "", item.text, item.rows, _in_order(item.items)) for item in items)
