"""The decision scheme as a picture and as files: its tree page by page, a workbook out and in, a Word document."""

from datetime import date
from functools import lru_cache

from promptlab.decisions import as_pages, check, decisions_docx, decisions_xlsx, parse_decisions
from promptlab.errors import PromptlabError
from promptlab.flowchart import to_text
from promptlab.flowchart.branching import is_tree, lay_out_tree, render_tree
from promptlab.flowchart.layout import lay_out
from promptlab.messages import _, ngettext
from promptlab.model.copie import Copie
from promptlab.model.decisions import DecisionTable
from promptlab.model.flowchart import Flowchart
from promptlab.ui.session45_letter import DOCX
from promptlab.ui.trimmed import trimmed
from promptlab.ui.view import File, Node, group, heading, notice, picture, text

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_PAGES = 12  # drawn on the screen; the Word file has them all


@lru_cache(maxsize=4)
def tree_pages(table: DecisionTable) -> tuple[tuple[bytes, str, str], ...]:
    """The tree of `table` drawn: (SVG, title, the same in words) for each page. BadInput, MissingTool."""
    return tuple((_drawn(page), page.title, to_text(page)) for page in as_pages(table)[:MOST_PAGES])


def _drawn(page: Flowchart) -> bytes:
    layout = lay_out_tree(page) if is_tree(page) else lay_out(page)
    return trimmed(render_tree(page, "svg"), layout)


def tree_view(table: DecisionTable) -> Node:
    """The pages of the tree as pictures, or why it cannot be drawn."""
    try:
        pages = tree_pages(table)
    except PromptlabError as error:
        return notice("error", text(str(error)), key="tree")
    count = ngettext("{count} page", "{count} pages", len(pages)) if len(pages) > 1 else ""
    drawn = [
        picture(svg, _("The decision tree: {title}", title=title), words, key=f"tree-{rank}")
        for rank, (svg, title, words) in enumerate(pages, 1)
    ]
    return group([heading(_("The decision tree"), 4), text(count, tone="soft") if count else None, *drawn], key="tree")


def workbook(table: DecisionTable, copie: Copie) -> File:
    """The scheme as an Excel workbook, which `taken` reads again."""
    return File(f"{_name(copie)}.xlsx", decisions_xlsx(table, check(table)), XLSX)


def word_file(table: DecisionTable, copie: Copie) -> File:
    """The scheme as a Word document with its tree; without it where the tree cannot be drawn."""
    try:
        drawn = [(to_text(page), render_tree(page, "png")) for page in as_pages(table)]
    except PromptlabError:  # the panel says why where the tree is shown
        drawn = []
    made = date.today().isoformat()
    return File(f"{_name(copie)}.docx", decisions_docx(table, check(table), pictures=drawn, made=made), DOCX)


def taken(name: str, content: bytes) -> DecisionTable:
    """The scheme in a file called `name` (.xlsx .csv .toml .json). BadInput that lists all its faults."""
    return parse_decisions(content, name=name)


def _name(copie: Copie) -> str:
    return _("decision-scheme-{pupils}", pupils="+".join(copie.pupils))
