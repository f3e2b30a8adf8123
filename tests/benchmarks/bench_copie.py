"""How long a tag takes to be on disk, against the floor: json.dump, fsync and rename of the same bytes.

usage: python tests/benchmarks/bench_copie.py [FOLDER on the disk to measure]
The copie is on the shipped case, with 100 tags, remarks and a full history. Fails (exit 1) where a tag takes more than
6 times the floor or more than 100 ms.
"""

import json
import os
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from promptlab.files.cases import load_case
from promptlab.files.copies import CopieFile
from promptlab.lesson import columns_of
from promptlab.model.comparison import Comparison
from promptlab.model.copie import Spot
from promptlab.review.begin import begin
from promptlab.review.exercise import exercise
from promptlab.review.tagging import tag, untag
from promptlab.review.writing import write_remark

MOST_RATIO, MOST_SECONDS, TIMES = 6.0, 0.1, 60


def full_copie(on):
    """A copie as it is after a long session."""
    copie = begin(on, ["P07"], session=2, run="run-a")
    spots = [Spot(*place) for place, passage in on.passages.items() if passage.text][:100]
    for number, spot in enumerate(spots):
        copie = tag(
            copie, on, spot, on.tags[number % 3], reason="channel", rationale="Prévu pour l’oral, pas pour l’écrit."
        )
    for number in range(150):
        copie = write_remark(copie, on, 1 + number % 3, f"La réponse {number} reste trop générale pour ce client. " * 3)
    return copie, spots


def floor(path, values):
    """The same JSON dumped, synchronised and renamed, with nothing checked."""
    temporary = path.with_suffix(".part")
    with temporary.open("w", encoding="utf-8") as file:
        json.dump(values, file, ensure_ascii=False)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)


def timed(job):
    start = time.perf_counter()
    job()
    return time.perf_counter() - start


def main(folder):
    case = load_case("reclamation")
    on = exercise(case, Comparison("rank", columns_of(case.run("run-a")), ()))
    copie, spots = full_copie(on)
    file = CopieFile.create(folder, copie)
    ours, least = [], []
    for number in range(TIMES):  # taken in turns, so that a slow moment of the disk is in both
        spot = spots[number % len(spots)]
        job = (
            (lambda spot=spot: file.change(lambda copie: untag(copie, on, spot)))
            if number % 2
            else (lambda spot=spot: file.change(lambda copie: tag(copie, on, spot, "relevant", rationale=f"{spot}")))
        )
        ours.append(timed(job))
        values = json.loads(file.path.read_text(encoding="utf-8"))
        least.append(timed(lambda values=values: floor(folder / "floor.json", values)))
    assert file.error is None
    ratio = median(ours) / median(least)
    size = file.path.stat().st_size
    print(f"copie of {size / 1000:.0f} kB, {len(file.copie.taggings)} tags, {len(file.copie.past)} changes kept")
    print(f"a tag on disk: {median(ours) * 1000:.1f} ms, worst {max(ours) * 1000:.1f} ms")
    print(f"floor: {median(least) * 1000:.1f} ms, worst {max(least) * 1000:.1f} ms")
    print(f"ratio {ratio:.2f} (at most {MOST_RATIO}), at most {MOST_SECONDS * 1000:.0f} ms")
    return 0 if ratio <= MOST_RATIO and median(ours) <= MOST_SECONDS else 1


if __name__ == "__main__":
    given = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    with tempfile.TemporaryDirectory(dir=given) as made:
        sys.exit(main(Path(made)))
