"""Alignments as files: what is written is read back, and every fault is told with its place."""

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings

from promptlab.align.compare import compare
from promptlab.align.corrections import merge_phases, move_steps, rename_phase
from promptlab.align.recorded import saved_from
from promptlab.errors import BadInput
from promptlab.files.alignments import read_alignments, write_alignments
from promptlab.files.cases import load_case
from promptlab.files.kept import kept_alignment, kept_file
from promptlab.model.alignment import History, SavedAlignment
from promptlab.model.answer import Provenance
from tests.align.builders import columns, tables

TABLE = compare(columns(["A", "B"], ["C", "D"]), by="rank")
HISTORY = History((merge_phases(TABLE, 1, 2), rename_phase(TABLE, 1, "Neuf")), (move_steps(TABLE, [(1, 1)], 2),))


def written(folder, change=lambda entry: None):
    """A file with one good alignment, changed as a person may."""
    path = write_alignments(folder / "comparison.json", {"run-a": saved_from(TABLE)})
    values = json.loads(path.read_text("utf-8"))
    change(values["runs"]["run-a"])
    path.write_text(json.dumps(values), encoding="utf-8")
    return path


def refused(folder, change):
    with pytest.raises(BadInput) as caught:
        read_alignments(written(folder, change))
    return str(caught.value)


def test_alignment_comes_back_as_it_was_written(tmp_path):
    source = Provenance("m", "p", "2026-11-21", settings=(("temperature", "0"),), asked_model="m0", note="n")
    full = SavedAlignment(
        "model", saved_from(TABLE).answers, saved_from(TABLE).phases, HISTORY, "P. Prof", "note", "", source, "?", "!"
    ).sealed()
    kept = {"run-a": full, "run-b": SavedAlignment("meaning", full.answers, history=HISTORY)}
    assert read_alignments(write_alignments(tmp_path / "c.json", kept)) == kept


@settings(max_examples=30, deadline=None)
@given(tables())
def test_any_alignment_comes_back(tmp_path_factory, answers):
    saved = saved_from(compare(answers, by="rank"))
    path = tmp_path_factory.mktemp("kept") / "c.json"
    assert read_alignments(write_alignments(path, {"x": saved})) == {"x": saved}


def test_file_has_a_line_with_its_title_for_each_step(tmp_path):
    lines = write_alignments(tmp_path / "c.json", {"r": saved_from(TABLE)}).read_text("utf-8").splitlines()
    for title in "ABCD":
        assert sum(f'"title": "{title}"' in line for line in lines) == 1


def test_step_in_no_phase_and_step_in_two_are_both_told(tmp_path):
    def change(entry):
        entry["phases"][0]["steps"][0]["rank"] = 2

    said = refused(tmp_path, change)
    assert "step 2 of answer 1 already stands in phase 1" in said
    assert "step 1 of answer 1 is in no phase" in said


def test_all_faults_are_told_at_once_with_their_place(tmp_path):
    def change(entry):
        entry["by"] = "magic"
        entry["phases"][1]["steps"] = []
        entry["phases"][0]["steps"][0]["answer"] = 9
        entry["chekced"] = "me"

    said = refused(tmp_path, change)
    for part in ("runs.run-a.by", "“magic”", "phases[2].steps", "no answer 9", "chekced", "“checked”"):
        assert part in said


def test_step_that_its_answer_does_not_have_is_told(tmp_path):
    assert "answer 1 has no step 7: it has 2" in refused(
        tmp_path, lambda entry: entry["phases"][0]["steps"][0].update(rank=7)
    )


def test_correction_of_unknown_kind_or_without_name_is_told(tmp_path):
    def change(entry):
        step = {"answer": 1, "rank": 1}
        entry["corrections"] = [{"kind": "mix", "steps": [step]}, {"kind": "rename", "steps": []}]

    said = refused(tmp_path, change)
    assert "“mix”" in said
    assert "corrections[2].steps" in said
    assert "corrections[2].label" in said


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"{", "l. 1"), (b"\xff\xfe", "UTF-8"), (b"[]", "table"), (b'{"format": 9}', "9"), (b"[" * 100_000, "nested")],
)
def test_file_that_is_no_alignment_is_refused_with_its_name(tmp_path, content, said):
    (tmp_path / "c.json").write_bytes(content)
    with pytest.raises(BadInput, match=said) as caught:
        read_alignments(tmp_path / "c.json")
    assert "c.json" in str(caught.value)


def test_run_without_alignment_is_refused_with_the_command_that_makes_one(tmp_path):
    case = replace(load_case("reclamation"), folder=tmp_path)
    with pytest.raises(BadInput, match=r"align .* --run run-a --save"):
        kept_alignment(case, "run-a", "checked", tmp_path / "out")
    with pytest.raises(BadInput, match="--by model --live"):
        kept_alignment(case, "run-a", "model", tmp_path / "out")
    written(tmp_path)
    assert kept_alignment(case, "run-a", "checked", tmp_path / "out") == saved_from(TABLE)
    with pytest.raises(BadInput, match="run-z"):
        kept_alignment(case, "run-z", "checked", tmp_path / "out")


def test_alignments_of_a_shipped_case_are_kept_among_the_results(tmp_path):
    case = load_case("reclamation")
    assert kept_file(case, "run-a", "checked", tmp_path).is_relative_to(tmp_path)
    assert kept_file(case, "run-a", "model", tmp_path) == tmp_path / "answers/reclamation/run-a/alignment-model.json"
