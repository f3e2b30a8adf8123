"""How long the main job takes in a cold process, against `import pandas` and a bare interpreter in the same run.

    python -m tests.benchmarks.bench_demo [rounds, 9]

Every process starts afresh; the kinds take turns, so that a busy machine slows all alike; times are medians. Byte code
is kept in a folder of its own and written before the first round, as an installation does; "byte code as is" uses what
lies beside the sources, and writes none: in a tree that was never run, the project is compiled anew. Peak memory is
what the system says of the ended process. The exit status is 1 where a goal is missed.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
ROUNDS = 9
MIB = 2**20
PROMPTLAB = "from promptlab.cli import main; main()"
BARE, PANDAS, IMPORT, HELP, DEMO, SOURCE = (
    "bare interpreter",
    "import pandas",
    "import promptlab",
    "promptlab --help",
    "promptlab demo",
    "promptlab demo, byte code as is",
)


class Cost(NamedTuple):
    """What one process took: seconds by the clock, seconds of processor time, bytes of memory at the most."""

    seconds: float
    processor: float
    memory: int


class Goal(NamedTuple):
    """A bound, in words, and the figure that is held against it."""

    words: str
    most: float
    found: Callable[[dict[str, Cost]], float]


GOALS = (
    Goal("promptlab demo / import pandas", 1.6, lambda cost: cost[DEMO].seconds / cost[PANDAS].seconds),
    Goal("promptlab demo, peak memory in MiB", 100, lambda cost: cost[DEMO].memory / MIB),
    Goal("import promptlab / bare interpreter", 3, lambda cost: cost[IMPORT].seconds / cost[BARE].seconds),
    Goal("promptlab --help in seconds", 0.2, lambda cost: cost[HELP].seconds),
)


def kinds(target: str) -> dict[str, list[str]]:
    """The arguments of Python for each kind of process; the main job writes into the folder `target`."""
    demo = ["-c", PROMPTLAB, "demo", "--to", target]
    return {
        BARE: ["-c", "pass"],
        PANDAS: ["-c", "import pandas"],
        IMPORT: ["-c", "import promptlab"],
        HELP: ["-c", PROMPTLAB, "--help"],
        DEMO: demo,
        SOURCE: demo,
    }


def environment(byte_code: str, kind: str) -> dict[str, str]:
    """That of this process, with byte code in the folder `byte_code`, or as it is for SOURCE."""
    values = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    if kind == SOURCE:
        return values | {"PYTHONDONTWRITEBYTECODE": "1"}
    return values | {"PYTHONPYCACHEPREFIX": byte_code}


def run(arguments: list[str], variables: dict[str, str]) -> Cost:
    """One process from start to end. Raises RuntimeError where it fails."""
    start = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, *arguments], cwd=ROOT, env=variables, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    _pid, status, used = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{arguments} ended with {process.returncode}")
    unit = 1 if sys.platform == "darwin" else 1024
    return Cost(seconds, used.ru_utime + used.ru_stime, used.ru_maxrss * unit)


def measure(rounds: int) -> dict[str, Cost]:
    """The medians of `rounds` processes of each kind, after one of each that does not count."""
    found: dict[str, list[Cost]] = {}
    with tempfile.TemporaryDirectory() as byte_code, tempfile.TemporaryDirectory() as target:
        for number in range(rounds + 1):
            for kind, arguments in kinds(target).items():
                cost = run(arguments, environment(byte_code, kind))
                if number:
                    found.setdefault(kind, []).append(cost)
    return {
        kind: Cost(*(statistics.median(figures) for figures in zip(*costs, strict=True)))
        for kind, costs in found.items()
    }


def main(rounds: int = ROUNDS) -> int:
    """Measure, print, and tell by the exit status whether every goal is met."""
    if not hasattr(os, "wait4"):
        print("Peak memory cannot be measured on this system: run this on Linux or macOS.")
        return 1
    costs = measure(rounds)
    print(f"medians of {rounds} cold processes each, Python {sys.version.split()[0]}, {os.cpu_count()} processors")
    for kind, cost in costs.items():
        print(
            f"  {kind:30} {cost.seconds * 1000:6.0f} ms {cost.seconds / costs[PANDAS].seconds:6.2f} x pandas"
            f" {cost.seconds / costs[BARE].seconds:6.1f} x bare {cost.processor * 1000:6.0f} ms processor"
            f" {cost.memory / MIB:6.1f} MiB"
        )
    missed = 0
    for goal in GOALS:
        figure = goal.found(costs)
        missed += figure > goal.most
        print(f"  {goal.words:36} {figure:6.2f}, at most {goal.most:g}: {'missed' if figure > goal.most else 'met'}")
    return int(missed > 0)


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:2])))
