"""A browser for the scripts of the panels, and a page for each test."""

import pytest
from playwright.sync_api import sync_playwright

from promptlab.ui.tagging import TaggingTable
from tests.browser.labs import FLAGS
from tests.ui.builders import a_desk_on
from tests.ui.window import ANSWER, Window


@pytest.fixture(scope="module")
def browser():
    from tests.conftest import needs

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=needs("chromium"), args=list(FLAGS))
        yield chromium
        chromium.close()


@pytest.fixture
def window(browser):
    """`window(panel, width=…, dark=…)`: it on a page."""
    contexts = []

    def opened(panel, *, width=1366, dark=False, **more):
        contexts.append(browser.new_context(viewport={"width": width, "height": 768}, **more))
        contexts[-1].set_default_timeout(10_000)
        return Window(contexts[-1], panel, dark=dark)

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture(scope="module")
def axe():
    from axe_playwright_python.sync_playwright import Axe

    return Axe()


@pytest.fixture
def tagging(window, tmp_path):
    return window(TaggingTable(a_desk_on(tmp_path, ANSWER, ANSWER.replace("24", "48"))))
