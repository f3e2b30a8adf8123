"""The list of commands; a command's module is imported only when it is run."""

from collections.abc import Callable
from importlib import import_module

import click

from promptlab.messages import _

COMMANDS: dict[str, Callable[[], str]] = {
    "lab": lambda: _("Open the session notebooks in JupyterLab, in French, on this computer only."),
    "demo": lambda: _("The whole job on the shipped case, offline: table, flowchart."),
    "run": lambda: _("The same on any case, from recorded answers or live."),
    "compare": lambda: _("2 to 30 answers to one comparison table."),
    "align": lambda: _("The rows of the table of a run: kept, corrected by hand, checked, or asked of a model."),
    "check-documents": lambda: _("Order, delivery note, invoice and complaint matched line by line."),
    "check-letter": lambda: _("The facts of a reply letter: proved, contradicted or unsupported."),
    "read": lambda: _("What a person did, out of a comparison (.docx), a notebook or a copie (.json)."),
    "parse": lambda: _("One answer to its steps and items."),
    "flowchart": lambda: _("A flowchart drawn: picture, Mermaid, draw.io or text."),
    "decisions": lambda: _("A decision table checked for gaps and overlaps, drawn, exported."),
    "quiz": lambda: _("A quiz: drafted by an AI, checked, accepted question by question, exported."),
    "key": lambda: _("The answer key of a run, made from the teacher's own copie, and checked."),
    "grade": lambda: _("A class marked against the key: marks, feedback, overview."),
    "pack": lambda: _("The pupils' pack of a case: everything but the answer key."),
    "import": lambda: _("Answers from elsewhere: the export of a chat, files, a folder."),
    "new": lambda: _("A new case: from a workbook filled in without code, or as files to fill in."),
    "protocol": lambda: _("One document to print: phases, flowchart, decision scheme, letters, statement."),
    "sheets": lambda: _("The teacher's sheet of each session, to print."),
    "notice": lambda: _("One page for the head of the school: personal data and AI."),
    "forget": lambda: _("Delete the pupils' work on this computer, after asking."),
}

MODULES = {"import": "bring"}  # where a command cannot give its name to its module: the word is Python's


class CommandGroup(click.Group):
    """A click group that knows its commands by name and loads them late."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """The names of all commands, in the order of a lesson."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The command of that name, None where there is none."""
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"promptlab.cli.{MODULES.get(cmd_name, cmd_name.replace('-', '_'))}")
        command = getattr(module, "command", None) or getattr(module, cmd_name)
        if not isinstance(command, click.Command):
            raise TypeError(f"promptlab.cli.{cmd_name} defines no command")
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Write the list of commands from their one-line texts, without importing them."""
        with formatter.section(gettext_of_click("Commands")):
            formatter.write_dl([(name, text()) for name, text in COMMANDS.items()])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that the arguments name; a misspelt one is told with the nearest name."""
        name = args[0]
        if name not in COMMANDS and not name.startswith("-"):
            from promptlab.files.nearest import nearest_hint

            ctx.fail(_("No command “{name}”.", name=name) + nearest_hint(name, COMMANDS))
        return super().resolve_command(ctx, args)


def gettext_of_click(message: str) -> str:
    """A text of click's own in the language of the screen."""
    from gettext import gettext

    return gettext(message)
