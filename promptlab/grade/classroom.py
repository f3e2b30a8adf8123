"""A class marked: every file handed in, one after another or by an executor, and what became of each."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor, Future
from dataclasses import dataclass, replace
from itertools import islice

from promptlab.files.class_list import Pupil
from promptlab.grade.collecting import Handed, Unreadable
from promptlab.grade.outcome import Documents, Job, Outcome, mark_all
from promptlab.grade.picking import Entry, entries, missing, owner, picked
from promptlab.grade.setup import Setup
from promptlab.messages import ngettext
from promptlab.model.problem import Problem

BATCH = 8  # files sent to a worker at once
WINDOW = 16  # batches under way: what is read ahead of the slowest worker
Keep = Callable[[int, str, Documents], None]
Tell = Callable[[int, str], None]


@dataclass(frozen=True, slots=True)
class Graded:
    """A class as it was marked.

    `entries` hold one copie for each pupil, in the order of the files; `outcomes` all files that were read.
    `unreadable` are the files that nobody could be marked by, `superseded` those that a later copie stands for,
    `missing` the pupils of the list who handed nothing in, `problems` what else a person must look at.
    """

    setup: Setup
    entries: tuple[Entry, ...]
    outcomes: tuple[Outcome, ...]
    unreadable: tuple[Problem, ...] = ()
    superseded: tuple[Problem, ...] = ()
    missing: tuple[Pupil, ...] = ()
    problems: tuple[Problem, ...] = ()
    pupils: tuple[Pupil, ...] = ()

    @property
    def counted(self) -> tuple[Outcome, ...]:
        """The outcomes that count, each once: those of `entries`."""
        places = dict.fromkeys(entry.place for entry in self.entries)
        return tuple(self.outcomes[place] for place in places)

    def pupil(self, code: str) -> Pupil:
        """The pupil of the list with that pseudonym; one with no name where the list has none."""
        wanted = code.casefold()
        return next((one for one in self.pupils if one.pseudonym.casefold() == wanted), Pupil(code))


def grade_class(
    files: Iterable[Handed | Unreadable],
    setup: Setup,
    job: Job,
    *,
    pupils: Sequence[Pupil] = (),
    executor: Executor | None = None,
    keep: Keep = lambda _place, _pupil, _documents: None,
    tell: Tell = lambda _count, _name: None,
) -> Graded:
    """Mark all `files`, a few of them in memory at a time.

    `executor` is any of concurrent.futures, or Dask's `Client.get_executor()`; the result is the same. `keep` takes the
    files to give back of a pupil as soon as they are made, with the place of the file among those read; `tell` hears
    after each file how many are done.
    """
    unreadable: list[Problem] = []
    outcomes: list[Outcome] = []
    readable = _readable(files, unreadable, pupils)
    for count, outcome in enumerate(_outcomes(readable, job, executor), 1):
        tell(count, outcome.source)
        if outcome.problem is not None:
            unreadable.append(outcome.problem)
            continue
        for pupil in outcome.pupils:
            keep(len(outcomes), pupil.pupil, pupil.documents)
        light = tuple(replace(pupil, documents=()) for pupil in outcome.pupils)
        outcomes.append(replace(outcome, pupils=light))
    chosen, superseded = picked(entries(outcomes))
    absent, strange = missing(chosen, pupils)
    return Graded(
        setup=setup,
        entries=tuple(chosen),
        outcomes=tuple(outcomes),
        unreadable=tuple(unreadable),
        superseded=tuple(superseded),
        missing=tuple(absent) if pupils else (),
        problems=(*setup.problems, *_assumed(chosen), *strange, *_problems(chosen)),
        pupils=tuple(pupils),
    )


def _readable(
    files: Iterable[Handed | Unreadable], unreadable: list[Problem], pupils: Sequence[Pupil]
) -> Iterator[Handed]:
    for file in files:
        if isinstance(file, Unreadable):
            unreadable.append(file.problem)
        else:
            named = owner(file.name, pupils) if pupils else None
            yield replace(file, pupil=named.pseudonym) if named else file


def _outcomes(files: Iterator[Handed], job: Job, executor: Executor | None) -> Iterator[Outcome]:
    """The outcomes in the order of the files, whoever worked them out."""
    if executor is None:
        for file in files:
            yield from mark_all(job, [file])
        return
    under_way: deque[Future[list[Outcome]]] = deque()
    while batch := list(islice(files, BATCH)):
        under_way.append(executor.submit(mark_all, job, batch))
        if len(under_way) >= WINDOW:
            yield from under_way.popleft().result()
    while under_way:
        yield from under_way.popleft().result()


def _problems(chosen: Sequence[Entry]) -> list[Problem]:
    seen: set[tuple[int, Problem]] = set()
    for entry in chosen:
        seen |= {(entry.place, problem) for problem in entry.mark.problems}
    ordered = sorted(seen, key=lambda one: (one[0], str(one[1])))
    sources = {entry.place: entry.source for entry in chosen}
    return [replace(problem, where=", ".join(_parts(sources[place], problem.where))) for place, problem in ordered]


def _assumed(chosen: Sequence[Entry]) -> Iterator[Problem]:
    """What to say of the documents that name no session."""
    marks = [entry.mark for entry in chosen if entry.mark.assumed]
    if marks:
        yield Problem(
            ngettext(
                "{count} Word document names no session: it is marked for session {numbers}, that of the comparison "
                "table. To decide otherwise, mark with --session.",
                "{count} Word documents name no session: they are marked for session {numbers}, that of the "
                "comparison table. To decide otherwise, mark with --session.",
                len(marks),
                numbers=", ".join(map(str, marks[0].sessions)),
            )
        )


def _parts(source: str, where: str) -> list[str]:
    return [source, *([where] if where and where != source else [])]
