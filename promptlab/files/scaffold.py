"""A new case folder, ready to be filled in."""

import tomllib
from collections.abc import Callable, Sequence
from pathlib import Path

from promptlab.errors import BadInput
from promptlab.files.atomic import write_bytes, write_text
from promptlab.files.case_form import CheckChart, Form, files_of, read_form
from promptlab.files.faults import refuse
from promptlab.messages import _
from promptlab.model.problem import Problem

_TEMPLATE = Path(__file__).parent / "new_case"


def new_case(folder: Path) -> tuple[Path, ...]:
    """Write a case to fill in at `folder`, and give the files written.

    Raises BadInput, and writes nothing, where `folder` is a file or already holds something; CannotWrite otherwise.
    """
    _require_new(folder)
    sources = sorted(path for path in _TEMPLATE.rglob("*") if path.is_file() and path.suffix in (".toml", ".md"))
    return tuple(write_bytes(folder / source.relative_to(_TEMPLATE), source.read_bytes()) for source in sources)


def case_from_form(
    form: Form,
    folder: Path,
    *,
    check_chart: CheckChart = lambda _text: (),
    placed: Callable[[Problem], Problem] = lambda problem: problem,
    problems: Sequence[Problem] = (),
) -> tuple[Path, ...]:
    """Write the case that `form` describes at `folder`, and give the files written, the manifest last.

    `check_chart` looks at the flowchart; `placed` says where in the teacher's own file a fault stands; `problems` are
    faults found before. Raises BadInput that lists all faults, or where `folder` holds something; CannotWrite. Nothing
    is written where anything is wrong.
    """
    _require_new(folder)
    _case, found = read_form(form, folder, check_chart=check_chart)
    faults = [*problems, *map(placed, found)]
    if faults:
        raise refuse(_("Case {folder}", folder=folder), faults)
    written = [write_text(folder / name, text) for name, text in files_of(form).contents()]
    answers = _TEMPLATE / "answers" / "LISEZMOI.md"
    return (write_bytes(folder / "answers" / answers.name, answers.read_bytes()), *written)


def _require_new(folder: Path) -> None:
    if folder.is_file():
        raise BadInput(_("{path} is a file: give the name of a new folder.", path=folder))
    if folder.is_dir() and any(folder.iterdir()):
        raise BadInput(_("{path} is not empty: give the name of a new folder.", path=folder))


def unfinished_prompts() -> frozenset[str]:
    """The prompts of the template, with the dots that a teacher has to replace: they are never sent."""
    return frozenset(tomllib.loads((_TEMPLATE / "case.toml").read_text(encoding="utf-8"))["prompts"])
