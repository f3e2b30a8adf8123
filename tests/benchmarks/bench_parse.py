"""How long parsing three answers takes against markdown-it-py's own full parse of them, and how it grows.

    python -m tests.benchmarks.bench_parse [FOLDER with prompt1.md prompt2.md prompt3.md]

Fails (exit 1) above three times markdown-it-py, or where sixteen times the text takes more than 48 times the time.
"""

import sys
import time
from pathlib import Path

from markdown_it import MarkdownIt

from promptlab.files.answers import read_answer
from promptlab.parse import parse_answer

SHIPPED = Path(__file__).parents[2] / "data" / "reclamation" / "answers" / "run-c"
MOST_RATIO, MOST_GROWTH = 3.0, 48.0


def best(job, times=15):
    """The shortest of several runs, in seconds of processor time."""
    taken = []
    for _ in range(times):
        start = time.process_time()
        job()
        taken.append(time.process_time() - start)
    return min(taken)


def main(folder):
    texts = [read_answer(folder / f"prompt{rank}.md") for rank in (1, 2, 3)]
    peer = MarkdownIt().enable("table")
    ours = best(lambda: [parse_answer(text) for text in texts])
    theirs = best(lambda: [peer.parse(text) for text in texts])
    long = "\n\n".join(texts * 4)
    growth = best(lambda: parse_answer(long * 16), 3) / best(lambda: parse_answer(long), 5)
    print(f"three answers: {ours * 1000:.1f} ms, markdown-it-py {theirs * 1000:.1f} ms")
    print(f"ratio {ours / theirs:.2f} (at most {MOST_RATIO})")
    print(f"16 times the text: {growth:.1f} times the time (at most {MOST_GROWTH})")
    return 0 if ours <= MOST_RATIO * theirs and growth <= MOST_GROWTH else 1


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else SHIPPED))
