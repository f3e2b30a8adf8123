"""Draws DOT text with Graphviz: inside the process, or by the program `dot` where that library is missing."""

import atexit
import os
import re
import shutil
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from html import escape
from pathlib import Path

from promptlab.errors import MissingTool
from promptlab.flowchart.metrics import FONT_FOLDER
from promptlab.messages import _

# Graphviz keeps its state in global variables, and so do the fonts: one drawing at a time.
_LOCK = threading.Lock()
# The same flowchart gives the same file: the moment of drawing is replaced, digit for digit.
_PDF_DATE = re.compile(rb"(/CreationDate \(D:)\d{14}")
_FONTS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig><dir>{fonts}</dir><cachedir>{cache}</cachedir></fontconfig>
"""


def draw(source: str, kind: str) -> bytes:
    """`source` (DOT with `layout=nop2`) drawn as `kind`: svg, png or pdf.

    Raises MissingTool where neither pygraphviz nor the program `dot` is there.
    """
    with _LOCK, _surroundings():
        return _PDF_DATE.sub(b"\\g<1>20000101000000", _drawn(source, kind)) if kind == "pdf" else _drawn(source, kind)


def draw_or_none(source: str, kind: str) -> bytes | None:
    """As `draw`, for a format that some builds of Graphviz lack (`png:cairo:gd`): None where this one does."""
    with _LOCK, _surroundings():
        try:
            import pygraphviz
        except ImportError:
            return None
        with _quiet():
            try:
                return bytes(pygraphviz.AGraph(string=source).draw(format=kind, prog="nop2"))
            except (TypeError, ValueError):  # how pygraphviz says that a format is unknown: 2.0, and as it documents
                return None


def _drawn(source: str, kind: str) -> bytes:
    try:
        import pygraphviz
    except ImportError:
        return _draw_outside(source, kind)
    with _quiet():
        # A graph keeps what a drawing sets on it: each format gets a graph of its own.
        return bytes(pygraphviz.AGraph(string=source).draw(format=kind, prog="nop2"))


def _draw_outside(source: str, kind: str) -> bytes:
    from graphviz import ExecutableNotFound, Source

    try:
        return bytes(Source(source, engine="neato").pipe(format=kind, neato_no_op=2, quiet=True))
    except ExecutableNotFound as error:
        raise MissingTool(
            _(
                "Drawing needs pygraphviz, or the program dot. Install it: pip install pygraphviz. "
                "Without it, .dot .mmd .drawio and .txt still work."
            )
        ) from error


@lru_cache(maxsize=1)
def _fonts_file() -> str:
    """The file that tells the font library where the shipped font is, made afresh for this process."""
    folder = Path(tempfile.mkdtemp(prefix="promptlab-fonts-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    file = folder / "fonts.conf"
    fonts, cache = escape(str(FONT_FOLDER)), escape(str(folder / "cache"))
    file.write_text(_FONTS.format(fonts=fonts, cache=cache), encoding="utf-8")
    return str(file)


@contextmanager
def _surroundings() -> Iterator[None]:
    """The environment of a drawing: only the shipped font.

    It is put back afterwards, so that no other program started from here loses its fonts.
    """
    before = os.environ.get("FONTCONFIG_FILE")
    os.environ["FONTCONFIG_FILE"] = _fonts_file()
    try:
        yield
    finally:
        if before is None:
            del os.environ["FONTCONFIG_FILE"]
        else:
            os.environ["FONTCONFIG_FILE"] = before


@contextmanager
def _quiet() -> Iterator[None]:
    """Silence on standard error: the font library remarks on the system's files, Graphviz on signs without width.

    What fails raises an error all the same.
    """
    try:
        kept = os.dup(2)
    except OSError:  # a process without standard error, such as pythonw
        yield
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)
