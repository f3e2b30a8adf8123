"""A recorded run as a folder: its answers to the letter (`prompt1.md`, …) and `run.toml`, which says whence they come.

`run.toml`, format 1:

    format = 1
    name = "run-a"
    model = "mistral-small-latest"     # what the server says answered
    provider = "api.mistral.ai"
    collected = "2026-11-21T14:03:12+01:00"
    modified = false                   # true: a person has touched the texts
    note = ""                          # optional, as are asked_model and [settings]

    [settings]
    temperature = "0.7"

    [[answers]]                        # one for each prompt, in the order of the chain
    prompt = "…"
    file = "prompt1.md"
    status = "complete"                # or truncated, refused, empty, malformed
    # optional: finish_reason, seconds, sha256, [answers.usage], and any of model … settings where it differs from above
"""

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, cast, get_args

from promptlab.errors import BadInput
from promptlab.files.atomic import cannot_write, write_bytes, write_text
from promptlab.files.faults import Table, read_toml, refuse
from promptlab.files.system import reason_of
from promptlab.files.toml import to_toml
from promptlab.messages import _
from promptlab.model.answer import Answer, Provenance, Run, Status
from promptlab.model.problem import Problem

FORMAT = 1
MANIFEST = "run.toml"
_SOURCE_TEXTS = ("model", "asked_model", "provider", "collected", "note")


def read_run(folder: Path) -> Run:
    """The run recorded in `folder`; its answers have the texts of their files, to the letter.

    An answer whose text no longer has the fingerprint (`sha256`) that it was recorded with is told as `modified`.
    Raises BadInput that lists all faults at once, each with its file and key.
    """
    faults: list[Problem] = []
    table = read_toml(folder / MANIFEST, MANIFEST, faults)
    run = _read(table, folder) if table else None
    if run is None or faults:
        raise refuse(_("Run {folder}", folder=folder), faults)
    return run


def recorded_answer(path: Path) -> Answer | None:
    """The recorded answer whose text is the file `path`, None where that file is part of no readable run."""
    if not (path.parent / MANIFEST).is_file():
        return None
    try:
        run = read_run(path.parent)
    except BadInput:
        return None
    found = (answer for answer in run.answers if answer_path(path.parent, answer.number).name == path.name)
    return next(found, None)


def write_run(folder: Path, run: Run) -> Path:
    """Write `run` into `folder`, texts first and `run.toml` last, each file whole or not at all; gives `folder` back.

    Raises CannotWrite, and BadInput where the run could not be read back (it has no answer, or
    one lacks its provenance).
    Answers of a former run that the new one does not name are left where they are.
    """
    _check(run)
    for answer in run.answers:
        _write_text(folder, answer)
    _write_manifest(folder, run)
    return folder


def append_answer(folder: Path, run: Run, answer: Answer) -> Run:
    """Add `answer` to the recorded `run` in `folder`, and give the longer run back.

    An answer with a number that `run` already holds takes its place, and those after it are no longer part of the
    run. Raises CannotWrite, or BadInput as `write_run` does; then the run on the disk is what it was.
    """
    longer = replace(run, answers=(*run.answers[: answer.number - 1], answer))
    _check(longer)
    _write_text(folder, answer)
    _write_manifest(folder, longer)
    partial_path(folder, answer.number).unlink(missing_ok=True)
    return longer


def answer_path(folder: Path, number: int) -> Path:
    """Where the text of the `number`-th answer of a run stands."""
    return folder / f"prompt{number}.md"


def partial_path(folder: Path, number: int) -> Path:
    """Where what had come of the `number`-th answer is kept when it was cut; no part of the run."""
    return folder / f"prompt{number}.part.md"


def keep_partial(folder: Path, number: int, text: str) -> Path:
    """Keep the beginning of an answer that was cut beside the run, so that nothing is lost. Raises CannotWrite."""
    return write_bytes(partial_path(folder, number), _encoded(text))


# ---------------------------------------------------------------- reading


def _read(table: Table, folder: Path) -> Run:
    if (version := table.whole("format")) > FORMAT:
        table.fault(
            "format",
            _(
                "this run has format {version}; this promptlab reads up to {known}: update promptlab.",
                version=version,
                known=FORMAT,
            ),
        )
    name = table.text("name")
    source = _provenance(table, None)
    answers = []
    files: dict[str, int] = {}
    for number, entry in enumerate(table.tables("answers", required=False), 1):
        answers.append(_answer(entry, folder, number, source))
        file = str(entry.values.get("file", ""))
        if files.setdefault(file, number) != number:
            entry.fault("file", _("“{file}” is already the text of answer {number}.", file=file, number=files[file]))
    table.finish()
    return Run(name, tuple(answers))


def _provenance(table: Table, above: Provenance | None) -> Provenance:
    """The provenance that `table` states; what it leaves out is as `above`."""
    texts = {
        key: table.text(
            key, required=above is None and key in ("model", "provider", "collected"), default=getattr(above, key, "")
        )
        for key in _SOURCE_TEXTS
    }
    settings = table.pairs("settings") if above is None or "settings" in table.values else above.settings
    return Provenance(
        **texts, modified=table.flag("modified", default=bool(above and above.modified)), settings=settings
    )


def _answer(entry: Table, folder: Path, number: int, source: Provenance) -> Answer:
    provenance = _provenance(entry, source)
    status = cast(Status, entry.text("status", required=False, default="complete", among=get_args(Status)))
    text = _text(entry, folder, status)
    sealed = entry.text("sha256", required=False)
    if sealed and text is not None and sealed != _fingerprint(text):
        provenance = replace(provenance, modified=True)
    answer = Answer(
        number=number,
        prompt=entry.text("prompt"),
        text=text or "",
        provenance=provenance,
        status=status,
        finish_reason=entry.text("finish_reason", required=False),
        usage=_usage(entry),
        seconds=_seconds(entry),
    )
    entry.finish()
    return answer


def _text(entry: Table, folder: Path, status: Status) -> str | None:
    name = entry.text("file")
    if not name:
        return None
    if Path(name).name != name or "\\" in name or ":" in name or name in (".", ".."):
        entry.fault("file", _("“{file}” must be the name of a file of this folder, without a path.", file=name))
        return None
    try:
        text = (folder / name).read_bytes().decode("utf-8")
    except FileNotFoundError:
        entry.fault(
            "file",
            _(
                "“{file}” is not in this folder: put it back, or take its answer out of {manifest}.",
                file=name,
                manifest=MANIFEST,
            ),
        )
    except OSError as error:
        entry.fault("file", _("“{file}” cannot be read: {reason}.", file=name, reason=reason_of(error)))
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        entry.fault(
            "file", _("“{file}”, line {line}, is not UTF-8 text: save it again as UTF-8.", file=name, line=line)
        )
    else:
        if not text.strip() and status == "complete":
            entry.fault("status", _('“{file}” is empty: write status = "empty", or put its text back.', file=name))
        return text
    return None


def _usage(entry: Table) -> tuple[tuple[str, int], ...]:
    table = entry.table("usage", required=False)
    if table is None:
        return ()
    usage = tuple((key, table.whole(key)) for key in table.values)
    table.finish()
    return usage


def _seconds(entry: Table) -> float | None:
    seconds = entry.decimal("seconds")
    return None if seconds is None else float(seconds)


# ---------------------------------------------------------------- writing


def _check(run: Run) -> None:
    """Refuse a run that `read_run` would refuse."""
    faults = [] if run.answers else [Problem(_("the run holds no answer: there is nothing to record."))]
    if not run.name.strip():
        faults.append(Problem(_("the run has no name: give it one.")))
    for number, answer in enumerate(run.answers, 1):
        where = _("answer {number}", number=number)
        source = answer.provenance
        if answer.number != number:
            faults.append(
                Problem(
                    _("it has number {given}: number the answers from 1, without a gap.", given=answer.number), where
                )
            )
        if not answer.prompt.strip():
            faults.append(Problem(_("its prompt is empty: say what was asked."), where))
        if not (source.model.strip() and source.provider.strip() and source.collected.strip()):
            faults.append(
                Problem(_("its model, provider or date is not given: say where the answer comes from."), where)
            )
        if answer.status == "complete" and not answer.text.strip():
            faults.append(Problem(_("it is empty: its status cannot be “complete”."), where))
    if faults:
        raise refuse(_("Run “{name}”", name=run.name), faults)


def _write_text(folder: Path, answer: Answer) -> None:
    path = answer_path(folder, answer.number)
    content = _encoded(answer.text)
    try:
        if path.is_file() and path.read_bytes() == content:
            return
    except OSError as error:
        raise cannot_write(path, error) from error
    write_bytes(path, content)


def _encoded(text: str) -> bytes:
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError as error:
        sign = f"U+{ord(text[error.start]):04X}"
        raise BadInput(
            _(
                "Character {place} of the answer is {sign}, which no text file can hold.",
                place=error.start + 1,
                sign=sign,
            )
        ) from error


def _write_manifest(folder: Path, run: Run) -> None:
    write_text(folder / MANIFEST, to_toml(_manifest(run)))


def _manifest(run: Run) -> dict[str, Any]:
    common = run.answers[0].provenance
    head = {"format": FORMAT, "name": run.name, **_stated(common, {}), "modified": common.modified}
    head["settings"] = dict(common.settings) or None
    head["answers"] = [_entry(answer, common) for answer in run.answers]
    return head


def _stated(source: Provenance, common: Mapping[str, str]) -> dict[str, Any]:
    """The texts of `source` that are not as in `common`."""
    return {key: getattr(source, key) for key in _SOURCE_TEXTS if getattr(source, key) != common.get(key, "")}


def _entry(answer: Answer, common: Provenance) -> dict[str, Any]:
    source = answer.provenance
    entry: dict[str, Any] = {
        "prompt": answer.prompt,
        "file": answer_path(Path(), answer.number).name,
        "status": answer.status,
        "finish_reason": answer.finish_reason or None,
        "seconds": None if answer.seconds is None else str(answer.seconds),
        "sha256": _fingerprint(answer.text),
        **_stated(source, {key: getattr(common, key) for key in _SOURCE_TEXTS}),
        "modified": source.modified if source.modified != common.modified else None,
        "settings": dict(source.settings) if source.settings != common.settings else None,
        "usage": dict(answer.usage) or None,
    }
    return entry


def _fingerprint(text: str) -> str:
    """The SHA-256 of a text whatever its line ends: version control may turn them, which is no change by a person."""
    return hashlib.sha256(text.replace("\r\n", "\n").encode("utf-8")).hexdigest()
