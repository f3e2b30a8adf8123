"""What every test has: no network beyond this computer, English messages, programs by name, a browser to ask for."""

import datetime
import os
import shutil
import socket
import time

import pytest

_LOOPBACK = {"127.0.0.1", "::1", "localhost", "", None}
_missing: set[str] = set()


def pytest_configure():
    """Have messages in English, as the code says them: a translator may better the French without breaking a test."""
    os.environ["PROMPTLAB_LANG"] = "en"


@pytest.fixture
def french(monkeypatch):
    """Messages in French, as a pupil sees them, for the tests that are about just that."""
    monkeypatch.setenv("PROMPTLAB_LANG", "fr")


def needs(program):
    """The path of a program outside Python; without it the test is skipped loudly, and fails where CI is set."""
    found = shutil.which(program)
    if found:
        return found
    reason = f"the program {program!r} is missing: install it to run this test"
    if os.environ.get("CI"):
        pytest.fail(reason)
    _missing.add(program)
    pytest.skip(reason)


@pytest.fixture(name="needs")
def _needs():
    """`needs("soffice")` in a test: the path of LibreOffice, or the end of the test."""
    return needs


@pytest.fixture(scope="module")
def browser():
    """Chromium, without services of its own; gone with its file, as Playwright bears no second one beside it."""
    path = needs("chromium")
    from playwright.sync_api import sync_playwright

    from tests.browser.labs import FLAGS

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield chromium
        chromium.close()


@pytest.fixture
def window(browser):
    """`window(panel, width=…, dark=…)`: it on a page of its own, without JupyterLab."""
    from tests.ui.window import Window

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
    """The rules of accessibility of axe-core, run in a page."""
    try:
        from axe_playwright_python.sync_playwright import Axe
    except ImportError:
        reason = "axe-playwright-python is missing: install the test extra to run this test"
        pytest.fail(reason) if os.environ.get("CI") else pytest.skip(reason)
    return Axe()


@pytest.fixture
def a_day_passes(monkeypatch):
    """A function after whose call every clock that a file could take its date from is a day further."""

    def passes():
        now, today = time.time, datetime.datetime

        class AnyMoment(type):
            def __instancecheck__(cls, value):
                return isinstance(value, today)

        class Later(today, metaclass=AnyMoment):
            @classmethod
            def now(cls, tz=None):
                return today.now(tz) + datetime.timedelta(days=1)

            @classmethod
            def utcnow(cls):
                return cls.now(datetime.UTC).replace(tzinfo=None)

        monkeypatch.setattr(time, "time", lambda: now() + 86_400)
        monkeypatch.setattr(datetime, "datetime", Later)

    return passes


@pytest.fixture(autouse=True)
def no_network(monkeypatch):
    """Let no test, and no library under test, reach beyond this computer."""
    for name in ("connect", "connect_ex"):
        monkeypatch.setattr(socket.socket, name, _guarded(getattr(socket.socket, name)))


def _guarded(connect):
    def guarded(self, address):
        if self.family in (socket.AF_INET, socket.AF_INET6) and address[0] not in _LOOPBACK:
            raise PermissionError(f"a test tried to reach {address!r}: tests stay on this computer")
        return connect(self, address)

    return guarded


def pytest_runtest_logreport(report):
    """Gather the programs missed, from the workers of a parallel run too."""
    if report.skipped and isinstance(report.longrepr, tuple) and "the program '" in report.longrepr[2]:
        _missing.add(report.longrepr[2].split("'")[1])


def pytest_terminal_summary(terminalreporter):
    """Say at the end, in red, which programs were missed."""
    for program in sorted(_missing):
        terminalreporter.write_line(f"NOT TESTED: what needs the program {program!r}, which is missing here", red=True)
