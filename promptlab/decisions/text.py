"""A decision table as Markdown and as one HTML page that needs nothing else."""

import re
from collections.abc import Iterable, Sequence
from html import escape

from promptlab.decisions.check import Check
from promptlab.decisions.report import Grid, Section, sections
from promptlab.files.cells import legal
from promptlab.files.pages import NOTHING_LOADED
from promptlab.messages import _, language
from promptlab.model.decisions import DecisionTable

_MARKS = re.compile(r"([\\`*_\[\]|~<>&$#])")
_ENTITIES = {"<": "&lt;", ">": "&gt;", "&": "&amp;"}
_BLOCK = re.compile(r"^(\d*)([.)+=-])")
# Nothing is loaded and nothing runs, whatever a text of the page should hold.
_STYLE = """
body{font:1rem/1.5 Arial,"Liberation Sans",sans-serif;color:#1b1b1f;background:#fff;margin:1.5rem auto;max-width:80rem;
padding:0 1rem}
h1{color:#1f3864;line-height:1.2}h2{color:#1f3864;margin-top:2rem}
table{border-collapse:collapse;width:100%}th,td{border:1px solid #767680;padding:.35rem .5rem;vertical-align:top;
text-align:left}thead th{background:#e7ecf4}tbody th{background:#eef2f7}
.scroll{overflow-x:auto}img{max-width:100%;height:auto;border:1px solid #b9bac4}figure{margin:1rem 0}
@page{size:A4 landscape;margin:12mm}@media print{thead{display:table-header-group}tr{break-inside:avoid}
body{font-size:9pt;margin:0;max-width:none}figure{break-inside:avoid}}
"""


def decisions_markdown(table: DecisionTable, found: Check) -> str:
    """The table, what was found in it and its actions as Markdown; no text of it takes effect as a mark."""
    blocks = [f"# {_flat(table.title)}", *(_flat(text) for text in (table.note, table.origin) if text)]
    for section in sections(table, found):
        blocks += [f"## {_flat(section.title)}", *(_flat(line) for line in section.lines)]
        if section.bullets:
            blocks.append("\n".join(f"- {_BLOCK.sub(_off, _flat(line))}" for line in section.bullets))
        if section.grid:
            blocks.append(_pipes(section.grid))
    return "\n\n".join(blocks) + "\n"


def _pipes(grid: Grid) -> str:
    lines = [grid.head, ("---",) * len(grid.head), *grid.rows]
    cells = ([cell if at == 1 else _flat(cell) for cell in line] for at, line in enumerate(lines))
    return "\n".join(f"| {' | '.join(line)} |" for line in cells)


def _off(found: re.Match[str]) -> str:
    return f"{found.group(1)}\\{found.group(2)}"


def _flat(text: str) -> str:
    """`text` on one line, without any mark that Markdown or HTML would act on."""
    lines = legal(text).replace("\r\n", "\n").replace("\r", "\n").strip().split("\n")
    return "<br>".join(
        _MARKS.sub(lambda sign: _ENTITIES.get(sign.group(), f"\\{sign.group()}"), line.replace("\t", " "))
        for line in lines
    )


def decisions_html(table: DecisionTable, found: Check, *, pictures: Sequence[tuple[str, bytes]] = ()) -> str:
    """The same as one self-contained HTML page; `pictures` are (text in words, PNG) pairs of the drawn scheme."""
    body = [f"<h1>{_text(table.title)}</h1>"]
    body += [f"<p>{_text(text)}</p>" for text in (table.note, table.origin) if text]
    for number, section in enumerate(sections(table, found)):
        body += _section(section)
        body += _figures(pictures) if number == 0 else []
    return (
        f'<!doctype html>\n<html lang="{language()}">\n<head>\n<meta charset="utf-8">\n'
        f"{NOTHING_LOADED}\n"
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n<meta name="generator" '
        f'content="promptlab">\n<title>{_text(table.title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n'
        + "\n".join(body)
        + "\n</main>\n</body>\n</html>\n"
    )


def _section(section: Section) -> list[str]:
    lines = [f"<h2>{_text(section.title)}</h2>", *(f"<p>{_text(line)}</p>" for line in section.lines)]
    if section.bullets:
        lines.append(f"<ul>{''.join(f'<li>{_text(line)}</li>' for line in section.bullets)}</ul>")
    if section.grid:
        lines.append(_table(section.title, section.grid))
    return lines


def _table(title: str, grid: Grid) -> str:
    head = "".join(f'<th scope="col">{_text(cell)}</th>' for cell in grid.head)
    rows = "".join(
        f'<tr><th scope="row">{_text(row[0])}</th>{"".join(f"<td>{_text(cell)}</td>" for cell in row[1:])}</tr>'
        for row in grid.rows
    )
    name = _text(title)
    return (
        f'<div class="scroll" tabindex="0" role="region" aria-label="{name}"><table><caption>{_text(grid.about)}'
        f"</caption><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _figures(pictures: Iterable[tuple[str, bytes]]) -> list[str]:
    from base64 import b64encode

    figures = []
    for words, png in pictures:
        name, summary = _text(words.split("\n", 1)[0]), _text(_("The same in words"))
        image = f'<img alt="{name}" src="data:image/png;base64,{b64encode(png).decode("ascii")}">'
        more = f"<details><summary>{summary}</summary><p>{_text(words)}</p></details>"
        figures.append(f"<figure>{image}<figcaption>{name}{more}</figcaption></figure>")
    return figures


def _text(text: str) -> str:
    return escape(legal(text)).replace("\n", "<br>")
