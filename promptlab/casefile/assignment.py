"""Pairing two lists so that the sum of what the pairs are worth is the greatest."""

from collections.abc import Sequence
from dataclasses import dataclass, field

_FAR = float("inf")


def best_pairs(worth: Sequence[Sequence[float]], least: float = 0.0) -> list[tuple[int, int]]:
    """Pairs (row, column) of `worth`, each row and column at most once, of the greatest sum (Hungarian method).

    Pairs that are worth `least` or less are left out. Time grows with rows² × columns, rows being the shorter side.
    """
    if not worth or not worth[0]:
        return []
    if len(worth) > len(worth[0]):
        turned = [list(column) for column in zip(*worth, strict=True)]
        return sorted((row, column) for column, row in best_pairs(turned, least))
    pairing = _Pairing([[-max(value, least) for value in row] for row in worth])
    for row in range(len(worth)):
        pairing.add(row)
    pairs = ((row, column) for column, row in enumerate(pairing.owner) if row is not None)
    return sorted((row, column) for row, column in pairs if worth[row][column] > least)


@dataclass(slots=True)
class _Pairing:
    """The rows assigned so far at the least cost, with the prices of rows and columns that prove it."""

    costs: list[list[float]]
    owner: list[int | None] = field(init=False)  # of each column
    of_row: list[float] = field(init=False)
    of_column: list[float] = field(init=False)

    def __post_init__(self) -> None:
        width = len(self.costs[0])
        self.owner, self.of_column = [None] * width, [0.0] * width
        self.of_row = [0.0] * len(self.costs)

    def add(self, start: int) -> None:
        """Give the row `start` a column, moving rows assigned before where that is cheaper."""
        width = len(self.owner)
        reach, came_from, done = [_FAR] * width, [-1] * width, [False] * width
        row, column = start, -1
        while True:
            self._extend(row, column, reach, came_from, done)
            column = min((at for at in range(width) if not done[at]), key=reach.__getitem__)
            self._shift(reach[column], start, reach, done)
            done[column] = True
            held = self.owner[column]
            if held is None:
                break
            row = held
        while column >= 0:
            before = came_from[column]
            self.owner[column] = self.owner[before] if before >= 0 else start
            column = before

    def _extend(self, row: int, column: int, reach: list[float], came_from: list[int], done: list[bool]) -> None:
        """Note where a column not done yet is reached cheaper from `row`, which holds `column`."""
        for at, cost in enumerate(self.costs[row]):
            rest = cost - self.of_row[row] - self.of_column[at]
            if not done[at] and rest < reach[at]:
                reach[at], came_from[at] = rest, column

    def _shift(self, delta: float, start: int, reach: list[float], done: list[bool]) -> None:
        """Raise the prices of the rows in the tree by `delta`, so that the nearest column costs nothing more."""
        self.of_row[start] += delta
        for at, held in enumerate(self.owner):
            if done[at] and held is not None:
                self.of_row[held] += delta
                self.of_column[at] -= delta
            elif not done[at]:
                reach[at] -= delta
