"""Small flowcharts for the tests, and hypothesis strategies for any flowchart."""

from hypothesis import strategies as st

from promptlab.model.flowchart import Edge, Flowchart, Lane, Node

CLIENT, FIRM = Lane("client", "Client"), Lane("firm", "Entreprise")


def node(id_, kind="action", text="Faire", lane="client"):
    return Node(id_, kind, text, lane)


def chart(*nodes, edges=(), title="Un logigramme", lanes=(CLIENT, FIRM), origin=""):
    return Flowchart(title, lanes, nodes, tuple(Edge(*edge) for edge in edges), origin)


def decision_chart(text="Fondée ?", yes="oui", no="non"):
    """A start, a question and two ends."""
    return chart(
        node("a", "start", "Début"),
        node("q", "decision", text, "firm"),
        node("b", "end", "Accepter", "firm"),
        node("c", "end", "Refuser"),
        edges=[("a", "q"), ("q", "b", yes), ("q", "c", no)],
    )


any_text = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60).filter(str.strip)
HOSTILE = (
    '"', "\\", "\\N\\G\\l", "<b>", "<<i>x</i>>", "</svg><script>alert(1)</script>", 'x" URL="javascript:x', "]]>",
    "&amp;", "{a|b}", "]; evil -> node", "end", "a\nb", "%%{init: {}}%%", "#quot;", "a:b", "--", "😀", "\x00\x1b",
    "<!-- x -->", "'", "\u202e", 'href="http://x"', "a" * 300,
)  # fmt: skip
hostile_text = st.sampled_from(HOSTILE)
labels = st.one_of(any_text, hostile_text, st.tuples(hostile_text, any_text).map("".join))


@st.composite
def flowcharts(draw, texts=labels, ids=labels):
    """Any flowchart without faults, its edges in the order of its nodes."""
    lanes = tuple(Lane(id_, draw(texts)) for id_ in draw(st.lists(ids, min_size=1, max_size=3, unique=True)))
    names = draw(st.lists(ids, min_size=1, max_size=6, unique=True))
    nodes, edges = [], []
    for name in names:
        kind = draw(st.sampled_from(["start", "end", "action", "decision", "document"]))
        nodes.append(Node(name, kind, draw(texts), draw(st.sampled_from(lanes)).id))
        if kind == "decision":
            exits = draw(st.lists(texts, min_size=2, max_size=3, unique_by=lambda label: label.strip().casefold()))
            edges += [Edge(name, draw(st.sampled_from(names)), label) for label in exits]
        else:
            edges += [Edge(name, target) for target in draw(st.lists(st.sampled_from(names), max_size=2, unique=True))]
    return Flowchart(draw(texts), lanes, tuple(nodes), tuple(edges), draw(st.one_of(st.just(""), texts)))
