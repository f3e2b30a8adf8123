"""The picture made of dots: small, in the very colours of the drawing, and plain PNG where gd is missing."""

import struct
import zlib

from promptlab.flowchart import engine, png, render
from promptlab.flowchart.dot import FILLS, HEADER, INK
from promptlab.flowchart.png import with_colours
from tests.flowchart.builders import chart, decision_chart, node


def chunks(content):
    """(name, content) of each chunk, its check sum compared."""
    at = 8
    while at < len(content):
        size, name = struct.unpack_from(">I4s", content, at)
        body = content[at + 8 : at + 8 + size]
        assert struct.unpack_from(">I", content, at + 8 + size) == (zlib.crc32(name + body),)
        yield name, body
        at += size + 12


def palette(content):
    found = dict(chunks(content))[b"PLTE"]
    return {f"#{found[at : at + 3].hex()}" for at in range(0, len(found), 3)}


def test_picture_holds_the_very_colours_of_the_drawing():
    assert {"#ffffff", INK, HEADER, FILLS["decision"]} <= palette(render(decision_chart(), "png"))


def test_colour_that_the_drawing_lacks_is_not_asked_of_the_picture():
    content = render(chart(node("a")), "png")
    assert HEADER in palette(content)
    assert FILLS["decision"] not in palette(content)


def test_picture_says_how_many_dots_go_to_the_inch():
    width, _height, unit = struct.unpack(">IIB", dict(chunks(render(decision_chart(), "png")))[b"pHYs"])
    assert (round(width * 0.0254), unit) == (150, 1)


def test_palette_without_one_of_the_colours_is_refused():
    assert with_colours(render(chart(node("a")), "png"), ["#ff00ff"]) is None


def test_picture_without_a_palette_is_refused():
    assert with_colours(engine.draw("digraph { a }", "png"), ["#ffffff"]) is None


def test_plain_picture_is_drawn_where_graphviz_cannot_write_the_small_one(monkeypatch):
    monkeypatch.setattr(png, "_SMALL", "png:cairo:nobody")
    content = render(decision_chart(), "png")
    assert (int.from_bytes(content[16:20]), int.from_bytes(content[20:24])) == (1240, 1754)
    assert b"PLTE" not in dict(chunks(content))
