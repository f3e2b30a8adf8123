"""Writing results into a folder without ever writing over what a person has done there."""

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

from promptlab.files.atomic import write_bytes, write_text

RECORD = ".promptlab-made.json"


def write_made(folder: Path, files: Sequence[tuple[str, bytes]]) -> tuple[Path, ...]:
    """Write each (name, content) into `folder`, and give the paths in the same order.

    A file of that name that is no longer what promptlab last wrote there (a pupil has worked in it) is left alone: the
    new one gets the next free name, "table-2.docx". What was written is noted in a small file in the folder. Raises
    CannotWrite.
    """
    record = _read(folder)
    paths = []
    for name, content in files:
        path = _free(folder, name, content, record)
        write_bytes(path, content)
        record[path.name] = _fingerprint(content)
        paths.append(path)
    write_text(folder / RECORD, json.dumps(record, indent=1, sort_keys=True) + "\n")
    return tuple(paths)


def _free(folder: Path, name: str, content: bytes, record: dict[str, str]) -> Path:
    path, number = folder / name, 1
    while _touched(path, content, record):
        number += 1
        path = folder / f"{Path(name).stem}-{number}{Path(name).suffix}"
    return path


def _touched(path: Path, content: bytes, record: dict[str, str]) -> bool:
    """Whether a file stands there that promptlab did not write, or that was changed since."""
    if not path.exists():
        return False
    try:
        found = _fingerprint(path.read_bytes())
    except OSError:  # held by another program, or no right to it: not ours to replace
        return True
    return found not in (record.get(path.name), _fingerprint(content))


def _fingerprint(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _read(folder: Path) -> dict[str, str]:
    """The fingerprints noted in `folder`; a damaged note counts as none, so that nothing is written over."""
    try:
        noted = json.loads((folder / RECORD).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {str(name): str(mark) for name, mark in noted.items()} if isinstance(noted, dict) else {}
