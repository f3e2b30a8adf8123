"""What the teacher sends back to a pupil as a file: tasks validated, mark, comments.

Format 1:

    {"promptlab": "return", "format": 1, "id": "id of the copie", "case": "reclamation", "pupils": ["P07"],
     "session": 2, "return": {"validated": [6, 7], "mark": "14.50", "out_of": "20.00", "revision": 12,
     "returned_at": "2026-11-27T18:00:00+01:00", "comments": [{"where": "Étiqueter…", "text": "…"}]}}
"""

import json
from dataclasses import dataclass
from pathlib import Path

from promptlab.errors import BadInput
from promptlab.files.copie_form import MARK as COPIE
from promptlab.files.copie_form import to_values
from promptlab.files.copie_opening import MOST_BYTES, values_in
from promptlab.files.copie_reading import from_table
from promptlab.files.faults import Table, refuse
from promptlab.files.system import reason_of
from promptlab.messages import _
from promptlab.model.copie import Copie, Return
from promptlab.model.problem import Problem

MARK = "return"
FORMAT = 1
_HEAD = ("id", "case", "pupils", "session")


@dataclass(frozen=True, slots=True)
class Returned:
    """A return file: which copie it is about, whose, on which case, and what the teacher says."""

    copie: str
    case: str
    pupils: tuple[str, ...]
    session: int | None
    returned: Return


def return_text(returned: Returned) -> str:
    """The file of `returned`."""
    copie = Copie(returned.copie, returned.case, returned.pupils, session=returned.session, returned=returned.returned)
    values = to_values(copie)
    head = {"promptlab": MARK, "format": FORMAT, **{key: values[key] for key in _HEAD}}
    return json.dumps(head | {"return": values["return"]}, ensure_ascii=False, indent=1) + "\n"


def read_return(path: Path) -> Returned:
    """The return file at `path`. Raises BadInput that lists what is wrong with it."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise BadInput(_("{path} is no file that a teacher sent back: it is too large.", path=path))
        return parse_return(path.read_bytes(), path.name)
    except OSError as error:
        raise BadInput(_("{path} cannot be read: {reason}.", path=path, reason=reason_of(error))) from error


def is_return(content: bytes) -> bool:
    """Whether `content` is a return file, rather than a copie or anything else."""
    values = values_in(content, Path("?"), []) if len(content) <= MOST_BYTES else None
    return isinstance(values, dict) and values.get("promptlab") == MARK


def parse_return(content: bytes, name: str) -> Returned:
    """The return file called `name` whose bytes are `content`. Raises BadInput that lists what is wrong with it."""
    faults: list[Problem] = []
    values = values_in(content, Path(name), faults)
    if not isinstance(values, dict) or values.get("promptlab") != MARK:
        said = _(
            "{path} is no file that a teacher sent back: choose the one with your code, such as P07.json.", path=name
        )
        raise BadInput(said)
    version = values.get("format")
    if type(version) is int and version > FORMAT:
        said = _("this file has format {version}; this promptlab reads up to {known}.", version=version, known=FORMAT)
        raise BadInput(f"{name}: {said} " + _("Update promptlab."))
    # A return file is the head and the return of a copie: the reader of copies reads it.
    copie = from_table(Table({**values, "promptlab": COPIE}, name, faults))
    if copie.returned is None and not faults:
        faults.append(Problem(_("this key is missing: add it ({expected}).", expected="return"), name))
    if faults or copie.returned is None:
        raise refuse(name, faults)
    return Returned(copie.id, copie.case, copie.pupils, copie.session, copie.returned)
