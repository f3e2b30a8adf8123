import json

import pytest
from click.testing import CliRunner

from promptlab.cli.parse import parse
from promptlab.errors import BadInput

ANSWER = "## 1. Recevoir\n- **Canal** : l’accueil\n\n## 2. Répondre\n> Bonjour\n\nVoulez-vous un modèle ?\n"


@pytest.fixture
def answer(tmp_path):
    path = tmp_path / "prompt1.md"
    path.write_text(ANSWER, encoding="utf-8")
    return path


def run(*arguments):
    return CliRunner().invoke(parse, [str(argument) for argument in arguments])


def test_json_is_one_document_with_its_accents(answer):
    done = run(answer, "--json")
    assert done.exit_code == 0
    assert "l’accueil" in done.stdout
    assert [step["title"] for step in json.loads(done.stdout)["steps"]] == ["Recevoir", "Répondre"]


def test_outline_shows_ids_labels_and_conclusion(answer):
    shown = run(answer).stdout
    assert "1.1 • Canal : l’accueil" in shown
    assert "2.1 » Bonjour" in shown
    assert "Voulez-vous" in shown.split("[Conclusion]")[1]


def test_doubts_are_shown_and_are_no_failure(tmp_path):
    path = tmp_path / "prompt1.md"
    path.write_text("Rien à faire.", encoding="utf-8")
    done = run(path)
    assert done.exit_code == 0
    assert "No steps were found" in done.stdout


def test_unreadable_file_is_bad_input(tmp_path):
    done = run(tmp_path / "none.md", "--json")
    assert isinstance(done.exception, BadInput)
    assert done.stdout == ""
