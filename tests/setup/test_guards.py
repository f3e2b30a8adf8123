"""The guards of the tests themselves hold."""

import socket

import pytest

from promptlab.messages import _
from tests.conftest import needs


def test_connection_beyond_this_computer_is_refused():
    with socket.socket() as outside, pytest.raises(PermissionError, match="stay on this computer"):
        outside.connect(("192.0.2.1", 80))


def test_connection_to_this_computer_is_let_through():
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()) as client:
        assert client.getpeername() == server.getsockname()


def test_missing_program_is_skipped_with_its_name(monkeypatch):
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.setattr("tests.conftest._missing", set())
    with pytest.raises(pytest.skip.Exception, match="no-such-program"):
        needs("no-such-program")


def test_missing_program_is_a_failure_in_ci(monkeypatch):
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match="no-such-program"):
        needs("no-such-program")


def test_program_that_is_there_gives_its_path(tmp_path, monkeypatch):
    tool = tmp_path / "some-tool"
    tool.touch(mode=0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert needs("some-tool") == str(tool)


def test_messages_are_english_in_tests():
    assert _("Usage:") == "Usage:"


def test_messages_are_french_where_a_test_asks(french):
    assert _("Usage:") == "Utilisation\u00a0:"
