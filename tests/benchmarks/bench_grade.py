"""How long a class takes to be marked, and what memory it needs, against the floor: reading the same bytes as JSON.

usage: python tests/benchmarks/bench_grade.py [COPIES]
A mixed class (six copies in ten as .json, two as .docx, two as .ipynb) on the shipped case with a key made here is
marked in one process, with feedback for each pupil; then each kind alone, then a class of twice the size. Times are
those of the processor, one core of it: marking waits for nothing, and other work on the machine counts less. Fails
(exit 1) where a copie takes more than 5 ms (.json, .ipynb) or 10 ms (.docx), a thousand mixed ones more than 10 s, the
time grows more than in proportion by a quarter, or the memory of the larger class by more than a quarter.
"""

import json
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from promptlab.align.columns import columns_of
from promptlab.align.compare import compare
from promptlab.files.cases import load_case
from promptlab.files.copie_form import to_text, to_values
from promptlab.grade.classroom import grade_class
from promptlab.grade.collecting import Handed, files_in
from promptlab.grade.outcome import Job, mark_all
from promptlab.grade.reading import read_any
from promptlab.grade.setup import prepare
from promptlab.grade.writing import Staging, write_class
from promptlab.word.comparison import comparison_docx
from tests.grade.builders import a_case_folder, an_exercise, any_copie

MOST_MS = {".json": 5.0, ".ipynb": 5.0, ".docx": 10.0}
MOST_SECONDS_FOR_1000, MOST_GROWTH, TIMES, EACH = 10.0, 1.25, 5, 40
KINDS = (".json", ".json", ".docx", ".json", ".ipynb", ".json", ".json", ".docx", ".json", ".ipynb")


def content(copie, kind, case, table):
    if kind == ".docx":
        return comparison_docx(table, case=case, copie=copie)
    if kind == ".json":
        return to_text(copie).encode()
    output = {"output_type": "display_data", "data": {"application/vnd.promptlab.work+json": to_values(copie)}}
    cell = {"cell_type": "code", "source": "session.tag()", "outputs": [output], "metadata": {}, "execution_count": 1}
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [cell]}).encode()


def make_class(folder, case, count):
    on, table = an_exercise(case), compare(columns_of(case.run("run-a")), by="meaning", title=case.title)
    folder.mkdir()
    for number in range(count):
        copie = any_copie(on, f"P{number:05}", number)
        kind = KINDS[number % len(KINDS)]
        (folder / f"eleve{number:05}{kind}").write_bytes(content(copie, kind, case, table))


def whole(rendus, case_folder, out):
    """One class marked, everything written, in a process of its own: seconds of one core, peak megabytes."""
    code = (
        "import resource, sys, time\nfrom pathlib import Path\nsys.path.insert(0, '.')\n"
        "from tests.benchmarks.bench_grade import run_class\n"
        f"start = time.process_time(); run_class({str(rendus)!r}, {str(case_folder)!r}, {str(out)!r})\n"
        "print(time.process_time() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)"
    )
    done = subprocess.run([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, check=True)
    seconds, megabytes = map(float, done.stdout.split())
    return seconds, megabytes


def run_class(rendus, case_folder, out):
    setup = prepare(load_case(case_folder))
    with Staging(Path(out)) as staging:
        graded = grade_class(
            files_in(Path(rendus)), setup, Job.of(setup, read_any, now="2026-11-22"), keep=staging.keep
        )
        staging.give(graded.entries)
    for _written in write_class(graded, Path(out)):
        pass
    if graded.unreadable or not graded.entries:
        raise SystemExit(f"not all were marked: {graded.unreadable[:3]}")


def per_copie(rendus, setup):
    """Milliseconds for a copie of each kind, and the floor of the .json ones: json.loads of the same bytes."""
    job = Job.of(setup, read_any, now="2026-11-22")
    found = {}
    for kind in MOST_MS:
        files = [Handed(path.name, path.read_bytes()) for path in sorted(rendus.glob(f"*{kind}"))[:EACH]]
        mark_all(job, files[:2])
        ours, least = [], []
        for _turn in range(TIMES):  # in turns, so that a slow moment is in both
            start = time.process_time()
            mark_all(job, files)
            ours.append((time.process_time() - start) / len(files) * 1000)
            start = time.process_time()
            for file in files:
                if kind != ".docx":
                    json.loads(file.data)
            least.append((time.process_time() - start) / len(files) * 1000)
        found[kind] = (median(ours), median(least))
    return found


def main(count):
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        case = a_case_folder(folder)
        for times in (1, 2):
            make_class(folder / f"rendus{times}", case, count * times)
        good = True
        for kind, (ours, least) in per_copie(folder / "rendus1", prepare(case)).items():
            floor = f", {ours / least:.0f} times json.loads of it" if least > 0.001 else ""
            print(f"{kind}: {ours:.2f} ms a copie, feedback included (at most {MOST_MS[kind]:.0f}){floor}")
            good &= ours <= MOST_MS[kind]
        seconds, megabytes = zip(
            *(whole(folder / f"rendus{times}", case.folder, folder / f"notes{times}") for times in (1, 2)), strict=True
        )
        growth, more = seconds[1] / seconds[0] / 2, megabytes[1] / megabytes[0]
        thousand = seconds[0] * 1000 / count
        print(f"{count} mixed copies, everything written: {seconds[0]:.2f} s, so {thousand:.1f} s for 1000")
        print(f"twice as many: {seconds[1]:.2f} s, {growth:.2f} of proportional (at most {MOST_GROWTH})")
        print(f"peak memory: {megabytes[0]:.0f} MB, with twice as many {megabytes[1]:.0f} MB ({more:.2f} times)")
        shutil.rmtree(folder / "notes1")
        return 0 if good and thousand <= MOST_SECONDS_FOR_1000 and growth <= MOST_GROWTH and more <= MOST_GROWTH else 1


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[2]))
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 500))
