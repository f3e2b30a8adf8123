"""What the command-line library says reaches the screen in French."""

import os
import subprocess
import sys

import pytest

from tests.catalogue import ROOT

PROGRAM = """
import click
from promptlab.cli.start import _speak

_speak()

@click.command()
@click.argument("answer", type=click.Path(exists=True))
@click.option("--by", type=click.Choice(["rank", "meaning"]), default="rank", show_default=True)
@click.option("--repeat", type=click.IntRange(1, 9), required=True)
@click.version_option("1")
def program(answer, by, repeat): pass

program(prog_name="program")
"""


def says(*arguments, language="fr"):
    """What a small click program prints, with the domain and the language of promptlab."""
    env = os.environ | {"PROMPTLAB_LANG": language, "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-c", PROGRAM, *arguments]
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, encoding="utf-8", check=False)
    return done.stdout + done.stderr


@pytest.mark.parametrize(
    ("arguments", "french", "english"),
    [
        (["--help"], "Affiche cette aide", "Show"),
        (["--help"], "par défaut", "default"),
        (["--help"], "obligatoire", "required"),
        (["--repeat", "1"], "Il manque l’argument", "Missing"),
        (["setup.cfg"], "n’existe pas", "does not"),
        (["."], "Il manque l’option", "Missing"),
        ([".", "--repeat", "1", "--nope"], "L’option '--nope' n’existe pas", "such"),
        ([".", "--repeat", "1", "--by", "luck"], "Choisissez parmi", "one of"),
        ([".", "--repeat", "12"], "n’est pas dans l’intervalle", "range"),
        ([".", "--repeat", "many"], "n’est pas un nombre valable", "valid integer"),
        ([".", "--repeat"], "attend une valeur", "requires"),
        ([".", "more", "--repeat", "1"], "Argument en trop", "extra"),
        (["--nope"], "Erreur", "Error"),
    ],
)
def test_click_speaks_french(arguments, french, english):
    said = says(*arguments)
    assert french in said
    assert english not in said


def test_click_speaks_english_where_asked():
    assert "Show this message and exit." in says("--help", language="en")
