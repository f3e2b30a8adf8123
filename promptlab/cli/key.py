"""`promptlab key`: the answer key of a run, made from the teacher's own copie, and checked."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from promptlab.errors import BadInput
from promptlab.messages import _, ngettext

if TYPE_CHECKING:
    from promptlab.model.case import Case
    from promptlab.model.copie import Copie
    from promptlab.review.exercise import Exercise


@click.command(
    help=_(
        "Make the answer key of a run from the COPIE in which you did the exercise yourself; or, with --check, look "
        "whether the keys and the rubric of a case can be used."
    )
)
@click.argument("copie", required=False, metavar=_("[COPIE]"), type=click.Path(path_type=Path))
@click.option("--case", required=True, metavar=_("CASE"), help=_("The case that the key is for."))
@click.option("--run", "run_name", default="", metavar=_("NAME"), help=_("The run; that of the copie if left out."))
@click.option(
    "--to",
    "target",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar=_("FILE"),
    help=_("Where the key goes; key/NAME.toml of the case if left out."),
)
@click.option("--check", is_flag=True, help=_("Check the keys and the rubric of the case, and make nothing."))
def command(copie: Path | None, case: str, run_name: str, target: Path | None, *, check: bool) -> None:
    """Make the draft of a key, or check what there is."""
    from promptlab.files.cases import load_case

    loaded = load_case(case)
    if check:
        _check(loaded)
        return
    if copie is None:
        raise click.UsageError(_("Name the copie in which you did the exercise, or use --check."))
    from promptlab.grade.reading import read_any

    try:
        content = copie.read_bytes()
    except OSError as error:
        from promptlab.files.system import reason_of

        raise BadInput(_("{path} cannot be read: {reason}.", path=copie, reason=reason_of(error))) from error
    hand_in = read_any(copie.name, content, loaded)
    _make(loaded, hand_in.copie, run_name, target)


def _make(case: "Case", copie: "Copie", run_name: str, target: Path | None) -> None:
    from promptlab.cli.show import tell_problems
    from promptlab.files.atomic import write_text
    from promptlab.files.keys import key_text
    from promptlab.grade.drafting import draft_key

    name = run_name or copie.about.run or case.default_run
    path = target or _usual_place(case, name)
    if path.exists():
        raise BadInput(_("{path} is there already: give another name with --to, or move it away.", path=path))
    key, fitted = draft_key(copie, _exercise(case, name), name)
    write_text(path, key_text(key))
    click.echo(str(path))
    for rubric in _rubric_beside(path):
        click.echo(str(rubric))
    tell_problems(fitted.problems)
    click.echo(
        ngettext("{count} item in the key.", "{count} items in the key.", len(key.items))
        + " "
        + _(
            "Next: read it, argue each item (why), then check it: promptlab key --case {case} --check", case=case.folder
        ),
        err=True,
    )


def _usual_place(case: "Case", run: str) -> Path:
    from promptlab.files.cases import is_shipped
    from promptlab.files.keys import key_path

    if is_shipped(case):
        raise BadInput(_("{case} is a case that comes along: say with --to where your key goes.", case=case.name))
    return key_path(case.folder, run)


def _exercise(case: "Case", run: str) -> "Exercise":
    from promptlab.align.columns import columns_of
    from promptlab.model.comparison import Comparison
    from promptlab.review.exercise import exercise

    try:
        found = case.run(run)
    except KeyError:
        names = ", ".join(one.name for one in case.runs) or "–"
        raise BadInput(_("No run “{name}” in this case: there are {names}.", name=run, names=names)) from None
    return exercise(case, Comparison("rank", columns_of(found), ()))


def _rubric_beside(path: Path) -> list[Path]:
    """A rubric to begin with beside the key, where there is none: that of the shipped case."""
    from promptlab.files.atomic import write_bytes
    from promptlab.files.cases import USUAL_CASE, shipped_cases
    from promptlab.files.rubrics import FILE, rubric_path

    beside = path.parent / FILE
    usual = rubric_path(shipped_cases() / USUAL_CASE)
    if beside.exists() or not usual.is_file():
        return []
    return [write_bytes(beside, usual.read_bytes())]


def _check(case: "Case") -> None:
    from promptlab.cli.show import tell_problems
    from promptlab.grade.setup import prepare

    setup = prepare(case)
    for placed in setup.keys:
        key = placed.key
        click.echo(
            _(
                "{run}: {items} items, {ideas} ideas, no fault.",
                run=key.run,
                items=len(key.items),
                ideas=len(key.ideas),
            )
        )
    click.echo(
        ngettext(
            "rubric: {count} criterion, no fault.", "rubric: {count} criteria, no fault.", len(setup.rubric.criteria)
        )
    )
    tell_problems(setup.problems)
