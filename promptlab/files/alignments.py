"""Alignments as a file that a teacher can read and edit: `comparison.json` in a case, `alignment-model.json` in a run.

Format 1:

    {"format": 1,
     "runs": {"run-a": {
       "by": "meaning",                 # the method that made the phases
       "checked": "",                   # who has checked all of it; "" where nobody has
       "answers": [{"prompt": 1, "answer": "fingerprint of the answer", "steps": 7}, …],
       "phases": [{"label": "…", "steps": [{"answer": 1, "rank": 2, "title": "…"}, …]}, …],
       "corrections": [{"kind": "merge", "steps": […]}, …], "undone": []}}}

`answer` in a step is the place of its answer in `answers`, from 1, or its fingerprint. Titles are for the reader.
Without `phases` they are made anew by the method; the corrections are applied in both cases.
"""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, cast, get_args

from promptlab.errors import BadInput
from promptlab.files.atomic import write_text
from promptlab.files.faults import Table, refuse
from promptlab.messages import _
from promptlab.model.alignment import (
    Correction,
    CorrectionKind,
    History,
    SavedAlignment,
    SavedAnswer,
    SavedPhase,
    StepRef,
)
from promptlab.model.answer import Provenance
from promptlab.model.problem import Problem

FORMAT = 1
FILE = "comparison.json"
METHODS = ("meaning", "rank", "model", "embeddings")
_WIDTH = 110
_MOST_STEPS = 10_000
_MOST_DIGITS = 18
_MOST_LISTED = 20
_SOURCE_TEXTS = ("model", "asked_model", "provider", "collected", "note")


def read_alignments(path: Path) -> dict[str, SavedAlignment]:
    """The alignments in the file `path`, by the name of their run.

    Raises BadInput that lists all faults at once, each with its place: a step that stands twice or nowhere too.
    """
    faults: list[Problem] = []
    table = _read_json(path, faults)
    found: dict[str, SavedAlignment] = {}
    if table:
        if (version := table.whole("format")) > FORMAT:
            known = _(
                "this file has format {version}; this promptlab reads up to {known}: update promptlab.",
                version=version,
                known=FORMAT,
            )
            raise refuse(str(path), [Problem(known, f"{path.name}, format")])
        runs = table.table("runs")
        for name in runs.values if runs else ():
            if entry := cast(Table, runs).table(name):
                found[name] = _alignment(entry)
        table.finish()
    if faults:
        raise refuse(str(path), faults)
    return found


def write_alignments(path: Path, alignments: Mapping[str, SavedAlignment]) -> Path:
    """Write `alignments`, by the name of their run, whole or not at all. Raises CannotWrite."""
    runs = {name: _plain(saved) for name, saved in alignments.items()}
    return write_text(path, _pretty({"format": FORMAT, "runs": runs}) + "\n")


def history_to_json(history: History, answers: Sequence[SavedAnswer] = ()) -> dict[str, Any]:
    """Corrections as plain values: `corrections` and `undone`."""
    return {
        "corrections": [_correction_to_json(entry, answers) for entry in history.done],
        "undone": [_correction_to_json(entry, answers) for entry in history.undone],
    }


def read_history(table: Table, answers: Sequence[SavedAnswer] = ()) -> History:
    """The `corrections` and `undone` of a table; what is wrong becomes a fault of the table."""
    done, undone = (
        tuple(_correction(entry, answers) for entry in table.tables(key, required=False))
        for key in ("corrections", "undone")
    )
    return History(done, undone)


# ---------------------------------------------------------------- reading


def _read_json(path: Path, faults: list[Problem]) -> Table | None:
    try:
        values = json.loads(path.read_bytes().decode("utf-8-sig"), parse_int=_whole)
    except FileNotFoundError:
        said = _("{path} does not exist: make it with “promptlab align CASE --run NAME --save”.", path=path)
        raise BadInput(said) from None
    except OSError as error:
        faults.append(Problem(_("this file cannot be read: {reason}.", reason=error.strerror or error), path.name))
    except UnicodeDecodeError:
        faults.append(Problem(_("this file is not UTF-8 text: save it again as UTF-8."), path.name))
    except json.JSONDecodeError as error:
        message = _("this is not correct JSON ({reason}): mend it there.", reason=error.msg)
        faults.append(Problem(message, f"{path.name}, l. {error.lineno}", error.lineno))
    except RecursionError:
        faults.append(Problem(_("this is nested too deeply to be an alignment."), path.name))
    except OverflowError as error:
        faults.append(Problem(str(error), path.name))
    else:
        return Table(values, path.name, faults)
    return None


def _whole(digits: str) -> int:
    if len(digits) > _MOST_DIGITS:
        raise OverflowError(
            _("a number of {count} digits stands in it ({start}…): mend it.", count=len(digits), start=digits[:12])
        )
    return int(digits)


def _alignment(table: Table) -> SavedAlignment:
    by = table.text("by")
    if by.removesuffix("+corrections") not in METHODS:
        table.fault("by", _("“{value}” is not one of: {choices}.", value=by, choices=", ".join(METHODS)))
    answers = tuple(_answer(entry) for entry in table.tables("answers"))
    entries = table.tables("phases", required=False)
    phases = tuple(_phase(entry, answers) for entry in entries)
    if phases:
        _once_each(table, answers, phases)
    source = table.table("provenance", required=False)
    saved = SavedAlignment(
        by=by,
        answers=answers,
        phases=phases,
        history=read_history(table, answers),
        checked=table.text("checked", required=False),
        note=table.text("note", required=False),
        seal=table.text("seal", required=False),
        provenance=_provenance(source) if source else None,
        request=table.text("request", required=False),
        reply=table.text("reply", required=False),
    )
    table.finish()
    return saved


def _answer(table: Table) -> SavedAnswer:
    answer = SavedAnswer(table.whole("prompt"), table.text("answer"), table.whole("steps"))
    if not 0 <= answer.steps <= _MOST_STEPS:
        table.fault("steps", _("“{value}” is no number of steps.", value=answer.steps))
    table.finish()
    return answer


def _phase(table: Table, answers: Sequence[SavedAnswer]) -> SavedPhase:
    phase = SavedPhase(
        table.text("label", required=False),
        _refs(table, "steps", answers),
        table.text("why", required=False),
        float(table.decimal("confidence") or 0) if "confidence" in table.values else 1.0,
    )
    if not phase.steps:
        table.fault("steps", _("this phase has no step: take the phase out, or give it one."))
    table.finish()
    return phase


def _refs(table: Table, key: str, answers: Sequence[SavedAnswer], *, required: bool = True) -> tuple[StepRef, ...]:
    return tuple(_ref(entry, answers) for entry in table.tables(key, required=required))


def _ref(table: Table, answers: Sequence[SavedAnswer]) -> StepRef:
    rank, title = table.whole("rank"), table.text("title", required=False)
    if isinstance(table.values.get("answer"), str):
        answer = table.text("answer")
    else:
        place = table.whole("answer")
        answer = answers[place - 1].answer if 1 <= place <= len(answers) else ""
        if not answer and answers:
            table.fault("answer", _("there is no answer {place}: there are {count}.", place=place, count=len(answers)))
    table.finish()
    return StepRef(answer, rank, title)


def _once_each(table: Table, answers: Sequence[SavedAnswer], phases: Sequence[SavedPhase]) -> None:
    """Make a fault of every step that is in no phase, in two, or that its answer does not have."""
    named = [(number, one) for number, one in enumerate(answers, 1) if 0 <= one.steps <= _MOST_STEPS]
    steps = {one.answer: (number, one.steps) for number, one in reversed(named)}
    stands: dict[tuple[str, int], int] = {}
    for number, phase in enumerate(phases, 1):
        for ref in phase.steps:
            if ref.answer not in steps:
                continue
            place, last = steps[ref.answer]
            if not 1 <= ref.rank <= last:
                said = _("answer {place} has no step {rank}: it has {last}.", place=place, rank=ref.rank, last=last)
                table.fault(f"phases[{number}]", said)
            elif (before := stands.setdefault((ref.answer, ref.rank), number)) != number or phase.steps.count(ref) > 1:
                said = _(
                    "step {rank} of answer {place} already stands in phase {before}: leave it in one.",
                    rank=ref.rank,
                    place=place,
                    before=before,
                )
                table.fault(f"phases[{number}]", said)
    for answer, (place, last) in steps.items():
        missing = [rank for rank in range(1, last + 1) if (answer, rank) not in stands]
        if len(missing) > _MOST_LISTED:
            said = _(
                "{count} steps of answer {place} are in no phase, step {rank} first: put each in one, or mend “steps”.",
                count=len(missing),
                place=place,
                rank=missing[0],
            )
            table.fault("phases", said)
            continue
        for rank in missing:
            table.fault(
                "phases", _("step {rank} of answer {place} is in no phase: put it in one.", rank=rank, place=place)
            )


def _correction(table: Table, answers: Sequence[SavedAnswer]) -> Correction:
    kinds = get_args(CorrectionKind)
    correction = Correction(
        cast(CorrectionKind, table.text("kind", among=kinds, default=kinds[0])),
        _refs(table, "steps", answers),
        _refs(table, "target", answers, required=False),
        table.text("label", required=False),
    )
    if not correction.steps:
        table.fault("steps", _("this correction names no step."))
    if correction.kind == "rename" and not correction.label.strip():
        table.fault("label", _("this text is empty: write it."))
    table.finish()
    return correction


def _provenance(table: Table) -> Provenance:
    texts = {key: table.text(key, required=key in ("model", "provider", "collected")) for key in _SOURCE_TEXTS}
    source = Provenance(**texts, modified=table.flag("modified", default=False), settings=table.pairs("settings"))
    table.finish()
    return source


# ---------------------------------------------------------------- writing


def _plain(saved: SavedAlignment) -> dict[str, Any]:
    source = saved.provenance
    entry: dict[str, Any] = {
        "by": saved.by,
        "checked": saved.checked,
        "note": saved.note or None,
        "provenance": source and _source(source),
        "answers": [{"prompt": one.prompt, "answer": one.answer, "steps": one.steps} for one in saved.answers],
        "phases": [_phase_to_json(phase, saved.answers) for phase in saved.phases] or None,
        "seal": saved.seal if saved.phases else None,
        **history_to_json(saved.history, saved.answers),
        "request": saved.request or None,
        "reply": saved.reply or None,
    }
    return {key: value for key, value in entry.items() if value is not None}


def _source(source: Provenance) -> dict[str, Any]:
    texts = {key: getattr(source, key) for key in _SOURCE_TEXTS if getattr(source, key)}
    return {**texts, "modified": source.modified, **({"settings": dict(source.settings)} if source.settings else {})}


def _phase_to_json(phase: SavedPhase, answers: Sequence[SavedAnswer]) -> dict[str, Any]:
    entry: dict[str, Any] = {"label": phase.label, "steps": [_ref_to_json(ref, answers) for ref in phase.steps]}
    if phase.why:
        entry["why"] = phase.why
    if phase.confidence != 1.0:
        entry["confidence"] = f"{phase.confidence:.2f}"
    return entry


def _ref_to_json(ref: StepRef, answers: Sequence[SavedAnswer]) -> dict[str, Any]:
    place = next((number for number, one in enumerate(answers, 1) if one.answer == ref.answer), None)
    return {"answer": place or ref.answer, "rank": ref.rank, "title": ref.title}


def _correction_to_json(correction: Correction, answers: Sequence[SavedAnswer]) -> dict[str, Any]:
    entry: dict[str, Any] = {"kind": correction.kind}
    if correction.label:
        entry["label"] = correction.label
    entry["steps"] = [_ref_to_json(ref, answers) for ref in correction.steps]
    if correction.target:
        entry["target"] = [_ref_to_json(ref, answers) for ref in correction.target]
    return entry


def _pretty(value: Any, indent: int = 0) -> str:
    """`value` as JSON with a line for each step, so that a person can cut and paste them."""
    flat = json.dumps(value, ensure_ascii=False)
    nested = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    if not nested or (len(flat) + indent <= _WIDTH and not any(isinstance(one, dict | list) for one in nested)):
        return flat
    pad, inner = " " * indent, " " * (indent + 1)
    if isinstance(value, dict):
        names = (json.dumps(key, ensure_ascii=False) for key in value)
        lines = (f"{inner}{name}: {_pretty(one, indent + 1)}" for name, one in zip(names, nested, strict=True))
        return "{\n" + ",\n".join(lines) + f"\n{pad}}}"
    return "[\n" + ",\n".join(inner + _pretty(one, indent + 1) for one in value) + f"\n{pad}]"
