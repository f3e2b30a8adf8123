"""Whatever a person types, wherever and in whatever look, is found again: no word vanishes."""

from copy import deepcopy

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.word_reading.builders import Document, W, changed, made, tags, told
from tests.word_reading.builders import handed_out as ours

# Words that no answer holds, and that no other one is part of.
WORDS = ("zèbre", "quokka", "XYLOPHONE", "7319", "wombat!", "l’iguane")
LOOKS = (
    "",
    '<w:rStyle w:val="PlRef"/>',
    '<w:rStyle w:val="PlSign"/>',
    '<w:rStyle w:val="PlAdded"/>',
    '<w:rStyle w:val="CommentReference"/>',
    '<w:highlight w:val="yellow"/>',
    '<w:rStyle w:val="PlRef"/><w:highlight w:val="green"/>',
    '<w:b/><w:color w:val="FF0000"/>',
)
FORMS = ("{}", " {} ", "⚠ {} ", " ✔C {}", "{} ✖ ", "2·1 {} ", "{}: ")
places = st.tuples(st.integers(0, 10**4), st.integers(0, 40), st.sampled_from(["before", "after", "inside"]))
typings = st.lists(st.tuples(places, st.sampled_from(LOOKS), st.sampled_from(FORMS)), min_size=1, max_size=len(WORDS))


def letters(text):
    return "".join(sign for sign in text.casefold() if sign.isalnum())


def everything(filled):
    """All that was read or told, as letters and figures."""
    copie = filled.copie
    said = [one.rationale for one in copie.taggings]
    said += [*copie.remarks, *copie.discussion, *(work.content.text for work in copie.works), *copie.pupils]
    said += [f"{was} {now}" for _where, was, now in changed(filled)]
    return letters(" ".join(said) + told(filled))


def put(runs, place, look, text):
    """Type `text` in some run of the document: before it, after it, or in the middle of its words."""
    number, cut, way = place
    run = runs[number % len(runs)]
    new = made(f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>')
    said = run.find(f"{W}t")
    if way == "before":
        run.addprevious(new)
    elif way == "after":
        run.addnext(new)
    else:
        rest, whole = deepcopy(run), said.text or ""
        said.text, rest.find(f"{W}t").text = whole[: cut % (len(whole) + 1)], whole[cut % (len(whole) + 1) :]
        run.addnext(new)
        new.addnext(rest)


@given(typings, st.booleans())
@settings(max_examples=120, deadline=None)
@example([((0, 0, "before"), LOOKS[1], "{}")], True)
def test_no_typed_word_vanishes(typed, known):
    document = Document()
    runs = [run for run in document.body.iter(f"{W}r") if run.find(f"{W}t") is not None]
    for word, (place, look, form) in zip(WORDS, typed, strict=False):
        put(runs, place, look, form.format(word))
    filled = document.read() if known else document.read(handed_out=None)
    read = everything(filled)
    # Without the answers, what is typed like an answer, or like a head of its tables, is taken for one of its words.
    sure = [word for word, (_at, look, _form) in zip(WORDS, typed, strict=False) if known or look in LOOKS[1:3]]
    assert [word for word in sure if letters(word) not in read] == []


REFERENCE, SIGN, ADDED = (f'<w:rStyle w:val="{name}"/>' for name in ("PlRef", "PlSign", "PlAdded"))
ITEM, TEXT = "pl_1_2_1", "Comparer la commande et la facture"


def behind(look, text, bookmark=ITEM, run=0):
    """A document with words typed behind some run of a text, the reference first."""
    document = Document()
    list(document.paragraph(bookmark).iter(f"{W}r"))[run].addnext(
        made(f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>')
    )
    return document.read()


@pytest.mark.parametrize("look", [REFERENCE, SIGN, ADDED, ""])
def test_words_behind_a_reference_are_a_change(look):
    filled = behind(look, "PAS SÛR ")
    assert tags(filled) == []
    assert changed(filled) == [("PROMPT 1, 2.1", TEXT, f"PAS SÛR {TEXT}")]


@pytest.mark.parametrize("look", [REFERENCE, SIGN, ""])
@pytest.mark.parametrize("run", [0, -1])
@pytest.mark.parametrize(
    ("text", "reason", "rationale"),
    [("⚠", None, ""), ("⚠C", "channel", ""), ("⚠ C", "channel", ""), ("⚠ à l’oral", None, "à l’oral"),
     ("⚠️ D : voir la loi", "law", "voir la loi"), ("⚠ Ceci est faux", None, "Ceci est faux")],
)  # fmt: skip
def test_sign_beside_a_text_is_a_tag_with_its_reason_and_its_words(look, run, text, reason, rationale):
    filled = behind(look, f" {text} ", run=run)
    (tag,) = filled.copie.taggings
    assert (tag.item, tag.span, tag.tag, tag.reason, tag.rationale) == ("2.1", None, "inappropriate", reason, rationale)
    assert (filled.changed, filled.problems) == ((), ())


def test_sign_before_the_reference():
    document = Document()
    first = next(document.paragraph(ITEM).iter(f"{W}r"))
    first.addprevious(made(f'<w:r><w:rPr>{REFERENCE}</w:rPr><w:t xml:space="preserve">✖ </w:t></w:r>'))
    assert tags(document.read()) == [(1, "2.1", TEXT, "non_compliant")]


def test_sign_beside_highlighted_words_gives_them_their_reason():
    document = Document().highlight(ITEM, "yellow", words="la commande")
    first = next(document.paragraph(ITEM).iter(f"{W}r"))
    first.addnext(made(f'<w:r><w:rPr>{REFERENCE}</w:rPr><w:t xml:space="preserve">⚠C non ! </w:t></w:r>'))
    filled = document.read()
    ((tag),) = filled.copie.taggings
    assert (tag.words, tag.reason) == ("la commande", "channel")
    assert "non !" in told(filled)


def test_text_typed_over_in_the_look_of_its_reference_is_a_change():
    document = Document()
    reference, *others = list(document.paragraph(ITEM).iter(f"{W}r"))
    for run in others:
        run.getparent().remove(run)
    reference.find(f"{W}t").text += "Ne rien faire."
    filled = document.read()
    assert changed(filled) == [("PROMPT 1, 2.1", TEXT, "Ne rien faire.")]


def test_words_of_a_table_are_told_with_their_tag_on_the_whole():
    document = Document().highlight("pl_1_2_3_r1", "red", words="A52000")
    filled = document.read()
    assert [(column, item, tag) for column, item, _words, tag in tags(filled)] == [(1, "2.3", "non_compliant")]
    assert "“A52000”" in told(filled)
    for bookmark in ("pl_1_2_3", "pl_1_2_3_r1", "pl_1_2_3_r2"):
        document = document if bookmark.endswith("r1") else document.highlight(bookmark, "red")
    document.highlight("pl_1_2_3_r1", "red")
    assert document.read().problems == ()


def test_table_inside_a_remark_does_not_move_the_cells_behind_it():
    document = Document().type("pl_2_remark", "deux").type("pl_3_remark", "trois")
    cell = document.cell("pl_1_remark")
    rows = "".join(f"<w:tr><w:tc><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc></w:tr>" for text in ("a", "b"))
    cell.insert(1, made(f"<w:tbl>{rows}</w:tbl>"))
    filled = document.read()
    assert filled.copie.remarks == ("a\nb", "deux", "trois")
    assert filled.problems == ()


def test_the_words_of_the_view_are_known_in_every_language(monkeypatch):
    from promptlab.messages import LANGUAGES, _
    from promptlab.word.reading.beside import OURS

    for language in LANGUAGES:
        monkeypatch.setenv("PROMPTLAB_LANG", language)
        said = {_("Step {rank}", rank="").strip().casefold(), _("Example").casefold(), _("Conclusion").casefold()}
        assert said <= set(OURS)
    assert ours().originals.lines
