"""A JupyterLab server for each run of the tests, and a window on it for each test."""

import itertools
import os

import pytest

from tests.browser.labs import PATIENCE, Notebook, Server
from tests.catalogue import ROOT
from tests.conftest import needs

_numbers = itertools.count(1)


def pytest_collection_modifyitems(items):
    """Mark what stands in this folder: it needs Chromium, and seconds."""
    for item in items:
        if "tests/browser" in item.path.as_posix():
            item.add_marker(pytest.mark.tool)
            item.add_marker(pytest.mark.slow)


@pytest.fixture(scope="session")
def shared_server(tmp_path_factory):
    """One JupyterLab for all tests that do not mind what others left in it."""
    needs("chromium")
    server = Server(tmp_path_factory.mktemp("lab"), ROOT / "notebooks")
    yield server
    server.stop()


@pytest.fixture
def own_server(tmp_path):
    """`own_server(NAME=value)`: a JupyterLab for this test alone, with its own copies and these variables."""
    needs("chromium")
    servers = []

    def started(**variables):
        servers.append(Server(tmp_path / f"lab{len(servers)}", ROOT / "notebooks", **variables))
        return servers[-1]

    yield started
    for server in servers:
        server.stop()


@pytest.fixture
def open_notebook(browser, shared_server):
    """`open_notebook(name, server=…, width=…, height=…, scheme="light")`: it in a window, its kernel ready.

    Requests to other computers are refused, and kept in `asked`.
    """
    contexts = []

    def opened(name, *, server=None, width=1366, height=768, scheme="light"):
        context = browser.new_context(
            viewport={"width": width, "height": height}, color_scheme=scheme, accept_downloads=True
        )
        contexts.append(context)
        context.set_default_timeout(PATIENCE * 1000)
        asked = []
        context.route(lambda url: not _here(url), lambda route: (asked.append(route.request.url), route.abort()))
        notebook = Notebook(server or shared_server, context.new_page(), asked)
        notebook.open(name, f"test{next(_numbers)}-{os.getpid()}")
        return notebook

    yield opened
    for context in contexts:
        context.close()


def _here(url):
    return url.startswith(("http://127.0.0.1:", "ws://127.0.0.1:", "data:", "blob:"))
