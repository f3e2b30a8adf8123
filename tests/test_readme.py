"""What the READMEs show is run, or at least understood by the commands they name."""

import re
import shlex
from pathlib import Path

import click
import pytest

from promptlab.cli.group import COMMANDS, CommandGroup

ROOT = Path(__file__).parents[1]
PAGES = ("README.md", "README.en.md")


def texts() -> list[tuple[str, str]]:
    return [(name, (ROOT / name).read_text(encoding="utf-8")) for name in PAGES]


def shown_commands() -> list[str]:
    inline = {line for _name, text in texts() for line in re.findall(r"`promptlab ([a-z][^`\n]*)`", text)}
    blocks = [block for _name, text in texts() for block in re.findall(r"```\n(.*?)```", text, re.DOTALL)]
    return sorted(inline | {line for block in blocks for line in re.findall(r"^promptlab (.+)$", block, re.MULTILINE)})


def test_the_readme_opens_with_the_two_commands():
    for name, text in texts():
        block = re.search(r"```\n(.*?)```", text, re.DOTALL)
        assert block, name
        assert block[1].splitlines() == ["python3 start.py demo", "python3 start.py test"]


@pytest.mark.parametrize("line", shown_commands())
def test_a_command_shown_is_one_that_promptlab_understands(line):
    name, *arguments = shlex.split(line)
    command = CommandGroup(name="promptlab").get_command(click.Context(CommandGroup()), name)
    assert command, name
    command.make_context(name, arguments)


@pytest.mark.parametrize(
    "block", [code for _name, text in texts() for code in re.findall(r"```python\n(.*?)```", text, re.DOTALL)]
)
def test_the_python_shown_runs(block, capsys):
    exec(compile(block, "README", "exec"), {})
    assert "Accuser réception" in capsys.readouterr().out


def test_every_command_is_in_the_readme():
    for name, text in texts():
        assert not [command for command in COMMANDS if f"promptlab {command}" not in text], name


@pytest.mark.parametrize("name", [*PAGES, "ARCHITECTURE.md", "CONTRIBUTING.md"])
def test_every_file_a_page_points_to_exists(name):
    targets = re.findall(r"\]\((?!http)([^)#]+)\)", (ROOT / name).read_text(encoding="utf-8"))
    assert not [target for target in targets if not (ROOT / target).exists()]
