"""What the quiz commands share: finding the file and its sources, asking for a draft, asking the teacher, telling."""

from collections.abc import Sequence
from pathlib import Path

import click

from promptlab.align.wording import colon
from promptlab.cli.asking import Asking
from promptlab.errors import BadInput
from promptlab.files.cases import MANIFEST, find_case_folder, load_case
from promptlab.files.quizzes import FILE, load_quiz
from promptlab.messages import _, ngettext
from promptlab.model.answer import Answer
from promptlab.model.case import Case
from promptlab.model.problem import Problem
from promptlab.model.quiz import Quiz, Resource
from promptlab.quiz.answering import right_answer
from promptlab.quiz.check import Report
from promptlab.quiz.corpus import corpus_of
from promptlab.quiz.formats import IMPORTS, import_quiz
from promptlab.quiz.pupils import true_or_false
from promptlab.quiz.recorded import ask_draft, free_folder


def quiz_file(source: str) -> Path:
    """The quiz file that SOURCE means: itself, that of a case folder, or that of a shipped case.

    Raises BadInput, with the nearest name, where there is no such case.
    """
    path = Path(source)
    if path.is_dir():
        return path / FILE
    if path.exists() or path.suffix or len(path.parts) != 1:
        return path
    return find_case_folder(source) / FILE


def read(path: Path) -> tuple[Quiz, tuple[Problem, ...]]:
    """The quiz in a .toml, .gift or .xml file, and what was not understood of it. Raises BadInput."""
    if path.suffix.lower() in IMPORTS:
        reading = import_quiz(path)
        return reading.quiz, reading.problems
    return load_quiz(path), ()


def sources_of(path: Path, quiz: Quiz, case: str) -> tuple[Resource, ...]:
    """What the quiz may cite: of the case asked for, else of the folder it stands in, else of the case that it names.

    None, and a word on standard error, where there is no such case. Raises BadInput for one that cannot be read.
    """
    if case:
        return corpus_of(load_case(case))
    if (path.parent / MANIFEST).is_file():
        return corpus_of(load_case(path.parent))
    if quiz.case:
        try:
            folder = find_case_folder(quiz.case)
        except BadInput:
            click.echo(_("The case “{case}” is not here: name its folder with --case.", case=quiz.case), err=True)
            return ()
        return corpus_of(load_case(folder))
    click.echo(_("The quiz names no case: name one with --case, else no source can be found."), err=True)
    return ()


def ask_live(case: Case, asking: Asking, target: Path) -> Answer:
    """The answer of a server to the prompt of the draft, recorded beside `target` before anything is made of it."""
    from promptlab.ask.live import live_source
    from promptlab.ask.names import load_names
    from promptlab.ask.personal import facts_of
    from promptlab.files.atomic import require_writable

    names = load_names(asking.names) if asking.names else None
    folder = free_folder(target)
    require_writable(target.parent)
    with live_source(asking.model, base_url=asking.base_url, names=names, known=facts_of(case)) as source:
        answer = ask_draft(case, source, folder)
    click.echo(_("Answer recorded in {place}", place=folder), err=True)
    return answer


def ask_each(quiz: Quiz, names: Sequence[str], report: Report) -> list[str]:
    """The ids among `names` that the person at the screen accepts, each shown with its answer, source and faults."""
    accepted = []
    found = dict(report.passages)
    for number, name in enumerate(names, 1):
        question = quiz.question(name)
        click.echo(f"\n{number}/{len(names)}  {question.id}  [{question.kind}]\n{question.text}")
        for choice in question.choices:
            label = true_or_false(choice.text) if question.kind == "true_false" else choice.text
            click.echo(f"  {'✔' if choice.right else '–'} {label}  {choice.feedback}")
        if not question.choices:
            click.echo(right_answer(question))
        click.echo(_("Why: {reason}", reason=question.justification))
        if passage := found.get(name):
            click.echo(_("Source: {document}, “{passage}”", document=passage.document, passage=passage.excerpt))
        for fault in report.of(name):
            click.echo(f"  ! {fault.message}")
        reply = click.prompt(
            _("Accept it? y yes, n not yet, q stop"),
            type=click.Choice(["y", "o", "n", "q"]),
            show_choices=False,
            prompt_suffix=f"{colon()} ",
        )
        if reply == "q":
            break
        if reply in ("y", "o"):
            accepted.append(name)
    return accepted


def tell_problems(problems: Sequence[Problem]) -> None:
    """Say on standard error what was not understood."""
    for problem in problems:
        click.echo(f"! {problem}", err=True)


def tell_faults(quiz: Quiz, report: Report) -> None:
    """List the faults of a quiz on standard output, the grave ones marked, and their number on standard error."""
    for fault in report.faults:
        sign = "✖" if fault.serious else "⚠"
        click.echo(f"{sign} {fault.question or quiz.title} : {fault.message}")
    count = len(report.faults)
    said = ngettext(
        "{count} fault in {all} questions.", "{count} faults in {all} questions.", count, all=len(quiz.questions)
    )
    click.echo(said if count else _("No fault in {all} questions.", all=len(quiz.questions)), err=True)


def require_ending(target: Path, endings: Sequence[str]) -> None:
    """Refuse a file name of another kind before anything is done. Raises UsageError."""
    if target.suffix.lower() not in endings:
        raise click.UsageError(
            _("--to {path}: the name must end in {endings}.", path=target, endings=" ".join(endings))
        )
