"""A page as one web page that prints well: no script, nothing from elsewhere, every text escaped."""

import base64
from collections.abc import Iterator
from html import escape

from promptlab.files.pages import NOTHING_LOADED
from promptlab.messages import _
from promptlab.protocol.page import Block, Grid, Heading, NewPage, Page, Paragraph, Picture, Points, Words

_STYLE = """
:root{color-scheme:light dark}
body{font:1rem/1.5 Arial,Helvetica,sans-serif;max-width:52rem;margin:2rem auto;padding:0 1rem}
h1{font-size:1.6rem}h2{font-size:1.25rem;margin-top:1.6em}h3{font-size:1.05rem}
table{border-collapse:collapse;width:100%}th,td{border:1px solid;padding:.35em .5em;text-align:left;vertical-align:top}
caption{text-align:left;font-style:italic;padding:.3em 0}blockquote{margin:.4em 0 .4em 1.2em;white-space:pre-line}
img{max-width:100%;background:#fff}.wide{overflow-x:auto}
@page{size:A4;margin:1.6cm}
@media print{body{margin:0;max-width:none;font-size:10.5pt}.new-page{break-before:page}h2,h3{break-after:avoid}
tr,img{break-inside:avoid}details>summary{display:none}}
"""


def page_html(page: Page) -> str:
    """`page` as a whole HTML document in UTF-8."""
    body = "".join(_block(block) for block in page.blocks)
    return (
        f'<!doctype html>\n<html lang="{escape(page.language, quote=True)}"><head><meta charset="utf-8">'
        f"{NOTHING_LOADED}"
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(page.title)}</title><style>{_STYLE}</style></head>"
        f"<body><main><h1>{escape(page.title)}</h1>{body}</main></body></html>\n"
    )


def _block(block: Block) -> str:
    if isinstance(block, Heading):
        level = block.level + 1
        return f"<h{level}>{escape(block.text)}</h{level}>"
    if isinstance(block, Paragraph):
        name = "blockquote" if block.letter else "p"
        return f"<{name}>{_words(block.words)}</{name}>"
    if isinstance(block, Points):
        return _list(block)
    if isinstance(block, Grid):
        return _table(block)
    if isinstance(block, Picture):
        return _picture(block)
    if isinstance(block, NewPage):
        return '<div class="new-page"></div>'
    raise TypeError(f"no such block: {block!r}")


def _words(words: Words) -> str:
    return "".join(_run(run.text, run.bold, run.slanted) for run in words)


def _run(text: str, bold: bool, slanted: bool) -> str:
    written = escape(text).replace("\n", "<br>")
    written = f"<em>{written}</em>" if slanted else written
    return f"<strong>{written}</strong>" if bold else written


def _list(block: Points) -> str:
    name = "ol" if block.numbered else "ul"
    return f"<{name}>{''.join(_entries(block))}</{name}>"


def _entries(block: Points) -> Iterator[str]:
    """Deeper entries stand in a list of their own in the entry above them."""
    inner: list[str] = []
    head = ""
    for level, words in block.entries:
        if level and head:
            inner.append(f"<li>{_words(words)}</li>")
            continue
        if head:
            yield f"<li>{head}{_inner(inner)}</li>"
        head, inner = _words(words), []
    yield f"<li>{head}{_inner(inner)}</li>"


def _inner(entries: list[str]) -> str:
    return f"<ul>{''.join(entries)}</ul>" if entries else ""


def _table(block: Grid) -> str:
    caption = f"<caption>{escape(block.about)}</caption>" if block.about else ""
    head = "".join(f'<th scope="col">{_words(words)}</th>' for words in block.head)
    rows = "".join(f"<tr>{''.join(f'<td>{_words(words)}</td>' for words in row)}</tr>" for row in block.rows)
    return f'<div class="wide"><table>{caption}<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>'


def _picture(block: Picture) -> str:
    first, _sign, rest = block.text.partition("\n")
    data = base64.b64encode(block.png).decode()
    picture = f'<img src="data:image/png;base64,{data}" alt="{escape(first, quote=True)}">'
    lines = escape(rest.strip()).replace("\n", "<br>")
    summary = escape(_("In words"))
    words = f"<details open><summary>{summary}</summary><p>{lines}</p></details>" if lines else ""
    return f"<figure>{picture}{words}</figure>"
