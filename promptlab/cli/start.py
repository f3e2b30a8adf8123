"""From the arguments of the process to a command and its exit status."""

import gettext
import os
import sys

import click

from promptlab.cli.group import CommandGroup
from promptlab.errors import CannotWrite, PromptlabError
from promptlab.messages import CATALOGUES, DOMAIN, _, language

DONE, BAD = 0, 2


def run(arguments: list[str]) -> int:
    """The exit status of `promptlab` with these arguments; errors are told on standard error."""
    _speak()
    # The matrices of a table are small: threads for them would cost more than they save.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    try:
        status = _program().main(arguments, prog_name="promptlab", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return BAD
    except click.Abort:
        return _tell(_("Stopped: what was already written stays."))
    except PromptlabError as error:
        return _tell(str(error) + _elsewhere(error))
    except BrokenPipeError:
        # The reader of a pipe has gone away (`promptlab … | head`): nothing more can be told.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return BAD
    except MemoryError:
        return _tell(_("This is too much for the memory of this machine: try with smaller files."))
    return status if isinstance(status, int) else DONE


def _elsewhere(error: PromptlabError) -> str:
    """What else helps where a file could not be written."""
    another = isinstance(error, CannotWrite) and error.elsewhere
    return " " + _("Or choose another place with --to.") if another else ""


def _tell(message: str) -> int:
    click.echo(_("Error: {message}", message=message), err=True)
    return BAD


def _speak() -> None:
    """Have click's own words in the language of the screen; it asks gettext for them under our domain."""
    os.environ["LANGUAGE"] = language()
    gettext.bindtextdomain(DOMAIN, str(CATALOGUES))
    gettext.textdomain(DOMAIN)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")


def _program() -> click.Group:
    program = CommandGroup(
        name="promptlab",
        help=_(
            "Ask an AI a chain of prompts, set its answers side by side, and learn to question them. "
            "Offline unless --live is given."
        ),
        context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    )
    program.params.append(_version_option())
    return program


def _version_option() -> click.Option:
    def show(context: click.Context, _option: click.Parameter, asked: bool) -> None:
        if asked:
            from promptlab import __version__

            click.echo(f"promptlab {__version__}")
            context.exit()

    return click.Option(
        ["--version"],
        is_flag=True,
        expose_value=False,
        is_eager=True,
        callback=show,
        help=_("Show the version and exit."),
    )
