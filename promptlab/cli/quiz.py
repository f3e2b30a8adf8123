"""`promptlab quiz`: a quiz drafted, checked, accepted question by question, exported, imported."""

import json
from datetime import date
from pathlib import Path

import click

from promptlab.cli.quiz_class import command as of_class
from promptlab.messages import _, ngettext

_FILE = "quiz.toml"
_case_option = click.option(
    "--case", "case_name", default="", metavar=_("CASE"), help=_("The case whose resources prove the answers.")
)


@click.group("quiz", help=_("Make a quiz with an AI, check it, accept each question, and hand it out."))
def command() -> None:
    """The group of the quiz commands."""


@command.command(
    "make",
    short_help=_("A draft by an AI, to read and accept."),
    help=_("Draft a quiz on CASE: the recorded draft, or a new one with --live. Nothing is accepted yet."),
)
@click.argument("case_name", metavar=_("CASE"))
@click.option("--live", is_flag=True, help=_("Ask a server for a draft, and record its answer first."))
@click.option("--model", default="", metavar="M", help=_("The model to ask. With --live."))
@click.option(
    "--base-url", default="", metavar="URL", help=_("The server, such as http://localhost:11434/v1. With --live.")
)
@click.option(
    "--names",
    type=click.Path(path_type=Path),
    metavar=_("FILE"),
    help=_("The pupils' names, one a line: nothing that holds one is sent. With --live."),
)
@click.option(
    "--to",
    "target",
    default=f"exports/{_FILE}",
    show_default=True,
    metavar=_("FILE"),
    type=click.Path(path_type=Path, dir_okay=False),
    help=_("Write the draft: .toml"),
)
def make(case_name: str, *, live: bool, model: str, base_url: str, names: Path | None, target: Path) -> int:
    """Draft a quiz and write it; what a teacher worked on is never written over."""
    from promptlab.cli.asking import Asking
    from promptlab.cli.quiz_desk import ask_live, require_ending, tell_faults, tell_problems
    from promptlab.files.cases import load_case
    from promptlab.files.made import write_made
    from promptlab.files.quiz_writing import dump_quiz
    from promptlab.quiz.check import check_quiz
    from promptlab.quiz.corpus import corpus_of
    from promptlab.quiz.drafting import read_draft
    from promptlab.quiz.recorded import recorded_draft

    asking = Asking(live, model, base_url, names)
    asking.check("model")
    require_ending(target, (".toml",))
    case = load_case(case_name)
    reading = read_draft(ask_live(case, asking, target) if live else recorded_draft(case), case)
    path = write_made(target.parent, [(target.name, dump_quiz(reading.quiz).encode("utf-8"))])[0]
    tell_problems(reading.problems)
    report = check_quiz(reading.quiz, corpus_of(case))
    tell_faults(reading.quiz, report)
    count = len(reading.quiz.questions)
    said = ngettext("Draft of {count} question: {path}", "Draft of {count} questions: {path}", count, path=path)
    click.echo(said, err=True)
    click.echo(_("Read each question, then accept it: promptlab quiz accept {path} --interactive", path=path), err=True)
    return 1 if report.faults or reading.problems else 0


@command.command(
    "check",
    short_help=_("Its faults, and what proves its answers."),
    help=_("The faults of FILE (a quiz, or a case), and the passage that proves each answer."),
)
@click.argument("file", metavar=_("FILE"))
@_case_option
@click.option("--json", "as_json", is_flag=True, help=_("Print one JSON document."))
def check(file: str, case_name: str, *, as_json: bool) -> int:
    """List the faults of a quiz; the exit status is 1 where there is any."""
    from promptlab.cli.quiz_desk import quiz_file, read, sources_of, tell_faults, tell_problems
    from promptlab.quiz.as_json import to_json
    from promptlab.quiz.check import check_quiz

    path = quiz_file(file)
    quiz, problems = read(path)
    corpus = sources_of(path, quiz, case_name)
    report = check_quiz(quiz, corpus)
    tell_problems(problems)
    if as_json:
        click.echo(json.dumps(to_json(quiz, report), ensure_ascii=False, indent=2))
    else:
        for name, found in report.passages:
            where, passage = found.document, found.excerpt
            click.echo(_("{id}: {document}, “{passage}”", id=name, document=where, passage=passage))
        tell_faults(quiz, report)
    return 1 if report.faults or problems else 0


@command.command(
    "accept",
    short_help=_("Accept questions, one by one."),
    help=_("Accept questions of FILE as they are, one by one. Only what is accepted goes out."),
)
@click.argument("file", metavar=_("FILE"), type=click.Path(path_type=Path))
@click.option("--question", "names", multiple=True, metavar="ID", help=_("Accept this question. May be repeated."))
@click.option("--interactive", is_flag=True, help=_("Show each question with its source, and ask."))
@click.option("--by", default="", metavar=_("WHO"), help=_("Who accepts: a role or initials, no name."))
@click.option("--despite-faults", is_flag=True, help=_("Accept questions that are wrong or unproved too."))
@_case_option
def accept(
    file: Path, names: tuple[str, ...], case_name: str, *, interactive: bool, by: str, despite_faults: bool
) -> int:
    """Mark questions as accepted in the words that they have now, and write the file."""
    from promptlab.cli.quiz_desk import ask_each, sources_of
    from promptlab.errors import BadInput
    from promptlab.files.atomic import write_text
    from promptlab.files.quiz_writing import dump_quiz
    from promptlab.files.quizzes import load_quiz
    from promptlab.quiz import acceptance
    from promptlab.quiz.check import check_quiz

    quiz = load_quiz(file)
    waiting = [question.id for question in acceptance.not_accepted(quiz)]
    if not names and not interactive:
        raise click.UsageError(
            _(
                "Say which: --interactive, or --question with an id. Not accepted yet: {ids}.",
                ids=", ".join(waiting) or "–",
            )
        )
    report = check_quiz(quiz, sources_of(file, quiz, case_name))
    chosen = list(names) or ask_each(quiz, waiting, report)
    wrong = [fault for fault in report.faults if fault.serious and fault.question in chosen]
    if wrong and not despite_faults:
        lines = [f"  - {fault.question} : {fault.message}" for fault in wrong]
        head = _("Nothing was accepted. Mend these first, or say --despite-faults:")
        raise BadInput("\n".join([head, *lines]))
    done = acceptance.accept(quiz, chosen, by=by, on=date.today())
    write_text(file, dump_quiz(done))
    left = len(acceptance.not_accepted(done))
    click.echo(_("Accepted: {count}. Still to read: {left}. {path}", count=len(chosen), left=left, path=file), err=True)
    return 1 if left else 0


@command.command(
    "export",
    short_help=_("As GIFT, Moodle XML or Word."),
    help=_("Write FILE (a quiz, or a case), once accepted, as GIFT, Moodle XML, or a Word document."),
)
@click.argument("file", metavar=_("FILE"))
@click.option(
    "--to",
    "target",
    required=True,
    metavar=_("FILE"),
    type=click.Path(path_type=Path, dir_okay=False),
    help=_("Write the quiz: .gift .xml (Moodle) or .docx"),
)
@click.option("--answers", is_flag=True, help=_("With the answers, in a .docx; .gift and .xml always hold them."))
@click.option("--accepted-only", is_flag=True, help=_("Leave out what is not accepted, in place of refusing."))
def export(file: str, target: Path, *, answers: bool, accepted_only: bool) -> int:
    """Write a quiz in another format; refuse while a question is not accepted."""
    from promptlab.cli.quiz_desk import quiz_file, require_ending
    from promptlab.files.atomic import write_bytes
    from promptlab.files.quizzes import load_quiz
    from promptlab.quiz import acceptance
    from promptlab.quiz.formats import EXPORTS, export_quiz

    require_ending(target, EXPORTS)
    quiz = load_quiz(quiz_file(file))
    left_out = acceptance.not_accepted(quiz) if accepted_only else ()
    if accepted_only:
        quiz = acceptance.accepted_only(quiz)
    write_bytes(target, export_quiz(quiz, target.suffix, answers=answers))
    for question in left_out:
        click.echo(_("Left out, not accepted: {id}", id=question.id), err=True)
    count = len(quiz.questions)
    said = ngettext("{count} question written: {path}", "{count} questions written: {path}", count, path=target)
    click.echo(said, err=True)
    return 1 if left_out else 0


@command.command(
    "import",
    short_help=_("From GIFT or Moodle XML."),
    help=_("Read a quiz from GIFT or Moodle XML into a file to check and accept."),
)
@click.argument("file", metavar=_("FILE"), type=click.Path(path_type=Path))
@click.option(
    "--to",
    "target",
    required=True,
    metavar=_("FILE"),
    type=click.Path(path_type=Path, dir_okay=False),
    help=_("Write the quiz: .toml"),
)
def import_(file: Path, target: Path) -> int:
    """Read a quiz from elsewhere and write it as a file of ours; nothing of it is accepted."""
    from promptlab.cli.quiz_desk import require_ending, tell_problems
    from promptlab.errors import BadInput
    from promptlab.files.made import write_made
    from promptlab.files.quiz_writing import dump_quiz
    from promptlab.quiz.formats import import_quiz

    require_ending(target, (".toml",))
    reading = import_quiz(file)
    if not reading.quiz.questions:
        lines = [f"  - {problem}" for problem in reading.problems]
        raise BadInput("\n".join([_("{path} holds no question that can be used.", path=file), *lines]))
    path = write_made(target.parent, [(target.name, dump_quiz(reading.quiz).encode("utf-8"))])[0]
    tell_problems(reading.problems)
    count = len(reading.quiz.questions)
    said = ngettext("{count} question read: {path}", "{count} questions read: {path}", count, path=path)
    click.echo(said, err=True)
    return 1 if reading.problems else 0


command.add_command(of_class)
