"""The teacher's resources of a case: the Markdown and text files of its folder `resources`."""

from pathlib import Path

from promptlab.files.answers import read_answer
from promptlab.messages import _
from promptlab.model.quiz import Resource

FOLDER = "resources"
_ENDINGS = (".md", ".txt")


def read_resources(case_folder: Path) -> tuple[Resource, ...]:
    """The resources of the case in `case_folder`, by name; none where it has no such folder.

    Raises BadInput, naming the file, for one that is empty, too large or no text.
    """
    paths = sorted(path for path in (case_folder / FOLDER).glob("*") if path.suffix.lower() in _ENDINGS)
    return tuple(Resource(f"{FOLDER}/{path.name}", _text(path)) for path in paths)


def _text(path: Path) -> str:
    return read_answer(path, if_empty=_("{path} is empty: write the resource in it, or delete it.", path=path))
