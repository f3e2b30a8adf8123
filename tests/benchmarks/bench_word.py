"""How long the Word document takes, as a multiple of the floor: the same parts, ready as bytes, put into a ZIP archive.

    python -m tests.benchmarks.bench_word

Exit status 1 where a ratio is above its bound. python-docx, filling one cell after the other as its manual shows, is
timed beside it as a peer: same number of cells and paragraphs, no bookmarks, no references.
"""

import io
import statistics
import sys
import time
import zipfile

from promptlab.word.comparison import comparison_docx
from tests.word.build import large

SIZES = ((12, 3, 5.0), (120, 3, 10.0))  # phases, answers, bound of the ratio to the floor
ROUNDS = 15
PEER_PHASES = 12  # beyond, the peer alone would take most of the time


def floor(parts):
    """The archive of `parts`, written with nothing to compute."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()


def parts_of(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def peer(comparison):
    """The table alone with python-docx, cell by cell."""
    import docx

    document = docx.Document()
    table = document.add_table(rows=len(comparison.phases), cols=len(comparison.columns) + 1)
    for row, phase in zip(table.rows, comparison.phases, strict=True):
        cells = row.cells
        cells[0].text = phase.label
        for column, cell in enumerate(cells[1:]):
            for step in comparison.steps_at(phase, column):
                cell.add_paragraph(step.title)
                for item in step.items:
                    cell.add_paragraph(item.text, style="List Bullet")
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def timed(*works):
    """The median time of each work in milliseconds; they take turns, so that a busy machine slows all alike."""
    times = [[] for _work in works]
    for _round in range(ROUNDS):
        for kept, work in zip(times, works, strict=True):
            start = time.perf_counter()
            work()
            kept.append((time.perf_counter() - start) * 1000)
    return [statistics.median(kept) for kept in times]


def measured(phases, answers, bound):
    """One line of figures, and whether the ratio is within its bound."""
    comparison, double = large(phases, columns=answers), large(2 * phases, columns=answers)
    parts = parts_of(comparison_docx(comparison))
    ours, least, twice, manual = timed(
        lambda: comparison_docx(comparison),
        lambda: floor(parts),
        lambda: comparison_docx(double),
        lambda: peer(comparison) if phases <= PEER_PHASES else None,
    )
    line = (
        f"{phases} phases × {answers}: {ours:.1f} ms = {ours / least:.1f} × the floor of {least:.1f} ms"
        f" (at most {bound:g}); twice the phases: × {twice / ours:.2f}"
    )
    beside = f"; python-docx: {manual / ours:.1f} × ours" if phases <= PEER_PHASES else ""
    return line + beside, ours <= bound * least


def main():
    results = [measured(*size) for size in SIZES]
    for line, _within in results:
        print(line)
    return int(not all(within for _line, within in results))


if __name__ == "__main__":
    sys.exit(main())
