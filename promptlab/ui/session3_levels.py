"""The filled grid as the copie keeps it, for the pupil's own flowchart and for the proposed one (“ai”)."""

from functools import lru_cache
from pathlib import Path
from typing import Any

from promptlab.errors import BadInput
from promptlab.files.cases import USUAL_CASE, find_case_folder
from promptlab.flowchart.grid import FILE, WORK, EvaluationGrid, read_grid
from promptlab.model.case import Case
from promptlab.model.copie import Copie
from promptlab.review.writing import keep_work
from promptlab.ui.texts import values_of

VERSION = 1
OWN, AI = "own", "ai"


def grid_for(case: Case) -> EvaluationGrid | None:
    """The grid of `case`, else the usual one, None where neither is there. BadInput that lists its faults."""
    for folder in (case.folder, _usual_folder()):
        path = folder / FILE if folder else None
        if path and path.is_file():
            return _grid(path, path.stat().st_mtime_ns)
    return None


def grid_of(copie: Copie) -> dict[str, Any]:
    """The grid as the copie keeps it: chart, its levels, the levels of the other chart, notes."""
    found = values_of(copie, WORK)
    chart = found.get("chart") if found.get("chart") in (OWN, AI) else OWN
    notes = found.get("notes")
    levels = {name: _levels(found.get(name)) for name in ("levels", "other_levels")}
    return {**found, "chart": chart, **levels, "notes": notes if isinstance(notes, str) else ""}


def levels_of(copie: Copie, chart: str) -> dict[str, str]:
    """The levels given to that chart, by criterion."""
    grid = grid_of(copie)
    found: dict[str, str] = grid["levels"] if grid["chart"] == chart else grid["other_levels"]
    return found


def keep_grid(copie: Copie, **changed: Any) -> Copie:
    """`copie` with these values of its grid changed."""
    return keep_work(copie, WORK, VERSION, {**grid_of(copie), **changed})


def take_chart(copie: Copie, chart: str) -> Copie:
    """`copie` with `chart` as the one that is evaluated; the levels of the other one are kept."""
    grid = grid_of(copie)
    if chart not in (OWN, AI) or chart == grid["chart"]:
        return copie
    return keep_grid(copie, chart=chart, levels=grid["other_levels"], other_levels=grid["levels"])


def give_level(copie: Copie, criterion: str, level: str) -> Copie:
    """`copie` with `level` ("" for none) for a criterion of the chart that is evaluated."""
    kept = {name: known for name, known in grid_of(copie)["levels"].items() if name != criterion}
    return keep_grid(copie, levels={**kept, criterion: level} if level else kept)


def _levels(value: object) -> dict[str, str]:
    if not isinstance(value, dict):
        return {}
    return {str(name): level for name, level in value.items() if isinstance(level, str)}


def _usual_folder() -> Path | None:
    try:
        return find_case_folder(USUAL_CASE)
    except BadInput:
        return None


@lru_cache(maxsize=4)
def _grid(path: Path, changed: int) -> EvaluationGrid:  # noqa: ARG001 - a file that was changed is read again
    return read_grid(path)
