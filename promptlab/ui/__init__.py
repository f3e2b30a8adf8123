"""The screen in a notebook: panels, the tagging table, the copie at work.

The names below are what the notebooks call; each is imported when it is first used.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from promptlab.ui.dashboard import open_dashboard
    from promptlab.ui.prepare import open_new_case
    from promptlab.ui.session import open_session
    from promptlab.ui.teacher import open_teacher

_HOMES = {
    "open_dashboard": "promptlab.ui.dashboard",
    "open_new_case": "promptlab.ui.prepare",
    "open_session": "promptlab.ui.session",
    "open_teacher": "promptlab.ui.teacher",
}

__all__ = ["open_dashboard", "open_new_case", "open_session", "open_teacher"]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'promptlab.ui' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
