"""Runs every benchmark of this folder, one after the other, and ends with one table: which goals are met.

python -m tests.benchmarks [part of a name…]
"""

import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parents[1]


def names(parts: list[str]) -> list[str]:
    """The benchmarks whose name holds one of `parts`, or all of them."""
    every = sorted(path.stem for path in HERE.glob("bench_*.py"))
    return [name for name in every if not parts or any(part in name for part in parts)]


def main(parts: list[str]) -> int:
    """Run and print; the exit status is 1 where a benchmark misses a goal or fails."""
    lines, worst = [], 0
    for name in names(parts):
        print(f"== {name}", flush=True)
        start = time.perf_counter()
        status = subprocess.run([sys.executable, "-m", f"tests.benchmarks.{name}"], cwd=ROOT, check=False).returncode
        outcome = {0: "goals met", 1: "A GOAL IS MISSED"}.get(status, f"FAILED ({status})")
        lines.append(f"{name:20} {outcome:18} {time.perf_counter() - start:5.0f} s")
        worst = max(worst, min(abs(status), 1))
    print("\n" + "\n".join(lines or ["no benchmark of that name"]))
    return worst if lines else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
