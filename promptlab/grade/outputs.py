"""The saved outputs of a notebook against those of a reference notebook, cell by cell; nothing is executed.

What counts is what counts for nbval: the text of streams, joined by name; each kind of data of displays and results
with those of its kind, in their order; errors by their name and message. Pictures, widget views, metadata, tracebacks
and execution counts do not count. A cell with the tag `nbval-ignore-output` or `nbval-skip`, or with such a
comment (`# NBVAL_IGNORE_OUTPUT`), is left out. Cells are found again by their id, else by their place among the code.
"""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from promptlab.errors import BadInput
from promptlab.files.system import reason_of
from promptlab.messages import _

MOST_BYTES = 50_000_000
NOT_COMPARED = frozenset(
    {"metadata", "traceback", "prompt_number", "output_type", "name", "execution_count"}
    | {"application/vnd.jupyter.widget-view+json", "image/png", "image/jpeg"}
    | {"application/vnd.promptlab.work+json"}  # the pupil's own work, which is marked apart
)
Verdict = Literal["same", "different", "not_run", "missing", "left_out"]
Patterns = Sequence[tuple[re.Pattern[str], str]]
_LEFT_OUT = frozenset({"nbval-ignore-output", "nbval-skip"})
_COMMENT = re.compile(r"^\s*#\s*(?:NBVAL_IGNORE_OUTPUT|NBVAL_SKIP|PYTEST_VALIDATE_IGNORE_OUTPUT)\b", re.MULTILINE)
_BACKSPACE = re.compile("[^\n\b]\b")
_RETURN = re.compile(r"^.*\r(?=[^\n])", re.MULTILINE)
_PAIR = re.compile(r"^regex: (.*)$\n^replace: (.*)$", re.MULTILINE)
_LONGEST = 300


@dataclass(frozen=True, slots=True)
class CellReport:
    """One code cell of the reference, `number` from 1: what became of its outputs, and which part differs how."""

    number: int
    source: str
    verdict: Verdict
    part: str = ""
    expected: str = ""
    found: str = ""


def read_notebook(content: bytes, name: str) -> dict[str, Any]:
    """The notebook in `content`, read as JSON. Raises BadInput where it is none of format 4."""
    if len(content) > MOST_BYTES:
        raise BadInput(_("{path}: this notebook is too large.", path=name))
    try:
        values = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise BadInput(_("{path} is no notebook: it is not correct JSON.", path=name)) from error
    if not isinstance(values, dict) or not isinstance(values.get("cells"), list):
        raise BadInput(_("{path} is no notebook of format 4: save it again in JupyterLab.", path=name))
    return values


def load_notebook(path: Path) -> dict[str, Any]:
    """The notebook in the file `path`. Raises BadInput."""
    try:
        return read_notebook(path.read_bytes(), str(path))
    except OSError as error:
        raise BadInput(_("{path} cannot be read: {reason}.", path=path, reason=reason_of(error))) from error


def load_patterns(path: Path) -> Patterns:
    """The patterns of a file in the form that nbval reads: lines `regex: …`, each with a line `replace: …` below.

    Raises BadInput.
    """
    try:
        pairs = _PAIR.findall(path.read_text("utf-8-sig"))
        found = [(re.compile(regex), replacement) for regex, replacement in pairs]
    except OSError as error:
        raise BadInput(_("{path} cannot be read: {reason}.", path=path, reason=reason_of(error))) from error
    except (re.error, UnicodeDecodeError) as error:
        raise BadInput(_("{path}: this pattern cannot be used: {reason}.", path=path, reason=error)) from error
    if not found:
        raise BadInput(_("{path}: write lines “regex: …”, each followed by a line “replace: …”.", path=path))
    return found


def compare_outputs(
    reference: Mapping[str, Any], handed: Mapping[str, Any], *, patterns: Patterns = ()
) -> tuple[CellReport, ...]:
    """What became of each code cell of `reference` in the notebook handed in; `patterns` smooth what may differ."""
    ours, theirs = _code(reference), _code(handed)
    by_id = {cell["id"]: cell for cell in theirs if isinstance(cell.get("id"), str)}
    by_place = by_id.keys().isdisjoint(cell["id"] for cell in ours if isinstance(cell.get("id"), str))
    reports = []
    for place, cell in enumerate(ours):
        other = by_id.get(str(cell.get("id")))
        if by_place:
            other = theirs[place] if place < len(theirs) else None
        reports.append(_compared(place + 1, cell, other, patterns))
    return tuple(reports)


def _code(notebook: Mapping[str, Any]) -> list[dict[str, Any]]:
    cells = notebook.get("cells")
    return [
        cell
        for cell in (cells if isinstance(cells, list) else [])
        if isinstance(cell, dict) and cell.get("cell_type") == "code"
    ]


def _compared(number: int, cell: Mapping[str, Any], other: Mapping[str, Any] | None, patterns: Patterns) -> CellReport:
    source = _text(cell.get("source", "")).strip()
    head = next((line for line in source.splitlines() if line.strip()), "")[:_LONGEST]
    if _left_out(cell, source):
        return CellReport(number, head, "left_out")
    if other is None:
        return CellReport(number, head, "missing")
    expected, found = _parts(cell, patterns), _parts(other, patterns)
    if expected and not found and other.get("execution_count") is None:
        return CellReport(number, head, "not_run")
    for part in sorted(expected.keys() | found.keys()):
        wanted, got = expected.get(part, []), found.get(part, [])
        if wanted != got:
            pairs = [(one, two) for one, two in zip(wanted, got, strict=False) if one != two]
            one, two = pairs[0] if pairs else ("\n".join(wanted), "\n".join(got))
            return CellReport(number, head, "different", part, one[:_LONGEST], two[:_LONGEST])
    return CellReport(number, head, "same")


def _left_out(cell: Mapping[str, Any], source: str) -> bool:
    metadata = cell.get("metadata")
    tags = metadata.get("tags") if isinstance(metadata, dict) else None
    return bool(_COMMENT.search(source)) or bool(_LEFT_OUT & {str(tag) for tag in tags or ()})


def _parts(cell: Mapping[str, Any], patterns: Patterns) -> dict[str, list[str]]:
    """The outputs that count, smoothed, by stream or kind of data."""
    found: dict[str, list[str]] = {}
    streams: dict[str, str] = {}
    outputs = cell.get("outputs")
    for output in outputs if isinstance(outputs, list) else []:
        if not isinstance(output, dict):
            continue
        if output.get("output_type") == "stream":
            name = str(output.get("name", "stdout"))
            streams[name] = streams.get(name, "") + _text(output.get("text", ""))
            continue
        for part, value in _counted(output):
            found.setdefault(part, []).append(_smooth(_text(value), patterns))
    for name, text in streams.items():
        found[name] = [_smooth(_overwritten(text), patterns)]
    return found


def _counted(output: Mapping[str, Any]) -> Iterable[tuple[str, Any]]:
    for key, value in output.items():
        if key == "data" and isinstance(value, dict):
            yield from ((part, inner) for part, inner in value.items() if part not in NOT_COMPARED)
        elif key not in NOT_COMPARED:
            yield key, value


def _text(value: Any) -> str:
    """A value of a notebook as text; several lines may be kept as a list of them."""
    if isinstance(value, list) and all(isinstance(line, str) for line in value):
        return "".join(value)
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, sort_keys=True)


def _overwritten(text: str) -> str:
    """`text` as a terminal leaves it: backspaces and carriage returns done."""
    before = ""
    while before != text:
        before, text = text, _BACKSPACE.sub("", text)
    return _RETURN.sub("", text)


def _smooth(text: str, patterns: Patterns) -> str:
    for pattern, replacement in patterns:
        text = pattern.sub(replacement, text)
    return text
