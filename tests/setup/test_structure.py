"""The shape of the code: light imports, one-subject modules, documented public names, no connection but live."""

import ast
import subprocess
import sys

import pytest

from tests.catalogue import ROOT

PACKAGE = ROOT / "promptlab"
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if "new_case" not in path.parts)
DOCUMENTS = {"docx", "graphviz", "lxml", "markdown_it", "openpyxl", "pygraphviz"}
LIBRARIES = {"anywidget", "babel", "httpx", "ipywidgets", "numpy", "openai", "pandas", "rich", "scipy"}
HEAVY = DOCUMENTS | LIBRARIES | {"bs4", "mammoth", "markdownify"}
MAY_CONNECT = {"promptlab/ask/live.py"}
CONNECTING = {"http.client", "http.server", "socketserver", "urllib.request", "xmlrpc.client", "asyncio"}


def name(path):
    return path.relative_to(ROOT).as_posix()


def tree(path):
    return ast.parse(path.read_text(encoding="utf-8"))


def imported_by(code):
    """The heavy libraries that a fresh interpreter holds after `code`."""
    code = f"import sys\ntry:\n    {code}\nexcept SystemExit:\n    pass\nprint('\\nHELD', *sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, encoding="utf-8", check=True)
    return set(done.stdout.rpartition("HELD")[2].split())


def test_import_promptlab_stays_light():
    assert imported_by("import promptlab") & (HEAVY | {"click"}) == set()


def test_help_stays_light():
    held = imported_by("import promptlab.cli; promptlab.cli.main(['--help'])")
    assert "click" in held
    assert held & HEAVY == set()


def test_heavy_library_would_be_seen():
    assert "lxml" in imported_by("import lxml.etree")


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_module_has_one_subject(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 400
    assert path.stem not in {"utils", "util", "core", "helpers", "common", "misc"}


def undocumented(parsed):
    """The public functions and classes, at the top of a module or in a public class, that have no docstring."""
    kinds = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
    for node in parsed.body:
        if isinstance(node, kinds) and not node.name.startswith("_"):
            if not ast.get_docstring(node):
                yield node.name
            if isinstance(node, ast.ClassDef):
                yield from (f"{node.name}.{inner}" for inner in undocumented(node))


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_public_names_have_a_docstring(path):
    parsed = tree(path)
    assert list(undocumented(parsed)) == []
    assert ast.get_docstring(parsed) or not parsed.body, "the module itself"


def connections(parsed):
    """The imports of a module, at any depth, that could open a connection."""
    for node in ast.walk(parsed):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom):
            names = [node.module or "", *(f"{node.module}.{alias.name}" for alias in node.names)]
        yield from (found for found in names if found in CONNECTING)


@pytest.mark.parametrize("path", [path for path in MODULES if name(path) not in MAY_CONNECT], ids=name)
def test_only_live_may_open_a_connection(path):
    assert list(connections(tree(path))) == []


@pytest.mark.parametrize("code", ["import urllib.request", "from urllib import request", "if x:\n import http.client"])
def test_connection_would_be_seen(code):
    assert list(connections(ast.parse(code))) != []
