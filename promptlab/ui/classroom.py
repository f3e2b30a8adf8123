"""What the teacher settles for the pupils' computers, in one small file: the case, sessions, quiz, live questions."""

import os
from dataclasses import dataclass
from pathlib import Path

from promptlab.errors import BadInput
from promptlab.files.atomic import write_text
from promptlab.files.cases import MANIFEST, USUAL_CASE
from promptlab.files.faults import Table, read_toml, refuse
from promptlab.messages import _
from promptlab.model.problem import Problem

FILE = "classe.toml"
QUIZ_TRIES = 2
MOST_TRIES = 20


@dataclass(frozen=True, slots=True)
class Classroom:
    """`sessions` that are open, None for all; `live`: pupils may ask `model` at `base_url` ("" for OpenAI's).

    `quiz_tries` is how often the quiz may be handed in (0: as often as they like); `findings`: pupils may compare what
    they found in the documents with what promptlab finds, once they have written their own. `case` is what the class
    works on: a shipped case, a folder, or one in the folder of the file; "" for the usual one.
    """

    sessions: tuple[int, ...] | None = None
    live: bool = False
    model: str = ""
    base_url: str = ""
    quiz_tries: int = QUIZ_TRIES
    findings: bool = True
    case: str = ""

    def is_open(self, session: int) -> bool:
        """Whether pupils may work in that session."""
        return self.sessions is None or session in self.sessions


def read_classroom(folder: Path) -> Classroom:
    """What the file in `folder` allows; where there is none, every session and no live question.

    Raises BadInput that lists the faults of the file.
    """
    if not (folder / FILE).is_file():
        return Classroom()
    faults: list[Problem] = []
    table = read_toml(folder / FILE, FILE, faults)
    if table is None:
        raise refuse(str(folder / FILE), faults)
    found = Classroom(
        None if table.raw("sessions") is None else table.wholes("sessions"),
        table.flag("live", default=False),
        table.text("model", required=False),
        table.text("base_url", required=False),
        QUIZ_TRIES if table.raw("quiz_tries") is None else _tries(table),
        table.flag("findings", default=True),
        table.text("case", required=False).strip(),
    )
    table.finish()
    if faults:
        raise refuse(str(folder / FILE), faults)
    return found


def case_in(folder: Path, named: str) -> str:
    """`named` as `load_case` takes it: a case that was unpacked in `folder` goes by its name alone."""
    return str(folder / named) if named and (folder / named / MANIFEST).is_file() else named


def chosen_case(folder: Path) -> str:
    """The case that the notebooks open: what PROMPTLAB_CASE names, else the file in `folder`, else the usual one.

    A file with faults is passed over here: every panel says what is wrong with it.
    """
    named = os.environ.get("PROMPTLAB_CASE", "").strip()
    if not named:
        try:
            named = read_classroom(folder).case
        except BadInput:
            named = ""
    return case_in(folder, named) or USUAL_CASE


def write_classroom(folder: Path, classroom: Classroom, sessions: tuple[int, ...]) -> Path:
    """Write the file into `folder` and give its path; `sessions` are all that the case has.

    Raises BadInput where live questions are allowed without a model, CannotWrite.
    """
    if classroom.live and not classroom.model.strip():
        raise BadInput(_("Name the model that pupils may ask, or do not allow live questions."))
    allowed = classroom.sessions if classroom.sessions is not None else sessions
    lines = [
        "# " + _("Put this file into the folder “promptlab” of the pupils’ computers."),
        f"sessions = [{', '.join(map(str, allowed))}]",
        f"live = {str(classroom.live).lower()}",
        f"model = {_quoted(classroom.model)}",
        f"base_url = {_quoted(classroom.base_url)}",
        f"quiz_tries = {classroom.quiz_tries}",
        f"findings = {str(classroom.findings).lower()}",
        f"case = {_quoted(classroom.case)}",
    ]
    return write_text(folder / FILE, "\n".join(lines) + "\n")


def _tries(table: Table) -> int:
    count = table.whole("quiz_tries")
    if 0 <= count <= MOST_TRIES:
        return count
    table.fault("quiz_tries", _("“{value}” is not between 0 and {most}.", value=count, most=MOST_TRIES))
    return QUIZ_TRIES


def _quoted(words: str) -> str:
    import json

    return json.dumps(words, ensure_ascii=False).replace("\x7f", "\\u007f")
