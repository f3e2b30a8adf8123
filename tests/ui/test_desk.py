"""The desk: the copie at work is never lost, whatever happens to its file."""

import json
import os
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest

from promptlab.errors import BadInput, CannotWrite, Conflict
from promptlab.files.copies import read_copie
from promptlab.model.copie import REMARKS, Return, Spot
from promptlab.review.tagging import tag
from promptlab.review.writing import receive, write_remark
from tests.ui.builders import a_desk


def remark(desk, words, column=1, **more):
    return desk.change(lambda copie: write_remark(copie, desk.exercise, column, words), **more)


def on_disk(desk):
    return read_copie(desk.path)


def test_copie_is_begun_and_found_again(tmp_path):
    first = a_desk(tmp_path, "p7")
    assert first.path == tmp_path / "copies" / "copie-reclamation-P7.json"
    remark(first, "Bien")
    assert a_desk(tmp_path, "P7").copie.remarks == ("Bien",)


def test_two_pupils_have_a_copie_of_their_own_whatever_their_order(tmp_path):
    remark(a_desk(tmp_path, "P07", "P12"), "Ensemble")
    assert a_desk(tmp_path, "P12", "P07").copie.remarks == ("Ensemble",)
    assert a_desk(tmp_path, "P07").copie.remarks == ()


def test_second_pupil_can_join(tmp_path):
    desk = a_desk(tmp_path, "P07")
    desk.share("P07", "P12")
    assert on_disk(desk).pupils == ("P07", "P12")


@pytest.mark.parametrize("bad", ["", "  ", "a/b", "../x", "x" * 500, "Jean Dupont", "a@b.fr"])
def test_bad_pseudonym_opens_nothing(tmp_path, bad):
    desk = a_desk(tmp_path)
    with pytest.raises(BadInput):
        desk.sign_in(bad)
    assert desk.copie is None
    assert not (tmp_path / "copies").exists()


def test_change_is_on_disk_when_it_returns(tmp_path):
    desk = a_desk(tmp_path, "P07")
    remark(desk, "été 😀 שלום")
    assert on_disk(desk).remarks == ("été 😀 שלום",)
    assert desk.saved


def test_refused_change_changes_nothing(tmp_path):
    desk = a_desk(tmp_path, "P07")
    before = desk.path.read_bytes()
    with pytest.raises(BadInput):
        desk.change(lambda copie: tag(copie, desk.exercise, Spot(9, "1.1"), "inappropriate"))
    assert desk.path.read_bytes() == before


def test_text_typed_in_one_go_is_one_step_to_take_back(tmp_path):
    desk = a_desk(tmp_path, "P07")
    remark(desk, "avant", column=2)
    for words in ("B", "Bi", "Bien"):
        remark(desk, words, typing="remark-1")
    desk.undo(REMARKS)
    assert desk.copie.remarks == ("", "avant")


def test_typing_elsewhere_between_keeps_both_steps(tmp_path):
    desk = a_desk(tmp_path, "P07")
    remark(desk, "un", typing="remark-1")
    remark(desk, "deux", column=2, typing="remark-2")
    remark(desk, "un et demi", typing="remark-1")
    desk.undo(REMARKS)
    assert desk.copie.remarks == ("un", "deux")


def test_later_window_takes_in_what_the_other_saved(tmp_path):
    one, other = a_desk(tmp_path, "P07"), a_desk(tmp_path, "P07")
    remark(one, "de la première")
    remark(other, "de la seconde", column=2)
    assert on_disk(one).remarks == ("de la première", "de la seconde")
    assert len(other.take_messages()) == 1
    assert one.refresh()
    assert one.copie.remarks == ("de la première", "de la seconde")


def test_nothing_new_on_disk_is_no_news(tmp_path):
    desk = a_desk(tmp_path, "P07")
    remark(desk, "a")
    os.utime(desk.path)
    assert not desk.refresh()
    assert desk.take_messages() == ()


@pytest.fixture
def stuck(tmp_path, monkeypatch):
    """A desk whose disk refuses; `free()` mends it."""
    desk = a_desk(tmp_path, "P07")

    def refuse(*_args, **_more):
        raise CannotWrite("disk full")

    with monkeypatch.context() as patch:
        patch.setattr("promptlab.files.copies.write_bytes", refuse)
        remark(desk, "à garder")
    return desk


def test_what_the_disk_refuses_is_kept_and_told(stuck):
    assert isinstance(stuck.error, CannotWrite)
    assert stuck.copie.remarks == ("à garder",)
    assert stuck.saved == ""
    stuck.retry()
    assert stuck.error is None
    assert on_disk(stuck).remarks == ("à garder",)


def test_next_change_saves_what_the_disk_refused(stuck):
    remark(stuck, "et cela", column=2)
    assert on_disk(stuck).remarks == ("à garder", "et cela")


@pytest.fixture
def conflict(stuck, tmp_path):
    """The same, and another window has saved in the meantime."""
    remark(a_desk(tmp_path, "P07"), "de l’autre", column=2)
    stuck.retry()
    assert isinstance(stuck.error, Conflict)
    return stuck


def test_conflict_can_be_joined(conflict):
    conflict.join_both()
    assert on_disk(conflict).remarks == ("à garder", "de l’autre")
    assert conflict.error is None


def test_conflict_can_be_left_to_the_other(conflict, tmp_path):
    conflict.load_other()
    assert conflict.copie.remarks == ("", "de l’autre")
    kept = [read_copie(path).remarks for path in (tmp_path / "copies").glob("*unsaved*.json")]
    assert kept == [("à garder",)]


def test_conflict_can_be_kept_apart(conflict):
    other = conflict.path
    conflict.keep_mine()
    assert conflict.path != other
    assert (on_disk(conflict).remarks, read_copie(other).remarks) == (("à garder",), ("", "de l’autre"))


def test_leaving_with_unsaved_work_is_refused(tmp_path, conflict):
    with pytest.raises(Conflict):
        conflict.leave()
    assert conflict.copie is not None


def test_other_kernel_of_the_sitting_is_not_asked_again(tmp_path, monkeypatch):
    monkeypatch.setenv("PROMPTLAB_SITTING", "one")
    a_desk(tmp_path, "P07")
    again = a_desk(tmp_path)
    again.resume()
    assert again.copie.pupils == ("P07",)


def test_next_sitting_is_asked_and_offered_the_last_copie(tmp_path, monkeypatch):
    monkeypatch.setenv("PROMPTLAB_SITTING", "one")
    a_desk(tmp_path, "P07")
    monkeypatch.setenv("PROMPTLAB_SITTING", "two")
    again = a_desk(tmp_path)
    again.resume()
    assert again.copie is None
    assert again.remembered.pupils == ("P07",)


def test_pupil_who_leaves_is_forgotten_but_not_the_file(tmp_path, monkeypatch):
    monkeypatch.setenv("PROMPTLAB_SITTING", "one")
    desk = a_desk(tmp_path, "P07")
    path = desk.path
    desk.leave()
    assert (desk.copie, desk.remembered, path.exists()) == (None, None, True)


def test_damaged_note_of_the_sitting_is_no_harm(tmp_path):
    a_desk(tmp_path, "P07")
    (tmp_path / "sitting.json").write_text("{")
    desk = a_desk(tmp_path)
    desk.resume()
    assert desk.copie is None


def test_damaged_copie_is_put_aside_and_the_save_before_offered(tmp_path):
    desk = a_desk(tmp_path, "P07")
    remark(desk, "un")
    remark(desk, "deux")
    desk.path.write_text("{broken")
    with pytest.raises(BadInput):
        a_desk(tmp_path, "P07")
    again = a_desk(tmp_path)
    with pytest.raises(BadInput):
        again.sign_in("P07")
    assert again.recoverable("P07")
    assert again.recover("P07").remarks == ("un",)
    assert len(list((tmp_path / "copies").glob("*damaged*"))) == 1


def test_handed_in_file_says_where_it_is_and_holds_no_history(tmp_path):
    desk = a_desk(tmp_path, "P07")
    remark(desk, "Appelez le 06 12 34 56 78")
    remark(desk, "Bien")
    handed = desk.hand_in()
    found = read_copie(handed.path)
    assert handed.path.parent == tmp_path / "to-hand-in"
    assert (found.remarks, found.past) == (("Bien",), ())
    assert "06 12 34" not in handed.path.read_text("utf-8")
    assert handed.problems == ()


def test_personal_data_is_told_before_handing_in(tmp_path):
    desk = a_desk(tmp_path, "P07")
    remark(desk, "Appelez le 06 12 34 56 78")
    assert len(desk.hand_in().problems) == 1


def clock():
    """A clock that goes on by a minute at every look."""
    minutes = count()
    return lambda: datetime(2026, 11, 21, 8, tzinfo=UTC) + timedelta(minutes=next(minutes))


def test_copie_goes_on_on_another_computer(tmp_path):
    now = clock()
    here, there = a_desk(tmp_path / "here", "P07", now=now), a_desk(tmp_path / "there", now=now)
    remark(here, "ici")
    there.open_file(here.hand_in().path)
    remark(there, "là-bas", column=2)
    here.open_bytes("any name.json", there.path.read_bytes())
    assert on_disk(here).remarks == ("ici", "là-bas")


def test_copie_inside_a_saved_notebook_goes_on(tmp_path):
    from promptlab.ui.embedding import bundle

    here, there = a_desk(tmp_path / "here", "P07"), a_desk(tmp_path / "there")
    remark(here, "dans le carnet")
    output = {"output_type": "display_data", "metadata": {}, "data": bundle(lambda: "<p></p>", here.copie)}
    cell = {"cell_type": "code", "metadata": {}, "execution_count": 1, "source": [], "outputs": [output]}
    notebook = {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [cell]}
    there.open_bytes("2-seance.ipynb", json.dumps(notebook).encode())
    assert on_disk(there).remarks == ("dans le carnet",)
    assert on_disk(there).id == here.copie.id


def test_older_state_of_a_copie_replaces_nothing(tmp_path):
    desk = a_desk(tmp_path, "P07")
    old = desk.path.read_bytes()
    remark(desk, "plus tard")
    desk.open_bytes("copie.json", old)
    assert on_disk(desk).remarks == ("plus tard",)


def test_what_the_teacher_sent_back_is_taken_into_later_work(tmp_path):
    desk = a_desk(tmp_path, "P07")
    sent = receive(desk.copie, Return(validated=(1,), revision=desk.copie.revision))
    remark(desk, "depuis")
    desk.open_bytes("copie.json", as_bytes(sent))
    assert on_disk(desk).returned.validated == (1,)
    assert on_disk(desk).remarks == ("depuis",)


def as_bytes(copie):
    from promptlab.files.copie_form import to_text

    return to_text(copie).encode()


def test_return_file_finds_its_copie(tmp_path):
    from promptlab.files.returns import Returned, return_text

    desk = a_desk(tmp_path, "P07")
    content = return_text(Returned(desk.copie.id, "reclamation", ("P07",), 2, Return(validated=(6,)))).encode()
    a_desk(tmp_path).open_bytes("P07.json", content)
    assert on_disk(desk).returned.validated == (6,)


def test_return_file_of_an_unknown_copie_is_refused(tmp_path):
    from promptlab.files.returns import Returned, return_text

    content = return_text(Returned("unknown", "reclamation", ("P33",), 2, Return(validated=(6,)))).encode()
    with pytest.raises(BadInput, match="P33"):
        a_desk(tmp_path, "P07").open_bytes("P33.json", content)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("x.json", b"{", "x.json"),
        ("x.json", b'{"promptlab": "copie", "format": 99}', "99"),
        ("x.exe", b"MZ", "x.exe"),
        ("x.json", b"[]", "x.json"),
    ],
)
def test_other_file_is_refused_with_its_name(tmp_path, name, content, said):
    desk = a_desk(tmp_path, "P07")
    with pytest.raises(BadInput, match=said):
        desk.open_bytes(name, content)
    assert desk.copie.pupils == ("P07",)


def test_copie_of_another_case_is_refused(tmp_path):
    desk = a_desk(tmp_path, "P07")
    values = json.loads(desk.path.read_text("utf-8")) | {"case": "autre"}
    with pytest.raises(BadInput, match="autre"):
        desk.open_bytes("copie.json", json.dumps(values).encode())


def test_listener_hears_of_every_change(tmp_path):
    desk, heard = a_desk(tmp_path, "P07"), []
    desk.listen(lambda: heard.append(desk.copie.revision))
    remark(desk, "a")
    desk.undo(REMARKS)
    assert len(heard) == 2
