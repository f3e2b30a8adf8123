"""What it costs to prove a decision table complete, beside looking at every combination, in the same process and run.

    python -m tests.benchmarks.bench_decisions [rounds, 5]

`every combination` is the floor that a naive check cannot beat: it builds each combination of 6 conditions × 4 values
(4096) and asks every rule whether it fits. Tables of 12 conditions × 4 values have 16.7 million combinations: there the
figure shows that the growth is that of the rules, not of the combinations, of which there are 4096 times as many. The
exit status is 1 where a 6 × 4 table of 60 rules takes more than 200 ms or the floor, or any other table more than
`MOST` times the floor.
"""

import random
import sys
import time
from itertools import product

from promptlab.decisions import check
from promptlab.model.decisions import Action, Condition, DecisionTable, Rule, Value

MOST_MS = 200.0
MOST = 20.0
ACTIONS = tuple(Action(name, name) for name in "abcdef")


def conditions(count: int, values: int) -> tuple[Condition, ...]:
    return tuple(
        Condition(f"c{at}", f"c{at} ?", tuple(Value(f"v{n}", f"v{n}") for n in range(values))) for at in range(count)
    )


def complete(count: int, values: int, rules: int, seed: int) -> DecisionTable:
    """A table without gap or overlap: the whole cut in two along some condition until there are that many rules."""
    chance, known = random.Random(seed), conditions(count, values)
    pieces = [{each.id: tuple(value.id for value in each.values) for each in known}]
    while len(pieces) < rules:
        piece = pieces.pop(chance.randrange(len(pieces)))
        name = chance.choice([key for key, left in piece.items() if len(left) > 1] or list(piece))
        left = list(piece[name])
        if len(left) > 1:
            chance.shuffle(left)
            at = chance.randrange(1, len(left))
            pieces += [piece | {name: tuple(sorted(left[:at]))}, piece | {name: tuple(sorted(left[at:]))}]
        else:
            pieces.append(piece)
    return _table(known, pieces, chance)


def scattered(count: int, values: int, rules: int, seed: int) -> DecisionTable:
    """Rules at random, each with half of the conditions: gaps and overlaps everywhere."""
    chance, known = random.Random(seed), conditions(count, values)
    every = {each.id: tuple(value.id for value in each.values) for each in known}
    pieces = [
        {name: (chance.choice(values),) if chance.random() < 0.5 else values for name, values in every.items()}
        for _rule in range(rules)
    ]
    return _table(known, pieces, chance)


def _table(
    known: tuple[Condition, ...], pieces: list[dict[str, tuple[str, ...]]], chance: random.Random
) -> DecisionTable:
    full = {each.id: len(each.values) for each in known}
    whens = [tuple((key, left) for key, left in piece.items() if len(left) < full[key]) for piece in pieces]
    rules = tuple(Rule(f"R{at}", when, (chance.choice(ACTIONS).id,)) for at, when in enumerate(whens))
    return DecisionTable("bench", known, ACTIONS, rules)


def every_combination(table: DecisionTable) -> int:
    """The naive check: how many combinations no rule fits, or two."""
    ids = [each.id for each in table.conditions]
    whens = [dict(rule.when) for rule in table.rules]
    faults = 0
    for values in product(*([value.id for value in each.values] for each in table.conditions)):
        row = dict(zip(ids, values, strict=True))
        faults += sum(all(row[key] in left for key, left in when.items()) for when in whens) != 1
    return faults


def seconds(action, rounds: int) -> float:
    best = float("inf")
    for _round in range(rounds):
        start = time.perf_counter()
        action()
        best = min(best, time.perf_counter() - start)
    return best


TABLES = {
    "6 x 4, 60 rules, complete": lambda: complete(6, 4, 60, 1),
    "6 x 4, 500 rules, complete": lambda: complete(6, 4, 500, 1),
    "6 x 4, 60 rules, gaps": lambda: scattered(6, 4, 60, 2),
    "12 x 4, 60 rules, complete": lambda: complete(12, 4, 60, 3),
    "12 x 4, 500 rules, complete": lambda: complete(12, 4, 500, 3),
    "12 x 8, 200 rules, complete": lambda: complete(12, 8, 200, 4),
    "12 x 4, 60 rules, gaps": lambda: scattered(12, 4, 60, 5),
    "12 x 4, 500 rules, gaps": lambda: scattered(12, 4, 500, 5),
}


def main() -> int:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    first = TABLES["6 x 4, 60 rules, complete"]()
    floor = seconds(lambda: every_combination(first), 1)
    print(f"{'every combination of 6 x 4':30} {floor * 1000:8.1f} ms")
    missed = False
    for name, make in TABLES.items():
        table = make()
        taken = seconds(lambda table=table: check(table), rounds)
        found = check(table)
        said = f"{len(found.gaps)} gaps, {len(found.conflicts)} overlaps{'' if found.complete else ', cut short'}"
        print(f"{name:30} {taken * 1000:8.1f} ms   {taken / floor:6.3f} x floor   {said}")
        if "complete" in name and (found.gaps or found.overlaps):
            raise SystemExit(f"{name}: a complete table came out with faults")
        missed |= taken > MOST * floor
        missed |= name.startswith("6 x 4, 60") and (taken * 1000 > MOST_MS or taken > floor)
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())
