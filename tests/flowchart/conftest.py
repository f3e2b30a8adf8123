"""English messages, so that the tests need no catalogue."""

import pytest


@pytest.fixture(autouse=True)
def english(monkeypatch):
    monkeypatch.setenv("PROMPTLAB_LANG", "en")
