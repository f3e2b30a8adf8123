"""The command, run as the command line runs it."""

import json

import pytest

from promptlab.cli.bring import command


@pytest.fixture
def bring(tmp_path, capsys):
    """`bring(file, "--run", "x")`: imports into the shipped case, results in a folder of the test; gives its JSON."""

    def run(*arguments, status=0):
        given = [*map(str, arguments), "--into", "reclamation", "--to", str(tmp_path / "out"), "--json"]
        given += [] if "--run" in given else ["--run", "essai"]
        capsys.readouterr()
        assert (command.main(args=given, standalone_mode=False) or 0) == status
        return json.loads(capsys.readouterr().out)

    return run


@pytest.fixture
def runs(tmp_path):
    """The folder of the imported runs."""
    return tmp_path / "out" / "answers" / "reclamation"
