"""A class as a folder of copies: who has done what, and the file that goes back to each pupil."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from promptlab.align.wording import colon, day
from promptlab.errors import BadInput
from promptlab.files.atomic import write_text
from promptlab.files.faults import without_name
from promptlab.files.returns import Returned, read_return, return_text
from promptlab.handin import read_hand_in
from promptlab.handin.reading import KINDS
from promptlab.messages import _
from promptlab.model.case import Case
from promptlab.model.copie import Comment, Copie, Return

RETURNS = "returns"
MOST_FILES = 2000


@dataclass(frozen=True, slots=True)
class Follower:
    """One pupil, or two who share a copie: the latest of their copies, and what goes back to them so far."""

    copie: Copie
    path: Path
    returned: Return | None = None

    @property
    def name(self) -> str:
        """The pseudonyms."""
        return " + ".join(self.copie.pupils) or self.copie.id[:8]

    @property
    def saved(self) -> str:
        """The day and the time of the last save, "" where none is known."""
        return f"{day(self.copie.saved_at)} {self.copie.saved_at[11:16]}".strip()

    def validated(self, task: int) -> bool:
        """Whether the teacher has validated that task."""
        return self.returned is not None and task in self.returned.validated


@dataclass(frozen=True, slots=True)
class Followed:
    """A folder as it was read: the pupils by name, and the files that are no copie of this case."""

    pupils: tuple[Follower, ...]
    problems: tuple[str, ...] = ()


def follow(folder: Path, case: Case) -> Followed:
    """The copies in `folder` and the folders in it; of two states of one copie the later one counts.

    Raises BadInput where there is no such folder, or more files than a class has.
    """
    if not folder.is_dir():
        if not folder.exists():
            return Followed((), (_("{folder}: there is no such folder yet.", folder=folder),))
        raise BadInput(_("{folder} is a file: name the folder of the copies.", folder=folder))
    paths = [path for path in sorted(folder.rglob("*")) if _is_handed_in(path)]
    if len(paths) > MOST_FILES:
        raise BadInput(
            _("{folder} holds {count} files: choose the folder of one class.", folder=folder, count=len(paths))
        )
    latest: dict[str, Follower] = {}
    problems = []
    for path in paths:
        try:
            found = read_hand_in(path, case=case)
        except BadInput as error:
            problems.append(str(error))
            continue
        copie = found.copie
        problems += [f"{path.name}{colon()} {without_name(str(problem), str(path))}" for problem in found.problems]
        if copie.case != case.name:
            problems.append(_("{path} is about the case “{other}”.", path=path, other=copie.case))
        elif copie.id not in latest or latest[copie.id].copie.revision < copie.revision:
            latest[copie.id] = Follower(copie, path, _returned(folder, copie))
    return Followed(tuple(sorted(latest.values(), key=lambda each: each.name)), tuple(problems))


def _is_handed_in(path: Path) -> bool:
    """Whether a file of the folder may hold a copie: what goes back to pupils, notes and hidden files do not."""
    return path.suffix.lower() in KINDS and path.parent.name != RETURNS and path.name[0] not in ".~"


def send_back(
    pupil: Follower, folder: Path, validated: tuple[int, ...], comments: tuple[Comment, ...], *, now: datetime
) -> Path:
    """Write what goes back to `pupil` into the folder `returns` of `folder`, and give the path.

    A mark and comments that stand there already stay. Raises CannotWrite.
    """
    before = pupil.returned
    kept = before.comments if before else ()
    returned = Return(
        validated,
        before.mark if before else None,
        before.out_of if before else None,
        (*kept, *(comment for comment in comments if comment not in kept)),
        pupil.copie.revision,
        now.isoformat(timespec="seconds"),
    )
    copie = pupil.copie
    back = Returned(copie.id, copie.case, copie.pupils, copie.session, returned)
    return write_text(return_path(folder, copie), return_text(back))


def return_path(folder: Path, copie: Copie) -> Path:
    """Where the file that goes back to the pupils of `copie` stands."""
    return folder / RETURNS / f"{'+'.join(copie.pupils) or copie.id[:8]}.json"


def _returned(folder: Path, copie: Copie) -> Return | None:
    """What the teacher has prepared for this copie, else what the copie itself holds."""
    path = return_path(folder, copie)
    try:
        found = read_return(path) if path.is_file() else None
    except BadInput:
        found = None
    return found.returned if found and found.copie == copie.id else copie.returned
