"""How well and how fast steps are aligned, against simple methods and against CollateX where it is installed.

usage: python -m tests.benchmarks.bench_align [FOLDER GOLD_A.json GOLD_B.json]…
Without arguments: the chains in tests/benchmarks/chains/given and seen. A chain is a folder with prompt1.md prompt2.md
prompt3.md; a gold file holds {chain: {"phases": [{"cells": [[rank…], [rank…], [rank…]]}…]}}, one for each annotator.

Quality: a link is a pair of steps of two answers on one row; F1 of the links against each annotator, then their mean.
Speed: the best of several runs, parsing left out; CollateX takes the words of the steps. Fails (exit 1) where
promptlab is below 0.90, no better than a peer, slower than CollateX on 24 answers, or grows faster than the square.
"""

import itertools
import json
import math
import sys
import time
from collections import Counter, defaultdict
from pathlib import Path

from promptlab.align.compare import compare
from promptlab.align.words import language_of, stems
from promptlab.files.answers import read_answer
from promptlab.model.comparison import Column
from promptlab.model.parsed import ParsedAnswer, Step
from promptlab.parse import parse_answer

CHAINS = Path(__file__).parent / "chains"
DEFAULT = [(CHAINS / part, CHAINS / part / "gold_a.json", CHAINS / part / "gold_b.json") for part in ("given", "seen")]
GOAL, MOST_GROWTH = 0.90, 24.0
# The TF-IDF peer at its best: a grid of cosines and title weights was tried on the very chains it is scored on.
LIKE, TITLE_WEIGHT = 0.10, 3


# ---------------------------------------------------------------- reading


def columns_of(folder):
    """The three answers of a chain as columns."""
    texts = [read_answer(folder / f"prompt{number}.md") for number in (1, 2, 3)]
    return tuple(Column(number, folder.name, parse_answer(text)) for number, text in enumerate(texts, 1))


def chains(parts):
    """(name, columns, the rows of each annotator) of every chain that has a gold."""
    for folder, *golds in parts:
        gold = [json.loads(Path(file).read_text("utf-8")) for file in golds]
        for name in sorted(gold[0]):
            rows = [[phase["cells"] for phase in one[name]["phases"]] for one in gold if name in one]
            yield name, columns_of(Path(folder) / name), rows


def words_of(step):
    """All words of a step, its title first."""

    def texts(items):
        for item in items:
            yield f"{item.label or ''} {item.text} {' '.join(cell for row in item.rows for cell in row)}"
            yield from texts(item.items)

    return " ".join([step.title, *texts(step.items)])


# ---------------------------------------------------------------- methods: columns to rows of cells


def promptlab(columns):
    return [phase.cells for phase in compare(columns).phases]


def by_rank(columns):
    return [phase.cells for phase in compare(columns, by="rank").phases]


def by_tfidf(columns):
    """Cosine of TF-IDF weighted stems, each two answers assigned to each other (Hungarian method), links joined."""
    bags = {}
    for place, column in enumerate(columns):
        language = language_of(" ".join(map(words_of, column.answer.steps)))
        for step in column.answer.steps:
            words = f"{step.title} " * (TITLE_WEIGHT - 1) + words_of(step)
            bags[place, step.rank] = Counter(stems(words, language))
    documents = Counter(word for bag in bags.values() for word in bag)
    vectors = {
        node: {
            word: (1 + math.log(n)) * (1 + math.log((1 + len(bags)) / (1 + documents[word]))) for word, n in bag.items()
        }
        for node, bag in bags.items()
    }
    links = []
    for one, other in itertools.combinations(range(len(columns)), 2):
        rows = [node for node in vectors if node[0] == one]
        cols = [node for node in vectors if node[0] == other]
        likeness = [[cosine(vectors[a], vectors[b]) for b in cols] for a in rows]
        links += [(rows[i], cols[j]) for i, j in assignment(likeness) if likeness[i][j] >= LIKE]
    return joined(vectors, links, len(columns))


def cosine(one, other):
    size = math.sqrt(sum(x * x for x in one.values()) * sum(x * x for x in other.values()))
    return sum(weight * other.get(word, 0.0) for word, weight in one.items()) / size if size else 0.0


def assignment(gains):
    """Pairs (row, column) of greatest total gain, each row and column once (Hungarian method with potentials)."""
    if not gains or not gains[0]:
        return []
    if len(gains) > len(gains[0]):
        return [(i, j) for j, i in assignment([list(column) for column in zip(*gains, strict=True)])]
    costs = [[0.0] * (len(gains[0]) + 1), *([0.0, *(-gain for gain in row)] for row in gains)]
    u, v, owner = [0.0] * len(costs), [0.0] * len(costs[0]), [0] * len(costs[0])
    for row in range(1, len(costs)):
        augment(row, costs, u, v, owner)
    return [(owner[col] - 1, col - 1) for col in range(1, len(owner)) if owner[col]]


def augment(row, costs, u, v, owner):
    """Give `row` a column by a shortest augmenting path; `u` and `v` are the potentials, all counted from 1."""
    owner[0], at = row, 0
    least, way, seen = [math.inf] * len(v), [0] * len(v), [False] * len(v)
    while owner[at]:
        seen[at] = True
        free = [col for col in range(1, len(v)) if not seen[col]]
        for col in free:
            cost = costs[owner[at]][col] - u[owner[at]] - v[col]
            if cost < least[col]:
                least[col], way[col] = cost, at
        nearest = min(free, key=least.__getitem__)
        delta = least[nearest]
        for col in range(len(v)):
            if seen[col]:
                u[owner[col]] += delta
                v[col] -= delta
            else:
                least[col] -= delta
        at = nearest
    while at:
        owner[at] = owner[way[at]]
        at = way[at]


def by_collatex(columns):
    """CollateX: words as tokens; each step goes with the step of each answer that it shares most aligned words with."""
    table = collated(columns)
    votes = Counter()
    for cells in zip(*table, strict=True):
        present = [(place, cell[0]) for place, cell in enumerate(cells) if cell]
        for (one, a), (other, b) in itertools.combinations(present, 2):
            if a["n"] == b["n"]:
                votes[(one, a["step"]), (other, b["step"])] += 1
    best = {}
    for (node, mate), count in sorted(votes.items()):
        if count > best.get((node, mate[0]), (0, None))[0]:
            best[node, mate[0]] = (count, mate)
    nodes = [(place, step.rank) for place, column in enumerate(columns) for step in column.answer.steps]
    return joined(nodes, [(node, mate) for (node, _), (_, mate) in best.items()], len(columns))


def collated(columns):
    from collatex import collate

    witnesses = [
        {
            "id": str(place),
            "tokens": [
                {"t": word + " ", "n": word.lower(), "step": step.rank}
                for step in column.answer.steps
                for word in words_of(step).split()
            ],
        }
        for place, column in enumerate(columns)
    ]
    return json.loads(collate({"witnesses": witnesses}, output="json", segmentation=False))["table"]


def joined(nodes, links, count):
    """Rows of cells: nodes that links join, directly or through others, stand on one row."""
    group = {node: node for node in nodes}

    def root(node):
        while group[node] != node:
            node = group[node]
        return node

    for one, other in links:
        group[root(one)] = root(other)
    rows = defaultdict(lambda: [[] for _ in range(count)])
    for node in nodes:
        rows[root(node)][node[0]].append(node[1])
    return list(rows.values())


def has_collatex():
    try:
        import collatex  # noqa: F401
    except ImportError:
        return False
    return True


# ---------------------------------------------------------------- quality


def links_of(rows):
    return {
        ((one, a), (other, b))
        for cells in rows
        for (one, left), (other, right) in itertools.combinations(enumerate(cells), 2)
        for a in left
        for b in right
    }


def f1(gold, rows):
    wanted, found = links_of(gold), links_of(rows)
    return 2 * len(wanted & found) / (len(wanted) + len(found)) if wanted or found else 1.0


def quality(parts, methods):
    """The mean F1 of each method; prints a line for each chain."""
    scores = defaultdict(list)
    print(f"{'pairwise F1':28}" + "".join(f"{name:>12}" for name in methods) + f"{'annotators':>12}")
    for name, columns, golds in chains(parts):
        line = ""
        for method, align in methods.items():
            rows = align(columns)
            scores[method].append(sum(f1(gold, rows) for gold in golds) / len(golds))
            line += f"{scores[method][-1]:12.2f}"
        scores["annotators"].append(f1(golds[0], golds[-1]))
        print(f"{name:28}{line}{scores['annotators'][-1]:12.2f}")
    means = {method: sum(found) / len(found) for method, found in scores.items()}
    print(f"{'mean of ' + str(len(scores['annotators'])):28}" + "".join(f"{mean:12.3f}" for mean in means.values()))
    return means


# ---------------------------------------------------------------- speed


def best(job, times):
    """The shortest of several runs, in seconds of processor time."""
    taken = []
    for _ in range(times):
        start = time.process_time()
        job()
        taken.append(time.process_time() - start)
    return min(taken)


def many(columns, count):
    """`count` different answers made of these: each has its steps turned by some places, and a word of its own."""
    made = []
    for number in range(count):
        steps = columns[number % len(columns)].answer.steps
        turn = number // len(columns) % max(1, len(steps))
        turned = [*steps[turn:], *steps[:turn]]
        numbered = (Step(rank, f"{one.title} v{number}", one.items) for rank, one in enumerate(turned, 1))
        made.append(Column(number + 1, f"answer {number}", ParsedAnswer(steps=tuple(numbered))))
    return tuple(made)


def long(columns, times):
    """The answers with `times` as many steps, their titles told apart."""
    made = []
    for column in columns:
        repeated = [(turn, step) for turn in range(times) for step in column.answer.steps]
        steps = tuple(
            Step(rank, f"{step.title} {chr(97 + turn) * 4}", step.items)
            for rank, (turn, step) in enumerate(repeated, 1)
        )
        made.append(Column(column.prompt, column.source, ParsedAnswer(steps=steps)))
    return tuple(made)


def speed(columns, with_collatex):
    """Times in milliseconds; gives (ratio to CollateX on 24 answers or None, growth for four times the steps)."""
    compare(columns)
    ratio = None
    for count, times in ((3, 9), (24, 3)):
        answers = many(columns, count)
        ours = best(lambda answers=answers: compare(answers), times)
        line = f"{count} answers: {ours * 1000:.1f} ms"
        if with_collatex:
            theirs = best(lambda answers=answers: collated(answers), 1 if count > 3 else 3)
            ratio = ours / theirs
            line += f", CollateX {theirs * 1000:.0f} ms, ratio {ratio:.3f}"
        print(line)
    some, more = long(columns, 4), long(columns, 16)
    growth = best(lambda: compare(more), 2) / best(lambda: compare(some), 5)
    total = sum(len(column.answer.steps) for column in more)
    print(f"four times the steps (to {total}): {growth:.1f} times the time (at most {MOST_GROWTH:g})")
    return ratio, growth


def main(arguments):
    """Print quality and speed; 0 where all goals are met."""
    if len(arguments) % 3:
        print(__doc__)
        return 2
    parts = list(zip(*[iter(arguments)] * 3, strict=True)) or DEFAULT
    methods = {"rank": by_rank, "TF-IDF": by_tfidf, "promptlab": promptlab}
    collatex = has_collatex()
    if collatex:
        methods["CollateX"] = by_collatex
    means = quality(parts, methods)
    if not collatex:
        print("CollateX is not installed (pip install collatex python-Levenshtein): not compared with it")
    _name, columns, _golds = next(chains(parts))
    ratio, growth = speed(columns, collatex)
    ours = means["promptlab"]
    goals = {
        f"F1 at least {GOAL}": ours >= GOAL,
        "better than every peer": all(ours > means[name] for name in methods if name != "promptlab"),
        "at most quadratic": growth <= MOST_GROWTH,
    }
    if ratio is not None:
        goals["quicker than CollateX on 24 answers"] = ratio < 1
    for goal, met in goals.items():
        print(f"{'met' if met else 'NOT MET':8} {goal}")
    return 0 if all(goals.values()) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
