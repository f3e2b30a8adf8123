"""The command `promptlab read`: what a person did, out of the files they handed in."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from promptlab.errors import BadInput
from promptlab.messages import _, ngettext

if TYPE_CHECKING:
    from promptlab.model.case import Case
    from promptlab.model.comparison import Column
    from promptlab.model.copie import Copie
    from promptlab.model.problem import Problem
    from promptlab.review.fitting import Fitted


@click.command(help=_("Read what a person did: tags, remarks, discussion, out of a copie (.json)."))
@click.argument("files", nargs=-1, required=True, metavar=_("FILE…"), type=click.Path(path_type=Path))
@click.option("--case", metavar=_("CASE"), help=_("The case of the copies, where it is not one that comes along."))
@click.option("--json", "as_json", is_flag=True, help=_("Print one JSON document: an object, or an array for several."))
def command(files: tuple[Path, ...], case: str | None, as_json: bool) -> None:
    """Read the files and print them, as lines of text or as JSON."""
    from promptlab.review.as_json import to_json

    read = read_files(files, case)
    if as_json:
        found = [to_json(fitted.copie, fitted.problems) for fitted in read]
        _echo(json.dumps(found[0] if len(files) == 1 else found, ensure_ascii=False, indent=1))
        return
    for path, fitted in zip(files, read, strict=True):
        _echo("\n".join(_shown(path, fitted)))


def read_files(files: tuple[Path, ...], case: str | None) -> "list[Fitted]":
    """The copies in `files`, each on the table it is about. Raises BadInput that tells of every file not readable."""
    cases: dict[str, Case] = {}
    if case:
        from promptlab.files.cases import load_case

        loaded = load_case(case)
        cases = {"": loaded, loaded.name: loaded}
    found, refused = [], []
    for path in files:
        try:
            found.append(_fitted(_reader(path)(path), cases))
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


def _fitted(copie: "Copie", cases: "dict[str, Case]") -> "Fitted":
    """`copie` on its table; a Problem says so where case or answers are not at hand and it could not be checked."""
    from promptlab.model.comparison import Comparison
    from promptlab.model.problem import Problem
    from promptlab.review.exercise import exercise
    from promptlab.review.fitting import Fitted, fit

    case = _case(copie.case, cases)
    if case is None:
        said = _("the case “{name}” is not at hand: give its folder with --case to check the tags.", name=copie.case)
        return Fitted(copie, (Problem(said, _("copie {id}", id=copie.id)),))
    columns = _columns(copie, case)
    if not columns:
        if not copie.taggings:
            return Fitted(copie)
        said = _("the answers that this copie is about are not at hand: its tags were not checked.")
        return Fitted(copie, (Problem(said, _("copie {id}", id=copie.id)),))
    return fit(copie, exercise(case, Comparison(copie.about.by, columns, ())))


def _case(name: str, cases: "dict[str, Case]") -> "Case | None":
    from promptlab.files.cases import load_case, shipped_cases

    known = cases.get(name) or cases.get("")
    if known is None and name == Path(name).name and not name.startswith(".") and (shipped_cases() / name).is_dir():
        known = cases[name] = load_case(name)
    return known


def _columns(copie: "Copie", case: "Case") -> "tuple[Column, ...]":
    """The answers that the copie is about: those of its run, else those that it keeps itself."""
    from promptlab.lesson import columns_of
    from promptlab.model.answer import Run

    run = next((run for run in case.runs if run.name == copie.about.run), None)
    run = run or Run(_("copie {id}", id=copie.id), copie.answers)
    return columns_of(run) if len(run.answers) > 1 else ()


def _shown(path: Path, fitted: "Fitted") -> Iterator[str]:
    from promptlab.files.tags import default_tags

    labels = {tag.id: tag.label for tag in default_tags()}
    copie = fitted.copie
    pupils = ", ".join(copie.pupils) or "–"
    yield _("{path}: copie {id} of {pupils}, case {case}", path=path, id=copie.id, pupils=pupils, case=copie.case)
    yield ngettext("{count} tag", "{count} tags", len(copie.taggings))
    for tagging in copie.taggings:
        said = " · ".join(part for part in (tagging.reason, tagging.rationale, tagging.evidence) if part)
        yield f"  {tagging.column}·{tagging.item} [{labels.get(tagging.tag, tagging.tag)}] {tagging.words}" + (
            f" ({said})" if said else ""
        )
    for name, texts in ((_("Remarks"), copie.remarks), (_("Discussion"), copie.discussion)):
        yield from (f"{name}, PROMPT {column} : {text}" for column, text in enumerate(texts, 1) if text)
    yield from _problems(fitted.problems)


def _problems(problems: "tuple[Problem, ...]") -> Iterator[str]:
    if problems:
        yield ngettext("{count} thing to check:", "{count} things to check:", len(problems))
    yield from (f"  ! {problem}" for problem in problems)


def _echo(text: str) -> None:
    # Bytes, so that a console or pipe in another encoding gets UTF-8 all the same.
    click.echo(text.encode("utf-8", "replace"))
