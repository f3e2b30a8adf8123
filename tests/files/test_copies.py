import errno
import json
import os
import re
import tempfile
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from promptlab.errors import BadInput, CannotWrite, Conflict
from promptlab.files.copie_form import to_text, to_values
from promptlab.files.copies import (
    CopieFile,
    DamagedCopie,
    backup_of,
    copies_folder,
    file_name,
    keep_beside,
    open_copie,
    read_copie,
    restore_backup,
    save,
)
from promptlab.model.answer import Answer, Provenance
from promptlab.model.copie import Comment, Return
from promptlab.review.history import undo
from promptlab.review.tagging import tag
from promptlab.review.writing import write_remark
from tests.review.builders import a_copie, an_exercise, whole
from tests.review.doings import do, doings_back_and_forth, words
from tests.review.doings import values as json_values

ON = an_exercise()
ANSWER = Answer(1, "Quoi ?", "1. Lire", Provenance("M", "P", "2026", settings=(("temperature", "0"),)), seconds=1.5)
NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
MIXED = "👩‍🏫 שלום \u202eمرحبا e\u0301 « {x} » </script>"


def tagged():
    return write_remark(tag(a_copie(ON, "P07", session=2, run="run-a"), ON, whole(), "relevant"), ON, 2, MIXED)


def saved(folder, copie=None):
    path = folder / "copie.json"
    return path, save(copie or tagged(), path, 0, writer="one", now=NOON)


def remark(text):
    return lambda copie: write_remark(copie, ON, 1, text)


def names_in(folder):
    return sorted(path.name for path in folder.iterdir())


def fail_with(number):
    def fail(*_args, **_kwargs):
        raise OSError(number, os.strerror(number))

    return fail


# ---------------------------------------------------------------- form


@settings(deadline=None)
@given(doings_back_and_forth, st.lists(words, max_size=2))
def test_a_copie_comes_back_from_its_file_as_it_was(tmp_path_factory, steps, comments):
    copie = tagged()
    for step in steps:
        copie = do(copie, step)
    comments = tuple(Comment(text + "x", text) for text in comments)
    copie = replace(copie, returned=Return((1, 6), Decimal("14.50"), Decimal(20), comments, 3, "2026-11-22"))
    path = tmp_path_factory.mktemp("copies") / "copie.json"
    written = save(copie, path, 0, now=NOON)
    assert read_copie(path) == written
    assert replace(written, revision=0, saved_at="", writer="") == copie


def test_halves_of_a_pair_do_not_damage_a_copie(tmp_path):
    path, written = saved(tmp_path, replace(tagged(), remarks=("a\ud83d",)))
    assert read_copie(path) == written


def test_undo_survives_saving(tmp_path):
    path, written = saved(tmp_path)
    assert undo(undo(read_copie(path))).taggings == ()
    assert undo(read_copie(path)).remarks == () != written.remarks


def test_file_is_readable_text_with_a_line_for_each_tag(tmp_path):
    lines = saved(tmp_path)[0].read_text(encoding="utf-8").splitlines()
    assert sum('"tag": "relevant"' in line for line in lines) == 2  # the tag, and the change that set it
    assert any(MIXED in line for line in lines)


def test_what_is_empty_may_be_left_out(tmp_path):
    path = tmp_path / "copie.json"
    path.write_text('\ufeff{"promptlab": "copie", "format": 1, "id": "a", "case": "reclamation", "session": null}')
    assert read_copie(path).taggings == ()


# ---------------------------------------------------------------- faults


def changed(**values):
    return json.dumps(to_values(tagged()) | values)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "l. 1"),
        (to_text(tagged())[:200], "JSON"),
        ("[]", "is not a copie of promptlab"),
        ("null", "is not a copie of promptlab"),
        ('{"format": 1}', "not a copie"),
        ("[" * 100_000, "JSON"),
        (changed(id=""), "id"),
        (changed(tags=[{"column": 0, "item": "1.1", "text": "abc", "span": [2, 9], "tag": "x"}]), "tags[1].span"),
        (changed(tags=[{"column": 0, "item": "1.1", "text": "abc", "span": [2, 9], "tag": "x"}]), "tags[1].column"),
        (changed(remarks=[1]), "remarks"),
        (changed(works=[{"name": "letter", "version": "1", "content": 1}]), "works[1].version"),
        (changed(history={"past": [{"area": "marks", "what": ""}]}), "history.past[1].area"),
        (changed(settings={"contrast": "loud"}), "standard, high"),
        (changed(answers=[{"number": 1, "seconds": "3"}]), "answers[1].seconds"),
        (changed(remark="x"), "remarks"),
        (
            changed(works=[{"name": "a", "version": 1, "content": 0}]).replace('"content": 0', '"content": 1e999'),
            "content",
        ),
    ],
)
def test_damaged_copie_is_refused_with_the_place(tmp_path, content, said):
    path = tmp_path / "copie.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(DamagedCopie) as refused:
        read_copie(path)
    assert said in str(refused.value)
    assert names_in(tmp_path) == ["copie.json"]


def places(values, path=()):
    """The path of every value inside `values`."""
    inner = values.items() if isinstance(values, dict) else enumerate(values) if isinstance(values, list) else ()
    for key, value in inner:
        yield (*path, key)
        yield from places(value, (*path, key))


RETURNED = Return((1,), Decimal(14), Decimal(20), (Comment("bien", "PROMPT 1"),), 3, "2026-11-22")
WHOLE = to_values(
    replace(
        do(do(do(tagged(), ("answer", ANSWER)), ("work", "letter", {"a": [1]})), ("tag", whole(), "relevant", {})),
        returned=RETURNED,
    )
)


@settings(deadline=None)
@given(st.sampled_from(list(places(WHOLE))), json_values)
def test_whatever_stands_in_a_copie_it_is_read_or_refused_and_reads_the_same_again(place, value):
    values = json.loads(json.dumps(WHOLE))
    inner = values
    for key in place[:-1]:
        inner = inner[key]
    inner[place[-1]] = value
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "copie.json"
        path.write_text(json.dumps(values), encoding="utf-8")
        try:
            copie = read_copie(path)
        except BadInput:
            return
        save(replace(copie, revision=0), path.with_name("again.json"), copie.revision, writer=copie.writer, now=NOON)
        again = read_copie(path.with_name("again.json"))
        assert replace(again, revision=copie.revision, saved_at=copie.saved_at) == copie


@settings(deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_are_refused_in_words(content):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "copie.json"
        path.write_bytes(content)
        with pytest.raises(BadInput):
            read_copie(path)


def test_all_faults_are_told_at_once(tmp_path):
    path = tmp_path / "copie.json"
    path.write_text(changed(tasks="1", revision="x", pupils=None, saved_at=3), encoding="utf-8")
    with pytest.raises(DamagedCopie, match="3 faults"):
        read_copie(path)


@pytest.mark.parametrize("code", ["=1+1", "@x", "Jean Dupont", "a@b.fr", "P<b>", "../x", "", "x" * 21])
def test_what_is_no_pseudonym_is_refused_where_a_pupil_should_stand(tmp_path, code):
    path = tmp_path / "copie.json"
    path.write_text(changed(pupils=["P07", code]), encoding="utf-8")
    with pytest.raises(DamagedCopie, match=re.escape(f"“{code}”")):
        read_copie(path)


def test_newer_format_is_refused_and_left_where_it_is(tmp_path):
    path = tmp_path / "copie.json"
    path.write_text(changed(format=2), encoding="utf-8")
    with pytest.raises(BadInput, match="update promptlab") as refused:
        open_copie(path)
    assert not isinstance(refused.value, DamagedCopie)
    assert names_in(tmp_path) == ["copie.json"]


def test_damaged_copie_is_put_aside_and_the_one_before_offered(tmp_path):
    path, first = saved(tmp_path)
    save(remark("b")(first), path, 1, writer="one", now=NOON)
    path.write_bytes(b"{half")
    with pytest.raises(DamagedCopie) as refused:
        open_copie(path)
    assert refused.value.kept.read_bytes() == b"{half"
    assert str(refused.value.kept) in str(refused.value)
    assert refused.value.backup == backup_of(path)
    assert restore_backup(path) == first == read_copie(path)


def test_second_damaged_copie_is_not_put_over_the_first(tmp_path):
    path = tmp_path / "copie.json"
    for content in (b"one", b"two"):
        path.write_bytes(content)
        with pytest.raises(DamagedCopie):
            open_copie(path)
    assert sorted(file.read_bytes() for file in tmp_path.iterdir()) == [b"one", b"two"]


def test_backup_is_not_put_back_over_a_copie(tmp_path):
    path, first = saved(tmp_path)
    save(first, path, 1, writer="one", now=NOON)
    with pytest.raises(Conflict, match=r"copie\.json is there"):
        restore_backup(path)


def test_missing_copie_is_bad_input_that_names_the_one_before(tmp_path):
    path, first = saved(tmp_path)
    save(first, path, 1, writer="one", now=NOON)
    path.unlink()
    with pytest.raises(BadInput, match=r"copie\.json\.bak"):
        open_copie(path)


def test_folder_is_no_copie(tmp_path):
    with pytest.raises(BadInput, match="cannot be read"):
        read_copie(tmp_path)


# ---------------------------------------------------------------- saving, two writers


def test_saving_counts_revisions_and_keeps_the_one_before(tmp_path):
    path, first = saved(tmp_path)
    second = save(remark("b")(first), path, 1, writer="one", now=NOON)
    assert (first.revision, second.revision, second.saved_at) == (1, 2, "2026-11-21T12:00:00+00:00")
    assert read_copie(backup_of(path)) == first
    assert names_in(tmp_path) == ["copie.json", "copie.json.bak"]


def test_backup_is_kept_where_the_disk_has_no_links(tmp_path, monkeypatch):
    monkeypatch.setattr(Path, "hardlink_to", fail_with(errno.EPERM))
    path, first = saved(tmp_path)
    save(first, path, 1, now=NOON)
    assert read_copie(backup_of(path)) == first
    assert names_in(tmp_path) == ["copie.json", "copie.json.bak"]


@pytest.mark.parametrize(
    ("revision", "writer"),
    [(0, None), (2, None), (1, "two")],
)
def test_another_revision_or_writer_is_a_conflict_and_the_file_stays(tmp_path, revision, writer):
    path, first = saved(tmp_path)
    with pytest.raises(Conflict, match="revision 1"):
        save(remark("b")(first), path, revision, writer="two", expected_writer=writer, now=NOON)
    assert read_copie(path) == first


def test_another_copie_is_never_written_over(tmp_path):
    path, first = saved(tmp_path)
    with pytest.raises(Conflict, match=first.id):
        save(a_copie(), path, 1, now=NOON)


def test_damaged_file_in_the_way_is_put_aside(tmp_path):
    path, first = saved(tmp_path)
    path.write_bytes(b"{half")
    save(first, path, 1, now=NOON)
    assert len(names_in(tmp_path)) == 2
    assert b"{half" in [file.read_bytes() for file in tmp_path.iterdir()]


def test_later_of_two_tabs_is_told_and_loses_nothing(tmp_path):
    path = saved(tmp_path)[0]
    one, two = CopieFile.open(path), CopieFile.open(path)
    one.change(remark("du premier"))
    assert two.change(remark("du second")).remarks[0] == "du second"
    assert isinstance(two.error, Conflict)
    assert (two.saved_at, two.unsaved, one.error) == ("", True, None)
    assert read_copie(two.keep_beside()).remarks[0] == "du second"
    assert read_copie(path).remarks[0] == "du premier"


def test_tab_that_was_told_can_load_what_is_there(tmp_path):
    path = saved(tmp_path)[0]
    one, two = CopieFile.open(path), CopieFile.open(path)
    one.change(remark("du premier"))
    two.change(remark("du second"))
    assert two.load() == one.copie
    assert (two.error, two.unsaved) == (None, False)
    kept = [read_copie(file).remarks[0] for file in tmp_path.glob("*-1.json")]
    assert kept == ["du second"]
    assert two.change(remark("la suite")).revision == 3


# ---------------------------------------------------------------- a copie at work


def test_saved_at_is_said_only_after_the_write(tmp_path):
    file = CopieFile(tmp_path / "copie.json", tagged(), now=lambda: NOON)
    assert (file.saved_at, file.unsaved) == ("", True)
    file.change(remark("a"))
    assert file.saved_at == read_copie(file.path).saved_at == "2026-11-21T12:00:00+00:00"


def test_full_disk_keeps_the_work_in_memory_and_the_next_change_saves_all(tmp_path, monkeypatch):
    file = CopieFile.create(tmp_path, tagged())
    before = file.path.read_bytes()
    with monkeypatch.context() as full:
        full.setattr(os, "fsync", fail_with(errno.ENOSPC))
        assert file.change(remark("a")).remarks[0] == "a"
        assert isinstance(file.error, CannotWrite)
        assert "disk is full" in str(file.error)
        assert (file.saved_at, file.path.read_bytes()) == ("", before)
    file.change(lambda copie: write_remark(copie, ON, 2, "b"))
    assert (file.error, read_copie(file.path).remarks) == (None, ("a", "b"))


def test_copie_too_large_to_be_opened_again_is_not_written(tmp_path, monkeypatch):
    file = CopieFile.create(tmp_path, tagged())
    monkeypatch.setattr("promptlab.files.copies.MOST_BYTES", 100)
    file.change(remark("a"))
    assert isinstance(file.error, CannotWrite)
    assert file.unsaved


def test_save_tries_again_without_a_change(tmp_path, monkeypatch):
    with monkeypatch.context() as full:
        full.setattr(os, "fsync", fail_with(errno.ENOSPC))
        file = CopieFile.create(tmp_path, tagged())
        assert file.error
    assert file.save().revision == 1
    assert file.error is None


def test_what_a_rule_refuses_is_raised_and_changes_nothing(tmp_path):
    file = CopieFile.create(tmp_path, tagged())
    before = file.copie
    with pytest.raises(BadInput, match="no column 7"):
        file.change(lambda copie: write_remark(copie, ON, 7, "…"))
    assert (file.copie, file.unsaved) == (before, False)


def test_change_that_changes_nothing_writes_nothing(tmp_path):
    file = CopieFile.create(tmp_path, tagged())
    assert file.change(lambda copie: copie).revision == 1


def test_deleted_file_is_written_anew(tmp_path):
    file = CopieFile.create(tmp_path, tagged())
    file.path.unlink()
    file.change(remark("a"))
    assert (file.error, read_copie(file.path).remarks[0]) == (None, "a")


def test_new_copie_is_never_put_over_one_of_that_name(tmp_path):
    first = CopieFile.create(tmp_path, a_copie(ON, "P07"))
    second = CopieFile.create(tmp_path, a_copie(ON, "P07"))
    assert isinstance(second.error, Conflict)
    assert read_copie(first.path).id == first.copie.id


def test_kept_beside_never_writes_over(tmp_path):
    path = tmp_path / "copie.json"
    assert keep_beside(tagged(), path) != keep_beside(tagged(), path)


# ---------------------------------------------------------------- names


def test_name_says_case_pupils_and_session():
    assert file_name(a_copie(ON, "P07", "P12", session=2)) == "copie-reclamation-P07+P12-s2.json"


@settings(deadline=None)
@given(st.text(min_size=1, max_size=300), st.text(max_size=20))
def test_name_is_one_that_windows_takes(case, pupil):
    name = file_name(replace(a_copie(), case=case, pupils=(pupil,)))
    assert not set(name) & set('<>:"/\\|?*\n\t\x00 ')
    assert name.startswith("copie")
    assert name.endswith(".json")
    assert len(name) <= 120


def test_copie_without_pseudonym_is_named_by_its_id():
    copie = a_copie()
    assert copie.id[:8] in file_name(copie)


def test_folder_is_the_one_given_or_that_of_promptlab_home(tmp_path, monkeypatch):
    monkeypatch.setenv("PROMPTLAB_HOME", str(tmp_path))
    assert copies_folder() == tmp_path / "copies"
    assert copies_folder(tmp_path / "x") == tmp_path / "x"
    monkeypatch.delenv("PROMPTLAB_HOME")
    assert copies_folder() == Path.home() / "promptlab" / "copies"
