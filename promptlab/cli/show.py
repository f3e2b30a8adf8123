"""Tables and problems as lines of text on the screen."""

import textwrap
from collections.abc import Iterable

import click

from promptlab.align.oddities import doubts_of_answers
from promptlab.messages import ngettext
from promptlab.model.comparison import Comparison
from promptlab.model.problem import Problem

WIDTH = 100


def show_text(text: str) -> None:
    """Print `text` as bytes, so that a console or pipe in another encoding gets UTF-8 all the same."""
    click.echo(text.encode("utf-8", "replace"))


def show_comparison(table: Comparison) -> None:
    """Print the phases, and under each the steps of every answer; then what must be looked at."""
    for number, phase in enumerate(table.phases, 1):
        click.secho(f"{number}. {phase.label}", bold=True)
        for place, column in enumerate(table.columns):
            steps = table.steps_at(phase, place)
            said = " · ".join(f"{step.rank} {step.title}" for step in steps) or "—"
            click.echo(
                textwrap.fill(said, WIDTH, initial_indent=f"   PROMPT {column.prompt} : ", subsequent_indent=" " * 14)
            )
        if phase.why:
            click.echo(textwrap.fill(f"({phase.why})", WIDTH, initial_indent="   ", subsequent_indent="   "))
    show_problems(table)


def show_problems(table: Comparison) -> None:
    """Tell on standard error what must be looked at in `table` and its answers."""
    tell_problems([*table.problems, *doubts_of_answers(table.columns)])


def tell_problems(problems: Iterable[Problem]) -> None:
    """Tell problems on standard error, a line each."""
    listed = list(problems)
    if listed:
        click.secho(
            ngettext("{count} thing to look at:", "{count} things to look at:", len(listed)), err=True, bold=True
        )
    for problem in listed:
        click.echo(f"  - {problem}", err=True)
