"""A new case folder, ready to be filled in."""

import tomllib
from pathlib import Path

from promptlab.errors import BadInput
from promptlab.files.atomic import write_bytes
from promptlab.messages import _

_TEMPLATE = Path(__file__).parent / "new_case"


def new_case(folder: Path) -> tuple[Path, ...]:
    """Write a case to fill in at `folder`, and give the files written.

    Raises BadInput, and writes nothing, where `folder` is a file or already holds something; CannotWrite otherwise.
    """
    if folder.is_file():
        raise BadInput(_("{path} is a file: give the name of a new folder.", path=folder))
    if folder.is_dir() and any(folder.iterdir()):
        raise BadInput(_("{path} is not empty: give the name of a new folder.", path=folder))
    sources = sorted(path for path in _TEMPLATE.rglob("*") if path.is_file() and path.suffix in (".toml", ".md"))
    return tuple(write_bytes(folder / source.relative_to(_TEMPLATE), source.read_bytes()) for source in sources)


def unfinished_prompts() -> frozenset[str]:
    """The prompts of the template, with the dots that a teacher has to replace: they are never sent."""
    return frozenset(tomllib.loads((_TEMPLATE / "case.toml").read_text(encoding="utf-8"))["prompts"])
