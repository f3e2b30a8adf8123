"""Reading a case folder: all of it, or an error that lists every fault."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import get_args

from promptlab.errors import BadInput
from promptlab.files.documents import read_document, read_party
from promptlab.files.faults import Table, read_toml, refuse
from promptlab.files.nearest import nearest_hint
from promptlab.files.runs import read_run
from promptlab.files.tags import default_tags, read_reasons, read_tags
from promptlab.messages import _
from promptlab.model.answer import Run
from promptlab.model.case import Case, Document, DocumentKind, Party, Task
from promptlab.model.problem import Problem

FORMAT = 1
MANIFEST = "case.toml"
USUAL_CASE = "reclamation"  # the shipped case that serves where none is named
_PACKAGE = Path(__file__).resolve().parent.parent


def shipped_cases() -> Path:
    """The folder of the cases that come with promptlab: inside an installed package, else beside its source."""
    inside = _PACKAGE / "data"
    return inside if inside.is_dir() else _PACKAGE.parent / "data"


def find_case_folder(name: str) -> Path:
    """The folder of the case called `name`: a path to a case folder, or the name of a shipped case.

    Raises BadInput, with the nearest shipped name, where there is neither.
    """
    given = Path(name).expanduser()
    if (given / MANIFEST).is_file():
        return given
    shipped = shipped_cases() / name
    if "/" not in name and "\\" not in name and (shipped / MANIFEST).is_file():
        return shipped
    if given.is_dir():
        raise BadInput(
            _(
                "{folder} holds no {file}: it is not a case. Make one with “promptlab new {folder}”.",
                folder=given,
                file=MANIFEST,
            )
        )
    names = sorted(path.parent.name for path in shipped_cases().glob(f"*/{MANIFEST}"))
    hint = nearest_hint(name, names)
    raise BadInput(
        _("No case “{name}”: neither a folder nor a shipped case ({names}).", name=name, names=", ".join(names)) + hint
    )


Check = Callable[[Path], Sequence[Problem]]


def is_shipped(case: Case) -> bool:
    """Whether `case` is one that comes with promptlab: nothing of the user's is written into its folder."""
    return case.folder.resolve().parent == shipped_cases().resolve()


def load_case(name: str | Path, *, checks: Sequence[Check] = ()) -> Case:
    """The case in the folder `name`, or the shipped case of that name.

    `checks` look at parts of the folder that this room does not know; what they find are faults too. Raises BadInput
    that lists all the faults of the case, each with its file and its line or key.
    """
    folder = find_case_folder(str(name))
    faults: list[Problem] = []
    manifest = read_toml(folder / MANIFEST, MANIFEST, faults)
    if manifest is None:
        raise refuse(str(folder), faults)
    documents = _documents(folder, faults)
    runs = _runs(folder, faults)
    case = read_manifest(manifest, folder, documents, runs)
    faults += [fault for check in checks for fault in check(folder)]
    if faults:
        raise refuse(_("Case {folder}", folder=folder), faults)
    return case


def read_manifest(table: Table, folder: Path, documents: tuple[Document, ...], runs: tuple[Run, ...]) -> Case:
    """The case of a manifest, whose faults go to its list; `documents` and `runs` are those of its folder."""
    if (version := table.whole("format")) > FORMAT:
        table.fault(
            "format",
            _(
                "this case has format {version}; this promptlab reads up to {known}: update promptlab.",
                version=version,
                known=FORMAT,
            ),
        )
    prompts = table.texts("prompts")
    if len(prompts) < 2:
        table.fault("prompts", _("a chain needs at least two prompts."))
    company, customer = table.table("company"), table.table("customer")
    nobody = Party("")
    case = Case(
        name=folder.resolve().name,
        title=table.text("title"),
        language=table.text("language", among=("fr", "en", "es")),
        level=table.text("level", required=False),
        summary=table.text("summary"),
        company=read_party(company) if company else nobody,
        customer=read_party(customer) if customer else nobody,
        prompts=prompts,
        tasks=_tasks(table),
        tags=read_tags(table) or default_tags(),
        reasons=read_reasons(table),
        documents=documents,
        runs=runs,
        default_run=_default_run(table, folder, runs),
        folder=folder,
        fictional=table.flag("fictional", default=True),
        live_sessions=_live_sessions(table),
    )
    table.finish()
    return case


def _live_sessions(table: Table) -> tuple[int, ...] | None:
    """The sessions of `[live] sessions = [1]`; None where the case has no such table."""
    live = table.table("live", required=False)
    if live is None:
        return None
    sessions = live.wholes("sessions")
    live.finish()
    return sessions


def _default_run(table: Table, folder: Path, runs: tuple[Run, ...]) -> str:
    names = [run.name for run in runs]
    name = table.text("default_run", required=False) or (names[0] if names else "")
    if name and names and name not in names and not (folder / "answers" / name).is_dir():
        table.fault(
            "default_run", _("no run “{name}” in answers/: there are {names}.", name=name, names=", ".join(names))
        )
    return name


def _tasks(table: Table) -> tuple[Task, ...]:
    tasks: list[Task] = []
    for entry in table.tables("tasks", required=False):
        task = Task(entry.whole("number"), entry.text("text"), entry.wholes("sessions"))
        if any(task.number == other.number for other in tasks):
            entry.fault("number", _("task {number} stands twice.", number=task.number))
        entry.finish()
        tasks.append(task)
    return tuple(tasks)


def _documents(folder: Path, faults: list[Problem]) -> tuple[Document, ...]:
    kinds = get_args(DocumentKind)
    found = []
    for path in sorted((folder / "documents").glob("*.toml")):
        table = read_toml(path, f"documents/{path.name}", faults)
        if table is not None:
            found.append(read_document(table, kinds, source=f"documents/{path.name}"))
    return tuple(found)


def _runs(folder: Path, faults: list[Problem]) -> tuple[Run, ...]:
    runs = []
    for path in sorted((folder / "answers").glob("*/")):
        if path.name.startswith("."):
            continue
        try:
            runs.append(read_run(path))
        except BadInput as error:
            inner = error.problems or (Problem(str(error)),)
            faults += [Problem(fault.message, f"answers/{path.name}/{fault.where}", fault.line) for fault in inner]
    return tuple(runs)
