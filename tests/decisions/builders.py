"""Small decision tables for the tests, a check of them by brute force, and hypothesis strategies."""

from itertools import product

from hypothesis import strategies as st

from promptlab.decisions.tree import Ending, Question
from promptlab.model.decisions import Action, Condition, DecisionTable, Impossible, Rule, Value


def condition(id_, *values):
    return Condition(id_, f"{id_} ?", tuple(Value(value, value) for value in values or ("oui", "non")))


def when(**named):
    """When(paid="oui") or paid=("oui", "non")."""
    return tuple((key, (value,) if isinstance(value, str) else tuple(value)) for key, value in named.items())


def rule(id_, *actions, **named):
    return Rule(id_, when(**named), actions)


def table(*rules, conditions=(), impossible=(), hit="unique", actions=()):
    conditions = conditions or (condition("payee"), condition("stock"))
    named = dict.fromkeys([*actions, *(action for each in rules for action in each.actions)])
    known = tuple(Action(id_, f"Faire {id_}") for id_ in named) or (Action("a", "Faire a"),)
    declared = tuple(each if isinstance(each, Impossible) else Impossible(each, "jamais") for each in impossible)
    return DecisionTable("Un schéma", tuple(conditions), known, rules, declared, hit)


def fits(when_, combination):
    return all(combination[key] in values for key, values in when_)


def combinations(table_):
    """Every possible combination of a table, one by one: what the code under test never does."""
    ids = [each.id for each in table_.conditions]
    for values in product(*([value.id for value in each.values] for each in table_.conditions)):
        combination = dict(zip(ids, values, strict=True))
        if not any(fits(each.when, combination) for each in table_.impossible):
            yield combination


def frozen(combination):
    return tuple(sorted(combination.items()))


def followed(tree, combination):
    """The ending to which the answers of one case lead."""
    while isinstance(tree, Question):
        (tree,) = (branch.then for branch in tree.branches if combination[tree.condition] in branch.values)
    return tree


def shapes(tree):
    """How many questions and endings a tree has."""
    return 1 if isinstance(tree, Ending) else 1 + sum(shapes(branch.then) for branch in tree.branches)


@st.composite
def whens(draw, conditions):
    named = []
    for each in conditions:
        values = draw(
            st.none() | st.lists(st.sampled_from([value.id for value in each.values]), unique=True, min_size=1)
        )
        if values is not None and len(values) < len(each.values):
            named.append((each.id, tuple(value.id for value in each.values if value.id in values)))
    return tuple(named)


@st.composite
def tables(draw, most_rules=7, least_actions=1):
    """Any small table: at most 4 conditions of 2 to 4 values."""
    sizes = draw(st.lists(st.integers(2, 4), min_size=1, max_size=4))
    conditions = [condition(f"c{at}", *(f"v{n}" for n in range(size))) for at, size in enumerate(sizes)]
    actions = ("a", "b", "c")
    rules = [
        Rule(
            f"R{at}",
            draw(whens(conditions)),
            tuple(draw(st.lists(st.sampled_from(actions), unique=True, min_size=least_actions, max_size=2))),
        )
        for at in range(draw(st.integers(0, most_rules)))
    ]
    impossible = draw(st.lists(whens(conditions), max_size=2))
    return table(
        *rules,
        conditions=conditions,
        impossible=impossible,
        hit=draw(st.sampled_from(["unique", "first"])),
        actions=actions,
    )
