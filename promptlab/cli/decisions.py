"""`promptlab decisions`: a decision table checked for gaps and overlaps, drawn, exported."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from promptlab.errors import BadInput, MissingTool
from promptlab.messages import _

if TYPE_CHECKING:
    from promptlab.decisions import Check
    from promptlab.flowchart import Format
    from promptlab.model.decisions import DecisionTable
    from promptlab.model.flowchart import Flowchart

FILE_STEM = "decisions"
DRAWN: tuple[str, ...] = (".svg", ".png", ".pdf", ".dot", ".mmd", ".drawio", ".txt")
DONE, FINDINGS = 0, 1


@click.command(
    help=_(
        "Check FILE, a decision table (.toml .xlsx .csv .json), a copie, or the name of a case: combinations without a "
        "rule, rules that disagree. The exit status is 1 where there are any. In a table of your own (.xlsx .csv), the "
        "row “Values” holds the answers of each question parted by |, the row “Rule” the questions and the columns "
        "“Actions”, and each row below is a rule: “promptlab decisions reclamation --to model.xlsx” makes one to copy "
        "from."
    )
)
@click.argument("source", metavar=_("FILE"))
@click.option("--json", "as_json", is_flag=True, help=_("Print one JSON document."))
@click.option(
    "--to",
    "target",
    metavar=_("FILE"),
    type=click.Path(path_type=Path),
    help=_("Write it as .docx .html .md .xlsx .csv .toml .json, or drawn as .svg .png .pdf .dot .mmd .drawio .txt."),
)
@click.option(
    "--as",
    "drawn_as",
    type=click.Choice(["tree", "flowchart"]),
    default="tree",
    show_default=True,
    help=_("What is drawn: the tree of questions, or a flowchart with lanes."),
)
@click.option("--propose", "proposing", is_flag=True, help=_("Add the rules that are missing, to be filled in."))
def command(source: str, target: Path | None, *, as_json: bool, drawn_as: str, proposing: bool) -> int:
    """Check the table, write what is asked for, and tell what was found."""
    from promptlab.cli.show import show_text
    from promptlab.decisions import check, propose, to_json

    if proposing and target is None:
        raise BadInput(_("--propose needs --to FILE: the table with the missing rules is written there."))
    write = _writer(target, drawn_as) if target else None
    table = decision_table(source)
    found = check(table)
    if target and write:
        wanted = propose(table, found) if proposing else table
        for path in write(wanted, check(wanted) if proposing else found, target):
            click.echo(_("Decision table written: {path}", path=path), err=True)
    if as_json:
        show_text(json.dumps(to_json(table, found), ensure_ascii=False, indent=1))
    else:
        _tell(table, found)
    return DONE if found.is_clean else FINDINGS


def decision_table(source: str) -> "DecisionTable":
    """The decision table that FILE means: a file of one, the work of a copie, that of a case.

    Raises BadInput that lists all the faults, or says what FILE could be.
    """
    from promptlab.decisions import SUFFIXES, from_values, read_decisions
    from promptlab.model.decisions import WORK

    path = Path(source)
    if path.is_dir() or (not path.exists() and not path.suffix and len(path.parts) == 1):
        return read_decisions(_in_case(source, SUFFIXES))
    if path.suffix.lower() == ".json" and _is_copie(path):
        from promptlab.files.copies import read_copie

        copie = read_copie(path)
        work = copie.work(WORK)
        if work is None:
            raise BadInput(_("{path}: this copie holds no decision table yet: make one in session 4.", path=path))
        return from_values(work.content.value, name=_("copie {id}", id=copie.id))
    return read_decisions(path)


def _in_case(source: str, suffixes: tuple[str, ...]) -> Path:
    path = Path(source)
    if not path.is_dir():
        from promptlab.files.cases import find_case_folder

        path = find_case_folder(source)
    for suffix in suffixes:
        if (path / f"{FILE_STEM}{suffix}").is_file():
            return path / f"{FILE_STEM}{suffix}"
    names = ", ".join(f"{FILE_STEM}{suffix}" for suffix in suffixes)
    raise BadInput(_("{folder} holds no decision table: put one there ({names}).", folder=path, names=names))


def _is_copie(path: Path) -> bool:
    """Whether a JSON file is a copie; what cannot be read is not, and is told as a decision table."""
    try:
        values = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return False
    return (
        isinstance(values, dict) and "condition" not in values and {"promptlab", "works", "id"} & values.keys() != set()
    )


Writer = Callable[["DecisionTable", "Check", Path], list[Path]]


def _writer(target: Path, drawn_as: str) -> Writer:
    """What writes a file of that ending. Raises BadInput that lists the endings there are."""
    ending = target.suffix.lower()
    if ending in DRAWN:
        return lambda table, _found, path: _write_drawn(table, path, drawn_as)
    if ending not in _CONTENTS:
        raise BadInput(
            _(
                "{path}: a decision table is written to a file whose name ends in one of: {choices}.",
                path=target,
                choices=" ".join((*_CONTENTS, *DRAWN)),
            )
        )
    return lambda table, found, path: [_written(path, _CONTENTS[ending](table, found))]


def _written(path: Path, content: bytes) -> Path:
    from promptlab.files.atomic import write_bytes

    return write_bytes(path, content)


def _write_drawn(table: "DecisionTable", target: Path, drawn_as: str) -> list[Path]:
    """The drawing, its first page as `target`, the others beside it with their numbers."""
    from promptlab.flowchart import format_of

    drawn = [_rendered(page, format_of(target)) for page in _pages(table, drawn_as)]
    names = [target, *(target.with_stem(f"{target.stem}-{number}") for number in range(2, len(drawn) + 1))]
    return [_written(path, content) for path, content in zip(names, drawn, strict=True)]


def _pages(table: "DecisionTable", drawn_as: str) -> "tuple[Flowchart, ...]":
    from promptlab.decisions import as_pages, flow_pages

    return as_pages(table) if drawn_as == "tree" else flow_pages(table)


def _rendered(page: "Flowchart", wanted: "Format") -> bytes:
    from promptlab.flowchart.branching import render_tree

    return render_tree(page, wanted)


def pictures(table: "DecisionTable") -> list[tuple[str, bytes]]:
    """The tree of a table as (text in words, PNG) pairs, a pair for each page; none, told, where it cannot be drawn."""
    from promptlab.flowchart import to_text

    try:
        return [(to_text(page), _rendered(page, "png")) for page in _pages(table, "tree")]
    except (BadInput, MissingTool) as error:
        click.echo(_("Without the drawing: {reason}", reason=error), err=True)
        return []


def _docx(table: "DecisionTable", found: "Check") -> bytes:
    from promptlab.decisions import decisions_docx

    return decisions_docx(table, found, pictures=pictures(table), made=date.today().isoformat())


def _html(table: "DecisionTable", found: "Check") -> bytes:
    from promptlab.decisions import decisions_html

    return decisions_html(table, found, pictures=pictures(table)).encode()


def _markdown(table: "DecisionTable", found: "Check") -> bytes:
    from promptlab.decisions import decisions_markdown

    return decisions_markdown(table, found).encode()


def _xlsx(table: "DecisionTable", found: "Check") -> bytes:
    from promptlab.decisions import decisions_xlsx

    return decisions_xlsx(table, found)


def _csv(table: "DecisionTable", _found: "Check") -> bytes:
    from promptlab.decisions import decisions_csv

    return decisions_csv(table)


def _toml(table: "DecisionTable", _found: "Check") -> bytes:
    from promptlab.decisions import to_values
    from promptlab.files.toml import to_toml

    return to_toml(to_values(table)).encode()


def _json(table: "DecisionTable", _found: "Check") -> bytes:
    from promptlab.decisions import to_values

    return (json.dumps(to_values(table), ensure_ascii=False, indent=1) + "\n").encode()


_CONTENTS: "dict[str, Callable[[DecisionTable, Check], bytes]]" = {
    ".docx": _docx,
    ".html": _html,
    ".md": _markdown,
    ".xlsx": _xlsx,
    ".csv": _csv,
    ".toml": _toml,
    ".json": _json,
}


def _tell(table: "DecisionTable", found: "Check") -> None:
    from promptlab.cli.show import show_text
    from promptlab.decisions import faults_in_words, hints_in_words, verdict

    lines = [table.title, f"  {verdict(found)}", *(f"  ! {said}" for said in faults_in_words(table, found))]
    show_text("\n".join([*lines, *(f"  · {said}" for said in hints_in_words(table, found))]))
