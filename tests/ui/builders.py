"""Desks with a case and a copie, in a folder of the test."""

from dataclasses import replace
from functools import cache

from promptlab.files.cases import load_case
from promptlab.model.answer import Answer, Provenance, Run
from promptlab.ui.desk import Desk

HOSTILE = "<img src=x onerror='window.hacked=1'><script>window.hacked=1</script> & \"«é»\" ]]> \ud83d"


@cache
def _case():
    return load_case("reclamation")


@cache
def _tables():
    return Desk(_case()).tables


def a_desk(folder, *pupils, **more):
    """A desk on the shipped case that works in `folder`; the copie of `pupils` is open on it."""
    desk = Desk(_case(), folder=folder, **more)
    desk.tables = _tables()
    if pupils:
        desk.sign_in(*pupils)
    return desk


def a_desk_on(folder, *answers):
    """A desk on a case with these answers, signed in as P07."""
    source = Provenance("model", "provider", "2026-11-21")
    run = Run("own", tuple(Answer(number, f"prompt {number}", text, source) for number, text in enumerate(answers, 1)))
    desk = Desk(replace(_case(), runs=(run,), default_run="own"), folder=folder)
    desk.sign_in("P07")
    return desk


def many_answers(columns, steps):
    """Answers with a title and four items for every step."""
    return [
        "\n".join(
            f"## {rank}. Étape {rank} du plan {column}\n"
            + "\n".join(f"- point {rank}.{at} de la réponse {column}, avec **quelques** mots" for at in range(1, 5))
            for rank in range(1, steps + 1)
        )
        for column in range(1, columns + 1)
    ]
