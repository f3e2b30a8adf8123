"""Copies and notebooks written by hand, after the documented form of their files."""

import json
import random
import re

from tests.class_of_thirty.sentences import TALK, WHY, choose, remarks
from tests.class_of_thirty.sheet import Sheet

MIME = "application/vnd.promptlab.work+json"
LABELLED = ("3·4.1", "3·4.2", "3·4.3")
REASONS = ("channel", "generality", "false_premise", None)


def fingerprints(handout):
    """What the document says of its answers: prompt, fingerprint, number of steps."""
    said = "".join(re.findall(r"<vt:lpwstr>(.*?)</vt:lpwstr>", Sheet(handout).parts["docProps/custom.xml"].decode()))
    found = re.search(r"&quot;answers&quot;:(\[\[.*?\]\])", said)
    return [{"prompt": one, "answer": mark, "steps": steps} for one, mark, steps in
            json.loads(found[1].replace("&quot;", '"'))]  # fmt: skip


def copie(handout, name, *, revision=4, count=9, pupils=None, late=""):
    """A copie of pupil `name` as plain values, and its gold."""
    dice = random.Random(name)
    sheet = Sheet(handout)
    tags = []
    for reference, tag in choose(f"{name}{late}", count, but=LABELLED):
        column, item = reference.split("·")
        text = sheet.words(reference)
        span = [0, text.index(" ")] if dice.random() < 0.3 else None
        said = {"reason": dice.choice(REASONS), "rationale": dice.choice((*WHY, "")), "evidence": None}
        tags.append({"column": int(column), "item": item, "text": text, "span": span, "tag": tag} | said)
    values = {
        "promptlab": "copie", "format": 1, "id": f"{dice.getrandbits(64):016x}", "case": "reclamation",
        "pupils": pupils or [name], "session": 2, "revision": revision,
        "saved_at": f"2026-11-23T10:{revision:02}:00+01:00", "writer": "",
        "about": {"run": "run-a", "by": "meaning", "answers": fingerprints(handout)},
        "tags": tags, "remarks": remarks(f"{name}{late}"), "discussion": ["", dice.choice(TALK), ""],
        "tasks": [5, 6, 7], "corrections": [], "answers": [],
        "works": [{"name": "analysis", "version": 1, "content": {
            "1": "Sept étapes valables pour tous les clients, sans notre commande.",
            "2": "L’écrit change l’étape 3 : on lit au lieu d’écouter.",
            "3": "L’IA suppose un retour déjà fait, ce que la cliente ne dit pas."}}],
        "settings": {"font_size": 100, "spacing": 100, "contrast": "standard", "stacked": False},
        "return": None, "history": {"past": [], "undone": []},
    }  # fmt: skip
    gold = {
        "tags": [
            {"column": tag["column"], "item": tag["item"], "tag": tag["tag"], "rationale": tag["rationale"],
             "reason": tag["reason"], "whole": tag["span"] is None,
             "words": tag["text"][slice(*(tag["span"] or (None,)))]}
            for tag in tags
        ],
        "remarks": values["remarks"], "discussion": values["discussion"], "texts": [],
    }  # fmt: skip
    return values, gold


def as_json(values):
    """The copie as a file, indented in another way than the program does."""
    return json.dumps(values, ensure_ascii=False, indent=4).encode()


def notebook(*payloads):
    """A saved notebook that shows each payload below a cell."""
    cells = [{"cell_type": "markdown", "id": "a0", "metadata": {}, "source": ["# Séance 2\n", "Comparer"]}]
    for number, payload in enumerate(payloads):
        shown = {"text/html": ["<p>Copie</p>"], "text/plain": ["Copie"], MIME: payload}
        cells.append({
            "cell_type": "code", "id": f"b{number}", "metadata": {"trusted": True}, "execution_count": number + 1,
            "source": ["seance(2)"],
            "outputs": [{"output_type": "display_data", "data": shown, "metadata": {}},
                        {"output_type": "stream", "name": "stdout", "text": ["Enregistré\n"]}],
        })  # fmt: skip
    values = {"cells": cells, "nbformat": 4, "nbformat_minor": 5, "metadata": {
        "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"},
        "language_info": {"name": "python", "version": "3.11.2"}}}  # fmt: skip
    return json.dumps(values, ensure_ascii=False, indent=1).encode()


def in_lines(values):
    """A payload as Jupyter may keep it: a text cut into its lines."""
    return json.dumps(values, ensure_ascii=False, indent=1).splitlines(keepends=True)
