"""Drawings in the page: an SVG stripped of all that acts or loads, shown as an image, with its text beside it."""

import re
from base64 import b64encode
from typing import TYPE_CHECKING

from promptlab.messages import _
from promptlab.table.markup import prose, text

if TYPE_CHECKING:
    from lxml.etree import _Element

_SVG = "{http://www.w3.org/2000/svg}"
_SHAPES = ("path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text", "tspan", "use")
_AROUND = ("svg", "g", "title", "desc", "defs", "marker", "symbol", "clipPath", "mask", "pattern", "style")
_DRAWN = frozenset((*_SHAPES, *_AROUND, "linearGradient", "radialGradient", "stop"))
_LOADS = re.compile(r"url\s*\(\s*['\"]?(?!#|data:(?:application/)?(?:x-)?font)|@import|expression|\\", re.IGNORECASE)
_MARK_LIMIT = 120  # characters of an alternative text; longer ones are read beside the picture


def figure(alternative: str, svg: str) -> str:
    """The picture with its alternative text; a longer one stands below it, to be unfolded.

    An SVG that cannot be read gives its alternative text and a sentence that says so.
    """
    lines = alternative.strip().splitlines() or [_("Picture")]
    name = lines[0][:_MARK_LIMIT]
    more = alternative.strip() if len(lines) > 1 or len(lines[0]) > _MARK_LIMIT else ""
    safe = clean(svg)
    if not safe:
        lost = text(_("This picture could not be read; here is its text."))
        return f'<p class="lost">{lost}</p><p>{prose(alternative)}</p>'
    words = ""
    if more:
        summary = text(_("The same in words"))
        words = f'<details class="in-words"><summary>{summary}</summary><p>{prose(more)}</p></details>'
    image = f'<img alt="{text(name)}" src="data:image/svg+xml;base64,{b64encode(safe).decode("ascii")}">'
    region = f'<div class="picture" tabindex="0" role="region" aria-label="{text(name)}">{image}</div>'
    return f"<figure>{region}<figcaption>{text(name)}{words}</figcaption></figure>"


def clean(svg: str) -> bytes:
    """`svg` with nothing but drawing in it: no script, link, event, foreign content or address. b"" if it is no SVG."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(svg.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError):
        return b""
    if root.tag != f"{_SVG}svg":
        return b""
    for element in list(root.iter()):
        _strip(element)
    return etree.tostring(root, encoding="utf-8")


def _strip(element: "_Element") -> None:
    """Turn a link into a group, take out what draws nothing, and the attributes that act or load."""
    if element.tag == f"{_SVG}a":
        element.tag = f"{_SVG}g"
    name = element.tag.removeprefix(_SVG) if isinstance(element.tag, str) else ""
    if name not in _DRAWN or (name == "style" and _LOADS.search("".join(element.itertext()))):
        _remove(element)
        return
    for key, value in list(element.attrib.items()):
        local = str(key).rpartition("}")[2].lower()
        leads_out = local == "href" and not str(value).startswith("#")
        if local.startswith("on") or local == "base" or leads_out or _LOADS.search(str(value)):
            del element.attrib[key]


def _remove(element: "_Element") -> None:
    parent = element.getparent()
    if parent is None:
        return
    tail, before = element.tail or "", element.getprevious()
    if before is None:
        parent.text = (parent.text or "") + tail
    else:
        before.tail = (before.tail or "") + tail
    parent.remove(element)
