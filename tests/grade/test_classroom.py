import json
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import replace
from multiprocessing import get_context

import pytest

from promptlab.files.class_list import Pupil
from promptlab.grade.classroom import BATCH, WINDOW, grade_class
from promptlab.grade.collecting import Handed, Unreadable
from promptlab.grade.outcome import Job
from promptlab.grade.overview import as_json, overview
from promptlab.model.copie import About
from promptlab.model.mark import Override, Overrides
from promptlab.model.problem import Problem
from tests.grade.builders import a_class, a_copie, any_copie, handed, read_json, statements, tagging, with_pupils

NOW = "2026-11-22T10:00:00+01:00"


def graded(setup, files, **more):
    return grade_class(files, setup, Job.of(setup, read_json, now=NOW), **more)


def marks_of(found):
    return {entry.outcome.pupil: entry.mark.mark for entry in found.entries}


def test_every_readable_copie_is_marked_and_the_others_are_told(setup, on):
    files = [*a_class(on, 5), Handed("vide.json", b""), Handed("autre.json", b'{"a": 1}')]
    files.insert(2, Unreadable("devoir.pdf", Problem("pas lu", "devoir.pdf")))
    found = graded(setup, files)
    assert len(found.entries) == 5
    assert {problem.where for problem in found.unreadable} == {"vide.json", "autre.json", "devoir.pdf"}


def test_the_highest_revision_of_a_copie_counts_in_any_order(setup, on):
    first = handed(any_copie(on, "P01", 1), "un.json")
    second = handed(replace(any_copie(on, "P01", 2), revision=9), "deux.json")
    for files in ([first, second], [second, first]):
        found = graded(setup, files)
        assert [entry.source for entry in found.entries] == ["deux.json"]
        assert len(found.superseded) == 1
        assert "revision 9" in str(found.superseded[0])


def test_of_two_copies_of_a_pupil_the_one_saved_last_counts(setup, on):
    old = replace(any_copie(on, "P01", 1), id="vieux", revision=90)
    new = replace(any_copie(on, "p01", 2), id="neuf", saved_at="2026-11-21T08:00:00+01:00")
    found = graded(setup, [handed(new, "neuf.json"), handed(old, "vieux.json")])
    assert [entry.source for entry in found.entries] == ["neuf.json"]
    assert found.superseded[0].where == "vieux.json"


def test_two_who_share_a_copie_both_get_its_mark_and_may_be_decided_apart(setup, on):
    together = replace(any_copie(on, "P01", 1), pupils=("P01", "P02"))
    decided = replace(setup, overrides=Overrides((Override("P02", "etiquettes", level="BM"),)))
    found = graded(decided, [handed(together)])
    marks = marks_of(found)
    assert set(marks) == {"P01", "P02"}
    assert marks["P02"] > marks["P01"]
    assert len(found.counted) == 1


def test_one_copie_under_two_pseudonyms_is_a_hint(setup, on):
    copie = any_copie(on, "P01", 1)
    found = graded(setup, [handed(copie), handed(replace(copie, pupils=("P02",)), "deux.json")])
    assert any("P01, P02" in str(problem) for problem in found.superseded)


def test_pupils_of_the_list_who_handed_nothing_in_are_named(setup, on):
    pupils = (Pupil("P000", "Léa Dupont"), Pupil("P009", "Ali Ben"))
    found = graded(setup, a_class(on, 2), pupils=pupils)
    assert [pupil.pseudonym for pupil in found.missing] == ["P009"]
    assert any("P001" in str(problem) for problem in found.problems)


def test_a_copie_without_pseudonym_is_known_by_the_name_of_its_file(setup, on):
    nameless = replace(any_copie(on, "P01", 1), pupils=())
    file = handed(nameless, "2STMG/Dupont Léa_4321_assignsubmission_file_copie.json")
    found = graded(setup, [file], pupils=(Pupil("P07", "Léa DUPONT"), Pupil("P08", "Léa Martin")))
    assert [entry.outcome.pupil for entry in found.entries] == ["P07"]
    assert "Dupont" not in repr([entry.mark for entry in found.entries if entry.mark.pupils]).replace(file.name, "")


def test_a_copie_of_another_case_is_unreadable(setup, on):
    strange = replace(any_copie(on, "P01", 1), case="autre", about=About("x"))
    found = graded(setup, [handed(strange)])
    assert found.entries == ()
    assert "autre" in str(found.unreadable[0])


def test_a_hostile_copie_is_marked_like_any_other(setup, on):
    evil = replace(any_copie(on, "P01", 1), id="../../etc", remarks=("=cmd()<script>alert(1)</script>" * 50,))
    assert len(graded(setup, [handed(evil)]).entries) == 1


@pytest.fixture(scope="module")
def plain(setup, on):
    return graded(setup, a_class(on, 40))


def same(one, other):
    assert [entry.mark for entry in one.entries] == [entry.mark for entry in other.entries]
    assert as_json(one, overview(one)) == as_json(other, overview(other))


def test_threads_give_the_same_result(setup, on, plain):
    with ThreadPoolExecutor(3) as executor:
        same(plain, graded(setup, a_class(on, 40), executor=executor))


def test_a_pool_of_processes_gives_the_same_result(setup, on, plain):
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as executor:
        same(plain, graded(setup, a_class(on, 40), executor=executor))


# It asks for the address of this computer by a connection that tests do not allow, then goes on without.
@pytest.mark.filterwarnings("ignore:Couldn't detect a suitable IP address:RuntimeWarning")
def test_a_dask_cluster_gives_the_same_result(setup, on, plain):
    distributed = pytest.importorskip("distributed")
    cluster = distributed.LocalCluster(
        n_workers=1, threads_per_worker=2, processes=False, dashboard_address=None, protocol="inproc://"
    )
    with cluster, distributed.Client(cluster) as client:
        same(plain, graded(setup, a_class(on, 40), executor=client.get_executor()))


class Lazy:
    """An executor that works only when asked for a result: it shows how far files are read ahead."""

    def submit(self, function, *arguments):
        outer = Future()
        outer.result = lambda: function(*arguments)
        return outer


def test_files_are_read_only_a_window_ahead(setup, on):
    taken, ahead = 0, 0

    def counted():
        nonlocal taken
        for file in a_class(on, 3 * BATCH * WINDOW // 2):
            taken += 1
            yield file

    def tell(count, _name):
        nonlocal ahead
        ahead = max(ahead, taken - count)

    graded(setup, counted(), executor=Lazy(), tell=tell)
    assert ahead <= BATCH * WINDOW


def test_without_an_executor_one_file_is_held_at_a_time(setup, on):
    seen = []

    def counted():
        for number, file in enumerate(a_class(on, 6)):
            seen.append(("read", number))
            yield file

    graded(setup, counted(), tell=lambda count, _name: seen.append(("done", count - 1)))
    assert seen == [pair for number in range(6) for pair in (("read", number), ("done", number))]


def test_the_documents_of_each_pupil_are_handed_over_and_not_kept(setup, on):
    kept = {}
    found = graded(setup, a_class(on, 3), keep=lambda place, pupil, documents: kept.update({(place, pupil): documents}))
    assert set(kept) == {(0, "P000"), (1, "P001"), (2, "P002")}
    assert all(not entry.outcome.documents for entry in found.entries)
    assert {name for name, _content in kept[0, "P000"]} == {"feedback/.html", "feedback/.docx", "returns/.json"}


def test_the_class_tells_where_it_disagrees_with_the_key(setup, on):
    first, _second, third = statements(on, 1)[:3]
    copies = [
        handed(a_copie(on, f"P{n}", [tagging(first, "relevant"), tagging(third, "inappropriate")])) for n in range(5)
    ]
    found = overview(graded(setup, copies))
    items = {(item.column, item.item): item for item in found.items}
    assert items[1, first.id].disputed
    assert not items[1, third.id].disputed
    assert items[1, first.id].counts == (("relevant", 5),)
    assert items[1, first.id].right == 0
    assert found.to_discuss[0].item == first.id
    json.dumps(as_json(graded(setup, copies), found))


def test_a_class_of_nobody_has_an_overview(setup):
    found = overview(graded(setup, []))
    assert (found.mean, found.median, found.marks) == (None, None, ())


def seen_as_docx(name, data, case):
    return replace(read_json(name, data, case), seen="docx")


def test_a_document_without_a_session_is_marked_for_that_of_the_table_and_it_is_said(setup, on):
    copie = replace(any_copie(on, "P01", 1), session=None)
    found = grade_class([handed(copie)], setup, Job.of(setup, seen_as_docx))
    assert found.entries[0].mark.sessions == (2,)
    assert [problem for problem in found.problems if "session 2" in problem.message]
    asked = replace(setup, sessions=(4,))
    found = grade_class([handed(copie)], asked, Job.of(asked, seen_as_docx))
    assert found.entries[0].mark.sessions == (4,)
    assert not found.problems
    found = grade_class([handed(copie)], setup, Job.of(setup, read_json))
    assert found.entries[0].mark.sessions == ()


def test_a_copie_of_nobody_is_told(setup, on):
    found = graded(setup, [handed(with_pupils(any_copie(on, "P01", 1)), "sansnom.json")])
    (problem,) = found.problems
    assert problem.where == "sansnom.json"
    assert found.entries[0].mark.copie[:8] in problem.message


def test_of_two_copies_without_a_date_none_is_called_the_last(setup, on):
    one, two = (replace(any_copie(on, "P01", n), id=f"id{n}", saved_at="") for n in (1, 2))
    (problem,) = graded(setup, [handed(one, "a.json"), handed(two, "b.json")]).superseded
    assert "nothing says" in problem.message


def test_only_items_that_pupils_differ_on_are_to_be_discussed(setup, on):
    first, second, third = statements(on, 1)[:3]
    copies = [
        handed(a_copie(on, f"P{n}", [tagging(first), tagging(second, "relevant" if n % 3 else "inappropriate")]))
        for n in range(9)
    ]
    found = overview(graded(setup, copies))
    assert [item.item for item in found.to_discuss] == [second.id]
    assert third.id not in [item.item for item in found.to_discuss]
