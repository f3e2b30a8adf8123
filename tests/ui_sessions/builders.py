"""A desk with a pupil at it, and charts, for the tests of the sessions."""

from datetime import UTC, datetime

from promptlab.files.cases import load_case
from promptlab.ui.desk import Desk

NOW = datetime(2026, 11, 27, 14, 5, 12, tzinfo=UTC)
_cases = {}


def shipped():
    """The shipped case, read once."""
    return _cases.setdefault("reclamation", load_case("reclamation"))


def desk_in(folder, *pupils, case=None):
    """A desk whose work is kept in `folder`; these pupils sit at it."""
    desk = Desk(case or shipped(), folder=folder, now=lambda: NOW)
    if pupils:
        desk.sign_in(*pupils)
    return desk
