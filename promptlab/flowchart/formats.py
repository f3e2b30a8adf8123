"""Draws a flowchart in the format that is asked for."""

from collections.abc import Callable
from pathlib import Path
from typing import Literal, get_args

from promptlab.errors import BadInput
from promptlab.flowchart.dot import COLOURS, PAPER, source_of, to_dot
from promptlab.flowchart.drawio import to_drawio
from promptlab.flowchart.engine import draw
from promptlab.flowchart.faults import check
from promptlab.flowchart.layout import lay_out
from promptlab.flowchart.mermaid import to_mermaid
from promptlab.flowchart.numbered import to_text
from promptlab.flowchart.png import png_of
from promptlab.flowchart.svg import finish_svg
from promptlab.messages import _
from promptlab.model.flowchart import Flowchart

Format = Literal["svg", "png", "pdf", "dot", "mmd", "drawio", "txt"]
FORMATS: tuple[Format, ...] = get_args(Format)
# Sharp on paper, and 1240 × 1754 dots for an A4 page.
PNG_DPI = 150
_TEXTS: dict[str, Callable[[Flowchart], str]] = {"dot": to_dot, "mmd": to_mermaid, "drawio": to_drawio, "txt": to_text}


def format_of(path: Path) -> Format:
    """The format that the ending of a file name asks for. Raises BadInput, with the valid endings."""
    ending = path.suffix.lower().lstrip(".")
    for known in FORMATS:
        if ending == known:
            return known
    raise BadInput(
        _(
            "{path}: “{ending}” is no format for a flowchart. Let the name end in one of: {endings}.",
            path=path,
            ending=path.suffix,
            endings=" ".join(f".{known}" for known in FORMATS),
        )
    )


def render(flowchart: Flowchart, format: Format) -> bytes:  # noqa: A002 - the word that everyone asks with
    """A flowchart as the content of a file: a drawing on A4 (svg, png, pdf) or UTF-8 text (dot, mmd, drawio, txt).

    Raises BadInput where the flowchart has faults or the format is unknown, MissingTool where Graphviz is missing.
    """
    if format in _TEXTS:
        return _TEXTS[format](flowchart).encode()
    if format not in FORMATS:
        known = ", ".join(FORMATS)
        raise BadInput(_("“{format}” is no format for a flowchart. Choose: {formats}.", format=format, formats=known))
    check(flowchart)
    if format == "png":
        source = source_of(flowchart, lay_out(flowchart), dpi=PNG_DPI)
        return png_of(source, [PAPER, *(colour for colour in COLOURS if colour in source)])
    drawn = draw(source_of(flowchart, lay_out(flowchart)), format)
    return finish_svg(drawn.decode(), flowchart.title, to_text(flowchart)) if format == "svg" else drawn
