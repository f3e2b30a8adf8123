"""The comparison as one HTML file that needs nothing else: no script, no request, for any screen and for paper."""

from collections.abc import Iterable
from pathlib import Path

from promptlab.align.wording import what_it_is
from promptlab.files.pages import NOTHING_LOADED
from promptlab.messages import _, language
from promptlab.model.case import Case
from promptlab.model.comparison import Comparison
from promptlab.table import around
from promptlab.table.cells import all_problems, title_of
from promptlab.table.grid import WIDE, Grid
from promptlab.table.markup import lang, prose, text, unordered
from promptlab.table.pictures import figure

_STYLE = Path(__file__).with_name("page.css")
# Nothing is loaded and nothing runs, whatever a text of the page should hold.


def comparison_html(
    comparison: Comparison,
    *,
    case: Case | None = None,
    made: str = "",
    pictures: Iterable[tuple[str, str]] = (),
    answers: str = "",
) -> str:
    """The comparison as one self-contained HTML page.

    `made` is the ISO 8601 date that it bears; `pictures` are (alternative text, SVG) pairs shown after the table;
    `answers` is the language of the answers ("fr", "en-GB"), without it that of the case. Labels are in the language
    of the screen. The same arguments give the same page.
    """
    title = title_of(comparison, case.title if case else "")
    spoken = answers or (case.language if case else "")
    grid = Grid(comparison, "" if spoken[:2] == language() else lang(spoken))
    paper = "A3" if len(comparison.columns) > WIDE else "A4"
    style = _STYLE.read_text("utf-8").replace("A4", paper)
    body = [
        _skip(),
        f"<header><h1>{text(title)}</h1>{_lead(comparison, case)}</header>",
        "<main>",
        _problems(comparison),
        around.provenance(comparison, grid.lang),
        around.legend(case),
        around.changes(comparison),
        grid.html(),
        _figures(pictures),
        around.thinking(comparison, grid.lang),
        "</main>",
        f"<footer>{around.statement(comparison, made)}</footer>",
    ]
    return (
        f'<!doctype html>\n<html lang="{language()}">\n<head>\n<meta charset="utf-8">\n'
        f"{NOTHING_LOADED}\n"
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n<meta name="generator" content="promptlab">\n'
        f"<title>{text(title)}</title>\n<style>\n{style}</style>\n</head>\n<body>\n"
        + "\n".join(part for part in body if part)
        + "\n</body>\n</html>\n"
    )


def _skip() -> str:
    words = text(_("Go to the table"))
    return f'<a class="skip" href="#table">{words}</a>'


def _lead(comparison: Comparison, case: Case | None) -> str:
    lines = [what_it_is(comparison)]
    reference = _(
        "The small reference after each text ({example} = column 2, step 3, item 1) is for quoting it.", example="2·3.1"
    )
    lines.append(reference)
    if case and case.fictional:
        lines.append(_("The companies, people and figures of this case are fictional."))
    return "".join(f'<p class="lead">{text(line)}</p>' for line in lines)


def _problems(comparison: Comparison) -> str:
    told = all_problems(comparison)
    if not told:
        return ""
    words = text(_("To check"))
    title = f'<h2 id="to-check"><span aria-hidden="true">⚠ </span>{words}</h2>'
    listed = unordered([prose(problem) for problem in told])
    return f'<section class="problems" aria-labelledby="to-check">{title}{listed}</section>'


def _figures(pictures: Iterable[tuple[str, str]]) -> str:
    drawn = [figure(alternative, svg) for alternative, svg in pictures]
    if not drawn:
        return ""
    title = text(_("Pictures"))
    return f'<section aria-labelledby="pictures"><h2 id="pictures">{title}</h2>{"".join(drawn)}</section>'
