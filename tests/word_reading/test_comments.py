"""Comments become rationales where they stand on tagged words; no one's name is kept."""

from dataclasses import replace

import pytest

from promptlab.model.copie import Spot
from promptlab.review.begin import begin
from promptlab.review.tagging import tag
from promptlab.word.comparison import comparison_docx
from promptlab.word.reading.opened import open_document
from promptlab.word.reading.proofs import Proofs
from promptlab.word.reading.spans import plain
from tests.word_reading.builders import CASE, NS, TABLE, Document, W, handed_out, made, on, tags, told

ITEM = "pl_1_2_1"


def said(filled):
    return [(one.words, one.reason, one.rationale) for one in filled.copie.taggings]


def test_comment_on_a_tagged_item_is_its_rationale_without_its_author():
    filled = Document().highlight(ITEM, "red").comment(ITEM, "Ce n’est pas\nla bonne pièce").read()
    assert [one[1:] for one in said(filled)] == [(None, "Ce n’est pas\nla bonne pièce")]
    assert "Léa" not in repr(filled.copie)


def test_comments_go_to_the_words_they_stand_on():
    document = Document().highlight(ITEM, "red", words="Comparer").highlight(ITEM, "green", words="la facture")
    document.comment(ITEM, "non", words="Comparer").comment(ITEM, "oui", words="la facture")
    assert said(document.read()) == [("Comparer", None, "non"), ("la facture", None, "oui")]


def test_two_comments_and_a_reply_are_one_rationale():
    document = Document().highlight(ITEM, "red").comment(ITEM, "un").comment(ITEM, "deux").comment(ITEM, "un")
    assert said(document.read())[0][2] == "un\ndeux"


def test_comment_on_a_point_of_the_line():
    document = Document().highlight(ITEM, "red").comment(ITEM, "ici")
    for mark in document.root.xpath("//w:commentRangeStart|//w:commentRangeEnd", namespaces=NS):
        mark.getparent().remove(mark)
    assert said(document.read())[0][2] == "ici"


def test_comment_over_several_items_goes_to_those_that_are_tagged():
    document = Document().highlight(ITEM, "red").comment(ITEM, "les deux")
    end = document.root.xpath("//w:commentRangeEnd", namespaces=NS)[0]
    document.paragraph("pl_1_2_2").append(end)
    assert said(document.read())[0][2] == "les deux"


def test_comment_where_nothing_is_tagged_is_told():
    filled = Document().comment(ITEM, "et pourquoi ?").read()
    assert tags(filled) == []
    assert "“et pourquoi ?”" in told(filled)
    assert "PROMPT 1, 2.1" in told(filled)


def test_comment_on_other_words_of_an_item_with_two_tags_is_told():
    document = Document().highlight(ITEM, "red", words="Comparer").highlight(ITEM, "green", words="la facture")
    filled = document.comment(ITEM, "laquelle ?", words="commande").read()
    assert [one[2] for one in said(filled)] == ["", ""]
    assert "laquelle ?" in told(filled)


def test_comment_in_an_empty_cell_to_write_in_is_what_is_written():
    document = Document().type("pl_1_remark", " ").comment("pl_1_remark", "trop long")
    assert document.read().copie.remarks == ("trop long",)


def test_comment_on_a_remark_is_told_and_no_part_of_it():
    filled = Document().type("pl_1_remark", "trop long").comment("pl_1_remark", "vraiment").read()
    assert filled.copie.remarks == ("trop long",)
    assert "“vraiment”" in told(filled)


def test_comment_outside_the_answers_is_told():
    document = Document()
    document.comment("pl_phase_1_t1", "quelle phase ?")
    assert "quelle phase ?" in told(document.read())


@pytest.mark.parametrize(
    ("text", "reason"),
    [("canal : c’est pour l’oral", "channel"), ("Droit", "law"), ("C : oral", "channel"), ("[D]", "law"),
     ("C’est faux", None), ("Droitier", None), ("contraire", None)],
)  # fmt: skip
def test_reason_that_a_comment_begins_with(text, reason):
    filled = Document().highlight(ITEM, "red").comment(ITEM, text).read()
    assert [one[1:] for one in said(filled)] == [(reason, text)]


def written():
    copie = tag(begin(on(), ["P07"]), on(), Spot(1, "2.1", (0, 8)), "relevant", reason="law", rationale="oui")
    return Document(comparison_docx(TABLE, case=CASE, copie=copie)), copie


def test_rationale_changed_in_the_comment_wins():
    document, copie = written()
    comments = document.parts["word/comments.xml"].decode()
    document.parts["word/comments.xml"] = comments.replace(">oui<", ">finalement non<").encode()
    assert said(document.read(copie)) == [("Comparer", "law", "finalement non")]


def test_reason_changed_in_the_comment_wins():
    document, copie = written()
    comments = document.parts["word/comments.xml"].decode()
    document.parts["word/comments.xml"] = comments.replace("droit", "canal").encode()
    assert said(document.read(copie)) == [("Comparer", "channel", "oui")]


def test_comment_deleted_takes_the_rationale_away():
    document, copie = written()
    document.comment("pl_1_2_2", "un autre")
    for mark in document.root.xpath("//*[starts-with(local-name(),'comment')][@w:id='1']", namespaces=NS):
        mark.getparent().remove(mark)
    comments = document.parts["word/comments.xml"].decode()
    start, end = comments.index('<w:comment w:id="1"'), comments.index("</w:comment>") + len("</w:comment>")
    document.parts["word/comments.xml"] = (comments[:start] + comments[end:]).encode()
    assert said(document.read(copie)) == [("Comparer", "law", "")]


def test_document_that_lost_all_its_comments_keeps_the_rationales():
    document, copie = written()
    del document.parts["word/comments.xml"]
    assert said(document.read(copie)) == [("Comparer", "law", "oui")]


def test_note_on_an_answer_is_told_and_one_in_a_remark_belongs_to_it():
    document = Document().type("pl_1_remark", "voir")
    note = '<w:footnote w:id="2"><w:p><w:r><w:t>le bon de livraison</w:t></w:r></w:p></w:footnote>'
    document.add_part("footnotes", f'<w:footnotes xmlns:w="{W[1:-1]}">{note}</w:footnotes>')
    note = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    document.paragraph("pl_1_remark").append(made(note))
    document.paragraph(ITEM).append(made(note))
    filled = document.read()
    assert filled.copie.remarks == ("voir\nle bon de livraison",)
    assert "le bon de livraison" in told(filled)


def test_comments_of_the_document_have_no_author():
    opened = open_document("a.docx", Document().comment(ITEM, "oui", author="Prénom NOM").bytes())
    assert [comment.text for comment in opened.flow.comments] == ["oui"]
    assert "NOM" not in repr(opened.flow.comments)


def test_plain_keeps_the_places_of_letters():
    text = "« l’avoir » – 1\u202f000\u00a0€"
    assert len(plain(text)) == len(text)


def test_document_named_in_a_comment_is_the_evidence_and_its_words_stay():
    class Told(Proofs):
        def evidence(self, text):
            return "order" if "commande 11-024" in text else None

    known = replace(handed_out(), proofs=Told())
    document = Document().highlight(ITEM, "red").comment(ITEM, "voir commande 11-024")
    (tag,) = document.read(handed_out=known).copie.taggings
    assert (tag.evidence, tag.rationale) == ("order", "voir commande 11-024")
