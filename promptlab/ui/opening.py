"""Finding a pupil's copie on this computer, and taking in one that was brought along or sent back."""

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from promptlab.errors import BadInput
from promptlab.files.copie_opening import free_name
from promptlab.files.copies import DamagedCopie, backup_of, file_name, keep_beside, open_copie, read_copie, save
from promptlab.files.returns import Returned, is_return, parse_return
from promptlab.handin import read_hand_in_bytes
from promptlab.messages import _
from promptlab.model.case import Case
from promptlab.model.copie import Copie, Return
from promptlab.review.writing import receive

MOST_BYTES = 20_000_000


@dataclass(frozen=True, slots=True)
class Taken:
    """A copie that was taken in: where it is at work now, and what was done in words."""

    path: Path
    said: str


def find_copie(folder: Path, case: str, pupils: tuple[str, ...]) -> Path | None:
    """The file in `folder` that holds the copie of just these pupils on `case`; the newest where there are several.

    Files that are no whole copie are passed over.
    """
    named = folder / file_name(Copie("", case, pupils))
    if named.exists():
        return named
    found = [
        (copie.saved_at, path)
        for path, copie in _copies(folder)
        if copie.case == case and set(copie.pupils) == set(pupils)
    ]
    return max(found)[1] if found else None


def new_path(folder: Path, copie: Copie) -> Path:
    """Where `copie` is kept in `folder`: under its own name, or a free one where another copie has that."""
    path = folder / file_name(copie)
    return free_name(path, copie.id[:6]) if path.exists() else path


def usable_backup(path: Path) -> Path | None:
    """The whole copie of one save before, of a file that is not there any more; None where there is none."""
    backup = backup_of(path)
    if path.exists() or not backup.exists():
        return None
    try:
        read_copie(backup)
    except BadInput:
        return None
    return backup


def take(name: str, content: bytes, case: Case, folder: Path) -> Taken:
    """Take in the file called `name` whose bytes are `content`: a copie, a notebook with one in it, or a return.

    BadInput for a file that is too large, none of these, damaged, of a newer format or of another case.
    """
    if len(content) > MOST_BYTES:
        raise BadInput(_("{path} is no copie: it has {size} MB.", path=name, size=len(content) // 1_000_000))
    plain = Path(name.replace("\\", "/")).name or "copie.json"
    if is_return(content):
        return _take_return(parse_return(content, plain), case, folder)
    ending = Path(plain).suffix.lower()
    if ending == ".ipynb":
        return _take_copie(read_hand_in_bytes(plain, content, case=case).copie, case, folder)
    if ending == ".json":
        return _take_copie(_read(plain, content), case, folder)
    said = _(
        "“{name}” is no copie: choose the file copie-….json that “Hand in my copie” made, or your saved notebook.",
        name=plain,
    )
    raise BadInput(said)


def _read(name: str, content: bytes) -> Copie:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "copie.json"
        path.write_bytes(content)
        try:
            return read_copie(path)
        except DamagedCopie as error:
            said = _(
                "“{name}” is damaged, or is no copie: ask for this file once more, or choose your saved notebook "
                "(.ipynb).",
                name=name,
            )
            raise BadInput(said) from error
        except BadInput as error:
            raise _newer(str(error).replace(str(path), name).replace(path.name, name)) from error


def _take_copie(copie: Copie, case: Case, folder: Path) -> Taken:
    """Of two states of one copie the later one is gone on with, and the other is kept beside it."""
    _check(copie.case, case)
    here = next(((path, mine) for path, mine in _copies(folder) if mine.id == copie.id), None)
    if here is None:
        path = new_path(folder, copie)
        save(copie, path, copie.revision, writer=copie.writer)
        return Taken(path, _("The copie is on this computer now: {path}", path=path))
    path, mine = here
    if _is_later(copie, mine):
        keep_beside(mine, path)
        joined = replace(copie, returned=copie.returned or mine.returned)
        save(joined, path, mine.revision, writer=copie.writer)
        said = _("The copie that you brought is the later one: you go on with it. The other is kept beside it.")
        return Taken(path, said)
    if copie.returned is not None and copie.returned != mine.returned:
        return _receive(path, mine, copie.returned)
    return Taken(path, _("This computer already has this copie, as it is or later: you go on with that."))


def _is_later(copie: Copie, mine: Copie) -> bool:
    """Whether `copie` was saved after `mine`; where times do not tell, whether it was saved more often."""
    try:
        theirs, ours = datetime.fromisoformat(copie.saved_at), datetime.fromisoformat(mine.saved_at)
        return (theirs, copie.revision) > (ours, mine.revision)
    except (ValueError, TypeError):
        return copie.revision > mine.revision


def _take_return(returned: Returned, case: Case, folder: Path) -> Taken:
    """What the teacher sent back goes into the copie of that id, else into that of these pupils."""
    _check(returned.case, case)
    copies = [(path, copie) for path, copie in _copies(folder) if copie.case == case.name]
    named = [entry for entry in copies if entry[1].id == returned.copie]
    found = named or [entry for entry in copies if returned.pupils and set(entry[1].pupils) == set(returned.pupils)]
    if not found:
        who = " + ".join(returned.pupils) or returned.copie
        said = _(
            "This is about the copie of {pupils}, which is not on this computer: open that copie first.", pupils=who
        )
        raise BadInput(said)
    return _receive(*found[0], returned.returned)


def _receive(path: Path, copie: Copie, returned: Return) -> Taken:
    save(receive(copie, returned), path, copie.revision, writer=copie.writer)
    return Taken(path, _("What your teacher sent back is in your copie now."))


def _check(other: str, case: Case) -> None:
    if other != case.name:
        said = _(
            "This copie is about the case “{other}”, not “{case}”: choose another file, or ask your teacher for the "
            "notebook of that case.",
            other=other,
            case=case.name,
        )
        raise BadInput(said)


def open_or_explain(path: Path) -> Copie:
    """The copie at `path`, to work on. A damaged one is put aside; BadInput says what to do next."""
    try:
        return open_copie(path)
    except DamagedCopie as error:
        said = _(
            "The file of your copie is damaged. It is kept: {path}. Open your saved notebook or a copie that you "
            "handed in; if you have none, tell your teacher.",
            path=error.kept or path,
        )
        raise BadInput(said) from error
    except BadInput as error:
        raise _newer(str(error)) from error


def _newer(said: str) -> BadInput:
    """The refusal of a file that this promptlab cannot read, with what a pupil can do."""
    return BadInput(said + " " + _("Tell your teacher."))


def _copies(folder: Path) -> Iterator[tuple[Path, Copie]]:
    for path in sorted(folder.glob("*.json")):
        try:
            yield path, read_copie(path)
        except BadInput:
            continue
