"""`promptlab import`: answers from elsewhere, as a recorded run of a case."""

import json
import shlex
import sys
from collections.abc import Sequence
from dataclasses import replace as changed
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from promptlab.cli.options import folder_option
from promptlab.errors import BadInput
from promptlab.messages import _, ngettext

if TYPE_CHECKING:
    from promptlab.ask.imports.recorded import Said
    from promptlab.ask.imports.turn import Gathered, Turn
    from promptlab.model.answer import Run
    from promptlab.model.case import Case
    from promptlab.model.problem import Problem


@click.command(
    "import",
    help=_(
        "Bring in answers from elsewhere: the export of a chat (conversations.json or ZIP), or .md, .txt, .html and "
        ".docx files, one for each prompt or a whole conversation, or a folder of them."
    ),
)
@click.argument("files", nargs=-1, required=True, metavar=_("FILE…"), type=click.Path(path_type=Path))
@click.option("--into", "case", default="", metavar=_("CASE"), help=_("The case that the answers are for."))
@click.option("--run", "run_name", default="", metavar=_("NAME"), help=_("The name of the new run."))
@click.option("--conversation", default="", metavar=_("TITLE"), help=_("Which one of an export: title, number or id."))
@click.option("--turns", default="", metavar="2,3,4", help=_("Which answers of the conversation, by their numbers."))
@click.option("--model", default="", metavar="M", help=_("The model that answered, where the file does not say."))
@click.option("--tool", default="", metavar=_("NAME"), help=_("The chat or server, such as “Le Chat”."))
@click.option("--date", "day", default="", metavar=_("DAY"), help=_("The day of the answers, such as 2026-11-21."))
@click.option("--replace", is_flag=True, help=_("Put the answers in place of an imported run of that name, set aside."))
@click.option("--list", "only_list", is_flag=True, help=_("Only list the conversations of an export."))
@click.option("--json", "as_json", is_flag=True, help=_("Print one JSON document on standard output."))
@folder_option
def command(
    files: tuple[Path, ...], folder: Path, *, replace: bool, only_list: bool, as_json: bool, **asked: str
) -> int:
    """List an export, or record the answers in `files` as a run; `folder` is where runs of shipped cases go."""
    if only_list:
        return _list(files, as_json)
    if not asked["case"] or not asked["run_name"]:
        raise click.UsageError(_("Say into which case and under which name: --into CASE --run NAME (or --list)."))
    return _import(files, folder, asked, replaces=replace, as_json=as_json)


# ---------------------------------------------------------------- listing


def _list(files: tuple[Path, ...], as_json: bool) -> int:
    from promptlab.ask.imports.exports import list_conversations

    if len(files) != 1:
        raise click.UsageError(_("--list reads one export."))
    found = list_conversations(files[0])
    if as_json:
        keys = ("number", "id", "title", "date", "prompts", "model", "tool")
        click.echo(json.dumps([{key: getattr(each, key) for key in keys} for each in found], ensure_ascii=False))
        return 0
    for each in found:
        prompts = ngettext("{count} prompt", "{count} prompts", each.prompts)
        click.echo(" · ".join(filter(None, [f"{each.number}. {each.title}", each.date[:10], prompts, each.model])))
    said = ngettext("{count} conversation in {path}", "{count} conversations in {path}", len(found), path=files[0])
    click.echo(said, err=True)
    return 0


# ---------------------------------------------------------------- importing


def _import(files: tuple[Path, ...], folder: Path, asked: dict[str, str], *, replaces: bool, as_json: bool) -> int:
    from promptlab.ask.imports.chain import taken
    from promptlab.ask.imports.files import gather
    from promptlab.ask.imports.recorded import Said, read_date
    from promptlab.cli.recordings import checked_name, recordings_of
    from promptlab.files.cases import load_case
    from promptlab.word.reading.archive import Archive

    said = Said(asked["model"].strip(), read_date(asked["day"]), asked["tool"].strip())
    wanted = _numbers(asked["turns"])
    case = load_case(asked["case"])
    place = recordings_of(case, folder)
    name = checked_name(asked["run_name"], "--run")
    former = _refuse_taken(case, name, place, replaces=replaces)
    gathered = gather(files, prompts=case.prompts, open_parts=Archive, conversation=asked["conversation"])
    turns, problems = taken(gathered.turns, case.prompts, wanted=wanted)
    gathered = changed(gathered, problems=(*gathered.problems, *problems))
    return _record(case, name, place, turns, gathered, said=said, former=former, as_json=as_json)


def _record(
    case: "Case",
    name: str,
    place: Path,
    turns: "Sequence[Turn]",
    gathered: "Gathered",
    *,
    said: "Said",
    former: Path | None,
    as_json: bool,
) -> int:
    """Write the run and say what was done; 1 where an answer is not whole, else 0."""
    from datetime import date

    from promptlab.ask.imports.recorded import asked_for, to_run, write_new_run
    from promptlab.ask.standing import problems_of

    if sys.stdin.isatty() and not as_json:
        said = _ask(asked_for(turns, gathered), said)
    run, unknown = to_run(name, turns, gathered, said, today=date.today())
    written = write_new_run(place, run, former=former)
    if former:
        click.echo(_("The run that was there is kept in {path}", path=former), err=True)
    look = problems_of(run)
    problems = [*gathered.problems, *unknown, *look]
    _tell(case, run, turns, written, problems, as_json=as_json)
    return 1 if look else 0


def _refuse_taken(case: "Case", name: str, place: Path, *, replaces: bool) -> Path | None:
    """Refuse, before anything is read or asked, a name that a run has; with `replaces`, where that run is to go."""
    there = (place / name).exists()
    if there and replaces:
        return _free(place / ".replaced", name)
    if there:
        said = _(
            "{case} has a run “{name}” already: give another name with --run, or put this one in its place with "
            "--replace (the other one is set aside).",
            case=case.name,
            name=name,
        )
        raise BadInput(said)
    if name in {run.name for run in case.runs}:
        raise BadInput(_("{case} has a run “{name}” already: give another name with --run.", case=case.name, name=name))
    return None


def _free(folder: Path, name: str) -> Path:
    """A folder that is not there yet: `name`, or `name-2`… in `folder`."""
    from itertools import chain, count

    names = chain([name], (f"{name}-{number}" for number in count(2)))
    return next(path for path in (folder / each for each in names) if not path.exists())


def _numbers(text: str) -> tuple[int, ...]:
    parts = [part.strip() for part in text.replace(";", ",").split(",") if part.strip()]
    if not all(part.isdecimal() and part.isascii() for part in parts):
        raise BadInput(_("--turns “{text}”: write numbers with commas between them, such as 2,3,4.", text=text))
    return tuple(map(int, parts))


def _ask(missing: Sequence[str], said: "Said") -> "Said":
    """Ask the person at the terminal for what neither the file nor the options say; an empty answer is allowed."""
    from promptlab.ask.imports.recorded import read_date

    questions = {
        "tool": _("Which chat or server did the answers come from? (Enter if you do not know)"),
        "model": _("Which model answered? (Enter if you do not know)"),
        "date": _("On which day? 2026-11-21 (Enter if you do not know)"),
    }
    for name in missing:
        if not getattr(said, name):
            typed = click.prompt(questions[name], default="", show_default=False, err=True).strip()
            said = changed(said, **{name: read_date(typed) if name == "date" else typed})
    return said


def _tell(
    case: "Case", run: "Run", turns: "Sequence[Turn]", written: Path, problems: "Sequence[Problem]", *, as_json: bool
) -> None:
    from promptlab.cli.show import tell_problems
    from promptlab.model.problem import Problem
    from promptlab.parse import parse_answer

    steps = [len(parse_answer(answer.text).steps) for answer in run.answers]
    problems = [*problems, *(
        Problem(_("no steps were found in it: is it the whole answer?"), _("answer {number}", number=answer.number))
        for answer, found in zip(run.answers, steps, strict=True)
        if not found
    )]  # fmt: skip
    if as_json:
        click.echo(json.dumps(_values(run, turns, steps, written, problems), ensure_ascii=False, indent=1))
        return
    count = len(run.answers)
    said = ngettext(
        "Run “{name}”: {count} answer recorded in {place}",
        "Run “{name}”: {count} answers recorded in {place}",
        count,
        name=run.name,
        place=written,
    )
    click.echo(str(written))
    click.echo(said, err=True)
    for answer, turn, found in zip(run.answers, turns, steps, strict=True):
        source = answer.provenance
        line = _("  Answer {number}: turn {turn}, {steps} steps, {model}, {date}", number=answer.number,
                 turn=turn.number, steps=found, model=source.model, date=source.day)  # fmt: skip
        click.echo(line, err=True)
    tell_problems(problems)
    click.echo(_("Next: {command}", command=_next(case, run, written)), err=True)


def _next(case: "Case", run: "Run", written: Path) -> str:
    """The command that makes the files of the run; runs of a shipped case are in `answers/<case>` among the results."""
    from promptlab.files.cases import is_shipped

    words = ["promptlab", "run", case.name if is_shipped(case) else str(case.folder), "--run", run.name]
    results = written.parent.parent.parent
    words += ["--to", str(results)] if is_shipped(case) and results != Path("exports") else []
    return shlex.join(words)


def _values(
    run: "Run", turns: "Sequence[Turn]", steps: Sequence[int], written: Path, problems: "Sequence[Problem]"
) -> dict[str, Any]:
    answers = [
        {
            "number": answer.number,
            "turn": turn.number,
            "prompt": answer.prompt,
            "model": answer.provenance.model,
            "provider": answer.provenance.provider,
            "date": answer.provenance.collected,
            "status": answer.status,
            "characters": len(answer.text),
            "steps": found,
        }
        for answer, turn, found in zip(run.answers, turns, steps, strict=True)
    ]
    told = [{"where": problem.where, "message": problem.message} for problem in problems]
    return {"run": run.name, "folder": str(written), "answers": answers, "problems": told}
