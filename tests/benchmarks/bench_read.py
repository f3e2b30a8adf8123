"""How long reading a hand-in takes, as a multiple of the floor.

    python -m tests.benchmarks.bench_read

For a document, the floor unzips it, parses its XML with lxml and walks over all its runs with their colour and style;
for a notebook and a copie it is `json.loads`. Both take turns in the same run. python-docx, walking over the same
document as its manual shows, is timed beside it as a peer. Exit status 1 where a ratio is above its bound.
"""

import io
import json
import statistics
import sys
import time
import zipfile
from functools import partial

from lxml import etree

from promptlab.handin import read_hand_in_bytes
from promptlab.model.case import Case
from promptlab.model.comparison import Comparison
from promptlab.model.copie import Copie, Spot
from promptlab.review.begin import begin
from promptlab.review.exercise import Exercise, exercise
from promptlab.review.tagging import tag
from promptlab.review.writing import write_remark
from promptlab.word.comparison import comparison_docx
from promptlab.word.reading.filled import HandedOut, read_filled
from promptlab.word.reading.opened import open_document
from tests.handin.builders import a_copie, as_json, as_notebook, case, on, values
from tests.word.build import large

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MOST_DOCUMENT, MOST_TIMES_TEN, MOST_JSON_MS = 4.0, 14.0, 5.0
TAGS, ROUNDS = 25, 15


def filled(phases: int) -> tuple[Exercise, Copie, bytes]:
    """A document of 3 answers and so many phases, with tags, comments and remarks."""
    about: Case = case()
    table: Comparison = large(phases)
    on = exercise(about, table)
    copie = begin(on, ["P07"], session=2)
    spots = [Spot(*place) for place, passage in on.passages.items() if passage.text]
    for number, spot in enumerate(spots[:: max(1, len(spots) // TAGS)]):
        copie = tag(copie, on, spot, on.tags[number % 3], reason="channel", rationale="Prévu pour l’oral.")
    for column in (1, 2, 3):
        copie = write_remark(copie, on, column, "La réponse reste trop générale pour ce client. " * 3)
    return on, copie, comparison_docx(table, case=about, copie=copie)


def floor(content: bytes) -> int:
    """All runs with their text, colour and style."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        root = etree.fromstring(archive.read("word/document.xml"))
    found = []
    for run in root.iter(f"{W}r"):
        properties = run.find(f"{W}rPr")
        looks = (
            None
            if properties is None
            else (properties.find(f"{W}highlight"), properties.find(f"{W}shd"), properties.find(f"{W}rStyle"))
        )
        found.append(("".join(text.text or "" for text in run.iter(f"{W}t")), looks))
    return len(found)


def peer(content: bytes) -> list[object]:
    """The same with python-docx."""
    import docx

    document = docx.Document(io.BytesIO(content))
    return [
        (run.text, run.font.highlight_color)
        for table in document.tables
        for row in table.rows
        for cell in row.cells
        for paragraph in cell.paragraphs
        for run in paragraph.runs
    ]


def timed(*works):
    """The median time of each work in milliseconds; they take turns, so that a busy machine slows all alike."""
    times: list[list[float]] = [[] for _work in works]
    for _round in range(ROUNDS):
        for kept, work in zip(times, works, strict=True):
            start = time.perf_counter()
            work()
            kept.append((time.perf_counter() - start) * 1000)
    return [statistics.median(kept) for kept in times]


def fastest(work):
    """The time of the round that was disturbed least, in milliseconds: its bound is one of the clock."""
    times = []
    for _round in range(2 * ROUNDS):
        start = time.perf_counter()
        work()
        times.append((time.perf_counter() - start) * 1000)
    return min(times)


def document(phases: int, *, beside: bool) -> tuple[float, float]:
    """The times of our reading and of the floor, for a document of so many phases."""
    exercise_, copie, content = filled(phases)
    handed_out = HandedOut.of(exercise_)
    given = read_filled(open_document("a.docx", content), handed_out, copie)
    assert given.copie == copie, "what is measured must be right"
    ours, least, manual = timed(
        lambda: read_filled(open_document("a.docx", content), handed_out, copie),
        lambda: floor(content),
        lambda: peer(content) if beside else None,
    )
    line = f"document, {phases} phases × 3, {floor(content)} runs, {len(copie.taggings)} tags: {ours:.1f} ms"
    line += f" = {ours / least:.1f} × the floor of {least:.1f} ms"
    print(line + (f"; python-docx: {manual / ours:.1f} × ours" if beside else ""))
    return ours, least


def main() -> int:
    """Print the figures; 1 where a goal is missed."""
    ours, least = document(12, beside=True)
    long, _least = document(120, beside=False)
    print(f"ten times the phases: × {long / ours:.1f} the time (at most {MOST_TIMES_TEN:g})")
    about = case()
    copie = a_copie()
    for place, passage in [*on().passages.items()][:100]:
        if passage.text:
            copie = tag(
                copie, on(), Spot(*place), "relevant", reason="channel", rationale="Prévu pour l’oral, pas ici."
            )
    files = {"copie.json": as_json(copie), "seance.ipynb": as_notebook(*[values(copie)] * 4)}
    good = ours <= MOST_DOCUMENT * least and long <= MOST_TIMES_TEN * ours
    for name, data in files.items():
        mine = fastest(partial(read_hand_in_bytes, name, data, case=about))
        bare = fastest(partial(json.loads, data))
        print(f"{name}, {len(data) / 1000:.0f} kB: {mine:.2f} ms (at most {MOST_JSON_MS:g}); json.loads: {bare:.2f} ms")
        good = good and mine <= MOST_JSON_MS
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
