"""The command `promptlab flowchart`."""

import pytest
from click.testing import CliRunner

from promptlab.cli.flowchart import flowchart, flowchart_file
from promptlab.errors import BadInput
from promptlab.flowchart import dump_flowchart
from tests.flowchart.builders import decision_chart


@pytest.fixture
def source(tmp_path):
    file = tmp_path / "flowchart.toml"
    file.write_text(dump_flowchart(decision_chart()), encoding="utf-8")
    return file


def run(*arguments):
    return CliRunner().invoke(flowchart, [str(argument) for argument in arguments], catch_exceptions=True)


def test_a_file_is_drawn_and_named(source, tmp_path):
    done = run(source, "--to", tmp_path / "out" / "l.svg")
    assert done.exit_code == 0
    assert (tmp_path / "out" / "l.svg").read_bytes().startswith(b"<?xml")
    assert "l.svg" in done.stderr
    assert done.stdout == ""


def test_a_folder_means_the_flowchart_in_it(source, tmp_path):
    assert run(tmp_path, "--to", tmp_path / "l.txt").exit_code == 0
    assert "Fondée ?" in (tmp_path / "l.txt").read_text(encoding="utf-8")


def test_the_name_of_a_shipped_case_means_its_flowchart():
    assert flowchart_file("reclamation").parts[-3:] == ("data", "reclamation", "flowchart.toml")


def test_an_unknown_name_is_bad_input():
    with pytest.raises(BadInput, match="reclamtion"):
        flowchart_file("reclamtion")


def test_an_unknown_ending_writes_nothing(source, tmp_path):
    done = run(source, "--to", tmp_path / "l.jpg")
    assert isinstance(done.exception, BadInput)
    assert not (tmp_path / "l.jpg").exists()


def test_a_missing_file_is_bad_input(tmp_path):
    done = run(tmp_path / "absent.toml", "--to", tmp_path / "l.svg")
    assert isinstance(done.exception, BadInput)
    assert "absent.toml" in str(done.exception)


def test_a_fault_leaves_the_old_file(source, tmp_path):
    (tmp_path / "l.svg").write_text("old")
    source.write_text('title = "T"')
    assert isinstance(run(source, "--to", tmp_path / "l.svg").exception, BadInput)
    assert (tmp_path / "l.svg").read_text() == "old"
