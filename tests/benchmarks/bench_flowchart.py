"""What drawing the shipped flowchart costs above Graphviz alone, in the same process and run.

    python -m tests.benchmarks.bench_flowchart [rounds, 15]

The floor is pygraphviz drawing the DOT text that promptlab made for it; the peer is pygraphviz laying out and drawing
the same shapes and arrows with its own `dot` engine. `whole` lays the flowchart out afresh each time; `again` is a
second format of the same flowchart. The three take turns; figures are the best
of all rounds, which a busy machine disturbs least. The exit status is 1 where drawing a
PNG takes more than 1.5 times the floor, or an SVG more than 5 times.
"""

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

FILE = Path(__file__).parents[2] / "data" / "reclamation" / "flowchart.toml"
LIMITS = {"svg": 5.0, "png": 1.5}
SHAPES = {"start": "oval", "end": "oval", "action": "box", "decision": "diamond", "document": "note"}
IMPORTS = "import graphviz, pygraphviz"
COLD = """
from pathlib import Path
from promptlab.flowchart import load_flowchart, render
render(load_flowchart(Path({file!r})), "svg")
"""


def plain_dot(flowchart) -> str:
    """The same shapes and arrows for Graphviz to lay out by itself."""
    from graphviz import Digraph

    graph = Digraph()
    for lane in flowchart.lanes:
        with graph.subgraph(name=f"cluster_{lane.id}", graph_attr={"label": lane.name}) as band:
            for node in flowchart.nodes:
                if node.lane == lane.id:
                    band.node(node.id, node.text, shape=SHAPES[node.kind])
    for edge in flowchart.edges:
        graph.edge(edge.source, edge.target, label=edge.label)
    return graph.source


def milliseconds(action: Callable[[], object]) -> float:
    start = time.perf_counter()
    action()
    return (time.perf_counter() - start) * 1000


def best(rounds: int, actions: dict[str, Callable[[], object]]) -> dict[str, float]:
    """The shortest time of each action, the actions taking turns."""
    times: dict[str, list[float]] = {name: [] for name in actions}
    for action in actions.values():
        action()
    for _round in range(rounds):
        for name, action in actions.items():
            times[name].append(milliseconds(action))
    return {name: min(found) for name, found in times.items()}


def in_process(kind: str, rounds: int) -> float:
    """Prints the figures of one format; returns how many times the floor the whole job takes."""
    from promptlab.flowchart import load_flowchart, render
    from promptlab.flowchart.dot import source_of
    from promptlab.flowchart.engine import draw
    from promptlab.flowchart.formats import PNG_DPI
    from promptlab.flowchart.layout import lay_out

    flowchart = load_flowchart(FILE)
    dpi = PNG_DPI if kind == "png" else None
    placed, free = source_of(flowchart, lay_out(flowchart), dpi=dpi), plain_dot(flowchart)
    if dpi:
        free = free.replace("{", f"{{ dpi={dpi}", 1)

    def peer():
        import pygraphviz

        return pygraphviz.AGraph(string=free).draw(format=kind, prog="dot")

    def whole():
        lay_out.cache_clear()
        return render(flowchart, kind)

    found = best(
        rounds,
        {"floor": lambda: draw(placed, kind), "peer": peer, "whole": whole, "again": lambda: render(flowchart, kind)},
    )
    for name, figure in found.items():
        print(f"{kind}  {name:<6} {figure:7.2f} ms   {figure / found['floor']:5.2f} x floor")
    return found["whole"] / found["floor"]


def cold(rounds: int) -> None:
    """Prints what a process that draws one SVG takes beside one that only imports the two libraries."""

    def run(code: str) -> Callable[[], object]:
        return lambda: subprocess.run([sys.executable, "-c", code], check=True)

    found = best(rounds, {"imports alone": run(IMPORTS), "one SVG": run(COLD.format(file=str(FILE)))})
    for name, figure in found.items():
        print(f"process  {name:<14} {figure:6.0f} ms   {figure / found['imports alone']:5.2f} x imports")


def main() -> int:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    ratios = {kind: in_process(kind, rounds) for kind in LIMITS}
    cold(max(rounds // 3, 3))
    return int(any(ratio > LIMITS[kind] for kind, ratio in ratios.items()))


if __name__ == "__main__":
    sys.exit(main())
