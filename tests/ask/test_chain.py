"""A chain is one conversation; it is recorded as it goes, taken up where it was cut, and repeated without mixing."""

import threading
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from promptlab.ask.chain import Plan, run_chain, run_many, run_names
from promptlab.ask.recording import RecordingSource, open_recording, recorded_so_far
from promptlab.ask.scripted import ScriptedSource
from promptlab.ask.source import Message, Progress
from promptlab.ask.standing import problems_of, told
from promptlab.errors import AskFailed, BadInput
from promptlab.files.runs import partial_path, read_run
from promptlab.model.answer import Answer, Provenance, Run

PROMPTS = ("un", "deux", "trois")
SOURCE = Provenance("m-1", "p", "2026-11-21", asked_model="m")


def answer(number=1, text="Réponse", status="complete"):
    return Answer(number, PROMPTS[number - 1], text, SOURCE, status)


class Breaking(ScriptedSource):
    """Says a little, then breaks."""

    def __init__(self, error, *, retries=()):
        super().__init__([])
        self.error, self.retries = error, retries

    def ask(self, conversation, *, on_progress):
        for text in self.retries:
            on_progress(Progress(conversation.number, "text", text=text))
            on_progress(Progress(conversation.number, "retry", attempt=2))
        on_progress(Progress(conversation.number, "text", text="À moit"))
        raise self.error


def texts(run):
    return [one.text for one in run.answers]


# ---------------------------------------------------------------- one chain


def test_each_prompt_is_asked_after_the_answers_before_it():
    source = ScriptedSource("ABC")
    run_chain(source, PROMPTS)
    said = [Message("user", "un"), Message("assistant", "A"), Message("user", "deux"), Message("assistant", "B")]
    assert source.asked[2].messages() == (*said, Message("user", "trois"))


def test_chain_goes_on_after_the_answers_it_already_has():
    source = ScriptedSource("BC")
    run = run_chain(source, PROMPTS, resume_from=Run("r", (answer(1),)))
    assert texts(run) == ["Réponse", "B", "C"]
    assert [asked.number for asked in source.asked] == [2, 3]


@pytest.mark.parametrize("status", ["empty", "malformed"])
def test_nothing_is_built_on_an_answer_that_is_none(status):
    run = run_chain(ScriptedSource([answer(1, "", status), "B"]), PROMPTS)
    assert len(run.answers) == 1
    assert len(problems_of(run, PROMPTS)) == 2


@pytest.mark.parametrize("status", ["truncated", "refused"])
def test_chain_goes_on_after_a_truncated_or_refused_answer_and_tells(status):
    run = run_chain(ScriptedSource([answer(1, "x", status), "B", "C"]), PROMPTS)
    assert len(run.answers) == 3
    (problem,) = problems_of(run, PROMPTS)
    assert "1" in problem.where


def test_complete_answers_are_no_problem():
    assert problems_of(run_chain(ScriptedSource("ABC"), PROMPTS), PROMPTS) == ()


def test_damage_is_told_with_what_came():
    damaged = Answer(1, "un", "", Provenance("m", "p", "d", note="{nope"), "malformed")
    assert "{nope" in told(damaged)


def test_progress_tells_what_happens_in_order():
    heard = []
    with pytest.raises(AskFailed):
        run_chain(ScriptedSource(["A", AskFailed("no")]), PROMPTS, on_progress=heard.append)
    assert [(event.number, event.kind) for event in heard] == [
        (1, "asking"), (1, "text"), (1, "answered"), (2, "asking"), (2, "failed"),
    ]  # fmt: skip


# ---------------------------------------------------------------- recording


def test_answer_is_on_the_disk_before_the_next_prompt_is_asked(tmp_path):
    class Looking(ScriptedSource):
        def ask(self, conversation, *, on_progress):
            assert read_run(tmp_path).answers == conversation.answers if conversation.answers else True
            seen.append(len(conversation.answers))
            return super().ask(conversation, on_progress=on_progress)

    seen = []
    run = run_chain(RecordingSource(Looking("ABC"), tmp_path, Run("r")), PROMPTS, name="r")
    assert read_run(tmp_path) == run
    assert seen == [0, 1, 2]


@pytest.mark.parametrize("error", [AskFailed("cut"), KeyboardInterrupt()])
def test_cut_answer_is_kept_beside_and_asked_anew(tmp_path, error):
    with pytest.raises(type(error)):
        run_chain(open_recording(Breaking(error), tmp_path, PROMPTS), PROMPTS)
    assert partial_path(tmp_path, 1).read_text("utf-8") == "À moit"
    recording = open_recording(ScriptedSource("ABC"), tmp_path, PROMPTS)
    assert texts(run_chain(recording, PROMPTS, resume_from=recording.run)) == ["A", "B", "C"]
    assert not partial_path(tmp_path, 1).exists()


def test_retry_voids_what_had_come_but_keeps_it_until_more_comes(tmp_path):
    with pytest.raises(AskFailed):
        run_chain(open_recording(Breaking(AskFailed("cut"), retries=["Premier"]), tmp_path, PROMPTS), PROMPTS)
    assert partial_path(tmp_path, 1).read_text("utf-8") == "À moit"


def test_chain_that_was_cut_is_taken_up_from_its_folder(tmp_path):
    with pytest.raises(AskFailed):
        run_chain(open_recording(ScriptedSource(["A", AskFailed("no")]), tmp_path / "r", PROMPTS), PROMPTS)
    source = ScriptedSource("BC")
    recording = open_recording(source, tmp_path / "r", PROMPTS)
    run_chain(recording, PROMPTS, resume_from=recording.run)
    assert texts(read_run(tmp_path / "r")) == ["A", "B", "C"]
    assert [asked.number for asked in source.asked] == [2, 3]


def test_empty_answer_is_recorded_and_asked_again_on_the_way_back(tmp_path):
    run_chain(open_recording(ScriptedSource(["A", ""]), tmp_path, PROMPTS), PROMPTS)
    assert [one.status for one in read_run(tmp_path).answers] == ["complete", "empty"]
    assert texts(recorded_so_far(tmp_path, PROMPTS)) == ["A"]


def test_run_of_other_prompts_is_not_taken_up(tmp_path):
    run_chain(open_recording(ScriptedSource("A"), tmp_path, ["une"]), ["une"])
    with pytest.raises(BadInput, match="“un” in place of “une”"):
        recorded_so_far(tmp_path, PROMPTS)


def test_run_with_more_answers_than_prompts_is_not_taken_up(tmp_path):
    run_chain(open_recording(ScriptedSource("ABC"), tmp_path, PROMPTS), PROMPTS)
    with pytest.raises(BadInput, match="3 answers"):
        recorded_so_far(tmp_path, PROMPTS[:2])


def test_run_of_another_model_is_not_taken_up(tmp_path):
    run_chain(RecordingSource(ScriptedSource([answer(1)]), tmp_path, Run("r")), PROMPTS[:1])
    assert recorded_so_far(tmp_path, PROMPTS, model="m").answers
    with pytest.raises(BadInput, match="model m, not other"):
        recorded_so_far(tmp_path, PROMPTS, model="other")


def test_damaged_run_is_not_taken_for_an_empty_one(tmp_path):
    (tmp_path / "run.toml").write_text("oops", "utf-8")
    with pytest.raises(BadInput):
        open_recording(ScriptedSource("A"), tmp_path, PROMPTS)
    assert (tmp_path / "run.toml").read_text("utf-8") == "oops"


# ---------------------------------------------------------------- several at once


def plans(*scripts):
    return [Plan(f"r{n}", lambda script=script: ScriptedSource(script)) for n, script in enumerate(scripts, 1)]


def test_one_failing_chain_does_not_lose_the_others_nor_its_own_answers():
    done = run_many(plans("ABC", ["D", AskFailed("no")], "GHI"), PROMPTS)
    assert [texts(one.run) for one in done] == [["A", "B", "C"], ["D"], ["G", "H", "I"]]
    assert [str(one.error) for one in done if one.error] == ["no"]
    assert [one.run.name for one in done] == ["r1", "r2", "r3"]


def test_source_that_cannot_be_opened_is_an_outcome_too():
    def refuse():
        raise BadInput("no key")

    done = run_many([Plan("a", refuse), *plans("ABC")], PROMPTS)
    assert [str(one.error) for one in done] == ["no key", "None"]


def test_no_more_chains_go_on_at_once_than_allowed():
    going, most, lock = [0], [0], threading.Lock()
    together = threading.Barrier(2)

    class Counting(ScriptedSource):
        def ask(self, conversation, *, on_progress):
            with lock:
                going[0] += 1
                most[0] = max(most[0], going[0])
            together.wait(10)
            time.sleep(0.02)  # long enough for a third to come in, if one could
            with lock:
                going[0] -= 1
            return super().ask(conversation, on_progress=on_progress)

    run_many([Plan(str(n), lambda: Counting("A")) for n in range(4)], PROMPTS[:1], at_once=2)
    assert most == [2]


def test_listener_hears_one_thread_at_a_time_with_the_name_of_the_run():
    inside, heard = threading.Lock(), []

    def listen(progress):
        assert inside.acquire(blocking=False)
        heard.append(progress.run)
        time.sleep(0.002)  # long enough for another thread to come in, if one could
        inside.release()

    run_many(plans("ABC", "DEF", "GHI"), PROMPTS, on_progress=listen)
    assert {name: heard.count(name) for name in heard} == {"r1": 9, "r2": 9, "r3": 9}


def test_sources_are_closed_after_their_chain():
    class Closing(ScriptedSource):
        def close(self):
            closed.append(True)

    closed = []
    run_many([Plan("a", lambda: Closing("A")), Plan("b", lambda: Closing([AskFailed("no")]))], PROMPTS[:1])
    assert closed == [True, True]


def test_interrupt_ends_every_chain_and_what_is_recorded_stays(tmp_path, monkeypatch):
    started, went_on = threading.Event(), []

    class Endless(ScriptedSource):
        def ask(self, conversation, *, on_progress):
            if not conversation.answers:
                return super().ask(conversation, on_progress=on_progress)
            for _again in range(5000):  # would end by itself in some seconds
                on_progress(Progress(2, "text", text="x"))
                started.set()
                time.sleep(0.001)
            went_on.append(True)
            raise AskFailed("nobody stopped it")

    def interrupted(chains):
        started.wait(10)
        raise KeyboardInterrupt

    monkeypatch.setattr("promptlab.ask.chain.wait", interrupted)
    sources = [Plan(n, lambda n=n: open_recording(Endless("A"), tmp_path / n, PROMPTS)) for n in "ab"]
    with pytest.raises(KeyboardInterrupt):
        run_many(sources, PROMPTS)
    assert any(texts(read_run(tmp_path / n)) == ["A"] for n in "ab" if (tmp_path / n).exists())
    assert went_on == []


def test_names_of_repeated_runs_tell_model_and_count():
    assert run_names("essai", ["m"], 1) == (("essai", "m"),)
    assert run_names("essai", [], 2) == (("essai-1", ""), ("essai-2", ""))
    assert run_names("e", ["Mistral/small:7b", "gpt"], 1) == (
        ("e-mistral-small-7b", "Mistral/small:7b"),
        ("e-gpt", "gpt"),
    )


@settings(deadline=None)
@given(st.lists(st.text(max_size=8), max_size=5), st.integers(1, 4))
def test_no_two_runs_have_the_same_name(models, repeat):
    names = [name for name, _model in run_names("e", models, repeat)]
    assert len(set(names)) == len(names) == max(1, len(models)) * repeat
    assert all("/" not in name and "\\" not in name and ":" not in name for name in names)
