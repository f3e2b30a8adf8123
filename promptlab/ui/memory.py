"""What this computer remembers of a sitting: the copie at work, so that the pupil is asked only once."""

import json
import os
from dataclasses import dataclass
from pathlib import Path

from promptlab.errors import CannotWrite
from promptlab.files.atomic import write_text
from promptlab.files.copies import copies_folder

_FILE = "sitting.json"


@dataclass(frozen=True, slots=True)
class Remembered:
    """The copie that was open last for a case: its file, its pseudonyms, and whether that was in this sitting."""

    path: Path
    pupils: tuple[str, ...]
    now: bool


def home() -> Path:
    """The folder of this user's work: PROMPTLAB_HOME, else `promptlab` in the user's home."""
    return copies_folder().parent


def sitting() -> str:
    """What all kernels of one start of JupyterLab have in common; "" where nothing tells."""
    return os.environ.get("PROMPTLAB_SITTING") or os.environ.get("JPY_PARENT_PID", "")


def recall(case: str, folder: Path) -> Remembered | None:
    """What `folder` remembers about `case`; None where it remembers nothing, or where that file is gone."""
    entry = _read(folder).get(case)
    if not isinstance(entry, dict):
        return None
    path, pupils, token = entry.get("copie"), entry.get("pupils"), entry.get("sitting")
    if not isinstance(path, str) or not isinstance(pupils, list) or not (folder / path).is_file():
        return None
    return Remembered(folder / path, tuple(map(str, pupils)), bool(token) and token == sitting())


def remember(case: str, folder: Path, path: Path | None, pupils: tuple[str, ...] = ()) -> None:
    """Note in `folder` the copie at work on `case`, or with no `path` that there is none.

    A note that cannot be written is no loss: the pupil is asked again.
    """
    noted = _read(folder)
    noted.pop(case, None)
    if path is not None:
        kept = path.relative_to(folder) if path.is_relative_to(folder) else path
        noted[case] = {"copie": kept.as_posix(), "pupils": list(pupils), "sitting": sitting()}
    try:
        write_text(folder / _FILE, json.dumps(noted, ensure_ascii=False, indent=1) + "\n")
    except CannotWrite:
        return


def _read(folder: Path) -> dict[str, object]:
    try:
        noted = json.loads((folder / _FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return noted if isinstance(noted, dict) else {}
