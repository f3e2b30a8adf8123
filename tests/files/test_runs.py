"""Recorded runs: what is written comes back to the letter, and a faulty folder is told fault by fault."""

import tomllib
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from promptlab.errors import BadInput, CannotWrite
from promptlab.files import runs
from promptlab.files.runs import append_answer, keep_partial, partial_path, read_run, write_run
from promptlab.files.toml import to_toml
from promptlab.model.answer import Answer, Provenance, Run

SOURCE = Provenance(model="m-1", provider="api.example.org", collected="2026-11-21T14:00:00+01:00")


@pytest.fixture(autouse=True)
def english(monkeypatch):
    monkeypatch.setenv("PROMPTLAB_LANG", "en")


def answer(number=1, text="Bonjour\n", **fields):
    return Answer(
        number, fields.pop("prompt", f"Question {number} ?"), text, fields.pop("provenance", SOURCE), **fields
    )


def a_run(*answers):
    return Run("essai", answers or (answer(1), answer(2)))


def faults_of(folder):
    with pytest.raises(BadInput) as caught:
        read_run(folder)
    return str(caught.value)


@pytest.fixture
def recorded(tmp_path):
    return write_run(tmp_path / "essai", a_run())


def edit(folder, old, new):
    manifest = folder / "run.toml"
    text = manifest.read_text("utf-8")
    assert old in text
    manifest.write_text(text.replace(old, new), "utf-8")


# Words of people and machines: anything that UTF-8 can hold.
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
spoken = texts.filter(str.strip)
sources = st.builds(
    Provenance,
    model=spoken,
    provider=spoken,
    collected=spoken,
    modified=st.booleans(),
    note=texts,
    asked_model=texts,
    settings=st.dictionaries(texts, spoken, max_size=3).map(lambda found: tuple(found.items())),
)
answers = st.builds(
    Answer,
    number=st.just(1),
    prompt=spoken,
    text=texts,
    provenance=sources,
    status=st.sampled_from(["truncated", "refused", "empty", "malformed"]),
    finish_reason=texts,
    usage=st.dictionaries(texts, st.integers(0, 10**9), max_size=3).map(lambda found: tuple(found.items())),
    seconds=st.none() | st.floats(0, 10**6),
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(answers, min_size=1, max_size=3), spoken)
def test_written_run_comes_back_as_it_was(tmp_path, found, name):
    run = Run(name, tuple(replace(one, number=number) for number, one in enumerate(found, 1)))
    assert read_run(write_run(tmp_path / "r", run)) == run


@settings(max_examples=100, deadline=None)
@given(
    st.dictionaries(
        texts, texts | st.integers() | st.booleans() | st.lists(texts) | st.dictionaries(texts, texts), max_size=5
    )
)
def test_toml_is_read_back_as_the_same_values(values):
    assert tomllib.loads(to_toml(values)) == values


@pytest.mark.parametrize("text", ["a\r\nb\r\n", "\ufeffa", "fin sans retour", "\n\n\ta \u00a0\u202f? \u2028", "a\rb"])
def test_text_of_an_answer_is_kept_byte_for_byte(tmp_path, text):
    folder = write_run(tmp_path, a_run(answer(text=text)))
    assert (folder / "prompt1.md").read_bytes() == text.encode()
    assert read_run(folder).answers[0].text == text


def test_appended_answer_is_on_the_disk_at_once(tmp_path):
    run = append_answer(tmp_path, Run("essai"), answer(1))
    assert read_run(tmp_path) == run
    assert append_answer(tmp_path, run, answer(2)) == read_run(tmp_path) == a_run()


def test_appended_answer_takes_the_place_of_the_one_with_its_number(tmp_path):
    write_run(tmp_path, a_run())
    run = append_answer(tmp_path, a_run(), answer(2, "autre"))
    assert [one.text for one in run.answers] == ["Bonjour\n", "autre"]
    assert read_run(tmp_path) == run


def test_answer_after_a_gap_is_refused_and_nothing_is_written(tmp_path):
    with pytest.raises(BadInput, match="number 3"):
        append_answer(tmp_path / "r", a_run(answer(1)), answer(3))
    assert not (tmp_path / "r").exists()


def test_partial_answer_is_no_part_of_the_run_and_goes_when_the_whole_is_there(tmp_path, recorded):
    keep_partial(recorded, 3, "À moit")
    assert partial_path(recorded, 3).read_text("utf-8") == "À moit"
    assert len(read_run(recorded).answers) == 2
    append_answer(recorded, read_run(recorded), answer(3))
    assert not partial_path(recorded, 3).exists()


def test_text_changed_by_hand_is_told_as_modified(recorded):
    (recorded / "prompt2.md").write_text("Retouché", "utf-8")
    assert [one.provenance.modified for one in read_run(recorded).answers] == [False, True]


def test_line_ends_turned_by_version_control_are_no_change_by_hand(recorded):
    (recorded / "prompt1.md").write_bytes(b"Bonjour\r\n")
    assert not read_run(recorded).answers[0].provenance.modified


def test_all_faults_are_listed_at_once_each_with_its_place(recorded):
    (recorded / "prompt1.md").unlink()
    (recorded / "prompt2.md").write_bytes(b"ok\n\xff")
    edit(recorded, 'model = "m-1"\n', "")
    edit(recorded, 'status = "complete"', 'status = "complet"')
    said = faults_of(recorded)
    for part in ("model", "answers[1].file", "“prompt1.md”", "“prompt2.md”, line 2", "answers[2].status", "complete"):
        assert part in said


@pytest.mark.parametrize("name", ["../../secret.md", "/etc/hostname", "..", "a\\\\b.md", "C:x.md"])
def test_answer_file_outside_the_folder_is_a_fault(recorded, name):
    edit(recorded, '"prompt1.md"', f'"{name}"')
    assert "without a path" in faults_of(recorded)


def test_misspelt_key_is_a_fault_that_names_the_right_one(recorded):
    edit(recorded, 'provider = "', 'provider_ = "x"\nprovider = "')
    assert "provider_" in faults_of(recorded)


def test_same_file_for_two_answers_is_a_fault(recorded):
    edit(recorded, '"prompt2.md"', '"prompt1.md"')
    assert "answer 1" in faults_of(recorded)


def test_newer_format_is_refused_with_its_number(recorded):
    edit(recorded, "format = 1", "format = 7")
    assert "format 7" in faults_of(recorded)


def test_emptied_answer_file_is_a_fault(recorded):
    (recorded / "prompt1.md").write_text("\n", "utf-8")
    assert "status" in faults_of(recorded)


def test_folder_without_manifest_is_a_fault_that_names_the_file(tmp_path):
    assert "run.toml" in faults_of(tmp_path)


def test_hand_written_manifest_needs_little(tmp_path):
    (tmp_path / "prompt1.md").write_text("Texte", "utf-8")
    head = 'format = 1\nname = "a"\nmodel = "m"\nprovider = "p"\ncollected = "2026-11-21"\n'
    (tmp_path / "run.toml").write_text(head + '[[answers]]\nprompt = "Q"\nfile = "prompt1.md"\n', "utf-8")
    expected = Answer(1, "Q", "Texte", Provenance("m", "p", "2026-11-21"))
    assert read_run(tmp_path) == Run("a", (expected,))


def test_run_without_its_provenance_is_not_written(tmp_path):
    with pytest.raises(BadInput, match="answer 1"):
        write_run(tmp_path / "r", a_run(answer(provenance=replace(SOURCE, model=" "))))
    assert not (tmp_path / "r").exists()


@pytest.mark.parametrize("step", ["write_bytes", "write_text"])
def test_crash_while_writing_leaves_the_recorded_run(recorded, monkeypatch, step):
    def full(path, text):
        raise CannotWrite("full")

    before = read_run(recorded)
    monkeypatch.setattr(runs, step, full)
    with pytest.raises(CannotWrite):
        append_answer(recorded, before, answer(3))
    assert read_run(recorded) == before


def test_answer_that_no_file_can_hold_is_refused(tmp_path):
    with pytest.raises(BadInput, match=r"U\+D800"):
        write_run(tmp_path, a_run(answer(text="a\ud800")))
