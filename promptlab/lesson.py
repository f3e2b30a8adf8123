"""The main job: one run of a case to the files that the class works with."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from promptlab.align.columns import column_of, columns_of
from promptlab.align.compare import FEWEST, MOST, compare
from promptlab.align.oddities import doubts_of_answers
from promptlab.ask.standing import problems_of
from promptlab.files.kept import alignment_for
from promptlab.files.made import write_made
from promptlab.messages import _
from promptlab.model.answer import Run
from promptlab.model.case import Case
from promptlab.model.comparison import Comparison
from promptlab.model.problem import Problem

__all__ = ["Lesson", "Made", "columns_of", "produce", "produce_variations"]

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Made:
    """One file that was made, and what it is."""

    path: Path
    what: str


@dataclass(frozen=True, slots=True)
class Lesson:
    """What one run of a case gave: the table, the files in the order they were made, what a person must look at."""

    comparison: Comparison
    made: tuple[Made, ...]
    problems: tuple[Problem, ...]


def produce(
    case: Case,
    run: Run,
    folder: Path,
    *,
    by: str,
    made_on: str,
    flowchart: bool = True,
    tell: Tell = lambda _line: None,
) -> Lesson:
    """Write the comparison table (DOCX, HTML, CSV) and, if `flowchart`, the case's flowchart (SVG, PNG) into `folder`.

    `by` is the layout of the table, `made_on` the ISO date shown in the files; `tell` hears a line before each stage.
    Everything is made before anything is written; a file that a person has changed is kept, and the new one gets
    another name. Raises BadInput or CannotWrite.
    """
    columns = columns_of(run)
    tell(_("Reading and aligning {count} answers…", count=len(columns)))
    comparison = compare(columns, by=by, title=case.title, alignment=alignment_for(case, run.name, by, folder))
    problems = [*problems_of(run), *doubts_of_answers(comparison.columns), *comparison.problems]
    pictures, chart_text = _drawn(case, problems, tell) if flowchart else ([], "")
    tell(_("Laying out the table…"))
    tables = _tables(comparison, case, run, made_on, pictures, chart_text)
    tell(_("Saving…"))
    made = _written(folder, [*tables, *pictures])
    return Lesson(comparison, made, tuple(problems))


def produce_variations(case: Case, runs: Sequence[Run], folder: Path, *, by: str, made_on: str) -> tuple[Made, ...]:
    """Write, for each prompt that at least two runs answered, a web page that sets their answers side by side."""
    from promptlab.table.html import comparison_html

    pages = []
    for number in range(1, max(len(run.answers) for run in runs) + 1):
        columns = [
            replace(column_of(run, run.answers[number - 1]), source=run.name, head=run.name)
            for run in runs[:MOST]
            if len(run.answers) >= number
        ]
        if len(columns) < FEWEST:
            continue
        title = _("Prompt {number}, asked {count} times", number=number, count=len(columns))
        page = comparison_html(compare(columns, by=by, title=title), case=case, made=made_on)
        pages.append((f"{case.name}-{runs[0].name}-prompt{number}-variations.html", title, page.encode()))
    return _written(folder, pages)


_File = tuple[str, str, bytes]


def _written(folder: Path, files: Sequence[_File]) -> tuple[Made, ...]:
    paths = write_made(folder, [(name, content) for name, _what, content in files])
    return tuple(Made(path, what) for path, (_name, what, _content) in zip(paths, files, strict=True))


def _tables(
    comparison: Comparison, case: Case, run: Run, made_on: str, pictures: Sequence[_File], chart_text: str
) -> list[_File]:
    from promptlab.table.csv import comparison_csv
    from promptlab.table.html import comparison_html
    from promptlab.word.comparison import comparison_docx

    stem = f"{case.name}-{run.name}-tableau"
    svg = [(chart_text, content.decode("utf-8")) for name, _what, content in pictures if name.endswith(".svg")]
    return [
        (
            f"{stem}.docx",
            _("comparison table, for Word and LibreOffice"),
            comparison_docx(comparison, case=case, made=made_on),
        ),
        (
            f"{stem}.html",
            _("the same as a web page"),
            comparison_html(comparison, case=case, made=made_on, pictures=svg).encode(),
        ),
        (f"{stem}.csv", _("the same for a spreadsheet"), comparison_csv(comparison)),
    ]


def _drawn(case: Case, problems: list[Problem], tell: Tell) -> tuple[list[_File], str]:
    from promptlab.flowchart import load_flowchart, render, to_text

    path = case.folder / "flowchart.toml"
    if not path.is_file():
        problems.append(Problem(_("this case has no flowchart.toml yet: no flowchart was drawn."), str(case.folder)))
        return [], ""
    tell(_("Drawing the flowchart…"))
    chart = load_flowchart(path)
    name = f"{case.name}-logigramme"
    return [
        (f"{name}.svg", _("flowchart, for a web page or to enlarge"), render(chart, "svg")),
        (f"{name}.png", _("flowchart, to print or to paste"), render(chart, "png")),
    ], to_text(chart)
