"""The copies in a saved notebook. Nothing in it is executed, and no notebook library is needed to read it."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from promptlab.errors import BadInput
from promptlab.files.copie_opening import copie_in
from promptlab.files.faults import without_name
from promptlab.messages import _
from promptlab.model.copie import Copie
from promptlab.model.problem import Problem

MIME = "application/vnd.promptlab.work+json"


def copies_in(name: str, data: bytes) -> list[dict[str, Any]]:
    """The copies in the outputs of the notebook `data`, as plain values, in the order of its cells.

    Raises BadInput for a file that is no notebook, or a damaged one.
    """
    try:
        notebook = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        said = _("{name}: this notebook is damaged or was cut off.", name=name)
        raise BadInput(said + " " + _("Open it in JupyterLab, save it, then hand it in again.")) from error
    if not isinstance(notebook, dict) or not isinstance(notebook.get("cells", notebook.get("worksheets")), list):
        raise BadInput(_("{name}: this is no notebook.", name=name))
    found = [work for bundle in _bundles(notebook) if MIME in bundle and (work := _values(bundle[MIME])) is not None]
    if not found:
        said = _("{name}: no work of a pupil is kept in this notebook.", name=name)
        raise BadInput(said + " " + _("Open it in JupyterLab, run its cells, save it; or hand in the copie (.json)."))
    return found


def best_of(name: str, works: Sequence[dict[str, Any]]) -> tuple[Copie, tuple[Problem, ...]]:
    """The newest copie of a notebook, at its highest revision; each other copie in it is a Problem.

    Raises BadInput where none of them is whole.
    """
    newest: dict[str, dict[str, Any]] = {}
    problems: list[Problem] = []
    for work in works:
        identity = str(work.get("id"))
        other = newest.get(identity)
        if other is not None and _age(other) == _age(work) and other != work:
            said = _("revision {revision} of the copie stands here twice, and differs: the last one was read.",
                     revision=work.get("revision"))  # fmt: skip
            problems.append(Problem(said, name))
        if other is None or _age(work) >= _age(other):
            newest[identity] = work
    copies, faults = [], []
    for work in sorted(newest.values(), key=lambda work: (str(work.get("saved_at") or ""), _age(work)), reverse=True):
        try:
            copies.append(copie_in(json.dumps(work, ensure_ascii=True).encode("ascii"), Path(name)))
        except BadInput as error:
            faults.append(error)
            problems.append(Problem(without_name(str(error), name), name))
    if not copies:
        raise faults[0]
    for copie in copies[1:]:
        said = _(
            "this notebook holds another copie too, {id} of {pupils}, with {count} tags: it was not read.",
            id=copie.id,
            pupils=", ".join(copie.pupils) or "–",
            count=len(copie.taggings),
        )
        problems.append(Problem(said, name))
    return copies[0], tuple(dict.fromkeys(problems))


def _age(work: dict[str, Any]) -> int:
    revision = work.get("revision")
    return revision if isinstance(revision, int) else 0


def _bundles(notebook: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The data of every output; the format 3 of notebooks has its cells in worksheets."""
    groups = [notebook, *_dicts(notebook.get("worksheets"))]
    for group in groups:
        for cell in _dicts(group.get("cells")):
            for output in _dicts(cell.get("outputs")):
                bundle = output.get("data")
                yield bundle if isinstance(bundle, dict) else output


def _dicts(values: Any) -> Iterator[dict[str, Any]]:
    return (value for value in (values if isinstance(values, list) else ()) if isinstance(value, dict))


def _values(work: Any) -> dict[str, Any] | None:
    """The values of a copie, whether they were kept as they are, as a text, or as a text cut into lines."""
    if isinstance(work, list) and all(isinstance(line, str) for line in work):
        work = "".join(work)
    if isinstance(work, str):
        try:
            work = json.loads(work)
        except (ValueError, RecursionError):
            return {"promptlab": "copie", "id": "", "damaged": True}
    return work if isinstance(work, dict) else None
