"""What the operating system says when a file cannot be read or written, in the language of the screen."""

import errno

from promptlab.messages import _


def reason_of(error: OSError) -> str:
    """A few words that say why `error` happened; the system's own words where the case is rare."""
    reasons = {
        errno.ENOENT: _("no such file or folder"),
        errno.EACCES: _("you have no right to it, or another program holds it"),
        errno.EPERM: _("you have no right to it, or another program holds it"),
        errno.EEXIST: _("something of that name is already there"),
        errno.ENOTDIR: _("part of the path is a file"),
        errno.EISDIR: _("it is a folder"),
        errno.ENOSPC: _("the disk is full"),
        errno.EROFS: _("the folder is read-only"),
        errno.ENAMETOOLONG: _("the name is too long"),
        errno.EIO: _("the disk or the network drive does not answer"),
    }
    return reasons.get(error.errno or 0, error.strerror or str(error))
