"""What is written for a copie is read back as the same copie."""

from dataclasses import replace
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from promptlab.files.copie_opening import copie_in
from promptlab.model.copie import Copie, Spot
from promptlab.review.begin import begin
from promptlab.review.exercise import exercise
from promptlab.review.tagging import tag
from promptlab.review.writing import write_discussion, write_remark
from promptlab.word.comparison import comparison_docx
from promptlab.word.reading.filled import HandedOut, read_filled
from promptlab.word.reading.opened import open_document
from tests.review.builders import FIRST, SECOND
from tests.review.doings import do, doings
from tests.word_reading.builders import (
    CASE,
    TABLE,
    Document,
    blank,
    by_rank,
    changed,
    handed_out,
    new_copie,
    on,
    tags,
    told,
)

ON = exercise(CASE, by_rank(FIRST, SECOND))
OUT = HandedOut.of(ON)


def back(copie, handed_out_, *, held=True):
    content = comparison_docx(handed_out_.on.comparison, case=CASE, copie=copie)
    opened = open_document("a.docx", content)
    kept = copie_in(opened.copie, Path("a.docx"))
    return read_filled(opened, handed_out_, kept if held else Copie("new", CASE.name, about=copie.about))


@given(doings)
@settings(max_examples=60, deadline=None)
def test_copie_comes_back_as_it_was(steps):
    copie = begin(ON, ["P07"], session=2, run="run-a")
    for step in steps:
        copie = do(copie, step)
    filled = back(copie, OUT)
    assert filled.copie == replace(copie, past=(), undone=())
    assert (filled.changed, filled.problems) == ((), ())


spots = st.sampled_from([(p.column, p.id, len(p.text), p.divisible) for p in on().passages.values() if p.text])
cuts = st.none() | st.tuples(st.floats(0, 1), st.floats(0, 1))
marks = st.lists(st.tuples(spots, cuts, st.sampled_from(on().tags), st.sampled_from([None, "law"])), max_size=9)


def marked(chosen):
    copie = begin(on(), ["P07"])
    for (column, item, length, divisible), cut, name, reason in chosen:
        span = tuple(sorted(round(at * length) for at in cut)) if cut and divisible else None
        try:
            copie = tag(copie, on(), Spot(column, item, span), name, reason=reason)
        except ValueError:
            continue
    return copie


@given(marks)
@settings(max_examples=60, deadline=None)
def test_every_kind_of_text_shows_its_tags(chosen):
    copie = marked(chosen)
    assert back(copie, handed_out()).copie == replace(copie, past=(), undone=())


@given(marks)
@settings(max_examples=60, deadline=None)
def test_what_is_seen_is_enough_without_the_copie(chosen):
    copie = marked(chosen)
    seen = back(copie, handed_out(), held=False).copie
    assert all_shown(seen) == all_shown(copie)


def all_shown(copie):
    return {(one.column, one.item, one.tag, at) for one in copie.taggings for at in shown(one, copie)}


def letters(one):
    return [at for at in range(*(one.span or (0, len(one.text)))) if one.text[at].strip()]


def shown(one, copie):
    """The letters of a tag that no part with another tag covers."""
    parts = {at for other in copie.taggings if other.span and one.span is None for at in letters(other)
             if (other.column, other.item) == (one.column, one.item)}  # fmt: skip
    return [at for at in letters(one) if at not in parts]


def test_blank_document_gives_an_empty_copie():
    filled = Document().read()
    assert filled.copie == new_copie()
    assert (filled.changed, filled.problems) == ((), ())


def test_table_of_many_answers_comes_back():
    many = HandedOut.of(exercise(CASE, by_rank(*[FIRST, SECOND] * 4)))
    copie = begin(many.on, ["P01", "P02"])
    for column in range(1, 9):
        copie = write_remark(copie, many.on, column, f"remarque {column}")
        copie = tag(copie, many.on, Spot(column, "1.1"), "relevant", reason="law")
    filled = back(copie, many)
    assert filled.copie == replace(copie, past=(), undone=())
    assert (filled.changed, filled.problems) == ((), ())


def test_tag_of_a_text_that_is_not_in_the_table_travels_in_the_copie():
    copie = tag(begin(on(), ["P07"]), on(), Spot(1, "1.1"), "relevant")
    gone = replace(copie.taggings[0], item="9.9", text="Rappeler")
    copie = replace(copie, taggings=(*copie.taggings, gone), past=())
    assert back(copie, handed_out()).copie == copie


def test_comments_name_no_one_and_say_tag_reason_and_rationale():
    copie = tag(
        begin(on(), ["P07"]), on(), Spot(1, "1.1", (0, 7)), "inappropriate", reason="channel", rationale="à l’oral"
    )
    document = Document(comparison_docx(TABLE, case=CASE, copie=copie))
    said = document.parts["word/comments.xml"].decode()
    assert all(word in said for word in ("inapproprié", "canal", "à l’oral"))
    assert "P07" not in said


def test_other_language_of_the_screen_reads_the_same(monkeypatch):
    copie = write_discussion(tag(begin(on(), ["P07"]), on(), Spot(1, "1.2"), "relevant", reason="law"), on(), 2, "oui")
    monkeypatch.setenv("PROMPTLAB_LANG", "fr")
    content = comparison_docx(TABLE, case=CASE, copie=copie)
    monkeypatch.setenv("PROMPTLAB_LANG", "en")
    opened = open_document("a.docx", content)
    filled = read_filled(opened, handed_out(), copie_in(opened.copie, Path("a.docx")))
    assert filled.copie == replace(copie, past=(), undone=())
    assert (filled.changed, told(filled)) == ((), "")
    blank_one = Document(content).read()
    assert tags(blank_one) == [(1, "1.2", "Accuser réception sous quarante-huit heures", "relevant")]
    assert changed(blank_one) == []
    assert blank() != content
