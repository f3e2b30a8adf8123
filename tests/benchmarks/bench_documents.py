"""How long checking the documents of a case takes, how that grows with their lines, and how long it is to solve it.

    python -m tests.benchmarks.bench_documents [CASE]

Fails (exit 1) above 10 ms for the case, or where the time grows faster than the square of the lines.
"""

import sys
import time
from dataclasses import replace
from decimal import Decimal

from promptlab.casefile.check import check_documents
from promptlab.casefile.solution import solve
from promptlab.files.cases import load_case
from tests.casefile.builders import Sold, case, right

MOST_MS, MOST_GROWTH = 10.0, 64.0


def best(job, times=15):
    """The shortest of several runs, in seconds of processor time."""
    taken = []
    for _ in range(times):
        start = time.process_time()
        job()
        taken.append(time.process_time() - start)
    return min(taken)


def sale(count):
    """The documents of a sale of so many articles, every second one delivered under another reference."""
    sold = [Sold(f"K-{1001 + 7 * rank}", f"article {rank}", Decimal(rank % 40 + 1)) for rank in range(count)]
    order, delivery, invoice = right(*sold)
    lines = enumerate(delivery.lines)
    wrong = tuple(replace(line, reference=f"Z{line.reference}") if rank % 2 else line for rank, line in lines)
    return case(order, replace(delivery, lines=wrong), invoice)


def main(name):
    shipped = load_case(name)
    check_documents(shipped)
    check, settle = best(lambda: check_documents(shipped)), best(lambda: solve(shipped))
    small, large = sale(10), sale(80)
    few, many = best(lambda: check_documents(small), 5), best(lambda: check_documents(large), 3)
    print(f"{name}: {check * 1000:.2f} ms (at most {MOST_MS:.0f}), solved in {settle * 1000:.2f} ms")
    print(f"10 articles, 5 of them swapped: {few * 1000:.1f} ms; 80 articles: {many * 1000:.1f} ms")
    print(f"8 times the lines: {many / few:.1f} times the time (at most {MOST_GROWTH:.0f})")
    return 0 if check * 1000 <= MOST_MS and many / few <= MOST_GROWTH else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "reclamation"))
