"""The documents of these tests are in English: what the French says is tested with the catalogue."""

import pytest


@pytest.fixture(autouse=True)
def english(monkeypatch):
    monkeypatch.setenv("PROMPTLAB_LANG", "en")
