"""A decision table as a tree to be drawn: questions from left to right, what is done in the last column."""

from dataclasses import dataclass, field

from promptlab.decisions.pages import Page, pages
from promptlab.decisions.tree import Ending, Tree, grow
from promptlab.decisions.words import labels_of, values_in_words
from promptlab.messages import _
from promptlab.model.decisions import DecisionTable
from promptlab.model.flowchart import Edge, Flowchart, Lane, Node, NodeKind

# What an A4 page shows in letters that can be read.
MOST_ENDINGS = 9
_DIGITS = "①②③④⑤⑥⑦⑧⑨⑩"
_DONE = "done"


def as_tree(table: DecisionTable) -> Flowchart:
    """The whole tree on one page, whatever its size; `as_pages` is for paper. Raises BadInput where it is too large."""
    return as_pages(table, most=1_000_000)[0]


def as_pages(table: DecisionTable, *, most: int = MOST_ENDINGS) -> tuple[Flowchart, ...]:
    """The tree on pages with about `most` endings at most; a page leads to others by their number.

    Every case ends in an action, or says that no rule fits it, or that rules disagree. Raises BadInput where the tree
    is too large to be drawn.
    """
    made = pages(table, grow(table), most)
    return tuple(_Drawn(table, page, page_title(table, page, len(made))).flowchart() for page in made)


def page_title(table: DecisionTable, page: Page, count: int) -> str:
    """What stands above a page: the title, which page of how many, the answers that lead to it."""
    if count == 1:
        return table.title
    words = _("{title} ({page}/{pages})", title=table.title, page=page.number, pages=count)
    return f"{words} · {page.path}" if page.path else words


def ending_text(table: DecisionTable, ending: Ending) -> str:
    """What an ending says: its actions, numbered where there are several."""
    if ending.kind == "gap":
        return _("No rule fits this case: write one")
    if ending.kind == "page":
        return _("See page {number}", number=ending.names[0])
    if ending.kind == "conflict":
        return _("Rules that disagree: {rules}", rules=", ".join(ending.names))
    labels = labels_of(table, ending.names)
    if len(labels) == 1:
        return labels[0]
    return " ".join(f"{_digit(place)}\u00a0{label}" for place, label in enumerate(labels))


def _digit(place: int) -> str:
    return _DIGITS[place] if place < len(_DIGITS) else f"{place + 1}."


@dataclass(slots=True)
class _Drawn:
    """One page while it is drawn."""

    table: DecisionTable
    page: Page
    title: str
    nodes: list[Node] = field(default_factory=list)
    edges: list[Edge] = field(default_factory=list)
    deepest: int = 0

    def flowchart(self) -> Flowchart:
        """The page as a flowchart: a lane for each step of questions, and one for what is done."""
        self._put(self.page.tree, 1)
        lanes = [Lane(f"q{depth}", _("Question {number}", number=depth)) for depth in range(1, self.deepest + 1)]
        return Flowchart(
            self.title,
            (*lanes, Lane(_DONE, _("What is done"))),
            tuple(self.nodes),
            tuple(self.edges),
            self.table.origin,
        )

    def _put(self, tree: Tree, depth: int) -> str:
        """Draw `tree`; give the id of its first shape."""
        id_ = f"n{len(self.nodes) + 1}"
        if isinstance(tree, Ending):
            self._node(id_, "action" if tree.kind == "actions" else "end", ending_text(self.table, tree), _DONE)
        else:
            condition = next(each for each in self.table.conditions if each.id == tree.condition)
            self._node(id_, "decision", condition.question, f"q{depth}")
            self.deepest = max(self.deepest, depth)
            for branch in tree.branches:
                target = self._put(branch.then, depth + 1)
                self.edges.append(Edge(id_, target, values_in_words(condition, branch.values)))
        return id_

    def _node(self, id_: str, kind: NodeKind, text: str, lane: str) -> None:
        self.nodes.append(Node(id_, kind, text, lane))
