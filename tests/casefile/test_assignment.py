from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from promptlab.casefile.assignment import best_pairs

worths = st.integers(1, 5).flatmap(
    lambda width: st.lists(
        st.lists(st.integers(0, 9).map(float), min_size=width, max_size=width), min_size=1, max_size=5
    )
)


def greatest_sum(worth):
    if len(worth) > len(worth[0]):
        worth = [list(column) for column in zip(*worth, strict=True)]
    return max(
        sum(worth[row][column] for row, column in enumerate(chosen))
        for chosen in permutations(range(len(worth[0])), len(worth))
    )


@given(worths)
def test_pairs_have_the_greatest_sum_and_none_stands_twice(worth):
    pairs = best_pairs(worth)
    assert sum(worth[row][column] for row, column in pairs) == greatest_sum(worth)
    assert len({row for row, _ in pairs}) == len({column for _, column in pairs}) == len(pairs)


@given(worths)
def test_pairs_that_are_worth_nothing_are_left_out(worth):
    assert all(worth[row][column] > 3 for row, column in best_pairs(worth, least=3))


def test_nothing_to_pair_gives_no_pair():
    assert best_pairs([]) == best_pairs([[]]) == []
