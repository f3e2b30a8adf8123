"""Writing a file whole or not at all."""

import errno
import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from promptlab.errors import CannotWrite
from promptlab.files.system import reason_of
from promptlab.messages import _


def _held() -> str:
    return _("you may not write there, or the file is open in another program (Word?): close it, then try again.")


_REASONS: dict[int, Callable[[], str]] = {
    errno.ENOSPC: lambda: _("the disk is full: free some space, then try again."),
    errno.EROFS: lambda: _("this folder is read-only."),
    errno.EACCES: _held,
    errno.EPERM: _held,
    errno.ENOTDIR: lambda: _("part of this path is a file, not a folder."),
    errno.EISDIR: lambda: _("a folder of that name stands there."),
}


def cannot_write(path: Path, error: OSError) -> CannotWrite:
    """The error for a file that could not be written, with the next action for its cause."""
    explain = _REASONS.get(error.errno or 0)
    reason = explain() if explain else f"{reason_of(error)}."
    refusal = CannotWrite(_("{path} was not written: {reason}", path=path, reason=reason))
    refusal.elsewhere = explain is not None
    return refusal


def write_bytes(path: Path, content: bytes) -> Path:
    """Write `content` to `path` by a temporary file beside it and one rename; a crash leaves the old file.

    Raises CannotWrite, and leaves no temporary file behind.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:40]}.", suffix=".part")
    except OSError as error:
        raise cannot_write(path, error) from error
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(_mode(path))
        temporary.replace(path)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise cannot_write(path, error) from error
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return path


def write_text(path: Path, text: str) -> Path:
    """Write `text` as UTF-8 with line feeds, whole or not at all. Raises CannotWrite."""
    return write_bytes(path, text.encode("utf-8"))


def _mode(path: Path) -> int:
    """The mode of the file to be replaced, else what the umask gives a new file."""
    try:
        return path.stat().st_mode & 0o777
    except OSError:
        umask = os.umask(0)
        os.umask(umask)
        return 0o666 & ~umask


def require_writable(folder: Path) -> None:
    """Make `folder`, and raise CannotWrite where nothing can be written into it: asked before work that costs."""
    probe = folder / ".promptlab-probe"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe.write_bytes(b"")
        probe.unlink()
    except OSError as error:
        raise cannot_write(folder, error) from error
