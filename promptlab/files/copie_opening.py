"""Opening the file of a copie: all its faults told, a damaged one put aside, the one of a save before offered."""

import json
from pathlib import Path
from typing import Any

from promptlab.errors import BadInput, Conflict
from promptlab.files.atomic import cannot_write, write_bytes
from promptlab.files.copie_form import MARK
from promptlab.files.copie_reading import from_table
from promptlab.files.faults import Table, refuse
from promptlab.files.system import reason_of
from promptlab.messages import _
from promptlab.model.copie import FORMAT, Copie
from promptlab.model.problem import Problem

MOST_BYTES = 20_000_000
SUFFIX = ".json"


class DamagedCopie(BadInput):
    """A file that is no whole copie. `kept` is where it was put aside, `backup` the copie of one save before."""

    def __init__(self, message: str, kept: Path | None = None, backup: Path | None = None) -> None:
        super().__init__(message)
        self.kept, self.backup = kept, backup


def backup_of(path: Path) -> Path:
    """Where the copie of one save before stands."""
    return path.with_name(path.name + ".bak")


def read_copie(path: Path) -> Copie:
    """The copie in the file `path`, which is left as it is.

    Raises DamagedCopie that lists all faults of a file that is no copie, or not a whole one; BadInput for one that
    cannot be read and for a newer format.
    """
    return copie_in(_content(path), path)


def open_copie(path: Path) -> Copie:
    """The copie in the file `path`, to work on it.

    A damaged one is put aside under another name first, so that nothing is ever written over it: DamagedCopie then
    says where it is and which earlier one there is. BadInput as for `read_copie`.
    """
    try:
        return read_copie(path)
    except DamagedCopie as error:
        kept = put_aside(path)
        backup = _usable_backup(path)
        lines = [str(error), _("The damaged file was kept as {kept}.", kept=kept)]
        lines.append(_advice(backup))
        raise DamagedCopie("\n".join(lines), kept, backup) from error


def restore_backup(path: Path) -> Copie:
    """The copie of one save before, put back as `path`. BadInput where there is none, Conflict where `path` is."""
    backup = backup_of(path)
    copie = read_copie(backup)
    if path.exists():
        raise Conflict(_("{path} is there: move it away before you put back {backup}.", path=path, backup=backup))
    write_bytes(path, backup.read_bytes())
    return copie


def _content(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > MOST_BYTES:
            said = _("{path} is no copie: it has {size} MB.", path=path, size=size // 1_000_000)
            raise BadInput(said)
        return path.read_bytes()
    except FileNotFoundError:
        backup = _usable_backup(path)
        said = _("{path} does not exist.", path=path)
        raise BadInput(f"{said} {_advice(backup)}" if backup else said) from None
    except OSError as error:
        raise BadInput(_("{path} cannot be read: {reason}.", path=path, reason=reason_of(error))) from error


def copie_in(content: bytes, path: Path) -> Copie:
    """The copie in `content`; `path` is what the file is called in messages. Raises as `read_copie` does."""
    faults: list[Problem] = []
    values = values_in(content, path, faults)
    if not faults and (not isinstance(values, dict) or values.get("promptlab") != MARK):
        raise DamagedCopie(_("{path} is not a copie of promptlab: choose the file that a pupil handed in.", path=path))
    if isinstance(values, dict) and type(version := values.get("format")) is int and version > FORMAT:
        said = _(
            "{path} has format {version}; this promptlab reads up to {known}: update promptlab, then open it again.",
            path=path,
            version=version,
            known=FORMAT,
        )
        raise BadInput(said)
    if not faults:
        copie = from_table(Table(values, path.name, faults))
    if faults:
        raise DamagedCopie(str(refuse(str(path), faults)))
    return copie


def values_in(content: bytes, path: Path, faults: list[Problem]) -> Any:
    """The JSON in `content`, the file `path`; None, with a fault, where it is none."""
    try:
        return json.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        faults.append(Problem(_("this file is not UTF-8 text."), path.name))
    except json.JSONDecodeError as error:
        place = f"{path.name}, l. {error.lineno}"
        faults.append(Problem(_damage(), place, error.lineno))
    except (ValueError, RecursionError):
        faults.append(Problem(_damage(), path.name))
    return None


def _damage() -> str:
    return _("this is not correct JSON: the file was cut off, or changed by hand.")


def put_aside(path: Path) -> Path:
    """Give the damaged file at `path` another name, and say which. Raises CannotWrite."""
    kept = free_name(path, _("damaged"))
    try:
        path.rename(kept)
    except OSError as error:
        raise cannot_write(kept, error) from error
    return kept


def free_name(path: Path, what: str) -> Path:
    """A name beside `path` that says `what` it is, and that nothing has."""
    rank = 1
    while (found := path.with_name(f"{path.stem}-{what}-{rank}{SUFFIX}")).exists():
        rank += 1
    return found


def _usable_backup(path: Path) -> Path | None:
    backup = backup_of(path)
    try:
        copie_in(backup.read_bytes(), backup)
    except (OSError, BadInput):
        return None
    return backup


def _advice(backup: Path | None) -> str:
    if backup is None:
        return _("No earlier copie stands beside it: hand the damaged file to your teacher, or begin anew.")
    return _("The copie of one save before is whole: {backup}. Put it back, then go on.", backup=backup)
