"""Where the alignments of a case are kept, and how one is found again."""

from collections.abc import Iterator
from itertools import chain, count
from pathlib import Path

from promptlab.errors import BadInput
from promptlab.files.alignments import FILE, read_alignments
from promptlab.files.atomic import write_text
from promptlab.files.cases import is_shipped
from promptlab.messages import _
from promptlab.model.alignment import KEPT, SavedAlignment
from promptlab.model.case import Case


def recorded_name(by: str) -> str:
    """What the file is called, beside the answers of a run, that records their rows by a method."""
    return f"alignment-{by}.json"


def command_case(case: Case) -> str:
    """How `case` is named on a command line."""
    return case.name if is_shipped(case) else _word(case.folder)


def command_folder(case: Case, results: Path) -> str:
    """The option, after a space, that has a command look for `case` among the same `results`; "" where none is due."""
    return f" --to {_word(results)}" if is_shipped(case) and results != Path("exports") else ""


def _word(path: Path) -> str:
    return f'"{path}"' if " " in str(path) else str(path)


def keeping_folder(case: Case, results: Path) -> Path:
    """Where alignments of `case` are kept: in it; those of a shipped case among the `results`, beside its live runs."""
    return results / "answers" / case.name if is_shipped(case) else case.folder


def kept_file(case: Case, run: str, by: str, results: Path) -> Path:
    """The file to keep the alignment of a run in: `comparison.json` for `checked`, else one beside the answers."""
    folder = keeping_folder(case, results)
    if by == "checked":
        return folder / FILE
    return (folder / run if is_shipped(case) else folder / "answers" / run) / recorded_name(by)


def find_kept(case: Case, run: str, by: str, results: Path) -> SavedAlignment | None:
    """The alignment of a run that is kept for `case`, among the `results` or in the case; None where there is none.

    Raises BadInput with the faults of a file that cannot be used.
    """
    shipped = case.folder / FILE if by == "checked" else case.folder / "answers" / run / recorded_name(by)
    for path in dict.fromkeys((kept_file(case, run, by, results), shipped)):
        if path.exists() and (found := read_alignments(path).get(run)):
            return found
    return None


def all_kept(case: Case, results: Path) -> Iterator[SavedAlignment]:
    """All alignments kept as `checked` for `case`: those among the `results` before those that came with the case.

    Raises BadInput with the faults of a file that cannot be used.
    """
    for path in dict.fromkeys((keeping_folder(case, results) / FILE, case.folder / FILE)):
        if path.exists():
            yield from read_alignments(path).values()


def kept_alignment(case: Case, run: str, by: str, results: Path) -> SavedAlignment:
    """The same, but raises BadInput, with the command that makes one, where there is none."""
    found = find_kept(case, run, by, results)
    if found is None:
        path, given, to = kept_file(case, run, by, results), command_case(case), command_folder(case, results)
        said = _("No alignment by “{by}” is kept for the run “{run}” in {path}.", by=by, run=run, path=path)
        advice = _("Keep one with “promptlab align {case} --run {run} --save{to}”.", case=given, run=run, to=to)
        if by != "checked":
            advice = _(
                "Ask for one with “promptlab align {case} --run {run} --by {by} --live{to}”.",
                case=given,
                run=run,
                by=by,
                to=to,
            )
        raise BadInput(f"{said} {advice}")
    return found


def alignment_for(case: Case, run: str, by: str, results: Path) -> SavedAlignment | None:
    """The alignment that the layout `by` needs: none for those that are worked out. Raises as `kept_alignment`."""
    return kept_alignment(case, run, by, results) if by in KEPT else None


def set_aside(file: Path) -> Path:
    """A copy of `file` beside it, `comparison.old.json`, or `comparison.old-2.json`… where there is one already.

    Raises CannotWrite.
    """
    names = chain([f"{file.stem}.old"], (f"{file.stem}.old-{number}" for number in count(2)))
    copy = next(path for path in (file.with_name(name + file.suffix) for name in names) if not path.exists())
    return write_text(copy, file.read_text("utf-8-sig"))
