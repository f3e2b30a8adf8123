"""A drawing keeps its shapes and loses all that acts or loads."""

import base64
import re

import pytest

from promptlab.table.html import comparison_html
from promptlab.table.pictures import clean, figure
from tests.table.builders import comparison

NS = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'


def svg(inside):
    return f"<svg {NS}>{inside}</svg>"


@pytest.mark.parametrize(
    "inside",
    [
        "<script>bad()</script>",
        "<style>@import 'http://bad'</style>",
        "<style>rect{fill:url(http://bad)}</style>",
        "<style>rect{fill:u\\72l(http://bad)}</style>",
        "<rect onclick='bad()'/>",
        "<rect style='fill:url(//bad)'/>",
        "<rect fill=\"url('http://bad')\"/>",
        "<image href='http://bad/x.png'/>",
        "<use xlink:href='http://bad#x'/>",
        "<foreignObject><p xmlns='http://www.w3.org/1999/xhtml'>bad</p></foreignObject>",
        "<a href='javascript:bad()'><rect/></a>",
        "<animate attributeName='href' values='javascript:bad()'/>",
        "<bad:x xmlns:bad='http://bad'/>",
    ],
)
def test_what_acts_or_loads_is_taken_out(inside):
    assert b"bad" not in clean(svg(inside + "<circle r='1'/>")).replace(b"xmlns:bad", b"").replace(b'"http://bad"', b"")
    assert b"circle" in clean(svg(inside + "<circle r='1'/>"))


def test_shapes_texts_and_inner_references_stay():
    kept = clean(
        svg(
            "<defs><linearGradient id='g'/></defs><a href='http://x'><text>Étape</text></a>"
            "<use href='#g'/><rect fill='url(#g)'/>"
        )
    )
    assert "Étape" in kept.decode()
    assert b'href="#g"' in kept
    assert b'fill="url(#g)"' in kept


def test_entities_of_a_drawing_are_not_read():
    bomb = f'<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/hostname">]><svg {NS}><text>&a;</text></svg>'
    assert b"&a;" not in clean(bomb)
    assert b"<text" in clean(bomb)


@pytest.mark.parametrize("text", ["", "no svg", "<html/>", "<svg>", f"<svg {NS}><g></svg>"])
def test_what_is_no_drawing_gives_its_text_and_says_so(text):
    assert clean(text) == b""
    assert "<img" not in figure("Recevoir puis répondre", text)
    assert "Recevoir puis répondre" in figure("Recevoir puis répondre", text)


def test_picture_is_embedded_with_its_alternative_text_and_its_words():
    html = comparison_html(comparison(), pictures=[("Logigramme <b>\n1. Recevoir", svg("<rect/>"))])
    source = re.search(r'alt="Logigramme &lt;b&gt;" src="data:image/svg\+xml;base64,([^"]+)"', html)[1]
    assert b"<rect/>" in base64.b64decode(source)
    assert "1. Recevoir" in html
