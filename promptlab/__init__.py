"""promptlab: ask an AI a chain of prompts, set its answers side by side, and learn to question them.

The names below are all that a script needs; each is imported when it is first used, so that `import promptlab`
stays light.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from promptlab.align.compare import compare
    from promptlab.align.frame import to_frame
    from promptlab.files.cases import load_case
    from promptlab.parse import parse_answer

__version__ = "0.1.0"

_HOMES = {
    "compare": "promptlab.align.compare",
    "load_case": "promptlab.files.cases",
    "parse_answer": "promptlab.parse",
    "to_frame": "promptlab.align.frame",
}

__all__ = ["__version__", "compare", "load_case", "parse_answer", "to_frame"]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'promptlab' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
