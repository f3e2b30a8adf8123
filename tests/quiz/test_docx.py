"""The quiz on paper."""

import io

import docx
from docx.oxml.ns import qn
from hypothesis import given, settings

from promptlab.quiz.docx import EMPTY_BOX, TICKED_BOX, to_docx
from tests.quiz.builders import matching, numeric, ordering, quiz, quizzes, single, true_false

EVERY = quiz(single(category="Notions"), true_false(), matching(), ordering(), numeric())


def opened(made=EVERY, **options):
    return docx.Document(io.BytesIO(to_docx(made, **options)))


def words(document):
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def test_pupils_copy_holds_the_questions_and_no_answer():
    said = words(opened())
    assert all(question.text in said for question in EVERY.questions)
    assert said.count(EMPTY_BOX) == 5
    for hidden in (TICKED_BOX, "804", single().justification, "resources/fiche.md", "Oui."):
        assert hidden not in said


def test_texts_to_order_are_mixed_on_paper():
    rows = [row.cells[0].text for row in opened(quiz(ordering())).tables[0].rows][1:]
    assert sorted(rows) == sorted(ordering().items)
    assert tuple(rows) != ordering().items


def test_teachers_copy_holds_answers_reasons_and_sources():
    said = words(opened(answers=True))
    for shown in (f"{TICKED_BOX} A. Un litige", "804,00", single().justification, "resources/fiche.md", "Non."):
        assert shown in said
    places = [row.cells[1].text for row in opened(quiz(ordering()), answers=True).tables[0].rows][1:]
    assert places == ["1", "2", "3", "4"]


def test_document_can_be_read_by_everybody():
    document = opened()
    assert document.core_properties.title == "Le quiz"
    assert document.core_properties.language == "fr-FR"
    levels = [paragraph.style.name for paragraph in document.paragraphs if paragraph.style.name.startswith("Heading")]
    assert levels == ["Heading 1", *["Heading 2"] * len(EVERY.questions)]
    for table in document.tables:
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        assert table._tbl.tblPr.find(qn("w:tblCaption")) is not None
    assert {element.get(qn("w:val")) for element in document.styles.element.iter(qn("w:lang"))} == {"fr-FR"}


def test_where_the_questions_come_from_is_said():
    from promptlab.model.answer import Provenance

    made = quiz(single(), draft=Provenance("modele-x", "fournisseur", "2026-11-21"), origin="Écrit ici.")
    said = words(opened(made))
    assert "modele-x" in said
    assert "Écrit ici." in said


@given(quizzes())
@settings(max_examples=25, deadline=None)
def test_any_quiz_can_be_printed(made):
    assert to_docx(made)
    assert to_docx(made, answers=True)
