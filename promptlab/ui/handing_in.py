"""The one file that a pupil hands in."""

from dataclasses import dataclass, replace
from pathlib import Path

from promptlab.files.copie_form import to_text
from promptlab.files.copies import file_name
from promptlab.files.made import write_made
from promptlab.messages import _
from promptlab.model.case import Case
from promptlab.model.copie import Copie
from promptlab.model.problem import Problem
from promptlab.review.privacy import personal_in
from promptlab.ui.view import File


@dataclass(frozen=True, slots=True)
class HandedIn:
    """The file to hand in, and what the pupil should look at before (personal data)."""

    path: Path
    problems: tuple[Problem, ...] = ()


def portable(copie: Copie) -> File:
    """`copie` as a file to carry along, without what was typed and taken back again."""
    content = to_text(replace(copie, past=(), undone=())).encode("utf-8", "backslashreplace")
    return File(file_name(copie), content, "application/json")


def hand_in(copie: Copie, case: Case, home: Path) -> HandedIn:
    """Write the file to hand in into a folder of `home`; one that a person has changed there stays. CannotWrite."""
    file = portable(copie)
    (path,) = write_made(home / _("to-hand-in"), [(file.name, file.content)])
    return HandedIn(path, personal_in(copie, case))
