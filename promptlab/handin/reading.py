"""Any file handed in, read: what it is, the copie in it, the table that the copie is about."""

from dataclasses import replace
from pathlib import Path

from promptlab.errors import BadInput
from promptlab.files.copie_opening import MOST_BYTES as MOST_COPIE_BYTES
from promptlab.files.copie_opening import copie_in
from promptlab.files.system import reason_of
from promptlab.handin.document import document_hand_in, other_case
from promptlab.handin.notebook import best_of, copies_in
from promptlab.handin.tables import FindRun, Tables, shipped_case, tables_of
from promptlab.messages import _
from promptlab.model.case import Case
from promptlab.model.copie import Copie
from promptlab.model.hand_in import HandIn
from promptlab.model.problem import Problem
from promptlab.review.fitting import fit
from promptlab.word.reading.archive import MOST_BYTES as MOST_DOCUMENT_BYTES

KINDS = (".docx", ".ipynb", ".json")
MOST_BYTES = 100_000_000  # of a notebook, with the pictures in its outputs
_DOCUMENT_STARTS = (b"PK", b"\xd0\xcf\x11\xe0", b"%PDF", b"{\\rtf")


def read_hand_in(path: str | Path, *, case: Case | None = None, find_run: FindRun | None = None) -> HandIn:
    """What stands in the file at `path`: a comparison .docx, a saved notebook .ipynb, or the .json of a copie.

    `case` is the case that it should be about; without it, a case that comes with promptlab is found by its name.
    `find_run` is asked for a run that the case does not hold, such as a live one. Nothing of the file is executed and
    it stays as it is. Raises BadInput where it cannot be read or is no such file, with the next action.
    """
    path = Path(path)
    try:
        if not path.is_file():
            if path.exists():
                raise BadInput(_("{path} is no file: name the files that were handed in.", path=path))
            raise BadInput(_("{path} does not exist.", path=path))
        if (size := path.stat().st_size) > MOST_BYTES:
            raise BadInput(_("{name}: a file of {size} MB is too large to be read.", name=path, size=size // 10**6))
        data = path.read_bytes()
    except OSError as error:
        raise BadInput(_("{path} cannot be read: {reason}.", path=path, reason=reason_of(error))) from error
    return read_hand_in_bytes(str(path), data, case=case, find_run=find_run)


def read_hand_in_bytes(name: str, data: bytes, *, case: Case | None = None, find_run: FindRun | None = None) -> HandIn:
    """The same for the content `data` of a file called `name`; what it is, its content says, not its name."""
    kind = _kind(name, data)
    if kind == ".docx":
        return document_hand_in(name, data, case=case, find_run=find_run)
    if kind == ".ipynb":
        copie, problems = best_of(name, copies_in(name, data))
    else:
        if len(data) > MOST_COPIE_BYTES:
            said = _("{path} is no copie: it has {size} MB.", path=name, size=len(data) // 1_000_000)
            raise BadInput(said)
        copie, problems = copie_in(data, Path(name)), ()
    about = case or shipped_case(copie.case)
    fitted, told = _fitted(copie, tables_of(about, find_run) if about else None)
    other = () if any(copie.case in each.message for each in told) else other_case(copie.case, case, copie.about)
    return HandIn(name, fitted, (), (*problems, *other, *told), kind[1:])


def _kind(name: str, data: bytes) -> str:
    """Which of KINDS a file is. Raises BadInput that lists them."""
    start = data[:200].removeprefix(b"\xef\xbb\xbf").lstrip()
    suffix = Path(name).suffix.lower()
    if start.startswith(_DOCUMENT_STARTS) or (suffix in (".docx", ".docm", ".doc") and not start.startswith(b"{")):
        if len(data) > MOST_DOCUMENT_BYTES:
            size = len(data) // 10**6
            raise BadInput(_("{name}: a file of {size} MB is too large to be read.", name=name, size=size))
        return ".docx"
    if suffix == ".ipynb" or (suffix != ".json" and b'"nbformat"' in data and b'"cells"' in data):
        return ".ipynb"
    if suffix == ".json" or start.startswith(b"{"):
        return ".ipynb" if b'"promptlab"' not in start and b'"nbformat"' in data and b'"cells"' in data else ".json"
    said = _(
        "{path}: no such file is read here. What can be read: {kinds}.",
        path=name,
        kinds=", ".join(KINDS),
    )
    raise BadInput(said)


def _fitted(copie: Copie, tables: Tables | None) -> tuple[Copie, tuple[Problem, ...]]:
    """`copie` on its table; a Problem says so where case or answers are not at hand and it could not be checked."""
    where = _("copie {id}", id=copie.id)
    if tables is None:
        said = _("the case “{name}” is not at hand: give its folder with --case to check the tags.", name=copie.case)
        return copie, (Problem(said, where),)
    on, why = tables.table(copie.about, copie.answers)
    if on is None:
        if not copie.taggings:
            return copie, ()
        said = _("the answers that this copie is about are not at hand: its tags were not checked.")
        return copie, (Problem(f"{said} {why}".strip(), where),)
    on = replace(on, comparison=replace(on.comparison, by=copie.about.by))
    fitted = fit(copie, on)
    return fitted.copie, fitted.problems
