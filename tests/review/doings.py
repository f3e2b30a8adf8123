"""Random things that pupils do to a copie."""

from itertools import pairwise

from hypothesis import strategies as st

from promptlab.errors import BadInput
from promptlab.model.answer import Answer, Provenance
from promptlab.model.copie import Settings, Spot
from promptlab.review.history import redo, undo
from promptlab.review.tagging import explain, retag, tag, untag
from promptlab.review.writing import keep_answer, keep_work, set_settings, set_task, write_discussion, write_remark
from tests.review.builders import a_case, an_exercise

ON = an_exercise()
CASE = a_case()
SPECIAL = ["שלום", "مرحبا", "👩‍🏫", "é", "e\u0301", "\u202e", "\ud83d", "\x00", "\r\n", "«", "{x}", "</script>"]

words = st.one_of(st.text(max_size=12), st.lists(st.sampled_from(SPECIAL), max_size=4).map("".join))
spots = st.builds(
    Spot,
    st.integers(1, 2),
    st.sampled_from(["1.1", "1.2", "1", "S1.1", "2.1"]),
    st.none() | st.tuples(st.integers(0, 40), st.integers(0, 50)),
)
tags = st.sampled_from(["inappropriate", "non_compliant", "relevant"])
said = st.fixed_dictionaries(
    {},
    optional={
        "reason": st.sampled_from(["channel", "law"]),
        "rationale": words,
        "evidence": st.sampled_from(["order", "order:A52000", "complaint"]),
    },
)
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | words,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=3),
    max_leaves=6,
)
answers = st.builds(
    Answer,
    number=st.integers(1, 3),
    prompt=words,
    text=words.map(lambda text: text + "x"),
    provenance=st.builds(
        Provenance, words, words, words, st.booleans(), st.lists(st.tuples(words, words), max_size=2).map(tuple)
    ),
    usage=st.lists(st.tuples(words, st.integers()), max_size=2).map(tuple),
    seconds=st.none() | st.floats(allow_nan=False, allow_infinity=False),
)
one = st.one_of(
    st.tuples(st.just("tag"), spots, tags, said),
    st.tuples(st.just("explain"), spots, said),
    st.tuples(st.just("retag"), spots, tags),
    st.tuples(st.just("untag"), spots),
    st.tuples(st.just("remark"), st.integers(1, 2), words),
    st.tuples(st.just("discussion"), st.integers(1, 2), words),
    st.tuples(st.just("task"), st.sampled_from([1, 6]), st.booleans()),
    st.tuples(st.just("answer"), answers),
    st.tuples(st.just("work"), st.sampled_from(["letter", "flowchart"]), values),
)
backwards = st.tuples(st.sampled_from(["undo", "redo", "settings"]))
doings = st.lists(one, max_size=12)
doings_back_and_forth = st.lists(one | backwards, max_size=12)

_DO = {
    "tag": lambda copie, spot, tag_, more: tag(copie, ON, spot, tag_, **more),
    "explain": lambda copie, spot, more: explain(copie, ON, spot, **more),
    "retag": lambda copie, spot, tag_: retag(copie, ON, spot, tag_),
    "untag": lambda copie, spot: untag(copie, ON, spot),
    "remark": lambda copie, column, text: write_remark(copie, ON, column, text),
    "discussion": lambda copie, column, text: write_discussion(copie, ON, column, text),
    "task": lambda copie, number, done: set_task(copie, CASE, number, done=done),
    "answer": keep_answer,
    "work": lambda copie, name, value: keep_work(copie, name, 1, value),
    "settings": lambda copie: set_settings(copie, Settings(150, 200, "high", True)),
    "undo": undo,
    "redo": redo,
}


def do(copie, step):
    """`copie` after one of `doings`; what the rules refuse changes nothing."""
    try:
        return _DO[step[0]](copie, *step[1:])
    except BadInput:
        return copie


def said_in(copie, tagging):
    """Whether the words of `tagging` still have its tag in `copie`, with all that was said of it."""
    return any(
        (each.column, each.item, each.tag) == (tagging.column, tagging.item, tagging.tag)
        and tagging.words in each.words
        and tagging.reason in (None, each.reason)
        and tagging.evidence in (None, each.evidence)
        and tagging.rationale in each.rationale
        for each in copie.taggings
    )


def check(copie):
    """Assert what always holds: the rules of the highlighter, and the order of the taggings."""
    assert list(copie.taggings) == sorted(set(copie.taggings), key=lambda tagging: tagging.key)
    by_text = {}
    for tagging in copie.taggings:
        passage = ON.passages[tagging.column, tagging.item]
        assert passage.text == tagging.text
        assert passage.divisible or tagging.span is None
        assert tagging.words == tagging.words.strip() != ""
        by_text.setdefault((tagging.column, tagging.item), []).append(tagging)
    for taggings in by_text.values():
        wholes = [tagging.tag for tagging in taggings if tagging.span is None]
        parts = [tagging for tagging in taggings if tagging.span is not None]
        assert len(wholes) <= 1
        assert all(part.tag not in wholes for part in parts)
        assert all(one.span[1] <= two.span[0] for one, two in pairwise(parts))
    assert not copie.remarks or copie.remarks[-1]
