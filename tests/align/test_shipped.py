"""The alignments that are shipped with the case fit its answers, and say who checked them."""

import pytest

from promptlab.align.compare import compare
from promptlab.files.alignments import FILE, read_alignments
from promptlab.files.cases import load_case
from promptlab.lesson import columns_of
from tests.align.builders import every_step_once

CASE = load_case("reclamation")
KEPT = read_alignments(CASE.folder / FILE)


@pytest.mark.parametrize("run", [run.name for run in CASE.runs])
def test_checked_rows_of_each_run_fit_its_answers(run):
    table = compare(columns_of(CASE.run(run)), by="checked", alignment=KEPT[run])
    assert table.by == "checked"
    assert "Claude (Anthropic)" in table.origin
    assert every_step_once(table)
    assert table.problems == ()


def test_shipped_rows_are_as_they_were_checked():
    assert not any(saved.touched for saved in KEPT.values())
    assert all(phase.label and phase.why for saved in KEPT.values() for phase in saved.phases)


def test_titles_in_the_file_are_those_of_the_answers():
    for run in CASE.runs:
        titles = {
            (answer.answer, step.rank): step.title
            for answer, column in zip(KEPT[run.name].answers, columns_of(run), strict=True)
            for step in column.answer.steps
        }
        named = {(ref.answer, ref.rank): ref.title for phase in KEPT[run.name].phases for ref in phase.steps}
        assert named == titles
