"""Copies as files: named, saved after every change, never written over one another."""

import os
import re
import secrets
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from promptlab.errors import CannotWrite, Conflict
from promptlab.files.atomic import cannot_write, write_bytes
from promptlab.files.copie_form import MARK, to_text
from promptlab.files.copie_opening import (
    MOST_BYTES,
    SUFFIX,
    DamagedCopie,
    backup_of,
    free_name,
    open_copie,
    put_aside,
    read_copie,
    restore_backup,
    values_in,
)
from promptlab.messages import _
from promptlab.model.copie import Copie

__all__ = [
    "CopieFile",
    "DamagedCopie",
    "backup_of",
    "copies_folder",
    "file_name",
    "keep_beside",
    "open_copie",
    "read_copie",
    "restore_backup",
    "save",
]

_FORBIDDEN = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*\s]+')  # in a file name under Windows; spaces are a nuisance


def copies_folder(folder: Path | None = None) -> Path:
    """The folder of the copies: `folder`, else `copies` in PROMPTLAB_HOME, else in `promptlab` of the user's home."""
    if folder is not None:
        return folder
    home = os.environ.get("PROMPTLAB_HOME", "")
    return (Path(home).expanduser() if home else Path.home() / "promptlab") / "copies"


def file_name(copie: Copie) -> str:
    """A name that every system takes: case, pseudonyms, session ("copie-reclamation-P07-s2.json")."""
    pupils = "+".join(copie.pupils) or copie.id[:8]
    parts = ["copie", copie.case, pupils, *([f"s{copie.session}"] if copie.session is not None else [])]
    safe = (_FORBIDDEN.sub("-", unicodedata.normalize("NFC", part)).strip("-.") for part in parts)
    return "-".join(part[:40] for part in safe if part) + SUFFIX


# ---------------------------------------------------------------- saving


def save(
    copie: Copie,
    path: Path,
    expected_revision: int,
    *,
    writer: str = "",
    expected_writer: str | None = None,
    now: datetime | None = None,
) -> Copie:
    """Write `copie` to `path` whole or not at all, and give it back with its new revision, writer and time.

    `expected_revision` is that of the file as it was last seen, 0 for a new one; `expected_writer` who wrote it then,
    where that is known. Raises Conflict where another copie, revision or writer stands there, CannotWrite where
    the disk refuses: the file is then as it was. The revision before is kept as `backup_of(path)`. A damaged file
    that stands in the way is put aside.
    """
    before = _before(path)
    if before is not None:
        _check(before.values, copie, path, (expected_revision, expected_writer))
    moment = now or datetime.now().astimezone()
    saved = replace(copie, revision=expected_revision + 1, saved_at=moment.isoformat(timespec="seconds"), writer=writer)
    content = _bytes(saved)
    if len(content) > MOST_BYTES:
        said = _(
            "{path} was not written: a copie of {size} MB cannot be opened again.",
            path=path,
            size=len(content) // 10**6,
        )
        raise CannotWrite(said + " " + _("Take out a long answer or a large work, then try again."))
    if before is not None:
        _back_up(path, before.content)
    write_bytes(path, content)
    return saved


def keep_beside(copie: Copie, path: Path) -> Path:
    """Write `copie`, which could not be saved as `path`, under a clear name beside it; nothing is written over."""
    return write_bytes(free_name(path, _("unsaved")), _bytes(copie))


def _bytes(copie: Copie) -> bytes:
    # Halves of a surrogate pair, which some programs paste, become the escapes that JSON has for them.
    return to_text(copie).encode("utf-8", "backslashreplace")


class _Before(NamedTuple):
    content: bytes
    values: dict[str, Any]


def _before(path: Path) -> _Before | None:
    """What stands at `path`; None where nothing does, or something damaged that was put aside."""
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise cannot_write(path, error) from error
    values = values_in(content, path, [])
    if not isinstance(values, dict) or values.get("promptlab") != MARK:
        put_aside(path)
        return None
    return _Before(content, values)


def _check(before: dict[str, Any], copie: Copie, path: Path, expected: tuple[int, str | None]) -> None:
    revision, writer = before.get("revision", 0), before.get("writer", "")
    advice = _("Yours was not saved over it. Keep yours beside it, or load the one that is there.")
    if before.get("id") != copie.id:
        raise Conflict(_("{path} holds another copie ({id}).", path=path, id=before.get("id")) + " " + advice)
    if revision != expected[0] or (expected[1] is not None and writer != expected[1]):
        said = _(
            "{path} was changed in another window or program: revision {revision}, saved at {time}; "
            "yours began from revision {expected}.",
            path=path,
            revision=revision,
            time=before.get("saved_at") or "?",
            expected=expected[0],
        )
        raise Conflict(f"{said} {advice}")


def _back_up(path: Path, content: bytes) -> None:
    backup = backup_of(path)
    link = path.with_name(f".{path.name}.{secrets.token_hex(4)}.bak")
    try:
        link.hardlink_to(path)
        link.replace(backup)
    except OSError:  # FAT and some network drives have no links
        link.unlink(missing_ok=True)
        write_bytes(backup, content)


# ---------------------------------------------------------------- a copie at work


class CopieFile:
    """One copie at work: every change is applied, then saved. What a widget holds.

    `copie` is the state to show. `error` says why it is not saved, None where it is; the state stays in memory then,
    and the next change tries again. `saved_at` is "" while anything is unsaved.
    """

    def __init__(self, path: Path, copie: Copie, *, now: Callable[[], datetime] | None = None) -> None:
        """`copie` as it was read from `path` or, with revision 0, a new one that is not written yet."""
        self.path, self.copie = path, copie
        self.writer = secrets.token_hex(8)
        self.error: CannotWrite | Conflict | None = None
        self._now = now
        self._seen = (copie.revision, copie.writer)
        self._unsaved = copie.revision == 0

    @classmethod
    def open(cls, path: Path, *, now: Callable[[], datetime] | None = None) -> "CopieFile":
        """The copie in the file `path`. Raises DamagedCopie and BadInput as `open_copie` does."""
        return cls(path, open_copie(path), now=now)

    @classmethod
    def create(cls, folder: Path, copie: Copie, *, now: Callable[[], datetime] | None = None) -> "CopieFile":
        """A new copie, saved under its own name in `folder`; look at `error` to see whether it was."""
        made = cls(folder / file_name(copie), copie, now=now)
        made.save()
        return made

    @property
    def unsaved(self) -> bool:
        """Whether anything of `copie` is only in memory."""
        return self._unsaved

    @property
    def saved_at(self) -> str:
        """When all of `copie` was written (ISO 8601), "" while something is not."""
        return "" if self._unsaved else self.copie.saved_at

    def change(self, function: Callable[[Copie], Copie]) -> Copie:
        """Apply a rule to the copie and save it; gives the state to show.

        What the rule itself refuses (BadInput) is raised and changes nothing. Where saving fails, `error` says why.
        """
        changed = function(self.copie)
        if changed != self.copie:
            self.copie, self._unsaved = changed, True
        return self.save()

    def save(self) -> Copie:
        """Try to save what is unsaved; gives the state to show."""
        if not self._unsaved:
            return self.copie
        revision, writer = self._seen
        now = self._now() if self._now else None
        try:
            saved = save(self.copie, self.path, revision, writer=self.writer, expected_writer=writer, now=now)
        except (CannotWrite, Conflict) as error:
            self.error = error
            return self.copie
        self._took(saved)
        return saved

    def keep_beside(self) -> Path:
        """Write the state in memory to a file of its own beside the other, and say where. Raises CannotWrite."""
        return keep_beside(self.copie, self.path)

    def load(self) -> Copie:
        """Take the state that stands on disk; what was unsaved is first kept beside it. Raises as `open_copie`."""
        found = open_copie(self.path)
        if self._unsaved:
            self.keep_beside()
        self._took(found)
        return found

    def _took(self, copie: Copie) -> None:
        self.copie, self._seen = copie, (copie.revision, copie.writer)
        self.error, self._unsaved = None, False
