"""Comparisons for the tests of the table writers: small ones by hand, any ones by hypothesis."""

import re
from dataclasses import replace

from hypothesis import strategies as st

from promptlab.model.answer import Provenance
from promptlab.model.comparison import Change, Column, Comparison, Phase
from promptlab.model.parsed import Group, Item, ParsedAnswer, Section, Step
from promptlab.model.problem import Problem


def bullet(text, id="1.1", **more):  # noqa: A002
    return Item(id, "bullet", text, **more)


def step(title="Accuser réception", *items, rank=1):
    return Step(rank, title, tuple(items))


def column(*steps, prompt=1, **more):
    answer = {
        key: more.pop(key)
        for key in ("intro", "groups", "sections", "conclusion", "thinking", "problems")
        if key in more
    }
    provenance = Provenance("claude-test", "Anthropic", "2026-11-21")
    return Column(
        prompt,
        f"run-a, prompt {prompt}",
        ParsedAnswer(steps=tuple(steps), **answer),
        f"Question {prompt}",
        provenance,
        **more,
    )


def comparison(*columns, **more):
    """The columns by rank."""
    columns = columns or (
        column(step("Recevoir", bullet("Lire la lettre."))),
        column(step("Répondre", bullet("Écrire.")), prompt=2),
    )
    most = max((len(one.answer.steps) for one in columns), default=0)
    phases = tuple(
        Phase(f"Phase {rank}", tuple((rank,) if rank <= len(one.answer.steps) else () for one in columns), "même rang")
        for rank in range(1, most + 1)
    )
    return Comparison(**({"by": "rank", "columns": columns, "phases": phases, "title": "Réclamation"} | more))


def with_text(text):
    """A comparison that holds `text` wherever an answer's text can stand."""
    items = (
        Item("1.1", "bullet", text, text, items=(Item("1.1.1", "paragraph", text),), bold=((0, 5),)),
        Item("1.2", "table", rows=((text, "b"), ("c", text))),
        Item("1.3", "example", text),
        Item("1.4", "check", text),
        Item("1.5", "bullet", text, number=3),
    )
    section = Section("key_points", text, (Item("S1.1", "bullet", text),))
    one = column(
        step(text, *items),
        intro=text,
        conclusion=text,
        thinking=text,
        sections=(section,),
        groups=(Group(text, 1, 1, text),),
        problems=(Problem(text, text, 3),),
    )
    one = Column(1, text, one.answer, text, Provenance(text, text, text, True, ((text, text),), text, text))
    phase = Phase(text, ((1,), ()), text, 0.5)
    change = Change(1, 2, 1, "dropped", ((1,), ()), text)
    return Comparison(text, (one, column(prompt=2)), (phase,), (change,), (Problem(text, text),), text)


def words(text):
    """The runs of letters of a text."""
    return re.findall(r"[^\W\d_]+", text)


def said(answer):
    """Every text of an answer itself, without what the parser tells about it."""
    return strings(replace(answer, problems=()))


def strings(value):
    """Every text of a comparison, with the ids and kinds left out."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for one in value:
            yield from strings(one)
    elif hasattr(value, "__dataclass_fields__"):
        for name in value.__dataclass_fields__:
            if name not in ("id", "kind", "by", "collected"):
                yield from strings(getattr(value, name))


_SIGNS = "aéŒ sß€1.;:!?'\"’«»<>&|*_`#~[]()$\\=+-@\t\n\u00a0\u202f🙂\u200b\x07\r,{}%"
TEXTS = st.one_of(
    st.text(st.sampled_from(_SIGNS), max_size=20),
    st.text(st.characters(), max_size=12),
    st.sampled_from(
        (
            "",
            "<script>alert(1)</script>",
            "=1+1",
            "a<br>b&nbsp;c&amp;d",
            "javascript:alert(1)",
            "</td></table>",
            "fin |",
            "\\",
        )
    ),
)


def _items(prefix, deep=2):
    def build(entries):
        return tuple(_numbered(entry, f"{prefix}.{rank}") for rank, entry in enumerate(entries, 1))

    plain = st.builds(
        Item,
        st.just(""),
        st.sampled_from(("bullet", "paragraph", "example", "check")),
        TEXTS,
        st.none() | TEXTS,
        number=st.none() | st.integers(0, 9),
        bold=st.sampled_from(((), ((0, 2),), ((1, 3), (2, 9)))),
    )
    table = st.builds(
        Item,
        st.just(""),
        st.just("table"),
        TEXTS,
        st.none() | TEXTS,
        st.lists(st.lists(TEXTS, max_size=3).map(tuple), max_size=3).map(tuple),
    )
    one = plain | table
    for _level in range(deep):
        one = st.builds(_with, one, st.lists(one, max_size=2))
    return st.lists(one, max_size=3).map(build)


def _with(item, under):
    return Item("", item.kind, item.text, item.label, item.rows, tuple(under), item.number, item.bold)


def _numbered(item, identity):
    under = tuple(_numbered(one, f"{identity}.{rank}") for rank, one in enumerate(item.items, 1))
    return Item(identity, item.kind, item.text, item.label, item.rows, under, item.number, item.bold)


@st.composite
def answers(draw):
    count = draw(st.integers(0, 3))
    steps = tuple(Step(rank, draw(TEXTS), draw(_items(rank))) for rank in range(1, count + 1))
    sections = tuple(
        Section("note", draw(TEXTS), draw(_items(f"S{rank}", 0))) for rank in range(1, draw(st.integers(0, 2)) + 1)
    )
    groups = tuple(Group(draw(TEXTS), draw(st.integers(1, 4)), 4, draw(TEXTS)) for _g in range(draw(st.integers(0, 1))))
    return ParsedAnswer(
        draw(TEXTS),
        groups,
        steps,
        sections,
        draw(TEXTS),
        draw(TEXTS),
        tuple(Problem(draw(TEXTS), draw(TEXTS)) for _p in range(draw(st.integers(0, 1)))),
    )


@st.composite
def comparisons(draw):
    columns = tuple(
        Column(
            draw(st.integers(1, 3)),
            draw(TEXTS),
            answer,
            draw(TEXTS),
            draw(st.none() | st.builds(Provenance, TEXTS, TEXTS, st.just("2026-01-02"), note=TEXTS)),
        )
        for answer in draw(st.lists(answers(), min_size=1, max_size=3))
    )
    most = max(len(one.answer.steps) for one in columns)
    phases = tuple(
        Phase(draw(TEXTS), tuple((rank,) if rank <= len(one.answer.steps) else () for one in columns), draw(TEXTS), 0.5)
        for rank in range(1, most + 1)
    )
    changes = (
        (Change(1, len(columns), 1, draw(st.sampled_from(("new", "split"))), ((1,), (1, 2)), draw(TEXTS)),)
        if most
        else ()
    )
    return Comparison(
        draw(st.sampled_from(("rank", "meaning"))), columns, phases, changes, (Problem(draw(TEXTS)),), draw(TEXTS)
    )
