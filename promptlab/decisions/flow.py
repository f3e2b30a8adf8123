"""A decision table as one flowchart: from start to end, what several cases have in common drawn once."""

from dataclasses import dataclass, field

from promptlab.decisions.drawing import ending_text, page_title
from promptlab.decisions.pages import pages
from promptlab.decisions.tree import Branch, Ending, Question, Tree, endings, grow
from promptlab.decisions.words import actions_by_id, values_in_words
from promptlab.messages import _
from promptlab.model.decisions import DecisionTable
from promptlab.model.flowchart import Edge, Flowchart, Lane, Node, NodeKind

_ASKS, _ACTS = "asks", "acts"
# More exits than this are asked one after the other: a diamond has three free corners.
MOST_EXITS = 3


# What an A4 page shows in letters that can be read.
MOST_SHAPES = 18


def as_flowchart(table: DecisionTable) -> Flowchart:
    """The flowchart of a scheme on one page, whatever its size; `flow_pages` is for paper."""
    return flow_pages(table, most=1_000_000)[0]


def flow_pages(table: DecisionTable, *, most: int = MOST_SHAPES) -> tuple[Flowchart, ...]:
    """A scheme as flowcharts of about `most` shapes: one start each, a lane for the questions, one for each who acts.

    Actions that all cases below a question have are done before it is asked; equal parts are drawn once. Raises
    BadInput where the scheme is too large to be drawn.
    """

    def shapes(tree: Tree) -> int:
        return len(_Flow(table).flowchart(tree, "").nodes)

    made = pages(table, grow(table), most, shapes)
    return tuple(_Flow(table).flowchart(page.tree, page_title(table, page, len(made))) for page in made)


def hoisted(tree: Tree) -> tuple[tuple[str, ...], Tree]:
    """The actions that every ending of `tree` has, in order, and the tree without them."""
    if isinstance(tree, Ending):
        return (tree.names, Ending("actions")) if tree.kind == "actions" else ((), tree)
    ends = list(endings(tree))
    shared = [name for name in ends[0].names if all(each.kind == "actions" and name in each.names for each in ends)]
    return tuple(shared), _without(tree, frozenset(shared))


def _without(tree: Tree, names: frozenset[str]) -> Tree:
    if isinstance(tree, Ending):
        return Ending(tree.kind, tuple(name for name in tree.names if name not in names))
    grown: dict[Tree, tuple[str, ...]] = {}
    for branch in tree.branches:
        below = _without(branch.then, names)
        grown[below] = (*grown.get(below, ()), *branch.values)
    if len(grown) == 1:
        return next(iter(grown))
    return Question(tree.condition, tuple(Branch(values, below) for below, values in grown.items()))


@dataclass(slots=True)
class _Flow:
    table: DecisionTable
    nodes: list[Node] = field(default_factory=list)
    edges: list[Edge] = field(default_factory=list)
    known: dict[tuple[object, ...], str] = field(default_factory=dict)

    def flowchart(self, tree: Tree, title: str) -> Flowchart:
        """The flowchart of `tree`."""
        start = self._node("start", _("A case comes in"), _ASKS)
        self.edges.append(Edge(start, self._tree(tree)))
        used = {node.lane for node in self.nodes}
        who = dict.fromkeys(action.who or _ACTS for action in self.table.actions)
        lanes = [Lane(_ASKS, _("Questions")), *(Lane(each, _("Actions") if each == _ACTS else each) for each in who)]
        kept = tuple(lane for lane in lanes if lane.id in used)
        return Flowchart(title, kept, tuple(self.nodes), tuple(self.edges), self.table.origin)

    def _tree(self, tree: Tree) -> str:
        """Draw what `tree` leads to, once; give the id of its first shape."""
        actions, rest = hoisted(tree)
        key: tuple[object, ...] = (actions, rest)
        if key not in self.known:
            self.known[key] = self._chain(actions, rest)
        return self.known[key]

    def _chain(self, actions: tuple[str, ...], rest: Tree) -> str:
        if not actions:
            return self._rest(rest)
        key: tuple[object, ...] = (actions, rest)
        if key in self.known:
            return self.known[key]
        action = actions_by_id(self.table)[actions[0]]
        id_ = self._node("action", action.label, action.who or _ACTS)
        self.edges.append(Edge(id_, self._chain(actions[1:], rest)))
        self.known[key] = id_
        return id_

    def _rest(self, rest: Tree) -> str:
        if isinstance(rest, Ending):
            key: tuple[object, ...] = ("end", rest)
            if key not in self.known:
                text = _("The case is settled") if rest.kind == "actions" else ending_text(self.table, rest)
                self.known[key] = self._node("end", text, _ASKS)
            return self.known[key]
        return self._question(rest)

    def _question(self, tree: Question) -> str:
        condition = next(each for each in self.table.conditions if each.id == tree.condition)
        key: tuple[object, ...] = ("question", tree)
        if key in self.known:
            return self.known[key]
        if len(tree.branches) > MOST_EXITS:
            self.known[key] = self._ladder(tree)
            return self.known[key]
        id_ = self._node("decision", condition.question, _ASKS)
        for branch in tree.branches:
            self.edges.append(Edge(id_, self._tree(branch.then), values_in_words(condition, branch.values)))
        self.known[key] = id_
        return id_

    def _ladder(self, tree: Question) -> str:
        """A question with many answers as questions of yes and no, one for each answer but the last."""
        condition = next(each for each in self.table.conditions if each.id == tree.condition)
        first, rest = tree.branches[0], tree.branches[1:]
        answer = values_in_words(condition, first.values)
        text = _("{question} Is it “{answer}”?", question=condition.question, answer=answer)
        id_ = self._node("decision", text, _ASKS)
        self.edges.append(Edge(id_, self._tree(first.then), _("yes")))
        following = self._ladder(Question(tree.condition, rest)) if len(rest) > 1 else self._tree(rest[0].then)
        self.edges.append(Edge(id_, following, _("no")))
        return id_

    def _node(self, kind: NodeKind, text: str, lane: str) -> str:
        id_ = f"n{len(self.nodes) + 1}"
        self.nodes.append(Node(id_, kind, text, lane))
        return id_
