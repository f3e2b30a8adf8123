"""The rubric as a file that a teacher reads and edits: `key/rubric.toml` of a case.

Format 1:

    format = 1
    title = "…"
    scale = 20                         # the mark is out of this
    step = "0.5"                       # it is rounded to multiples of this …
    rounding = "up"                    # … up, half_up (to the nearest, halves up) or down
    points = "level"                   # level: weight × ratio of the level reached; score: weight × the exact score
    validated = "M"                    # a task is validated from this level on; "" for never
    origin = "…"                       # optional: who made it

    [[levels]]                         # from the lowest to the highest
    id = "NM"
    label = "non maîtrisé"
    ratio = 0                          # what it earns of the weight
    from = 0                           # the score, 0 to 1, from which a rule gives it

    [[criteria]]
    id = "etiquettes"
    title = "…"
    indicator = "…"                    # optional: what is observed
    rule = "tags"                      # or manual: the teacher marks it
    weight = 8
    sessions = [2]                     # optional: it counts in these; left out: in all
    tasks = [6]                        # optional: the tasks that it validates
    competence = "1.1"                 # optional

    [criteria.with]                    # optional: settings of the rule
    enough = "0.6"
"""

from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any, cast, get_args

from promptlab.errors import BadInput
from promptlab.files.cases import USUAL_CASE
from promptlab.files.faults import Table, read_toml, refuse
from promptlab.files.ratios import newer, read_ratio
from promptlab.messages import _
from promptlab.model.case import Case
from promptlab.model.key import FOLDER
from promptlab.model.problem import Problem
from promptlab.model.rubric import FORMAT, MANUAL, Criterion, Level, Points, Rounding, Rubric

FILE = "rubric.toml"
Forms = Mapping[str, Mapping[str, Any]]  # of each rule: its settings and their usual values


def rubric_path(folder: Path) -> Path:
    """Where the rubric of the case in `folder` stands."""
    return folder / FOLDER / FILE


def read_rubric(path: Path, case: Case, forms: Forms) -> Rubric:
    """The rubric in the file `path`; `forms` are the rules there are, with their settings and usual values.

    Raises BadInput that lists all faults.
    """
    faults: list[Problem] = []
    table = read_toml(path, path.name, faults)
    rubric = _rubric(table, case, forms) if table else None
    if rubric is None or faults:
        raise refuse(_("Rubric {path}", path=path), faults)
    return rubric


def case_rubric(case: Case, forms: Forms) -> Rubric:
    """The rubric of `case`. Raises BadInput, with what to do, where it has none."""
    path = rubric_path(case.folder)
    if not path.is_file():
        said = _("{path} is missing: a class is marked by a rubric.", path=path)
        advice = _(
            "“promptlab key” puts one there to begin with; or copy that of the case “{usual}”.", usual=USUAL_CASE
        )
        raise BadInput(f"{said} {advice}")
    return read_rubric(path, case, forms)


def _rubric(table: Table, case: Case, forms: Forms) -> Rubric:
    if (version := table.whole("format")) > FORMAT:
        table.fault("format", newer(version, FORMAT))
    rubric = Rubric(
        title=table.text("title"),
        levels=tuple(_level(entry) for entry in table.tables("levels")),
        criteria=tuple(_criterion(entry, case, forms) for entry in table.tables("criteria")),
        scale=read_ratio(table, "scale", Fraction(20)),
        step=read_ratio(table, "step", Fraction(1, 2)),
        rounding=cast(Rounding, table.text("rounding", required=False, default="up", among=get_args(Rounding))),
        points=cast(Points, table.text("points", required=False, default="level", among=get_args(Points))),
        validated=table.text("validated", required=False),
        origin=table.text("origin", required=False),
    )
    table.finish()
    _check(table, rubric)
    return rubric


def _level(table: Table) -> Level:
    level = Level(
        id=table.text("id"),
        label=table.text("label"),
        ratio=read_ratio(table, "ratio", most=Fraction(1)),
        start=read_ratio(table, "from", most=Fraction(1)),
    )
    table.finish()
    return level


def _criterion(table: Table, case: Case, forms: Forms) -> Criterion:
    rule = table.text("rule", among=(MANUAL, *forms))
    form = forms.get(rule, {})
    with_ = table.table("with", required=False)
    settings = {name: _setting(with_, name, usual) for name, usual in form.items()}
    if with_:
        with_.finish()
    criterion = Criterion(
        id=table.text("id"),
        title=table.text("title"),
        rule=rule,
        weight=read_ratio(table, "weight"),
        settings=tuple(settings.items()),
        sessions=table.wholes("sessions") if table.raw("sessions") is not None else (),
        tasks=table.wholes("tasks") if table.raw("tasks") is not None else (),
        competence=table.text("competence", required=False),
        indicator=table.text("indicator", required=False),
    )
    for key, numbers, known in (
        ("sessions", criterion.sessions, sorted({number for task in case.tasks for number in task.sessions})),
        ("tasks", criterion.tasks, [task.number for task in case.tasks]),
    ):
        for number in numbers:
            if number not in known:
                choices = ", ".join(map(str, known))
                table.fault(key, _("“{value}” is not one of: {choices}.", value=number, choices=choices))
    table.finish()
    return criterion


def _setting(table: Table | None, name: str, usual: Any) -> Any:
    if table is None or table.raw(name) is None:
        return usual
    if isinstance(usual, bool):
        return table.flag(name, default=usual)
    if isinstance(usual, Fraction):
        return read_ratio(table, name, usual)
    if isinstance(usual, int):
        return table.whole(name)
    if isinstance(usual, str):
        return table.text(name, required=False)
    return table.wholes(name) if all(isinstance(one, int) for one in usual) and usual else table.texts(name)


def _check(table: Table, rubric: Rubric) -> None:
    for key, ids in (("levels", [one.id for one in rubric.levels]), ("criteria", [one.id for one in rubric.criteria])):
        for number, identity in enumerate(ids, 1):
            if identity in ids[: number - 1]:
                table.fault(f"{key}[{number}].id", _("“{id}” stands twice: give each its own.", id=identity))
    starts = [level.start for level in rubric.levels]
    if not starts or starts[0] != 0 or sorted(set(starts)) != starts:
        table.fault("levels", _("write the levels from the lowest, from = 0, to the highest, each higher than before."))
    if not rubric.criteria:
        table.fault("criteria", _("there is no criterion: add one."))
    for key, amount in (("scale", rubric.scale), ("step", rubric.step)):
        if amount == 0:
            table.fault(key, _("write a number above 0."))
    if rubric.validated and rubric.validated not in [level.id for level in rubric.levels]:
        choices = ", ".join(level.id for level in rubric.levels)
        table.fault("validated", _("“{value}” is not one of: {choices}.", value=rubric.validated, choices=choices))
