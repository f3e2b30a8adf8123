"""What the teacher's guide shows is understood by the commands it names, and its way is walked once."""

import re
import shlex
import shutil
from importlib import import_module
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

GUIDE = Path(__file__).parents[2] / "docs" / "guide-professeur.md"
BLOCKS = re.findall(r"```\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
LINES = [line for block in BLOCKS for line in block.splitlines()]


def command_of(name):
    module = import_module(f"promptlab.cli.{name.replace('-', '_')}")
    return getattr(module, "command", None) or getattr(module, name)


@pytest.mark.parametrize("line", [line for line in LINES if line.startswith("promptlab ")])
def test_a_command_shown_is_one_that_promptlab_understands(line, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "copies-rendues").mkdir()
    _program, name, *arguments = shlex.split(line)
    assert isinstance(command_of(name).make_context(name, arguments), click.Context)


def test_the_other_commands_are_of_programs_that_the_project_ships():
    others = [line.split()[:2] for line in LINES if not line.startswith("promptlab ")]
    assert {tuple(words) for words in others} == {("python3", "start.py"), ("conda", "env")}
    assert (GUIDE.parents[1] / "environment.yml").is_file()


def test_the_way_of_the_guide_leads_from_a_workbook_to_the_pupils_pack(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    shutil.copy(Path(__file__).with_name("cycles.xlsx"), "mon-cas.xlsx")
    for line in (
        "new --xlsx mon-cas.xlsx --check",
        "new mon-cas --xlsx mon-cas.xlsx",
        "check-documents mon-cas",
        "pack mon-cas --to eleves.zip",
        "sheets mon-cas --to fiches",
        "notice mon-cas --to notice.docx",
    ):
        name, *arguments = shlex.split(line)
        done = CliRunner().invoke(command_of(name), arguments, standalone_mode=False)
        assert done.exception is None, (line, done.output, done.exception)
    assert (tmp_path / "eleves.zip").is_file()
