"""Works of a copie that are texts under names: a debrief, an analysis; read with care, written name by name."""

from typing import Any

from promptlab.model.copie import Copie
from promptlab.review.texts import cleaned
from promptlab.review.writing import keep_work


def values_of(copie: Copie, work: str) -> dict[str, Any]:
    """The values of a work that is a table of names; empty where it is not there or something else."""
    found = copie.work(work)
    value = found.content.value if found else {}
    return value if isinstance(value, dict) else {}


def text_of(copie: Copie, work: str, name: str) -> str:
    """The text kept as `name`, "" where there is none."""
    found = values_of(copie, work).get(name, "")
    return found if isinstance(found, str) else ""


def write_text(copie: Copie, work: tuple[str, int], name: str, text: str, *, where: str) -> Copie:
    """`copie` with `text` as `name` in `work` (its name and version). BadInput, naming `where`, for a longer one."""
    return keep_work(copie, *work, {**values_of(copie, work[0]), name: cleaned(text, where=where)})
