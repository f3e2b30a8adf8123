"""What one file handed in gave: the part of a class that can be worked out anywhere, on its own."""

import pickle
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from hashlib import sha256

from promptlab.errors import PromptlabError
from promptlab.files.faults import without_name
from promptlab.files.returns import Returned, return_text
from promptlab.grade.collecting import Handed
from promptlab.grade.feedback import feedback, return_of, short_id
from promptlab.grade.feedback_docx import feedback_docx
from promptlab.grade.feedback_html import feedback_html
from promptlab.grade.marking import decided, mark_hand_in
from promptlab.grade.setup import Setup
from promptlab.grade.similarity import own_words
from promptlab.messages import _
from promptlab.model.case import Case
from promptlab.model.copie import Copie
from promptlab.model.hand_in import HandIn
from promptlab.model.mark import Mark
from promptlab.model.problem import Problem

Read = Callable[[str, bytes, Case], HandIn]
Documents = tuple[tuple[str, bytes], ...]


@dataclass(frozen=True, slots=True)
class Tally:
    """One tag of a copie, for the counts of the class: where it stands, and what it says."""

    column: int
    item: str
    tag: str


@dataclass(frozen=True, slots=True)
class PupilOutcome:
    """The mark of one pupil, without the items behind it, and the files to give back: (folder/ending, bytes)."""

    pupil: str
    mark: Mark
    documents: Documents = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one file gave: `pupils`, or the `problem` for which it could not be read.

    `tallies` are its tags, `words` what the pupil wrote, packed; `changed` whether it differs from what was handed out.
    """

    source: str
    problem: Problem | None = None
    pupils: tuple[PupilOutcome, ...] = ()
    tallies: tuple[Tally, ...] = ()
    words: bytes = b""
    changed: bool = False


@dataclass(frozen=True, slots=True)
class Job:
    """How files are marked, packed once to be sent to any worker. `now` is when (ISO 8601)."""

    digest: str
    packed: bytes = field(compare=False, repr=False)

    @classmethod
    def of(cls, setup: Setup, read: Read, *, now: str = "", documents: bool = True) -> "Job":
        """The job of marking by `setup`; `read` is a function of a module. Without `documents` only marks are made."""
        packed = pickle.dumps((setup, read, now, documents), protocol=pickle.HIGHEST_PROTOCOL)
        return cls(sha256(packed).hexdigest(), packed)


def mark_all(job: Job, files: Sequence[Handed]) -> list[Outcome]:
    """What `files` gave, each on its own: one that cannot be read does not hold up the others."""
    setup, read, now, documents = _unpacked(job)
    return [mark_one(file, setup, read, now=now, documents=documents) for file in files]


@lru_cache(maxsize=2)
def _unpacked(job: Job) -> tuple[Setup, Read, str, bool]:
    # The bytes come from `Job.of` of this very program, never from a file.
    found: tuple[Setup, Read, str, bool] = pickle.loads(job.packed)  # noqa: S301
    return found


def mark_one(file: Handed, setup: Setup, read: Read, *, now: str = "", documents: bool = True) -> Outcome:
    """What one file gave."""
    try:
        hand_in = read(file.name, file.data, setup.case)
    except PromptlabError as error:
        return Outcome(file.name, Problem(without_name(str(error), file.name), file.name))
    except RecursionError:
        return Outcome(file.name, Problem(_("this file is nested too deeply to be a copie."), file.name))
    if hand_in.copie.case != setup.case.name and setup.key_for(hand_in.copie) is None:
        said = _(
            "this copie is about the case “{other}”, not “{case}”: open it with its own case.",
            other=hand_in.copie.case,
            case=setup.case.name,
        )
        return Outcome(file.name, Problem(said, file.name))
    if file.pupil and not hand_in.copie.pupils:
        said = _("this copie holds no pseudonym; the name of its file is that of {pupil}.", pupil=file.pupil)
        problems = (*hand_in.problems, Problem(said))
        hand_in = replace(hand_in, copie=replace(hand_in.copie, pupils=(file.pupil,)), problems=problems)
    elif not hand_in.copie.pupils:
        said = _(
            "this copie holds no pseudonym, and the name of its file is nobody's of the list: it stands under {id}. "
            "Find out whose it is, write the code into it, then mark again.",
            id=short_id(hand_in.copie.id),
        )
        hand_in = replace(hand_in, problems=(*hand_in.problems, Problem(said)))
    mark, copie = mark_hand_in(hand_in, setup)
    pupils = tuple(_pupil(mark, pupil, copie, setup, now if documents else None) for pupil in copie.pupils or ("",))
    return Outcome(
        file.name,
        pupils=pupils,
        tallies=tuple(Tally(one.column, one.item, one.tag) for one in copie.taggings),
        words=zlib.compress(own_words(copie).encode("utf-8", "replace"), 1),
        changed=bool(hand_in.changed),
    )


def _pupil(mark: Mark, pupil: str, copie: Copie, setup: Setup, now: str | None) -> PupilOutcome:
    final = decided(mark, pupil, setup, copie.tasks) if pupil else mark
    made = _documents(final, setup, now) if now is not None else ()
    slim = replace(final, results=tuple(replace(result, found=(), reason="") for result in final.results))
    return PupilOutcome(pupil, slim, made)


def _documents(mark: Mark, setup: Setup, now: str) -> Documents:
    told = feedback(mark, setup.case, setup.rubric)
    session = mark.sessions[0] if len(mark.sessions) == 1 else None
    back = Returned(mark.copie, mark.case, mark.pupils, session, return_of(mark, told, now))
    return (
        ("feedback/.html", feedback_html(told).encode("utf-8", "replace")),
        ("feedback/.docx", feedback_docx(told)),
        ("returns/.json", return_text(back).encode("utf-8", "backslashreplace")),
    )
