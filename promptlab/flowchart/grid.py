"""The grid by which a class measures two flowcharts: criteria from a file, what can be counted, the levels given."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil
from pathlib import Path

from promptlab.errors import BadInput
from promptlab.files.faults import Table, read_toml, refuse
from promptlab.files.ratios import newer, read_ratio
from promptlab.flowchart.advice import Advice, advise
from promptlab.flowchart.rows import reading_order
from promptlab.messages import _
from promptlab.model.flowchart import Flowchart
from promptlab.model.problem import Problem

FILE = "grid.toml"
FORMAT = 1
WORK = "grid"  # the name of this work in a copie


@dataclass(frozen=True, slots=True)
class GridLevel:
    """A level of mastery; `ratio` is the part of a criterion's points that it earns."""

    id: str
    label: str
    ratio: Fraction


@dataclass(frozen=True, slots=True)
class GridCriterion:
    """One line of the grid: what is looked at, its points, the AGOrA competence, the rules of advice it draws on."""

    id: str
    label: str
    indicator: str
    points: Fraction
    competence: str = ""
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EvaluationGrid:
    """All criteria and levels, the lowest level first."""

    title: str
    levels: tuple[GridLevel, ...]
    criteria: tuple[GridCriterion, ...]
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Counts:
    """What can be counted in a flowchart; `depth` is the longest way through it, loops left out."""

    shapes: int
    actions: int
    decisions: int
    documents: int
    lanes: int
    ends: int
    arrows: int
    depth: int
    words: int


@dataclass(frozen=True, slots=True)
class ComparedCharts:
    """Two flowcharts side by side: counts, advice, and how much advice each criterion's rules give (own, AI)."""

    own: Counts
    ai: Counts
    own_advice: tuple[Advice, ...]
    ai_advice: tuple[Advice, ...]
    by_criterion: tuple[tuple[str, int, int], ...] = ()


def read_grid(path: Path) -> EvaluationGrid:
    """The grid in the TOML file `path`. Raises BadInput that lists all its faults."""
    faults: list[Problem] = []
    table = read_toml(path, path.name, faults)
    grid = _grid(table) if table else None
    if grid is None or faults:
        raise refuse(_("Grid {path}", path=path), faults)
    return grid


def counts(chart: Flowchart) -> Counts:
    """What can be counted in `chart`."""
    kinds = Counter(node.kind for node in chart.nodes)
    return Counts(
        shapes=len(chart.nodes),
        actions=kinds["action"],
        decisions=kinds["decision"],
        documents=kinds["document"],
        lanes=len({node.lane for node in chart.nodes} & {lane.id for lane in chart.lanes}),
        ends=kinds["end"],
        arrows=len(chart.edges),
        depth=_depth(chart),
        words=sum(len(node.text.split()) for node in chart.nodes),
    )


def compare_charts(
    own: Flowchart,
    ai: Flowchart,
    *,
    grid: EvaluationGrid | None = None,
    phases: Sequence[str] = (),
    language: str = "fr",
) -> ComparedCharts:
    """The pupil's flowchart beside the one that an AI made: figures to argue with, no marks.

    `phases` and `language` as for `advise`; with `grid` the advice is also counted for each of its criteria.
    """
    own_advice, ai_advice = (advise(chart, phases=phases, language=language) for chart in (own, ai))
    lines = tuple(
        (criterion.id, _speaking(own_advice, criterion), _speaking(ai_advice, criterion))
        for criterion in (grid.criteria if grid else ())
    )
    return ComparedCharts(counts(own), counts(ai), own_advice, ai_advice, lines)


def points(grid: EvaluationGrid, levels: Mapping[str, str]) -> Fraction | None:
    """The points of the levels given, rounded up to the half point; None as long as a criterion has no level.

    Raises BadInput for a criterion or a level that the grid does not have.
    """
    _check_levels(grid, levels)
    if any(criterion.id not in levels for criterion in grid.criteria):
        return None
    ratios = {level.id: level.ratio for level in grid.levels}
    total = sum((criterion.points * ratios[levels[criterion.id]] for criterion in grid.criteria), Fraction(0))
    return Fraction(ceil(total * 2), 2)


def _check_levels(grid: EvaluationGrid, levels: Mapping[str, str]) -> None:
    criteria, known = [criterion.id for criterion in grid.criteria], [level.id for level in grid.levels]
    for criterion, level in levels.items():
        if criterion not in criteria:
            said = _("“{value}” is not one of: {choices}.", value=criterion, choices=", ".join(criteria))
            raise BadInput(said)
        if level not in known:
            raise BadInput(_("“{value}” is not one of: {choices}.", value=level, choices=", ".join(known)))


def _speaking(found: Sequence[Advice], criterion: GridCriterion) -> int:
    return sum(advice.rule in criterion.rules for advice in found)


def _depth(chart: Flowchart) -> int:
    known = {node.id for node in chart.nodes}
    if not known or any({edge.source, edge.target} - known for edge in chart.edges):
        return 0
    order, backward = reading_order(chart)
    longest = dict.fromkeys(known, 1)
    for node in order:
        for edge in chart.edges:
            if edge.source == node.id and edge not in backward:
                longest[edge.target] = max(longest[edge.target], longest[node.id] + 1)
    return max(longest.values())


def _grid(table: Table) -> EvaluationGrid:
    if (version := table.whole("format")) > FORMAT:
        table.fault("format", newer(version, FORMAT))
    grid = EvaluationGrid(
        title=table.text("title"),
        levels=tuple(_level(entry) for entry in table.tables("levels")),
        criteria=tuple(_criterion(entry) for entry in table.tables("criteria")),
        origin=table.text("origin", required=False),
    )
    table.finish()
    for key, ids in (("levels", [each.id for each in grid.levels]), ("criteria", [each.id for each in grid.criteria])):
        for number, id_ in enumerate(ids, 1):
            if id_ in ids[: number - 1]:
                table.fault(f"{key}[{number}].id", _("“{id}” stands twice: give each its own.", id=id_))
    if not grid.levels or not grid.criteria:
        table.fault("", _("a grid needs at least one level and one criterion."))
    return grid


def _level(table: Table) -> GridLevel:
    level = GridLevel(table.text("id"), table.text("label"), read_ratio(table, "ratio", most=Fraction(1)))
    table.finish()
    return level


def _criterion(table: Table) -> GridCriterion:
    criterion = GridCriterion(
        id=table.text("id"),
        label=table.text("label"),
        indicator=table.text("indicator"),
        points=read_ratio(table, "points"),
        competence=table.text("competence", required=False),
        rules=table.texts("rules", required=False),
    )
    table.finish()
    return criterion
