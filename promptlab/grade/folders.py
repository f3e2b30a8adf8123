"""A class marked from a folder or ZIP, with its results in another folder: what the command and the notebook share."""

from collections.abc import Callable, Iterable
from concurrent.futures import Executor
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from promptlab.files.class_list import read_class
from promptlab.files.overrides import read_overrides
from promptlab.grade.classroom import Graded, Tell, grade_class
from promptlab.grade.collecting import Handed, Unreadable, files_in
from promptlab.grade.outcome import Job
from promptlab.grade.reading import read_any
from promptlab.grade.setup import NOTHING_DECIDED, prepare
from promptlab.grade.writing import OVERRIDES, Staging
from promptlab.model.case import Case
from promptlab.model.mark import Overrides

Files = Iterable[Handed | Unreadable]


@dataclass(frozen=True, slots=True)
class Asked:
    """What is marked, and by what.

    `source` is the folder or ZIP, `results` where the results go, `pupils` the list of the class; without `overrides`
    the teacher's decisions are those among the results; with no `sessions` each copie says its own.
    """

    source: Path
    results: Path
    pupils: Path | None = None
    overrides: Path | None = None
    sessions: tuple[int, ...] = ()


def decisions_in(folder: Path, given: Path | None = None) -> Overrides:
    """What the teacher decided: in the file `given`, else in the one that stands among the results in `folder`.

    BadInput that lists the faults of the file.
    """
    path = given or next((folder / name for name in OVERRIDES if (folder / name).is_file()), None)
    return read_overrides(path) if path else NOTHING_DECIDED


def mark_folder(
    case: Case,
    asked: Asked,
    *,
    tell: Tell,
    executor: Executor | None = None,
    watch: Callable[[Files], Files] | None = None,
    settle: Callable[[Graded], None] | None = None,
) -> Graded:
    """Mark the class and write what each pupil gets back; the results of the class are left to `write_class`.

    `watch` sees the files go by; `settle` has the marks before anything is given back, and may refuse them.
    BadInput for a list, a folder or decisions that cannot be used, CannotWrite.
    """
    pupils = read_class(asked.pupils) if asked.pupils else ()
    setup = prepare(case, overrides=decisions_in(asked.results, asked.overrides), sessions=asked.sessions)
    job = Job.of(setup, read_any, now=datetime.now().astimezone().isoformat(timespec="seconds"))
    found = files_in(asked.source, but=asked.results)
    files = watch(found) if watch else found
    with Staging(asked.results) as staging:
        graded = grade_class(files, setup, job, pupils=pupils, executor=executor, keep=staging.keep, tell=tell)
        if settle:
            settle(graded)
        staging.give(graded.entries)
    return graded
