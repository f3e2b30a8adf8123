"""A case with a key of its own, copies as files, and the reader that the tests inject."""

import json
import random
import shutil
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

from promptlab.align.columns import columns_of
from promptlab.errors import BadInput
from promptlab.files.cases import load_case, shipped_cases
from promptlab.files.copie_form import to_text
from promptlab.files.copie_reading import from_table
from promptlab.files.faults import Table, refuse
from promptlab.files.keys import key_path, key_text
from promptlab.files.rubrics import rubric_path
from promptlab.grade.collecting import Handed
from promptlab.model.comparison import Comparison
from promptlab.model.copie import About, Copie, Tagging
from promptlab.model.hand_in import HandIn
from promptlab.model.key import Accepted, Idea, Key, KeyItem
from promptlab.review.exercise import exercise

HALF = Fraction(1, 2)
_VOCABULARY = """
la réponse facture avoir oral client écrit commande livraison tissu noir bleu mètres courriel excuses montant
date erreur référence document dossier trop général précis étape conseil rembourser échanger retour stock prix remise
délai réclamation fournisseur service comptable vérifier classer relire proposer refuser accepter joindre preuve loi
téléphone ton politesse signature adresse total taxe escompte quantité ligne bon reçu envoyé payé dû solde"""
WORDS = _VOCABULARY.split()


def read_json(name, data, case):
    """A copie file, read without anything else: what the tests mark with."""
    try:
        values = json.loads(data)
    except ValueError as error:
        raise BadInput(f"{name}: no JSON") from error
    faults = []
    copie = from_table(Table(values, name, faults))
    if faults:
        raise refuse(name, faults)
    return HandIn(name, copie, seen="json")


def a_case_folder(folder, key=None):
    """A copy of the shipped case with a small key of run-a, made here."""
    target = folder / "reclamation"
    shutil.copytree(shipped_cases() / "reclamation", target, ignore=shutil.ignore_patterns("key"))
    case = load_case(target)
    path = key_path(target, "run-a")
    path.parent.mkdir()
    path.write_text(key_text(key or a_key(an_exercise(case))), "utf-8")
    shutil.copy(rubric_path(shipped_cases() / "reclamation"), rubric_path(target))
    return load_case(target)


def an_exercise(case, run="run-a"):
    return exercise(case, Comparison("rank", columns_of(case.run(run)), ()))


def statements(on, column=None):
    return [one for one in on.passages.values() if one.statement and column in (None, one.column)]


def a_key_item(passage, tag="inappropriate", **more):
    accepted = more.pop("accepted", (Accepted(tag),))
    span = more.pop("span", None)
    return KeyItem(
        passage.column, passage.id, passage.text, span, accepted, **({"why": f"Argument {passage.id}."} | more)
    )


def a_key(on):
    """Six items of each column: three inappropriate, one non_compliant, two relevant; two ideas."""
    tags = ("inappropriate", "inappropriate", "inappropriate", "non_compliant", "relevant", "relevant")
    items = []
    for column in (1, 2, 3):
        for number, (passage, tag) in enumerate(zip(statements(on, column), tags, strict=False)):
            evidence = ("order",) if number == 0 else ()
            items.append(
                a_key_item(
                    passage, tag, why=f"La colonne {column} dit ici une chose à discuter, {number}.", evidence=evidence
                )
            )
    ideas = (
        Idea("oral", "La réponse 1 pense à l’oral.", (("oral", "téléphon*"),), column=1, why="Tout est écrit."),
        Idea("avoir", "Un avoir, pas un remboursement.", (("avoir",), ("facture*",))),
    )
    return Key(
        "run-a", on.answers, origin="Corrigé écrit pour les essais de notation.", items=tuple(items), ideas=ideas
    )


def tagging(passage, tag="inappropriate", span=None, **more):
    return Tagging(passage.column, passage.id, passage.text, span, tag, **more)


def a_copie(on, pupil="P01", taggings=(), **more):
    ordered = tuple(sorted(taggings, key=lambda one: one.key))
    usual = {
        "id": f"id-{pupil}",
        "case": on.case.name,
        "pupils": (pupil,),
        "revision": 1,
        "saved_at": "2026-11-20T10:00:00+01:00",
        "about": About("run-a", "rank", on.answers),
        "taggings": ordered,
    }
    return Copie(**(usual | more))


def handed(copie, name=""):
    return Handed(name or f"copie-{'+'.join(copie.pupils) or copie.id}.json", to_text(copie).encode())


def any_copie(on, pupil, seed):
    """A copie as a pupil might make it, the same for the same seed."""
    dice = random.Random(seed)
    passages = dice.sample(statements(on), 14)
    tags = ("inappropriate", "non_compliant", "relevant")
    taggings = [
        tagging(
            passage,
            dice.choice(tags),
            reason=dice.choice(("channel", "generality", None)),
            rationale=dice.choice(("", "Ce n’est pas adapté à un courriel.", "Il faut regarder la facture 879.")),
            evidence=dice.choice((None, "order", "invoice:N52000")),
        )
        for passage in passages
    ]
    remarks = tuple(" ".join(dice.choices(WORDS, k=30)) for _column in (1, 2, 3))
    return a_copie(on, pupil, taggings, remarks=remarks, tasks=(1, 2, 5, 6), session=2)


def a_class(on, count):
    return [handed(any_copie(on, f"P{number:03}", number)) for number in range(count)]


def with_pupils(copie, *pupils):
    return replace(copie, pupils=pupils)


def write_class(folder, files):
    """The files in a folder, as they were handed in."""
    for file in files:
        path = Path(folder) / file.name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file.data)
    return Path(folder)
