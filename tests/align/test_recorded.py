"""Alignments that were kept, laid on the answers again; and those that a model or embeddings gave."""

from dataclasses import replace

import pytest
from hypothesis import given, settings

from promptlab.align.compare import compare
from promptlab.align.corrections import merge_phases, rename_phase, split_phase
from promptlab.align.recorded import choose, saved_from, settled
from promptlab.align.recorded_embeddings import align_by_embeddings
from promptlab.align.recorded_model import align_by_model, phases_in, request_for
from promptlab.align.wording import how_made
from promptlab.ask.structured import Embedded, Structured
from promptlab.errors import AskFailed, BadInput
from promptlab.model.alignment import History, SavedAlignment, fingerprint
from promptlab.model.answer import Answer, Provenance
from tests.align.builders import column, columns, every_step_once, grouped, tables

ANSWERS = columns(["A", "B"], ["C", "D"])
BY_RANK = compare(ANSWERS, by="rank")
SOURCE = Provenance("stub-2", "127.0.0.1", "2026-11-21T10:00:00+01:00")


def kept(**more):
    return replace(saved_from(BY_RANK), **more)


# ---------------------------------------------------------------- kept alignments


def test_checked_alignment_is_used_and_says_so():
    table = compare(ANSWERS, by="checked", alignment=kept(checked="P. Prof, 2026"))
    assert (table.by, [phase.cells for phase in table.phases]) == ("checked", [phase.cells for phase in BY_RANK.phases])
    assert "P. Prof" in table.origin
    assert "P. Prof" in how_made(table)


def test_alignment_that_nobody_checked_is_never_called_checked():
    table = compare(ANSWERS, by="checked", alignment=kept())
    assert table.by == "rank"
    assert any("checked" in problem.message for problem in table.problems)


def test_correction_after_the_check_is_told_beside_it():
    corrected = kept(checked="P. Prof", history=History((merge_phases(BY_RANK, 1, 2),)))
    assert compare(ANSWERS, by="checked", alignment=corrected).by == "checked+corrections"


def test_alignment_edited_in_its_file_is_told_as_corrected():
    edited = kept(phases=(replace(kept().phases[0], label="Autre"), kept().phases[1]))
    assert compare(ANSWERS, by="checked", alignment=edited).by == "rank+corrections"


def test_corrections_without_phases_are_applied_to_a_table_made_anew():
    saved = SavedAlignment("rank", saved_from(BY_RANK).answers, history=History((merge_phases(BY_RANK, 1, 2),)))
    table = compare(ANSWERS, by="checked", alignment=saved)
    assert table.by == "rank+corrections"
    assert [phase.cells for phase in table.phases] == [((1, 2), (1, 2))]


def test_kept_alignment_fits_any_order_and_part_of_its_answers():
    answers = columns(["A"], ["B"], ["C"])
    saved = saved_from(compare(answers, by="rank"))
    table = compare((answers[2], answers[0]), by="checked", alignment=saved)
    assert [phase.cells for phase in table.phases] == [((1,), (1,))]


def test_answer_that_changed_since_is_refused_by_name():
    with pytest.raises(BadInput, match=r"prompt2\.md"):
        compare((ANSWERS[0], column("C", "D, autrement", prompt=2)), by="checked", alignment=kept())


def test_kept_alignment_is_never_made_up():
    for by in ("checked", "model", "embeddings"):
        with pytest.raises(BadInput, match=by):
            compare(ANSWERS, by=by)


def test_alignment_of_another_method_is_not_passed_off():
    with pytest.raises(BadInput, match=r"rank.*model"):
        compare(ANSWERS, by="model", alignment=kept())


def test_methods_asked_for_by_name_pass_over_what_is_kept():
    assert compare(ANSWERS, by="rank", alignment=kept(checked="moi")).by == "rank"


def test_the_alignment_of_these_answers_is_chosen_among_several():
    other = saved_from(compare(columns(["X"], ["Y"]), by="rank"))
    assert choose([other, kept()], ANSWERS, "f") == kept()
    with pytest.raises(BadInput, match="f holds no"):
        choose([other], ANSWERS, "f")


def test_answer_without_steps_is_still_told_under_a_kept_alignment():
    answers = columns(["A"], [])
    table = compare(answers, by="checked", alignment=replace(saved_from(compare(answers, by="rank")), checked="moi"))
    assert [problem.where for problem in table.problems] == ["prompt2.md"]


@settings(max_examples=40, deadline=None)
@given(tables())
def test_saving_and_laying_on_again_changes_no_phase(answers):
    table = compare(answers)
    again = compare(answers[::-1], by="checked", alignment=replace(saved_from(table), checked="moi"))
    assert grouped(again) == grouped(table)
    assert [phase.label for phase in again.phases] == [phase.label for phase in table.phases]


def test_fingerprint_passes_over_marks_and_sees_words_and_bounds_of_steps():
    name = fingerprint(column(("Vérifier", "Lire la facture.")).answer)
    assert name == fingerprint(column(("**Vérifier** :", "lire  la facture")).answer)
    assert name != fingerprint(column(("Vérifier", "Lire les factures.")).answer)
    assert name != fingerprint(column("Vérifier", "Lire la facture.").answer)


# ---------------------------------------------------------------- a model's alignment


class Scripted:
    """A source that gives these values in turn, and remembers what it was asked."""

    def __init__(self, *values, vectors=()):
        self.values, self.vectors, self.asked = list(values), vectors, []

    def complete_json(self, prompt, schema):
        self.asked.append(prompt)
        value = self.values.pop(0)
        return Structured(value, Answer(1, prompt, f"reply {len(self.asked)}", SOURCE))

    def embed(self, texts):
        self.asked += texts
        return Embedded(tuple(self.vectors), SOURCE)


def phase(*steps, label="P"):
    return {"label": label, "why": "w", "steps": [{"answer": one, "step": rank} for one, rank in steps]}


GOOD = {"phases": [phase((1, 1), (2, 2)), phase((1, 2)), phase((2, 1), label="Q")]}


def test_alignment_of_a_model_is_kept_with_its_source_and_the_exact_request():
    source = Scripted(GOOD)
    saved = align_by_model(ANSWERS, source)
    table = compare(ANSWERS, by="model", alignment=saved)
    assert (table.by, [phase.cells for phase in table.phases]) == ("model", [((1,), (2,)), ((2,), ()), ((), (1,))])
    assert (saved.request, saved.reply, saved.provenance) == (source.asked[0], "reply 1", SOURCE)
    assert "stub-2" in table.origin


def test_request_holds_every_step_with_its_number():
    asked = request_for(columns([("Accuser", "Dire merci.")], ["Répondre"]))
    assert "1.1 Accuser: Dire merci." in asked
    assert "2.1 Répondre" in asked


def test_reply_with_faults_is_told_to_the_model_and_asked_once_more():
    source = Scripted({"phases": [phase((1, 1))]}, GOOD)
    saved = align_by_model(ANSWERS, source)
    assert "step 1.2 is in no phase" in source.asked[1]
    assert saved.request == source.asked[1]
    assert len(saved.phases) == 3


def test_second_faulty_reply_is_refused_with_what_is_wrong():
    with pytest.raises(AskFailed, match=r"2\.2 is in no phase"):
        align_by_model(ANSWERS, Scripted({}, {"phases": [phase((1, 1), (1, 2), (2, 1))]}))


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ({"phases": [*GOOD["phases"], phase((1, 1))]}, "1.1 stands twice"),
        ({"phases": [phase((1, 1), (1, 1), (1, 2), (2, 1), (2, 2))]}, "1.1 stands twice"),
        ({"phases": [*GOOD["phases"], phase((1, 3))]}, "no step 1.3"),
        ({"phases": [*GOOD["phases"], phase((True, "x"))]}, "no step True.x"),
        ({"phases": [*GOOD["phases"], {"label": "x"}]}, "phase 4 has no list"),
        ({"phases": "many"}, "no list of phases"),
        ([], "no list of phases"),
    ],
)
def test_reply_that_is_not_a_partition_is_not_believed(value, said):
    assert any(said in fault for fault in phases_in(value, ANSWERS)[1])


def test_equal_answers_are_asked_about_once():
    source = Scripted({"phases": [phase((1, 1)), phase((1, 2))]})
    saved = align_by_model(columns(["A", "B"], ["A", "B"]), source)
    table = compare(columns(["A", "B"], ["A", "B"]), by="model", alignment=saved)
    assert [phase.cells for phase in table.phases] == [((1,), (1,)), ((2,), (2,))]


def test_corrected_alignment_of_a_model_says_both():
    saved = align_by_model(ANSWERS, Scripted(GOOD))
    table = compare(ANSWERS, by="model", alignment=saved)
    corrected = replace(saved, history=History((rename_phase(table, 1, "Neuf"),)))
    assert compare(ANSWERS, by="checked", alignment=corrected).by == "model+corrections"


# ---------------------------------------------------------------- embeddings


def test_steps_with_near_vectors_share_a_phase():
    saved = align_by_embeddings(ANSWERS, Scripted(vectors=[(1, 0, 0), (0, 1, 0), (0.9, 0.1, 0), (0, 0, 1)]))
    table = compare(ANSWERS, by="embeddings", alignment=saved)
    assert ((1,), (1,)) in [phase.cells for phase in table.phases]
    assert every_step_once(table)
    assert (table.by, saved.provenance) == ("embeddings", SOURCE)


def test_no_steps_are_not_sent():
    source = Scripted()
    with pytest.raises(AskFailed):
        align_by_embeddings(columns([], []), source)
    assert source.asked == []


@settings(max_examples=30, deadline=None)
@given(tables())
def test_any_vectors_leave_every_step_in_one_phase(answers):
    steps = {fingerprint(one.answer): one.answer.steps for one in answers}
    vectors = [(float(len(step.title) % 5), float(step.rank % 3), 1.0) for of in steps.values() for step in of]
    if vectors:
        saved = align_by_embeddings(answers, Scripted(vectors=vectors))
        assert every_step_once(compare(answers, by="embeddings", alignment=saved))


# ---------------------------------------------------------------- steps that do not add up, corrections left over


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda one: {"answers": (replace(one.answers[0], steps=1), one.answers[1])}, "2 steps"),
        (lambda one: {"phases": one.phases[:1]}, "Mend: 2"),
        (lambda one: {"phases": (*one.phases, one.phases[0])}, "Mend: 1"),
        (lambda one: {"phases": (*one.phases, replace(one.phases[0], steps=(one.phases[0].steps[0],) * 2))}, "1"),
    ],
)
def test_saved_alignment_that_does_not_hold_each_step_once_is_refused(change, said):
    with pytest.raises(BadInput, match=said):
        compare(ANSWERS, by="checked", alignment=kept(**change(kept())))


def test_settled_rows_stay_as_they_are_and_what_did_not_fit_is_not_lost():
    parted, renamed = split_phase(BY_RANK, 1, [(1, 1)]), rename_phase(BY_RANK, 1, "Neuf")
    joined = merge_phases(BY_RANK, 1, 2)
    saved = kept(history=History((parted, renamed, joined)))
    before = compare(ANSWERS, by="checked", alignment=saved)
    after = settled(saved, compare(ANSWERS, by="rank"))
    table = compare(ANSWERS, by="checked", alignment=after)
    assert [(phase.label, phase.cells) for phase in table.phases] == [
        (phase.label, phase.cells) for phase in before.phases
    ]
    assert (after.history.done, after.history.undone) == ((), (renamed,))
