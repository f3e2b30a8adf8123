"""How the command line speaks, and how it ends."""

import pytest

from promptlab.cli import main
from promptlab.cli.group import COMMANDS


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_every_command_has_help(command, capsys):
    assert main([command, "--help"]) == 0
    assert len(capsys.readouterr().out) > 100


def test_help_is_french_by_default(capsys, monkeypatch):
    monkeypatch.delenv("PROMPTLAB_LANG", raising=False)
    main(["--help"])
    told = capsys.readouterr().out
    assert "Utilisation" in told
    assert "Hors ligne" in told


def test_help_is_english_on_demand(capsys, monkeypatch):
    monkeypatch.setenv("PROMPTLAB_LANG", "en")
    main(["--help"])
    assert "Offline unless --live" in capsys.readouterr().out


def test_a_misspelt_command_names_the_nearest(capsys):
    assert main(["comprae"]) == 2
    assert "compare" in capsys.readouterr().err


def test_usage_errors_end_with_status_2(capsys):
    assert main(["parse"]) == 2
    assert main(["demo", "--no-such-option"]) == 2


def test_the_version_is_told(capsys):
    from promptlab import __version__

    assert main(["--version"]) == 0
    assert __version__ in capsys.readouterr().out


def test_a_new_case_says_what_to_fill_in(tmp_path, capsys):
    assert main(["new", str(tmp_path / "cas")]) == 0
    told = capsys.readouterr()
    assert str(tmp_path / "cas" / "case.toml") in told.out + told.err


def test_file_that_cannot_be_written_names_the_option_that_helps(tmp_path, capsys):
    (tmp_path / "taken").write_text("a file")
    assert main(["demo", "--to", str(tmp_path / "taken")]) == 2
    assert "--to" in capsys.readouterr().err
