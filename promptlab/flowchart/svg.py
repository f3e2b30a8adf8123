"""Finishes the SVG that Graphviz draws: a title and a description to be read aloud, fallback fonts, no comments."""

import re
from html import escape
from zlib import crc32

from promptlab.flowchart.metrics import FONT_NAME
from promptlab.flowchart.wrapping import clean

_PROLOGUE = re.compile(r"\A.*?(?=<svg )", re.DOTALL)
_COMMENT = re.compile(r"<!--.*?-->\n?", re.DOTALL)
# Graphviz gives every shape its name as a tooltip; the reader of the picture needs the text alone.
_NAME = re.compile(r"<title>[^<]*</title>\n")
_FALLBACK = f"font-family=\"'{FONT_NAME}', Verdana, Arial, sans-serif\""


def finish_svg(drawn: str, title: str, description: str) -> bytes:
    """The SVG with `title` and `description` as what assistive technology announces."""
    body = _NAME.sub("", _COMMENT.sub("", _PROLOGUE.sub("", drawn)))
    body = body.replace(f'font-family="{FONT_NAME}"', _FALLBACK).replace(
        ' xmlns:xlink="http://www.w3.org/1999/xlink"', "", 1
    )
    mark = f"{crc32(description.encode()):08x}"
    head, rest = body.split(">", 1)
    names = (
        f'<title id="flowchart-title-{mark}">{escape(clean(title), quote=False)}</title>\n'
        f'<desc id="flowchart-text-{mark}">{escape(description, quote=False)}</desc>'
    )
    opened = f'{head} role="img" aria-labelledby="flowchart-title-{mark}" aria-describedby="flowchart-text-{mark}">'
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{opened}\n{names}{rest}'.encode()
