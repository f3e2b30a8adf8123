"""How long checking a letter takes against reading the same words once, and how it grows.

    python -m tests.benchmarks.bench_letter

Fails (exit 1) where a letter of one page takes more than 50 ms of processor time, or where sixteen times the text takes
more than 32 times the time.
"""

import re
import sys
import time
from pathlib import Path

from promptlab.files.cases import load_case
from promptlab.letter.check import check_letter

LETTER = Path(__file__).parents[1] / "letter" / "letters" / "01-lettre-classique.md"
MOST_MS, MOST_GROWTH = 50.0, 32.0
_WORD = re.compile(r"\w+|[^\w\s]")


def best(job, times=15):
    """The shortest of several runs, in milliseconds of processor time."""
    taken = []
    for _ in range(times):
        start = time.process_time()
        job()
        taken.append(time.process_time() - start)
    return min(taken) * 1000


def main():
    case, text = load_case("reclamation"), LETTER.read_text(encoding="utf-8")
    check_letter(text, case)  # the facts of a case are gathered once
    page = best(lambda: check_letter(text, case))
    floor = best(lambda: [word.lower() for word in _WORD.findall(text)])
    body = text[text.index("Nous accusons") : text.index("Nous vous prions d’agréer")]
    long = text.replace(body, body * 12)
    growth = best(lambda: check_letter(long.replace(body, body * 16), case), 2) / best(
        lambda: check_letter(long, case), 3
    )
    print(f"a letter of one page: {page:.1f} ms (at most {MOST_MS:g}) = {page / floor:.0f} × splitting it into words")
    print(f"16 times {len(long) // 2500} pages: {growth:.1f} times the time (at most {MOST_GROWTH:g})")
    return 0 if page <= MOST_MS and growth <= MOST_GROWTH else 1


if __name__ == "__main__":
    sys.exit(main())
