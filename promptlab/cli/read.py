"""The command `promptlab read`: what a person did, out of the files they handed in."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from promptlab.cli.options import folder_option
from promptlab.errors import BadInput
from promptlab.messages import _, ngettext

if TYPE_CHECKING:
    from promptlab.model.case import Case
    from promptlab.model.comparison import Column
    from promptlab.model.copie import Copie
    from promptlab.model.problem import Problem
    from promptlab.review.fitting import Fitted


@dataclass(frozen=True, slots=True)
class Read:
    """A copie as it stands on its table, and the words of its case for tags, reasons and evidences, by id."""

    fitted: "Fitted"
    labels: Mapping[str, str]


@click.command(help=_("Read what a person did: tags, remarks, discussion, out of a copie (.json)."))
@click.argument("files", nargs=-1, required=True, metavar=_("FILE…"), type=click.Path(path_type=Path))
@click.option("--case", metavar=_("CASE"), help=_("The case of the copies, where it is not one that comes along."))
@folder_option
@click.option("--json", "as_json", is_flag=True, help=_("Print one JSON document: an object, or an array for several."))
def command(files: tuple[Path, ...], case: str | None, folder: Path, as_json: bool) -> None:
    """Read the files and print them, as lines of text or as JSON; live runs are looked for in `folder`."""
    from promptlab.review.as_json import to_json

    read = read_files(files, case, folder)
    if as_json:
        found = [to_json(one.fitted.copie, one.fitted.problems) for one in read]
        _echo(json.dumps(found[0] if len(files) == 1 else found, ensure_ascii=False, indent=1))
        return
    for path, one in zip(files, read, strict=True):
        _echo("\n".join(_shown(path, one)))


def read_files(files: tuple[Path, ...], case: str | None, folder: Path) -> list[Read]:
    """The copies in `files`, each on the table it is about; `folder` is where the results and their live runs are.

    Raises BadInput that tells of every file not readable.
    """
    cases: dict[str, Case] = {}
    if case:
        from promptlab.files.cases import load_case

        loaded = load_case(case)
        cases = {"": loaded, loaded.name: loaded}
    found, refused = [], []
    for path in files:
        try:
            copie = _reader(path)(path)
            about = _case(copie.case, cases)
            found.append(Read(_fitted(copie, about, folder), _labels(about)))
        except BadInput as error:
            refused.append(str(error))
    if refused:
        raise BadInput("\n".join(refused))
    return found


def _reader(path: Path) -> "Callable[[Path], Copie]":
    from promptlab.files.copies import read_copie

    readers = {".json": read_copie}
    reader = readers.get(path.suffix.lower())
    if reader is None:
        said = _(
            "{path}: no such file is read here. What can be read: copies ({kinds}).",
            path=path,
            kinds=", ".join(readers),
        )
        raise BadInput(said)
    return reader


def _fitted(copie: "Copie", case: "Case | None", folder: Path) -> "Fitted":
    """`copie` on its table; a Problem says so where case or answers are not at hand and it could not be checked."""
    from promptlab.model.comparison import Comparison
    from promptlab.model.problem import Problem
    from promptlab.review.exercise import exercise
    from promptlab.review.fitting import Fitted, fit

    where = _("copie {id}", id=copie.id)
    if case is None:
        said = _("the case “{name}” is not at hand: give its folder with --case to check the tags.", name=copie.case)
        return Fitted(copie, (Problem(said, where),))
    columns, why = _columns(copie, case, folder)
    if not columns:
        if not copie.taggings:
            return Fitted(copie)
        said = _("the answers that this copie is about are not at hand: its tags were not checked.")
        return Fitted(copie, (Problem(f"{said} {why}".strip(), where),))
    return fit(copie, exercise(case, Comparison(copie.about.by, columns, ())))


def _case(name: str, cases: "dict[str, Case]") -> "Case | None":
    from promptlab.files.cases import load_case, shipped_cases

    known = cases.get(name) or cases.get("")
    if known is None and name == Path(name).name and not name.startswith(".") and (shipped_cases() / name).is_dir():
        known = cases[name] = load_case(name)
    return known


def _columns(copie: "Copie", case: "Case", folder: Path) -> "tuple[tuple[Column, ...], str]":
    """The answers that the copie is about, those of its run, else those that it keeps itself; else why there are none.

    A live run of a shipped case is looked for in `folder`.
    """
    from promptlab.cli.recordings import recorded_run
    from promptlab.lesson import columns_of
    from promptlab.model.answer import Run

    name, why = copie.about.run, ""
    # A copie comes from elsewhere: what it calls its run may not lead out of the folder of the runs.
    if name and name == Path(name).name and not name.startswith("."):
        try:
            return columns_of(recorded_run(case, name, folder)), ""
        except BadInput as error:
            why = str(error)
    own = Run(_("copie {id}", id=copie.id), copie.answers)
    return (columns_of(own), "") if len(own.answers) > 1 else ((), why)


def _labels(case: "Case | None") -> dict[str, str]:
    from promptlab.files.tags import default_tags
    from promptlab.review.exercise import evidences

    if case is None:
        return {tag.id: tag.label for tag in default_tags()}
    proofs = {evidence.id: evidence.label for evidence in evidences(case)}
    return proofs | {reason.id: reason.label for reason in case.reasons} | {tag.id: tag.label for tag in case.tags}


def _shown(path: Path, read: Read) -> Iterator[str]:
    copie, labels = read.fitted.copie, read.labels
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
    yield from _problems(read.fitted.problems)


def _problems(problems: "tuple[Problem, ...]") -> Iterator[str]:
    if problems:
        yield ngettext("{count} thing to check:", "{count} things to check:", len(problems))
    yield from (f"  ! {problem}" for problem in problems)


def _echo(text: str) -> None:
    # Bytes, so that a console or pipe in another encoding gets UTF-8 all the same.
    click.echo(text.encode("utf-8", "replace"))
