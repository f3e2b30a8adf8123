"""`promptlab flowchart`: a flowchart file, a case or the flowchart of a copie, drawn or given advice on."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from promptlab.errors import BadInput
from promptlab.messages import _, ngettext

if TYPE_CHECKING:
    from promptlab.flowchart.advice import Advice
    from promptlab.model.flowchart import Flowchart

FILE_NAME = "flowchart.toml"
WORK = "flowchart"  # the name of this work in a copie


@click.command(
    "flowchart",
    help=_(
        "Draw SOURCE: a flowchart file (.toml), a copie (.json), a case folder, or the name of a case such as "
        "reclamation."
    ),
)
@click.argument("source", metavar="SOURCE")
@click.option(
    "--to",
    "target",
    metavar=_("FILE"),
    type=click.Path(path_type=Path),
    help=_("Write the drawing: .svg .png .pdf .dot .mmd (Mermaid) .drawio or .txt (numbered text)."),
)
@click.option("--advice", "advising", is_flag=True, help=_("Tell what could be better in the flowchart, by rules."))
@click.option("--json", "as_json", is_flag=True, help=_("With --advice: print it as one JSON document."))
def flowchart(source: str, target: Path | None, *, advising: bool, as_json: bool) -> None:
    """Draw the flowchart and write it, whole or not at all; tell the advice on it where that is asked for."""
    from promptlab.files.atomic import write_bytes
    from promptlab.flowchart import format_of, render

    if target is None and not advising:
        raise BadInput(_("Say what to do: --to FILE to draw the flowchart, --advice to have it looked at."))
    wanted = format_of(target) if target else None
    chart = flowchart_of(source)
    if target and wanted:
        write_bytes(target, render(chart, wanted))
        click.echo(_("Flowchart written: {path}", path=target), err=True)
    if advising:
        _tell(chart, _advice(chart, source), as_json=as_json)


def flowchart_of(source: str) -> "Flowchart":
    """The flowchart that SOURCE means: of a file, of a case, or of a copie. Raises BadInput."""
    from promptlab.flowchart import load_flowchart, parse_flowchart

    path = flowchart_file(source)
    if path.suffix.lower() != ".json":
        return load_flowchart(path)
    from promptlab.files.copies import read_copie
    from promptlab.files.toml import to_toml

    copie = read_copie(path)
    work = copie.work(WORK)
    if work is None:
        raise BadInput(_("{path}: this copie holds no flowchart yet: make one in session 3.", path=path))
    try:
        text = to_toml(work.content.value)
    except (AttributeError, TypeError, UnicodeEncodeError) as error:
        said = _("{path}: the flowchart of this copie cannot be read ({reason}).", path=path, reason=error)
        raise BadInput(said) from error
    return parse_flowchart(text, name=_("copie {id}", id=copie.id))


def flowchart_file(source: str) -> Path:
    """The flowchart file that SOURCE means: itself, that of a case folder, or that of a shipped case.

    Raises BadInput, with the nearest name, where there is no such case.
    """
    path = Path(source)
    if path.is_dir():
        return path / FILE_NAME
    if path.exists() or path.suffix or len(path.parts) != 1:
        return path
    from promptlab.files.cases import find_case_folder

    return find_case_folder(source) / FILE_NAME


def _advice(chart: "Flowchart", source: str) -> "tuple[Advice, ...]":
    """The advice on a flowchart; that of a case is also held against the phases of its comparison table."""
    from promptlab.align.words import language_of
    from promptlab.flowchart.advice import advise

    folder = flowchart_file(source).parent
    phases, language = _phases(folder) if (folder / "case.toml").is_file() else ((), "")
    texts = " ".join(node.text for node in chart.nodes)
    return advise(chart, phases=phases, language=language or language_of(texts))


def _phases(folder: Path) -> tuple[tuple[str, ...], str]:
    """The phases of the table of a case's default run, and the language of the case."""
    from promptlab.align.columns import columns_of
    from promptlab.align.compare import compare
    from promptlab.files.cases import load_case

    case = load_case(folder)
    if not case.runs:
        return (), case.language
    table = compare(columns_of(case.run()))
    return tuple(phase.label for phase in table.phases), case.language


def _tell(chart: "Flowchart", found: "tuple[Advice, ...]", *, as_json: bool) -> None:
    from promptlab.cli.show import show_text

    if as_json:
        plain = [{"rule": each.rule, "nodes": list(each.nodes), "message": each.message} for each in found]
        show_text(json.dumps({"title": chart.title, "advice": plain}, ensure_ascii=False, indent=1))
        return
    head = ngettext("{title}: {count} piece of advice", "{title}: {count} pieces of advice", len(found),
                    title=chart.title) if found else _("{title}: nothing to advise", title=chart.title)  # fmt: skip
    show_text("\n".join([head, *(f"  · {each.message}" for each in found)]))
