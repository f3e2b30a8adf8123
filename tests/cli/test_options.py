"""Options that several commands share."""

import click
from click.testing import CliRunner

from promptlab.cli.options import WholeNumber


@click.command()
@click.option("--count", type=WholeNumber(1, 5), help="How many.")
def counted(count):
    click.echo(count)


def test_range_of_a_number_is_told_in_words():
    shown = CliRunner().invoke(counted, ["--help"]).output + CliRunner().invoke(counted, ["--count", "9"]).output
    assert shown.count("1 to 5") == 2
    assert "<=" not in shown


def test_number_in_the_range_is_taken():
    assert CliRunner().invoke(counted, ["--count", "5"]).output == "5\n"
