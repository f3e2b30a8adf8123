"""The files that a class handed in: out of folders and ZIPs, one after another, bounded and never written anywhere."""

import io
import os
import re
import stat
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from promptlab.errors import BadInput
from promptlab.files.system import reason_of
from promptlab.messages import _
from promptlab.model.problem import Problem

KINDS = (".json", ".docx", ".docm", ".ipynb")
MOST_FILES = 20_000
MOST_BYTES = 25_000_000  # of one file
MOST_IN_ALL = 4_000_000_000  # unpacked, of one class
MOST_RATIO = 200  # unpacked to packed, from a megabyte on: no text or document comes near
DEEPEST = 3  # ZIPs in ZIPs
_PACKED = 200_000_000  # a ZIP inside a ZIP is held in memory
_NOISE = re.compile(r"(^|/)(__MACOSX/|\.(?!\.)|~\$|Thumbs\.db$|desktop\.ini$)|\.json\.bak$", re.IGNORECASE)
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError)


@dataclass(frozen=True, slots=True)
class Handed:
    """One file handed in: its name with the folders and ZIPs it stands in, and its bytes.

    `pupil` is the pseudonym of the one whose name the file bears, for a copie that holds none.
    """

    name: str
    data: bytes
    pupil: str = ""


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A file that could not be taken in, and why."""

    name: str
    problem: Problem


@dataclass(slots=True)
class _Budget:
    files: int = 0
    read: int = 0


def files_in(path: Path, *, but: Path | None = None) -> Iterator[Handed | Unreadable]:
    """The files handed in below `path` (a folder, a ZIP, or one file), sorted by name, one at a time.

    Symbolic links, entries that lead out of their ZIP, protected, damaged and far too large ones are told, and the
    rest goes on. What a system or promptlab leaves about (`__MACOSX`, `.DS_Store`, `~$…`, `.json.bak`) is
    passed over, and so is the folder `but`. Raises BadInput where there is nothing at `path`.
    """
    if not path.exists():
        raise BadInput(_("{path} does not exist: name the folder or the ZIP of what the class handed in.", path=path))
    budget = _Budget()
    if path.is_dir():
        yield from _in_folder(path, but, budget)
    else:
        yield from _file(path, path.name, budget)


def _in_folder(folder: Path, but: Path | None, budget: _Budget) -> Iterator[Handed | Unreadable]:
    left_out = but.resolve() if but else None
    for parent, folders, names in os.walk(folder):
        here = Path(parent)
        links = [name for name in folders if (here / name).is_symlink()]
        folders[:] = sorted(name for name in folders if name not in links and (here / name).resolve() != left_out)
        for name in sorted([*names, *links]):
            path = here / name
            shown = path.relative_to(folder).as_posix()
            if _NOISE.search(shown):
                continue
            if path.is_symlink():
                yield _bad(shown, _("this is a link to somewhere else: it was not followed."))
            elif not path.is_file():
                yield _bad(shown, _("this is no ordinary file."))
            else:
                yield from _file(path, shown, budget)


def _file(path: Path, shown: str, budget: _Budget) -> Iterator[Handed | Unreadable]:
    try:
        if path.suffix.lower() == ".zip":
            with path.open("rb") as file:
                yield from _in_zip(file, shown, 1, budget)
            return
        if told := _refused(shown, path.stat().st_size, budget):
            yield told
            return
        yield Handed(shown, path.read_bytes())
    except OSError as error:
        yield _bad(shown, _("this file cannot be read: {reason}.", reason=reason_of(error)))


def _in_zip(file: IO[bytes], shown: str, depth: int, budget: _Budget) -> Iterator[Handed | Unreadable]:
    try:
        archive = zipfile.ZipFile(file)
    except _BROKEN as error:
        yield _bad(shown, _("this ZIP is damaged ({reason}): download it again.", reason=error))
        return
    with archive:
        if len(archive.infolist()) > MOST_FILES:
            yield _bad(
                shown, _("more than {count} files, or too much in all: mark in several parts.", count=MOST_FILES)
            )
            return
        for entry in sorted(archive.infolist(), key=lambda entry: entry.filename):
            name = _name(entry)
            if entry.is_dir() or _NOISE.search(name):
                continue
            inside = f"{shown}/{name}"
            if told := _refused_entry(entry, name, inside) or _refused(inside, 0, budget):
                yield told
            elif name.lower().endswith(".zip"):
                yield from _nested(archive, entry, inside, depth, budget)
            else:
                yield _entry(archive, entry, inside, budget)


def _nested(
    archive: zipfile.ZipFile, entry: zipfile.ZipInfo, inside: str, depth: int, budget: _Budget
) -> Iterator[Handed | Unreadable]:
    if depth >= DEEPEST:
        yield _bad(inside, _("a ZIP inside {count} others is not opened: unpack it yourself.", count=depth))
        return
    try:
        data = _bounded(archive, entry, _PACKED)
    except _BROKEN as error:
        yield _bad(inside, _("this entry of the ZIP is damaged ({reason}).", reason=error))
        return
    if data is None:
        yield _bad(inside, _too_large(_PACKED))
        return
    yield from _in_zip(io.BytesIO(data), inside, depth + 1, budget)


def _entry(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, inside: str, budget: _Budget) -> Handed | Unreadable:
    if not inside.lower().endswith(KINDS):
        return _bad(inside, _other_kind(inside))
    try:
        data = _bounded(archive, entry, MOST_BYTES)
    except _BROKEN as error:
        return _bad(inside, _("this entry of the ZIP is damaged ({reason}).", reason=error))
    if data is None:
        return _bad(inside, _too_large(MOST_BYTES))
    budget.read += len(data)
    return Handed(inside, data)


def _bounded(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, most: int) -> bytes | None:
    """The entry unpacked, None where it is larger than `most`, whatever size it says."""
    with archive.open(entry) as file:
        data = file.read(most + 1)
    return data if len(data) <= most else None


def _refused_entry(entry: zipfile.ZipInfo, name: str, inside: str) -> Unreadable | None:
    parts = name.split("/")
    if name.startswith("/") or ".." in parts or re.match(r"[A-Za-z]:", name):
        return _bad(inside, _("this entry leads out of its ZIP: it was not opened."))
    if stat.S_ISLNK(entry.external_attr >> 16):
        return _bad(inside, _("this is a link to somewhere else: it was not followed."))
    if entry.flag_bits & 1:
        return _bad(inside, _("this entry is protected by a password: ask for it without."))
    if entry.file_size > 1_000_000 and entry.file_size > MOST_RATIO * max(1, entry.compress_size):
        return _bad(inside, _("this entry unpacks to {count} times its size: it was not opened.", count=MOST_RATIO))
    return None


def _refused(shown: str, size: int, budget: _Budget) -> Unreadable | None:
    """Why a file is not read: its kind, its size, or that there are too many; else it is counted."""
    if not shown.lower().endswith((*KINDS, ".zip")):
        return _bad(shown, _other_kind(shown))
    if size > MOST_BYTES:
        return _bad(shown, _too_large(MOST_BYTES))
    budget.files += 1
    if budget.files > MOST_FILES or budget.read > MOST_IN_ALL:
        return _bad(shown, _("more than {count} files, or too much in all: mark in several parts.", count=MOST_FILES))
    budget.read += size
    return None


def _name(entry: zipfile.ZipInfo) -> str:
    """The name of an entry as it was meant: old programs write UTF-8 or the DOS letters without saying so."""
    name = entry.filename
    if not entry.flag_bits & 0x800:
        try:
            raw = name.encode("cp437")
            name = raw.decode("utf-8")
        except UnicodeEncodeError:
            pass
        except UnicodeDecodeError:
            name = raw.decode("cp850")
    return name.replace("\\", "/")


def _other_kind(shown: str) -> str:
    ending = Path(shown).suffix or "–"
    return _("a file of this kind ({ending}) is not read: {kinds} are.", ending=ending, kinds=", ".join(KINDS))


def _too_large(most: int) -> str:
    return _("this file is too large: at most {count} MB.", count=most // 1_000_000)


def _bad(name: str, message: str) -> Unreadable:
    return Unreadable(name, Problem(message, name))
