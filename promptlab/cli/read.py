"""The command `promptlab read`: what a person did, out of the files they handed in."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from promptlab.cli.options import folder_option
from promptlab.errors import BadInput
from promptlab.messages import _, ngettext

if TYPE_CHECKING:
    from promptlab.model.answer import Run
    from promptlab.model.case import Case
    from promptlab.model.hand_in import HandIn
    from promptlab.model.problem import Problem


@dataclass(frozen=True, slots=True)
class Read:
    """What stands in one file, and the words of its case for tags, reasons and evidences, by id."""

    hand_in: "HandIn"
    labels: Mapping[str, str]


@click.command(
    help=_("Read what a person did, out of a filled-in comparison (.docx), a saved notebook or a copie (.json).")
)
@click.argument("files", nargs=-1, required=True, metavar=_("FILE…"), type=click.Path(path_type=Path))
@click.option("--case", metavar=_("CASE"), help=_("The case of the copies, where it is not one that comes along."))
@folder_option
@click.option("--json", "as_json", is_flag=True, help=_("Print one JSON document: an object, or an array for several."))
@click.option(
    "--report",
    metavar=_("FILE"),
    type=click.Path(path_type=Path),
    help=_("Write what was added, changed and taken out, for the teacher: .html or .md"),
)
def command(files: tuple[Path, ...], case: str | None, folder: Path, as_json: bool, report: Path | None) -> None:
    """Read the files and print them, as lines of text or as JSON; live runs are looked for in `folder`."""
    from promptlab.cli.show import show_text
    from promptlab.review.as_json import to_json

    write = _reporter(report, files) if report else None
    read = read_files(files, case, folder)
    if as_json:
        found = [to_json(one.hand_in.copie, one.hand_in.problems, one.hand_in.changed) for one in read]
        show_text(json.dumps(found[0] if len(files) == 1 else found, ensure_ascii=False, indent=1))
    if report and write:
        from promptlab.files.atomic import write_text

        write_text(report, write([(one.hand_in, one.labels) for one in read]))
        click.echo(_("Report written: {path}", path=report), err=True)
    elif not as_json:
        for path, one in zip(files, read, strict=True):
            show_text("\n".join(_shown(path, one)))


def read_files(files: tuple[Path, ...], case: str | None, folder: Path) -> list[Read]:
    """What stands in `files`, each on the table it is about; `folder` is where the results and their live runs are.

    Raises BadInput that tells of every file not readable.
    """
    from promptlab.cli.recordings import recorded_run
    from promptlab.handin import read_hand_in
    from promptlab.handin.tables import shipped_case

    def find_run(about: "Case", name: str) -> "Run":
        return recorded_run(about, name, folder)

    loaded = _loaded(case)
    found, refused = [], []
    for path in files:
        try:
            hand_in = read_hand_in(path, case=loaded, find_run=find_run)
            about = loaded or shipped_case(hand_in.copie.case)
            found.append(Read(hand_in, _labels(about)))
        except BadInput as error:
            refused.append(str(error))
    if refused:
        raise BadInput("\n".join(refused))
    return found


def _loaded(case: str | None) -> "Case | None":
    if not case:
        return None
    from promptlab.files.cases import load_case

    return load_case(case)


def _reporter(report: Path, files: tuple[Path, ...]) -> "Callable[[Sequence[tuple[HandIn, Mapping[str, str]]]], str]":
    """What writes the report. Raises BadInput for another ending, and for the name of one of the files read."""
    from promptlab.handin.report import report_html, report_markdown

    writers = {".html": report_html, ".htm": report_html, ".md": report_markdown}
    writer = writers.get(report.suffix.lower())
    if writer is None:
        raise BadInput(_("{path}: a report is written to a file whose name ends in .html or .md.", path=report))
    if any(path.resolve() == report.resolve() for path in files):
        raise BadInput(_("{path} is one of the files to read: choose another name with --report.", path=report))
    return writer


def _labels(case: "Case | None") -> dict[str, str]:
    from promptlab.files.tags import default_tags
    from promptlab.review.exercise import evidences

    if case is None:
        return {tag.id: tag.label for tag in default_tags()}
    proofs = {evidence.id: evidence.label for evidence in evidences(case)}
    return proofs | {reason.id: reason.label for reason in case.reasons} | {tag.id: tag.label for tag in case.tags}


def _shown(path: Path, read: Read) -> Iterator[str]:
    from promptlab.review.correcting import said_corrections

    copie, labels = read.hand_in.copie, read.labels
    pupils = ", ".join(copie.pupils) or "–"
    yield _("{path}: copie {id} of {pupils}, case {case}", path=path, id=copie.id, pupils=pupils, case=copie.case)
    yield ngettext("{count} tag", "{count} tags", len(copie.taggings))
    for tagging in copie.taggings:
        reason, evidence = (labels.get(each, each) if each else "" for each in (tagging.reason, tagging.evidence))
        said = " · ".join(part for part in (reason, tagging.rationale, evidence) if part)
        yield f"  {tagging.column}·{tagging.item} [{labels.get(tagging.tag, tagging.tag)}] {tagging.words}" + (
            f" ({said})" if said else ""
        )
    for name, texts in ((_("Remarks"), copie.remarks), (_("Discussion"), copie.discussion)):
        for column, text in enumerate(texts, 1):
            if text:
                yield _("{name}, PROMPT {column}: {text}", name=name, column=column, text=text)
    for words in said_corrections(copie):
        yield _("table corrected: {words}", words=words)
    for one in read.hand_in.changed:
        was, now = (" ".join(text.split()) or "–" for text in (one.was, one.now))
        yield _("changed, {where}: “{was}” → “{now}”", where=one.where, was=was, now=now)
    yield from _problems(read.hand_in.problems)


def _problems(problems: "tuple[Problem, ...]") -> Iterator[str]:
    if problems:
        yield ngettext("{count} thing to check:", "{count} things to check:", len(problems))
    yield from (f"  ! {problem}" for problem in problems)
