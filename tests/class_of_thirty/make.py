"""A class of more than thirty made-up hand-ins, as school platforms give them, and what is really in each.

`python -m tests.class_of_thirty.make HANDOUT.docx OTHER.docx FOLDER` writes FOLDER/class.zip, FOLDER/files/,
FOLDER/pupils.csv and FOLDER/gold.json. Both documents are what the command line writes for two cases; no other part of
promptlab takes part.
"""

import json
import shutil
import sys
from pathlib import Path

from tests.class_of_thirty.damaged import noise, outside, unreadable
from tests.class_of_thirty.documents import AGAIN, DOCUMENTS, made
from tests.class_of_thirty.electronic import as_json, copie, in_lines, notebook
from tests.class_of_thirty.office import LINES, LINES_GOLD, again, edited
from tests.class_of_thirty.pupils import plain
from tests.class_of_thirty.sheet import packed

FIRST = ("Léa", "Inès", "Noé", "Théo", "Anaïs", "Gaël", "Zoé", "Maël", "Chloé", "Hugo", "Jean-Luc", "Éva")
LAST = ("Dupont", "Lefèvre", "N’Guyen", "Garcia Lopez", "Da Silva", "Benali", "O’Brien", "Müller", "Petit, dit Roc",
        "=Martin", "Bœuf")  # fmt: skip
EDITED, PAIR, NOT_ONE = "P25", ("P33", "P34"), "P35"


def name_of(code):
    """First and last name of a pupil on the teacher's list; no two have the same."""
    number = int(code[1:])
    return FIRST[number % len(FIRST)], LAST[number % len(LAST)]


def moodle(code, file, attempt=0):
    """The name that Moodle gives to a file."""
    first, last = name_of(code)
    return f"{last} {first}_{12300 + int(code[1:]) + attempt}_assignsubmission_file_{file}"


def ent(code, file):
    """The name that the digital workspace of a school gives: first name, last name, date."""
    first, last = name_of(code)
    return f"{first}_{last}_2026-11-23_{file}".lower()


def class_files(handout, soffice, folder):
    """{name: content} of all readable hand-ins, and {name: gold}."""
    files, gold = {}, {}

    def hand_in(name, data, truth, code):
        files[name] = data
        gold[name] = truth | {"pupil": code}

    for number, (code, habit) in enumerate(DOCUMENTS.items()):
        data, truth = made(handout, code, habit)
        shape = (moodle(code, "comparaison.docx"), f"2nde AGOrA/{code}/{ent(code, 'tableau.docx')}")
        hand_in(shape[number % 2], data, truth, code)
    for code, data, truth in _by_libreoffice(handout, soffice, folder):
        hand_in(f"Rendus/{moodle(code, 'comparaison LO.docx')}", data, truth, code)
    for code in ("P26", "P27", "P28"):
        values, truth = copie(handout, code)
        hand_in(moodle(code, f"copie-{code}.json"), as_json(values), truth, code)
    _electronic(handout, hand_in)
    return files, gold


def _by_libreoffice(handout, soffice, folder):
    truths = {}
    for code, (habit, kinds) in AGAIN.items():
        data, truth = made(handout, code, habit)
        (folder / f"{code}.docx").write_bytes(data)
        truths[code] = (truth, kinds)
    for kinds in (("docx",), ("odt", "docx")):
        codes = [code for code in truths if truths[code][1] == kinds]
        saved = again(soffice, folder / "-".join(kinds), [folder / f"{code}.docx" for code in codes], kinds)
        for code, data in saved.items():
            yield code, data, truths[code][0]
    (folder / "handout.docx").write_bytes(handout)
    yield EDITED, edited(soffice, folder, folder / "handout.docx", LINES), LINES_GOLD


def _electronic(handout, hand_in):
    """Notebooks, a pair, and pupils who handed in twice: the older file first."""
    values, truth = copie(handout, "P29")
    hand_in(f"Rendus/{ent('P29', 'seance-2.ipynb')}", notebook(values), truth, "P29")
    values, truth = copie(handout, "P30")
    hand_in(moodle("P30", "seance-2.ipynb"), notebook(in_lines(values)), truth, "P30")
    old, _truth = copie(handout, "P31", revision=2, count=3)
    values, truth = copie(handout, "P31", revision=9, late="x")
    hand_in(moodle("P31", "2-seance-comparer.ipynb"), notebook(old, values | {"id": old["id"]}), truth, "P31")
    for revision, late in ((2, ""), (7, "late")):
        values, truth = copie(handout, "P32", revision=revision, late=late)
        truth["superseded"] = revision == 2
        hand_in(f"Rendus/lundi/{ent('P32', f'copie ({revision}).json')}", as_json(values), truth, "P32")
    values, truth = copie(handout, "+".join(PAIR), pupils=list(PAIR))
    hand_in(f"Rendus/binome/{ent('P33', 'copie.json')}", as_json(values), truth, "P33")
    data, truth = made(handout, "P36", lambda sheet, name: plain(sheet, name, 10))
    hand_in("Rendus/tard.zip/Comparaison (2) FINAL.docx", data, truth, "P36")


def class_list():
    """The teacher's list; P35 handed nothing in."""
    lines = ["pseudonyme;nom;prénom"]
    for number in range(1, 48):
        first, last = name_of(f"P{number:02}")
        lines.append(f"P{number:02};{last};{first}")
    return "\n".join(lines) + "\n"


def make(handout, other, to, soffice):
    """Write the class below the folder `to` and return its gold; `other` is the document of another case."""
    work = to / "office"
    shutil.rmtree(to, ignore_errors=True)
    work.mkdir(parents=True)
    files, gold = class_files(handout, soffice, work)
    bad = unreadable(handout, other)
    bad["Rendus/Odt Sam_20114_assignsubmission_file_comparaison.odt"] = next(work.glob("*/*odt/*.odt")).read_bytes()
    outer, nested = {}, {}
    for name, data in sorted({**files, **bad, **noise()}.items()):
        folder, within, entry = name.partition(".zip/")
        if within:
            nested.setdefault(f"{folder}.zip", {})[entry] = data
        else:
            outer[name] = data
        plain_file = to / "files" / name.replace(".zip/", "-zip/")
        plain_file.parent.mkdir(parents=True, exist_ok=True)
        plain_file.write_bytes(data)
    outer |= {name: packed(held) for name, held in nested.items()}
    outer |= [outside(handout)]
    (to / "class.zip").write_bytes(packed(outer))
    (to / "pupils.csv").write_text(class_list(), "utf-8")
    truth = {"readable": gold, "unreadable": sorted([*bad, "evade.json"])}
    (to / "gold.json").write_text(json.dumps(truth, ensure_ascii=False, indent=1), "utf-8")
    return truth


if __name__ == "__main__":
    make(Path(sys.argv[1]).read_bytes(), Path(sys.argv[2]).read_bytes(), Path(sys.argv[3]), shutil.which("soffice"))
