"""Texts cut at their marks, the look of tags, and parts chosen word by word."""

from hypothesis import given
from hypothesis import strategies as st

from promptlab.model.case import Tag
from promptlab.model.copie import Tagging
from promptlab.ui.marks import cuts, marks
from promptlab.ui.reach import moved_start, whole_words, widened

TEXT = "Rembourser sous 14 jours, sans frais"
spans = st.tuples(st.integers(0, 36), st.integers(0, 36)).map(sorted).filter(lambda span: span[0] < span[1]).map(tuple)


def tagging(span, tag="inappropriate"):
    return Tagging(1, "1.1", TEXT, span, tag)


@given(st.lists(spans, max_size=3), spans, st.none() | spans)
def test_cuts_hold_every_letter_once_and_in_order(bold, span, chosen):
    found = list(cuts(TEXT, [tagging(span)], bold=bold, chosen=chosen))
    assert "".join(TEXT[cut.start : cut.end] for cut in found) == TEXT
    assert "".join(TEXT[cut.start : cut.end] for cut in found if cut.tagging) == TEXT[span[0] : span[1]]
    assert [sum(cut.opens for cut in found), sum(cut.closes for cut in found)] == [1, 1]


@given(spans)
def test_chosen_part_is_marked_exactly(span):
    found = cuts(TEXT, chosen=span)
    assert "".join(TEXT[cut.start : cut.end] for cut in found if cut.chosen) == TEXT[span[0] : span[1]]


def test_empty_text_has_no_cuts():
    assert list(cuts("")) == []


def test_tags_have_letters_of_their_own():
    tags = [Tag(name, name, "x", "FFFFFF", "") for name in ("inapproprié", "inutile", "ici", "i")]
    letters = [mark.letter for mark in marks(tags).values()]
    assert letters == ["I", "N", "C", "0"]


def test_ink_is_read_on_its_colour():
    dark, light = marks([Tag("a", "a", "x", "1F3A5F", ""), Tag("b", "b", "x", "FFE08A", "")]).values()
    assert (dark.ink, light.ink) == ("#ffffff", "#000000")


def test_sloppy_selection_becomes_whole_words():
    assert TEXT[slice(*whole_words(TEXT, (13, 20)))] == "sous 14 jours,"
    assert whole_words("a   b", (1, 4)) is None


def test_part_grows_and_shrinks_word_by_word():
    one = widened(TEXT, None, 1)
    two = widened(TEXT, one, 1)
    assert TEXT[slice(*two)] == "Rembourser sous"
    assert widened(TEXT, two, -1) == one
    assert widened(TEXT, one, -1) is None
    assert TEXT[slice(*moved_start(TEXT, two, 1))] == "sous"


def test_backwards_begins_with_the_last_word():
    assert TEXT[slice(*widened(TEXT, None, -1))] == "frais"


@given(st.text(max_size=30), spans, st.sampled_from([-1, 1]))
def test_part_never_leaves_the_text(words, span, way):
    for move in (widened, moved_start):
        found = move(words, span, way)
        assert found is None or 0 <= found[0] < found[1] <= len(words)
