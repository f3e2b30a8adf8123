"""Decision tables drawn: every possible case is led to its own actions, whatever is split, shared or cut into pages."""

from hypothesis import given, settings
from hypothesis import strategies as st

from promptlab.decisions import as_flowchart, as_pages, as_tree, flow_pages
from promptlab.decisions.drawing import ending_text
from promptlab.decisions.flow import hoisted
from promptlab.decisions.pages import pages, size
from promptlab.decisions.tree import Ending, Question, endings, grow
from promptlab.decisions.words import actions_by_id
from promptlab.flowchart import faults
from promptlab.flowchart.advice import advise
from tests.decisions.builders import combinations, condition, fits, followed, rule, shapes, table, tables


def expected(table_, combination):
    fitting = [each for each in table_.rules if each.actions and fits(each.when, combination)]
    if not fitting:
        return "gap", set()
    sets = {frozenset(each.actions) for each in fitting}
    if table_.hit == "unique" and len(sets) > 1:
        return "conflict", {each.id for each in fitting}
    return "actions", set(fitting[0].actions)


@given(tables())
@settings(max_examples=60, deadline=None)
def test_the_tree_leads_every_possible_case_to_what_the_rules_say(table_):
    tree = grow(table_)
    for each in combinations(table_):
        ending = followed(tree, each)
        assert (ending.kind, set(ending.names)) == expected(table_, each)


@given(tables(), st.integers(2, 9), st.sampled_from([size, shapes]))
@settings(max_examples=100, deadline=None)
def test_pages_lead_every_case_to_the_same_ending(table_, most, measure):
    tree = grow(table_)
    made = pages(table_, tree, most, measure)
    for each in combinations(table_):
        ending = followed(made[0].tree, each)
        while ending.kind == "page":
            ending = followed(made[int(ending.names[0]) - 1].tree, each)
        assert ending == followed(tree, each)


@given(tables())
@settings(max_examples=60, deadline=None)
def test_a_page_holds_no_more_endings_than_asked_for_or_one_question(table_):
    for page in pages(table_, grow(table_), 4):
        alone = isinstance(page.tree, Question) and all(isinstance(b.then, Ending) for b in page.tree.branches)
        assert size(page.tree) <= 4 or alone


@given(tables())
@settings(max_examples=60, deadline=None)
def test_actions_done_before_a_question_and_after_it_are_together_those_of_the_case(table_):
    tree = grow(table_)
    shared, rest = hoisted(tree)
    for each in combinations(table_):
        whole, part = followed(tree, each), followed(rest, each)
        if whole.kind == "actions":
            assert set(whole.names) == set(shared) | set(part.names)


def walked(chart, table_, combination):
    """The texts of the actions on the way of one case through a flowchart with questions asked in full."""
    nodes = {node.id: node for node in chart.nodes}
    questions = {each.question: each for each in table_.conditions}
    at, done = next(node for node in chart.nodes if node.kind == "start"), []
    while True:
        following = [edge for edge in chart.edges if edge.source == at.id]
        if not following:
            return done, at
        if at.kind == "action":
            done.append(at.text)
        if at.kind == "decision":
            asked = questions[at.text]
            labels = {value.id: value.label for value in asked.values}
            answer = labels[combination[asked.id]]
            following = [edge for edge in following if answer in edge.label.split(" or ")]
        (edge,) = following
        at = nodes[edge.target]


@given(tables())
@settings(max_examples=60, deadline=None)
def test_the_flowchart_does_the_actions_of_every_case_once(table_):
    labels = {id_: action.label for id_, action in actions_by_id(table_).items()}
    if any(len(each.values) > 3 for each in table_.conditions):
        return  # asked as several questions of yes and no: the test below
    chart = as_flowchart(table_)
    for each in combinations(table_):
        done, last = walked(chart, table_, each)
        kind, names = expected(table_, each)
        assert last.kind == "end"
        assert sorted(done) == sorted(labels[name] for name in names if kind == "actions")


def test_a_question_with_many_answers_is_asked_answer_by_answer():
    many = condition("erreur", "prix", "quantité", "référence", "remise")
    chart = as_flowchart(table(*(rule(each.id, each.id, erreur=each.id) for each in many.values), conditions=[many]))
    decisions = [node for node in chart.nodes if node.kind == "decision"]
    assert len(decisions) == 3
    assert all("erreur ?" in node.text for node in decisions)


@given(tables())
@settings(max_examples=25, deadline=None)
def test_drawings_have_no_fault_and_every_way_of_a_flowchart_ends(table_):
    for page in (*as_pages(table_, most=4), *flow_pages(table_, most=12)):
        assert faults(page) == ()
    structural = {"one_start", "end", "reachable", "dead_end", "loop", "exits", "question"}
    assert not structural & {advice.rule for advice in advise(as_flowchart(table_), language="en")}


def test_a_gap_and_rules_that_disagree_are_drawn_as_such():
    drawn = as_tree(table(rule("A", "x", payee="oui"), rule("B", "y", payee="oui", stock="oui")))
    texts = [node.text for node in drawn.nodes if node.kind == "end"]
    assert any("A, B" in text for text in texts)
    assert len(texts) == 2


def test_the_question_that_parts_best_is_asked_first():
    made = grow(
        table(
            rule("A", "x", stock="oui"),
            rule("B", "y", stock="non", payee="oui"),
            rule("C", "z", stock="non", payee="non"),
        )
    )
    assert made.condition == "stock"
    assert len(list(endings(made))) == 3


def test_equal_parts_are_drawn_once_in_the_flowchart():
    whole = table(
        *(rule(f"{e}-{p}", e, p, erreur=e, payee=p) for e in ("prix", "remise") for p in ("oui", "non")),
        conditions=[condition("erreur", "prix", "remise"), condition("payee")],
    )
    chart = as_flowchart(whole)
    assert len([node for node in chart.nodes if node.text == "payee ?"]) == 1


def test_several_actions_of_an_ending_are_numbered():
    whole = table(rule("A", "x", "y"))
    assert ending_text(whole, Ending("actions", ("x", "y"))).count("Faire") == 2
    assert "②" in ending_text(whole, Ending("actions", ("x", "y")))


def test_five_hundred_rules_are_drawn_on_pages():
    conditions = [condition("n", *map(str, range(25))), condition("m", *map(str, range(20)))]
    rules = [rule(f"R{a}-{b}", f"x{a}", f"y{b}", n=str(a), m=str(b)) for a in range(25) for b in range(20)]
    made = as_pages(table(*rules, conditions=conditions))
    assert len(made) > 20
    assert max(len(page.nodes) for page in made) <= 30
